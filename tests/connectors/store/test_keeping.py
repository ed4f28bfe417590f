"""Erase, prune, back up, restore and check: what is meant to go is gone from every place, and nothing else is."""

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.store import FeedStore, Store, StoreError, open_store
from dashboard.history import HistoryError
from dashboard.roster import Roster
from store.histories import START, assert_same, finding, record, roster, row

EVE = "e" * 20
ROWS = [row("a" * 20, 2, wage=1.0), row(EVE, 3, wage=4321.5, status="lost"), row("b" * 20, 4)]
OTHERS = [ROWS[0], {**ROWS[2], "row": 3}]
FINDINGS = [finding(3), finding(4), finding(4, "duplicate_conflict", params=(("other", "'المستفيدات'!A3"),))]


def dump(store: Store, *tables: str) -> str:
    """Everything that is in some tables, documents unpacked."""
    import zlib

    found = []
    with store.database.reading() as connection:
        for table in tables or ("feed", "version", "document", "person", "state", "pull", "audit"):
            for line in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                found += [zlib.decompress(value) if isinstance(value, bytes) else value for value in line]
    return repr(found)


def lived(feed: FeedStore) -> list[Roster]:
    """Five versions: Eve stands in 1, 2 and 4."""
    told = [
        roster(ROWS, FINDINGS),
        roster([ROWS[0], {**ROWS[1], "wage": 1111.5}, ROWS[2]], FINDINGS),
        roster(OTHERS),
        roster([*OTHERS, row(f"{EVE}~2", 4, wage=2222.5)]),
        roster(OTHERS, [finding(2)]),
    ]
    for minute, read in enumerate(told):
        record(feed, read, minute)
    return told


def erase(store: Store, pseudonym: str = EVE, source: str = "demo") -> object:
    return store.erase("eclat", pseudonym, source_key=source, by="me", at=START)


def test_an_erased_woman_is_in_no_table_and_no_version(store: Store, feed: FeedStore) -> None:
    told = lived(feed)
    edition = feed.head().counted
    assert "4321.5" in dump(store)
    erase(store)
    rest = dump(store)
    for trace in (EVE, "4321.5", "1111.5", "2222.5"):
        assert trace not in rest
    account = replace(told[0].reconciliation, rows_read=3, used=2)
    for number in (1, 2):
        expected = replace(roster([ROWS[0], ROWS[2]], FINDINGS[1:2]), reconciliation=account)
        assert_same(feed.roster(number), expected)
    for number in (3, 5):
        assert_same(feed.roster(number), told[number - 1])
    assert [version.women for version in feed.versions()] == [2] * 5
    assert [version.content_hash == "" for version in feed.versions()] == [True, True, False, True, False]
    assert feed.head().counted > edition
    assert store.check().faults == ()
    note = store.audits(1)[0]
    assert (note.by, note.action, note.detail) == ("me", "erase", {"states": 3, "versions": 3})


def test_nothing_of_her_is_left_in_the_file(new_url: Callable[[str], str]) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    feed = store.feed("eclat", "demo")
    lived(feed)
    erase(store)
    store.close()
    file = Path(url.removeprefix("sqlite:///"))
    assert [path for path in file.parent.iterdir() if EVE.encode() in path.read_bytes()] == []


def test_a_woman_who_still_stands_in_the_sheet_is_not_erased(store: Store, feed: FeedStore) -> None:
    lived(feed)
    before = dump(store)
    with pytest.raises(StoreError, match="store_person_current"):
        erase(store, "a" * 20)
    assert dump(store) == before


def test_she_is_erased_from_the_last_version_of_a_source_that_is_not_read_any_more(
    store: Store, feed: FeedStore
) -> None:
    lived(feed)
    assert record(store.feed("eclat", "file:/new.csv"), roster(OTHERS[:1])).number == 1
    erase(store, "b" * 20, "file:/new.csv")
    assert "b" * 20 not in dump(store)
    assert feed.roster(5).frame["woman"].tolist() == ["a" * 20]
    assert store.check().faults == ()


def test_nobody_is_erased_for_an_unknown_code_or_in_another_programme(store: Store, feed: FeedStore) -> None:
    lived(feed)
    with pytest.raises(StoreError, match="store_person_unknown"):
        erase(store, "f" * 20)
    with pytest.raises(StoreError, match="store_person_unknown"):
        store.erase("other", EVE, source_key="demo", by="me", at=START)


def test_recording_goes_on_after_an_erasure(store: Store, feed: FeedStore) -> None:
    lived(feed)
    erase(store)
    assert record(feed, roster(ROWS), 9).number == 6
    assert_same(store.feed("eclat", "demo").roster(6), roster(ROWS))


