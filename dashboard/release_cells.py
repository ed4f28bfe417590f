"""What a release publishes, as a linear system: its cells, what holds between them, and what must stay unknown.

A cell is a number of women, named "<group>/<measure>". Groups: "all", "<dimension>:<value>", "period:<number>".
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations, pairwise

from dashboard.disclosure_rules import DisclosureRules
from dashboard.release import Breakdown, Layout
from dashboard.release_measures import (
    BREAKDOWN,
    CUMULATIVE,
    CUMULATIVE_COMPLEMENTS,
    RATES,
    STATES,
    VALUE,
    closed_pairs,
    closest_pairs,
    indicator_measures,
)
from dashboard.schema import UNSPECIFIED

WHOLE = "all"
SENSITIVE = ("vulnerability",)
SEVERAL = ("vulnerability",)  # a woman may be in several groups
_INFINITE = float("inf")

Terms = tuple[tuple[str, int], ...]
"""A sum of cells: (cell, coefficient)."""


@dataclass(frozen=True, slots=True)
class Relation:
    """low <= sum of terms <= high. `assumed`: true unless past figures were corrected."""

    terms: Terms
    low: float = 0
    high: float = _INFINITE
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A number of women that somebody could be recognised in: a cell, or women in one cell and not in another.

    Too few are 1 to `least` - 1 women, and 0 where `zero` says so; 0 of nobody (`base` is 0) tells nothing. What is too
    few must have at least `min_count` possible values, whatever `least` is: a woman with a sensitive attribute is no
    safer than the group in which nobody was left out.
    """

    terms: Terms
    least: int
    zero: bool = False
    base: str | None = None

    def endangered(self, values: Mapping[str, int]) -> bool:
        """Whether the true number is one that nobody may find out."""
        true = amount(self.terms, values)
        if true == 0:
            return self.zero and (self.base is None or values[self.base] > 0)
        return 0 < abs(true) < self.least


def amount(terms: Terms, values: Mapping[str, int]) -> int:
    """The sum of some cells."""
    return sum(factor * values[cell] for cell, factor in terms)


def cell(group: str, measure: str) -> str:
    """The name of a cell."""
    return f"{group}/{measure}"


def split(name: str) -> tuple[str, str]:
    """The group and the measure of a cell."""
    group, _, measure = name.rpartition("/")
    return group, measure


def sensitive(group: str) -> bool:
    """Whether a group is formed by what the law calls sensitive."""
    return group.partition(":")[0] in SENSITIVE


@lru_cache(maxsize=64)
def groups(layout: Layout) -> Mapping[str, tuple[str, ...]]:
    """The measures of each group."""
    found = {WHOLE: layout.measures}
    for dimension in layout.dimensions:
        measures = (*BREAKDOWN, *STATES) if dimension.id == "cohort" else BREAKDOWN
        found |= {f"{dimension.id}:{value}": measures for value in dimension.values}
    tracked = tuple(dict.fromkeys(m for name in layout.tracked for m in indicator_measures(name)))
    return found | {f"period:{period.number}": tracked for period in layout.periods}


def cells(layout: Layout) -> Iterator[str]:
    """Every cell of a release."""
    for group, measures in groups(layout).items():
        yield from (cell(group, measure) for measure in measures)


def terms(group: str, *signed: str) -> Terms:
    """A sum of measures of one group: terms("all", "closed", "-inserted")."""
    return tuple((cell(group, m.lstrip("-")), -1 if m.startswith("-") else 1) for m in signed)


@lru_cache(maxsize=64)
def relations(layout: Layout) -> tuple[Relation, ...]:
    """Everything that holds between the cells of one release, and is known to whoever reads the definitions."""
    found = [relation for group, measures in groups(layout).items() for relation in _within(group, measures)]
    for dimension in layout.dimensions:
        found += _several(dimension.id, dimension.values) if dimension.id in SEVERAL else _shares(dimension)
    return (*found, *_periods(layout))


def _within(group: str, measures: tuple[str, ...]) -> Iterator[Relation]:
    for part, whole in closest_pairs(measures):
        yield Relation(terms(group, whole, f"-{part}"))
    if set(measures).issuperset(("closed", "inserted", *STATES)):
        outcomes = terms(group, "closed", "-inserted", "-closed_without", "-unknown", "-undated")
        yield Relation(outcomes, 0, 0)
    for left in _left_over(measures):
        yield Relation(terms(group, *left))


