"""The weekly review behind its page: what changed in a view since the last one, and what the meeting writes down."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from callbacks.kept import Kept
from callbacks.remembered import Basis, Faults, Remembered, local_day
from dashboard.days import day_number
from dashboard.decisions import Annotation, Replayed, Values, annotations, replay
from dashboard.follow_up import FollowUp, follow_up
from dashboard.history import Version
from dashboard.indicators import indicators
from dashboard.individuals import places_of
from dashboard.programme import Programme
from dashboard.restatement import Part, Rows
from dashboard.review import Review, review
from dashboard.reviews import Book, Reviews, Signed, last_before
from dashboard.roster import Roster
from dashboard.signed_review import SignedReview
from dashboard.tally import Tally, tallies
from dashboard.trend import TrendPoint, trend, trend_points
from dashboard.view import View, days_before
from layouts.meeting import Link, Meeting, Place

ERASED = ""  # the content hash of a version that a woman was taken out of


@dataclass(frozen=True)
class Sitting:
    """A view of the programme at a moment: what a review is counted from."""

    programme: Programme
    view: View
    today: date
    basis: Basis
    past: Remembered
    everyone: Callable[[], Tally]  # as of `as_of`, whatever the filters
    kept: Kept

    @property
    def as_of(self) -> date:
        """The review's day."""
        return self.view.day(self.today)

    @property
    def is_now(self) -> bool:
        """Whether it is today's, of everything that is known: only then can anything be written."""
        return self.view.as_of in (None, self.today) and self.view.known in (None, self.today)


@dataclass(frozen=True)
class Start:
    """What a review compares with: the roster that was known then, and what was signed of it."""

    day: date
    version: Version
    basis: Basis
    signed: Signed | None = None
    document: SignedReview | None = None

    def said(self, filters: Mapping[str, tuple[str, ...]]) -> Part | None:
        """The headline as it was signed, if it was signed of the same women."""
        document = self.document
        return document.headline if document is not None and dict(document.basis.filters) == dict(filters) else None


def meeting(sitting: Sitting, reviews: Callable[[], Reviews], faults: Faults) -> Meeting:
    """The review of a view. Where the book cannot be read, the numbers are shown without it."""
    found, readable = read_book(reviews, faults)
    start = start_of(sitting, found, reviews, faults)
    asked = sitting.view.since
    return Meeting(
        as_of=sitting.as_of,
        since=start.day if start else None,
        days=days_on_offer(sitting, found, start),
        changed=changed(sitting, start) if start else None,
        listed=listed(sitting),
        replayed=replayed(sitting, found),
        book=found,
        started_from=start.signed if start else None,
        signed_today=next((one for one in reversed(found.signed) if one.as_of == sitting.as_of), None),
        writable=readable and sitting.is_now,
        guests=sitting.view.guests,
        refused=asked if asked is not None and (start is None or start.day != asked) else None,
        link=no_link if sitting.view.guests else row_link(sitting.basis.roster),
        several=sitting.basis.roster.frame["sheet"].nunique() > 1,
        trend=trend(trend_of(sitting), annotated(sitting, found)),
        places=_places(sitting.basis.roster, (one.woman for made in found.decisions for one in made.women)),
    )


def annotated(sitting: Sitting, book: Book) -> tuple[Annotation, ...]:
    """The days that charts mark, up to the review's: decisions, and what the worksheet of notes says."""
    written = ((note.on, note.text) for note in sitting.basis.roster.notes)
    return tuple(mark for mark in annotations(book.decisions, written) if mark.on <= sitting.as_of)


def trend_of(sitting: Sitting) -> tuple[TrendPoint, ...]:
    """The insertion rate of the view over half a year, counted once."""
    filters, basis = sitting.view.filters, sitting.basis

    def on(days: Sequence[date]) -> Sequence[Tally]:
        return [found.where(filters) for found in tallies(basis.roster, sitting.programme, days)]

    key = ("trend", basis.edition, sitting.as_of, _sorted(filters))
    return sitting.kept.get(key, lambda: trend_points(on, sitting.as_of))


def read_book(reviews: Callable[[], Reviews], faults: Faults) -> tuple[Book, bool]:
    """The book, and whether it could be read."""
    try:
        return reviews().book(), True
    except faults:
        return Book(), False


def start_of(sitting: Sitting, book: Book, reviews: Callable[[], Reviews], faults: Faults) -> Start | None:
    """The day asked for, else the last signed review's, else the Monday before; None where nothing is remembered."""
    last = last_before(book.signed, sitting.as_of)
    monday = days_before(sitting.as_of, sitting.as_of.weekday() or 7)
    wanted = [sitting.view.since, last.as_of if last else None, monday, _first_day(sitting)]
    for day in wanted:
        if day is not None and day < sitting.as_of:
            start = _start_on(day, sitting, book, reviews, faults)
            if start is not None:
                return start
    return None


