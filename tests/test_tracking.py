"""The tracking table, worked by hand: periods, what is counted in each, targets and lights."""

from datetime import date, timedelta
from typing import Any

import pytest
from promise import END, START, WORDS, completed, entry, promised, started
from women import AS_OF, roster

from dashboard.achievement import Light
from dashboard.logframe import Note, PeriodKind, Periods, Tracked
from dashboard.programme import Programme
from dashboard.tally import counted, tallies, tally
from dashboard.tracking import Actual, Period, Row, Tracking, later, periods, tracking

ENROLLED = entry(
    "enrolled",
    (date(2025, 11, 19), 2),
    (date(2026, 11, 19), 4),
    (END, 10),
    type="cumulative",
    level="output",
    baseline=0,
)


def table(
    *women: dict[str, Any], programme: Programme, as_of: date = AS_OF, kind: PeriodKind | None = None
) -> Tracking:
    return tracking(counted(roster(*women), programme, {}), programme, as_of, kind)


def row(tracked: Tracked, *women: dict[str, Any], as_of: date = AS_OF, kind: PeriodKind | None = None) -> Row:
    (found,) = table(*women, programme=promised(tracked), as_of=as_of, kind=kind).rows
    return found


def now(tracked: Tracked, *women: dict[str, Any]) -> Actual:
    current = row(tracked, *women).current
    assert current is not None
    return current


def many(n: int, **woman: Any) -> list[dict[str, Any]]:
    return [completed(-200, **woman)] * n


def test_half_years_of_the_project() -> None:
    assert list(periods("half_year", START, AS_OF)) == [
        Period(1, date(2024, 11, 20), date(2025, 5, 19)),
        Period(2, date(2025, 5, 20), date(2025, 11, 19)),
        Period(3, date(2025, 11, 20), date(2026, 5, 19)),
        Period(4, date(2026, 5, 20), date(2026, 11, 19)),
        Period(5, date(2026, 11, 20), date(2027, 5, 19)),
    ]


@pytest.mark.parametrize(("kind", "n"), [("month", 25), ("quarter", 9), ("half_year", 5), ("project_year", 3)])
def test_only_periods_that_have_begun(kind: PeriodKind, n: int) -> None:
    assert len(list(periods(kind, START, AS_OF))) == n
    assert list(periods(kind, START, START - timedelta(1))) == []
    assert len(list(periods(kind, START, START))) == 1


