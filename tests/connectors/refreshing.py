"""A clock, sources, a reader and a process that the tests of the refresher share."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
from fake_store import KEY, FakeFeed, FakeStore

from connectors.base import RosterSource, SourceError
from connectors.feed import Feed, FeedKey
from connectors.following_head import Snapshot
from connectors.refresher import Refresher
from connectors.watching import Told
from dashboard.roster import RawColumn, RawSheet, RawTable, Reconciliation, Roster, SourceInfo

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Source:
    """Gives `cells`, or raises `error`; waits at the `gate` while that is closed."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.cells, self.pulls = clock, ["a", "b"], 0
        self.error: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()

    def fetch(self) -> RawTable:
        self.pulls += 1
        self.entered.set()
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        return table(self.cells, self.clock())


def table(cells: list[str], at: datetime = START) -> RawTable:
    sheet = RawSheet("S", 1, 2, (RawColumn("key", "الرمز", "A", list(cells)),))
    return RawTable(SourceInfo("file", "roster.csv", at), (sheet,))


class Reader:
    """Reads a roster and counts how often; `day` stands for what depends on the day of reading."""

    def __init__(self) -> None:
        self.reads, self.mark = 0, ""

    def __call__(self, raw: RawTable) -> Roster:
        self.reads += 1
        frame = pd.DataFrame({"woman": raw.sheets[0].columns[0].values, "mark": self.mark})
        return Roster(frame, (), Reconciliation(len(frame), len(frame), 0, 0, 0), {}, raw.source)


class LiveSource(Source):
    """A source that says whether it has changed, and may want to be left alone."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.token: str | None = "1"
        self.tokens = 0
        self.token_error: SourceError | None = None
        self.rests = {True: 0.0, False: 0.0}

    def change_token(self) -> str | None:
        self.tokens += 1
        if self.token_error is not None:
            raise self.token_error
        return self.token

    def rest(self, *, asked: bool) -> float:
        return self.rests[asked]


class Process:
    """One process of the dashboard. Its turns are taken by hand, so that nothing depends on threads."""

    def __init__(
        self,
        source: RosterSource,
        read: Callable[[RawTable], Roster],
        clock: Clock,
        store: FakeStore | None = None,
        key: FeedKey = KEY,
        told: Told | None = None,
    ) -> None:
        self.clock, self.store, self.key = clock, store or FakeStore(), key
        self.refresher = Refresher(Feed(source, read, key), self.store.open, 15, clock, told, by_hand=True)

    def turn(self, seconds: float = 0) -> Snapshot:
        """What is shown so many seconds later, after a look."""
        self.clock.forward(seconds)
        self.refresher.turn()
        return self.refresher.current()

    def ask(self) -> Snapshot:
        """What is shown after someone asked to read now."""
        self.refresher.refresh_now()
        return self.turn()

    @property
    def kept(self) -> FakeFeed:
        return self.store.feeds[self.key]


def women(snapshot: Snapshot) -> list[str]:
    assert snapshot.roster is not None
    return list(snapshot.roster.frame["woman"])
