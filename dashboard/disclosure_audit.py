"""What an attacker finds out: the range of every hidden sum, by linear and integer programming (HiGHS).

The attacker knows all published numbers and everything that holds between the cells; the cells are whole numbers of
women from 0 upwards. `spans` is exact except that it stops as soon as a range is wide enough.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from dashboard.disclosure_components import Component, Knowledge, Row, components, parts, rows_of
from dashboard.disclosure_ranges import Need, Ranges, Span
from dashboard.disclosure_solver import Contradiction, Problem
from dashboard.disclosure_system import MOST, Numbers, System
from dashboard.disclosure_witnesses import Witnesses, screened
from dashboard.release_cells import Relation, Terms

_ROUNDS = 30  # attempts at most to widen many ranges with one solution, before each is attacked by itself
_MANY = 16  # ranges that are worth such an attempt
_WORTHWHILE = 4  # ranges that one should settle
_IDLE = 3  # attempts that may settle fewer

_TINY = 1e-6
_WIDE = Span(-math.inf, math.inf)

Asked = Mapping[Terms, Need]
"""Sums, and how many values each should have."""


def spans(known: Knowledge, asked: Asked, most: int | None = None, seen: Witnesses | None = None) -> dict[Terms, Span]:
    """The range of each sum that was not known to be as wide as it needs to be, or one that is.

    `most`: look no further once so many in one component tell something. `seen`: what was found before and might be
    possible still, which saves time. Assumptions that contradict what is published are dropped, the fewest that will
    do. Raises Contradiction if the rest does.
    """
    seen = seen or Witnesses()
    solved, found = _ranges(rows_of(known), asked, known, most, seen)
    seen.remember(solved, known.exact)
    return found


def _ranges(
    rows: Sequence[Row], asked: Asked, known: Knowledge, most: int | None, seen: Witnesses
) -> tuple[list[Component], dict[Terms, Span]]:
    wanted = dict.fromkeys(name for terms in asked for name, _ in terms if name not in known.exact)
    found = components(rows, wanted, known.bounds)
    for component in found:
        component.states = _ends(component) if len(component.cells) == 1 else seen.fitting(component)
    narrow = screened(found, asked, known.exact)
    place = {name: component for component in found for name in component.cells}
    split = {terms: parts(terms, known.exact, place) for terms in narrow}
    for terms, part in split.items():
        for component, piece in part:
            component.ask(piece, _need(asked[terms], terms, part, known.exact))
    for component in found:
        if component.asked:
            _solve(component, known, most, seen)
    return found, {terms: _joined(terms, part, known.exact) for terms, part in split.items()}


def _need(need: Need, terms: Terms, part: Sequence[object], exact: Mapping[str, int]) -> Need:
    """What a part of a sum needs: if there are others, enough values in any case."""
    return replace(need, known=need.known + _fixed(terms, exact)) if len(part) == 1 else Need(need.values)


def _fixed(terms: Terms, exact: Mapping[str, int]) -> int:
    """The known part of a sum."""
    return sum(factor * exact[name] for name, factor in terms if name in exact)


def _joined(terms: Terms, split: Sequence[tuple[Component, Terms]], exact: Mapping[str, int]) -> Span:
    """The range of a sum from the ranges of its independent parts."""
    fixed = _fixed(terms, exact)
    found = [component.spans[part] for component, part in split]
    return Span(
        low=fixed + sum(span.low for span in found),
        high=fixed + sum(span.high for span in found),
        blame=set(chain((name for name, _ in terms if name in exact), *(span.blame for span in found))),
        sure=all(span.sure for span in found),
        asked=all(span.asked for span in found),
    )


def _solve(component: Component, known: Knowledge, most: int | None, seen: Witnesses) -> None:
    """Attack the sums of a component."""
    try:
        _attack(component, most)
    except Contradiction:
        rows = _possible(component)
        smaller, narrow = _ranges(rows, component.asked, known, most, seen)
        component.spans = dict.fromkeys(component.asked, _WIDE) | narrow  # what is left out was seen to be wide
        component.adopt(smaller)


def _possible(component: Component) -> list[Row]:
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
    prices = np.array([0.0] * len(component.cells) + [-1.0] * (2 * len(weak)))
    point = Problem(System(cells, rows, component.bounds)).extreme(prices, whole=True)
    slack = np.zeros(2 * len(weak)) if point is None else point[len(component.cells) :]
    wrong = {number for place, number in enumerate(weak) if slack[2 * place] or slack[2 * place + 1]} or set(weak)
    both = zip(component.rows, component.blame, strict=True)
    return [row for number, row in enumerate(both) if number not in wrong]


def _attack(component: Component, most: int | None) -> None:
    if len(component.cells) == 1:
        _single(component)
        return
    ranges = Ranges(component.system.place, component.asked)
    ranges.widen(component.states)
    problem = Problem(component.system)
    found = [*_together(problem, ranges)]
    found += _one_by_one(problem, ranges, most)
    component.states = np.array([*component.states, *found])
    component.spans = ranges.spans
    _explain(component, problem, ranges)


def _together(problem: Problem, ranges: Ranges) -> Iterator[Numbers]:
    """States in which many sums at once are large or small."""
    dice = np.random.default_rng(0)  # the same attack every time
    idle = 0
    for turn in range(_ROUNDS):
        narrow = ranges.narrow()
        if len(narrow) < _MANY or idle == _IDLE:
            return
        signs = np.full(len(narrow), 1 - 2 * turn) if turn < 2 else dice.choice((-1, 1), len(narrow))
        problem.forget()
        yield from _widened(ranges, problem.extreme(ranges.goal(dict(zip(narrow, signs.tolist(), strict=True)))))
        idle += turn > 0 and len(narrow) - len(ranges.narrow()) < _WORTHWHILE


def _one_by_one(problem: Problem, ranges: Ranges, most: int | None) -> Iterator[Numbers]:
    """States in which one sum is largest or smallest, of each that has not been seen to be wide."""
    told = 0
    for number in ranges.narrow():
        if ranges.wide(number):
            continue
        if told == most:
            ranges.found[number].asked = False
            continue
        yield from _alone(problem, ranges, number)
        told += ranges.told(number)


def _alone(problem: Problem, ranges: Ranges, number: int) -> Iterator[Numbers]:
    """The same of one sum: with branch and bound only if it is not seen to be wide without."""
    open_ends: list[int] = []
    for whole, signs in ((False, (1, -1)), (True, open_ends)):
        for sign in signs:
            if ranges.wide(number):
                return
            yield from _widened(ranges, problem.extreme(ranges.goal({number: sign}), whole))
            ranges.found[number].sure &= problem.sure
            open_ends += [] if problem.exact or whole else [sign]


def _explain(component: Component, problem: Problem, ranges: Ranges) -> None:
    """What keeps each range that tells something from being wider; beginning anew, as what was asked plays no part."""
    problem.forget()
    for number in ranges.narrow():
        span = ranges.found[number]
        if not (span.asked and ranges.told(number)):
            continue
        for sign in (1, -1):
            problem.extreme(ranges.goal({number: sign}), whole=True)
            span.blame.update(*(component.blame[row] for row in problem.binding_rows()))
            span.blame.update(component.cells[place] for place in problem.binding_cells())


def _widened(ranges: Ranges, point: Numbers | None) -> Iterator[Numbers]:
    """A state, after ranges have been widened by it."""
    if point is not None:
        ranges.widen(point[np.newaxis])
        yield point


def _ends(component: Component) -> Numbers:
    """The smallest and the largest value of a cell that hangs together with no other unknown one; none if none is."""
    low, high = component.bounds.get(component.cells[0], (0, MOST))
    for relation in component.rows:
        factor = relation.terms[0][1]
        ends = sorted((relation.low / factor, relation.high / factor))
        low, high = max(low, math.ceil(max(ends[0], 0) - _TINY)), min(high, math.floor(min(ends[1], MOST) + _TINY))
    return np.array([[low], [high]] if low <= high else [], dtype=float).reshape(-1, 1)


def _single(component: Component) -> None:
    """The range of such a cell. Raises Contradiction."""
    if not len(component.states):
        raise Contradiction
    for terms in component.asked:
        least, most = sorted(terms[0][1] * end for end in component.states[:, 0].tolist())
        component.spans[terms] = Span(least, most, set(chain(component.cells, *component.blame)))


def bent(related: Sequence[Relation], told: Mapping[str, tuple[int, int]]) -> list[str]:
    """The cells that have to be other than told for everything to hold, the cheapest set. `told`: (number, price)."""
    rows = [relation for relation in related if not relation.assumed]
    cells = list(dict.fromkeys([*told, *(name for relation in rows for name, _ in relation.terms)]))
    slack = [(f"{side}{name}", name) for name in told for side in "+-"]
    rows += [Relation(((name, 1), (f"+{name}", 1), (f"-{name}", -1)), told[name][0], told[name][0]) for name in told]
    problem = Problem(System([*cells, *(extra for extra, _ in slack)], rows, {}))
    prices = np.array([0.0] * len(cells) + [-told[name][1] for _, name in slack])
    point = problem.extreme(prices, whole=True)
    off = np.zeros(0) if point is None else point[len(cells) :]
    return list(dict.fromkeys(name for (_, name), amount in zip(slack, off.tolist(), strict=True) if amount))
