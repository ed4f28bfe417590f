"""The state of the data as the refresher tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dashboard.history import Held, History, HistoryError
from dashboard.roster import Roster
from layouts.shown import Fault


class Snapshot(Protocol):
    """The last good roster, and what is the matter if there is none newer."""

    @property
    def roster(self) -> Roster | None:
        """None until the first good reading."""
        ...

    @property
    def version(self) -> int:
        """The number it is recorded under; 0 = never read."""
        ...

    @property
    def edition(self) -> str:
        """Differs with anything that numbers depend on: source, programme, version."""
        ...

    @property
    def fetched_at(self) -> datetime | None:
        """When the source was last read well or found unchanged, UTC."""
        ...

    @property
    def error(self) -> Fault | None:
        """Why the last reading failed, None if it did not."""
        ...

    @property
    def stored_error(self) -> Fault | None:
        """Why the store cannot be read or written, None if it can."""
        ...

    @property
    def held(self) -> Held | None:
        """A reading that waits for a person."""
        ...

    @property
    def progress(self) -> str:
        """Of a reading that someone asked for: "asked", "reading" or "done"."""
        ...

    @property
    def leader(self) -> str:
        """Who pulls the source: "here", "elsewhere" or "unknown"."""
        ...


class Refresher(Protocol):
    """Keeps the roster fresh in the background."""

    def current(self, wait: float) -> Snapshot:
        """The newest snapshot, waiting at most so many seconds for the first one."""
        ...

    def refresh_now(self, wait: float) -> Snapshot:
        """Read again at once, waiting at most so many seconds for it."""
        ...

    def accept(self, content_hash: str, by: str) -> None:
        """Let what is held be published, if it still is what was seen."""
        ...

    @property
    def history(self) -> History:
        """The past of the roster."""
        ...


def matter(snapshot: Snapshot) -> Fault | None:
    """What keeps the numbers from being newer: the store's fault, else the last reading's."""
    return snapshot.stored_error or snapshot.error


@dataclass(frozen=True)
class Once:
    """A roster that is read once and not remembered, for whoever asks as pages do: snapshot and refresher in one."""

    roster: Roster
    version: int = 1
    edition: str = "once.1"
    error: None = None
    stored_error: None = None
    held: None = None
    progress: str = "done"
    leader: str = "here"

    @property
    def fetched_at(self) -> datetime:
        """When it was read."""
        return self.roster.source.fetched_at

    def current(self, wait: float) -> "Once":
        """Itself."""
        return self

    def refresh_now(self, wait: float) -> "Once":
        """Itself."""
        return self

    def accept(self, content_hash: str, by: str) -> None:
        """Nothing is held back."""

    @property
    def history(self) -> History:
        """Raises HistoryError: there is none."""
        raise HistoryError("version_gone", number=0)
