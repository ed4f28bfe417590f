"""What a meeting asks the book to keep: decisions, their ends, notes, and the sign-off."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast

from callbacks.checked import number_of
from callbacks.meetings import Sitting, Start, annotated, meeting, read_book, remembered_rows, start_of
from callbacks.remembered import Faults
from dashboard.days import day_number
from dashboard.decisions import Annotation, Concerned, Decision, faults, measure
from dashboard.history import Version
from dashboard.indicators import indicators
from dashboard.individuals import places_of
from dashboard.review_numbers import review_numbers
from dashboard.reviews import LONGEST, Book, Reviews, of_review
from dashboard.signed_review import Basis, SignedReview, programme_hash
from dashboard.view import View, to_search
from layouts.fault import Fault
from layouts.meeting import Acted, ActFault, Meeting

WOMAN, INDICATOR = "woman:", "indicator:"  # what a decision is about, as a form says it

Fields = Mapping[str, Any]
"""What a form says: texts by name; nothing in it is trusted."""


class NoBook(LookupError):
    """There is nothing that keeps reviews. `code` is the key of a sentence."""

    code = "store_no_book"
    params: Mapping[str, str | int] = {}


def no_book() -> Reviews:
    """Where nothing keeps reviews."""
    raise NoBook


class Secretary:
    """Reads the book for the pages, and writes down what managers ask for."""

    def __init__(self, reviews: Callable[[], Reviews] | None, faults: Faults, now: Callable[[], datetime]) -> None:
        """`faults` are the store's: a page is shown without the book, and who asked for something is told."""
        self._reviews = reviews or no_book
        self._faults = faults
        self._missing: Faults = (*faults, NoBook)
        self._now = now

    def counted(self) -> int:
        """Rises with every change of the book; -1 where it cannot be read."""
        try:
            return self._reviews().counted()
        except self._missing:
            return -1

    def meeting(self, sitting: Sitting) -> Meeting:
        """The review of a view."""
        return meeting(sitting, self._reviews, self._missing)

    def annotations(self, sitting: Sitting) -> tuple[Annotation, ...]:
        """The days that charts mark for a view; without the decisions where the book cannot be read."""
        return annotated(sitting, read_book(self._reviews, self._missing)[0])

    def document(self, number: int) -> SignedReview | None:
        """A signed review as it was signed; None if there is no such number. Raises one of the store's faults."""
        return self._reviews().document(number)

    def draft(self, sitting: Sitting | None) -> SignedReview | None:
        """The review of a view as signing it now would freeze it; its time of signing means nothing."""
        if sitting is None:
            return None
        book, _ = read_book(self._reviews, self._missing)
        start = start_of(sitting, book, self._reviews, self._missing)
        version = next((one for one in sitting.past.versions() if one.number == sitting.basis.version), None)
        then = (start.basis.edition, start.day) if start else None
        filters = to_search(View("en", None, sitting.view.filters))
        key = ("draft", sitting.basis.edition, sitting.as_of, then, filters, book.counted)
        return sitting.kept.get(key, lambda: self._signed(sitting, book, start, version, ""))

    def act(self, act: str, sitting: Sitting | None, fields: Fields, by: str) -> Acted:
        """Do what was asked: "decide", "close", "note", "strike" or "sign". Nothing is written into the past."""
        if sitting is None or not sitting.is_now:
            return Acted(act, ("not_now",))
        try:
            return ACTS[act](self, sitting, fields, by)
        except self._missing as error:
            return Acted(act, error=cast(Fault, error))

    def decide(self, sitting: Sitting, fields: Fields, by: str) -> Acted:
        """A decision: text, owner, due, about."""
        book = self._reviews().book()
        due = _day(fields.get("due"))
        found: list[ActFault] = _too_long(fields, "text", "owner")
        if due is None:
            found.append("due_unreadable")
        about, known = _about(_said(fields, "about"), sitting)
        if not known:
            found.append("about_unknown")
        decision = Decision(
            id="",
            text=_said(fields, "text"),
            owner=_said(fields, "owner"),
            due=due or sitting.as_of,
            made_on=sitting.as_of,
            review_id=str(book.open_number),
            **about,
        )
        found += faults(decision)
        if found:
            return Acted("decide", tuple(found))
        self._reviews().decide(decision, by=by, at=self._now())
        return Acted("decide")

    def close(self, sitting: Sitting, fields: Fields, by: str) -> Acted:
        """The end of a decision: id, outcome."""
        outcome = _said(fields, "outcome")
        found: list[ActFault] = _too_long(fields, "outcome")
        if not outcome:
            found.append("closed_without_outcome")
        if not found:
            self._reviews().close(_said(fields, "id"), outcome, sitting.as_of, by=by, at=self._now())
        return Acted("close", tuple(found))

    def note(self, sitting: Sitting, fields: Fields, by: str) -> Acted:
        """A note: note."""
        text = _said(fields, "note")
        found: list[ActFault] = _too_long(fields, "note")
        if not text:
            found.append("note_missing")
        if not found:
            self._reviews().note(text, by=by, at=self._now())
        return Acted("note", tuple(found))

    def strike(self, sitting: Sitting, fields: Fields, by: str) -> Acted:
        """No note any more: id."""
        number = number_of(_said(fields, "id"))
        if number is not None:
            self._reviews().strike(number, by=by, at=self._now())
        return Acted("strike")

    def sign(self, sitting: Sitting, fields: Fields, by: str) -> Acted:
        """Freeze the review of a view, as it is now."""
        book = self._reviews().book()
        start = start_of(sitting, book, self._reviews, self._missing)
        version = next((one for one in sitting.past.versions() if one.number == sitting.basis.version), None)
        if version is None:
            return Acted("sign", ("not_now",))
        signed = self._signed(sitting, book, start, version, by)
        self._reviews().sign(signed, counted=book.counted, at=signed.signed_at)
        return Acted("sign", number=book.open_number)

    def _signed(
        self, sitting: Sitting, book: Book, start: Start | None, version: Version | None, by: str
    ) -> SignedReview:
        programme, view = sitting.programme, sitting.view
        numbers = review_numbers(
            start.basis.roster if start else None,
            sitting.basis.roster,
            programme,
            start.day if start else None,
            sitting.as_of,
            view.filters,
            start.said(view.filters) if start else None,
            remembered_rows(sitting, start) if start else None,
        )
        basis = Basis(
            as_of=sitting.as_of,
            data_version=sitting.basis.version,
            content_hash=version.content_hash if version else "",
            programme_id=programme.id,
            programme_hash=programme_hash(programme),
            definition_version=programme.rules.version,
            filters=dict(view.filters),
            since=start.day if start else None,
            since_version=start.version.number if start else None,
        )
        notes = tuple(note.text for note in book.notes)
        return SignedReview(str(book.open_number), self._now(), by, basis, numbers, notes, of_review(book))


ACTS: Mapping[str, Callable[[Secretary, Sitting, Fields, str], Acted]] = {
    "decide": Secretary.decide,
    "close": Secretary.close,
    "note": Secretary.note,
    "strike": Secretary.strike,
    "sign": Secretary.sign,
}


def _about(said: str, sitting: Sitting) -> tuple[dict[str, Any], bool]:
    """Whom or what a decision is about, as it stands today, and whether there is such a one."""
    if not said:
        return {}, True
    if said.startswith(INDICATOR):
        found = indicators(sitting.everyone()).get(said.removeprefix(INDICATOR))
        return ({"indicator": found.id, "measure": measure(found)}, True) if found else ({}, False)
    woman = said.removeprefix(WOMAN)
    if not said.startswith(WOMAN) or not (sitting.basis.roster.frame["woman"] == woman).any():
        return {}, False
    where = places_of(sitting.basis.roster.frame, sitting.programme, day_number(sitting.as_of), {woman})
    return {"women": (Concerned(woman, where.get(woman)),)}, True


def _said(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def _too_long(fields: Fields, *names: str) -> list[ActFault]:
    return ["too_long"] if any(len(_said(fields, name)) > LONGEST[name] for name in names) else []


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
