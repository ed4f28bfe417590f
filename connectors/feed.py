"""A feed: one source as one programme reads it, the history it is recorded in, and the right to pull it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from connectors.base import RosterSource
from dashboard.history import Head, Held, History, Params, Version
from dashboard.roster import RawTable, Roster


@dataclass(frozen=True, slots=True)
class FeedKey:
    """What a feed's history goes by. `source` names the source without secrets: "demo", "file:…", "google_sheets:…"."""

    programme: str
    source: str


@dataclass(frozen=True, eq=False, slots=True)
class Feed:
    """A source and how what it returns is read.

    `mark` differs where the same version would be counted differently; `prepare` is called with the feed's history
    by whoever leads, before the first pull and on every new day; `joint` makes of the right to pull it the right that
    is needed, where something else must be held with it.
    """

    source: RosterSource
    read: Callable[[RawTable], Roster]
    key: FeedKey
    mark: str = ""
    prepare: Callable[["FeedStore"], None] | None = None
    joint: Callable[["Lease"], "Lease"] | None = None


class FeedStore(History, Protocol):
    """The history of a feed as the refresher keeps it. Everything may raise StoreError."""

    def head(self) -> Head:
        """The newest state: one cheap query."""
        ...

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
        """Record a good reading: the current version where it says the same, else a new one.

        Raises StoreError store_overtaken where the newest version is not the one that it was read to follow, `after`.
        """
        ...

    def forget(self) -> None:
        """All of the feed is gone."""
        ...

    def checked(self, at: datetime) -> None:
        """The source was found unchanged."""
        ...

    def failed(self, code: str, params: Params, *, at: datetime, seconds: float) -> None:
        """A pull failed."""
        ...

    def hold(self, held: Held) -> None:
        """A reading is not published yet. The next good one ends it."""
        ...

    def accept(self, content_hash: str, *, by: str, at: datetime) -> None:
        """A person lets this content pass; nothing where it is not what is held."""
        ...

    def ask(self) -> int:
        """Ask whoever leads to read at once; the number of the question."""
        ...

    def begin(self, question: int) -> None:
        """The pull that answers all questions up to this one has begun."""
        ...

    def answer(self, question: int) -> None:
        """All questions up to this one are answered."""
        ...


class Lease(Protocol):
    """The right to pull a feed: one process at a time, among all that share the store."""

    def take(self) -> bool:
        """Try to have it, without waiting; True if it is held now."""
        ...

    def holds(self) -> bool:
        """Whether it is still held; asked anew, not remembered."""
        ...

    def release(self) -> None:
        """Let another process have it."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class OpenFeed:
    """A feed's history and the right to add to it."""

    kept: FeedStore
    lease: Lease


OpenFeeds = Callable[[FeedKey], OpenFeed]
"""Opens the store where that has not been done. Raises StoreError."""
