"""Where the store meets others: people who accept, tables of somebody else, a file in use, a line that is cut."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from connectors.store import FeedStore, Store, StoreError
from connectors.store import store as module
from dashboard.history import Held
from store.histories import START, record, roster, row

TWO = [row("a" * 20, 2), row("b" * 20, 3)]
HELD = Held("rows_dropped", {"before": 9, "after": 2}, START, "h" * 64, acceptable=True)


@pytest.mark.parametrize(
    ("held", "accepted"),
    [(HELD, "x" * 64), (HELD, "h" * 5000), (replace(HELD, acceptable=False), "h" * 64), (None, "h" * 64)],
)
def test_only_what_is_held_and_may_pass_is_accepted(
    store: Store, feed: FeedStore, held: Held | None, accepted: str
) -> None:
    record(feed, roster(TWO))
    if held is not None:
        feed.hold(held)
    before = feed.head()
    feed.accept(accepted, by="manager", at=START)
    assert feed.head() == before
    assert store.audits(9) == []


def test_the_tables_of_others_are_neither_copied_nor_dropped(store: Store, feed: FeedStore, folder: Path) -> None:
    record(feed, roster(TWO))
    with store.database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE payroll (who TEXT)")
        connection.exec_driver_sql("INSERT INTO payroll VALUES ('theirs')")
    file = folder / "backup.zip"
    store.backup(file, at=START)
    with zipfile.ZipFile(file) as archive:
        assert "payroll.jsonl" not in archive.namelist()
        assert "feed" in json.loads(archive.read("manifest.json"))["rows"]
    store.restore(file, replace=True, by="me", at=START)
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT who FROM payroll").scalar_one() == "theirs"
    assert store.check().faults == ()


def test_what_is_forgotten_is_forgotten_even_where_no_room_can_be_given_back(
    store: Store, feed: FeedStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    record(feed, roster(TWO))
    record(feed, roster(TWO[:1]), 1)

    def refuse(_: object) -> None:
        raise StoreError("store_full", place="here", kind="test")

    monkeypatch.setattr(module, "tidy", refuse)
    erased = store.erase("eclat", "b" * 20, source_key="demo", by="me", at=START)
    assert (erased.states, erased.versions) == (1, 1)
    assert feed.roster(1).frame["woman"].tolist() == ["a" * 20]
    assert "could not be tidied: store_full" in caplog.text


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_is_cut_off_without_a_word_is_noticed_within_half_a_minute(store: Store) -> None:
    connection = store.database.engine.raw_connection()
    assert isinstance(connection.driver_connection, psycopg.Connection)
    told = connection.driver_connection.info.get_parameters()
    connection.close()
    idle, interval, count, unsent = (
        int(told[name]) for name in ("keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout")
    )
    assert told["keepalives"] == "1"
    assert max(idle + interval * count, unsent / 1000) <= 30
