"""What a meeting asks the book to keep: decisions, their ends, notes, and the sign-off."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from callbacks.meetings import Sitting, Start, start_of
from callbacks.remembered import Faults
from dashboard.days import day_number
from dashboard.decisions import Concerned, Decision, faults, measure
from dashboard.history import Version
from dashboard.indicators import indicators
from dashboard.individuals import places_of
from dashboard.review_numbers import review_numbers
from dashboard.reviews import LONGEST, Book, Reviews, of_review
from dashboard.signed_review import Basis, SignedReview, programme_hash
from layouts.meeting import ActFault, Acted

WOMAN, INDICATOR = "woman:", "indicator:"  # what a decision is about, as a form says it

Fields = Mapping[str, Any]
"""What a form says: texts by name; nothing in it is trusted."""


class Secretary:
    """Writes down what managers ask for. Everything may raise the store's error."""

    def __init__(self, reviews: Callable[[], Reviews], faults: Faults, now: Callable[[], datetime]) -> None:
        self._reviews = reviews
        self._faults = faults
        self._now = now

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

    def note(self, fields: Fields, by: str) -> Acted:
        """A note: note."""
        text = _said(fields, "note")
        found: list[ActFault] = _too_long(fields, "note")
        if not text:
            found.append("note_missing")
        if not found:
            self._reviews().note(text, by=by, at=self._now())
        return Acted("note", tuple(found))

    def strike(self, fields: Fields, by: str) -> Acted:
        """No note any more: id."""
        number = _said(fields, "id")
        if number.isdecimal():
            self._reviews().strike(int(number), by=by, at=self._now())
        return Acted("strike")

    def sign(self, sitting: Sitting, by: str) -> Acted:
        """Freeze the review of a view, as it is now."""
        book = self._reviews().book()
        start = start_of(sitting, book, self._reviews, self._faults)
        version = next((one for one in sitting.past.versions() if one.number == sitting.basis.version), None)
        if version is None:
            return Acted("sign", ("not_now",))
        signed = self._signed(sitting, book, start, version, by)
        self._reviews().sign(signed, counted=book.counted, at=signed.signed_at)
        return Acted("sign", number=book.open_number)

    def _signed(
        self, sitting: Sitting, book: Book, start: Start | None, version: Version, by: str
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
        )
        basis = Basis(
            as_of=sitting.as_of,
            data_version=version.number,
            content_hash=version.content_hash,
            programme_id=programme.id,
            programme_hash=programme_hash(programme),
            definition_version=programme.rules.version,
            filters=dict(view.filters),
            since=start.day if start else None,
            since_version=start.version.number if start else None,
        )
        notes = tuple(note.text for note in book.notes)
        return SignedReview(str(book.open_number), self._now(), by, basis, numbers, notes, of_review(book))


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
