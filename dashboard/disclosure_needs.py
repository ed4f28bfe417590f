"""What has to stay unknown: of a release in the making, and of those that are out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from dashboard.disclosure_attack import Published, change, endangered, rests, small_rests, sums, terms_at
from dashboard.disclosure_draft import Draft
from dashboard.disclosure_ranges import Need
from dashboard.disclosure_rules import DisclosureRules
from dashboard.release_cells import Terms, cells, forms, least, split

Needs = Mapping[Terms, Need]


def said_by(made: Draft) -> Published:
    """What a draft says."""
    kept = {n: made.last[n].value for n, state in made.states.items() if state == "kept" and made.base_of(n) is None}
    return Published(
        made.number,
        made.layout,
        made.fresh(),
        {name: band for name, band in made.bands.items() if made.states[name] == "banded"},
        {name: number for name, number in kept.items() if number is not None},
        frozenset(name for name, state in made.states.items() if state in ("hidden", "banded")),
    )


def of_draft(made: Draft, said: Published, last: Published | None) -> dict[Terms, Need]:
    """What has to stay unknown of a draft, and of what has changed since the last release that said something."""
    small = chain(endangered(made.layout, made.values, made.rules), small_rests(said, made.values, made.rules))
    now = chain(small, _quiet(said), _changes(made))
    moved = dict(_moves(last, said, made.rules)) if last else {}
    return moved | {terms_at(asked, made.number): Need(made.rules.min_count) for asked in now}


def of_past(earlier: Sequence[Published], rules: DisclosureRules) -> dict[Terms, Need]:
    """What may have to stay unknown of releases that are out: nobody knows any more which numbers were too small."""
    found: dict[Terms, Need] = {}
    for one in earlier:
        unseen = (form for form in forms(one.layout, rules) if any(name not in one.exact for name, _ in form.terms))
        found |= {terms_at(f.terms, one.number): Need(rules.min_count, f.least, f.zero) for f in unseen}
        found |= {terms_at(rest, one.number): Need(rules.min_count, least(group, rules)) for rest, group in rests(one)}
    for before, after in pairwise(earlier):
        found |= dict(_moves(before, after, rules))
    return found | hidden_in(earlier, rules)


def hidden_in(earlier: Sequence[Published], rules: DisclosureRules) -> dict[Terms, Need]:
    """What releases that are out have hidden."""
    return {terms_at(asked, one.number): Need(rules.min_count) for one in earlier for asked in _quiet(one)}


def _quiet(one: Published) -> Iterator[Terms]:
    return (((name, 1),) for name in sorted(one.quiet))


def _moves(last: Published, one: Published, rules: DisclosureRules) -> Iterator[tuple[Terms, Need]]:
    """Changes since the release before of what one of the two does not show: they may follow from the others."""
    both = set(cells(last.layout)).intersection(cells(one.layout))
    for found in sums(one.layout):
        names = {name for name, _ in found}
        if names <= both and not all(name in one.exact and name in last.exact for name in names):
            few = least(split(found[0][0])[0], rules)
            yield change(found, one.number, last.number), Need(rules.min_count, few)


def _changes(made: Draft) -> Iterable[Terms]:
    """Too few women who have changed a number, or the rest beside it, since it was last said."""
    for name, told in made.shown.items():
        if name not in made.states:
            continue
        base, few = made.base_of(name), made.least(name)
        for old in told if made.cumulative(name) else told[-1:]:
            rise = made.values[name] - (old.value or 0)
            if 0 < abs(rise) < few:
                yield ((name, 1),)
            if base and old.of and 0 < abs(made.values[base] - old.of - rise) < few:
                yield ((base, 1), (name, -1))
