"""The cells that say why a woman is elsewhere than at the last review: days, and ids of words. Internal lists only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.individuals import Numbers
from dashboard.path import RETAINED, horizon
from dashboard.programme import Programme
from dashboard.readings import FACTS, Cause
from dashboard.schema import BOUNDED_DATES

Row = Mapping[str, Any]
"""The cells of a woman's row by column of the roster frame."""

_EPOCH = date(1970, 1, 1)
_SAID = ("status", "certificate", "work_kind", *RETAINED.values())  # why she left is sensitive: not shown


@dataclass(frozen=True, slots=True)
class Evidence:
    """A field as it stood at the last review and as it stands now: a day (the last of a vague one) or a word's id.

    With `due`, it is not a cell but a day that passed: field "window", "planned_end" or a follow-up.
    """

    field: str
    then: date | str | None = None
    now: date | str | None = None
    due: date | None = None


def rows_at(frame: pd.DataFrame, rows: Numbers) -> list[Row]:
    """The rows of a frame at some positions, without missing cells."""
    records = frame.iloc[rows].to_dict("records")
    return [{str(name): cell for name, cell in record.items() if not pd.isna(cell)} for record in records]


def evidence(
    before: Row, after: Row, cause: Cause, since: date, today: date, programme: Programme
) -> Iterator[Evidence]:
    """What speaks for a move. An empty row stands for a woman who is not in that roster."""
    if cause == "time":
        yield from _dues(after, since, today, programme)
        return
    for name in (*FACTS, *(("planned_end", "last_contact") if cause == "restated" else ())):
        then, now = last_of(before, name), last_of(after, name)
        fresh = now is not None and since < now <= today
        if (fresh and cause == "progress") or (then != now and cause == "restated"):
            yield Evidence(name, then, now)
    for name in _SAID:
        if before.get(name) != after.get(name):
            yield Evidence(name, before.get(name), after.get(name))


def last_of(row: Row, name: str) -> date | None:
    """A date of a row, or the last day of a vague one."""
    found = row.get(name, row.get(f"{name}_latest") if name in BOUNDED_DATES else None)
    return None if found is None else _EPOCH + timedelta(days=int(found))


def _dues(row: Row, since: date, today: date, programme: Programme) -> Iterator[Evidence]:
    """The days on which something fell due for her between the reviews."""
    completed, hired = last_of(row, "completion_date"), last_of(row, "first_work_date")
    cohorts = {cohort.id: cohort.planned_end for cohort in programme.cohorts}
    days = {
        "planned_end": last_of(row, "planned_end") or cohorts.get(str(row.get("cohort"))),
        "window": completed and completed + timedelta(days=programme.rules.window_days),
    }
    days |= {check: hired and hired + timedelta(days=horizon(stage, programme)) for stage, check in RETAINED.items()}
    for name, day in days.items():
        if day is not None and since < day <= today:
            yield Evidence(name, due=day)
