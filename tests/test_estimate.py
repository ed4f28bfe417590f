"""Kaplan-Meier and Aalen-Johansen against published tables and against statsmodels; invariants."""

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from dashboard.estimate import Numbers, aalen_johansen, at_risk, kaplan_meier

Spells = list[tuple[int, int]]  # (day, event), one woman each

# Field reference 1.3. Twelve women: days since completion F, day of first work t, cause; the last six are unplaced or
# placed later. Censored at F.
GOLDEN: Spells = [
    *((12, 1), (30, 1), (30, 2), (45, 1), (75, 1), (90, 2), (120, 1)),
    *((150, 0), (40, 0), (60, 1), (60, 0), (85, 0)),
]
# Freireich et al. (1963), Blood 21: 699-716; printed in most textbooks of survival analysis. 0 = censored.
SIX_MP: Spells = [
    *((6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0), (19, 0)),
    *((20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)),
]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def arrays(spells: Spells) -> tuple[Numbers, Numbers, Numbers]:
    table = np.array(spells, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1], np.ones(len(table), dtype=np.int64)


def test_golden_example() -> None:
    found = kaplan_meier(*arrays(GOLDEN))
    assert found.day.tolist() == [12, 30, 45, 60, 75, 90, 120]
    assert found.at_risk.tolist() == [12, 11, 8, 7, 5, 3, 2]
    assert found.events.tolist() == [1, 2, 1, 1, 1, 1, 1]
    assert 1 - found.survival == pytest.approx([1 / 12, 0.25, 0.34375, 0.4375, 0.55, 0.70, 0.85])
    low, high = found.interval()
    assert found.se()[5] == pytest.approx(0.160468, abs=5e-7)
    assert (1 - high[5], 1 - low[5]) == pytest.approx((0.3959, 0.9436), abs=5e-5)


def test_golden_example_by_outcome() -> None:
    found = aalen_johansen(*arrays(GOLDEN))
    assert found[1].value[5] == pytest.approx(0.466667, abs=5e-7)
    assert found[2].value[5] == pytest.approx(0.233333, abs=5e-7)
    alone = [(day, event if event == 1 else 0) for day, event in GOLDEN]
    assert 1 - kaplan_meier(*arrays(alone)).survival[-2] == pytest.approx(0.50)  # at 75; too high, as expected


def test_six_mp() -> None:
    found = kaplan_meier(*arrays(SIX_MP))
    assert found.day.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.events.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert found.survival == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert found.se() == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=5e-5)
    low, high = found.interval()
    bounds = {0: (0.6197, 0.9516), 2: (0.5032, 0.8894), 6: (0.1881, 0.6801)}
    for place, expected in bounds.items():
        assert (low[place], high[place]) == pytest.approx(expected, abs=5e-5)


def test_placebo() -> None:
    found = kaplan_meier(*arrays([(week, 1) for week in PLACEBO]))
    assert found.survival[found.day == 8] == pytest.approx([0.3810], abs=5e-5)
    assert found.survival[-1] == 0


def test_unemployment_spells() -> None:
    # Ecdat UnempDur, full-time job, other exits censored (Cameron and Trivedi 2005, ch. 17): at risk and events.
    rows = [(3343, 294, 0.9121), (2803, 178, 0.8541), (2321, 119, 0.8103), (1897, 56, 0.7864)]
    rows += [(1676, 104, 0.7376), (1339, 32, 0.7200)]
    following = [*(risk for risk, _, _ in rows[1:]), 0]
    days = np.repeat(np.arange(1, 7), 2)
    events = np.tile([1, 0], 6)
    counts = [n for (risk, hits, _), after in zip(rows, following, strict=True) for n in (hits, risk - hits - after)]
    found = kaplan_meier(days, events, np.array(counts))
    assert found.at_risk.tolist() == [risk for risk, _, _ in rows]
    assert found.survival == pytest.approx([s for *_, s in rows], abs=5e-5)
    assert found.se()[0] == pytest.approx(0.0049, abs=5e-5)


