"""What somebody who has every release in hand knows, as one system, and which numbers it gives away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.disclosure_audit import Knowledge, bent, spans
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
    split,
    terms,
)
from dashboard.release_measures import RATES

Wanted = tuple[Terms, int]
"""A sum of cells of one release, and how many values it has to have."""
_HITS = frozenset(hits for hits, _ in RATES.values())


@dataclass(frozen=True)
class Published:
    """What one release says, whether it is out or in the making."""

    number: int
    layout: Layout
    exact: Mapping[str, int]
    bands: Mapping[str, tuple[int, int]]
    kept: Mapping[str, int]  # counts said again because too few women have changed

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
    )


def _plain(found: Cell) -> bool:
    return split(found.id)[1] not in _HITS


def knowledge(said: Sequence[Published], rules: DisclosureRules) -> Knowledge:
    """Everything that follows from some releases, the oldest first. Cells are named "<number>|<cell>"."""
    telling = [one for one in said if not one.silent]
    found: list[Relation] = []
    for one in telling:
        found += [_named(relation, one.number) for relation in relations(one.layout)]
        found += _limits(one, rules)
    for earlier, later in pairwise(telling):
        found += _growth(earlier, later)
    return Knowledge(
        exact={at(one.number, name): n for one in telling for name, n in one.exact.items()},
        bounds={at(one.number, name): band for one in telling for name, band in one.bands.items()},
        relations=found,
    )


def at(number: int, name: str) -> str:
    """The name of a cell of one release among all."""
    return f"{number}|{name}"


def _named(relation: Relation, number: int) -> Relation:
    named = tuple((at(number, name), factor) for name, factor in relation.terms)
    return Relation(named, relation.low, relation.high, relation.assumed)


def _limits(one: Published, rules: DisclosureRules) -> Iterator[Relation]:
    """Who knows the rules knows how far a repeated figure can be from the true one."""
    for name, number in one.kept.items():
        few = least(split(name)[0], rules) - 1
        yield Relation(((at(one.number, name), 1),), number - few, number + few, assumed=True)


def _growth(earlier: Published, later: Published) -> Iterator[Relation]:
    """What does not fall from one release to the next."""
    after = groups(later.layout)
    for group, measures in groups(earlier.layout).items():
        both = tuple(measure for measure in measures if measure in after.get(group, ()))
        yield from growth(
            both,
            lambda measure, group=group: at(earlier.number, cell(group, measure)),
            lambda measure, group=group: at(later.number, cell(group, measure)),
        )


def terms_at(found: Terms, number: int) -> Terms:
    """A sum of cells of one release among all."""
    return tuple((at(number, name), factor) for name, factor in found)


def endangered(layout: Layout, values: Mapping[str, int], rules: DisclosureRules) -> Iterator[Wanted]:
    """The sums whose true values nobody may find out."""
    for form in forms(layout, rules):
        if form.endangered(values):
            yield form.terms, form.least


def unsaid(layout: Layout, names: Iterable[str], rules: DisclosureRules) -> Iterator[Wanted]:
    """The cells that are hidden or banded."""
    for name in names:
        yield ((name, 1),), least(split(name)[0], rules)


def attack(releases: Sequence[Release], truths: Sequence[Mapping[str, int]], rules: DisclosureRules) -> list[Terms]:
    """The sums that a whole sequence of releases gives away, told by who knows the true numbers behind each.

    Every cell hidden, every number of too few women, and every change of too few from one release to the next.
    """
    said = [published(one) for one in releases]
    wanted: list[Wanted] = []
    for one, true in zip(releases, truths, strict=True):
        quiet = [found.id for found in one.cells if found.hidden or found.banded]
        now = [*endangered(one.layout, true, rules), *unsaid(one.layout, quiet, rules)]
        wanted += [(terms_at(terms, one.number), few) for terms, few in now]
    for (earlier, before), (later, after) in pairwise(zip(said, truths, strict=True)):
        wanted += _moves(earlier, before, later, after, rules)
    return [found for found, _ in exposed(knowledge(said, rules), wanted)]


def _moves(
    earlier: Published, before: Mapping[str, int], later: Published, after: Mapping[str, int], rules: DisclosureRules
) -> Iterator[Wanted]:
    """Too few women by whom a cell, or the rest beside a numerator, differs between two releases."""
    for group, measures in groups(later.layout).items():
        few = least(group, rules)
        sums = [*(terms(group, measure) for measure in measures)]
        sums += [terms(group, base, f"-{hits}") for hits, base in complements(measures)]
        for found in sums:
            if all(name in before for name, _ in found) and 0 < abs(amount(found, after) - amount(found, before)) < few:
                back = tuple((name, -factor) for name, factor in found)
                yield (*terms_at(found, later.number), *terms_at(back, earlier.number)), few


def exposed(known: Knowledge, wanted: Sequence[Wanted]) -> list[tuple[Terms, set[str]]]:
    """The sums with fewer possible values than they need, or not shown to have them, and what gives them away."""
    return [
        (asked, span.blame)
        for (asked, few), span in zip(wanted, spans(known, wanted), strict=True)
        if span.values < few or not span.sure
    ]


def misfits(
    related: Sequence[Relation],
    told: Mapping[str, int],
    true: Mapping[str, int],
    worth: Callable[[str], tuple[int, int, int, str]],
) -> list[str]:
    """The least valuable told cells without which the rest adds up; old figures need not fit the new ones."""
    if all(number == true[name] for name, number in told.items()):
        return []
    order = sorted(told, key=worth)
    return bent(related, {name: (told[name], 1 + place) for place, name in enumerate(order)})
