"""The curve of hand-written rosters: the golden example, medians, numbers at risk, what may be drawn."""

from datetime import timedelta
from typing import Any

import pytest
from women import AS_OF, tallied

from dashboard.intervals import clopper_pearson
from dashboard.survival import curve, incidence_on

KINDS = {1: "salaried", 2: "own_business", 3: None}


def spell(follow: int, day: int | None = None, kind: int = 1, **more: Any) -> dict[str, Any]:
    """A woman who completed so many days ago and found work on a day after it; without work she is in touch."""
    woman: dict[str, Any] = {"completion_date": -follow, "status": "seeking", **more}
    return woman if day is None else woman | {"first_work_date": day - follow, "work_kind": KINDS[kind]}


GOLDEN = [  # field reference 1.3
    *(spell(300, 12), spell(280, 30), spell(250, 30, 2), spell(200, 45), spell(180, 75), spell(160, 90, 2)),
    *(spell(150, 120), spell(150), spell(40), spell(70, 60), spell(60), spell(85)),
]
SIX_MP = [  # Freireich et al. (1963), weeks taken for days
    *(spell(40, week) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
    *(spell(week) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_golden_example() -> None:
    found = curve(tallied(*GOLDEN))
    assert found.n == 12
    assert [point.day for point in found.points] == [12, 30, 45, 60, 75, 90, 120]
    assert [point.at_risk for point in found.points] == [12, 11, 8, 7, 5, 3, 2]
    assert [point.events for point in found.points] == [1, 2, 1, 1, 1, 1, 1]
    assert [point.incidence for point in found.points] == pytest.approx(
        [0.083333, 0.25, 0.34375, 0.4375, 0.55, 0.70, 0.85], abs=5e-7
    )
    day_90 = incidence_on(found, 90)
    assert day_90 is not None
    assert (day_90.low, day_90.high) == pytest.approx((0.3959, 0.9436), abs=5e-5)
    assert day_90.by_outcome == pytest.approx({"salaried": 0.466667, "own_business": 0.233333}, abs=5e-7)
    assert not day_90.fallback
    low, high = day_90.intervals["salaried"]
    assert low < 0.466667 < high


def test_a_kind_of_work_that_nobody_has_stays_at_nothing() -> None:
    for kind, shares in ((1, {"salaried": 0.5, "own_business": 0.0}), (2, {"salaried": 0.0, "own_business": 0.5})):
        (point,) = curve(tallied(spell(60, 5, kind), spell(60))).points
        assert point.by_outcome == pytest.approx(shares)
        assert set(point.intervals) == {name for name, share in shares.items() if share}


def test_numbers_at_risk() -> None:
    found = curve(tallied(*GOLDEN))
    assert list(found.at_risk_on) == [0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150]
    assert list(found.at_risk_on.values()) == [12, 11, 11, 8, 7, 5, 3, 2, 2, 1, 1]


def test_numbers_at_risk_reach_the_window_at_least() -> None:
    assert list(curve(tallied(spell(10))).at_risk_on.items()) == [(0, 1), *((day, 0) for day in range(15, 91, 15))]
    assert curve(tallied(spell(15))).at_risk_on[15] == 1


def test_the_curve_is_drawn_while_five_are_followed() -> None:
    assert (
        curve(tallied(*GOLDEN)).drawn_until == 75
    )  # five at risk on day 75, of whom one is placed and one leaves at 85
    assert curve(tallied(*(spell(day) for day in (10, 20, 30, 40, 50)))).drawn_until == 10
    assert curve(tallied(*(spell(day) for day in (10, 20, 30, 40)))).drawn_until is None
    assert curve(tallied(*(spell(7) for _ in range(5)))).drawn_until == 7


def test_medians() -> None:
    six_mp = curve(tallied(*SIX_MP))
    assert (six_mp.median, six_mp.median_low, six_mp.median_high) == (23, 13, None)
    assert curve(tallied(*(spell(60, week) for week in PLACEBO))).median == 8


def test_the_median_is_the_first_day_by_which_half_are_inserted() -> None:
    assert curve(tallied(spell(60, 5), spell(60, 9))).median == 5
    assert curve(tallied(spell(60, 5), spell(60, 9), spell(60, 9))).median == 9
    assert curve(tallied(spell(60, 5), spell(60), spell(60))).median is None


def test_the_median_interval_is_where_the_band_crosses_one_half() -> None:
    found = curve(tallied(*GOLDEN))
    # By hand: S = .75 on day 30, greenwood 1/132 + 2/99, so 1 - .75^3.1128 = .5916; on day 12 it is .4610.
    # On day 120 S = .15, greenwood .786111, so 1 - .15^(1/2.4993) = .5319; on day 90 it is .3959.
    bounds = {point.day: (point.low, point.high) for point in found.points}
    assert bounds[12] == pytest.approx((0.0122, 0.4610), abs=5e-5)
    assert bounds[30][1] == pytest.approx(0.5916, abs=5e-5)
    assert bounds[120][0] == pytest.approx(0.5319, abs=5e-5)
    assert (found.median, found.median_low, found.median_high) == (75, 30, 120)


def test_everyone_inserted_falls_back_on_the_exact_interval() -> None:
    found = curve(tallied(*(spell(120, day) for day in (0, 30, 90))))
    last = found.points[-1]
    assert last.incidence == 1
    assert last.fallback
    assert (last.low, last.high) == (clopper_pearson(3, 3)[0], 1.0)  # type: ignore[index]
    assert [point.fallback for point in found.points] == [False, False, True]


def test_the_fallback_counts_women_who_completed_long_enough_ago() -> None:
    lost = spell(200, status="lost", last_contact=-190)  # completed in time, out of touch since day 10: not inserted
    recent = spell(20)  # completed 20 days ago: says nothing about day 90
    later = spell(300, 90)
    last = curve(tallied(*(spell(120, day) for day in (0, 30)), later, lost, recent)).points[-1]
    assert last.day == 90
    assert last.incidence == 1
    assert last.low == clopper_pearson(3, 4)[0]  # type: ignore[index]


def test_day_0_is_a_day() -> None:
    found = curve(tallied(spell(60, 0), spell(60, -9, 2), spell(60), spell(60)))
    assert [(point.day, point.at_risk, point.events, point.incidence) for point in found.points] == [(0, 4, 2, 0.5)]
    assert found.points[0].by_outcome == {"salaried": 0.25, "own_business": 0.25}


def test_work_of_no_recorded_kind_is_an_outcome_of_its_own() -> None:
    points = curve(tallied(spell(60, 5, 3), spell(60, 9, 1))).points
    assert points[0].by_outcome == {"salaried": 0.0, "own_business": 0.0, "other": 0.5}
    assert points[1].by_outcome == {"salaried": 0.5, "own_business": 0.0, "other": 0.5}


def test_nobody() -> None:
    found = curve(tallied())
    assert (found.points, found.n, found.drawn_until, found.median) == ((), 0, None, None)
    assert (found.median_low, found.median_high) == (None, None)
    assert set(found.at_risk_on.values()) == {0}
    assert incidence_on(found, 90) is None


def test_the_estimate_between_two_days_is_that_of_the_first() -> None:
    found = curve(tallied(*GOLDEN))
    assert incidence_on(found, 11) is None
    assert incidence_on(found, 12) is found.points[0]
    assert incidence_on(found, 29) is found.points[0]
    assert incidence_on(found, 500) is found.points[-1]


def test_what_came_after_the_as_of_day_is_ignored() -> None:
    earlier = curve(tallied(*GOLDEN, as_of=AS_OF - timedelta(60)))
    # Sixty days before: one had not completed; the one hired on her day 120 had been followed 90 days, the one hired
    # on her day 60 for 10; the others without work 90, 0 and 25.
    assert earlier.n == 11
    assert [(point.day, point.at_risk) for point in earlier.points] == [(12, 9), (30, 7), (45, 5), (75, 4), (90, 3)]
