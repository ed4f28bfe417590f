"""The demo's workbook of the past ends in that of today, and holds nothing before it happened."""

from datetime import date, timedelta

import pytest
from demo_expectations import (
    ANCHOR,
)
from demo_weeks import COLUMN, DATED, WEEKDAYS, cells_of

from connectors.demo_diary import diaries
from connectors.demo_grid import serial
from connectors.demo_notes import demo_book
from connectors.demo_past import Past
from connectors.demo_slips import MENDED, RESTATED


@pytest.mark.parametrize("anchor", [*WEEKDAYS, date(2027, 2, 28), date(2028, 2, 29)], ids=str)
def test_on_the_anchor_the_past_is_the_demo_cell_for_cell(anchor: date) -> None:
    assert Past(anchor).grid(anchor) == demo_book(anchor)


@pytest.mark.parametrize(
    ("code", "field", "typed"),
    [
        ("P-098", "first_work_date", 3),  # 6 days ago; (5 * 98 + 3 * 22) mod 7 = 3
        ("P-087", "first_work_date", 2),  # 8 days ago; (5 * 87 + 3 * 22) mod 9 = 6
        ("P-172", "exit_date", 0),  # 8 days ago; (5 * 172 + 3 * 31) mod 9 = 8
        ("P-202", "selection_date", 4),  # 7 days ago, 6 at most; (5 * 202 + 3 * 12) mod 7 = 3
        ("P-068", "check_3", 2),  # due 3 days ago; (5 * 68 + 3 * 27) mod 4 = 1
        ("P-099", "first_work_date", 15),  # 17 days ago, 12 at most; (5 * 99 + 3 * 22) mod 13 = 2
        ("P-129", "vocational_start", 98 - 0),  # (5 * 129 + 3 * 15) mod 6 = 0
        ("P-132", "exit_date", 79 - 3),  # (5 * 132 + 3 * 31) mod 10 = 3
    ],
)
def test_a_fact_is_typed_when_the_lag_says(code: str, field: str, typed: int) -> None:
    past = Past(ANCHOR)
    seen = [cells_of(past, ANCHOR - timedelta(days=typed + more))[code][COLUMN[field]] for more in (1, 0)]
    assert (seen[0], seen[1] is not None) == (None, True)


@pytest.mark.parametrize("anchor", [ANCHOR, date(2028, 2, 29)], ids=str)
def test_nothing_is_in_the_sheet_before_it_happened(anchor: date) -> None:
    past = Past(anchor)
    for days in range(0, 183, 3):
        day = anchor - timedelta(days=days)
        for code, row in cells_of(past, day).items():
            for field in DATED:
                cell = row[COLUMN[field]]
                assert not isinstance(cell, int) or cell <= serial(day), (code, field, day)


@pytest.mark.parametrize("anchor", WEEKDAYS, ids=lambda day: f"{day:%A}")
def test_every_week_of_the_last_eight_something_moves(anchor: date) -> None:
    past = Past(anchor)
    monday = anchor - timedelta(days=anchor.weekday())
    for weeks in range(8):
        end = monday - timedelta(weeks=weeks)
        before, after = (cells_of(past, day) for day in (end - timedelta(weeks=1), end))
        moved = [
            (code, field)
            for code, row in after.items()
            for field in DATED
            if row[COLUMN[field]] is not None and (code not in before or before[code][COLUMN[field]] is None)
        ]
        assert moved, (anchor, weeks)


def test_women_move_from_the_new_files_to_their_intake() -> None:
    """Half a year ago the third intake was 21 files on top of the sheet; no section had been made for it."""
    rows = Past(ANCHOR).grid(ANCHOR - timedelta(weeks=26))[0].rows
    keys = [row[COLUMN["key"]] for row in rows]
    assert "الفوج الثالث" not in keys
    assert keys.index("P-129") < keys.index("الفوج الأول")
    assert keys.index("P-128") > keys.index("الفوج الثاني")


def test_every_slip_begins_when_the_cell_is_there_and_ends_before_the_anchor() -> None:
    """A slip that began before its cell would be typed before the fact; one that ended with it was never seen."""
    written = diaries(ANCHOR)
    for slip in (*RESTATED, *MENDED):
        assert 0 < slip.mended < slip.since
        for field in slip.cells:
            entries = written[slip.number].get(field, ())
            begun = [(ANCHOR - day).days for day, _ in entries]
            assert not begun or begun[0] >= slip.since, (slip.number, field)
