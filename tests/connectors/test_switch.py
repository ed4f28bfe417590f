"""Another source, or another reading of the same one, while the dashboard runs."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd

from connectors.base import SourceError
from connectors.refresher import Refresher
from dashboard.roster import RawColumn, RawSheet, RawTable, Reconciliation, Roster, SourceInfo

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Source:
    """Always gives the same code; may be made to wait or to fail."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.entered, self.gate = threading.Event(), threading.Event()
        self.gate.set()
        self.error: SourceError | None = None

    def fetch(self) -> RawTable:
        self.entered.set()
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        sheet = RawSheet("S", 1, 2, (RawColumn("key", "Code", "A", [self.code]),))
        return RawTable(SourceInfo("file", f"{self.code}.csv", NOW), (sheet,))


def reading(mark: str = "") -> Callable[[RawTable], Roster]:
    def read(raw: RawTable) -> Roster:
        frame = pd.DataFrame({"woman": [f"{raw.sheets[0].columns[0].values[0]}{mark}"]})
        return Roster(frame, (), Reconciliation(1, 1, 0, 0, 0), {}, raw.source)

    return read


def woman(roster: Roster | None) -> str:
    assert roster is not None
    return str(roster.frame["woman"][0])


def test_the_new_source_follows_under_a_higher_version() -> None:
    refresher = Refresher(Source("a"), reading(), 15, lambda: NOW)
    first = refresher.current(5)
    second = refresher.switch(Source("b"), reading(), 5)
    assert (woman(first.roster), woman(second.roster)) == ("a", "b")
    assert second.version == first.version + 1
    assert second.roster is not None and second.roster.source.label == "b.csv"


def test_the_same_content_read_by_another_programme_is_a_new_version() -> None:
    source = Source("a")
    refresher = Refresher(source, reading(), 15, lambda: NOW)
    first = refresher.current(5)
    marked = refresher.switch(source, reading("!"), 5)
    same = refresher.switch(source, reading("!"), 5)
    assert [woman(snapshot.roster) for snapshot in (first, marked, same)] == ["a", "a!", "a!"]
    assert [snapshot.version for snapshot in (first, marked, same)] == [1, 2, 3]


def test_what_the_old_source_still_answers_is_dropped() -> None:
    old = Source("a")
    refresher = Refresher(old, reading(), 15, lambda: NOW)
    old.gate.clear()
    refresher.current(0)
    assert old.entered.wait(5)
    refresher.switch(Source("b"), reading(), 0)
    old.gate.set()
    snapshot = refresher.refresh_now(5)
    assert woman(snapshot.roster) == "b"
    assert snapshot.version == 1


def test_where_the_new_source_fails_the_last_good_roster_stays_with_the_error() -> None:
    refresher = Refresher(Source("a"), reading(), 15, lambda: NOW)
    refresher.current(5)
    failing = Source("b")
    failing.error = SourceError("no_network")
    snapshot = refresher.switch(failing, reading(), 5)
    assert woman(snapshot.roster) == "a"
    assert snapshot.error is not None and snapshot.error.code == "no_network"
