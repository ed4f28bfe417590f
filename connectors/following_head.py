"""What every process shows: the newest version of the feed, loaded when its number changes."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from connectors.feed import Feed, FeedStore
from connectors.store.errors import StoreError
from dashboard.history import Head, Held, HistoryError, StoredFault, Version
from dashboard.roster import Roster

Progress = Literal["done", "asked", "reading"]
Leadership = Literal["here", "elsewhere", "unknown"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known now. Under an error `roster` is the last good one; None if there never was one."""

    roster: Roster | None = None
    version: int = 0  # its number in the store; 0 = none yet
    fetched_at: datetime | None = None  # when the source was last read well or found unchanged
    error: StoredFault | None = None  # of the last pull, None if it was good
    error_at: datetime | None = None
    held: Held | None = None  # a reading that waits for a person
    stored_error: StoreError | None = None  # why the store cannot be read or written
    edition: str = ""  # differs with anything that numbers depend on: feed, programme, version
    progress: Progress = "done"  # of a reading that someone asked for
    answered: int = 0  # questions answered by a pull
    leader: Leadership = "unknown"


class HeadFollower:
    """Follows one feed. Used by one thread."""

    def __init__(self, feed: Feed, kept: FeedStore) -> None:
        self.feed = feed
        self.head = Head()
        self._kept = kept
        self._shown: tuple[Version, Roster] | None = None
        self._edition = 0  # of the past that what is shown was loaded from
        self._recorded: tuple[Version, Roster] | None = None  # what was handed over last

    @property
    def roster(self) -> Roster | None:
        """Of the version that is shown."""
        return self._shown[1] if self._shown else None

    def follow(self, recorded: tuple[Version, Roster] | None) -> None:
        """Look at the head; load its roster unless it was `recorded` here just now, or is shown. Raises StoreError."""
        self.head = head = self._kept.head()
        if head.version is None:
            return
        anew, self._recorded = recorded is not self._recorded, recorded
        if anew and recorded is not None and recorded[0].number == head.version.number:
            self._shown, self._edition = recorded, head.edition
        elif self._shown is None or (head.version.number, head.edition) != (self._shown[0].number, self._edition):
            with suppress(HistoryError):  # pruned between the two questions: the next look finds a newer one
                self._shown, self._edition = (head.version, self._kept.roster(head.version.number)), head.edition

    def snapshot(self, before: Snapshot, leader: Leadership, fault: StoreError | None) -> Snapshot:
        """What is to be shown. Without a version yet, what was shown `before` stays."""
        head = self.head
        stays = before if self._shown is None else self._of(*self._shown)
        return replace(
            stays,
            error=head.error,
            error_at=head.error_at,
            held=head.held,
            stored_error=fault,
            progress=_progress(head),
            answered=head.answered,
            leader=leader,
        )

    def _of(self, version: Version, roster: Roster) -> Snapshot:
        edition = f"{self.feed.mark}.{self._edition}.{version.number}"
        return Snapshot(roster, version.number, self.head.checked_at, edition=edition)


def _progress(head: Head) -> Progress:
    if head.asked <= head.answered:
        return "done"
    return "reading" if head.begun > head.answered else "asked"
