"""The only door to donors: true numbers in, a Release out, or the reasons why there is none.

The rules (field reference 4.3) hide what is too small; an attack by solver on everything published so far then finds
what follows from the rest, and the least valuable cells are withheld until nothing does.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.disclosure_attack import (
    Published,
    Wanted,
    endangered,
    exposed,
    knowledge,
    misfits,
    published,
    terms_at,
    unsaid,
)
from dashboard.disclosure_audit import Contradiction
from dashboard.disclosure_draft import Draft, draft
from dashboard.disclosure_rules import DisclosureRules
from dashboard.release import Cell, LeftOut, Median, Release
from dashboard.release_cells import WHOLE, amount, relations, value
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint

LEFT_OUT = (LeftOut(id="curve", code="curve_reveals"),)
_MEDIAN_STEP = 15  # days


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
    """Withhold until nothing that is too small follows from what is said. Returns what cannot be protected."""
    number = len(previous) + 1
    earlier = [published(one) for one in previous]
    while True:
        _obvious(made)
        found = exposed(knowledge([*earlier, _said(made, number)], made.rules), _wanted(made, number, previous))
        if not found:
            bent = misfits(
                relations(made.layout), made.told(), made.values, lambda name: value(name, made.values[name])
            )
            if not bent:
                return []
            for name in bent:
                made.withhold(name)
            continue
        for terms, blame in found:
            if not _yield_one(made, number, blame):
                return sorted({name.partition("|")[2] for name, _ in terms})


def _yield_one(made: Draft, number: int, blame: Iterable[str]) -> bool:
    """Withhold the least valuable of the cells that give something away, unless one of them was withheld already."""
    mine = [name for known in blame for one, _, name in (known.partition("|"),) if one == str(number)]
    open_ones = [name for name in mine if made.states.get(name) in ("fresh", "banded")]
    if mine and len(open_ones) < len(mine):
        return True
    choice = open_ones or [name for name, state in made.states.items() if state in ("fresh", "banded")]
    if not choice:
        return False
    made.withhold(min(choice, key=lambda name: value(name, made.values[name])))
    return True


def _obvious(made: Draft) -> None:
    """What follows from a subtraction of numbers that are all said needs no solver."""
    said = made.fresh()
    for terms, _ in endangered(made.layout, made.values, made.rules):
        if all(name in said for name, _ in terms):
            made.withhold(min((name for name, _ in terms), key=lambda name: value(name, made.values[name])))
            said = made.fresh()


def _said(made: Draft, number: int) -> Published:
    kept = {n: made.last[n].value for n, state in made.states.items() if state == "kept" and made.base_of(n) is None}
    return Published(
        number,
        made.layout,
        made.fresh(),
        {name: band for name, band in made.bands.items() if made.states[name] == "banded"},
        {name: number for name, number in kept.items() if number is not None},
    )


def _wanted(made: Draft, number: int, previous: Sequence[Release]) -> list[Wanted]:
    """Everything that has to stay unknown: of this release, and what earlier ones have hidden."""
    quiet = [name for name, state in made.states.items() if state in ("hidden", "banded")]
    now = [*endangered(made.layout, made.values, made.rules), *unsaid(made.layout, quiet, made.rules), *_changes(made)]
    found = [(terms_at(terms, number), few) for terms, few in dict.fromkeys(now)]
    for one in previous:
        hidden = [cell.id for cell in one.cells if (cell.hidden or cell.banded) and cell.reason != "not_recorded"]
        if one.news:
            found += [(terms_at(terms, one.number), few) for terms, few in unsaid(one.layout, hidden, made.rules)]
    return found


def _changes(made: Draft) -> Iterable[Wanted]:
    """Too few women who have changed a number, or the rest beside it, since it was last said."""
    for name, told in made.shown.items():
        if name not in made.states:
            continue
        base, few = made.base_of(name), made.least(name)
        for old in told if made.cumulative(name) else told[-1:]:
            rise = made.values[name] - (old.value or 0)
            if 0 < abs(rise) < few:
                yield ((name, 1),), few
            if base and old.of and 0 < abs(made.values[base] - old.of - rise) < few:
                yield ((base, 1), (name, -1)), few


def assemble(made: Draft, counts: Counts, previous: Sequence[Release], imprint: Imprint) -> Release:
    """The release that a draft says."""
    cells = [_cell(made, name, previous) for name in made.states]
    absent = [Cell(id=f"{WHOLE}/{measure}", reason="not_recorded") for measure in counts.missing]
    return Release(
        number=len(previous) + 1,
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
