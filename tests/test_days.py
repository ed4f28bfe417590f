"""Day arithmetic, tried on a small frame."""

from datetime import date

import narwhals as nw
import pandas as pd
import pytest
from women import A, frame, items, programme_text

from dashboard.days import (
    BOUNDS,
    DATES,
    NEVER,
    WORDS,
    among,
    any_of,
    bounded,
    day_number,
    filled,
    known,
    pick,
    span,
    total,
)
from dashboard.programme import parse_programme
from dashboard.schema import DIMENSIONS

FRAME = nw.from_native(pd.DataFrame({"a": [3, NEVER, 7], "b": [5, 2, NEVER], "word": ["x", "y", ""]}))


def values(expression: nw.Expr) -> list[int]:
    return FRAME.select(expression.alias("result"))["result"].to_list()


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(1970, 1, 1), 0), (date(1969, 12, 31), -1), (date(2024, 11, 20), 20047), (date(2026, 11, 23), 20780)],
)
def test_day_numbers(day: date, number: int) -> None:
    assert day_number(day) == number


def test_never_lies_beyond_any_date() -> None:
    assert day_number(date(3000, 1, 1)) < NEVER
    assert values(known("a")) == [True, False, True]


def test_conditions() -> None:
    assert values(any_of([nw.col("a") < 5, nw.col("b") < 3])) == [True, True, False]
    assert values(among("word", {"x", "z"})) == [True, False, False]
    assert values(among("word", set())) == [False, False, False]


def test_the_first_condition_that_holds_counts() -> None:
    assert values(pick((nw.col("a") < 5, 1), (nw.col("b") < 9, 2))) == [1, 2, 0]
    assert values(pick((nw.col("a") < 5, nw.col("b")), otherwise=-1)) == [5, -1, -1]
    assert values(pick((nw.col("a") < 5, 4), otherwise=nw.col("b"))) == [4, 2, NEVER]


def test_conditions_that_exclude_each_other() -> None:
    cases = [(nw.col("word") == "x", 4), (nw.col("word") == "y", 0)]
    assert values(total(*cases, otherwise=-1)) == [4, 0, -1]
    assert values(total(*cases)) == [4, 0, 0]


def test_spans_are_never_negative() -> None:
    assert values(span("b", "a")) == [2, 0, NEVER - 7]
    assert values(span("a", "b"))[:2] == [0, NEVER - 2]


def test_nothing_is_missing_once_filled() -> None:
    empty = frame({}).assign(cohort=pd.Series([None], dtype="string"))
    row = nw.from_native(empty).select(*filled()).to_native().iloc[0]
    assert {row[name] for name in (*DATES, *BOUNDS)} == {NEVER}
    assert {row[name] for name in WORDS} == {""}
    assert {row[name] for name in DIMENSIONS} == {"unspecified"}


PLANNED = items("cohorts", "c1", more="planned_end = 2026-12-24") + items("cohorts", "c2")  # 31 days ahead


def test_an_exact_day_is_both_ends_and_a_womans_own_plan_comes_first() -> None:
    women = frame(
        {"completion_date": -9, "cohort": "c1"},
        {"completion_date_earliest": -9, "completion_date_latest": -3, "cohort": "c2"},
        {"first_work_date": 0, "cohort": "c1", "planned_end": -20},
        {"cohort": "c3"},
    )
    for name in BOUNDS:  # an exact date needs no ends beside it
        women[name] = women[name].where(women[name.rpartition("_")[0]].isna())
    ready = nw.from_native(women).select(*filled())
    found = ready.select(*bounded(parse_programme(programme_text(PLANNED)))).to_native()
    assert found.to_dict("list") == {
        "completed_from": [A - 9, A - 9, NEVER, NEVER],
        "hired_from": [NEVER, NEVER, A, NEVER],
        "completed_by": [A - 9, A - 3, NEVER, NEVER],
        "hired_by": [NEVER, NEVER, A, NEVER],
        "plan": [A + 31, NEVER, A - 20, NEVER],
    }
