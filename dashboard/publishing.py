"""What has been published: releases as they are kept, the links that open them, and when the next release is due."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from dashboard.disclosure_rules import Policy
from dashboard.model import Lang
from dashboard.release import Cell, Release, from_json

LinkState = Literal["open", "expired", "revoked"]
_MONTHS: dict[Policy, int] = {"monthly": 1, "quarterly": 3}


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release as it is kept for ever. `code` is the check code that its document was published under."""

    number: int
    document: str  # dashboard.release.to_json
    code: str
    published_at: datetime  # UTC
    by: str

    def release(self) -> Release:
        """What the document says. Raises pydantic.ValidationError where it was damaged."""
        return from_json(self.document)


@dataclass(frozen=True, slots=True)
class Link:
    """An address given to somebody outside. Only the hash of its token is known.

    `shows`: the number of one release, or None for whichever is the newest.
    """

    id: int
    label: str
    language: Lang
    shows: int | None
    expires_at: datetime | None  # UTC, as all moments here; None: until it is revoked
    password_hash: str | None = field(repr=False)
    token_hash: str = field(repr=False)
    created_by: str
    created_at: datetime
    last_seen: datetime | None = None
    views: int = 0
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> LinkState:
        """Whether it opens anything at a moment."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and now >= self.expires_at else "open"


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a person says about a link when making it. `password_hash` is of a slow hash, or None for no password."""

    label: str
    language: Lang
    shows: int | None = None
    expires_at: datetime | None = None
    password_hash: str | None = field(default=None, repr=False)


def next_due(policy: Policy, last: date | None, today: date) -> date | None:
    """The day from which a release is due; None where no day says so. `last`: when the last one was published."""
    months = _MONTHS.get(policy)
    if months is None:
        return None
    if last is None:
        return today
    begun = last.year * 12 + (last.month - 1) // months * months
    year, month = divmod(begun + months, 12)
    return date(year, month + 1, 1)


def news(made: Release, last: Release | None) -> int:
    """How many cells say something else than in the last release; 0: there is no reason to publish."""
    before = last.by_id if last is not None else {}
    return sum(cell.fresh and _said(cell) != _said(before.get(cell.id)) for cell in made.cells)


def _said(cell: Cell | None) -> tuple[int | None, ...]:
    return (cell.value, cell.low, cell.high, cell.of) if cell is not None else ()