def _start_on(day: date, sitting: Sitting, book: Book, reviews: Callable[[], Reviews], faults: Faults) -> Start | None:
    signed = next((one for one in reversed(book.signed) if one.as_of == day), None)
    document = _document(signed, reviews, faults)
    version = _signed_version(document, sitting.past) or sitting.past.on(day)
    basis = sitting.past.basis(version) if version is not None else None
    if version is None or basis is None:
        return None
    kept = document is not None and version.number == document.basis.data_version
    return Start(day, version, basis, signed, document if kept else None)


def _document(signed: Signed | None, reviews: Callable[[], Reviews], faults: Faults) -> SignedReview | None:
    try:
        return reviews().document(signed.number) if signed is not None else None
    except faults:
        return None


def _signed_version(document: SignedReview | None, past: Remembered) -> Version | None:
    """The version that a review was signed on. A history that was begun anew has none that says the same."""
    if document is None:
        return None
    same = (ERASED, document.basis.content_hash)
    number = document.basis.data_version
    return next((one for one in past.versions() if one.number == number and one.content_hash in same), None)


def _first_day(sitting: Sitting) -> date | None:
    versions = sitting.past.versions()
    return local_day(versions[0].recorded_at) if versions else None


def days_on_offer(sitting: Sitting, book: Book, start: Start | None) -> tuple[date, ...]:
    """Days to compare with, latest first: those that are remembered, and those of signed reviews."""
    signed = {one.as_of for one in book.signed if one.as_of < sitting.as_of}
    remembered = set(sitting.past.days(sitting.as_of))
    return tuple(sorted(remembered | signed | ({start.day} if start else set()), reverse=True))


def changed(sitting: Sitting, start: Start) -> Review:
    """What changed since, counted once."""
    filters = sitting.view.filters
    said = start.said(filters)
    key = ("review", start.basis.edition, sitting.basis.edition, start.day, sitting.as_of, _sorted(filters), said)

    def count() -> Review:
        rosters = start.basis.roster, sitting.basis.roster
        days = start.day, sitting.as_of
        rows, most = remembered_rows(sitting, start), sitting.programme.review.most
        return review(*rosters, sitting.programme, *days, filters=filters, rows=rows, said=said, most=most)

    return sitting.kept.get(key, count)


def remembered_rows(sitting: Sitting, start: Start) -> Rows:
    """Whose row had been in the sheet before the review that is compared with, was missing in it, and is back.

    Nobody is told as erased: whoever was erased is in no version any more, not even in the one compared with. What was
    signed of her is shown as *counted again* (waterfall).
    """
    there = set(start.basis.roster.frame["woman"])
    new = [str(woman) for woman in sitting.basis.roster.frame["woman"] if woman not in there]
    return Rows(before=sitting.past.earlier(start.version, new))


def listed(sitting: Sitting) -> FollowUp:
    """Who needs the team, counted once."""
    key = ("follow_up", sitting.basis.edition, sitting.as_of, _sorted(sitting.view.filters))
    return sitting.kept.get(
        key, lambda: follow_up(sitting.basis.roster, sitting.everyone().where(sitting.view.filters))
    )


def replayed(sitting: Sitting, book: Book) -> tuple[Replayed, ...]:
    """The decisions with what became of them. Numbers are of the whole programme: a decision outlives a selection."""
    if not book.decisions:
        return ()
    return replay(book.decisions, sitting.as_of, values(sitting, book))


def values(sitting: Sitting, book: Book) -> Values:
    """What decisions are held against."""
    women = {one.woman for decision in book.decisions for one in decision.women}
    where = places_of(sitting.basis.roster.frame, sitting.programme, day_number(sitting.as_of), women)
    return Values(indicators(sitting.everyone()), where)


def no_link(sheet: str, row: int) -> None:
    """While guests are in the room."""


def row_link(roster: Roster) -> Link:
    """Links to rows; of a version that was recorded before ids were kept, by the ids that its findings name."""
    ids = {finding.sheet: finding.gid for finding in roster.findings if finding.gid is not None} | dict(roster.gids)
    url = roster.source.url

    def link(sheet: str, row: int) -> str | None:
        if url is None:
            return None
        if sheet in ids:
            return f"{url}#gid={ids[sheet]}&range=A{row}"
        title = sheet.replace("'", "''")
        place = f"'{title}'!A{row}"
        return f"{url}#range={quote(place)}"

    return link


def _places(roster: Roster, women: Iterable[str]) -> dict[str, Place]:
    frame = roster.frame
    some = frame[frame["woman"].isin(set(women))]
    cells = zip(some["woman"], some["sheet"], some["row"], strict=True)
    return {str(woman): Place(str(sheet), int(row)) for woman, sheet, row in cells}


def _sorted(filters: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted(filters.items()))
