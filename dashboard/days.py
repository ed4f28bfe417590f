"""Day arithmetic inside an engine: whole numbers only, so that the same expression runs on any of them."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce

import narwhals as nw

from dashboard.programme import Programme
from dashboard.schema import BOUNDED_DATES, DIMENSIONS, FIELDS, UNSPECIFIED, Kind

EPOCH = date(1970, 1, 1).toordinal()
NEVER = 1_000_000  # stands for a missing day: later than any real one (it would be in the year 4707)

DATES = tuple(field.id for field in FIELDS if field.kind is Kind.DATE and field.id != "birth_date")
BOUNDS = tuple(f"{name}_{end}" for name in BOUNDED_DATES for end in ("earliest", "latest"))
NUMBERS = tuple(field.id for field in FIELDS if field.kind is Kind.NUMBER and field.id != "age")
NOTHING = -1.0  # stands for a missing number: below any real one
WORDS = ("status", "certificate", "work_kind", "exit_reason", "check_3", "check_6", "check_12")

AsOf = int | nw.Expr
"""The as-of day as a day number, or as the column that holds one where several days are counted at once."""


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def known(name: str) -> nw.Expr:
    """Whether a day is known at all."""
    return nw.col(name) < NEVER


def any_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Whether one of at least one condition holds."""
    return reduce(lambda left, right: left | right, conditions)


def among(name: str, values: Collection[str]) -> nw.Expr:
    """Whether a text is one of some values; of none, it is not (no text is "\\x01")."""
    return nw.col(name).is_in(sorted(values) or ["\x01"])


def total(*cases: tuple[nw.Expr, int], otherwise: int = 0) -> nw.Expr:
    """The number of the condition that holds, of conditions that exclude each other."""
    numbers = (condition.cast(nw.Int32) * (number - otherwise) for condition, number in cases)
    return reduce(lambda left, right: left + right, numbers) + otherwise


def pick(*cases: tuple[nw.Expr, int | nw.Expr], otherwise: int | nw.Expr = 0) -> nw.Expr:
    """The number of the first condition that holds."""
    expression = otherwise if isinstance(otherwise, nw.Expr) else nw.lit(otherwise)
    for condition, number in reversed(cases):
        expression = nw.when(condition).then(number).otherwise(expression)
    return expression


def span(end: str, start: str) -> nw.Expr:
    """Days between two days, 0 where the end comes first."""
    return nw.when(nw.col(end) > nw.col(start)).then(nw.col(end) - nw.col(start)).otherwise(0)


def filled() -> list[nw.Expr]:
    """The columns that counting reads, without nulls: a missing day is NEVER, a number NOTHING, a word empty."""
    days = [nw.col(name).fill_null(NEVER) for name in (*DATES, *BOUNDS)]
    words = [nw.col(name).fill_null("") for name in WORDS]
    numbers = [nw.col(name).fill_null(NOTHING) for name in NUMBERS]
    return [*(nw.col(name).fill_null(UNSPECIFIED) for name in DIMENSIONS), *days, *numbers, *words]


def bounded(programme: Programme) -> list[nw.Expr]:
    """`completed_from`/`completed_by` and `hired_from`/`hired_by` (equal where the date is exact), and `plan`.

    A plan is a woman's own planned end, else her cohort's.
    """
    ends = {"completed": "completion_date", "hired": "first_work_date"}
    first = [_end(f"{name}_earliest", name).alias(f"{alias}_from") for alias, name in ends.items()]
    last = [_end(f"{name}_latest", name).alias(f"{alias}_by") for alias, name in ends.items()]
    return [*first, *last, _plan(programme).alias("plan")]


def _end(end: str, exact: str) -> nw.Expr:
    return nw.when(known(exact)).then(nw.col(exact)).otherwise(nw.col(end))


def _plan(programme: Programme) -> nw.Expr:
    of_cohort = (
        (nw.col("cohort") == cohort.id, day_number(cohort.planned_end))
        for cohort in programme.cohorts
        if cohort.planned_end is not None
    )
    return pick((known("planned_end"), nw.col("planned_end")), *of_cohort, otherwise=NEVER)
