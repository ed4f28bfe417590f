"""Programmes side by side and summed, by hand: 100 + 4 closed windows are 104, whatever their rates are."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.indicators import Indicator, rate
from dashboard.portfolio import Member, portfolio
from dashboard.programme import Programme, load_programme
from dashboard.staleness import Staleness

PROGRAMME = load_programme(Path(__file__).parents[1] / "programme.toml")


def programme(name: str, *, window: int = 90, target: int = 135) -> Programme:
    rules = PROGRAMME.rules.model_copy(update={"window_days": window})
    targets = PROGRAMME.targets.model_copy(update={"enrolled": target})
    return PROGRAMME.model_copy(update={"id": name, "rules": rules, "targets": targets})


def member(
    name: str,
    inserted: int,
    closed: int,
    *,
    enrolled: int = 10,
    completed: int = 5,
    window: int = 90,
    staleness: Staleness = "fresh",
    still_open: int = 0,
    unknown: int = 0,
) -> Member:
    found = {
        "enrolled": Indicator("enrolled", "count", enrolled, None, enrolled),
        "completed": Indicator("completed", "count", completed, None, completed),
        "insertion_90": rate("insertion_90", inserted, closed, unknown=unknown, still_open=still_open),
    }
    return Member(programme(name, window=window), found, 60.0, staleness)


def test_the_total_is_pooled_and_not_the_mean_of_the_rates() -> None:
    # 90 of 100 and 1 of 4: pooled 91 of 104 = 87.5 %; the mean of 90 % and 25 % would be 57.5 %.
    large, small = member("casa", 90, 100, enrolled=120, completed=101), member("fes", 1, 4, enrolled=30, completed=9)
    (total,) = portfolio([large, small]).totals
    assert (total.insertion.numerator, total.insertion.denominator) == (91, 104)
    assert total.insertion.value == 0.875
    # Wilson for 91 of 104 with z = 1.959964, with a calculator: centre 0.86164, half width 0.06383.
    assert total.insertion.low == pytest.approx(0.79781, abs=1e-5)
    assert total.insertion.high == pytest.approx(0.92547, abs=1e-5)
    assert (total.enrolled, total.completed, total.target) == (150, 110, 270)
    assert total.programmes == ("casa", "fes")


def test_what_is_open_and_what_is_unknown_is_summed_too() -> None:
    (total,) = portfolio(
        [member("a", 3, 6, still_open=2, unknown=1), member("b", 2, 4, still_open=5, unknown=2)]
    ).totals
    assert (total.insertion.open, total.insertion.unknown) == (7, 3)
    assert total.insertion.best == 0.8  # 5 inserted and 3 unknown of 10


def test_a_programme_without_a_closed_window_adds_women_and_no_outcome() -> None:
    found = portfolio([member("old", 9, 10), member("young", 0, 0, enrolled=25, still_open=12)])
    (total,) = found.totals
    assert (total.insertion.numerator, total.insertion.denominator) == (9, 10)
    assert (total.enrolled, total.immature) == (35, ("young",))
    assert found.rows[1].insertion is not None
    assert found.rows[1].insertion.value is None  # not 0 %


def test_nothing_but_young_programmes_have_no_rate() -> None:
    (total,) = portfolio([member("young", 0, 0)]).totals
    assert total.insertion.value is None
    assert total.insertion.low is None


def test_stale_programmes_and_those_without_data_are_named_and_in_no_total() -> None:
    unread = Member(programme("unread"), None, None, "red")
    amber = member("amber", 1, 2, staleness="amber")
    found = portfolio([member("fresh", 3, 4), member("stale", 50, 50, staleness="red"), unread, amber])
    assert [(row.id, row.absence) for row in found.absent] == [("stale", "stale"), ("unread", "no_data")]
    (total,) = found.totals
    assert total.programmes == ("fresh", "amber")  # old data still count, data too old to rely on do not
    assert (total.insertion.numerator, total.insertion.denominator) == (4, 6)
    assert [row.id for row in found.rows] == ["fresh", "stale", "unread", "amber"]


def test_programmes_that_count_otherwise_are_never_summed_together() -> None:
    found = portfolio([member("a", 1, 2), member("long", 9, 9, window=180, enrolled=99), member("b", 3, 4)])
    assert [(total.definition[0], total.programmes) for total in found.totals] == [(180, ("long",)), (90, ("a", "b"))]
    rates = [(total.insertion.numerator, total.insertion.denominator) for total in found.totals]
    assert rates == [(9, 9), (4, 6)]


def test_another_version_of_the_definitions_is_another_way_of_counting() -> None:
    one = member("a", 1, 2)
    rules = one.programme.rules.model_copy(update={"version": "another"})
    other = replace(one, programme=one.programme.model_copy(update={"id": "b", "rules": rules}))
    assert len(portfolio([one, other]).totals) == 2


def test_no_programme_has_no_total() -> None:
    assert portfolio([]).totals == ()
