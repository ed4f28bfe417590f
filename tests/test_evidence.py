"""Which cells speak for a move."""

from datetime import date, timedelta

import numpy as np
import pytest
from two_reviews import SINCE
from women import AS_OF, PROGRAMME, A, frame, items, programme_text

from dashboard.evidence import Evidence, Row, evidence, last_of, rows_at
from dashboard.programme import parse_programme
from dashboard.readings import Cause


def day(number: int) -> date:
    return AS_OF + timedelta(days=number)


def found(before: Row, after: Row, cause: Cause) -> list[Evidence]:
    return list(evidence(before, after, cause, SINCE, AS_OF, PROGRAMME))


def test_progress_shows_what_is_dated_since_and_the_words_that_changed() -> None:
    before: Row = {"start_date": A - 90, "status": "in_training", "exit_reason": "family"}
    after: Row = {
        **before,
        "completion_date": A - 2,
        "enrol_date": A - 7,
        "exit_date": A + 1,
        "status": "finished",
        "exit_reason": "job",
    }
    assert found(before, after, "progress") == [
        Evidence("completion_date", None, day(-2)),
        Evidence("status", "in_training", "finished"),
    ]


def test_restatement_shows_whatever_changed_but_never_why_she_left() -> None:
    before: Row = {"completion_date": A - 90, "planned_end": A, "exit_reason": "family"}
    after: Row = {"completion_date": A - 95, "last_contact": A - 1, "exit_reason": "job"}
    assert found(before, after, "restated") == [
        Evidence("completion_date", day(-90), day(-95)),
        Evidence("planned_end", day(0), None),
        Evidence("last_contact", None, day(-1)),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"completion_date": A - 95}, [("window", -5)]),
        ({"completion_date": A - 97}, []),  # closed on the day of the last review
        ({"completion_date": A - 90, "planned_end": A - 6}, [("planned_end", -6), ("window", 0)]),
        ({"first_work_date": A - 91}, [("check_3", -1)]),
        ({"first_work_date_latest": A - 182}, [("check_6", -2)]),
        ({"first_work_date": A - 365}, [("check_12", 0)]),
        ({}, []),
    ],
)
def test_time_shows_what_fell_due(row: Row, expected: list[tuple[str, int]]) -> None:
    assert found(row, row, "time") == [Evidence(name, due=day(number)) for name, number in expected]


def test_a_cohorts_plan_counts_where_she_has_none() -> None:
    programme = parse_programme(programme_text(items("cohorts", "c1", more="planned_end = 2026-11-20")))
    row: Row = {"cohort": "c1"}
    assert list(evidence(row, row, "time", SINCE, AS_OF, programme)) == [Evidence("planned_end", due=day(-3))]
    own: Row = {"cohort": "c1", "planned_end": A + 4}
    assert list(evidence(own, own, "time", SINCE, AS_OF, programme)) == []


def test_rows_without_missing_cells() -> None:
    women = frame({"status": "placed"}, {"start_date": -3})
    last, first = rows_at(women, np.array([1, 0]))
    assert (last["woman"], last["start_date"], "status" in last) == ("P-001", A - 3, False)
    assert first["status"] == "placed"
    assert rows_at(women, np.array([], dtype=int)) == []


def test_the_last_day_of_a_vague_date() -> None:
    assert last_of({"completion_date_latest": A - 3, "completion_date_earliest": A - 9}, "completion_date") == day(-3)
    assert last_of({"completion_date": A - 5, "completion_date_latest": A - 5}, "completion_date") == day(-5)
    assert last_of({"exit_date": A}, "exit_date") == AS_OF
    assert last_of({}, "exit_date") is None
