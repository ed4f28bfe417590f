"""What is held back is not shown before a person lets it pass or it is gone (field reference 5.2, No. 36)."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from fake_store import FakeStore
from refreshing import Clock, Process

from connectors.base import SourceError
from connectors.following_head import Snapshot
from connectors.holding import dropped
from connectors.pulling import Reading
from dashboard.roster import RawColumn, RawSheet, RawTable, Reconciliation, Roster, SourceInfo

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def roster(rows: int, skipped: int = 0) -> Roster:
    """A roster that has read so many rows about women, and others."""
    account = Reconciliation(rows + skipped, rows, 0, 0, skipped)
    return Roster(pd.DataFrame({"woman": range(rows)}), (), account, {}, SourceInfo("file", "r.csv", NOW))


def reading(rows: int, skipped: int = 0) -> Reading:
    return Reading(roster(rows, skipped), "h", date(2026, 11, 23), None, NOW, 0.1)


@pytest.mark.parametrize(
    ("before", "after", "is_held"),
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
def test_more_than_a_tenth_and_more_than_two_rows_are_a_sudden_drop(before: int, after: int, is_held: bool) -> None:
    held = dropped(reading(after), roster(before))
    assert (held and (held.code, held.params, held.content_hash, held.acceptable)) == (
        ("rows_dropped", {"before": before, "after": after}, "h", True) if is_held else None
    )


def test_blank_section_and_total_rows_are_no_loss() -> None:
    assert dropped(reading(50), roster(50, skipped=40)) is None
    assert dropped(reading(20, skipped=40), roster(50)) is not None
    assert dropped(reading(20), None) is None


class Sheet:
    """A source of so many rows, two processes that show it, and the store they share."""

    def __init__(self, rows: int) -> None:
        self.rows, self.pulls = rows, 0
        self.error: SourceError | None = None
        self.clock = Clock()
        self.store = FakeStore()
        self.leader, self.other = (Process(self, self.read, self.clock, self.store) for _ in range(2))
        self.later()

    def fetch(self) -> RawTable:
        self.pulls += 1
        if self.error is not None:
            raise self.error
        column = RawColumn("key", "Code", "A", [f"w{number}" for number in range(self.rows)])
        return RawTable(SourceInfo("file", "r.csv", self.clock()), (RawSheet("S", 1, 2, (column,)),))

    @staticmethod
    def read(raw: RawTable) -> Roster:
        return roster(len(raw.sheets[0].columns[0].values))

    def later(self, seconds: float = 60) -> Snapshot:
        """What both processes show a minute later: the same."""
        self.leader.turn(seconds)
        here, there = self.leader.turn(), self.other.turn()
        assert (here.version, here.held, here.error) == (there.version, there.held, there.error)
        assert (here.leader, there.leader) == ("here", "elsewhere")
        return there

    def put(self, rows: int) -> Snapshot:
        self.rows = rows
        return self.later()

    def accept(self) -> None:
        """A person lets pass what the process that does not lead shows."""
        held = self.other.refresher.current().held
        assert held is not None
        self.other.refresher.accept(held.content_hash, by="manager")


def told(snapshot: Snapshot) -> tuple[int, str | None]:
    """Women shown, and what is held back."""
    assert snapshot.roster is not None
    return len(snapshot.roster.frame), snapshot.held.code if snapshot.held else None


def test_no_36_the_last_good_roster_stays_however_often_the_same_is_found() -> None:
    sheet = Sheet(45)
    seen = [told(sheet.put(12)) for _ in range(5)]
    assert seen == [(45, "rows_dropped")] * 5
    assert sheet.store.log == ["record", "hold"]  # the same drop is told once


def test_no_36_it_is_said_how_many_rows_there_were_and_are_since_when_and_the_data_grow_old() -> None:
    sheet = Sheet(45)
    good = sheet.later()
    held = sheet.put(12).held
    began = sheet.clock.now
    assert held is not None
    assert (held.params, held.since, held.acceptable) == ({"before": 45, "after": 12}, began, True)
    edited = sheet.put(11)
    assert edited.held is not None
    assert (edited.held.params["after"], edited.held.since) == (11, began)
    assert edited.fetched_at == good.fetched_at


def test_no_36_what_a_person_lets_pass_is_shown_by_all_and_the_next_drop_is_another() -> None:
    sheet = Sheet(45)
    sheet.put(12)
    sheet.accept()
    assert told(sheet.later(0)) == (12, None)  # at once, not with the next pull that is due
    assert sheet.leader.kept.accepted == ["manager"]
    assert told(sheet.put(4)) == (12, "rows_dropped")


def test_no_36_only_what_was_seen_is_let_pass() -> None:
    sheet = Sheet(45)
    sheet.put(12)
    sheet.rows = 3
    sheet.accept()
    assert told(sheet.later()) == (45, "rows_dropped")
    pulls = sheet.pulls
    sheet.later(1)
    assert sheet.pulls == pulls  # what was let pass is gone: nothing is pulled for it again and again


def test_no_36_asking_to_read_again_lets_nothing_pass() -> None:
    sheet = Sheet(45)
    sheet.put(12)
    assert told(sheet.leader.ask()) == (45, "rows_dropped")


def test_no_36_rows_that_come_back_end_it() -> None:
    sheet = Sheet(45)
    assert [told(sheet.put(rows)) for rows in (12, 11, 45, 12)] == [
        (45, "rows_dropped"),
        (45, "rows_dropped"),
        (45, None),
        (45, "rows_dropped"),
    ]
    assert sheet.later().version == 1


@pytest.mark.parametrize("code", ["required_missing", "header_clash"])
def test_a_header_that_cannot_be_read_is_held_until_it_is_mended(code: str) -> None:
    sheet = Sheet(45)
    sheet.error = SourceError(code, worksheet="S")
    held = sheet.later().held
    assert held is not None
    assert (held.code, held.params, held.acceptable) == (code, {"worksheet": "S"}, False)
    sheet.error = None
    assert told(sheet.later()) == (45, None)


def test_without_a_good_roster_a_header_that_cannot_be_read_is_an_error() -> None:
    sheet = Sheet(45)
    sheet.store.feeds.clear()
    sheet.error = SourceError("header_clash")
    fresh = Process(sheet, sheet.read, sheet.clock, FakeStore()).turn()
    assert (fresh.error and fresh.error.code, fresh.held) == ("header_clash", None)


def test_a_network_fault_meanwhile_ends_nothing() -> None:
    sheet = Sheet(45)
    sheet.put(12)
    sheet.error = SourceError("no_network")
    failed = sheet.later()
    assert (told(failed), failed.error and failed.error.code) == ((45, "rows_dropped"), "no_network")
    sheet.error = None
    mended = sheet.later()
    assert (told(mended), mended.error) == ((45, "rows_dropped"), None)


def test_what_is_held_survives_the_process_that_found_it() -> None:
    sheet = Sheet(45)
    sheet.put(12)
    sheet.leader.refresher.stop()
    assert told(sheet.other.turn(60)) == (45, "rows_dropped")
    sheet.accept()
    assert told(sheet.other.turn()) == (12, None)


def test_it_lasts_as_long_as_it_lasts() -> None:
    sheet = Sheet(45)
    sheet.put(12)
    assert told(sheet.later(timedelta(days=3).total_seconds())) == (45, "rows_dropped")
