"""A review signed off: its numbers, notes and decisions, frozen with what they were counted from.

The document is plain data for json.dumps. It holds aggregates; pseudonyms only where a decision names women. These
can be taken out when a woman asks to be erased: the fingerprint does not cover them, so that it still proves the rest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dashboard.decisions import Decision
from dashboard.programme import Programme
from dashboard.restatement import Part
from dashboard.waterfall import HEADLINE

Json = dict[str, Any]

FORMAT = 1
"""Of the document. Raise it when a field changes its meaning, and go on reading the old ones."""


class SignedReviewError(Exception):
    """A document cannot be used. `code` is the key of a sentence: review_format, review_damaged."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Basis:
    """What a review was counted from. The same basis gives the same numbers."""

    as_of: date
    data_version: int  # of the roster's history
    content_hash: str  # of that version's raw table
    programme_id: str
    programme_hash: str  # of everything that programme.toml says
    definition_version: str  # what programme.toml calls its rules
    filters: Mapping[str, tuple[str, ...]]
    since: date | None = None  # the last review's day; None for the first review
    since_version: int | None = None  # the version that was known on it


@dataclass(frozen=True, slots=True)
class SignedReview:
    """A review that cannot change any more.

    `numbers`: "report" = report.report of the view, as `flask report` prints it, "review" = review_report.
    """

    id: str
    signed_at: datetime  # UTC, aware
    signed_by: str
    basis: Basis
    numbers: Json
    notes: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def headline(self) -> Part:
        """Both sides of the insertion rate as signed."""
        found = next(one for one in self.numbers["report"]["indicators"] if one["id"] == HEADLINE)
        return Part(found["numerator"], found["denominator"])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of everything but the women whom decisions name, as hexadecimal digits."""
        plain = replace(self, decisions=tuple(replace(decision, women=()) for decision in self.decisions))
        return hashlib.sha256(_canonical(_plain(plain)).encode()).hexdigest()


_REVIEW = TypeAdapter(SignedReview)


def programme_hash(programme: Programme) -> str:
    """SHA-256 of what a programme says, whatever its file's comments, order and line ends."""
    return hashlib.sha256(_canonical(programme.model_dump(mode="json")).encode()).hexdigest()


def to_document(signed: SignedReview) -> Json:
    """Plain data for json.dumps. Raises ValueError where `signed_at` has no time zone."""
    if signed.signed_at.tzinfo is None:
        raise ValueError("the time of signing needs a time zone")
    return {"format": FORMAT, "fingerprint": signed.fingerprint, **_plain(signed)}


def from_document(document: Json) -> SignedReview:
    """The review that a document holds, exactly.

    Raises SignedReviewError: review_format of a newer format than is known here, review_damaged where it does not
    hold what it is to hold or what its fingerprint was made of.
    """
    if not isinstance(document.get("format"), int) or not 1 <= document["format"] <= FORMAT:
        raise SignedReviewError("review_format", format=str(document.get("format")), known=FORMAT)
    fields = {name: value for name, value in document.items() if name not in ("format", "fingerprint")}
    try:
        # Not in canonical order: what is printed again is printed in the order in which it was signed.
        signed = _REVIEW.validate_json(json.dumps(fields, allow_nan=False), strict=True)
    except (ValidationError, ValueError, TypeError):
        raise SignedReviewError("review_damaged", review=str(document.get("id"))) from None
    if signed.fingerprint != document.get("fingerprint"):
        raise SignedReviewError("review_damaged", review=signed.id)
    return signed


def without(signed: SignedReview, woman: str) -> SignedReview:
    """The review without one woman's pseudonym; its numbers and its fingerprint stay."""
    decisions = (
        replace(decision, women=tuple(one for one in decision.women if one.woman != woman))
        for decision in signed.decisions
    )
    return replace(signed, decisions=tuple(decisions))


def _plain(signed: SignedReview) -> Json:
    """Days and times as ISO 8601, times in UTC."""
    plain = asdict(replace(signed, signed_at=signed.signed_at.astimezone(UTC)))
    found: Json = json.loads(json.dumps(plain, default=lambda day: day.isoformat(), allow_nan=False))
    return found


def _canonical(plain: Json) -> str:
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
