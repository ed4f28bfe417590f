"""One small problem for HiGHS: whole numbers from 0, linear relations, the largest value of a sum.

Every limit is a number of steps, never a time: the same question has the same answer on any machine.
"""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.disclosure_system import Numbers, System

if TYPE_CHECKING:
    from highspy._core import _Highs

_NODES, _STEPS = 2_000, 200_000  # of branch and bound, and of the simplex method
_NUDGES = 2  # other corners of the same height that are tried before branch and bound
_NUDGE = 1e-5
_BY_START = 0  # HiGHS' "choose": primal simplex after another goal, dual after other limits
_TINY = 1e-6


class Contradiction(Exception):
    """No whole numbers satisfy what is said to hold."""


class Problem:
    """Unknown cells and what holds between them, solved for one sum after another."""

    def __init__(self, system: System) -> None:
        self.sure = True  # whether the last sum was solved to the end
        self.exact = True  # whether the last state is surely the one in which the sum is largest
        self._solver = _solver()
        self._solver.passModel(_model(system))
        self._columns = np.arange(len(system.cells), dtype=np.int32)
        self._rows = np.arange(len(system.low), dtype=np.int32)
        self._dice = np.random.default_rng(0)
        self._relaxed: Any = None  # the solution whose duals tell what keeps the last sum from being larger

    def extreme(self, goal: Numbers, whole: bool = False) -> Numbers | None:
        """A state of the programme in which a weighted sum of the cells is largest; the weights are whole numbers.

        `whole`: with branch and bound if it must be; without, one where it is large, or None where no state in whole
        numbers was come across. Raises Contradiction.
        """
        self.sure = True
        point = self._run(goal)
        self._relaxed = self._solver.getSolution()
        top = math.floor(goal @ point + _TINY)
        point, found = self._in_whole_numbers(goal, point)
        self.exact = found and bool(goal @ point > top - 1 + _TINY)
        if whole and not self.exact:
            point, found, self.exact = np.round(self._branch(goal)), True, True
        return point if found else None

    def forget(self) -> None:
        """Begin the next sum from nothing: quicker than from the last one's corner if the two have little in common."""
        self._solver.clearSolver()

    def shift(self, low: Numbers, high: Numbers) -> None:
        """Give the relations other limits."""
        self._solver.changeRowsBounds(len(self._rows), self._rows, low, high)  # type: ignore[attr-defined]

    def binding_rows(self) -> list[int]:
        """The relations that keep the last sum from being larger; all of them where that is not known."""
        duals = np.array(self._relaxed.row_dual) if self._relaxed else np.ones(len(self._rows))
        found: list[int] = np.flatnonzero(np.abs(duals) > _TINY).tolist()
        return found

    def binding_cells(self) -> list[int]:
        """The places of the cells whose bounds keep it from being larger."""
        duals = np.array(self._relaxed.col_dual) if self._relaxed else np.ones(len(self._columns))
        found: list[int] = np.flatnonzero(np.abs(duals) > _TINY).tolist()
        return found

    def _in_whole_numbers(self, goal: Numbers, point: Numbers) -> tuple[Numbers, bool]:
        """A state as high, or nearly, in whole numbers, and whether there is one: corners beside a broken one."""
        for _ in range(_NUDGES):
            broken = np.abs(point - np.round(point)) > _TINY
            if not broken.any():
                break
            point = self._run(goal + _NUDGE * broken * self._dice.choice((-1.0, 1.0), len(goal)))
        return np.round(point), _whole(point)

    def _branch(self, goal: Numbers) -> Numbers:
        """The same by branch and bound, which is slower and leaves no duals."""
        self._relaxed = None
        self._kinds(whole=True)
        try:
            return self._run(goal)
        finally:
            self._kinds(whole=False)

    def _kinds(self, whole: bool) -> None:
        import highspy

        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        kinds = np.full(len(self._columns), int(kind), dtype=np.uint8)
        self._solver.changeColsIntegrality(len(self._columns), self._columns, kinds)

    def _run(self, goal: Numbers) -> Numbers:
        import highspy

        self._solver.changeColsCost(len(goal), self._columns, -goal)
        self._solver.run()
        status = self._solver.getModelStatus()
        states = highspy.HighsModelStatus
        if status in (states.kInfeasible, states.kUnboundedOrInfeasible):
            raise Contradiction
        self.sure &= status == states.kOptimal
        return np.array(self._solver.getSolution().col_value)


def _whole(point: Numbers) -> bool:
    return bool(np.abs(point - np.round(point)).max(initial=0) <= _TINY)


def _solver() -> "_Highs":
    """HiGHS, imported where it is first needed: only managers who release wait for it.

    The class below highspy.Highs, which adds callbacks and prints a banner as it does.
    """
    from highspy._core import _Highs

    solver = _Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    limits = {"simplex_strategy": _BY_START, "mip_max_nodes": _NODES, "simplex_iteration_limit": _STEPS}
    for name, value in (options | limits).items():
        solver.setOptionValue(name, value)
    return solver


def _model(system: System) -> Any:
    import highspy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(system.cells), len(system.low)
    model.col_cost_ = np.zeros(len(system.cells))
    model.col_lower_, model.col_upper_ = system.least, system.most
    model.row_lower_, model.row_upper_ = system.low, system.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = system.rows.start, system.rows.column
    model.a_matrix_.value_ = system.rows.factor
    return model
