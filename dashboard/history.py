"""What the dashboard remembers: the versions of a roster, and the state of its source.

Two times are kept apart. A version's number and the moment it was recorded say what the dashboard *knew*; the dates in
its roster say what *was true*. Both are arguments everywhere; nothing here asks a clock.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Protocol

from dashboard.roster import Roster

Params = Mapping[str, str | int]
"""What fills a sentence; never a participant's value."""


class HistoryError(LookupError):
    """A past state cannot be had. `code` is the key of a sentence ("error.<code>"), `params` fill it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a feed's roster. History is ordered by number, not by time: a clock may be set back."""

    number: int  # 1, 2, 3 … per feed, never used again
    recorded_at: datetime  # UTC; never before that of the version before it
    read_on: date  # the day it was read as, which bounds what lies in the future
    content_hash: str  # of the table it was read from
    source_version: str | None  # what the source called its version
    women: int
    rows_read: int


@dataclass(frozen=True, slots=True)
class StoredFault:
    """What went wrong with a pull: the code and the parameters of its sentence."""

    code: str
    params: Params


@dataclass(frozen=True, slots=True)
class Held:
    """A reading that is not published yet, and why."""

    code: str
    params: Params
    since: datetime  # UTC
    content_hash: str
    acceptable: bool  # whether a person may let it pass


@dataclass(frozen=True, slots=True)
class Head:
    """The newest state of a feed."""

    version: Version | None = None
    checked_at: datetime | None = None  # UTC: when the source was last read well or found unchanged
    error: StoredFault | None = None  # of the last pull; None if it was good
    error_at: datetime | None = None
    held: Held | None = None
    accepted_hash: str | None = None  # the content that a person let pass
    counted: int = 0  # rises with every change of anything above but `checked_at`
    edition: int = 0  # rises when the past itself is rewritten: a person erased, a backup restored
    asked: int = 0  # readings that people have asked for; counted, so that each is answered by a later pull
    begun: int = 0  # of these, how many the pull under way, or the last one, answers
    answered: int = 0  # of these, how many have been answered


@dataclass(frozen=True, slots=True)
class Pull:
    """One reading of the source that changed something, or failed."""

    at: datetime  # UTC
    outcome: str  # "recorded" | "same" | "failed" | "held"
    seconds: float
    version: int | None = None  # of the roster shown afterwards
    source_version: str | None = None
    content_hash: str | None = None
    rows_read: int | None = None
    findings: int | None = None
    error: StoredFault | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """Something that a person did to what is remembered."""

    at: datetime  # UTC
    by: str
    action: str
    detail: Params


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was forgotten of a person: states of hers, versions that she stood in."""

    states: int
    versions: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the whole store found: versions that can be rebuilt, and what is wrong, in technical words."""

    feeds: int
    versions: int
    faults: tuple[str, ...]


class History(Protocol):
    """The past of a roster, as pages see it."""

    def versions(self) -> Sequence[Version]:
        """All versions that are kept, oldest first."""
        ...

    def known_on(self, moment: datetime) -> Version | None:
        """The newest version recorded at or before a moment; None if there was none, or it is not kept any more."""
        ...

    def roster(self, number: int) -> Roster:
        """A version's roster, exactly as it was recorded. Raises HistoryError version_gone if it is not kept."""
        ...

    def earlier(self, number: int, women: Collection[str]) -> frozenset[str]:
        """Which of some pseudonyms stood in a version up to this one, as far back as versions are kept."""
        ...


def newest_at(versions: Sequence[Version], moment: datetime) -> Version | None:
    """The newest of versions (oldest first) recorded at or before a moment."""
    place = bisect_right(versions, moment, key=attrgetter("recorded_at"))
    return versions[place - 1] if place else None
