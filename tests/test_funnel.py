"""The funnel of fourteen women worked out by hand, and its laws on random women."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from women import AS_OF, STAGES, STOCKS, items, programme_text, tallied
from women_at_random import some_women

from dashboard.funnel import elsewhere, funnel, reached, stocks
from dashboard.programme import parse_programme

START: dict[str, Any] = {"contact_date": -400, "selection_date": -390, "enrol_date": -380, "start_date": -370}
TRAIN = START | {"vocational_start": -330, "internship_start": -300}
DONE = TRAIN | {"completion_date": -250}
WOMEN: list[dict[str, Any]] = [
    DONE | {"certificate_date": -200, "first_work_date": -240, "work_kind": "salaried", "check_3": "same_employer"},
    DONE | {"certificate": "pending", "first_work_date": -240, "work_kind": "own_business"},
    DONE | {"first_work_date": -100, "work_kind": "salaried"},  # certificate blank: inferred
    DONE | {"certificate": "yes", "status": "seeking"},  # certificate undated
    DONE | {"status": "placed"},  # work undated, certificate undated
    DONE | {"status": "lost"},
    TRAIN | {"status": "on_internship"},
    TRAIN | {"exit_date": -280},
    TRAIN | {"exit_date": -280, "first_work_date": -270, "work_kind": "salaried"},  # left for a job
    START | {"status": "in_training"},
    {"start_date": -370},  # earlier dates never written down
    {"contact_date": -20, "selection_date": -9},
    {"contact_date": -20, "status": "declined"},
    {"status": "contacted"},
]
EXPECTED = {  # stage: dated, inferred, undated, now
    "contact": (12, 1, 1, 1),
    "eligible": (11, 1, 0, 1),
    "enrolled": (10, 1, 0, 0),
    "softskills": (11, 0, 0, 1),
    "training": (9, 0, 0, 1),
    "internship": (9, 0, 0, 1),
    "completed": (6, 0, 0, 0),
    "certified": (1, 1, 2, 0),
    "placed": (3, 0, 1, 5),  # four salaried, one own business
    "retained_3": (1, 0, 0, None),  # a follow-up leaves a woman where she works: nobody is "at" it
    "retained_6": (0, 0, 0, None),
    "retained_12": (0, 0, 0, None),
}


def test_fourteen_women() -> None:
    found = funnel(tallied(*WOMEN))
    assert {stage.stage: (stage.dated, stage.inferred, stage.undated, stage.now) for stage in found} == EXPECTED
    assert [stage.reached for stage in found] == [14, 12, 11, 11, 9, 9, 6, 4, 4, 1, 0, 0]


def test_stocks() -> None:
    found = stocks(tallied(*WOMEN))
    assert {place: n for place, n in found.items() if n} == {
        "contact": 1,
        "eligible": 1,
        "softskills": 1,
        "training": 1,
        "internship": 1,
        "placed": 4,
        "followup": 1,
        "business": 1,
        "dropped": 1,
        "lost": 1,
        "declined": 1,
    }
    assert set(found) == {*STAGES, *STOCKS}


def test_a_programme_may_leave_women_at_a_follow_up() -> None:
    kept = items("statuses", "kept", more='now = "retained_3"\nreached = "retained_3"\nactive = true')
    programme = parse_programme(programme_text() + kept)
    for women, stock in ([], 0), ([DONE | {"first_work_date": -240, "status": "kept"}], 1):
        found = {stage.stage: stage.now for stage in funnel(tallied(*women, programme=programme))}
        assert (found["retained_3"], found["retained_6"], found["placed"]) == (stock, None, 0)


def test_stages_and_the_other_stocks_share_out_the_women() -> None:
    tally = tallied(*WOMEN)
    stages, others = funnel(tally), elsewhere(funnel(tally), stocks(tally))
    assert others == {"followup": 1, "dropped": 1, "lost": 1, "declined": 1, "deceased": 0}
    assert sum(stage.now or 0 for stage in stages) + sum(others.values()) == 14
    no_work = [stage for stage in stages if stage.stage != "placed"]
    assert elsewhere(no_work, stocks(tally)) == {"placed": 4, "business": 1, **others}


def test_shares_are_of_women_who_must_have_passed() -> None:
    found = {stage.stage: stage for stage in funnel(tallied(*WOMEN))}
    assert {name: stage.previous for name, stage in found.items() if stage.previous} == {
        **dict(zip(STAGES[1:8], STAGES, strict=False)),
        "placed": "completed",
        "retained_3": "placed",
        "retained_6": "placed",
        "retained_12": "placed",
    }
    shares = {name: (stage.of_first, stage.of_previous) for name, stage in found.items()}
    assert list(shares["contact"]) == [1, None]
    assert shares["eligible"] == pytest.approx((12 / 14, 12 / 14))
    assert shares["completed"] == pytest.approx((6 / 14, 6 / 9))
    assert shares["certified"] == pytest.approx((4 / 14, 4 / 6))
    # No share of the stage before where not all of those women are due: the rates of placement say it better.
    assert [shares[name][0] for name in STAGES[8:]] == pytest.approx([4 / 14, 1 / 14, 0, 0])
    assert [shares[name][1] for name in STAGES[8:]] == [None] * 4


def test_nobody_has_no_shares() -> None:
    found = funnel(tallied())
    assert [(stage.stage, stage.reached, stage.of_first, stage.of_previous) for stage in found] == [
        (stage, 0, None, None) for stage in STAGES
    ]
    assert sum(stocks(tallied()).values()) == 0


def test_a_programme_with_a_path_of_its_own() -> None:
    text = programme_text().replace('[[stages]]\nid = "internship"', '[[stages]]\nid = "excursion"')
    text = text.replace('now = "internship"', 'now = "training"').replace(
        'reached = "internship"', 'reached = "training"'
    )
    found = funnel(tallied(*WOMEN, programme=parse_programme(text)))
    assert [stage.stage for stage in found] == [stage for stage in STAGES if stage != "internship"]
    assert next(stage for stage in found if stage.stage == "completed").previous == "training"


def test_a_programme_without_completion_among_its_stages_compares_with_the_stage_before() -> None:
    shown = ("contact", "placed")
    text = programme_text().split("[[stages]]")[0] + items("stages", *shown)
    places = (stage for stage in (*STAGES, *STOCKS) if stage not in shown)
    text += items("now", *places) + items("statuses", "placed", more='now = "placed"\nreached = "placed"')
    found = funnel(tallied(*WOMEN, programme=parse_programme(text)))
    assert [(stage.stage, stage.reached, stage.previous) for stage in found] == [
        ("contact", 14, None),
        ("placed", 4, "contact"),
    ]


def test_weeks_before() -> None:
    earlier = tallied(*WOMEN, as_of=AS_OF - timedelta(255))
    assert [stage.reached for stage in funnel(earlier)][:9] == [12, 11, 11, 11, 9, 9, 0, 0, 0]


@settings(max_examples=8)
@given(some_women)
def test_laws(women: list[dict[str, Any]]) -> None:
    found = tallied(*women)
    steps = [reached(stage, found) for stage in STAGES]
    to_completion = steps[:7]
    assert to_completion == sorted(to_completion, reverse=True)
    completed, certified, placed, *kept = steps[6:]
    assert certified <= completed
    assert placed <= completed
    assert all(retained <= placed for retained in kept)
    assert steps[0] == found.women
    assert sum(stocks(found).values()) == found.women
