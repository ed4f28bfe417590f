"""The account: sums that hold for any roster, and one roster worked by hand."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from promise import completed, started
from women import roster, tallied
from women_at_random import some_women

from dashboard.accounting import Account, Step, account
from dashboard.indicators import indicators
from dashboard.roster import FieldCount, Finding, Reconciliation, Roster, Severity

WOMEN: list[dict[str, Any]] = [
    {"contact_date": -9},  # contact only
    {"contact_date": -9, "selection_date": -8},
    {"contact_date": -9, "selection_date": -8, "enrol_date": -5},
    {"contact_date": 9},  # not there yet
    started(-50),
    started(-80, exit_date=-40, exit_reason="family"),
    started(-80, exit_date=-40, exit_reason="job"),
    started(-80, planned_end=30),
    {"start_date": -300, "certificate_date": -150},  # completion implied by the certificate
    {"start_date": -300, "status": "finished"},  # completion said only
    completed(-10),
    completed(-30, first_work_date=-10, work_kind="salaried"),
    completed(-200, first_work_date=-150, work_kind="salaried", check_3="working"),
    completed(-200, first_work_date=-150, work_kind="own_business", check_3="not_working"),
    completed(-200, first_work_date=-220),  # hired from placement, kind not recorded
    completed(-300, first_work_date=-200, work_kind="salaried"),  # a hundred days: too late
    completed(-200, status="placed"),
    completed(-200),
]


def read(*women: dict[str, Any]) -> Roster:
    """The roster, read from as many rows and eight more."""
    return replace(roster(*women), reconciliation=Reconciliation(len(women) + 8, len(women), 1, 2, 5))


@pytest.fixture
def found() -> Account:
    return account(tallied(*WOMEN), read(*WOMEN))


def test_the_line(found: Account) -> None:
    assert found.line == (
        Step("rows_read", 26, {"duplicates_merged": 1, "quarantined": 2, "skipped": 5}),
        Step("used", 18, {"not_yet_known": 1}),
        Step("known", 17, {"not_selected": 0}),
        Step("selected", 17, {"only_contact": 1, "only_eligible": 1, "only_enrolled": 1}),
        Step("started", 14, {"in_training": 2, "dropout": 1, "left_for_job": 1}),
        Step("completed", 10, {"completion_inferred": 1, "completion_undated": 1}),
        Step("completion_dated", 8, {"open_inserted": 1, "open_waiting": 1}),
        Step("window_closed", 6, {"closed_without": 1, "unknown": 1, "undated": 1}),
        Step("inserted", 3, {}),
    )
    assert found.inserted == {"salaried": 1, "own_business": 1, "other": 1}
    assert found.from_placement == 1


def test_the_ways_to_the_denominators(found: Account) -> None:
    ways = {branch.indicator: branch.steps for branch in found.branches}
    assert list(ways) == [
        *("completion", "certification", "insertion_90", "own_business", "dropout", "time_to_insertion"),
        *("retention_3", "retention_6", "retention_12"),
    ]
    # Nobody but one has a plan: the women in training are not due, and those who left or completed are.
    assert ways["completion"] == (Step("started", 14, {"not_due": 2}), Step("due", 12, {}))
    assert ways["certification"] == (Step("completed", 10, {}),)
    assert ways["insertion_90"] == ways["own_business"] == (Step("window_closed", 6, {}),)
    assert ways["dropout"] == (Step("started", 14, {}),)
    assert ways["time_to_insertion"] == (Step("completion_dated", 8, {"date_not_exact": 1}), Step("timed", 7, {}))
    # Six completers work, one of them without a date; five were hired, four of them ninety days ago or more.
    assert ways["retention_3"] == (
        Step("completed", 10, {"not_placed": 4}),
        Step("placed", 6, {"placed_undated": 1}),
        Step("placed_dated", 5, {"not_due": 1}),
        Step("horizon_reached", 4, {}),
    )
    assert ways["retention_12"][-2:] == (Step("placed_dated", 5, {"not_due": 5}), Step("horizon_reached", 0, {}))


def test_denominators_of_nobody() -> None:
    women = [started(-5)]
    ways = {branch.indicator: branch.steps for branch in account(tallied(*women), read(*women)).branches}
    assert ways["completion"] == (Step("started", 1, {"not_due": 1}), Step("due", 0, {}))
    assert [ways[name][-1].n for name in ("insertion_90", "own_business", "time_to_insertion")] == [0, 0, 0]


def test_a_selection_leaves_the_line_at_its_own_step() -> None:
    women = [started(-5, cohort="c1"), started(-5, cohort="c2"), {"contact_date": 9, "cohort": "c1"}]
    part = account(tallied(*women).where({"cohort": ("c1",)}), read(*women))
    assert part.line[1:4] == (
        Step("used", 3, {"not_yet_known": 1}),
        Step("known", 2, {"not_selected": 1}),
        Step("selected", 1, {"only_contact": 0, "only_eligible": 0, "only_enrolled": 0}),
    )


def finding(code: str, field: str, row: int, sheet: str = "S") -> Finding:
    return Finding(code, Severity.WARNING, sheet, "H", row, field)


def test_evidence() -> None:
    findings = (
        finding("dates_out_of_order", "start_date", 4),
        finding("before_birth", "start_date", 4),  # the same row, once
        finding("dates_out_of_order", "start_date", 4, "T"),
        finding("before_start", "first_work_date", 5),
        finding("hired_before_completion", "first_work_date", 6),
        finding("status_contradicts_dates", "status", 7),
        finding("certificate_contradicts_date", "certificate", 8),
        finding("future_date", "completion_date", 9),  # wrong, but contradicts nothing
        finding("dates_out_of_order", "exit_date", 9),  # dates no stage
    )
    fields = {
        "start_date": FieldCount(9, 7, 2),
        "certificate": FieldCount(4, 3, 1),
        "certificate_date": FieldCount(3, 2, 1),
    }
    sheet = replace(read(*WOMEN), findings=findings, fields=fields)
    found = {row.stage: row for row in account(tallied(*WOMEN), sheet).evidence}
    assert list(found)[:3] == ["contact", "eligible", "enrolled"]
    assert len(found) == 12
    told = {stage: (row.contradicted, row.rejected) for stage, row in found.items()}
    assert {stage: pair for stage, pair in told.items() if any(pair)} == {
        "softskills": (2, 2),
        "completed": (1, 0),
        "certified": (1, 1),
        "placed": (2, 0),
    }
    done = found["completed"]
    assert (done.dated, done.inferred, done.undated) == (8, 1, 1)


@given(women=some_women)
@settings(max_examples=12)
def test_every_step_is_the_one_before_less_those_who_left(women: list[dict[str, Any]]) -> None:
    tally = tallied(*women)
    found = account(tally, read(*women))
    for steps in (found.line, *(branch.steps for branch in found.branches)):
        for step, after in pairwise(steps):
            assert min(step.leaving.values()) >= 0, step
            assert step.n - sum(step.leaving.values()) == after.n, step
        assert not steps[-1].leaving
    named = {step.id: step.n for step in found.line}
    assert sum(found.inserted.values()) == named["inserted"]
    rates = indicators(tally)
    for branch in found.branches:
        assert branch.steps[-1].n == rates[branch.indicator].denominator, branch.indicator
        assert branch.steps[0].n == named[branch.steps[0].id], branch.indicator
    for row in found.evidence:
        assert row.dated + row.inferred + row.undated <= tally.women
