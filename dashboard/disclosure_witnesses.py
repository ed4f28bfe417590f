"""Possible states of a whole programme, kept from one question to the next: each shows how far numbers may be apart.

A state is never trusted. It counts only where it satisfies everything that is known when it is asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dashboard.disclosure_components import Component
from dashboard.disclosure_ranges import Need, Ranges
from dashboard.disclosure_solver import Contradiction, Problem
from dashboard.disclosure_system import Numbers, System
from dashboard.release_cells import Terms

States = tuple[Mapping[str, int], Numbers]
"""The place of each cell, and states: (states, cells)."""
Flags = npt.NDArray[np.bool_]

_PLENTY = 50  # states that are enough, without those of before
_SHARE = 0.5  # a state is completed if at most this share of it is missing


class Witnesses:
    """States that were once possible, those of before and those found last: (states, cells), unknown cells as nan.

    `given_away`: sums that releases which are out give away, none of too few women.
    """

    def __init__(self) -> None:
        self.given_away: set[Terms] = set()
        self._before: States = ({}, np.zeros((0, 0)))
        self._last: States = self._before

    def begin(self) -> None:
        """Hold on to the states found last: as less and less is said of a draft, more of them are possible again."""
        self._before = self._last

    def remember(self, components: Sequence[Component], exact: Mapping[str, int]) -> None:
        """Replace the states found last by those that were found now."""
        self._last = _whole(components, exact)

    def fitting(self, component: Component) -> Numbers:
        """The states of a component that are possible."""
        points = _of(component, *self._last)
        if len(points) >= _PLENTY:
            return points
        return np.vstack([points, _of(component, *self._before)])


def screened(components: Sequence[Component], asked: Mapping[Terms, Need], exact: Mapping[str, int]) -> list[Terms]:
    """The sums that the states of some components do not show to be wide. Drops the states that show nothing."""
    place, points = _whole(components, exact)
    ranges = Ranges(place, asked)
    apart = ranges.widen(points)
    for component in components:
        if len(component.cells) > 1 and len(component.states):
            component.states = component.repeated(len(points))[apart]
    return [ranges.asked[number] for number in ranges.narrow()]


def _whole(components: Sequence[Component], exact: Mapping[str, int]) -> States:
    """States of everything: those of the components put together."""
    cells = [*exact, *(name for component in components for name in component.cells)]
    many = max((len(component.states) for component in components), default=0)
    known = np.tile(np.array(list(exact.values()), dtype=float), (many, 1))
    points = np.hstack([known, *(component.repeated(many) for component in components)])
    return {name: place for place, name in enumerate(cells)}, points


def _of(component: Component, place: Mapping[str, int], points: Numbers) -> Numbers:
    """The possible states of a component, completed where a part of them is missing."""
    at = np.array([place.get(name, -1) for name in component.cells], dtype=np.int64)
    found = np.full((len(points), len(at)), np.nan)
    found[:, at >= 0] = points[:, at[at >= 0]]
    found = np.unique(found, axis=0)
    missing = np.isnan(found).any(axis=0)
    if missing.any():
        found = _completed(component, found, missing) if missing.mean() <= _SHARE else found[:0]
    return found[component.system.hold(found)]


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
