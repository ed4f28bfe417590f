"""What somebody who has every release in hand knows, as one system, and which numbers it gives away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, pairwise

from dashboard.disclosure_audit import Knowledge, bent, spans, state
from dashboard.disclosure_ranges import Span
from dashboard.disclosure_rules import DisclosureRules
from dashboard.disclosure_solver import Contradiction
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


@dataclass(frozen=True)
class Sequel:
    """Everything that follows from some releases, the oldest first: a system for each, and what links neighbours.

    Cells are named "<number>|<cell>". A release that says nothing new adds nothing.
    """

    whole: Knowledge
    own: Mapping[int, Sequence[Relation]]  # number -> relations that have a cell of this release


def knowledge(said: Sequence[Published], rules: DisclosureRules) -> Sequel:
    """What somebody with some releases in hand knows."""
    telling = [one for one in said if not one.silent]
    own = {one.number: [*_of(one.layout, one.number), *_limits(one, rules)] for one in telling}
    links = [(a.number, b.number, _links(a.layout, a.number, b.layout, b.number)) for a, b in pairwise(telling)]
    whole = Knowledge(
        exact={at(one.number, name): n for one in telling for name, n in one.exact.items()},
        bounds={at(one.number, name): band for one in telling for name, band in one.bands.items()},
        relations=[*chain.from_iterable(own.values()), *chain.from_iterable(found for _, _, found in links)],
    )
    for earlier, later, found in links:
        own[earlier] += found
        own[later] += found
    return Sequel(whole, own)


def at(number: int, name: str) -> str:
    """The name of a cell of one release among all."""
    return f"{number}|{name}"


@lru_cache(maxsize=64)
def _of(layout: Layout, number: int) -> tuple[Relation, ...]:
    return tuple(replace(relation, terms=terms_at(relation.terms, number)) for relation in relations(layout))


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


def attack(releases: Sequence[Release], truths: Sequence[Mapping[str, int]], rules: DisclosureRules) -> list[Terms]:
    """The sums that a whole sequence of releases gives away, told by who knows the true numbers behind each.

    Every cell hidden, every number of too few women, and every change of too few from one release to the next.
    """
    said = [published(one) for one in releases]
    wanted: list[Terms] = []
    for one, true in zip(releases, truths, strict=True):
        quiet = [((found.id, 1),) for found in one.cells if found.hidden or found.banded]
        wanted += [terms_at(asked, one.number) for asked in (*endangered(one.layout, true, rules), *quiet)]
    for (earlier, before), (later, after) in pairwise(zip(said, truths, strict=True)):
        wanted += _moves(earlier, before, later, after, rules)
    return list(exposed(knowledge(said, rules), wanted, rules.min_count))


def _moves(
    earlier: Published, before: Mapping[str, int], later: Published, after: Mapping[str, int], rules: DisclosureRules
) -> Iterator[Terms]:
    """Too few women by whom a cell, or the rest beside a numerator, differs between two releases."""
    for found in sums(later.layout):
        few = least(split(found[0][0])[0], rules)
        if all(name in before for name, _ in found) and 0 < abs(amount(found, after) - amount(found, before)) < few:
            yield change(found, later.number, earlier.number)


def exposed(known: Sequel, wanted: Sequence[Terms], values: int, most: int | None = None) -> dict[Terms, Span]:
    """The sums that have fewer possible values than they need, or may have.

    First every release by itself, the others held in one possible state: what is wide enough there is wide enough.
    Only what is not goes into one problem with everything. `most`: as of disclosure_audit.spans.
    """
    narrow = _by_release(known, list(dict.fromkeys(wanted)), values)
    found = zip(narrow, spans(known.whole, [(asked, values) for asked in narrow], most), strict=True)
    return {asked: span for asked, span in found if span.values < values or not span.sure}


def change(found: Terms, later: int, earlier: int) -> Terms:
    """By how much a sum of cells differs between two releases."""
    return (*terms_at(found, later), *terms_at(tuple((name, -factor) for name, factor in found), earlier))


def sums(layout: Layout) -> Iterator[Terms]:
    """The numbers of women whose changes tell of women: every cell, and the rest beside every numerator."""
    for group, measures in groups(layout).items():
        yield from (terms(group, measure) for measure in measures)
        yield from (terms(group, base, f"-{hits}") for hits, base in complements(measures))


def _by_release(known: Sequel, wanted: Sequence[Terms], values: int) -> list[Terms]:
    """The sums that are not wide enough with all other releases in one state."""
    if len(known.own) < 2:
        return list(wanted)
    middle = sum(known.own) / len(known.own)
    names = {name for relation in known.whole.relations for name, _ in relation.terms}
    one = state(known.whole, {name: _number(name) - middle for name in names})  # early ones low, late ones high
    narrow: list[Terms] = []
    for number, asked in _grouped(wanted).items():
        others = {name: amount for name, amount in one.items() if _number(name) != number}
        held = Knowledge({**known.whole.exact, **others}, known.whole.bounds, known.own.get(number, ()))
        try:
            found = spans(held, [(sums, values) for sums in asked], 0)
        except Contradiction:
            narrow += asked
            continue
        narrow += [sums for sums, span in zip(asked, found, strict=True) if span.values < values]
    return narrow


def _number(name: str) -> int:
    return int(name.partition("|")[0])


def _grouped(wanted: Sequence[Terms]) -> dict[int, list[Terms]]:
    """Sums by the release that their first cell is of."""
    found: dict[int, list[Terms]] = {}
    for asked in wanted:
        found.setdefault(_number(asked[0][0]), []).append(asked)
    return found


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