@pytest.mark.parametrize(("minutes", "kept"), [(-1, 5), (0, 5), (2.5, 3), (3, 2), (99, 1)])
def test_every_moment_since_the_end_of_keeping_can_be_rebuilt(
    store: Store, feed: FeedStore, minutes: float, kept: int
) -> None:
    told = lived(feed)
    before = START + timedelta(minutes=minutes)
    dropped = store.prune(before, by="me", at=START)
    assert dropped == 5 - kept
    assert [version.number for version in feed.versions()] == list(range(6 - kept, 6))
    for version in feed.versions():
        assert_same(store.feed("eclat", "demo").roster(version.number), told[version.number - 1])
    for number in range(1, 6 - kept):
        with pytest.raises(HistoryError, match="version_gone"):
            feed.roster(number)
    assert ("4321.5" in dump(store)) == (kept == 5)
    assert store.check().faults == ()
    assert record(feed, roster(ROWS), 9).number == 6
    assert [note.action for note in store.audits(9)] == (["prune"] if dropped else [])


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_backup_is_restored_into_either_engine(
    store: Store, feed: FeedStore, folder: Path, new_url: Callable[[str], str], target: str
) -> None:
    told = lived(feed)
    feed.failed("quota", {}, at=START, seconds=1.0)
    store.audit(START, "me", "test", {"count": 1})
    file = folder / "backup.zip"
    rows = store.backup(file, at=START)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = open_store(new_url(target))
    assert other.restore(file, replace=False, by="you", at=START) == rows
    tables = ("version", "document", "person", "state", "pull")
    assert dump(other, *tables).count("4321.5") == dump(store, *tables).count("4321.5") == 1
    copy = other.feed("eclat", "demo")
    assert copy.versions() == feed.versions()
    assert (copy.head().error, copy.pulls(9)) == (feed.head().error, feed.pulls(9))
    for number, read in enumerate(told, 1):
        assert_same(copy.roster(number), read)
    assert [note.action for note in other.audits(9)] == ["restore", "test"]
    assert record(copy, roster(ROWS), 9).number == 6
    assert other.check().faults == ()
    other.close()


def test_a_store_that_holds_something_is_replaced_only_if_that_is_meant(
    store: Store, feed: FeedStore, folder: Path
) -> None:
    first = roster(OTHERS)
    record(feed, first)
    store.backup(folder / "backup.zip", at=START)
    second = roster(ROWS)
    record(feed, second, 1)
    counted = feed.head().counted
    with pytest.raises(StoreError, match="store_not_empty"):
        store.restore(folder / "backup.zip", replace=False, by="me", at=START)
    assert_same(store.feed("eclat", "demo").roster(2), second)
    store.restore(folder / "backup.zip", replace=True, by="me", at=START)
    assert [version.number for version in feed.versions()] == [1]
    assert_same(feed.roster(1), first)
    assert feed.head().counted > counted


def broken(file: Path, how: str) -> None:
    content = file.read_bytes()
    if how == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif how == "other":
        file.write_bytes(b"not a zip")
    else:
        with zipfile.ZipFile(file) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        if how == "edited":
            parts["state.jsonl"] = parts["state.jsonl"].replace(b"4321.5", b"4321.6")
        elif how == "short":
            del parts["state.jsonl"]
        else:
            parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), "revision": "r9999"}).encode()
        with zipfile.ZipFile(file, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)


@pytest.mark.parametrize(
    ("how", "code"),
    [(how, "store_backup_broken") for how in ("cut", "other", "edited", "short")] + [("newer", "store_backup_newer")],
)
def test_a_broken_backup_changes_nothing(store: Store, feed: FeedStore, folder: Path, how: str, code: str) -> None:
    lived(feed)
    file = folder / "backup.zip"
    store.backup(file, at=START)
    broken(file, how)
    before = dump(store)
    with pytest.raises(StoreError, match=code):
        store.restore(file, replace=True, by="me", at=START)
    assert dump(store) == before


def test_a_backup_replaces_no_file_and_leaves_none_behind(store: Store, folder: Path) -> None:
    file = folder / "kept.zip"
    file.write_text("mine")
    with pytest.raises(StoreError, match="store_backup_exists"):
        store.backup(file, at=START)
    with pytest.raises(StoreError, match="store_backup_not_written"):
        store.backup(folder / "nowhere" / "backup.zip", at=START)
    with pytest.raises(StoreError, match="store_backup_missing"):
        store.restore(folder / "nowhere.zip", replace=True, by="me", at=START)
    assert file.read_text() == "mine"
    assert [path.name for path in folder.glob("*.zip*")] == ["kept.zip"]


def test_a_check_names_what_is_wrong(store: Store, feed: FeedStore) -> None:
    lived(feed)
    assert store.check() == replace(store.check(), versions=5, faults=())
    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM state WHERE valid_from = 2")
    faults = store.check().faults
    assert any("version 2" in fault for fault in faults)
    assert EVE not in repr(faults)
    with pytest.raises(StoreError, match="store_corrupt"):
        store.feed("eclat", "demo").roster(2)