def _left_over(measures: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Women whom no cell counts, and whose number follows from the cells."""
    wanted = (
        ("completed", "-closed", "-open"),  # completed on a day that nobody knows
        ("started", "-completed", "-in_training"),  # left training
        ("started", "-completed", "-in_training", "-dropout"),  # left it for a job
        ("started", "-due", "-completed", "due_completed"),  # neither due nor completed
    )
    return (left for left in wanted if set(measures).issuperset(name.lstrip("-") for name in left))


def _shares(dimension: Breakdown) -> Iterator[Relation]:
    """Every woman is in one group: the groups add up to the whole."""
    for parts in _parts(dimension):
        whole = cell(WHOLE, split(parts[0])[1])
        yield Relation(((whole, 1), *((name, -1) for name in parts)), 0, 0)


def _parts(dimension: Breakdown) -> Iterator[tuple[str, ...]]:
    """The cells of all groups, measure by measure."""
    for measure in (*BREAKDOWN, *STATES) if dimension.id == "cohort" else BREAKDOWN:
        yield tuple(cell(f"{dimension.id}:{value}", measure) for value in dimension.values)


def shared(layout: Layout) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cells that add up to a cell of all women, with their dimension; nothing of groups that a woman may be in twice."""
    for dimension in layout.dimensions:
        if dimension.id not in SEVERAL and dimension.values:
            yield from ((dimension.id, parts) for parts in _parts(dimension))


def _several(dimension: str, values: tuple[str, ...]) -> Iterator[Relation]:
    """Every woman is in one group or more, those without any in the unspecified one alone."""
    for state in (*((whole, f"-{part}") for whole, part in pairwise(BREAKDOWN)), BREAKDOWN[-1:]):
        whole = terms(WHOLE, *state)
        parts = [terms(f"{dimension}:{value}", *state) for value in values]
        yield Relation((*(t for part in parts for t in part), *_minus(whole)))
        rest = terms(f"{dimension}:{UNSPECIFIED}", *state) if UNSPECIFIED in values else ()
        for value, part in zip(values, parts, strict=True):
            yield Relation((*whole, *_minus(part), *(_minus(rest) if value != UNSPECIFIED else ())))


def _minus(found: Terms) -> Terms:
    return tuple((name, -factor) for name, factor in found)


def _periods(layout: Layout) -> Iterator[Relation]:
    """The current period stands as the whole does; what is cumulative grows from one period to the next."""
    groups_of = [f"period:{period.number}" for period in layout.periods]
    measures = groups(layout)[groups_of[-1]] if groups_of else ()
    for measure in measures:
        yield Relation(((cell(groups_of[-1], measure), 1), (cell(WHOLE, measure), -1)), 0, 0)
    for earlier, later in pairwise(groups_of):
        yield from growth(measures, partial(cell, earlier), partial(cell, later))


Named = Callable[[str], str]


def growth(measures: tuple[str, ...], before: Named, after: Named) -> Iterator[Relation]:
    """What does not fall from an earlier to a later count of the same group."""
    for measure in measures:
        if measure in CUMULATIVE:
            yield Relation(((after(measure), 1), (before(measure), -1)), assumed=True)
    for hits, base in complements(measures, CUMULATIVE_COMPLEMENTS):
        rise = ((after(base), 1), (after(hits), -1), (before(base), -1), (before(hits), 1))
        yield Relation(rise, assumed=True)


def complements(measures: tuple[str, ...], indicators: Collection[str] = tuple(RATES)) -> list[tuple[str, str]]:
    """(numerator, denominator) of the rates that some measures make."""
    return [RATES[name] for name in RATES if name in indicators and set(measures).issuperset(RATES[name])]


@lru_cache(maxsize=64)
def forms(layout: Layout, rules: DisclosureRules) -> tuple[Form, ...]:
    """Every number of women that has to stay unknown where it is too small."""
    found = [form for group, measures in groups(layout).items() for form in _forms_within(group, measures, rules)]
    for dimension in layout.dimensions:
        if dimension.id in SENSITIVE:
            found += _outside(dimension, rules)
    return (*found, *_flows(layout, rules))


def least(group: str, rules: DisclosureRules) -> int:
    """The smallest number of women of a group that may be shown."""
    return rules.min_sensitive if sensitive(group) else rules.min_count


def _forms_within(group: str, measures: tuple[str, ...], rules: DisclosureRules) -> Iterator[Form]:
    """Cells, women in one and not in another, and both ends of rates: what 0 % and 100 % say, they say of each."""
    few, hush = least(group, rules), sensitive(group)
    ends = complements(measures)
    bases = {hits: cell(group, base) for hits, base in ends}
    for measure in measures:
        yield Form(terms(group, measure), few, hush or measure in bases, None if hush else bases.get(measure))
    for part, whole in closed_pairs(measures):
        end = (part, whole) in ends
        yield Form(terms(group, whole, f"-{part}"), few, end, cell(group, whole) if end else None)
    for left in _left_over(measures):
        yield Form(terms(group, *left), few)


def _outside(dimension: Breakdown, rules: DisclosureRules) -> Iterator[Form]:
    """Women without a sensitive attribute: if there are none, everybody has it."""
    for value in dimension.values:
        for measure in BREAKDOWN:
            whole = ((cell(WHOLE, measure), 1), (cell(f"{dimension.id}:{value}", measure), -1))
            yield Form(whole, rules.min_sensitive, zero=True, base=cell(WHOLE, measure))


def _flows(layout: Layout, rules: DisclosureRules) -> Iterator[Form]:
    """Women who came between two periods, and of the rates those without."""
    for one, two in combinations([f"period:{period.number}" for period in layout.periods], 2):
        for measure in groups(layout)[one]:
            if measure in CUMULATIVE:
                yield Form(((cell(two, measure), 1), (cell(one, measure), -1)), rules.min_count)
        for hits, base in complements(groups(layout)[one], CUMULATIVE_COMPLEMENTS):
            yield Form((*terms(two, base, f"-{hits}"), *terms(one, hits, f"-{base}")), rules.min_count)


_GROUP_VALUE = {WHOLE: 9, "period": 8, "cohort": 7, "track": 6, "age_band": 5, "prefecture": 4, "vulnerability": 3}


def value(name: str, women: int) -> tuple[int, int, int, str]:
    """How much a cell is worth to a reader: what is hidden first sorts first, the smaller of two like ones."""
    group, measure = split(name)
    place = VALUE.index(measure)
    return _GROUP_VALUE.get(group.partition(":")[0], 0), -place, women, name
