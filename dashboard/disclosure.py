"""The only door to donors: true numbers in, a Release out, or the reasons why there is none.

The rules (field reference 4.3) hide what is too small; an attack by solver on everything published so far then finds
what follows from the rest, and the least valuable cells are withheld until nothing does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.disclosure_attack import (
    Published,
    at,
    change,
    endangered,
    exposed,
    knowledge,
    misfits,
    published,
    sums,
    terms_at,
)
from dashboard.disclosure_draft import Draft, draft
from dashboard.disclosure_ranges import Span
from dashboard.disclosure_rules import DisclosureRules
from dashboard.disclosure_solver import Contradiction
from dashboard.release import Release
from dashboard.release_assembly import assemble
from dashboard.release_cells import Terms, amount, cells, least, relations, split
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint

AT_ONCE = 3  # exposed sums of one component that are looked into before something is withheld


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is released: a code, and the cells it is about."""

    code: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """No release."""

    reasons: tuple[Refusal, ...]


def release(
    counts: Counts, previous: Sequence[Release], rules: DisclosureRules, imprint: Imprint, at_once: int = AT_ONCE
) -> Release | Refused:
    """What may be shown outside of some counts, knowing every earlier release, the oldest first.

    `at_once`: the larger, the sooner it is found and the more of it is hidden; what may be found out is the same.
    """
    refusal = _impossible(counts, previous)
    if refusal:
        return Refused((refusal,))
    made = draft(counts.layout, counts.values, previous, rules)
    try:
        recoverable = protect(made, previous, at_once)
    except Contradiction:
        return Refused((Refusal("release_contradicts"),))
    if recoverable:
        return Refused((Refusal("release_recoverable", tuple(recoverable)),))
    return assemble(made, counts, previous, imprint)


def _impossible(counts: Counts, previous: Sequence[Release]) -> Refusal | None:
    """What no release can be made from: counts that contradict the definitions, or a day before the last one's."""
    if previous and counts.as_of < previous[-1].as_of:
        return Refusal("release_goes_back")
    broken = (
        relation
        for relation in relations(counts.layout)
        if not relation.assumed and not relation.low <= amount(relation.terms, counts.values) <= relation.high
    )
    found = next(broken, None)
    return Refusal("release_contradicts", tuple(name for name, _ in found.terms)) if found else None


def protect(made: Draft, previous: Sequence[Release], at_once: int) -> list[str]:
    """Withhold until nothing that is too small follows from what is said. Returns what cannot be protected.

    First this release by itself, which is quick, then together with all earlier ones.
    """
    earlier = [published(one) for one in previous]
    while True:
        lost = _withhold_until_safe(made, [], (), at_once)
        lost = lost or _withhold_until_safe(made, earlier, previous, at_once)
        if lost or not _settled(made):
            return lost


def _withhold_until_safe(
    made: Draft, earlier: Sequence[Published], previous: Sequence[Release], at_once: int
) -> list[str]:
    """The attack with some releases in hand, again and again until it finds nothing; what is left if it still does."""
    safe: set[Terms] = set()  # needs no second look before the last one
    harmless: set[Terms] = set()  # known, but tells of nobody: less said cannot change that
    while True:
        _obvious(made)
        said = _said(made)
        if said.silent:
            return []
        wanted = [asked for asked in _wanted(made, earlier, previous) if asked not in safe | harmless]
        narrow = exposed(knowledge([*earlier, said], made.rules), wanted, made.rules.min_count, at_once)
        found = {asked: span for asked, span in narrow.items() if _telling(asked, span, made.rules)}
        harmless.update(narrow.keys() - found.keys())
        if not found and not safe:
            return []
        safe = safe.union(wanted).difference(narrow) if found else set()
        if found and not _yield_some(made, found) and len(found) == len(narrow):
            return sorted({name.partition("|")[2] for asked in found for name, _ in asked})


