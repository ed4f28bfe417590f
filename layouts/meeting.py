"""What the review's page is given: what changed, whom it is about, and what the meetings have written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dashboard import decisions
from dashboard.decisions import Replayed
from dashboard.follow_up import FollowUp
from dashboard.review import Review
from dashboard.reviews import Book, Signed
from dashboard.trend import Trend
from layouts.fault import Fault

Link = Callable[[str, int], str | None]
"""Worksheet and row -> the address that opens the spreadsheet there; None where it has none."""

ActFault = decisions.Fault | Literal["too_long", "about_unknown", "due_unreadable", "not_now", "note_missing"]
"""What is wrong with something that a reader asked the book to keep."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a woman stands in the sheet that is shown."""

    sheet: str
    row: int


@dataclass(frozen=True)
class Meeting:
    """One review of one view. `changed` is None where nothing is remembered to compare with."""

    as_of: date
    since: date | None
    days: tuple[date, ...]  # on offer to compare with, latest first
    changed: Review | None
    listed: FollowUp
    replayed: tuple[Replayed, ...]
    trend: Trend | None = None
    book: Book = field(default_factory=Book)
    started_from: Signed | None = None  # the signed review that `since` is the day of
    signed_today: Signed | None = None
    writable: bool = False  # the view is that of today, of everything known, and the book can be written
    guests: bool = False  # in the room: no code of a woman is shown
    refused: date | None = None  # the day asked for, of which nothing is remembered
    link: Link = lambda sheet, row: None
    several: bool = False  # worksheets: then an address names its own
    places: Mapping[str, Place] = field(default_factory=dict)  # of the women whom decisions name


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of something a reader asked the book to keep. `error` is the store's."""

    act: str
    faults: tuple[ActFault, ...] = ()
    number: int | None = None  # of the review that was signed
    error: Fault | None = None

    @property
    def done(self) -> bool:
        """Whether it was kept."""
        return not self.faults and self.error is None