def test_nobody_censored_before_the_end() -> None:
    # Rossi et al. (1980): 114 of 432 arrested within 52 weeks, all others followed until then.
    spells = [(1 + number % 52, 1) for number in range(114)] + [(52, 0)] * 318
    assert kaplan_meier(*arrays(spells)).survival[-1] == pytest.approx(0.736111, abs=5e-7)


def test_events_on_day_0_are_counted() -> None:
    # Field reference 1.3: lifelines drops them (durations 0, 5, 9, 12; causes 1, 2, 1, censored).
    found = aalen_johansen(*arrays([(0, 1), (5, 2), (9, 1), (12, 0)]))
    assert found[1].value.tolist() == pytest.approx([0.25, 0.25, 0.50])
    assert found[2].value.tolist() == pytest.approx([0, 0.25, 0.25])


def test_on_one_day_events_come_before_censorings() -> None:
    found = kaplan_meier(*arrays([(10, 0), (10, 1), (10, 0), (20, 0)]))
    assert found.at_risk.tolist() == [4]
    assert found.survival.tolist() == [0.75]


def test_nothing_to_estimate() -> None:
    empty = kaplan_meier(*arrays([]))
    assert empty.day.tolist() == []
    assert aalen_johansen(*arrays([])) == {}
    assert kaplan_meier(*arrays([(3, 0), (9, 0)])).day.tolist() == []
    zero = np.array([4]), np.array([1]), np.array([0])  # a count of nobody is no event
    assert kaplan_meier(*zero).day.tolist() == []


def test_arrays_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        kaplan_meier(np.array([1, 2]), np.array([1]), np.array([1]))


def test_at_risk_just_before_a_day() -> None:
    days, counts = np.array([30, 0, 15]), np.array([2, 5, 3])
    assert at_risk(days, counts, np.array([0, 1, 15, 16, 30, 31])).tolist() == [10, 5, 5, 2, 2, 0]


def test_interval_is_undefined_at_the_ends() -> None:
    low, high = kaplan_meier(*arrays([(5, 1), (9, 1)])).interval()
    assert np.isnan([low[1], high[1]]).all()
    assert kaplan_meier(*arrays([(5, 1), (9, 1)])).se()[1] == 0
    incidence = aalen_johansen(*arrays([(5, 1), (9, 2)]))[2]
    bounds = incidence.interval()
    assert np.isnan([bounds[0][0], bounds[1][0]]).all()  # nobody yet
    assert 0 < bounds[0][1] < 0.5 < bounds[1][1] < 1


def test_everyone_of_one_cause() -> None:
    found = aalen_johansen(*arrays([(5, 1), (9, 1)]))[1]
    assert found.value.tolist() == [0.5, 1.0]
    assert np.isnan(found.interval()[0][1])
    for n in range(2, 30):  # sums of so many equal parts that miss 1 by a little on either side
        low, high = aalen_johansen(*arrays([(day, 1) for day in range(n)]))[1].interval()
        assert np.isnan([low[-1], high[-1]]).all()


def test_interval_of_an_incidence_by_hand() -> None:
    # Four of ten on day 5: se = sqrt(.4 x .6 / 10) = .154919, F ln F = -.366516, exp(1.959964 x .154919 / .366516) =
    # 2.28976, and .4 to that power and to its inverse.
    low, high = aalen_johansen(np.array([5, 9]), np.array([1, 0]), np.array([4, 6]))[1].interval()
    assert (low[0], high[0]) == pytest.approx((0.1227, 0.6702), abs=5e-5)


def test_a_day_with_no_woman_is_no_day() -> None:
    found = aalen_johansen(np.array([5, 9, 12]), np.array([1, 0, 1]), np.array([4, 6, 0]))[1]
    assert found.value.tolist() == [0.4]


def _statsmodels(spells: Spells) -> tuple[Any, Any]:
    days, events, _ = arrays(spells)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it divides by zero where nobody is left
        single = SurvfuncRight(days, (events > 0).astype(int))  # type: ignore[no-untyped-call]
        return single, CumIncidenceRight(days, events)  # type: ignore[no-untyped-call]


