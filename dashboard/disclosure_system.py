"""Unknown cells and what holds between them, as arrays."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from dashboard.release_cells import Relation, Terms

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]

MOST = 100_000.0  # no programme has more women
_TINY = 1e-6

Bounds = Mapping[str, tuple[float, float]]


class Sums:
    """Weighted sums of cells, none of them empty: entry by entry, sum after sum."""

    def __init__(self, place: Mapping[str, int], many: Iterable[Terms]) -> None:
        found = list(many)
        lengths = [len(terms) for terms in found]
        self.start: Places = np.cumsum([0, *lengths]).astype(np.int32)
        self.row: Places = np.repeat(np.arange(len(found), dtype=np.int32), lengths)
        self.column: Places = np.array([place[name] for terms in found for name, _ in terms], dtype=np.int32)
        self.factor: Numbers = np.array([factor for terms in found for _, factor in terms], dtype=float)
        self._columns = len(place)

    def of(self, points: Numbers) -> Numbers:
        """The sums in each of some states: (states, cells) -> (states, sums)."""
        if not len(self.factor):
            return np.zeros((len(points), 0))
        found: Numbers = np.add.reduceat(points[:, self.column] * self.factor, self.start[:-1], axis=1)
        return found

    def weighted(self, weights: Mapping[int, float]) -> Numbers:
        """The weight of each cell in a weighted sum of sums."""
        of_sums = np.zeros(len(self.start) - 1)
        of_sums[list(weights)] = list(weights.values())
        return np.bincount(self.column, self.factor * of_sums[self.row], minlength=self._columns).astype(float)


class System:
    """Some cells, the numbers that each may be, and the relations between them."""

    def __init__(self, cells: Sequence[str], relations: Sequence[Relation], bounds: Bounds) -> None:
        self.cells = cells
        self.place = {name: number for number, name in enumerate(cells)}
        self.rows = Sums(self.place, (relation.terms for relation in relations))
        self.low = np.array([relation.low for relation in relations], dtype=float)
        self.high = np.array([relation.high for relation in relations], dtype=float)
        known = [bounds.get(name, (0.0, MOST)) for name in cells]
        self.least = np.array([max(0.0, low) for low, _ in known], dtype=float)
        self.most = np.array([min(MOST, high) for _, high in known], dtype=float)

    def inside(self, sums: Numbers) -> npt.NDArray[np.bool_]:
        """Which relations hold, by the sums of each state: (states, relations) of both."""
        found: npt.NDArray[np.bool_] = (sums >= self.low - _TINY) & (sums <= self.high + _TINY)
        return found

    def hold(self, points: Numbers) -> npt.NDArray[np.bool_]:
        """Which of some states are possible: (states, cells) -> (states,)."""
        bounded: npt.NDArray[np.bool_] = np.all((points >= self.least) & (points <= self.most), axis=1)
        sound: npt.NDArray[np.bool_] = np.all(self.inside(self.rows.of(points)), axis=1)
        return np.logical_and(bounded, sound)
