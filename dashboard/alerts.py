"""Which women are to be talked about, reason by reason, from the columns that counting adds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from dashboard.individuals import Flags, Numbers
from dashboard.path import LEAVING, RETAINED, horizon, places
from dashboard.programme import Programme
from dashboard.schema import FIELDS, Kind

ReasonCode = Literal[
    "window_closing", "mark", "outcome_unknown", "certificate_pending", "overdue_training", "overdue_stage",
    "no_contact", "check_due",
]  # fmt: skip
"""window_closing       no work yet, and her window closes before the next review.
mark                 no work yet, and a day of rules.review.marks since her completion passes before the next review.
outcome_unknown      her window has closed; whether she was inserted in it is not known, or not since when.
certificate_pending  completed, certificate pending for longer than alert_days of the stage "certified".
overdue_training     in training after her planned end.
overdue_stage        at a step for longer than its alert_days.
no_contact           nobody has spoken to her for review.contact_days; women in training, at work or gone left out.
check_due            a follow-up after hiring fell due and has no answer; `day` is alert_days of its stage after that.
"""

REASONS: tuple[ReasonCode, ...] = get_args(ReasonCode)

_SINCE = {field.stage: field.id for field in FIELDS if field.stage and field.kind is Kind.DATE}
_SINCE |= {"completed": "completed_by", "placed": "hired_by", "followup": "completed_by"}
_OWN = ("certified", *RETAINED)  # their alert_days belong to certificate_pending and check_due


@dataclass(frozen=True)
class Alert:
    """One reason: which rows it concerns, and the day (a number) on which it falls due for each."""

    code: ReasonCode
    rows: Flags
    day: Numbers
    stage: str | None = None
    mark: int | None = None


def watched() -> tuple[str, ...]:
    """The columns of counting.classified that `alerts` reads."""
    kept = (f"{stage}__kept_{answer}" for stage in RETAINED for answer in ("unknown", "not_due"))
    flags = ("in_training", "paper__pending", "open_inserted", "reached_placed", "gone")
    outcome = ("outcome__open", "outcome__unknown", "outcome__undated")
    days = ("days_left", "completed_by", "hired_by", "plan", "last_contact", *_SINCE.values())
    return tuple(dict.fromkeys(("place", *flags, *outcome, *kept, *days)))


def alerts(women: pd.DataFrame, programme: Programme, as_of: int) -> list[Alert]:
    """Every reason, with the women whom it concerns. Of a woman who has died there is none."""
    alive = ~_at(women, programme, "deceased")
    found = [*_windows(women, programme, as_of), *_overdue(women, programme, as_of), *_checks(women, programme, as_of)]
    return [Alert(one.code, one.rows & alive, one.day, one.stage, one.mark) for one in found]


def waiting(women: pd.DataFrame, programme: Programme) -> Flags:
    """Women in an open window without work."""
    found: Flags = _flag(women, "outcome__open") & ~_flag(women, "open_inserted")
    return found & ~_at(women, programme, "deceased")


def unknown(women: pd.DataFrame) -> Flags:
    """Women whose window has closed with an unknown outcome, or with work of an unknown date."""
    found: Flags = _flag(women, "outcome__unknown") | _flag(women, "outcome__undated")
    return found


def contactable(women: pd.DataFrame, programme: Programme) -> Flags:
    """Women who would have to be called to know how they are: not in training, not at work, not gone."""
    found: Flags = ~(_flag(women, "in_training") | _flag(women, "reached_placed") | _flag(women, "gone"))
    return found & ~_at(women, programme, *LEAVING)


def _windows(women: pd.DataFrame, programme: Programme, as_of: int) -> Iterator[Alert]:
    """Days since completion that pass before the next review, and windows that closed on nothing known."""
    window, open_now = programme.rules.window_days, waiting(women, programme)
    completed = _day(women, "completed_by")
    for mark in sorted({*programme.review.marks, window}):
        day = completed + mark
        rows = open_now & (day >= as_of) & (day <= as_of + programme.review.days_ahead)
        if mark == window:
            yield Alert("window_closing", rows, day)
        elif mark < window:
            yield Alert("mark", rows, day, mark=mark)
    yield Alert("outcome_unknown", unknown(women), completed + window)


def _overdue(women: pd.DataFrame, programme: Programme, as_of: int) -> Iterator[Alert]:
    """What has been waited for too long."""
    limits = {stage.id: stage.alert_days for stage in (*programme.stages, *programme.now) if stage.alert_days}
    if "certified" in limits:
        day = _day(women, "completed_by") + limits["certified"]
        yield Alert("certificate_pending", _flag(women, "paper__pending") & (day < as_of), day)
    plan = _day(women, "plan")
    yield Alert("overdue_training", _flag(women, "in_training") & (plan < as_of), plan)
    for stage, limit in limits.items():
        if stage in _SINCE and stage not in _OWN:
            day = _day(women, _SINCE[stage]) + limit
            yield Alert("overdue_stage", _at(women, programme, stage) & (day < as_of), day, stage=stage)
    day = _day(women, "last_contact") + programme.review.contact_days
    yield Alert("no_contact", contactable(women, programme) & (day <= as_of), day)


def _checks(women: pd.DataFrame, programme: Programme, as_of: int) -> Iterator[Alert]:
    """The latest follow-up that fell due, if nobody asked: an earlier one cannot be asked for any more."""
    limits = {stage.id: stage.alert_days for stage in programme.stages}
    stages = sorted(RETAINED, key=lambda stage: horizon(stage, programme))
    for stage, after in zip(stages, [*stages[1:], None], strict=True):
        limit = limits.get(stage)
        if limit is None:
            continue
        rows = _flag(women, f"{stage}__kept_unknown")
        if after is not None:
            rows = rows & _flag(women, f"{after}__kept_not_due")
        yield Alert("check_due", rows, _day(women, "hired_by") + horizon(stage, programme) + limit, stage=stage)


def _at(women: pd.DataFrame, programme: Programme, *names: str) -> Flags:
    """Women who are in one of some places."""
    numbers = [places(programme).index(name) for name in names]
    found: Flags = np.isin(women["place"].to_numpy(dtype=np.int64), numbers)
    return found


def _flag(women: pd.DataFrame, name: str) -> Flags:
    found: Flags = women[name].to_numpy(dtype=bool)
    return found


def _day(women: pd.DataFrame, name: str) -> Numbers:
    """A day as a number; one that is missing (days.NEVER) lies behind any other, also with days added."""
    found: Numbers = women[name].to_numpy(dtype=np.int64)
    return found
