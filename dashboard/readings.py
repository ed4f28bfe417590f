"""Two rosters, read four times: what stands between an old number and a new one, taken apart exactly.

`since` is the day of the last review, `today` that of this one. The readings, in order:

1. known     the roster of then, as of `since`: what the last review saw.
2. restated  the roster of today, as of `since`: the same day as it is known now.
3. waited    the roster of today as of `today`, as if nothing dated in (since, today] had come yet.
4. now       the roster of today, as of `today`.

The steps between them are the three causes of every difference (field reference 2, "late corrections make past weeks
move"); each difference of a count is the sum of theirs, and no woman's step has two of them:

restated  1 -> 2  the past itself was told otherwise: a date of `since` or before was added, edited or removed, a row
                  came or went, or a word that carries no date was changed.
time      2 -> 3  nothing happened to her; a day passed on which something is counted: her window closed, her planned
                  end came, a follow-up fell due.
progress  3 -> 4  a fact dated in the period between the reviews, that day and today included: she came, started,
                  completed, was certified, found work, left, or answered a follow-up that fell due in it.

A vague date dates from its last day. A plan is no fact, and the last contact no step: neither is progress. A status
has no date: of a woman without a newer date it is taken to have stood then already, so that a change of it alone is
restated, as kind "undated", and a date in the sheet is what makes it progress.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.days import DATES, day_number
from dashboard.individuals import ABSENT, COUNTED, Flags, Numbers, individuals, matching
from dashboard.outcome import STATES
from dashboard.path import RETAINED, horizon
from dashboard.programme import Programme
from dashboard.roster import Roster
from dashboard.schema import BOUNDED_DATES
from dashboard.tally import Filters, Tally, tallies, tally

Cause = Literal["restated", "time", "progress"]
CAUSES: tuple[Cause, ...] = ("restated", "time", "progress")

FACTS = tuple(name for name in DATES if name not in ("planned_end", "last_contact"))
"""Dates of things that happen to a woman once."""

_STATES = tuple(f"outcome__{state}" for state in STATES)
_COLUMNS = tuple(dict.fromkeys(("place", *COUNTED, *_STATES)))


@dataclass(frozen=True)
class Women:
    """Everyone who is in either roster, each with her position in both frames (ABSENT where she is in one only)."""

    codes: tuple[str, ...]
    then: Numbers
    now: Numbers


@dataclass(frozen=True)
class Reading:
    """What one reading says of each of `Women`.

    `place` is a position in path.places or ABSENT, `outcome` one in outcome.STATES or ABSENT, `flags` the classes of
    individuals.COUNTED.
    """

    place: Numbers
    outcome: Numbers
    flags: Mapping[str, Flags]


@dataclass(frozen=True)
class Readings:
    """The four readings of one selection of women, and the tallies of those that are shown."""

    since: date
    today: date
    tally_known: Tally
    tally_restated: Tally
    tally_now: Tally
    women: Women
    known: Reading
    restated: Reading
    waited: Reading
    now: Reading

    def steps(self) -> Mapping[Cause, tuple[Reading, Reading]]:
        """The readings before and after each cause."""
        return {
            "restated": (self.known, self.restated),
            "time": (self.restated, self.waited),
            "progress": (self.waited, self.now),
        }


def readings(
    then: Roster, now: Roster, programme: Programme, since: date, today: date, filters: Filters | None = None
) -> Readings:
    """Read two rosters four times. Raises ValueError where `since` comes after `today`."""
    if since > today:
        raise ValueError("the last review comes after this one")
    wanted, women = filters or {}, _paired(then.frame, now.frame)
    restated, current = tallies(now, programme, (since, today))
    waited = delayed(now.frame, programme, day_number(since), day_number(today))
    return Readings(
        since,
        today,
        tally_known=tally(then, programme, since).where(wanted),
        tally_restated=restated.where(wanted),
        tally_now=current.where(wanted),
        women=women,
        known=_reading(then.frame, women.then, programme, since, wanted),
        restated=_reading(now.frame, women.now, programme, since, wanted),
        waited=_reading(waited, women.now, programme, today, wanted),
        now=_reading(now.frame, women.now, programme, today, wanted),
    )


def _paired(then: pd.DataFrame, now: pd.DataFrame) -> Women:
    """Match the rows of two frames by pseudonym: one hash of both columns."""
    both = pd.concat([then["woman"], now["woman"]], ignore_index=True)
    ids, codes = pd.factorize(both)
    before, after = np.full(len(codes), ABSENT), np.full(len(codes), ABSENT)
    before[ids[: len(then)]] = np.arange(len(then))
    after[ids[len(then) :]] = np.arange(len(now))
    return Women(tuple(map(str, codes)), before, after)


def _reading(frame: pd.DataFrame, rows: Numbers, programme: Programme, as_of: date, filters: Filters) -> Reading:
    """`rows`: the position of each woman in the frame."""
    table = individuals(frame, programme, day_number(as_of), _COLUMNS)
    table = table[matching(frame, filters)[table.index]]
    at = np.full(len(frame) + 1, ABSENT)  # one more: the last is where ABSENT points to
    at[table.index] = np.arange(len(table))
    row = at[rows]
    there = row != ABSENT
    outcome = np.select([table[name].to_numpy(dtype=bool) for name in _STATES], range(len(_STATES)), ABSENT)
    return Reading(
        place=_spread(table["place"].to_numpy(dtype=np.int64), row, there),
        outcome=_spread(outcome, row, there),
        flags={name: _flags(table[name].to_numpy(dtype=bool), row, there) for name in COUNTED},
    )


def _spread(values: Numbers, row: Numbers, there: Flags) -> Numbers:
    found = np.full(len(row), ABSENT)
    found[there] = values[row[there]]
    return found


def _flags(values: Flags, row: Numbers, there: Flags) -> Flags:
    found = np.zeros(len(row), dtype=bool)
    found[there] = values[row[there]]
    return found


def delayed(frame: pd.DataFrame, programme: Programme, since: int, today: int) -> pd.DataFrame:
    """The roster's frame as if nothing dated in (since, today] (day numbers) had come yet.

    Such dates are moved behind today, as far as the period is long, so that they lie ahead in the same order: a date
    that lies ahead also holds back the words that go with it. An answer to a follow-up that fell due is not there yet.
    """
    moved: dict[str, pd.Series] = {}
    late = today - since
    for name in FACTS:
        last = last_day(frame, name)
        hit = ((last > since) & (last <= today)).fillna(False).astype(bool)
        ends = (name, f"{name}_earliest", f"{name}_latest") if name in BOUNDED_DATES else (name,)
        moved |= {end: frame[end].where(~hit, frame[end] + late) for end in ends}
    hired = last_day(frame, "first_work_date")
    for stage, check in RETAINED.items():
        due = hired + horizon(stage, programme)
        moved[check] = frame[check].mask(((due > since) & (due <= today)).fillna(False).astype(bool))
    return frame.assign(**moved)


def last_day(frame: pd.DataFrame, name: str) -> pd.Series:
    """A date, or the last day of a vague one."""
    return frame[name].fillna(frame[f"{name}_latest"]) if name in BOUNDED_DATES else frame[name]