def test_a_project_that_starts_on_the_31st_loses_no_day() -> None:
    found = list(periods("month", date(2025, 1, 31), date(2025, 5, 1)))
    assert [(period.first, period.last) for period in found] == [
        (date(2025, 1, 31), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2025, 3, 30)),
        (date(2025, 3, 31), date(2025, 4, 29)),
        (date(2025, 4, 30), date(2025, 5, 30)),
    ]
    assert later(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert later(date(2024, 12, 5), 0) == date(2024, 12, 5)
    assert later(date(2024, 12, 5), 1) == date(2025, 1, 5)


def test_a_cumulative_count_over_the_periods() -> None:
    # Ends: 19 May and 19 November 2025 (369 days back), 19 May and 19 November 2026 (four days back), today.
    found = row(ENROLLED, started(-400), started(-370), started(-368), started(-10), started(-5), started(-1))
    values = [(a.value, a.added, a.target, a.target_due, a.achieved, a.judged, a.light) for a in found.actuals]
    first, second, third = date(2025, 11, 19), date(2026, 11, 19), END
    assert values == [
        (0, 0, 2, first, 0, None, Light("grey", "too_early")),
        (2, 2, 2, first, 1, 2, Light("green")),
        (3, 1, 4, second, 0.75, 2, Light("green")),  # nothing has fallen due since: judged by what has
        (5, 2, 4, second, 1.25, 4, Light("green")),
        (6, 1, 10, third, 0.6, 4, Light("green")),
    ]
    assert [actual.as_of for actual in found.actuals][-2:] == [date(2026, 11, 19), AS_OF]
    assert (found.final_target, found.final_achieved) == (10, 0.6)
    last = found.current
    assert last is not None
    assert last.variance == -4
    assert last.variance_share == pytest.approx(-0.4)
    assert (last.denominator, last.low, last.high) == (None, None, None)


def test_a_missed_milestone_stays_red_until_the_next_falls_due() -> None:
    found = now(ENROLLED, started(-400), started(-2))
    assert (found.value, found.judged, found.light) == (2, 4, Light("red"))


def test_before_the_project_there_is_nothing() -> None:
    found = row(ENROLLED, as_of=START - timedelta(1))
    assert (found.actuals, found.current, found.final_achieved, found.final_target) == ((), None, None, 10)


RATE = entry("insertion_90", (END, 0.5))


def test_a_rate_is_judged_by_its_interval() -> None:
    inserted, missed = many(1, first_work_date=-190), many(1, last_contact=0)
    high = now(RATE, *inserted * 18, *missed * 2)  # Wilson .699 to .972
    assert (high.value, high.numerator, high.denominator) == (0.9, 18, 20)
    assert (high.achieved, high.variance, high.variance_share) == pytest.approx((1.8, 0.4, 0.8))
    assert (high.light, high.judged, high.added) == (Light("green"), 0.5, None)
    assert now(RATE, *inserted * 12, *missed * 8).light == Light("grey", "interval_spans_target")
    assert now(RATE, *inserted * 2, *missed * 18).light == Light("red")
    assert now(RATE, *inserted * 9).light == Light("grey", "small_n")
    assert now(RATE, *inserted * 10).light == Light("green")


def test_a_rate_of_nobody_is_too_early_and_says_what_is_open() -> None:
    found = now(RATE, completed(-10), completed(-20, first_work_date=-5))
    assert (found.value, found.denominator, found.open) == (None, 0, 2)
    assert (found.achieved, found.variance, found.variance_share) == (None, None, None)
    assert (found.target, found.target_due, found.light) == (0.5, END, Light("grey", "too_early"))


def test_a_rate_carries_its_unknown_outcomes() -> None:
    assert now(RATE, *many(3)).unknown == 3


def test_the_target_of_a_rate_is_the_one_ahead_and_the_last_after_the_end() -> None:
    rising = entry("insertion_90", (date(2025, 11, 19), 0.3), (END, 0.5))
    found = [(a.target, a.target_due, a.judged) for a in row(rising).actuals]
    soon, final = (0.3, date(2025, 11, 19), 0.3), (0.5, END, 0.5)
    assert found == [soon, soon, final, final, final]
    late = row(rising, as_of=END + timedelta(400)).current
    assert late is not None
    assert (late.target, late.target_due) == (0.5, END)


def test_a_falling_rate_without_baseline_has_no_share_but_a_side() -> None:
    dropout = entry("dropout", (END, 0.5), direction="-")
    stay, leave = started(-100), started(-100, exit_date=-50)
    few = now(dropout, *[stay] * 19, leave)  # 1 of 20: Wilson .009 to .236
    assert few.variance == pytest.approx(-0.45)
    assert (few.achieved, few.light) == (None, Light("green"))
    assert now(dropout, *[leave] * 19, stay).light == Light("red")
    measured = entry("dropout", (END, 0.1), direction="-", baseline=0.3)
    assert now(measured, *[stay] * 16, *[leave] * 4).achieved == pytest.approx(0.5)
    assert row(measured, *[stay] * 16, *[leave] * 4).final_achieved == pytest.approx(0.5)


def test_a_target_of_zero_has_no_relative_variance() -> None:
    found = now(entry("dropout", (END, 0.0), direction="-", baseline=0.3), started(-100))
    assert (found.variance, found.variance_share) == (0.0, None)


def test_a_median_of_days() -> None:
    median = entry("time_to_insertion", (END, 60), type="level", direction="-")
    quick = now(median, *many(20, first_work_date=-180))
    assert (quick.value, quick.denominator, quick.variance) == (20, 20, -40)
    assert (quick.low, quick.high, quick.light) == (20, 20, Light("green"))  # 20 of 20 by that day: at least 83 %
    mixed = now(median, *(completed(-200, first_work_date=-199 + day) for day in range(20)))
    assert (mixed.value, mixed.light) == (10, Light("green"))
    assert now(median, *many(12, last_contact=0)).light == Light("grey", "too_early")  # not reached


def test_a_median_without_an_upper_end_may_be_as_long_as_can_be() -> None:
    women = [*many(6, first_work_date=-180), *many(5, last_contact=0)]
    short = now(entry("time_to_insertion", (END, 60), type="level", direction="-"), *women)
    assert (short.value, short.high) == (20, None)
    assert short.light == Light("grey", "interval_spans_target")
    assert now(entry("time_to_insertion", (END, 5), type="level", direction="-"), *women).light == Light("red")


def test_notes_belong_to_the_period_around_their_day() -> None:
    notes = tuple(Note(on=day, text=WORDS) for day in (date(2025, 11, 20), date(2026, 5, 19), date(2026, 5, 20)))
    found = row(ENROLLED.model_copy(update={"notes": notes}))
    assert [len(actual.notes) for actual in found.actuals] == [0, 0, 2, 1, 0]


def test_the_programmes_count_is_no_target_of_a_selection() -> None:
    programme = promised(ENROLLED, RATE)
    on = counted(roster(started(-5, cohort="c1"), started(-5)), programme, {"cohort": ("c1",)})
    enrolled, rate = tracking(on, programme, AS_OF).rows
    current = enrolled.current
    assert current is not None
    assert (current.value, current.target, current.judged, current.achieved) == (1, None, None, None)
    assert (current.light, current.variance) == (Light("grey", "no_target"), None)
    assert (enrolled.final_target, enrolled.final_achieved) == (None, None)
    assert (rate.final_target, rate.actuals[-1].target) == (0.5, 0.5)


def test_the_kind_of_period_may_be_chosen() -> None:
    programme = promised(ENROLLED)
    assert table(programme=programme).kind == "half_year"
    yearly = table(started(-400), programme=programme, kind="project_year")
    assert (yearly.kind, [actual.value for actual in yearly.rows[0].actuals]) == ("project_year", [1, 1, 1])
    assert (yearly.as_of, yearly.lights) == (AS_OF, programme.lights)
    quarterly = programme.model_copy(update={"periods": Periods(kind="quarter", start=START)})
    assert len(table(programme=quarterly).periods) == 9


def test_a_programme_without_periods_has_an_empty_table() -> None:
    found = table(programme=promised(periods=None))
    assert (found.kind, found.periods, found.rows) == ("half_year", (), ())


def test_a_woman_who_was_lost_after_completing_was_no_dropout_before() -> None:
    lost = completed(-30, status="lost")
    (then,) = tallies(roster(lost), promised(), (AS_OF - timedelta(60),))
    assert (then.count("in_training"), then.count("dropout")) == (1, 0)


def test_several_days_at_once_are_the_same_as_one_by_one() -> None:
    people = roster(*(completed(-200 + 30 * k, first_work_date=-150 + 20 * k, cohort=f"c{k % 2}") for k in range(7)))
    days = [AS_OF - timedelta(60 * k) for k in range(4)]
    for day, found in zip(days, tallies(people, promised(), days), strict=True):
        alone = tally(people, promised(), day)
        assert (found.as_of, found.cube.columns, found.cube.labels) == (day, alone.cube.columns, alone.cube.labels)
        assert (found.cube.counts == alone.cube.counts).all()
        assert found.waiting == alone.waiting
        assert sorted(found.times.day) == sorted(alone.times.day)


def test_no_day_and_no_woman() -> None:
    assert tallies(roster(), promised(), ()) == []
    assert [found.women for found in tallies(roster(), promised(), (AS_OF, START))] == [0, 0]
