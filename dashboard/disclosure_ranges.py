"""The smallest and the largest value that each of some sums was seen to have."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from dashboard.disclosure_system import Numbers, Places, Sums
from dashboard.release_cells import Terms


@dataclass(slots=True)
class Span:
    """The range of a sum. `blame`: published cells without which it might be wider. `sure`: no limit cut it short."""

    low: float = 0
    high: float = 0
    blame: set[str] = field(default_factory=set)
    sure: bool = True
    asked: bool = True  # False: enough others were found too narrow before this one's turn came

    @property
    def values(self) -> float:
        """How many whole numbers the sum could be."""
        return self.high - self.low + 1


@dataclass(frozen=True, slots=True)
class Need:
    """How many values a sum must have, unless it is surely of so many women that nobody is recognised, or of nobody.

    `few`: the smallest such number; 0: the true number is known to be too small, so that every narrow range tells.
    `zero`: nobody at all tells something, too. `known`: what is added to the sum for this.
    """

    values: float
    few: int = 0
    zero: bool = False
    known: float = 0

    def missed_by(self, span: Span) -> bool:
        """Whether a range is surely too narrow."""
        return span.values < self.values and span.asked and span.sure

    def told_by(self, span: Span) -> bool:
        """Whether a range tells something."""
        if span.values >= self.values and span.sure:
            return False
        if not (self.few and span.asked and span.sure):
            return True
        low, high = span.low + self.known, span.high + self.known
        return low < self.few and high > -self.few and (self.zero or not low == high == 0)

    def joined(self, other: "Need | None") -> "Need":
        """The need of a sum that is asked for twice."""
        return Need(max(self.values, other.values)) if other and other != self else self


class Ranges:
    """The sums asked of some cells, and the smallest and largest value that each was seen to have."""

    def __init__(self, place: Mapping[str, int], asked: Mapping[Terms, Need]) -> None:
        self.sums = Sums(place, asked)
        self.enough = np.array([need.values for need in asked.values()], dtype=float)
        self._needs = tuple(asked.values())
        self.low, self.high = np.full(len(self.enough), np.inf), np.full(len(self.enough), -np.inf)
        self.found = [Span() for _ in asked]
        self.asked = tuple(asked)

    def goal(self, weights: Mapping[int, float]) -> Numbers:
        """The weight of each cell in a weighted sum of sums."""
        return self.sums.weighted(weights)

    @property
    def values(self) -> Numbers:
        """How many values each sum was seen to have."""
        found: Numbers = self.high - self.low + 1
        return found

    @property
    def spans(self) -> dict[Terms, Span]:
        """The ranges by sum."""
        for span, low, high in zip(self.found, self.low.tolist(), self.high.tolist(), strict=True):
            span.low, span.high = low, high
        return dict(zip(self.asked, self.found, strict=True))

    def narrow(self) -> list[int]:
        """The sums that have not been seen to have enough values."""
        found: list[int] = np.flatnonzero(~(self.values >= self.enough)).tolist()  # no state: not a number
        return found

    def told(self, number: int) -> bool:
        """Whether the range of a sum tells something, if this is all of it."""
        span = self.found[number]
        span.low, span.high = float(self.low[number]), float(self.high[number])
        return self._needs[number].told_by(span)

    def wide(self, number: int) -> bool:
        """Whether a sum was seen to have enough values."""
        return bool(self.values[number] >= self.enough[number])

    def widen(self, points: Numbers) -> Places:
        """What some possible states add: (states, cells). Returns the places of those in which a sum is at an end."""
        if not len(points):
            return np.zeros(0, dtype=np.int32)
        sums = self.sums.of(points)
        self.low, self.high = np.minimum(self.low, sums.min(axis=0)), np.maximum(self.high, sums.max(axis=0))
        return np.unique([sums.argmin(axis=0), sums.argmax(axis=0)]).astype(np.int32)
