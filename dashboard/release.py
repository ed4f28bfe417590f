"""A release: what people outside are shown, frozen. Aggregates after disclosure control, and nothing else.

Made by dashboard.disclosure alone. As JSON it can be stored, read back exactly and verified by its check code.
"""

import hashlib
import hmac
import json
import math
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from dashboard.intervals import Interval, wilson
from dashboard.logframe import Lights, PeriodKind, Tracked
from dashboard.model import Frozen, Lang
from dashboard.release_measures import COUNTS, RATES

Reason = Literal["too_few", "not_mature", "not_recorded"]
"""Why a number is not shown. too_few: it, or one that follows from it, is of too few women."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, without letters that are taken for others
_CODE_LENGTH = 8
BAND_STEP = 0.05  # bands begin and end at whole multiples
_ROUNDING = 1e-9


class Cell(Frozen):
    """A number of women, or what is said instead.

    Shown: `value`. Banded: it lies between `low` and `high`. Hidden: none of these, and a `reason`. `since`: the figure
    of an earlier release, repeated because too few women have changed. `of`: the denominator that it was published
    with, of numerators.
    """

    id: str
    value: int | None = None
    low: int | None = None
    high: int | None = None
    of: int | None = None
    since: int | None = None
    reason: Reason | None = None

    @property
    def banded(self) -> bool:
        """Whether a band is shown instead of the number."""
        return self.value is None and self.low is not None

    @property
    def hidden(self) -> bool:
        """Whether nothing is shown but the reason."""
        return self.value is None and self.low is None

    @property
    def fresh(self) -> bool:
        """Whether it says something that no earlier release said."""
        return self.since is None and not self.hidden


class Breakdown(Frozen):
    """One way of grouping all women; the values are the programme's, whether or not there is anyone in them."""

    id: str
    values: tuple[str, ...]


class ReleasePeriod(Frozen):
    """A reporting period. `as_of` is its last day, or the release's day where it is under way."""

    number: int
    first: date
    last: date
    as_of: date


class Layout(Frozen):
    """Which cells a release has."""

    stages: tuple[str, ...]  # of the funnel, in order
    indicators: tuple[str, ...]  # the tiles
    measures: tuple[str, ...]  # of all women
    dimensions: tuple[Breakdown, ...]
    periods: tuple[ReleasePeriod, ...] = ()
    tracked: tuple[str, ...] = ()  # indicators of the tracking table


class Median(Frozen):
    """The median time to insertion, all three numbers rounded to whole `step`s; `high` None: not reached."""

    days: int | None = None
    low: int | None = None
    high: int | None = None
    step: int = 15
    since: int | None = None
    reason: Reason | None = None


class LeftOut(Frozen):
    """Something that management sees and a release never shows. `code` is the key of a sentence."""

    id: str
    code: str


class Rate(Frozen):
    """A rate as published: computed from what is shown, never from true numbers.

    Exact: `hits` and `base`, then `rate` and `interval`. Banded: `at_least` or `at_most`, without an interval.
    """

    hits: int | None = None
    base: int | None = None
    at_least: float | None = None
    at_most: float | None = None
    since: int | None = None
    reason: Reason | None = None

    @property
    def rate(self) -> float | None:
        """A fraction of 1; None unless both numbers are shown."""
        return self.hits / self.base if self.hits is not None and self.base else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval of an exact rate."""
        return wilson(self.hits, self.base) if self.hits is not None and self.base else None


class Release(Frozen):
    """One published release. Immutable; `number` counts from 1 without gaps."""

    number: Annotated[int, Field(ge=1)]
    programme: str
    as_of: date
    data_version: str
    definition_version: str
    reference: float  # the declared rate that insertion is compared with
    target: int | None  # women to be enrolled
    note: Mapping[Lang, str]  # by management
    layout: Layout
    cells: tuple[Cell, ...]
    median: Median
    period_kind: PeriodKind
    tracking: tuple[Tracked, ...]
    lights: Lights
    definitions: tuple[str, ...]  # ids of what is shown
    left_out: tuple[LeftOut, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Cell]:
        """The cells by their names."""
        return {cell.id: cell for cell in self.cells}

    @property
    def hidden(self) -> tuple[Cell, ...]:
        """The cells of which nothing is shown, each with its reason."""
        return tuple(cell for cell in self.cells if cell.hidden)

    @property
    def news(self) -> int:
        """How many cells say something that no earlier release said; 0: there is no reason to publish."""
        return sum(cell.fresh for cell in self.cells)

    def count(self, group: str, indicator: str) -> Cell:
        """The cell of a counted indicator or of a measure. Raises KeyError."""
        return self.by_id[f"{group}/{COUNTS.get(indicator, indicator)}"]

    def rate(self, group: str, indicator: str) -> Rate:
        """A rate of a group of women. Raises KeyError."""
        hits, base = (self.by_id[f"{group}/{measure}"] for measure in RATES[indicator])
        if base.value == 0:
            return Rate(base=0, reason="not_mature")
        if hits.hidden or hits.of is None:
            return Rate(base=base.value, reason=hits.reason or base.reason or "too_few")
        if hits.banded:
            return _band(hits)
        return Rate(hits=hits.value, base=hits.of, since=hits.since)


def _band(hits: Cell) -> Rate:
    """A band in shares: its inner end, outwards to a whole step."""
    low, high, of = hits.low or 0, hits.high or 0, hits.of or 0
    if high == of:
        return Rate(base=of, at_least=math.floor(low / of / BAND_STEP + _ROUNDING) * 5 / 100, since=hits.since)
    return Rate(base=of, at_most=math.ceil(high / of / BAND_STEP - _ROUNDING) * 5 / 100, since=hits.since)


def to_json(release: Release) -> str:
    """The canonical document: the same text for the same release, whoever writes it."""
    tree = release.model_dump(mode="json", exclude_none=True)
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(document: str) -> Release:
    """Read a document back. Raises pydantic.ValidationError if it is not one."""
    return Release.model_validate_json(document)


def check_code(document: str, key: bytes) -> str:
    """The short form of a document's fingerprint, such as 7F3K-9Q2M: HMAC-SHA-256, 40 bits of it.

    Without the key nobody can make a document that fits a code. Raises ValueError of an empty key.
    """
    if not key:
        raise ValueError("a check code needs a key")
    number = int.from_bytes(hmac.new(key, document.encode("utf-8"), hashlib.sha256).digest()[:5])
    letters = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH))]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def verifies(document: str, code: str, key: bytes) -> bool:
    """Whether a code, as somebody types it, is that of a document."""
    typed = code.upper().translate(str.maketrans("OIL", "011", " -"))
    return hmac.compare_digest(check_code(document, key).replace("-", "").encode(), typed.encode())
