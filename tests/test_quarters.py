"""Calendar quarters against the calendar, and work in the second quarter after leaving, woman by woman."""

from datetime import date, timedelta
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from deeper_women import class_of, days_to, detailed_women

from dashboard.quarters import first_day, quarter

EPOCH = date(1970, 1, 1)
STATES = ("working", "not_working", "unknown", "open", "undated")


def start_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def test_every_day_until_2099_lies_in_its_quarter() -> None:
    days = [EPOCH + timedelta(number) for number in range((date(2100, 1, 1) - EPOCH).days)]
    table = nw.from_native(pd.DataFrame({"day": np.arange(len(days))})).lazy()
    for step in (*quarter("day", "quarter"), *first_day("quarter", "first"), *first_day("quarter", "next", later=1)):
        table = table.with_columns(*step)
    found = table.collect().to_pandas()
    assert found["quarter"].tolist() == [(day.year - 1970) * 4 + (day.month - 1) // 3 for day in days]
    assert found["first"].tolist() == [(start_of_quarter(day) - EPOCH).days for day in days]
    following = [start_of_quarter(start_of_quarter(day) + timedelta(100)) for day in days]
    assert found["next"].tolist() == [(day - EPOCH).days for day in following]


# Who left on 10 February 2026 is asked about July to September 2026, which has closed by 23 November.
LEFT = days_to(date(2026, 2, 10))
ASKED_FROM, ASKED_UNTIL = days_to(date(2026, 7, 1)), days_to(date(2026, 9, 30))


def check(cases: list[tuple[dict[str, Any], str | None]], **common: Any) -> None:
    """The class of women who started, completed on that day and are as each case says."""
    known = {"start_date": -500, "completion_date": LEFT} | common
    women = [{name: value for name, value in (known | case).items() if value is not None} for case, _ in cases]
    assert class_of(detailed_women(*women), "exits", STATES) == [expected for _, expected in cases]


def test_the_day_of_hiring_decides() -> None:
    check(
        [
            ({"first_work_date": ASKED_FROM - 1}, "unknown"),  # hired before: did it last?
            ({"first_work_date": ASKED_FROM}, "working"),
            ({"first_work_date": ASKED_UNTIL}, "working"),
            ({"first_work_date": ASKED_UNTIL + 1}, "not_working"),
        ],
        status="placed",
    )


def test_follow_ups_show_whether_it_lasted() -> None:
    check(
        [
            ({"first_work_date": ASKED_FROM - 90, "check_3": "working"}, "working"),  # due on the quarter's first day
            ({"first_work_date": ASKED_FROM - 91, "check_3": "working"}, "unknown"),  # due the day before
            ({"first_work_date": ASKED_UNTIL - 180, "check_6": "working"}, "working"),  # due on its last day
            ({"first_work_date": ASKED_UNTIL - 179, "check_6": "working"}, "unknown"),  # the day after: a new job?
            ({"first_work_date": ASKED_UNTIL - 179, "check_6": "same_employer"}, "working"),  # begun before it
            ({"first_work_date": ASKED_FROM - 91, "check_3": "same_employer"}, "unknown"),  # may have ended since
            ({"first_work_date": ASKED_FROM - 90, "check_3": "not_working"}, "not_working"),
            ({"first_work_date": ASKED_FROM - 91, "check_3": "not_working"}, "unknown"),
            ({"first_work_date": ASKED_FROM - 90, "check_3": "not_working", "check_6": "working"}, "working"),
            ({"first_work_date": -179, "check_6": "same_employer"}, "unknown"),  # written before it was due
        ],
        status="placed",
    )


def test_women_without_a_job() -> None:
    last_of_march, first_of_april = days_to(date(2026, 3, 31)), days_to(date(2026, 4, 1))
    check(
        [
            ({"status": "seeking"}, "not_working"),
            ({"status": "finished"}, "unknown"),
            ({"status": "finished", "last_contact": ASKED_UNTIL}, "not_working"),
            ({"status": "finished", "last_contact": ASKED_UNTIL - 1}, "unknown"),
            ({"status": "seeking", "last_contact": ASKED_UNTIL - 1}, "unknown"),
            ({"status": "placed"}, "unknown"),  # at work, nobody knows since when
            ({"status": "deceased"}, None),
            ({"status": "seeking", "completion_date": last_of_march}, "not_working"),
            ({"status": "seeking", "completion_date": first_of_april}, "open"),  # October to December
        ]
    )


def test_leavers_are_asked_like_completers() -> None:
    check(
        [
            ({"exit_date": LEFT, "last_contact": ASKED_UNTIL}, "not_working"),
            ({"exit_date": LEFT}, "unknown"),
            ({"exit_date": LEFT, "first_work_date": ASKED_FROM}, "working"),
            ({}, "undated"),
            ({"exit_date": LEFT, "start_date": None}, None),  # never started
            ({"status": "in_training"}, None),
            ({"status": "finished"}, "undated"),  # completed, nobody knows when
        ],
        completion_date=None,
        status="dropped",
    )


def test_the_quarter_is_closed_on_its_last_day() -> None:
    woman = {"start_date": -500, "completion_date": LEFT, "status": "seeking"}
    for as_of, expected in ((date(2026, 9, 29), "open"), (date(2026, 9, 30), "not_working")):
        assert class_of(detailed_women(woman, as_of=as_of), "exits", STATES) == [expected]
