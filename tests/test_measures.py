"""Dropout, retention, time between stages and satisfaction of hand-written rosters, counted on paper."""

from typing import Any

import numpy as np
import pytest
from deeper_women import deeper

from dashboard.measures import dropout, retentions, satisfaction, share_of_known, time_between
from dashboard.tally import Tally

# Fourteen women who came to the door; twelve started (two left before).
DROPOUTS: list[dict[str, Any]] = [
    {"start_date": -200, "exit_date": -150, "exit_reason": "family", "status": "dropped"},
    {"start_date": -200, "exit_date": -150, "exit_reason": "family"},  # the date alone says so
    {"start_date": -200, "status": "dropped", "exit_reason": "health", "vocational_start": -120},
    {
        "start_date": -200,
        "vocational_start": -150,
        "internship_start": -90,
        "exit_date": -80,
        "exit_reason": "pregnancy",
    },
    {"start_date": -200, "internship_start": -90, "exit_date": -80},  # no reason; the training stage is inferred
    {"start_date": -200, "exit_date": -100, "exit_reason": "job"},  # found work: no dropout
    {"start_date": -200, "exit_date": -100, "first_work_date": -90},  # so did she
    {"start_date": -200, "exit_date": 3, "exit_reason": "health"},  # leaves in three days
    {"start_date": -200, "completion_date": -20, "exit_date": -10},  # completed first
    {"start_date": -200, "status": "in_training"},
    {"start_date": -200, "status": "lost"},  # out of reach before completing: has left
    {"start_date": -200, "completion_date": -20, "status": "lost"},  # out of reach since
    {"contact_date": -200, "status": "declined"},
    {"enrol_date": -200, "exit_date": -190, "exit_reason": "family"},
]


def test_dropout_by_stage_and_reason() -> None:
    found = dropout(deeper(*DROPOUTS))
    assert (found.rate.id, found.rate.numerator, found.rate.denominator) == ("dropout", 6, 12)
    assert found.by_stage == {"softskills": 3, "training": 1, "internship": 2}
    assert found.by_reason == {"family": 2, "health": 1, "pregnancy": 1, "unspecified": 2}
    assert list(found.by_reason) == ["family", "health", "pregnancy", "unspecified"]
    assert found.left_for_job == 2


def test_dropout_of_a_group_and_of_nobody() -> None:
    women = [woman | {"cohort": "c1" if number < 3 else "c2"} for number, woman in enumerate(DROPOUTS)]
    whole = deeper(*women)
    parts = [dropout(part) for part in whole.split("cohort").values()]
    assert [part.rate.numerator for part in parts] == [3, 3]
    assert parts[0].by_stage == {"softskills": 2, "training": 1, "internship": 0}
    nobody = dropout(whole.where({"cohort": ("c9",)}))
    assert (nobody.rate.value, nobody.by_reason) == (None, {})


def hired(days_ago: int, **more: Any) -> dict[str, Any]:
    return {"completion_date": -days_ago - 10, "first_work_date": -days_ago, "status": "placed", **more}


RETAINED = [
    *(hired(400, check_3="same_employer", check_6="same_employer", check_12="same_employer") for _ in range(3)),
    *(hired(400, check_3="same_employer", check_6="working", check_12="not_working") for _ in range(2)),
    hired(365, check_3="working", check_12="working"),  # due today
    hired(364, check_3="working", check_12="same_employer"),  # due tomorrow: not asked
    hired(200, check_3="not_working"),
    hired(200),  # never asked
    hired(89, check_3="working"),
    {"completion_date": -300, "status": "placed"},  # since when?
    {"completion_date": -300, "status": "seeking"},
]


def test_retention() -> None:
    three, six, twelve = retentions(deeper(*RETAINED))
    assert (three.any_employer.numerator, three.any_employer.denominator) == (7, 9)
    assert (three.with_same, three.working, three.not_working, three.unknown) == (5, 2, 1, 1)
    assert (three.not_due, three.undated, three.days) == (1, 1, 90)
    assert (three.same_employer.numerator, three.same_employer.denominator) == (5, 9)
    assert [found.stage for found in (three, six, twelve)] == ["retained_3", "retained_6", "retained_12"]
    assert (three.any_employer.id, three.same_employer.id) == ("retention_3", "retention_3_same")
    assert (twelve.any_employer.id, twelve.same_employer.id) == ("retention_12", "retention_12_same")
    assert [(found.any_employer.open, found.same_employer.open) for found in (three, twelve)] == [(1, 1), (4, 4)]
    assert (three.any_employer.unknown, three.same_employer.unknown) == (1, 3)
    assert (three.any_employer.worst, three.any_employer.best) == pytest.approx((7 / 9, 8 / 9))
    assert (three.same_employer.worst, three.same_employer.best) == pytest.approx((5 / 9, 8 / 9))
    assert three.known_only == pytest.approx(7 / 8)
    assert (six.any_employer.numerator, six.any_employer.denominator, six.unknown) == (5, 9, 4)
    assert (twelve.any_employer.numerator, twelve.any_employer.denominator) == (4, 6)
    assert (twelve.with_same, twelve.working, twelve.not_working, twelve.not_due) == (3, 1, 2, 4)


