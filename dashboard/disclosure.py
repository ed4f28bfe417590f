"""The only door to donors: true numbers in, a Release out, or the reasons why there is none.

The rules (field reference 4.3) hide what is too small; an attack by solver on everything published so far then finds
what follows from the rest, and the least valuable cells are withheld until nothing does.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.disclosure_attack import (
    Published,
    at,
    endangered,
    exposed,
    knowledge,
    misfits,
    published,
    terms_at,
)
from dashboard.disclosure_draft import Draft, draft
from dashboard.disclosure_rules import DisclosureRules
from dashboard.disclosure_solver import Contradiction
from dashboard.release import Cell, LeftOut, Median, Release
from dashboard.release_cells import WHOLE, Terms, amount, relations
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint

LEFT_OUT = (LeftOut(id="curve", code="curve_reveals"),)
_MEDIAN_STEP = 15  # days
_AT_ONCE = 3  # exposed sums of one component that are looked into before something is withheld


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is released: a code, and the cells it is about."""

    code: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """No release."""

    reasons: tuple[Refusal, ...]


def release(counts: Counts, previous: Sequence[Release], rules: DisclosureRules, imprint: Imprint) -> Release | Refused:
    """What may be shown outside of some counts, knowing every earlier release, the oldest first."""
    refusal = _impossible(counts, previous)
    if refusal:
        return Refused((refusal,))
    made = draft(counts.layout, counts.values, previous, rules)
    try:
        recoverable = protect(made, previous)
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


def protect(made: Draft, previous: Sequence[Release]) -> list[str]:
    """Withhold until nothing that is too small follows from what is said. Returns what cannot be protected.

    First this release by itself, which is quick, then together with all earlier ones.
    """
    earlier = [published(one) for one in previous]
    while True:
        lost = _withhold_until_safe(made, [], ()) or _withhold_until_safe(made, earlier, previous)
        if lost or not _settled(made):
            return lost


def _withhold_until_safe(made: Draft, earlier: Sequence[Published], previous: Sequence[Release]) -> list[str]:
    """The attack with some releases in hand, again and again until it finds nothing; what is left if it still does."""
    safe: set[Terms] = set()  # needs no second look before the last one
    while True:
        _obvious(made)
        said = _said(made)
        if said.silent:
            return []
        wanted = [asked for asked in _wanted(made, previous) if asked not in safe]
        found = exposed(knowledge([*earlier, said], made.rules), wanted, made.rules.min_count, _AT_ONCE)
        if not found and not safe:
            return []
        safe = safe.union(wanted).difference(found) if found else set()
        given: set[str] = set()
        for terms, blame in found.items():
            if blame and given.isdisjoint(blame) and not _yield_one(made, blame, given):
                return sorted({name.partition("|")[2] for name, _ in terms})
        if found and not given:
            return sorted({name.partition("|")[2] for terms in found for name, _ in terms})


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


def _wanted(made: Draft, previous: Sequence[Release]) -> list[Terms]:
    """Everything that has to stay unknown: of this release, and what earlier ones have hidden."""
    quiet = [((name, 1),) for name, state in made.states.items() if state in ("hidden", "banded")]
    now = [*endangered(made.layout, made.values, made.rules), *quiet, *_changes(made)]
    found = [terms_at(asked, made.number) for asked in dict.fromkeys(now)]
    for one in previous:
        hidden = [cell.id for cell in one.cells if (cell.hidden or cell.banded) and cell.reason != "not_recorded"]
        found += [((at(one.number, name), 1),) for name in hidden if one.news]
    return found


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


def assemble(made: Draft, counts: Counts, previous: Sequence[Release], imprint: Imprint) -> Release:
    """The release that a draft says."""
    cells = [_cell(made, name, previous) for name in made.states]
    absent = [Cell(id=f"{WHOLE}/{measure}", reason="not_recorded") for measure in counts.missing]
    return Release(
        number=made.number,
        as_of=counts.as_of,
        layout=counts.layout,
        cells=(*cells, *absent),
        median=_median(made, counts, previous),
        left_out=LEFT_OUT,
        **imprint.fields(counts.layout),
    )


def _cell(made: Draft, name: str, previous: Sequence[Release]) -> Cell:
    state, base = made.states[name], made.base_of(name)
    if state == "kept":
        old = made.last[name]
        return old.model_copy(update={"since": old.since or previous[-1].number})
    if state == "hidden":
        return Cell(id=name, reason="too_few")
    of = made.values[base] if base and made.states[base] == "fresh" else None
    if state == "banded":
        low, high = made.bands[name]
        return Cell(id=name, low=low, high=high, of=of)
    return Cell(id=name, value=made.values[name], of=of)


def _median(made: Draft, counts: Counts, previous: Sequence[Release]) -> Median:
    """Said anew only where enough more windows have closed, of enough women, and in steps that no one day shows in."""
    closed, last = f"{WHOLE}/closed", previous[-1].median if previous else Median(reason="not_mature")
    days, low, high = counts.median
    if made.states[closed] != "fresh" or made.values[closed] < 2 * made.rules.min_base:
        return last if last.days is None else last.model_copy(update={"since": last.since or previous[-1].number})
    if days is None:
        return Median(reason="not_mature")
    return Median(
        days=_MEDIAN_STEP * round(days / _MEDIAN_STEP),
        low=None if low is None else _MEDIAN_STEP * math.floor(low / _MEDIAN_STEP),
        high=None if high is None else _MEDIAN_STEP * math.ceil(high / _MEDIAN_STEP),
    )
