"""What an attacker knows, split into parts that have nothing to do with each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from dashboard.disclosure_ranges import Need, Span
from dashboard.disclosure_system import Bounds, Numbers, System
from dashboard.release_cells import Relation, Terms


@dataclass(frozen=True)
class Knowledge:
    """What the attacker knows: exact cells, cells within bounds, and what holds between cells."""

    exact: Mapping[str, int]
    bounds: Bounds
    relations: Sequence[Relation]


Row = tuple[Relation, set[str]]
"""A relation of unknown cells, and the known ones behind it."""


@dataclass
class Component:
    """Unknown cells that hang together, what holds between them, and the sums asked for."""

    cells: list[str]
    rows: list[Relation]  # over unknown cells only, with what is known on the right
    blame: list[set[str]]  # known cells behind each row
    bounds: Bounds
    asked: dict[Terms, Need] = field(default_factory=dict)  # sum -> how wide is wide enough
    spans: dict[Terms, Span] = field(default_factory=dict)
    states: Numbers = field(default_factory=lambda: np.zeros((0, 0)))  # found to be possible: (states, cells)

    @cached_property
    def system(self) -> System:
        """The same as arrays."""
        return System(self.cells, self.rows, self.bounds)

    def ask(self, terms: Terms, need: Need) -> None:
        """Ask for a sum, maybe once more."""
        self.asked[terms] = need.joined(self.asked.get(terms))

    def adopt(self, smaller: Sequence["Component"]) -> None:
        """Take over the states of the components that this one falls into."""
        place = {name: number for number, name in enumerate(self.cells)}
        many = max((len(component.states) for component in smaller), default=0)
        self.states = np.full((many, len(self.cells)), np.nan)
        for component in smaller:
            self.states[:, [place[name] for name in component.cells]] = component.repeated(many)

    def repeated(self, many: int) -> Numbers:
        """So many states, or unknown ones."""
        if not len(self.states):
            return np.full((many, len(self.cells)), np.nan)
        return self.states[np.arange(many) % len(self.states)]


def rows_of(known: Knowledge) -> list[Row]:
    """What is known of unknown cells."""
    return [reduced for relation in known.relations if (reduced := _reduce(relation, known.exact))]


def _reduce(relation: Relation, exact: Mapping[str, int]) -> Row | None:
    """A relation with its known cells moved to the right, and these; None where all are known."""
    unknown = tuple((name, factor) for name, factor in relation.terms if name not in exact)
    if not unknown:
        return None
    if len(unknown) == len(relation.terms):
        return relation, set()
    known = [(name, factor) for name, factor in relation.terms if name in exact]
    moved = sum(factor * exact[name] for name, factor in known)
    return Relation(unknown, relation.low - moved, relation.high - moved, relation.assumed), {n for n, _ in known}


def components(rows: Sequence[Row], wanted: Iterable[str], bounds: Bounds) -> list[Component]:
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
    found: dict[str, Component] = {}
    for name in tuple(root):
        found.setdefault(find(name), Component([], [], [], bounds)).cells.append(name)
    for relation, blame in rows:
        component = found[find(relation.terms[0][0])]
        component.rows.append(relation)
        component.blame.append(blame)
    return list(found.values())


def parts(terms: Terms, exact: Mapping[str, int], place: Mapping[str, Component]) -> list[tuple[Component, Terms]]:
    """The unknown part of a sum, by component."""
    found: dict[int, tuple[Component, list[tuple[str, int]]]] = {}
    for name, factor in terms:
        if name not in exact:
            component = place[name]
            found.setdefault(id(component), (component, []))[1].append((name, factor))
    return [(component, tuple(part)) for component, part in found.values()]
