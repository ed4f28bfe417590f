"""Every indicator of twenty women worked out by hand; bounds, intervals and undefined rates."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from women import AS_OF, tallied
from women_at_random import some_women

from dashboard.indicators import Indicator, indicators, judged, outcomes, retention
from dashboard.intervals import wilson


def done(completed: int, **more: Any) -> dict[str, Any]:
    return {"start_date": completed - 100, "planned_end": completed, "completion_date": completed, **more}


WOMEN: list[dict[str, Any]] = [
    done(-200, first_work_date=-200, work_kind="salaried", certificate_date=-150, check_3="same_employer"),  # day 0
    done(-200, first_work_date=-230, work_kind="salaried", certificate_date=-150, check_3="working"),  # from placement
    done(-200, first_work_date=-110, work_kind="own_business", certificate="yes", check_3="not_working"),  # day 90
    done(-200, first_work_date=-109, work_kind="salaried", certificate="no"),  # day 91, not asked
    done(-200, first_work_date=-150, certificate_date=-150, check_3="working"),  # kind of work not recorded
    done(-200, status="seeking", last_contact=-3, certificate="pending"),
    done(-200, status="lost", last_contact=-190),
    done(-200, status="placed", certificate="yes"),
    done(-90, first_work_date=0, work_kind="salaried"),  # window closes today
    done(-89, first_work_date=-80, work_kind="own_business"),  # open, inserted
    done(-10, status="seeking"),  # open
    {"start_date": -300, "status": "certified"},  # completed, certified, no date at all
    {"start_date": -300, "planned_end": -200, "exit_date": -250},  # left
    {"start_date": -300, "planned_end": -200, "exit_date": -250, "first_work_date": -249},  # left for a job
    {"start_date": -300, "planned_end": -200, "status": "in_training"},  # overdue
    {"start_date": -30, "planned_end": 60},  # in training
    {"start_date": -30},  # in training, no plan
    {"vocational_start": -20},  # started, start not written down
    {"contact_date": -5},
    {"contact_date": -60, "status": "declined"},
]


def found() -> dict[str, Indicator]:
    return indicators(tallied(*WOMEN))


def test_counts() -> None:
    results = found()
    assert {
        name: results[name].value for name in ("applicants", "enrolled", "in_training", "completed", "certified")
    } == {
        "applicants": 20,
        "enrolled": 18,
        "in_training": 4,
        "completed": 12,
        "certified": 6,
    }
    assert {
        name for name, result in results.items() if result.unit == "count" and result.numerator != result.value
    } == set()
    assert {results[name].unit for name in ("applicants", "enrolled", "in_training", "completed", "certified")} == {
        "count"
    }


def test_the_start_of_one_woman_is_inferred() -> None:
    enrolled = found()["enrolled"]
    assert (enrolled.numerator, enrolled.unknown, enrolled.worst, enrolled.best) == (18, 1, 17, 18)
    assert enrolled.target == 30


RATES = {  # numerator, denominator, open, unknown, how many more at best
    "completion": (12, 15, 3, 0, 0),
    "certification": (6, 12, 1, 4, 5),
    "insertion_90": (5, 9, 2, 2, 2),
    "own_business": (1, 9, 2, 3, 3),
    "dropout": (1, 18, 0, 0, 0),
    "retention_3": (3, 5, 2, 1, 1),
    "retention_6": (0, 2, 5, 2, 2),
    "retention_12": (0, 0, 7, 0, 0),
}


@pytest.mark.parametrize("name", RATES)
def test_rates(name: str) -> None:
    hits, n, still_open, unknown, more = RATES[name]
    result = found()[name]
    assert (result.numerator, result.denominator, result.open, result.unknown) == (hits, n, still_open, unknown)
    assert (result.value, result.worst, result.best) == (
        pytest.approx((hits / n, hits / n, (hits + more) / n)) if n else (None, None, None)
    )
    assert (result.low, result.high) == (wilson(hits, n) or (None, None))
    assert result.unit == "rate"


def test_outcomes() -> None:
    result = outcomes(tallied(*WOMEN))
    assert (result.inserted, result.closed_without, result.unknown, result.undated, result.open) == (5, 2, 1, 1, 2)
    assert (result.open_inserted, result.from_placement, result.no_completion_date) == (1, 1, 1)
    assert (result.salaried, result.own_business, result.other) == (3, 1, 1)
    assert result.closed == 9
    assert result.known_only == pytest.approx(5 / 7)


def test_retention_answers() -> None:
    answers = retention(tallied(*WOMEN))
    assert answers["retained_3"] == {
        "same_employer": 1,
        "working": 2,
        "not_working": 1,
        "unknown": 1,
        "not_due": 2,
    }


def test_time_to_insertion_is_the_median_of_the_curve() -> None:
    result = found()["time_to_insertion"]
    # Days 0, 0, 50, 90, 90, 91 and 9 of the open one; without work 200 (heard of), 10 (lost), 10 (seeking): ten women,
    # S: 8/10 on day 0, * 7/8 on day 9 (.7), on day 10 two leave, * 4/5 on day 50 (.56), * 2/4 on day 90 (.28).
    assert (result.unit, result.numerator, result.denominator, result.value) == ("days", None, 10, 90)


def test_time_to_insertion_has_the_interval_of_the_curve() -> None:
    result = indicators(tallied(*(done(-200, first_work_date=-180) for _ in range(20))))["time_to_insertion"]
    assert (result.value, result.low, result.high) == (20, 20, 20)  # 20 of 20 by that day: at least 83 %


def test_everyone_inserted() -> None:
    women = [done(-200, first_work_date=-190, work_kind="salaried") for _ in range(20)]
    result = indicators(tallied(*women))["insertion_90"]
    assert (result.value, result.worst, result.best, result.high) == (1, 1, 1, 1)
    assert result.low == pytest.approx(0.8389, abs=5e-5)
    assert judged(result, 0.97) == "cannot_tell"


def test_nobody() -> None:
    results = indicators(tallied())
    assert {name for name, result in results.items() if result.value is not None} == {
        "applicants", "enrolled", "in_training", "completed", "certified",
    }  # fmt: skip
    assert {result.value for result in results.values() if result.unit == "count"} == {0}
    assert all(result.low is None and result.best is None for result in results.values() if result.unit == "rate")
    assert outcomes(tallied()).known_only is None
    assert judged(results["insertion_90"], 0.97) == "cannot_tell"


def test_a_cohort_none_of_whose_windows_has_closed_has_no_rate() -> None:
    women = [done(-30, first_work_date=-20), done(-30), done(-30)]
    result = indicators(tallied(*women))["insertion_90"]
    assert (result.numerator, result.denominator, result.value, result.open) == (0, 0, None, 3)


def test_judged_by_the_interval() -> None:
    women = [done(-200, first_work_date=-190) for _ in range(38)] + [done(-200, last_contact=0) for _ in range(7)]
    result = indicators(tallied(*women))["insertion_90"]
    assert judged(result, 0.97) == "below"
    assert judged(result, 0.60) == "above"
    assert judged(result, 0.85) == "cannot_tell"


def test_bounds_of_the_field_reference() -> None:
    # 45 completers, 40 placed, 2 not, 3 unknown: worst 88.9 %, best 95.6 %, known-only 95.2 % (field reference 1.4).
    women = [
        *(done(-200, first_work_date=-190) for _ in range(40)),
        *(done(-200, last_contact=-1) for _ in range(2)),
        *(done(-200) for _ in range(3)),
    ]
    result, states = indicators(tallied(*women))["insertion_90"], outcomes(tallied(*women))
    assert result.worst == pytest.approx(0.889, abs=5e-4)
    assert result.best == pytest.approx(0.956, abs=5e-4)
    assert states.known_only == pytest.approx(0.952, abs=5e-4)
    assert result.value == result.worst


def test_golden_example_matured_only() -> None:
    # Field reference 1.3: of the twelve women eight windows have closed, six of them with work.
    placed = [(300, 12), (280, 30), (250, 30), (200, 45), (180, 75), (160, 90), (150, 120), (70, 60)]
    women = [done(-follow, first_work_date=day - follow) for follow, day in placed]
    women += [done(-follow, status="seeking") for follow in (150, 40, 60, 85)]
    result = indicators(tallied(*women))["insertion_90"]
    assert (result.numerator, result.denominator, result.open) == (6, 8, 4)
    assert (result.low, result.high) == pytest.approx((0.409, 0.929), abs=5e-4)


@settings(max_examples=8)
@given(some_women)
def test_laws(women: list[dict[str, Any]]) -> None:
    whole = tallied(*women)
    for result in indicators(whole).values():
        if result.unit == "rate" and result.value is not None:
            assert result.worst is not None
            assert result.best is not None
            assert 0 <= result.worst <= result.value <= result.best <= 1
            assert result.low is not None
            assert result.high is not None
            assert result.low <= result.value <= result.high
    states = outcomes(whole)
    assert states.closed + states.open == whole.count("completed__dated")
    assert states.salaried + states.own_business + states.other == states.inserted
    assert states.open_inserted <= states.open
    for stage, answers in retention(whole).items():
        assert sum(answers.values()) == whole.count("placed__dated"), stage


@settings(max_examples=8)
@given(some_women)
def test_a_window_that_is_open_changes_no_rate(women: list[dict[str, Any]]) -> None:
    recent = done(-89, first_work_date=-50)
    before, after = (indicators(tallied(*group))["insertion_90"] for group in (women, [*women, recent]))
    assert (before.numerator, before.denominator) == (after.numerator, after.denominator)
    assert after.open == before.open + 1


def test_as_of_an_earlier_day() -> None:
    earlier = indicators(tallied(*WOMEN, as_of=AS_OF - timedelta(100)))["insertion_90"]
    # A hundred days before, the windows of the eight women who completed on day -200 had closed by ten days; the one
    # hired on day 91 was at work, nobody else was hired later.
    assert (earlier.numerator, earlier.denominator, earlier.open) == (4, 8, 0)
