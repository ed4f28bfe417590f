"""What an attacker finds out: the range of every hidden sum, by linear and integer programming (HiGHS).

The attacker knows all published numbers and everything that holds between the cells; the cells are whole numbers of
women from 0 upwards. `spans` is exact except that it stops as soon as a range is wide enough.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from dashboard.disclosure_ranges import Ranges, Span
from dashboard.disclosure_solver import MOST, Contradiction, Problem
from dashboard.release_cells import Relation, Terms

_ROUNDS = 6  # attempts to widen many ranges with one solution, before each is attacked by itself

_TINY = 1e-6

Bounds = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Knowledge:
    """What the attacker knows: exact cells, cells within bounds, and what holds between cells."""

    exact: Mapping[str, int]
    bounds: Bounds
    relations: Sequence[Relation]


@dataclass
class _Component:
    """Unknown cells that hang together, what holds between them, and the sums asked for."""

    cells: list[str]
    rows: list[Relation]  # over unknown cells only, with what is known on the right
    blame: list[set[str]]  # known cells behind each row
    asked: dict[Terms, float] = field(default_factory=dict)  # sum -> how wide is wide enough
    spans: dict[Terms, Span] = field(default_factory=dict)


def spans(known: Knowledge, asked: Sequence[tuple[Terms, float]], most: int | None = None) -> list[Span]:
    """The range of each sum, or one that is as wide as asked for (a number of values).

    `most`: look no further once so many in one component are too narrow. Assumptions that contradict what is
    published are dropped, the fewest that will do. Raises Contradiction if the rest does.
    """
    rows = [reduced for relation in known.relations if (reduced := _reduce(relation, known.exact))]
    return _ranges(rows, asked, known, most)


Row = tuple[Relation, set[str]]
"""A relation of unknown cells, and the known ones behind it."""


def _ranges(
    rows: Sequence[Row], asked: Sequence[tuple[Terms, float]], known: Knowledge, most: int | None
) -> list[Span]:
    wanted = dict.fromkeys(name for terms, _ in asked for name, _ in terms if name not in known.exact)
    components = _components(rows, wanted)
    place = {name: component for component in components for name in component.cells}
    parts = [_parts(terms, known.exact, place) for terms, _ in asked]
    for split, (_, values) in zip(parts, asked, strict=True):
        for component, terms in split:
            component.asked[terms] = max(values, component.asked.get(terms, 0))
    for component in components:
        if component.asked:
            _solve(component, known, most)
    return [_joined(terms, split, known.exact) for split, (terms, _) in zip(parts, asked, strict=True)]


def _joined(terms: Terms, split: Sequence[tuple[_Component, Terms]], exact: Mapping[str, int]) -> Span:
    """The range of a sum from the ranges of its independent parts."""
    fixed = sum(factor * exact[name] for name, factor in terms if name in exact)
    found = [component.spans[part] for component, part in split]
    return Span(
        low=fixed + sum(span.low for span in found),
        high=fixed + sum(span.high for span in found),
        blame=set(chain((name for name, _ in terms if name in exact), *(span.blame for span in found))),
        sure=all(span.sure for span in found),
        asked=all(span.asked for span in found),
    )


def _parts(terms: Terms, exact: Mapping[str, int], place: Mapping[str, _Component]) -> list[tuple[_Component, Terms]]:
    """The unknown part of a sum, by component."""
    found: dict[int, tuple[_Component, list[tuple[str, int]]]] = {}
    for name, factor in terms:
        if name not in exact:
            component = place[name]
            found.setdefault(id(component), (component, []))[1].append((name, factor))
    return [(component, tuple(part)) for component, part in found.values()]


def _components(rows: Sequence[Row], wanted: Iterable[str]) -> list[_Component]:
    """Split what is unknown into cells that have nothing to do with each other."""
    root: dict[str, str] = {name: name for name in wanted}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for relation, _ in rows:
        first = find(relation.terms[0][0])
        for name, _ in relation.terms[1:]:
            root[find(name)] = first
    found: dict[str, _Component] = {}
    for name in tuple(root):
        found.setdefault(find(name), _Component([], [], [])).cells.append(name)
    for relation, blame in rows:
        component = found[find(relation.terms[0][0])]
        component.rows.append(relation)
        component.blame.append(blame)
    return list(found.values())


def _reduce(relation: Relation, exact: Mapping[str, int]) -> Row | None:
    """A relation with its known cells moved to the right, and these; None where all are known."""
    unknown = tuple((name, factor) for name, factor in relation.terms if name not in exact)
    if not unknown:
        return None
    if len(unknown) == len(relation.terms):
        return relation, set()
    known = [(name, factor) for name, factor in relation.terms if name in exact]
    moved = sum(factor * exact[name] for name, factor in known)
    return replace(relation, terms=unknown, low=relation.low - moved, high=relation.high - moved), {n for n, _ in known}


def _solve(component: _Component, known: Knowledge, most: int | None) -> None:
    """Attack the sums of a component."""
    try:
        _attack(component, known.bounds, most)
    except Contradiction:
        found = _ranges(_possible(component, known.bounds), list(component.asked.items()), known, most)
        component.spans = dict(zip(component.asked, found, strict=True))


def _possible(component: _Component, bounds: Bounds) -> list[Row]:
    """What holds in a component without the fewest assumptions that are wrong: those that a correction broke.

    Raises Contradiction if it is not the assumptions.
    """
    weak = [number for number, relation in enumerate(component.rows) if relation.assumed]
    if not weak:
        raise Contradiction
    rows = list(component.rows)
    for number in weak:
        rows[number] = replace(rows[number], terms=(*rows[number].terms, (f"+{number}", 1), (f"-{number}", -1)))
    cells = [*component.cells, *(f"{side}{number}" for number in weak for side in "+-")]
    problem = Problem(cells, rows, [bounds.get(name) for name in cells])
    prices = np.array([0.0] * len(component.cells) + [-1.0] * (2 * len(weak)))
    point = problem.extreme(prices, whole=True)
    slack = np.zeros(2 * len(weak)) if point is None else point[len(component.cells) :]
    wrong = {number for place, number in enumerate(weak) if slack[2 * place] or slack[2 * place + 1]} or set(weak)
    both = zip(component.rows, component.blame, strict=True)
    return [row for number, row in enumerate(both) if number not in wrong]


def _attack(component: _Component, bounds: Bounds, most: int | None) -> None:
    if len(component.cells) == 1:
        _single(component, bounds)
        return
    problem = Problem(component.cells, component.rows, [bounds.get(name) for name in component.cells])
    ranges = Ranges(component.cells, component.asked)
    dice = np.random.default_rng(0)  # the same attack every time
    for turn in range(_ROUNDS if len(component.asked) > 1 else 0):
        narrow = ranges.narrow()
        if len(narrow) < 2:
            break
        signs = np.full(len(narrow), 1 - 2 * turn) if turn < 2 else dice.choice((-1, 1), len(narrow))
        ranges.widen(problem.extreme(ranges.goal(dict(zip(narrow, signs.tolist(), strict=True)))))
    too_narrow = 0
    for number in ranges.narrow():
        if ranges.values[number] >= ranges.enough[number]:
            continue
        if too_narrow == most:
            ranges.found[number].asked = False
            continue
        _alone(component, problem, ranges, number)
        too_narrow += bool(ranges.values[number] < ranges.enough[number])
    component.spans = ranges.spans


def _alone(component: _Component, problem: Problem, ranges: Ranges, number: int) -> None:
    """The smallest and the largest value of one sum, and what keeps it from being more."""
    span = ranges.found[number]
    for sign in (1, -1):
        ranges.widen(problem.extreme(ranges.goal({number: sign}), whole=True))
        span.sure &= problem.sure
        span.blame.update(*(component.blame[row] for row in problem.binding_rows()))
        span.blame.update(component.cells[place] for place in problem.binding_cells())
        if ranges.values[number] >= ranges.enough[number]:
            return


def _single(component: _Component, bounds: Bounds) -> None:
    """A cell that hangs together with no other unknown one."""
    name = component.cells[0]
    low, high = bounds.get(name, (0, MOST))
    for relation in component.rows:
        factor = relation.terms[0][1]
        ends = sorted((relation.low / factor, relation.high / factor))
        low, high = max(low, math.ceil(max(ends[0], 0) - _TINY)), min(high, math.floor(min(ends[1], MOST) + _TINY))
    if low > high:
        raise Contradiction
    for terms in component.asked:
        least, most = sorted(terms[0][1] * end for end in (low, high))
        component.spans[terms] = Span(least, most, set(chain({name}, *component.blame)))


def bent(related: Sequence[Relation], told: Mapping[str, tuple[int, int]]) -> list[str]:
    """The cells that have to be other than told for everything to hold, the cheapest set. `told`: (number, price)."""
    rows = [relation for relation in related if not relation.assumed]
    cells = list(dict.fromkeys([*told, *(name for relation in rows for name, _ in relation.terms)]))
    slack = [(f"{side}{name}", name) for name in told for side in "+-"]
    rows += [Relation(((name, 1), (f"+{name}", 1), (f"-{name}", -1)), told[name][0], told[name][0]) for name in told]
    problem = Problem([*cells, *(extra for extra, _ in slack)], rows, [None] * (len(cells) + len(slack)))
    prices = np.array([0.0] * len(cells) + [-told[name][1] for _, name in slack])
    point = problem.extreme(prices, whole=True)
    off = np.zeros(0) if point is None else point[len(cells) :]
    return list(dict.fromkeys(name for (_, name), amount in zip(slack, off.tolist(), strict=True) if amount))


def state(known: Knowledge, weights: Mapping[str, float]) -> dict[str, int]:
    """One possible state of all unknown cells, in which a weighted sum of them is large."""
    return _state([row for r in known.relations if (row := _reduce(r, known.exact))], known.bounds, weights)


def _state(rows: Sequence[Row], bounds: Bounds, weights: Mapping[str, float]) -> dict[str, int]:
    found: dict[str, int] = {}
    for component in _components(rows, ()):
        try:
            problem = Problem(component.cells, component.rows, [bounds.get(name) for name in component.cells])
            point = problem.extreme(np.array([weights.get(name, 0.0) for name in component.cells]), whole=True)
        except Contradiction:
            found |= _state(_possible(component, bounds), bounds, weights)
            continue
        found |= {} if point is None else dict(zip(component.cells, map(int, point.tolist()), strict=True))
    return found
