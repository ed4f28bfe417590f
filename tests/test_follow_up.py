"""The list: who is on it, in which order, with what at stake."""

from typing import Any

from programme_limits import PROGRAMME
from women import AS_OF, roster

from dashboard.follow_up import BEFORE, DECIDED, OPEN, UNKNOWN, FollowUp, follow_up
from dashboard.programme import Programme
from dashboard.stakes import Stake
from dashboard.tally import Filters, tally

OLD = {"start_date": -800}
WOMEN: list[dict[str, Any]] = [
    {**OLD, "cohort": "c1", "completion_date": -300, "first_work_date": -290, "status": "placed", "check_6": "working"},
    {
        **OLD,
        "cohort": "c1",
        "completion_date": -300,
        "first_work_date": -110,
        "status": "placed",
    },  # 1: check_3, late hire
    {**OLD, "cohort": "c1", "completion_date": -84},  # 2: closes in 6 days
    {**OLD, "cohort": "c2", "completion_date": -88, "last_contact": -60},  # 3: closes in 2 days, nobody called
    {**OLD, "cohort": "c2", "completion_date": -75},  # 4: day 75
    {**OLD, "cohort": "c2", "completion_date": -120},  # 5: nobody knows
    {**OLD, "cohort": "c1", "completion_date": -95},  # 6: nobody knows, closed later
    {"cohort": "c2", "start_date": -200, "planned_end": -10, "track": "t1"},  # 7: overdue in training
    {"contact_date": -44},  # 8: overdue applicant
    {"contact_date": -2},  # 9: nothing
    {**OLD, "cohort": "c1", "completion_date": -200, "status": "seeking"},  # 10: overdue in follow-up, decided
]


def found(filters: Filters | None = None, programme: Programme = PROGRAMME) -> FollowUp:
    women = roster(*WOMEN)
    return follow_up(women, tally(women, programme, AS_OF).where(filters or {}))


def test_the_order_is_that_of_what_can_still_be_changed() -> None:
    cases = found().cases
    assert [(case.woman, case.can_change) for case in cases] == [
        ("P-003", OPEN),
        ("P-002", OPEN),
        ("P-004", OPEN),
        ("P-006", UNKNOWN),
        ("P-005", UNKNOWN),
        ("P-008", BEFORE),  # 30 days over
        ("P-007", BEFORE),  # 10 days over
        ("P-010", DECIDED),  # 140 days over
        ("P-001", DECIDED),  # 5 days over
    ]
    assert [case.window_left for case in cases[:4]] == [2, 6, 15, None]


def test_one_case_by_hand() -> None:
    case = found().cases[0]
    assert (case.sheet, case.row, case.cohort, case.track, case.place) == ("S", 5, "c2", "unspecified", "followup")
    reasons = [(reason.code, reason.days_left, (reason.day - AS_OF).days) for reason in case.reasons]
    assert reasons == [("no_contact", -39, -39), ("overdue_stage", -28, -28), ("window_closing", 2, 2)]


def test_what_is_at_stake() -> None:
    # Windows closed: 0 inserted, 1 late, 5 and 6 unknown, 10 without: 1 of 5; of cohort c2 only 5: 0 of 1.
    cases = {case.woman: case for case in found().cases}
    assert cases["P-003"].whole == Stake(1 / 5, 2 / 6, 1 / 6)
    assert cases["P-003"].of_cohort == Stake(0.0, 1 / 2, 0.0)
    assert cases["P-005"].whole == Stake(1 / 5, 2 / 5, 1 / 5)
    assert cases["P-005"].of_cohort == Stake(0.0, 1.0, 0.0)
    assert cases["P-002"].of_cohort == Stake(1 / 4, 2 / 5, 1 / 5)
    assert {cases[name].whole for name in ("P-007", "P-008", "P-010", "P-001")} == {None}


def test_who_is_at_work_since_nobody_knows_when_is_told_from_who_is_unknown() -> None:
    women = roster({**OLD, "completion_date": -95}, {**OLD, "completion_date": -95, "status": "placed"})
    cases = follow_up(women, tally(women, PROGRAMME, AS_OF)).cases
    assert [(case.woman, case.can_change, case.undated) for case in cases] == [
        ("P-000", UNKNOWN, False),
        ("P-001", UNKNOWN, True),
    ]


def test_the_counts_are_of_all() -> None:
    short = PROGRAMME.model_copy(update={"review": PROGRAMME.review.model_copy(update={"most": 2})})
    listed = found(programme=short)
    assert [case.woman for case in listed.cases] == ["P-003", "P-002"]
    assert listed.total == found().total == len(found().cases) == 9
    assert listed.by_reason == {
        "window_closing": 2,
        "mark": 1,
        "outcome_unknown": 2,
        "overdue_training": 1,
        "overdue_stage": 7,
        "no_contact": 1,
        "check_due": 1,
    }
    assert next(iter(listed.by_reason)) == "window_closing"
    assert listed.without_contact == 7  # 2, 4, 5, 6, 8, 9 and 10
    assert listed.not_mapped == ("absence",)


def test_a_selection() -> None:
    listed = found({"cohort": ("c2",)})
    assert [case.woman for case in listed.cases] == ["P-003", "P-004", "P-005", "P-007"]
    assert listed.cases[0].whole == listed.cases[0].of_cohort == Stake(0.0, 1 / 2, 0.0)


def test_a_woman_with_several_reasons_of_a_kind_counts_once() -> None:
    assert sum(found().by_reason.values()) > found().total


def test_nobody() -> None:
    women = roster()
    assert follow_up(women, tally(women, PROGRAMME, AS_OF)).total == 0
