"""The smallest and the largest value that each of some sums was seen to have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dashboard.release_cells import Terms

Numbers = npt.NDArray[np.float64]


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


class Ranges:
    """The sums asked of a component, and the smallest and largest value that each was seen to have."""

    def __init__(self, cells: Sequence[str], asked: Mapping[Terms, float]) -> None:
        place = {name: number for number, name in enumerate(cells)}
        flat = [(n, place[name], f) for n, terms in enumerate(asked) for name, f in terms]
        self._sum, self._cell = (np.array([entry[side] for entry in flat], dtype=np.int64) for side in (0, 1))
        self._factor = np.array([factor for _, _, factor in flat], dtype=float)
        self._cells = len(place)
        self.enough = np.array(list(asked.values()), dtype=float)
        self.low, self.high = np.full(len(self.enough), np.inf), np.full(len(self.enough), -np.inf)
        self.found = [Span() for _ in asked]
        self.asked = tuple(asked)

    def goal(self, weights: Mapping[int, float]) -> Numbers:
        """The weight of each cell in a weighted sum of sums."""
        of_sums = np.zeros(len(self.enough))
        of_sums[list(weights)] = list(weights.values())
        found: Numbers = np.bincount(self._cell, self._factor * of_sums[self._sum], minlength=self._cells).astype(float)
        return found

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
        found: list[int] = np.flatnonzero(self.values < self.enough).tolist()
        return found

    def widen(self, point: Numbers | None) -> None:
        """What one possible state of the programme adds."""
        if point is not None:
            sums = np.bincount(self._sum, self._factor * point[self._cell], minlength=len(self.enough))
            self.low, self.high = np.minimum(self.low, sums), np.maximum(self.high, sums)
