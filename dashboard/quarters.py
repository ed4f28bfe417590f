"""Calendar quarters of day numbers, inside an engine, and work in the second quarter after leaving the programme.

Whole-number arithmetic on days since 1970-01-01, right from 1970 to 2099 (tested on every day).
"""

import narwhals as nw

from dashboard.days import among, any_of, known, pick
from dashboard.outcome import ANSWERS
from dashboard.path import RETAINED, STILL_WORKING, horizon, places
from dashboard.programme import Programme

_FOUR_YEARS = 1461  # days
_STARTS = (0, 90, 181, 273)  # of the quarters in a year that is no leap year


def quarter(day: str, into: str) -> list[list[nw.Expr]]:
    """Steps that add the quarter of a day as the column `into`, counted from 0 = January to March 1970."""
    year, of_year, leap = (f"{into}_{part}" for part in ("year", "of_year", "leap"))
    passed = [(nw.col(of_year) >= nw.col(leap) + start).cast(nw.Int32) for start in _STARTS[1:]]
    return [
        [((nw.col(day) * 4 + 2) // _FOUR_YEARS).alias(year)],
        [(nw.col(day) - _new_year(year)).alias(of_year), _leap(year).alias(leap)],
        [sum(passed, start=nw.col(year) * 4).alias(into)],
    ]


def first_day(number: str, into: str, later: int = 0) -> list[list[nw.Expr]]:
    """Steps that add the first day of the quarter so many quarters later, as the column `into`."""
    year, part = f"{into}_year", f"{into}_part"
    starts = [(nw.col(part) == place).cast(nw.Int32) * start for place, start in enumerate(_STARTS)]
    after_february = _leap(year) * (nw.col(part) > 0).cast(nw.Int32)
    return [
        [((nw.col(number) + later) // 4).alias(year), ((nw.col(number) + later) % 4).alias(part)],
        [sum(starts, start=_new_year(year) + after_february).alias(into)],
    ]


def _new_year(year: str) -> nw.Expr:
    """The first of January, so many years after 1970."""
    return nw.col(year) * 365 + (nw.col(year) + 1) // 4


def _leap(year: str) -> nw.Expr:
    return (nw.col(year) % 4 == 2).cast(nw.Int32)


def exit_quarter(programme: Programme, as_of: int) -> list[list[nw.Expr]]:
    """Steps that end in `exits__*`: of all who left the programme, completers and others, by work two quarters on.

    `exits__working`, `exits__not_working` and `exits__unknown` share out those whose second quarter after the quarter
    of leaving has closed; `exits__open` have not come so far; `exits__undated` left on an unknown day. The dead are in
    none (an exclusion of the American rule).
    """
    dead = nw.col("stock") == places(programme).index("deceased")
    left = (nw.col("reached_completed") | nw.col("left")) & nw.col("started") & ~dead
    day = pick((nw.col("completed__dated"), nw.col("completed_by")), otherwise=nw.col("exit_date"))
    dated = left & (day <= as_of)
    return [
        [left.alias("exited"), dated.alias("exit_dated"), day.alias("exit_day")],
        *quarter("exit_day", "exit_quarter"),
        *first_day("exit_quarter", "asked_from", later=2),
        *first_day("exit_quarter", "asked_beyond", later=3),
        _worked(programme, as_of),
        _exits(as_of),
    ]


def _worked(programme: Programme, as_of: int) -> list[nw.Expr]:
    """`was_working`: hired in the quarter, or found at work then. `was_not`: surely without."""
    start, beyond = nw.col("asked_from"), nw.col("asked_beyond")
    begun_in = (nw.col("hired_from") >= start) & (nw.col("hired_by") < beyond)
    seen = any_of(_seen(stage, check, programme, as_of) for stage, check in RETAINED.items())
    denied = any_of(
        _asked_then(stage, programme) & (nw.col(check) == "not_working") for stage, check in RETAINED.items()
    )
    heard = known("last_contact") & (nw.col("last_contact") >= beyond - 1)
    idle = ~known("hired_from") & ~nw.col("undated_work") & (heard | (nw.col("says_active") & ~known("last_contact")))
    late = known("hired_from") & (nw.col("hired_from") >= beyond)
    return [(begun_in | seen).alias("was_working"), (late | idle | denied).alias("was_not")]


def _asked_then(stage: str, programme: Programme) -> nw.Expr:
    """Whether a follow-up fell due in the quarter."""
    due = nw.col("hired_by") + horizon(stage, programme)
    return (due >= nw.col("asked_from")) & (due < nw.col("asked_beyond"))


def _seen(stage: str, check: str, programme: Programme, as_of: int) -> nw.Expr:
    """At work at a follow-up in the quarter, or with her first employer, begun by then, at a later one."""
    due = nw.col("hired_by") + horizon(stage, programme)
    then = _asked_then(stage, programme) & among(check, STILL_WORKING)
    through = (nw.col("hired_by") < nw.col("asked_beyond")) & (due >= nw.col("asked_from"))
    return (due <= as_of) & (then | (through & (nw.col(check) == ANSWERS[0])))


def _exits(as_of: int) -> list[nw.Expr]:
    closed = nw.col("exit_dated") & (nw.col("asked_beyond") - 1 <= as_of)
    works, not_at_work = nw.col("was_working"), nw.col("was_not")
    return [
        (closed & works).alias("exits__working"),
        (closed & ~works & not_at_work).alias("exits__not_working"),
        (closed & ~works & ~not_at_work).alias("exits__unknown"),
        (nw.col("exit_dated") & ~closed).alias("exits__open"),
        (nw.col("exited") & ~nw.col("exit_dated")).alias("exits__undated"),
    ]
