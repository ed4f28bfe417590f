"""The book of the weekly reviews: what was signed, what was decided, and the notes of the review that is open.

Signed reviews are numbered 1, 2, 3 … per feed; the review that is open has the next number, and decisions made in it
carry that number already. Text is what staff typed: it is shown escaped, and is in no log and no message.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import TypeAdapter

from dashboard.decisions import Decision
from dashboard.signed_review import SignedReview

LONGEST: Mapping[str, int] = {"text": 500, "owner": 80, "outcome": 500, "note": 1000}
"""Letters that a field may have."""

MOST_OPEN = 200
"""Decisions that may be open, and notes that a review may have, at most: a meeting, not an archive."""

_DECISION = TypeAdapter(Decision)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed review in a list; `check` is its fingerprint."""

    number: int
    as_of: date
    signed_at: datetime  # UTC
    signed_by: str
    check: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the review that is open."""

    id: int
    text: str
    by: str
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Book:
    """Everything but the signed documents, as of one moment."""

    counted: int = 0  # rises with every change of anything below
    signed: tuple[Signed, ...] = ()  # oldest first
    decisions: tuple[Decision, ...] = ()  # in the order in which they were made
    notes: tuple[Note, ...] = ()  # of the review that is open, oldest first

    @property
    def open_number(self) -> int:
        """The number that the review gets which is open now."""
        return self.signed[-1].number + 1 if self.signed else 1


class Reviews(Protocol):
    """The book of a feed, as the store keeps it. Everything may raise the store's error."""

    def counted(self) -> int:
        """Rises with every change: one cheap query."""
        ...

    def book(self) -> Book:
        """All of it."""
        ...

    def document(self, number: int) -> SignedReview | None:
        """A signed review, exactly as it was signed; None if there is no such number."""
        ...

    def decide(self, decision: Decision, *, by: str, at: datetime) -> Decision:
        """Write a decision down; it comes back with its id. Audited, as everything below."""
        ...

    def close(self, id: str, outcome: str, closed_on: date, *, by: str, at: datetime) -> None:
        """End a decision that is open."""
        ...

    def note(self, text: str, *, by: str, at: datetime) -> None:
        """Add a note to the review that is open."""
        ...

    def strike(self, id: int, *, by: str, at: datetime) -> None:
        """Take a note out of the review that is open."""
        ...

    def sign(self, signed: SignedReview, *, counted: int, at: datetime) -> None:
        """Keep a review for ever, if nothing was written since `counted`. The next one is open then, without notes."""
        ...


def decision_text(decision: Decision) -> str:
    """A decision as JSON."""
    return json.dumps(asdict(decision), default=date.isoformat, ensure_ascii=False, sort_keys=True, allow_nan=False)


def decision_from(text: str) -> Decision:
    """The decision that a JSON text holds. Raises ValueError."""
    return _DECISION.validate_json(text, strict=True)


def of_review(book: Book) -> tuple[Decision, ...]:
    """What the open review takes along when it is signed: decisions that it made or closed, and all that are open."""
    last = book.signed[-1].as_of if book.signed else date.min
    number = str(book.open_number)
    return tuple(
        decision
        for decision in book.decisions
        if decision.review_id == number or decision.closed_on is None or decision.closed_on > last
    )


def last_before(signed: Sequence[Signed], day: date) -> Signed | None:
    """The newest signed review of a day before a given one."""
    return next((one for one in reversed(signed) if one.as_of < day), None)


def canonical(numbers: Mapping[str, Any]) -> str:
    """Numbers as the text that is compared: equal numbers give equal bytes."""
    return json.dumps(numbers, ensure_ascii=False, indent=2, allow_nan=False)
