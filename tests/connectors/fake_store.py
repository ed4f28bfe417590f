"""A store in memory, shared by as many processes as a test plays: what connectors.store promises, without a disk."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from connectors.feed import FeedKey, OpenFeed
from connectors.store.compare import same_roster
from connectors.store.errors import StoreError
from dashboard.history import Head, Held, HistoryError, StoredFault, Version, newest_at
from dashboard.roster import Roster

KEY = FeedKey("eclat", "file:roster.csv")


class FakeStore:
    """Feeds by their keys. `away` and `full` are faults of the database; `log` is what was written, in order."""

    def __init__(self) -> None:
        self.feeds: dict[FeedKey, FakeFeed] = {}
        self.leaders: dict[FeedKey, FakeLease] = {}
        self.away = self.full = False
        self.log: list[str] = []

    def open(self, key: FeedKey = KEY) -> OpenFeed:
        """What a process opens; each has its own lease."""
        self.check()
        return OpenFeed(self.feeds.setdefault(key, FakeFeed(self)), FakeLease(self, key))

    def check(self, word: str | None = None) -> None:
        """Raise what is the matter; note what is written."""
        if self.away or (self.full and word is not None):
            raise StoreError("store_unreachable" if self.away else "store_full", place="memory", kind="test")
        if word is not None:
            self.log.append(word)


class FakeLease:
    """`cut` stands for a connection that is lost: it leads no more, and is not told."""

    def __init__(self, store: FakeStore, key: FeedKey) -> None:
        self.store, self.key = store, key

    def take(self) -> bool:
        return self.store.leaders.setdefault(self.key, self) is self

    def holds(self) -> bool:
        return self.store.leaders.get(self.key) is self

    def release(self) -> None:
        if self.holds():
            del self.store.leaders[self.key]


class FakeFeed:
    """One feed's history in lists."""

    def __init__(self, store: FakeStore) -> None:
        self.store = store
        self.state = Head()
        self.kept: list[tuple[Version, Roster]] = []
        self.accepted: list[str] = []

    def head(self) -> Head:
        self.store.check()
        return self.state

    def versions(self) -> Sequence[Version]:
        return [version for version, _ in self.kept]

    def known_on(self, moment: datetime) -> Version | None:
        return newest_at(self.versions(), moment)

    def earlier(self, number: int, women: Collection[str]) -> frozenset[str]:
        seen = {str(woman) for version, roster in self.kept if version.number <= number for woman in roster.frame.woman}
        return frozenset(seen & set(women))

    def roster(self, number: int) -> Roster:
        self.store.check()
        for version, roster in self.kept:
            if version.number == number:
                return replace(roster)  # another object, as from a database
        raise HistoryError("version_gone", number=number)

    def record(
        self,
        roster: Roster,
        *,
        at: datetime,
        read_on: date,
        content_hash: str,
        source_version: str | None,
        seconds: float,
        after: int | None,
    ) -> Version:
        self.store.check("record")
        last = self.kept[-1][0] if self.kept else None
        if after != (last and last.number):
            raise StoreError("store_overtaken")
        if last is None or not same_roster(self.kept[-1][1], roster):
            moment = at if last is None else max(at, last.recorded_at)
            number, rows = len(self.kept) + 1, roster.reconciliation.rows_read
            last = Version(number, moment, read_on, content_hash, source_version, len(roster.frame), rows)
            self.kept.append((last, roster))
        self._is(version=last, checked_at=at, error=None, error_at=None, held=None, accepted_hash=None)
        return last

    def forget(self) -> None:
        self.store.check("forget")
        self.kept.clear()
        self._is(version=None, checked_at=None)

    def checked(self, at: datetime) -> None:
        self.store.check("checked")
        self._is(checked_at=at, error=None, error_at=None)

    def failed(self, code: str, params: Any, *, at: datetime, seconds: float) -> None:
        self.store.check("failed")
        self._is(error=StoredFault(code, params), error_at=at)

    def hold(self, held: Held) -> None:
        self.store.check("hold")
        self._is(held=held, error=None, error_at=None)

    def accept(self, content_hash: str, *, by: str, at: datetime) -> None:
        self.store.check("accept")
        held = self.state.held
        if held is not None and held.acceptable and held.content_hash == content_hash:
            self.accepted.append(by)
            self._is(accepted_hash=content_hash)

    def ask(self) -> int:
        self.store.check("ask")
        self._is(asked=self.state.asked + 1)
        return self.state.asked

    def begin(self, question: int) -> None:
        self.store.check("begin")
        self._is(begun=max(question, self.state.begun))

    def answer(self, question: int) -> None:
        self.store.check("answer")
        self._is(answered=max(question, self.state.answered))

    def _is(self, **values: Any) -> None:
        self.state = replace(self.state, **values)
