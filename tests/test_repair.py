"""What findings cost: rates written out by hand, and checked against sheets that have been mended."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from messy import messy_table
from raw_rosters import PROGRAMME, TODAY, lettered, roster, serial, women

from dashboard.indicators import indicators
from dashboard.mending import Memory, remember
from dashboard.reading import read
from dashboard.repair import Group, Range, Repair, cell_link, repair
from dashboard.repair_groups import GROUPS, group_of
from dashboard.roster import Cell, Finding, RawSheet, Roster, Severity, SourceInfo
from dashboard.tally import tally

START, END, WORK, LATE = (serial(day) for day in ("2025-01-06", "2025-06-30", "2025-07-15", "2026-03-02"))
# Ten women and a row without a code. Rate today: 5 of the 8 whose window has closed.
KEYS: list[Cell] = [*(f"W{number}" for number in range(1, 11)), None]
ENDS: list[Cell] = [END] * 8 + ["31/02/2025", None, END]
WORKS: list[Cell] = [WORK] * 5 + [None, None, "31/02/2025", WORK, WORK, WORK]
STATUSES: list[Cell] = [
    "placed",
    "placed",
    "placed",
    "placed",
    None,
    "seeking",
    "خدامة",
    "seeking",
    "placed",
    "placed",
    "placed",
]
KINDS: list[Cell] = ["CDI", "CDI", "CDI", "CDI", "autre", None, None, None, "CDI", "CDI", "CDI"]


def hand_written(**changed: Sequence[Cell]) -> Roster:
    columns: dict[str, Sequence[Cell]] = {
        "key": KEYS,
        "start_date": [START] * 11,
        "completion_date": ENDS,
        "first_work_date": WORKS,
        "status": STATUSES,
        "work_kind": KINDS,
    }
    return roster(RawSheet("المستفيدات", 1, 2, lettered(columns | changed), gid=7))


def mended(found: Roster) -> Repair:
    return repair(found, tally(found, PROGRAMME, TODAY), Memory())


def groups(found: Roster) -> Mapping[str, Group]:
    return {group.id: group for group in mended(found).groups}


def rate(found: Roster) -> float | None:
    return indicators(tally(found, PROGRAMME, TODAY))["insertion_90"].value


def costing(group: Group) -> set[str]:
    """Cells of a group that change a rate."""
    return {mend.finding.cell.partition("!")[2] for kind in group.kinds for mend in kind if mend.costs}


@pytest.mark.parametrize(
    ("group", "cells", "women", "low", "high"),
    [
        ("work_date", {"E8", "D9"}, 2, 5 / 8, 7 / 8),  # undated status and a date that cannot be: in the denominator
        ("completion_date", {"C10", "C11"}, 2, 5 / 10, 7 / 10),  # rejected and blank: in no denominator
        ("key", {"A12"}, 1, 5 / 9, 6 / 9),
    ],
)
def test_what_cells_cost_the_insertion_rate(group: str, cells: set[str], women: int, low: float, high: float) -> None:
    found = groups(hand_written())[group]
    assert costing(found) == cells
    assert (found.cells, found.women) == (len(cells), women)
    assert found.rate == Range(5 / 8, low, high)


def test_all_of_it_together_counts_every_woman_once() -> None:
    whole = mended(hand_written()).whole
    assert (whole.cells, whole.women) == (5, 5)
    assert whole.rate == Range(5 / 8, 5 / 11, 10 / 11)


def test_the_ends_are_what_the_mended_sheet_gives() -> None:
    keys = [*KEYS[:10], "W11"]
    best = hand_written(key=keys, completion_date=[END] * 11, first_work_date=[*[WORK] * 5, None, *[WORK] * 5])
    worst = hand_written(key=keys, completion_date=[END] * 11, first_work_date=[WORK] * 5 + [LATE] * 6)
    whole = mended(hand_written()).whole
    assert rate(hand_written()) == 5 / 8
    assert whole.rate is not None
    assert rate(best) == pytest.approx(whole.rate.high)
    assert rate(worst) == pytest.approx(whole.rate.low)
    assert mended(best).whole.women == 0


def test_the_costliest_comes_first_and_what_costs_nothing_last() -> None:
    assert [group.id for group in mended(hand_written()).groups] == ["work_date", "completion_date", "key", "work_kind"]
    doubtful = hand_written(first_work_date=[serial("2025-06-01"), *WORKS[1:]])
    assert [group.id for group in mended(doubtful).groups][-1] == "doubtful"


def test_an_unknown_kind_of_work_moves_the_share_in_own_business() -> None:
    found = groups(hand_written())["work_kind"]
    assert costing(found) == {"F6"}
    assert found.rate == Range(0.0, 0.0, 1 / 8)


def test_an_unread_certificate_moves_certification() -> None:
    read = women(completion_date=[END, END, END], start_date=[START] * 3, certificate=["oui", "non", "peut-être"])
    found = groups(read)["certificate"]
    assert costing(found) == {"D4"}
    assert found.rate == Range(1 / 3, 1 / 3, 2 / 3)


@pytest.mark.parametrize(
    ("completion", "work", "group", "costs"),
    [
        ("juin 2025", WORK, "completion_date", False),  # inserted whichever day of June it was
        ("juin 2025", serial("2025-09-15"), "completion_date", True),  # in time only if it was late in June
        (END, "mars 2026", "work_date", False),  # too late whichever day of March it was
        (END, "septembre 2025", "work_date", True),  # the window closes on the 28th
        (END, "fin juillet 2025", "work_date", False),  # in time whichever day it was
        (serial("2026-11-01"), "31/02/2026", "work_date", False),  # her window is open: no rate counts her yet
    ],
)
def test_vague_dates_cost_where_they_decide(completion: Cell, work: Cell, group: str, costs: bool) -> None:
    read = women(start_date=[START], completion_date=[completion], first_work_date=[work])
    assert any(mend.costs for kind in groups(read)[group].kinds for mend in kind) == costs


def test_a_window_that_may_have_closed_is_kept_out_by_a_vague_end() -> None:
    read = women(start_date=[START], completion_date=["août 2026"], first_work_date=[None])  # 1 August to 31 August
    found = groups(read)["completion_date"]
    assert found.women == 1
    assert found.rate == Range(None, 0.0, 1.0)


def test_someone_in_training_with_a_planned_end_in_the_wrong_column_is_kept_from_nothing() -> None:
    read = women(start_date=[serial("2026-09-01")], completion_date=["30/06/2027"], status=["En formation"])
    assert groups(read)["completion_date"].women == 0


def test_rows_merged_into_another_cost_nothing() -> None:
    read = hand_written(key=["W1", "W1", *KEYS[2:]])
    assert groups(read)["twice"].women == 0
    assert sum(group.findings for group in groups(read).values()) == mended(read).findings


def test_without_findings_there_is_nothing_to_mend() -> None:
    found = mended(women(start_date=[START], completion_date=[END], first_work_date=[WORK]))
    assert found.groups == ()
    assert (found.whole.women, found.findings, found.mended) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(25))
def test_every_finding_is_in_one_group_and_the_rate_within_its_range(seed: int) -> None:
    read_ = read(messy_table(random.Random(seed)), PROGRAMME, TODAY)
    found = mended(read_)
    listed = [mend.finding for group in found.groups for kind in group.kinds for mend in kind]
    wanted = [one for one in read_.findings if one.severity is not Severity.NORMALISED]
    assert sorted(map(repr, listed)) == sorted(map(repr, wanted))
    assert {group.id for group in found.groups} <= set(GROUPS)
    for group in (*found.groups, found.whole):
        assert group.women <= len({(one.sheet, one.row) for one in listed})
        if group.rate is not None:
            assert 0 <= group.rate.low <= (group.rate.low if group.rate.now is None else group.rate.now)
            assert (group.rate.high if group.rate.now is None else group.rate.now) <= group.rate.high <= 1


@pytest.mark.parametrize(
    ("code", "severity", "field", "group"),
    [
        ("no_key", "quarantined", None, "key"),
        ("broken_formula", "rejected", "key", "key"),
        ("duplicate_merged", "warning", "key", "twice"),
        ("future_date", "rejected", "first_work_date", "work_date"),
        ("several_dates", "warning", "first_work_date", "doubtful"),
        ("check_unknown", "rejected", "check_6", "follow_up"),
        ("wage_net", "warning", "wage", "measures"),
        ("number_outside_range", "rejected", "pre_score", "measures"),
        ("category_unknown", "warning", "track", "breakdown"),
        ("broken_formula", "rejected", "education", "breakdown"),
        ("broken_formula", "rejected", "birth_date", "breakdown"),
        ("date_impossible", "rejected", "contact_date", "other"),
        ("hidden_rows", "warning", None, "other"),
    ],
)
def test_findings_are_sorted_by_what_they_cost(code: str, severity: str, field: str | None, group: str) -> None:
    assert group_of(Finding(code, Severity(severity), "S", "A", 2, field)) == group


SHEET = SourceInfo("google_sheets", "É", datetime(2026, 11, 23, tzinfo=UTC), "https://sheets.example/d/1/edit")


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ({"column": "H", "row": 27}, "https://sheets.example/d/1/edit#gid=7&range=H27"),
        ({"column": "H"}, "https://sheets.example/d/1/edit#gid=7&range=H:H"),
        ({}, "https://sheets.example/d/1/edit#gid=7"),
    ],
)
def test_a_link_opens_the_spreadsheet_at_the_cell(place: dict[str, Any], link: str) -> None:
    finding = Finding("future_date", Severity.REJECTED, "S", gid=7, **place)
    assert cell_link(finding, SHEET) == link
    assert cell_link(finding, replace(SHEET, url=None)) is None
    assert cell_link(replace(finding, gid=None), SHEET) is None


def test_a_cell_tells_since_when_it_has_stood() -> None:
    found = hand_written()
    memory = remember(Memory(), found, date(2026, 11, 12))
    listed = repair(found, tally(found, PROGRAMME, TODAY), memory)
    assert {mend.since for group in listed.groups for kind in group.kinds for mend in kind} == {date(2026, 11, 12)}