spells = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=1, max_size=60)


@settings(max_examples=150)
@given(spells)
def test_as_statsmodels_has_it(women: Spells) -> None:
    found, causes = kaplan_meier(*arrays(women)), aalen_johansen(*arrays(women))
    single, competing = _statsmodels(women)
    places = [list(single.surv_times).index(day) for day in found.day]
    assert found.survival == pytest.approx(single.surv_prob[places], abs=1e-12)
    inside = found.survival > 0
    assert found.se()[inside] == pytest.approx(single.surv_prob_se[places][inside], abs=1e-12)
    for cause, incidence in causes.items():
        at = np.searchsorted(competing.times, found.day)
        assert incidence.value == pytest.approx(competing.cinc[cause - 1][at], abs=1e-12)
        expected = _finite(competing.cinc_se[cause - 1][at])
        assert incidence.se[inside] == pytest.approx(expected[inside], abs=1e-9)


def _finite(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.nan_to_num(values, nan=0.0)


@settings(max_examples=100)
@given(spells)
def test_survival_and_incidences_sum_to_one(women: Spells) -> None:
    found, causes = kaplan_meier(*arrays(women)), aalen_johansen(*arrays(women))
    total = found.survival + sum((incidence.value for incidence in causes.values()), start=np.zeros(len(found.day)))
    assert total == pytest.approx(np.ones(len(found.day)))


@settings(max_examples=100)
@given(spells)
def test_censoring_other_causes_overstates(women: Spells) -> None:
    for cause, incidence in aalen_johansen(*arrays(women)).items():
        alone = kaplan_meier(*arrays([(day, int(event == cause)) for day, event in women]))
        whole = kaplan_meier(*arrays(women))
        at = np.searchsorted(whole.day, alone.day)
        assert (incidence.value[at] <= 1 - alone.survival + 1e-12).all()


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 3)), min_size=1, max_size=60))
def test_without_censoring_it_is_the_simple_proportion(women: Spells) -> None:
    found, causes = kaplan_meier(*arrays(women)), aalen_johansen(*arrays(women))
    for place, day in enumerate(found.day):
        assert 1 - found.survival[place] == pytest.approx(sum(d <= day for d, _ in women) / len(women))
        for cause, incidence in causes.items():
            share = sum(d <= day and event == cause for d, event in women) / len(women)
            assert incidence.value[place] == pytest.approx(share)


@settings(max_examples=100)
@given(spells)
def test_a_woman_censored_before_the_first_event_changes_nothing(women: Spells) -> None:
    later = [(day + 1, event) for day, event in women]
    before, after = kaplan_meier(*arrays(later)), kaplan_meier(*arrays([*later, (0, 0)]))
    assert before.survival.tolist() == after.survival.tolist()


@settings(max_examples=100)
@given(spells, st.randoms())
def test_counts_are_the_women_they_stand_for_in_any_order(women: Spells, random: Any) -> None:
    grouped = sorted({spell: women.count(spell) for spell in women}.items(), key=lambda _: random.random())
    days, events = (np.array([spell[part] for spell, _ in grouped]) for part in (0, 1))
    one, other = kaplan_meier(*arrays(women)), kaplan_meier(days, events, np.array([n for _, n in grouped]))
    assert one.survival == pytest.approx(other.survival, abs=1e-14)
    assert one.at_risk.tolist() == other.at_risk.tolist()


@settings(max_examples=100)
@given(spells)
def test_intervals_hold_the_estimate(women: Spells) -> None:
    found = kaplan_meier(*arrays(women))
    low, high = found.interval()
    inside = ~np.isnan(low)
    assert ((low <= found.survival) & (found.survival <= high))[inside].all()
    for incidence in aalen_johansen(*arrays(women)).values():
        low, high = incidence.interval()
        inside = ~np.isnan(low)
        assert ((low <= incidence.value) & (incidence.value <= high))[inside].all()
