"""Progress split from restatement: what each cause adds to every indicator, and how the past came to be retold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from dashboard.days import NEVER, WORDS, day_number
from dashboard.indicators import Indicator, indicators
from dashboard.individuals import ABSENT, SHARES, Flags, Numbers, Share
from dashboard.readings import FACTS, Cause, Reading, Readings
from dashboard.roster import Roster
from dashboard.schema import BOUNDED_DATES, DIMENSIONS, UNSPECIFIED

Kind = Literal[
    "erased", "merged", "row_gone", "row_back", "late_row",
    "withdrawn", "correction", "late_entry", "undated", "contact", "overtaken",
]  # fmt: skip
"""How a woman's past was told otherwise; of several ways the first in this order.

erased      her row was erased on request.
merged      her row is now merged into another woman's: the same key, or the same woman enrolled again.
row_gone    her row is in the sheet no more.
row_back    her row had been there before the last review, was missing in it, and is back.
late_row    her row is new and has dates of before the last review.
withdrawn   a date of the last review or before was removed.
correction  such a date was changed, or changed to be one; or her plan, or the group she is in.
late_entry  such a date was added.
undated     only words changed (status, certificate, kind of work, follow-up): the sheet does not say since when.
contact     only the day of the last contact changed: it settles what was unknown.
overtaken   only newer dates came: they settle what was unknown (work found long after the window), or today's words no
            longer say what they said then.
"""

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Part:
    """Women added to (or, below 0, taken from) the two sides of an indicator."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator then as known then, then as known now, and now.

    Numerators and denominators: now - known = the sum of `parts`; parts["restated"] = the sum of `kinds`. The median
    counts days, not women: it has no parts.
    """

    id: str
    known: Indicator
    restated: Indicator
    now: Indicator
    parts: Mapping[Cause, Part]
    kinds: Mapping[Kind, Part]  # only those that change it


@dataclass(frozen=True)
class Rows:
    """What is remembered beyond the two rosters: pseudonyms that were erased, and those of before the last review."""

    erased: Collection[str] = frozenset()
    before: Collection[str] = frozenset()


def changes(found: Readings, kinds: Numbers) -> tuple[Change, ...]:
    """Every indicator, in the order of the path. `kinds` as `kinds_of` gives them."""
    known, restated, now = (indicators(one) for one in (found.tally_known, found.tally_restated, found.tally_now))
    return tuple(_change(name, known[name], restated[name], now[name], found, kinds) for name in now)


def _change(
    name: str, known: Indicator, restated: Indicator, now: Indicator, found: Readings, kinds: Numbers
) -> Change:
    share = SHARES.get(name)
    if share is None:
        return Change(name, known, restated, now, {}, {})
    steps = {cause: steps_of(share, *ends) for cause, ends in found.steps().items()}
    parts = {cause: Part(int(hits.sum()), int(women.sum())) for cause, (hits, women) in steps.items()}
    return Change(name, known, restated, now, parts, _by_kind(*steps["restated"], kinds))


def _by_kind(hits: Numbers, women: Numbers, kinds: Numbers) -> dict[Kind, Part]:
    touched = (hits != 0) | (women != 0)
    chosen = {kind: touched & (kinds == number) for number, kind in enumerate(KINDS)}
    return {kind: Part(int(hits[rows].sum()), int(women[rows].sum())) for kind, rows in chosen.items() if rows.any()}


def steps_of(share: Share, before: Reading, after: Reading) -> tuple[Numbers, Numbers]:
    """What each woman adds to the numerator and to the denominator on the way from one reading to another."""
    return _step(share.numerator, before, after), _step(share.denominator, before, after)


def _step(names: Collection[str], before: Reading, after: Reading) -> Numbers:
    """Classes of one side exclude each other, so that a woman counts at most once."""
    zero = np.zeros(len(after.place), dtype=np.int64)
    return sum((after.flags[name].astype(np.int64) - before.flags[name] for name in names), start=zero)


def kinds_of(found: Readings, then: Roster, now: Roster, rows: Rows) -> Numbers:
    """The kind of restatement of each woman of `found.women`, as a position in KINDS; ABSENT where her past stands.

    Her past stands where the readings `known` and `restated` say the same of her.
    """
    women, told = found.women, _retold(found)
    kinds = np.full(len(told), ABSENT)
    both = np.flatnonzero(told & (women.then != ABSENT) & (women.now != ABSENT))
    before, after = then.frame.iloc[women.then[both]], now.frame.iloc[women.now[both]]
    kinds[both] = _edited(before, after, day_number(found.since))
    gone, new = np.flatnonzero(told & (women.now == ABSENT)), np.flatnonzero(told & (women.then == ABSENT))
    kinds[gone] = _gone(found, gone, then, now, rows)
    kinds[new] = [KINDS.index("row_back" if women.codes[woman] in rows.before else "late_row") for woman in new]
    return kinds


def _retold(found: Readings) -> Flags:
    """Women of whom the two readings of the last review's day say different things."""
    known, restated = found.known, found.restated
    told: Flags = (known.place != restated.place) | (known.outcome != restated.outcome)
    for name, flags in known.flags.items():
        told |= flags != restated.flags[name]
    return told


