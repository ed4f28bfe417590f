"""What an attacker finds out: the range of every hidden sum, by linear and integer programming (HiGHS).

The attacker knows all published numbers and everything that holds between the cells; the cells are whole numbers of
women from 0 upwards. `spans` is exact except that it stops as soon as a range is wide enough.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from random import Random

from dashboard.disclosure_solver import Contradiction, Problem
from dashboard.release_cells import Relation, Terms

_ROUNDS = 4  # attempts to widen many ranges with one solution, before each is attacked by itself

Bounds = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Knowledge:
    """What the attacker knows: exact cells, cells within bounds, and what holds between cells."""

    exact: Mapping[str, int]
    bounds: Bounds
    relations: Sequence[Relation]


@dataclass(slots=True)
class Span:
    """The range of a sum. `blame`: published cells without which it might be wider. `sure`: not cut short by a limit."""

    low: float = 0
    high: float = 0
    blame: set[str] = field(default_factory=set)
    sure: bool = True

    @property
    def values(self) -> float:
        """How many whole numbers the sum could be."""
        return self.high - self.low + 1


@dataclass
class _Component:
    """Unknown cells that hang together, what holds between them, and the sums asked for."""

    cells: list[str]
    rows: list[Relation]  # over unknown cells only, with what is known on the right
    blame: list[set[str]]  # known cells behind each row
    asked: dict[Terms, float] = field(default_factory=dict)  # sum -> how wide is wide enough
    spans: dict[Terms, Span] = field(default_factory=dict)


def spans(known: Knowledge, asked: Sequence[tuple[Terms, float]]) -> list[Span]:
    """The range of each sum, or one that is as wide as asked for (a number of values).

    Assumptions that contradict what is published are dropped where they do. Raises Contradiction if the rest does.
    """
    components = _components(known, {name for terms, _ in asked for name, _ in terms})
    place = {name: component for component in components for name in component.cells}
    parts = [_parts(terms, known.exact, place) for terms, _ in asked]
    for split, (_, values) in zip(parts, asked, strict=True):
        for component, terms in split:
            component.asked[terms] = max(values, component.asked.get(terms, 0))
    for component in components:
        if component.asked:
            _solve(component, known)
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
    )


def _parts(terms: Terms, exact: Mapping[str, int], place: Mapping[str, _Component]) -> list[tuple[_Component, Terms]]:
    """The unknown part of a sum, by component."""
    found: dict[int, tuple[_Component, list[tuple[str, int]]]] = {}
    for name, factor in terms:
        if name not in exact:
            component = place[name]
            found.setdefault(id(component), (component, []))[1].append((name, factor))
    return [(component, tuple(part)) for component, part in found.values()]


def _components(known: Knowledge, wanted: Iterable[str]) -> list[_Component]:
    """Split what is unknown into cells that have nothing to do with each other."""
    root: dict[str, str] = {name: name for name in wanted if name not in known.exact}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    rows = [reduced for relation in known.relations if (reduced := _reduce(relation, known.exact))]
    for relation, _ in rows:
        first = find(relation.terms[0][0])
        for name, _ in relation.terms[1:]:
            root[find(name)] = first
    return _gathered(rows, {name: find(name) for name in tuple(root)})


def _gathered(rows: Sequence[tuple[Relation, set[str]]], root: Mapping[str, str]) -> list[_Component]:
    found: dict[str, _Component] = {}
    for name, top in root.items():
        found.setdefault(top, _Component([], [], [])).cells.append(name)
    for relation, blame in rows:
        component = found[root[relation.terms[0][0]]]
        component.rows.append(relation)
        component.blame.append(blame)
    return list(found.values())


def _reduce(relation: Relation, exact: Mapping[str, int]) -> tuple[Relation, set[str]] | None:
    """A relation with its known cells moved to the right, and these; None where all are known."""
    unknown = tuple((name, factor) for name, factor in relation.terms if name not in exact)
    if not unknown:
        return None
    if len(unknown) == len(relation.terms):
        return relation, set()
    known = [(name, factor) for name, factor in relation.terms if name in exact]
    moved = sum(factor * exact[name] for name, factor in known)
    return replace(relation, terms=unknown, low=relation.low - moved, high=relation.high - moved), {n for n, _ in known}


def _solve(component: _Component, known: Knowledge) -> None:
    """Attack the sums of a component."""
    try:
        _attack(component, known.bounds)
    except Contradiction:
        hard = [relation for relation in component.rows if not relation.assumed]
        if len(hard) == len(component.rows):
            raise
        # The assumption that nothing was corrected is wrong here: the attacker has to do without it.
        without = _without_assumptions(known, component)
        found = spans(without, list(component.asked.items()))
        component.spans = dict(zip(component.asked, found, strict=True))


def _without_assumptions(known: Knowledge, component: _Component) -> Knowledge:
    """The knowledge about one component that does not rest on assumptions."""
    inside = set(component.cells)
    touching = [r for r in known.relations if not r.assumed and any(name in inside for name, _ in r.terms)]
    return Knowledge(known.exact, known.bounds, touching)


def _attack(component: _Component, bounds: Bounds) -> None:
    problem = Problem(component.cells, component.rows, [bounds.get(name) for name in component.cells])
    component.spans = {terms: Span(float("inf"), float("-inf")) for terms in component.asked}
    dice = Random(0)  # noqa: S311 - the same attack every time
    narrow = list(component.asked)
    for turn in range(_ROUNDS if len(narrow) > 1 else 0):
        goal = [(terms, 1 if turn == 0 else -1 if turn == 1 else dice.choice((-1, 1))) for terms in narrow]
        _widen(component, problem.extreme([(name, s * f) for terms, s in goal for name, f in terms]))
        narrow = [terms for terms in narrow if component.spans[terms].values < component.asked[terms]]
        if len(narrow) < 2:
            break
    for terms in narrow:
        if component.spans[terms].values < component.asked[terms]:
            _alone(component, problem, terms, bounds)


def _alone(component: _Component, problem: Problem, terms: Terms, bounds: Bounds) -> None:
    """The smallest and the largest value of one sum, and what keeps it from being more."""
    span = component.spans[terms]
    for sign in (1, -1):
        _widen(component, problem.extreme([(name, sign * factor) for name, factor in terms], whole=True))
        span.sure &= problem.sure
        span.blame.update(*(component.blame[row] for row in problem.binding_rows()))
        span.blame.update(name for name in problem.binding_cells() if name in bounds)
        if span.values >= component.asked[terms]:
            return


def _widen(component: _Component, point: Mapping[str, int] | None) -> None:
    """What one possible state of the programme adds to the ranges."""
    if point is None:
        return
    for terms, span in component.spans.items():
        amount = sum(factor * point[name] for name, factor in terms)
        span.low, span.high = min(span.low, amount), max(span.high, amount)


def bent(related: Sequence[Relation], told: Mapping[str, tuple[int, int]]) -> list[str]:
    """The cells that have to be other than told for everything to hold, the cheapest set. `told`: (number, price)."""
    rows = [relation for relation in related if not relation.assumed]
    cells = list(dict.fromkeys(name for relation in rows for name, _ in relation.terms))
    slack = [(f"{side}{name}", name) for name in told for side in "+-"]
    rows += [Relation(((name, 1), (f"+{name}", 1), (f"-{name}", -1)), told[name][0], told[name][0]) for name in told]
    problem = Problem([*cells, *(extra for extra, _ in slack)], rows, [None] * (len(cells) + len(slack)))
    point = problem.extreme([(extra, -told[name][1]) for extra, name in slack], whole=True) or {}
    return list(dict.fromkeys(name for extra, name in slack if point[extra]))
