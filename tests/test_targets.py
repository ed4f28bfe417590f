"""Target arithmetic, worked by hand."""

from datetime import date, timedelta

import pytest
from promise import END, completed, promised, started
from women import AS_OF, roster, tallied

from dashboard.tally import counted, tally
from dashboard.targets import (
    Allowance,
    Closing,
    MilestoneStatus,
    RateTarget,
    Targets,
    due_milestone,
    enrolment_target,
    next_milestone,
    rate_target,
    targets,
)

PROGRAMME = promised()
INSERTED = completed(-200, first_work_date=-150)
MISSED = completed(-200, last_contact=0)
UNKNOWN = completed(-200)
# 10 completers, of whom 8 make 80 %: 5 + 1 inserted, 1 missed, 1 unknown, windows of 2 open for 30 and 80 days more.
WOMEN = (
    *[INSERTED] * 5,
    MISSED,
    UNKNOWN,
    completed(-30, first_work_date=-5),
    completed(-60),
    completed(-10),
    started(-20),
)


def after(days: int) -> date:
    return AS_OF + timedelta(days)


def made(inserted: int, missed: int = 0, unknown: int = 0, waiting: int = 0, rate: float = 0.8) -> RateTarget:
    women = [INSERTED] * inserted + [MISSED] * missed + [UNKNOWN] * unknown + [completed(-10)] * waiting
    return rate_target(tallied(*women, programme=promised(rate=rate)))


def test_ten_completers() -> None:
    assert rate_target(tallied(*WOMEN, programme=PROGRAMME)) == RateTarget(
        rate=0.8,
        verdict="cannot_tell",  # 5 of 7: Wilson .36 to .92
        completers=10,
        inserted=6,
        missed=1,
        unknown=1,
        waiting=2,
        so_far=Allowance(n=10, allowed=2, left=0, left_at_best=1),
        promised=Allowance(n=10, allowed=2, left=0, left_at_best=1),
        worst=0.6,
        best=0.9,
        best_recorded=0.8,
        still_needed=2,
        reach="open",
        out_of_reach_after=after(30),
        decided_by=after(80),
        closings=(Closing(after(30), 1), Closing(after(80), 1)),
    )


@pytest.mark.parametrize(
    ("days", "reach", "last"),
    [(0, "open", 30), (29, "open", 30), (30, "only_unknown", None), (80, "only_unknown", None)],
)
def test_the_last_day_holds_when_nobody_more_is_inserted(days: int, reach: str, last: int | None) -> None:
    found = rate_target(tallied(*WOMEN, programme=PROGRAMME, as_of=after(days)))
    assert found.reach == reach
    assert found.out_of_reach_after == (None if last is None else after(last))


def test_work_on_the_last_day_keeps_the_rate_in_reach() -> None:
    women = [*WOMEN[:8], completed(-60, first_work_date=30), completed(-10)]
    found = rate_target(tallied(*women, programme=PROGRAMME, as_of=after(30)))
    assert (found.inserted, found.reach, found.out_of_reach_after) == (7, "open", after(80))


@pytest.mark.parametrize(
    ("inserted", "missed", "unknown", "waiting", "reach", "needed"),
    [
        (8, 2, 0, 0, "met", 0),
        (8, 0, 2, 0, "met", 0),
        (8, 0, 0, 2, "met", 0),
        (7, 0, 0, 3, "open", 1),
        (7, 2, 0, 1, "open", 1),
        (7, 2, 1, 0, "only_unknown", 1),
        (6, 2, 1, 1, "only_unknown", 2),
        (7, 3, 0, 0, "out_of_reach", 1),
        (0, 3, 3, 4, "out_of_reach", 8),
    ],
)
def test_what_can_still_come(inserted: int, missed: int, unknown: int, waiting: int, reach: str, needed: int) -> None:
    found = made(inserted, missed, unknown, waiting)
    assert (found.reach, found.still_needed) == (reach, needed)
    assert found.worst == inserted / 10
    assert found.best == pytest.approx(1 - missed / 10)
    assert found.best_recorded == pytest.approx(1 - (missed + unknown) / 10)
    assert found.so_far == Allowance(10, 2, 2 - missed - unknown, 2 - missed)


