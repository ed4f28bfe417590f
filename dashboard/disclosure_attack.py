"""What somebody who has every release in hand knows, as one system, and which numbers it gives away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, combinations, pairwise

from dashboard.disclosure_audit import bent, spans
from dashboard.disclosure_components import Knowledge
from dashboard.disclosure_ranges import Need
from dashboard.disclosure_rules import DisclosureRules
from dashboard.release import Cell, Layout, Release
from dashboard.release_cells import (
    Relation,
    Terms,
    amount,
    cell,
    complements,
    forms,
    groups,
    growth,
    least,
    relations,
    shared,
    split,
    terms,
)
from dashboard.release_measures import RATES

_HITS = frozenset(hits for hits, _ in RATES.values())


@dataclass(frozen=True)
class Published:
    """What one release says, whether it is out or in the making."""

    number: int
    layout: Layout
    exact: Mapping[str, int]
    bands: Mapping[str, tuple[int, int]]
    kept: Mapping[str, int]  # counts said again because too few women have changed
    quiet: frozenset[str]  # cells that are hidden, or of which a band is said

    @property
    def silent(self) -> bool:
        """Whether it says nothing new."""
        return not self.exact and not self.bands


def published(release: Release) -> Published:
    """What a release says."""
    fresh = [found for found in release.cells if found.fresh]
    return Published(
        release.number,
        release.layout,
        {found.id: found.value for found in fresh if found.value is not None},
        {found.id: (found.low or 0, found.high or 0) for found in fresh if found.banded},
        {found.id: found.value for found in release.cells if found.since and found.value is not None and _plain(found)},
        frozenset(found.id for found in release.cells if found.value is None and found.reason != "not_recorded"),
    )


def _plain(found: Cell) -> bool:
    return split(found.id)[1] not in _HITS


def knowledge(said: Sequence[Published], rules: DisclosureRules) -> Knowledge:
    """Everything that follows from some releases, the oldest first: a system for each, and what links neighbours.

    Cells are named "<number>|<cell>". A release that says nothing new adds nothing.
    """
    telling = [one for one in said if not one.silent]
    own = ((*_of(one.layout, one.number), *_limits(one, rules)) for one in telling)
    links = (_links(a.layout, a.number, b.layout, b.number) for a, b in pairwise(telling))
    return Knowledge(
        exact={at(one.number, name): n for one in telling for name, n in one.exact.items()},
        bounds={at(one.number, name): band for one in telling for name, band in one.bands.items()},
        relations=[*chain.from_iterable(own), *chain.from_iterable(links)],
    )


def at(number: int, name: str) -> str:
    """The name of a cell of one release among all."""
    return f"{number}|{name}"


@lru_cache(maxsize=64)
def _of(layout: Layout, number: int) -> tuple[Relation, ...]:
    return tuple(Relation(terms_at(r.terms, number), r.low, r.high, r.assumed) for r in relations(layout))


def _limits(one: Published, rules: DisclosureRules) -> Iterator[Relation]:
    """Who knows the rules knows how far a repeated figure can be from the true one."""
    for name, number in one.kept.items():
        few = least(split(name)[0], rules) - 1
        yield Relation(((at(one.number, name), 1),), number - few, number + few, assumed=True)


@lru_cache(maxsize=64)
def _links(before: Layout, earlier: int, after: Layout, later: int) -> tuple[Relation, ...]:
    """What does not fall from one release to the next."""
    found: list[Relation] = []
    for group, measures in groups(before).items():
        both = tuple(measure for measure in measures if measure in groups(after).get(group, ()))
        found += growth(both, partial(_cell_at, earlier, group), partial(_cell_at, later, group))
    return tuple(found)


def _cell_at(number: int, group: str, measure: str) -> str:
    return at(number, cell(group, measure))


def terms_at(found: Terms, number: int) -> Terms:
    """A sum of cells of one release among all."""
    return tuple((at(number, name), factor) for name, factor in found)


def endangered(layout: Layout, values: Mapping[str, int], rules: DisclosureRules) -> Iterator[Terms]:
    """The sums whose true values nobody may find out."""
    for form in forms(layout, rules):
        if form.endangered(values):
            yield form.terms


def rests(one: Published) -> Iterator[tuple[Terms, str]]:
    """What a table whose groups add up leaves unsaid: together they are one group, known by subtraction. With a group.

    "Four women live in Mediouna or elsewhere" tells of four women, though nobody can say how many live where.
    """
    for dimension, parts in shared(one.layout):
        unsaid = tuple((name, 1) for name in parts if name in one.quiet)
        if 1 < len(unsaid) < len(parts):
            yield unsaid, dimension


def small_rests(one: Published, true: Mapping[str, int], rules: DisclosureRules) -> Iterator[Terms]:
    """Those of them that are of too few women."""
    return (found for found, group in rests(one) if 0 < amount(found, true) < least(group, rules))


def attack(releases: Sequence[Release], truths: Sequence[Mapping[str, int]], rules: DisclosureRules) -> list[Terms]:
    """The sums that a whole sequence of releases gives away, told by who knows the true numbers behind each.

    Every cell hidden, every number of too few women, and every change of too few from one release to any later one.
    """
    both = zip(map(published, releases), truths, strict=True)
    told = [(said, true) for said, true in both if not said.silent]
    wanted: list[Terms] = []
    for said, true in told:
        quiet = [((name, 1),) for name in sorted(said.quiet)]
        few = (*endangered(said.layout, true, rules), *small_rests(said, true, rules))
        wanted += [terms_at(asked, said.number) for asked in (*few, *quiet)]
    for (earlier, before), (later, after) in combinations(told, 2):
        wanted += _moves(earlier, before, later, after, rules)
    true_at = {at(said.number, name): number for said, true in told for name, number in true.items()}
    known = knowledge([said for said, _ in told], rules)
    return _recovered(known, dict.fromkeys(wanted, Need(rules.min_count)), true_at)


def _recovered(known: Knowledge, asked: Mapping[Terms, Need], true: Mapping[str, int]) -> list[Terms]:
    """The sums that have fewer possible values than they need, the true one among them.

    Where it is not, an assumption has misled: something was corrected. Who does not make it may find out more.
    """
    found = spans(known, asked)
    narrow = {sums: span for sums, span in found.items() if asked[sums].told_by(span)}
    misled = {s: asked[s] for s, span in narrow.items() if span.sure and not span.low <= amount(s, true) <= span.high}
    if not misled:
        return list(narrow)
    sound = [r for r in known.relations if r.low <= amount(r.terms, true) <= r.high]
    return [*(narrow.keys() - misled.keys()), *_recovered(replace(known, relations=sound), misled, true)]


def _moves(
    earlier: Published, before: Mapping[str, int], later: Published, after: Mapping[str, int], rules: DisclosureRules
) -> Iterator[Terms]:
    """Too few women by whom a cell, or the rest beside a numerator, differs between two releases."""
    for found in sums(later.layout):
        few = least(split(found[0][0])[0], rules)
        if all(name in before for name, _ in found) and 0 < abs(amount(found, after) - amount(found, before)) < few:
            yield change(found, later.number, earlier.number)


def change(found: Terms, later: int, earlier: int) -> Terms:
    """By how much a sum of cells differs between two releases."""
    return (*terms_at(found, later), *terms_at(tuple((name, -factor) for name, factor in found), earlier))


def sums(layout: Layout) -> Iterator[Terms]:
    """The numbers of women whose changes tell of women: every cell, and the rest beside every numerator."""
    for group, measures in groups(layout).items():
        yield from (terms(group, measure) for measure in measures)
        yield from (terms(group, base, f"-{hits}") for hits, base in complements(measures))


def misfits(
    related: Sequence[Relation],
    told: Mapping[str, int],
    true: Mapping[str, int],
    worth: Callable[[str], tuple[bool, int, int, int, str]],
) -> list[str]:
    """The least valuable told cells without which the rest adds up; old figures need not fit the new ones."""
    if all(number == true[name] for name, number in told.items()):
        return []
    order = sorted(told, key=worth)
    return bent(related, {name: (told[name], 1 + place) for place, name in enumerate(order)})