def _telling(asked: Terms, span: Span, rules: DisclosureRules) -> bool:
    """Whether a range tells something. A change that is surely nobody, or surely enough women, does not."""
    numbers = [name.partition("|") for name, _ in asked]
    if len({number for number, _, _ in numbers}) < 2 or not (span.asked and span.sure):
        return True
    few = least(split(numbers[0][2])[0], rules)
    return span.low < few and span.high > -few and not span.low == span.high == 0


def _yield_some(made: Draft, found: Mapping[Terms, Span]) -> bool:
    """Withhold a cell for every exposed sum that none of those withheld before it gives away; whether there was one."""
    given: set[str] = set()
    for asked, span in found.items():
        blame = span.blame | {asked[0][0]}
        if span.asked and given.isdisjoint(blame) and not _yield_one(made, blame, given):
            return False
    return bool(given)


def _settled(made: Draft) -> bool:
    """Withhold what does not add up with the old figures beside it; whether there was any."""
    bent = misfits(relations(made.layout), made.told(), made.values, made.worth)
    for name in bent:
        made.withhold(name)
    return bool(bent)


def _yield_one(made: Draft, blame: Iterable[str], given: set[str]) -> bool:
    """Withhold the least valuable of the cells that give something away; whether there was one.

    Cells that were hidden so far go first, and together: a reader misses none of them. Old figures go last.
    """
    mine = [name for known in blame for one, _, name in (known.partition("|"),) if one == str(made.number)]
    for states in (("fresh", "banded"), ("kept",)):
        choice = [name for name in mine if made.states.get(name) in states]
        choice = choice or [name for name, state in made.states.items() if state in states]
        if choice:
            break
    else:
        return False
    opened = [name for name in choice if name in made.last and made.last[name].hidden]
    for victim in opened or [min(choice, key=made.worth)]:
        made.withhold(victim)
        given.add(at(made.number, victim))
    return True


def _obvious(made: Draft) -> None:
    """What follows from a subtraction of numbers that are all said needs no solver."""
    said = made.fresh()
    for terms in endangered(made.layout, made.values, made.rules):
        if all(name in said for name, _ in terms):
            made.withhold(min((name for name, _ in terms), key=made.worth))
            said = made.fresh()


def _said(made: Draft) -> Published:
    kept = {n: made.last[n].value for n, state in made.states.items() if state == "kept" and made.base_of(n) is None}
    return Published(
        made.number,
        made.layout,
        made.fresh(),
        {name: band for name, band in made.bands.items() if made.states[name] == "banded"},
        {name: number for name, number in kept.items() if number is not None},
    )


def _wanted(made: Draft, earlier: Sequence[Published], previous: Sequence[Release]) -> list[Terms]:
    """Everything that has to stay unknown: of this release, and what earlier ones have hidden."""
    quiet = [((name, 1),) for name, state in made.states.items() if state in ("hidden", "banded")]
    now = [*endangered(made.layout, made.values, made.rules), *quiet, *_changes(made)]
    found = [terms_at(asked, made.number) for asked in dict.fromkeys(now)]
    for one in (one for one, said in zip(previous, earlier, strict=True) if not said.silent):
        hidden = [cell.id for cell in one.cells if (cell.hidden or cell.banded) and cell.reason != "not_recorded"]
        found += [((at(one.number, name), 1),) for name in hidden]
    last = next((one for one in reversed(earlier) if not one.silent), None)
    return [*found, *_unseen_changes(made, last)] if last else found


def _unseen_changes(made: Draft, last: Published) -> Iterable[Terms]:
    """Changes since the release before of what one of the two does not show: they may follow from the others."""
    both = set(cells(last.layout)).intersection(made.states)
    for found in sums(made.layout):
        names = {name for name, _ in found}
        shown = all(made.states[name] == "fresh" and name in last.exact for name in names)
        if names <= both and not shown:
            yield change(found, made.number, last.number)


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