def test_no_last_day_once_the_rate_is_made_or_lost() -> None:
    assert made(8, waiting=2).out_of_reach_after is None
    assert made(0, missed=3, waiting=7).out_of_reach_after is None
    assert made(0, missed=3, waiting=7).decided_by == after(80)


def test_two_misses_left_last_until_the_third_window_closes() -> None:
    women = [INSERTED, completed(-80), completed(-70), completed(-70), completed(-50), *[completed(-40)] * 5]
    found = rate_target(tallied(*women, programme=PROGRAMME))
    assert found.so_far.left == 2
    assert found.closings == (
        Closing(after(10), 1),
        Closing(after(20), 2),
        Closing(after(40), 1),
        Closing(after(50), 5),
    )
    assert found.out_of_reach_after == after(20)


def test_each_window_that_closes_takes_one() -> None:
    women = [INSERTED, completed(-80), completed(-70), completed(-50), *[completed(-40)] * 6]
    found = rate_target(tallied(*women, programme=PROGRAMME))
    assert found.so_far.left == 2  # the third window that closes without work is the miss too many
    assert found.out_of_reach_after == after(40)


def test_both_targets_of_a_view() -> None:
    tally, on = tallied(*WOMEN, programme=PROGRAMME), counted(roster(*WOMEN), PROGRAMME, {})
    assert targets(tally, on) == Targets(rate_target(tally), enrolment_target(tally, on))


def test_nobody_has_completed() -> None:
    found = made(0)
    assert (found.completers, found.worst, found.best, found.best_recorded) == (0, None, None, None)
    assert (found.so_far, found.still_needed, found.closings, found.decided_by) == (Allowance(0, 0, 0, 0), 0, (), None)
    assert found.verdict == "cannot_tell"


@pytest.mark.parametrize(("promise", "allowed"), [(15, 0), (30, 0), (45, 1), (135, 4)])  # field reference 1.4
def test_what_97_in_a_hundred_allows(promise: int, allowed: int) -> None:
    women = (INSERTED, MISSED, UNKNOWN)
    found = rate_target(tallied(*women, programme=promised(rate=0.97, enrolled=promise)))
    assert found.promised == Allowance(promise, allowed, allowed - 2, allowed - 1)


def test_more_completers_than_were_promised() -> None:
    found = made(9, missed=3)
    assert found.promised == Allowance(12, 2, -1, -1)  # 10 of 12 make 80 %


def test_a_selection_has_no_promise_but_a_cohort_may() -> None:
    women = [{**INSERTED, "cohort": "c1", "track": "t1"}, {**MISSED, "cohort": "c2", "track": "t1"}]
    whole = tallied(*women, programme=PROGRAMME)
    assert rate_target(whole.where({"track": ("t1",)})).promised is None
    found = rate_target(whole.where({"cohort": ("c2",)})).promised
    assert found == Allowance(10, 2, 1, 1)


def test_verdict_is_that_of_the_interval_over_closed_windows() -> None:
    assert made(1, missed=9).verdict == "below"  # 1 of 10: Wilson .02 to .40
    assert made(30, rate=0.5).verdict == "above"
    assert made(1, missed=1, waiting=8).verdict == "cannot_tell"


def enrolment(*women: dict[str, int], as_of: date = AS_OF) -> tuple[MilestoneStatus, ...]:
    found = enrolment_target(tallied(*women, programme=PROGRAMME, as_of=as_of), counted(roster(*women), PROGRAMME, {}))
    assert found is not None
    return found.milestones


