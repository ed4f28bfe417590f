"""Possible states of a whole programme, kept from one question to the next: each shows how far numbers may be apart.

A state is never trusted. It counts only where it satisfies everything that is known when it is asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dashboard.disclosure_components import Component
from dashboard.disclosure_solver import Contradiction, Problem
from dashboard.disclosure_system import Numbers, System
from dashboard.release_cells import Terms

Flags = npt.NDArray[np.bool_]

_SHARE = 0.5  # a state is completed if at most this share of it is missing


class Witnesses:
    """States that were once possible: (states, cells), unknown cells as nan.

    `given_away`: sums that releases which are out give away, none of too few women.
    """

    def __init__(self) -> None:
        self.given_away: set[Terms] = set()
        self._place: dict[str, int] = {}
        self._points: Numbers = np.zeros((0, 0))

    def remember(self, components: Sequence[Component], exact: Mapping[str, int]) -> None:
        """Replace the states by those that were found now, the parts of each put together."""
        cells = [*exact, *(name for component in components for name in component.cells)]
        self._place = {name: place for place, name in enumerate(cells)}
        many = max((len(component.states) for component in components), default=0)
        known = np.tile(np.array(list(exact.values()), dtype=float), (many, 1))
        self._points = np.hstack([known, *(component.repeated(many) for component in components)])

    def fitting(self, component: Component) -> Numbers:
        """The states of a component that are possible, completed where a part of them is missing."""
        at = np.array([self._place.get(name, -1) for name in component.cells], dtype=np.int64)
        points = np.full((len(self._points), len(at)), np.nan)
        points[:, at >= 0] = self._points[:, at[at >= 0]]
        points = np.unique(points, axis=0)
        missing = np.isnan(points).any(axis=0)
        if missing.any():
            points = _completed(component, points, missing) if missing.mean() <= _SHARE else points[:0]
        return points[component.system.hold(points)]


def _completed(component: Component, points: Numbers, missing: Flags) -> Numbers:
    """The states with what is missing filled in, each by one small problem; without those where that cannot be."""
    rows, system = component.system.rows, component.system
    points = np.where(missing, 0, points[~np.isnan(points[:, ~missing]).any(axis=1)])
    touched = np.zeros(len(system.low), dtype=bool)
    touched[rows.row[missing[rows.column]]] = True
    sums = rows.of(points)
    sound = system.inside(sums)[:, ~touched].all(axis=1)
    part = _part(component, missing, touched)
    problem, dice = Problem(part), np.random.default_rng(0)
    found = []
    for point, known in zip(points[sound], sums[sound][:, touched], strict=True):
        problem.shift(part.low - known, part.high - known)
        new = _any(problem, dice.choice((-1.0, 1.0), len(part.cells)))
        if new is not None:
            point[missing] = new
            found.append(point)
    return np.array(found).reshape(-1, len(missing))


def _any(problem: Problem, goal: Numbers) -> Numbers | None:
    try:
        return problem.extreme(goal)
    except Contradiction:
        return None


def _part(component: Component, missing: Flags, touched: Flags) -> System:
    """The missing cells alone."""
    cells = [name for name, lacks in zip(component.cells, missing.tolist(), strict=True) if lacks]
    new = frozenset(cells)
    rows = [row for row, near in zip(component.rows, touched.tolist(), strict=True) if near]
    terms = (tuple(term for term in row.terms if term[0] in new) for row in rows)
    return System(cells, [replace(row, terms=some) for row, some in zip(rows, terms, strict=True)], component.bounds)