def test_retention_of_nobody() -> None:
    assert [(found.any_employer.value, found.known_only) for found in retentions(deeper())] == [(None, None)] * 3


# Ten women on their way; days between consecutive stages by hand.
ON_THE_WAY: list[dict[str, Any]] = [
    {"contact_date": -300, "selection_date": -290, "enrol_date": -270, "start_date": -260, "completion_date": -100},
    {"contact_date": -300, "selection_date": -270, "enrol_date": -270, "start_date": -260, "completion_date": -90},
    {"contact_date": -300, "selection_date": -280, "start_date": -250, "completion_date": -95, "certificate_date": -40},
    {"contact_date": -300, "selection_date": -260, "enrol_date": -255, "start_date": -250, "exit_date": -200},
    {"contact_date": -50},  # waiting for selection
    {"contact_date": -50, "status": "declined"},  # not any more
    {"contact_date": -50, "selection_date": 4},  # selected in four days
    {"contact_date": -40, "selection_date": -45},  # the wrong way round
    {"contact_date": -300, "start_date": -250, "vocational_start": -200},
    {"completion_date": -80, "certificate": "no"},
]


def step(tally: Tally, start: str, end: str) -> Any:
    return next(found for found in time_between(tally) if (found.start, found.end) == (start, end))


def test_days_between_consecutive_stages() -> None:
    tally = deeper(*ON_THE_WAY)
    to_selection = step(tally, "contact", "eligible")
    days = [10, 30, 20, 40]
    assert (to_selection.n, to_selection.method) == (4, "observed")
    quartiles = (to_selection.lower, to_selection.median, to_selection.upper)
    assert quartiles == pytest.approx(tuple(np.quantile(days, [0.25, 0.5, 0.75])))
    assert (to_selection.waiting, to_selection.reversed) == (2, 1)
    to_enrolment = step(tally, "eligible", "enrolled")  # 20, 0 and 5 days; the third woman has no date of it
    assert (to_enrolment.n, to_enrolment.median, to_enrolment.waiting) == (3, 5.0, 1)
    training = step(tally, "softskills", "completed")
    assert (training.n, training.median) == (3, 160.0)  # 155, 160, 170
    assert training.waiting == 1  # the fourth has left
    assert step(tally, "contact", "softskills").n == 5
    certified = step(tally, "completed", "certified")
    assert (certified.n, certified.median, certified.waiting) == (1, 55.0, 2)  # the last was refused


def test_a_step_that_nobody_made() -> None:
    found = step(deeper(*ON_THE_WAY), "training", "internship")
    assert (found.n, found.lower, found.median, found.upper, found.waiting) == (0, None, None, None, 1)


def test_the_step_to_work_counts_those_still_looking() -> None:
    # Days 5, 10, 20 among six women, the others followed for 50: incidence 1/6, 1/3, 1/2.
    women: list[dict[str, Any]] = [{"completion_date": -50, "first_work_date": -50 + day} for day in (5, 10, 20)]
    women += [{"completion_date": -50, "status": "seeking"}] * 3
    found = step(deeper(*women), "completed", "placed")
    assert found.method == "kaplan_meier"
    assert (found.n, found.waiting) == (6, 3)
    assert (found.lower, found.median, found.upper) == (10.0, 20.0, None)
    all_four = [{"completion_date": -50, "first_work_date": -50 + day} for day in (5, 10, 20, 30)]
    found = step(deeper(*all_four), "completed", "placed")
    assert (found.lower, found.median, found.upper, found.waiting) == (5.0, 10.0, 20.0, 0)


def test_a_vague_completion_has_no_days() -> None:
    vague = {"start_date": -200, "completion_date_earliest": -30, "completion_date_latest": -1}
    assert step(deeper(vague), "softskills", "completed").n == 0


def test_satisfaction() -> None:
    done = {"start_date": -200, "completion_date": -50}
    grades = [5, 5, 4, 4, 4, 3.5, 3, 1, 0]
    women: list[dict[str, Any]] = [done | {"satisfaction": grade} for grade in grades]
    women += [done, done, done, {"start_date": -90, "satisfaction": 5, "status": "in_training"}, {"start_date": -90}]
    found = satisfaction(deeper(*women))
    assert (found.satisfied.numerator, found.satisfied.denominator) == (5, 9)
    assert (found.satisfied.worst, found.satisfied.best) == pytest.approx((5 / 12, 8 / 12))
    assert (found.response.numerator, found.response.denominator) == (9, 12)
    assert found.before_completing == 1
    assert (found.satisfied.id, found.response.id) == ("satisfaction", "satisfaction_response")
    assert (found.satisfied.unit, found.satisfied.value, found.satisfied.unknown) == ("rate", 5 / 9, 3)
    assert found.satisfied.low == pytest.approx(0.2667, abs=5e-5)  # Wilson, 5 of 9
    assert found.satisfied.high == pytest.approx(0.8112, abs=5e-5)


def test_satisfaction_of_nobody() -> None:
    found = satisfaction(deeper())
    assert (found.satisfied.value, found.satisfied.worst, found.response.value) == (None, None, None)


def test_bounds_hold_the_share() -> None:
    found = share_of_known("x", 3, 4, 10)
    assert (found.value, found.worst, found.best, found.unknown) == (0.75, 0.3, 0.9, 6)
