"""One small problem for HiGHS: whole numbers from 0, linear relations, the largest value of a sum.

Every limit is a number of steps, never a time: the same question has the same answer on any machine.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dashboard.release_cells import Relation

if TYPE_CHECKING:
    from highspy._core import _Highs

Numbers = npt.NDArray[np.float64]

MOST = 100_000.0  # no programme has more women
_NODES, _STEPS = 2_000, 200_000  # of branch and bound, and of the simplex method
_TINY = 1e-6


class Contradiction(Exception):
    """No whole numbers satisfy what is said to hold."""


class Problem:
    """Unknown cells and what holds between them, solved for one sum after another."""

    def __init__(
        self, cells: Sequence[str], rows: Sequence[Relation], bounds: Sequence[tuple[float, float] | None]
    ) -> None:
        self.cells = cells
        self.sure = True  # whether the last sum was solved to the end
        place = {name: number for number, name in enumerate(cells)}
        self._solver = _solver()
        self._solver.passModel(_model(place, rows, bounds))
        self._columns = np.arange(len(cells), dtype=np.int32)
        self._relaxed = True  # whether the duals are those of the last solution

    def extreme(self, goal: Numbers, whole: bool = False) -> Numbers | None:
        """A state of the programme in which a weighted sum of the cells is largest.

        `whole`: with branch and bound if it must be; without, None where the first solution is not in whole numbers.
        Raises Contradiction.
        """
        self._solver.changeColsCost(len(goal), self._columns, -goal)
        self.sure = self._relaxed = True
        point = self._run()
        if np.abs(point - np.round(point)).max(initial=0) > _TINY:
            if not whole:
                return None
            point = self._branch()
        return np.round(point)

    def binding_rows(self) -> list[int]:
        """The relations that keep the last sum from being larger; all of them where that is not known."""
        duals = np.array(self._solver.getSolution().row_dual) if self._relaxed else np.ones(self._solver.getNumRow())
        found: list[int] = np.flatnonzero(np.abs(duals) > _TINY).tolist()
        return found

    def binding_cells(self) -> list[int]:
        """The places of the cells whose bounds keep it from being larger."""
        duals = np.array(self._solver.getSolution().col_dual) if self._relaxed else np.ones(len(self.cells))
        found: list[int] = np.flatnonzero(np.abs(duals) > _TINY).tolist()
        return found

    def _branch(self) -> Numbers:
        """The same in whole numbers, which is slower and leaves no duals."""
        self._relaxed = False
        self._in_whole_numbers(True)
        try:
            return self._run()
        finally:
            self._in_whole_numbers(False)

    def _in_whole_numbers(self, whole: bool) -> None:
        import highspy

        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        kinds = np.full(len(self.cells), int(kind), dtype=np.uint8)
        self._solver.changeColsIntegrality(len(self.cells), self._columns, kinds)

    def _run(self) -> Numbers:
        import highspy

        self._solver.run()
        status = self._solver.getModelStatus()
        states = highspy.HighsModelStatus
        if status in (states.kInfeasible, states.kUnboundedOrInfeasible):
            raise Contradiction
        self.sure &= status == states.kOptimal
        return np.array(self._solver.getSolution().col_value)


def _solver() -> "_Highs":
    """HiGHS, imported where it is first needed: only managers who release wait for it.

    The class below highspy.Highs, which adds callbacks and prints a banner as it does.
    """
    from highspy._core import _Highs

    solver = _Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    limits = {"mip_max_nodes": _NODES, "simplex_iteration_limit": _STEPS}
    for name, value in (options | limits).items():
        solver.setOptionValue(name, value)
    return solver


def _model(place: Mapping[str, int], rows: Sequence[Relation], bounds: Sequence[tuple[float, float] | None]) -> Any:
    import highspy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(place), len(rows)
    model.col_cost_ = np.zeros(len(place))
    model.col_lower_ = np.array([max(0.0, bound[0]) if bound else 0.0 for bound in bounds])
    model.col_upper_ = np.array([min(MOST, bound[1]) if bound else MOST for bound in bounds])
    model.row_lower_ = np.array([row.low for row in rows], dtype=float)
    model.row_upper_ = np.array([row.high for row in rows], dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.array([place[name] for row in rows for name, _ in row.terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([factor for row in rows for _, factor in row.terms], dtype=float)
    return model
