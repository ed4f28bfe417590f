"""Who needs us this week: women with the reasons, the days left, and what is at stake (field reference 2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.alerts import REASONS, Alert, ReasonCode, alerts, contactable, unknown, waiting, watched
from dashboard.days import NEVER, day_number
from dashboard.individuals import Flags, Numbers, individuals, matching
from dashboard.path import places
from dashboard.programme import Programme
from dashboard.roster import Roster
from dashboard.stakes import Stake, stake_of
from dashboard.tally import Tally

NOT_MAPPED = ("absence",)
"""Reasons that the field reference wants and no roster can give: there is no field of presence."""

OPEN, UNKNOWN, BEFORE, DECIDED = range(4)
"""What can still be changed: an open window; a closed one of unknown outcome, which a call may settle; a woman who has
not completed yet; nothing of the insertion rate any more."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a woman is on the list. `days_left` until `day`; below 0 it has passed."""

    code: ReasonCode
    day: date
    days_left: int
    stage: str | None = None  # of overdue_stage and check_due
    mark: int | None = None  # of mark: days since completion


@dataclass(frozen=True, slots=True)
class Case:
    """A woman on the list. Internal lists only."""

    woman: str  # pseudonym
    sheet: str
    row: int
    cohort: str
    track: str
    place: str
    reasons: tuple[Reason, ...]  # fewest days left first
    can_change: int  # OPEN, UNKNOWN, BEFORE or DECIDED
    window_left: int | None  # days until her window closes; only of OPEN
    whole: Stake | None  # what she does to the insertion rate of the view; only of OPEN and UNKNOWN
    of_cohort: Stake | None  # and to that of her cohort
    undated: bool = False  # in work, but since when is not known; only of UNKNOWN


@dataclass(frozen=True)
class FollowUp:
    """The list: `cases` are at most rules.review.most, `total` and `by_reason` are of all."""

    as_of: date
    cases: tuple[Case, ...]
    total: int
    by_reason: Mapping[ReasonCode, int]
    without_contact: int  # women watched for contact whose last contact is not recorded
    not_mapped: tuple[str, ...] = NOT_MAPPED


def follow_up(roster: Roster, tally: Tally) -> FollowUp:
    """The list of the women of a tally, which must count `roster`; as of the tally's day.

    In the order of what can still be changed: open windows first, the fewest days left on top; then women whose
    outcome is not known, the latest closed first; then those who have not completed, and at last those whom the
    insertion rate has behind it, the longest overdue first.
    """
    programme, as_of = tally.programme, day_number(tally.as_of)
    women = individuals(roster.frame, programme, as_of, watched())
    women = women[matching(roster.frame, tally.filters)[women.index]]
    found = alerts(women, programme, as_of)
    listed = np.flatnonzero(np.logical_or.reduce([alert.rows for alert in found]))
    state = _states(women, programme)
    order = listed[_ordered(women, state, found, as_of)[listed].argsort(kind="stable")]
    unheard = contactable(women, programme) & (women["last_contact"].to_numpy() >= NEVER)
    return FollowUp(
        as_of=tally.as_of,
        cases=tuple(_cases(women, order[: programme.review.most], state, found, roster, tally)),
        total=len(listed),
        by_reason=_by_reason(found),
        without_contact=int(unheard.sum()),
    )


def _states(women: pd.DataFrame, programme: Programme) -> Numbers:
    """What can still be changed, of each woman."""
    completed = women["completed_by"].to_numpy() < NEVER
    before = ~completed & ~women["reached_placed"].to_numpy(dtype=bool) & ~women["gone"].to_numpy(dtype=bool)
    return np.select([waiting(women, programme), unknown(women), before], [OPEN, UNKNOWN, BEFORE], DECIDED)


def _ordered(women: pd.DataFrame, state: Numbers, found: Sequence[Alert], as_of: int) -> Numbers:
    """A number that rises down the list."""
    soonest = np.min([np.where(alert.rows, alert.day, NEVER) for alert in found], axis=0) - as_of
    left = women["days_left"].to_numpy(dtype=np.int64)
    urgency = np.select([state == OPEN, state == UNKNOWN], [left, -left], soonest)
    return state * 4 * NEVER + urgency  # days are fewer than NEVER either way


def _by_reason(found: Sequence[Alert]) -> dict[ReasonCode, int]:
    """Women per reason; each once, whatever the steps and marks that concern her."""
    rows: dict[ReasonCode, Flags] = {}
    for alert in found:
        rows[alert.code] = rows[alert.code] | alert.rows if alert.code in rows else alert.rows
    return {code: int(rows[code].sum()) for code in REASONS if code in rows and rows[code].any()}


def _cases(
    women: pd.DataFrame, order: Numbers, state: Numbers, found: Sequence[Alert], roster: Roster, tally: Tally
) -> Iterator[Case]:
    """The women at some positions of the table, in this order."""
    names, rows = places(tally.programme), roster.frame.iloc[women.index[order]]
    stakes = _Stakes(tally)
    for position, row in zip(order, rows.to_dict("records"), strict=True):
        can_change, cohort = int(state[position]), str(row["cohort"])
        yield Case(
            woman=str(row["woman"]),
            sheet=str(row["sheet"]),
            row=int(row["row"]),
            cohort=cohort,
            track=str(row["track"]),
            place=names[women["place"].iloc[position]],
            reasons=tuple(sorted(_reasons(found, position, tally.as_of), key=lambda reason: reason.days_left)),
            can_change=can_change,
            window_left=int(women["days_left"].iloc[position]) if can_change == OPEN else None,
            whole=stakes.of(None, can_change),
            of_cohort=stakes.of(cohort, can_change),
            undated=can_change == UNKNOWN and bool(women["outcome__undated"].iloc[position]),
        )


class _Stakes:
    """Stakes by cohort, each worked out once; None: the whole view."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._known: dict[tuple[str | None, int], Stake] = {}

    def of(self, cohort: str | None, can_change: int) -> Stake | None:
        """The stake of a woman; None where the rate no longer or not yet depends on her."""
        if can_change not in (OPEN, UNKNOWN):
            return None
        if (cohort, can_change) not in self._known:
            part = self._tally if cohort is None else self._tally.where({"cohort": (cohort,)})
            self._known[cohort, can_change] = stake_of(part, waiting=can_change == OPEN)
        return self._known[cohort, can_change]


def _reasons(found: Sequence[Alert], position: int, as_of: date) -> Iterator[Reason]:
    for alert in found:
        if alert.rows[position]:
            left = int(alert.day[position]) - day_number(as_of)
            yield Reason(alert.code, as_of + timedelta(days=left), left, alert.stage, alert.mark)
