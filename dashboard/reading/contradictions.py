"""Dates and statuses of a row that cannot all be true (field reference 5.2, No. 21)."""

from datetime import date

import numpy as np
import pandas as pd

from dashboard.programme import Programme
from dashboard.reading.columns import Floats, Mask
from dashboard.reading.dates import days
from dashboard.reading.table import Table
from dashboard.schema import FIELDS, Kind

_EVENTS = tuple(field.id for field in FIELDS if field.kind is Kind.DATE and field.id != "birth_date")
# (earlier, later, finding): the later field is taken back.
_IMPOSSIBLE = (
    *(("birth_date", day, "before_birth") for day in _EVENTS),
    ("start_date", "completion_date", "before_start"),
    ("start_date", "first_work_date", "before_start"),
)
# Possible, or not known which of the two is wrong: both are kept.
_UNUSUAL = (
    ("completion_date", "first_work_date", "hired_before_completion"),
    *(
        (earlier, later, "dates_out_of_order")
        for earlier, later in (
            ("contact_date", "start_date"),
            ("selection_date", "start_date"),
            ("enrol_date", "start_date"),
            ("start_date", "vocational_start"),
            ("start_date", "internship_start"),
            ("start_date", "planned_end"),
            ("start_date", "exit_date"),
            ("completion_date", "certificate_date"),
        )
    ),
)
_LEFT_UNFINISHED = frozenset({"dropped", "declined"})
_STAGES = [field.stage for field in FIELDS if field.stage]
_DONE = frozenset(_STAGES[_STAGES.index("completed") :])  # whoever reached one of these has completed


def lend_dates(table: Table) -> None:
    """Dates found in the status and the certificate go to their own field where that is empty (No. 24)."""
    for lender, field in (("status", "first_work_date"), ("certificate", "certificate_date")):
        column = table.columns.get(lender)
        if column is None:
            continue
        days = column.numbers(lambda reading: reading.aside)
        taken = ~np.isnan(days) & np.isnan(table.low(field)) & table.women
        for numbers in (table.numbers, table.lows, table.highs):
            if field in numbers:
                numbers[field][taken] = days[taken]
        table.lenders[field] = (column.letter, taken)


def resolve(table: Table, programme: Programme, today: date) -> None:
    """Take back what cannot be and warn about what is unusual; a finding about two cells names both."""
    for earlier, later, code in _IMPOSSIBLE:
        rows = _reversed(table, earlier, later)
        _report(table, rows, earlier, later, code)
        table.refuse(later, rows)
    for earlier, later, code in _UNUSUAL:
        _report(table, _reversed(table, earlier, later), earlier, later, code)
    _check_statuses(table, programme)
    _miss_completion(table, programme, days(today))
    certificate = table.texts["certificate"]
    undone = table.women & ((certificate == "no") | (certificate == "pending"))
    dated = undone & ~np.isnan(table.numbers["certificate_date"])
    _report(table, dated, "certificate_date", "certificate", "certificate_contradicts_date")


def _reversed(table: Table, earlier: str, later: str) -> Mask:
    """Rows in which the later day lies before the earlier one, whatever vague dates may mean."""
    return table.women & (table.high(later) < table.low(earlier))


def _report(table: Table, rows: Mask, other: str, field: str, code: str) -> None:
    table.log.cells(
        code, np.flatnonzero(rows), field, lambda row: table.letter(field, row), lambda row: table.letter(other, row)
    )


def _check_statuses(table: Table, programme: Programme) -> None:
    """A status without its date, and a status that the dates have overtaken."""
    stages = [stage.id for stage in programme.stages]
    before = set(stages[: stages.index("completed")]) if "completed" in stages else set[str]()
    working = {status.id for status in programme.statuses if status.kind is not None}
    unfinished = {status.id for status in programme.statuses if status.now in before | _LEFT_UNFINISHED}
    status = pd.Series(table.texts["status"])
    undated = table.women & status.isin(working).to_numpy() & np.isnan(table.low("first_work_date"))
    table.log.cells("placed_without_date", np.flatnonzero(undated), "status", lambda row: table.letter("status", row))
    overtaken = table.women & status.isin(unfinished).to_numpy() & ~np.isnan(table.numbers["completion_date"])
    _report(table, overtaken, "completion_date", "status", "status_contradicts_dates")


def _miss_completion(table: Table, programme: Programme, today: int) -> None:
    """Women who have completed, as their status, certificate or job says, but whose day of completion was left blank.

    Not those whose training goes on: they may have found work early.
    """
    column = table.columns.get("completion_date")
    if column is None:
        return
    status, certificate = pd.Series(table.texts["status"]), table.texts["certificate"]
    done = status.isin({one.id for one in programme.statuses if one.reached in _DONE}).to_numpy()
    going_on = status.isin({one.id for one in programme.statuses if one.reached not in _DONE}).to_numpy()
    proven = (certificate == "yes") | ~np.isnan(table.numbers["certificate_date"])
    works = ~np.isnan(table.low("first_work_date")) & ~going_on
    missing = table.women & (done | proven | works) & ~column.filled & ~(_planned_end(table, programme) > today)
    table.log.cells("completed_without_date", np.flatnonzero(missing), "completion_date", lambda _: column.letter)


def _planned_end(table: Table, programme: Programme) -> Floats:
    """The planned end of each row, its own or its cohort's; NaN where there is none."""
    of_cohort = {one.id: days(one.planned_end) for one in programme.cohorts if one.planned_end is not None}
    planned = pd.Series(table.texts["cohort"]).map(of_cohort).to_numpy(dtype=float)
    own = table.numbers["planned_end"]
    return np.where(np.isnan(own), planned, own)
