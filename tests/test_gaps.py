"""Differences between groups of hand-written rosters; Newcombe's table gives the expected intervals."""

from typing import Any

import pytest
from deeper_women import deeper
from reference_intervals import difference_interval

from dashboard.gaps import Gap, GapTable, gaps
from dashboard.tally import Tally


def women(inserted: int, without: int, **more: Any) -> list[dict[str, Any]]:
    """Closed windows of a group, with and without work."""
    hits = [{"completion_date": -200, "first_work_date": -150, **more}] * inserted
    return hits + [{"completion_date": -200, "status": "seeking", **more}] * without


def table(tally: Tally, dimension: str) -> GapTable:
    return next(found for found in gaps(tally) if found.dimension == dimension)


def by_group(tally: Tally, dimension: str) -> dict[str, Gap]:
    return {gap.group: gap for gap in table(tally, dimension).groups}


# Newcombe's example (c): 9 of 10 against 3 of 10, difference 0.6, interval 0.1705 to 0.8090.
TRACKS = deeper(
    *women(9, 1, track="t1"),
    *women(3, 7, track="t2"),
    {"track": "t1", "completion_date": -20, "status": "seeking"},  # open: in no denominator
    {"track": "t1", "completion_date": -200, "status": "lost"},
    {"track": "t1", "completion_date": -200, "status": "placed"},  # since when?
    {"track": "t2", "completion_date": -200, "status": "placed"},
    {"track": "t2", "completion_date": -200, "status": "placed"},
    *({"track": "t2", "completion_date": -200, "status": "lost"} for _ in range(3)),
)


def test_a_difference_that_can_be_told() -> None:
    whole = deeper(*women(9, 1, track="t1"), *women(3, 7, track="t2"))
    first, second = by_group(whole, "track").values()
    assert (first.state, second.state) == ("higher", "lower")
    assert first.difference == pytest.approx(0.6)
    assert (first.low, first.high) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert (second.low, second.high) == pytest.approx((-0.8090, -0.1705), abs=5e-5)


def test_unknown_and_open_stay_where_they_belong() -> None:
    first = by_group(TRACKS, "track")["t1"]
    assert (first.rate.numerator, first.rate.denominator, first.rate.unknown, first.rate.open) == (9, 12, 2, 1)
    assert first.rate.best == pytest.approx(11 / 12)
    assert (first.others.numerator, first.others.denominator, first.others.open) == (3, 15, 0)
    assert first.others.unknown == 5
    assert (first.low, first.high) == pytest.approx(difference_interval(9, 12, 3, 15))


def test_what_cannot_be_told_is_said_to_be_so() -> None:
    groups = by_group(deeper(*women(9, 1, age_band="18-24"), *women(7, 3, age_band="25+")), "age_band")
    assert {gap.state for gap in groups.values()} == {"cannot_tell"}  # 20 points apart
    assert groups["18-24"].difference == pytest.approx(0.2)


def test_small_groups_are_not_compared() -> None:
    tally = deeper(*women(0, 2, track="t2"), *women(40, 0, track="t1"), {"start_date": -9, "track": "t9"})
    found = table(tally, "track")
    assert [gap.group for gap in found.groups] == ["t1", "t2", "t9"]
    assert [gap.state for gap in found.groups] == ["too_small", "too_small", "too_small"]  # t1: only two others
    assert (found.compared, found.by_chance, found.least) == (0, 0.0, 3)
    assert found.groups[2].difference is None
    assert found.groups[2].rate.value is None


def test_a_group_of_everyone_has_no_others() -> None:
    gap = by_group(deeper(*women(30, 2, track="t1")), "track")["t1"]
    assert (gap.state, gap.difference, gap.others.denominator) == ("no_others", None, 0)


def test_order_is_the_programmes_and_not_by_rate() -> None:
    tally = deeper(*women(4, 0, track="t2"), *women(4, 0, track="elsewhere"), *women(0, 4, track="t1"), *women(3, 0))
    assert list(by_group(tally, "track")) == ["t1", "t2", "elsewhere", "unspecified"]


def test_women_with_two_criteria_are_in_both_groups_and_in_neither_others() -> None:
    tally = deeper(
        *women(5, 0, vulnerability="divorced|widow"),
        *women(2, 3, vulnerability="widow"),
        *women(1, 4, vulnerability="divorced"),
        *women(6, 0),
    )
    found, groups = table(tally, "vulnerability"), by_group(tally, "vulnerability")
    assert found.overlapping
    assert not table(tally, "track").overlapping
    widow, divorced = groups["widow"], groups["divorced"]
    assert (widow.rate.numerator, widow.rate.denominator) == (7, 10)
    assert (widow.others.numerator, widow.others.denominator) == (7, 11)
    assert (divorced.rate.numerator, divorced.rate.denominator) == (6, 10)
    assert (divorced.others.numerator, divorced.others.denominator) == (8, 11)
    assert sum(gap.rate.denominator or 0 for gap in groups.values()) == 26  # 21 women
    assert found.compared == 3
    assert found.by_chance == pytest.approx(0.15)


def test_others_are_those_of_the_view() -> None:
    tally = deeper(
        *women(5, 5, track="t1", cohort="c1"),
        *women(9, 1, track="t2", cohort="c1"),
        *women(9, 0, track="t2", cohort="c2"),
    )
    gap = by_group(tally.where({"cohort": ("c1",)}), "track")["t1"]
    assert (gap.others.numerator, gap.others.denominator) == (9, 10)
