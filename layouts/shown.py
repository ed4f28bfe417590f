"""What the pages are given to show. The service fills it; the pages only render it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.history import Held, Version
from dashboard.overview import Overview
from dashboard.programme import Programme
from dashboard.roster import Finding, Reconciliation, SourceInfo
from dashboard.staleness import Staleness
from dashboard.text import Text
from dashboard.two_times import Restated
from dashboard.view import Notice, View
from layouts.deeper import Deeper
from layouts.fault import Fault as Fault


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading at once: the version before and after, whether it failed, and whether it still goes on."""

    before: int
    after: int
    failed: bool = False
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who has signed in and looks at the page."""

    name: str
    may_manage: bool


@dataclass(frozen=True)
class Feed:
    """The state of the data behind the page; nothing in it is personal."""

    version: int = 0  # the number under which the roster is recorded; 0 = never read
    edition: str = ""  # differs with anything that numbers depend on: source, programme, version
    source: SourceInfo | None = None
    age: float | None = None  # seconds since the last good reading
    staleness: Staleness = "fresh"
    error: Fault | None = None  # of the store, else of the last reading
    held: Held | None = None  # a reading that is not shown until a person lets it pass
    progress: str = "done"  # of a reading that someone asked for: "asked", "reading" or "done"
    reconciliation: Reconciliation | None = None
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()
    fingerprint: str = ""  # a short mark of what the roster says; equal data has an equal one


def guarded(shown: "Shown") -> "Shown":
    """A view without any way into the spreadsheet, where guests are in the room."""
    source = shown.feed.source
    if not shown.view.guests or source is None:
        return shown
    return replace(shown, feed=replace(shown.feed, source=replace(source, url=None)))


@dataclass(frozen=True)
class Shown:
    """One view of the programme, or the reason there is none (`overview` is None)."""

    programme: Programme
    text: Text
    today: date
    search: str  # the query string that was asked for
    view: View
    feed: Feed
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # ids per dimension
    days: tuple[date, ...] = ()  # as-of dates on offer, latest first; today first
    notices: tuple[Notice, ...] = ()
    overview: Overview | None = None
    page: str = "/"  # the path of the page, one of layouts.places.PAGES
    depth: Deeper | None = None  # there wherever there is an overview
    pulse: str = ""  # changes with the state of the data
    past: Version | None = None  # what was known then, where the view asks for a past day's knowledge
    known_days: tuple[date, ...] = ()  # days whose knowledge is on offer, latest first
    restated: Mapping[str, Restated] = field(default_factory=dict)  # indicators of a past day that have changed since
    book: int = 0  # rises with every change of the book of the weekly reviews; asked for by the review's page only
    reader: Reader | None = None  # None where nobody signs in: then whoever looks may manage

    @property
    def may_manage(self) -> bool:
        """Whether whoever looks may decide, sign and publish."""
        return self.reader is None or self.reader.may_manage

    @property
    def as_of(self) -> date:
        """The day the page is about."""
        return self.view.day(self.today)

    @property
    def counted(self) -> Overview:
        """The overview of a view that has one. Raises LookupError where there is none."""
        if self.overview is None:
            raise LookupError("no roster has been counted for this view")
        return self.overview

    @property
    def deeper(self) -> Deeper:
        """What can be asked of a view that has an overview. Raises LookupError where there is none."""
        if self.depth is None:
            raise LookupError("no roster has been counted for this view")
        return self.depth
