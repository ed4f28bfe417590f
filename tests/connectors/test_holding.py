"""A sudden drop of rows is not shown before it is confirmed (field reference 5.2, No. 36)."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from connectors.holding import Drop, held_drop
from connectors.refresher import Refresher, Snapshot
from dashboard.roster import RawColumn, RawSheet, RawTable, Reconciliation, Roster, SourceInfo

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def roster(rows: int, skipped: int = 0) -> Roster:
    """A roster that has read so many rows about women, and others."""
    account = Reconciliation(rows + skipped, rows, 0, 0, skipped)
    return Roster(pd.DataFrame({"woman": range(rows)}), (), account, {}, SourceInfo("file", "r.csv", NOW))


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        (100, 90, False),  # a tenth is no sudden drop
        (100, 89, True),
        (100, 0, True),
        (100, 130, False),
        (12, 10, False),  # two rows may be deleted at any time, whatever share that is
        (12, 9, True),
        (0, 0, False),
    ],
)
def test_more_than_a_tenth_and_more_than_two_rows_are_a_sudden_drop(before: int, after: int, held: bool) -> None:
    found = held_drop(None, roster(before), roster(after), accepted=False)
    assert found == (Drop(before, after) if held else None)


def test_blank_section_and_total_rows_are_no_loss() -> None:
    assert held_drop(None, roster(50, skipped=40), roster(50), accepted=False) is None
    assert held_drop(None, roster(50), roster(20, skipped=40), accepted=False) == Drop(50, 20)


def test_a_drop_that_someone_has_not_seen_cannot_be_accepted() -> None:
    assert held_drop(None, roster(50), roster(20), accepted=True) == Drop(50, 20)
    assert held_drop(Drop(50, 20), roster(50), roster(20), accepted=True) is None
    assert held_drop(Drop(50, 20), roster(50), roster(10), accepted=True) == Drop(50, 10)


class Sheet:
    """A source of so many rows, its clock, and what was published of it."""

    def __init__(self, rows: int) -> None:
        self.rows, self.now = rows, NOW
        self.published: list[int] = []

    def fetch(self) -> RawTable:
        column = RawColumn("key", "Code", "A", [f"w{number}" for number in range(self.rows)])
        return RawTable(SourceInfo("file", "r.csv", self.now), (RawSheet("S", 1, 2, (column,)),))

    def open(self) -> Refresher:
        return Refresher(self, self.read, 15, lambda: self.now, lambda roster: self.published.append(len(roster.frame)))

    @staticmethod
    def read(raw: RawTable) -> Roster:
        return roster(len(raw.sheets[0].columns[0].values))

    def later(self) -> None:
        self.now += timedelta(minutes=1)


def told(snapshot: Snapshot) -> tuple[int, str | None]:
    """Women shown, and the error above them."""
    assert snapshot.roster is not None
    return len(snapshot.roster.frame), snapshot.error.code if snapshot.error else None


def test_no_36_the_last_good_roster_stays_until_two_more_pulls_agree() -> None:
    sheet = Sheet(45)
    refresher = sheet.open()
    refresher.current(5)
    sheet.rows = 12
    seen = []
    for _ in range(3):
        sheet.later()
        seen.append(told(refresher.current(5)))
    assert seen == [(45, "rows_dropped"), (45, "rows_dropped"), (12, None)]
    assert sheet.published == [45, 12]
    assert refresher.current(5).version == 2


def test_no_36_the_error_says_how_many_rows_there_were_and_are() -> None:
    sheet = Sheet(45)
    refresher = sheet.open()
    refresher.current(5)
    sheet.rows = 12
    error = refresher.refresh_now(5).error
    assert error is not None
    assert error.params == {"before": 45, "after": 12}


def test_no_36_a_manager_accepts_by_reading_again() -> None:
    sheet = Sheet(45)
    refresher = sheet.open()
    refresher.current(5)
    sheet.rows = 12
    assert told(refresher.refresh_now(5)) == (45, "rows_dropped")
    assert told(refresher.refresh_now(5)) == (12, None)


def test_no_36_rows_that_come_back_end_it_and_a_drop_that_goes_on_is_a_new_one() -> None:
    sheet = Sheet(45)
    refresher = sheet.open()
    refresher.current(5)
    seen = []
    for rows in (12, 12, 11, 45, 12):
        sheet.rows = rows
        sheet.later()
        seen.append(told(refresher.current(5)))
    assert seen == [(45, "rows_dropped")] * 3 + [(45, None), (45, "rows_dropped")]
    assert refresher.current(5).version == 1


def test_another_source_may_have_any_number_of_rows() -> None:
    sheet, other = Sheet(45), Sheet(3)
    refresher = sheet.open()
    refresher.current(5)
    assert told(refresher.switch(other, other.read, 5)) == (3, None)