def test_enrolment() -> None:
    women = [started(-400), started(-300), started(-4), started(-1)]
    found = enrolment_target(tallied(*women, programme=PROGRAMME), counted(roster(*women), PROGRAMME, {}))
    assert found is not None
    assert (found.target, found.enrolled, found.remaining) == (10, 4, 6)
    assert (found.end, found.days_left) == (END, 361)  # 24 November 2026 to 19 November 2027
    # 20 November 2024 to 23 November 2026, both included: 734 days. A month has 365.25 / 12 days.
    assert found.pace == pytest.approx(4 / 734 * 30.4375)
    assert found.pace_needed == pytest.approx(6 / 361 * 30.4375)


def test_milestones_are_counted_on_their_own_day() -> None:
    # 19 November 2025 lies 369 days back, 19 November 2026 four.
    found = enrolment(started(-400), started(-369), started(-368), started(-4), started(-3))
    assert found == (
        MilestoneStatus(date(2025, 11, 19), 2, 2, "met"),
        MilestoneStatus(date(2026, 11, 19), 4, 4, "met"),
        MilestoneStatus(END, 10, 5, "coming"),
    )


def test_a_milestone_that_was_made_late_was_missed() -> None:
    found = enrolment(started(-368), started(-3), started(-2), started(-1))
    assert [(status.enrolled, status.state) for status in found] == [(0, "missed"), (1, "missed"), (4, "coming")]


def test_a_milestone_is_due_on_its_day_and_may_be_reached_ahead() -> None:
    women = [started(-400)] * 4
    assert [status.state for status in enrolment(*women, as_of=date(2026, 11, 19))] == ["met", "met", "coming"]
    assert [status.state for status in enrolment(*women, as_of=date(2026, 11, 18))] == ["met", "ahead", "coming"]


def test_the_promise_kept_the_end_past_and_no_dates() -> None:
    kept = enrolment_target(tallied(*[started(-400)] * 11, programme=PROGRAMME), lambda days: [tallied() for _ in days])
    assert kept is not None
    assert (kept.remaining, kept.pace_needed) == (0, 0.0)
    late = enrolment_target(
        tallied(started(-5), programme=PROGRAMME, as_of=END), lambda days: [tallied() for _ in days]
    )
    assert late is not None
    assert (late.days_left, late.pace_needed) == (0, None)
    bare = promised(periods=None, targets=PROGRAMME.targets.model_copy(update={"end": None, "milestones": ()}))
    found = targets(tallied(started(-5), programme=bare), lambda days: []).enrolment
    assert found is not None
    assert (found.end, found.days_left, found.pace, found.pace_needed, found.milestones) == (None, None, None, None, ())


def test_before_the_project_has_begun_there_is_no_pace() -> None:
    assert enrolment_pace(date(2024, 11, 19)) is None
    assert enrolment_pace(date(2024, 11, 20)) == 0.0


def enrolment_pace(as_of: date) -> float | None:
    found = enrolment_target(tally(roster(), PROGRAMME, as_of), lambda days: [])
    assert found is not None
    return found.pace


def test_a_selection_has_no_enrolment_target_and_a_cohort_no_milestones() -> None:
    whole = tallied(started(-5, cohort="c1"), started(-5), programme=PROGRAMME)
    assert targets(whole.where({"age_band": ("unspecified",)}), lambda days: []).enrolment is None
    found = enrolment_target(whole.where({"cohort": ("c1",)}), lambda days: [])
    assert found is not None
    assert (found.target, found.enrolled, found.milestones) == (10, 1, ())


def test_milestones_around_a_day() -> None:
    day = date(2025, 11, 19)
    assert due_milestone(PROGRAMME, day - timedelta(1)) is None
    assert getattr(due_milestone(PROGRAMME, day), "date", None) == day
    assert getattr(due_milestone(PROGRAMME, AS_OF), "date", None) == date(2026, 11, 19)
    assert getattr(next_milestone(PROGRAMME, day - timedelta(1)), "date", None) == day
    assert getattr(next_milestone(PROGRAMME, day), "date", None) == date(2026, 11, 19)
    assert next_milestone(PROGRAMME, END) is None