def _gone(found: Readings, women: Numbers, then: Roster, now: Roster, rows: Rows) -> list[int]:
    """Why some rows of then are not there now."""
    merged = {(one.sheet, one.row) for one in now.findings if one.code in ("duplicate_merged", "re_enrolled")}
    at = then.frame.iloc[found.women.then[women]]
    places = zip(at["sheet"], at["row"], strict=True)
    codes = (found.women.codes[woman] for woman in women)
    return [
        KINDS.index("erased" if code in rows.erased else "merged" if place in merged else "row_gone")
        for code, place in zip(codes, places, strict=True)
    ]


def _edited(then: pd.DataFrame, now: pd.DataFrame, since: int) -> Numbers:
    """How rows that are in both frames, in the same order, were edited."""
    edits = [_dates_edited(days(then, name, first), days(now, name, first), since) for name in FACTS for first in ENDS]
    withdrawn, corrected, added = (np.logical_or.reduce(found) for found in zip(*edits, strict=True))
    corrected |= _differ(then, now, ("planned_end",), NEVER) | _differ(then, now, DIMENSIONS, UNSPECIFIED)
    told = {
        "withdrawn": withdrawn,
        "correction": corrected,
        "late_entry": added,
        "undated": _differ(then, now, WORDS, ""),
        "contact": _differ(then, now, ("last_contact",), NEVER),
    }
    return np.select(list(told.values()), [KINDS.index(kind) for kind in told], KINDS.index("overtaken"))


ENDS = ("last", "first")
"""The ends of a vague date; both are the date itself where it is exact."""


def days(frame: pd.DataFrame, name: str, end: str) -> Numbers:
    """An end of a date as day numbers, NEVER where it is missing."""
    vague = f"{name}_earliest" if end == "first" else f"{name}_latest"
    column = frame[name].fillna(frame[vague]) if name in BOUNDED_DATES else frame[name]
    return column.to_numpy(dtype=np.int64, na_value=NEVER)


def _dates_edited(before: Numbers, after: Numbers, since: int) -> tuple[Flags, Flags, Flags]:
    """Whether a date of the last review or before was removed, changed, or added."""
    old, there, here = (before <= since) | (after <= since), before < NEVER, after < NEVER
    return old & there & ~here, old & there & here & (before != after), old & ~there & here


def _differ(then: pd.DataFrame, now: pd.DataFrame, names: Sequence[str], missing: str | int) -> Flags:
    """Whether one of some columns is not the same."""
    differs = [then[name].fillna(missing).to_numpy() != now[name].fillna(missing).to_numpy() for name in names]
    found: Flags = np.logical_or.reduce(differs).astype(bool)
    return found
