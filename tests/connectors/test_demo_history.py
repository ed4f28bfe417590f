"""The demo's past, out of a real store: its last weeks are those worked out in tests/demo_expectations.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from demo_expectations import (
    ANCHOR,
    CORRECTED_EVER,
    DELETED_FOR_A_WEEK,
    HELD_ON,
    LAST,
    LAST_BUT_ONE,
    LAST_WEEK,
    MENDED_LAST_WEEK,
    RATE_NOW,
    RATE_ON_LAST,
    RATE_ON_LAST_RESTATED,
    TAKEN_OUT_EVER,
    WEEK_BEFORE,
    Corrected,
)
from demo_weeks import DATED, NOW, PROGRAMME, SECRET, WEEKDAYS, corrected, insertion, stages, week

from connectors.demo import DemoSource
from connectors.demo_history import schedule
from connectors.pseudonyms import Pseudonyms
from connectors.store import FeedStore, open_store
from dashboard.mending import Memory
from dashboard.reading import read
from dashboard.roster import Roster


@dataclass(frozen=True)
class Told:
    """The past of the demo anchored on ANCHOR, out of a real store."""

    feed: FeedStore
    memory: Memory
    source: DemoSource
    rosters: Mapping[date, Roster]  # by the day on which they were read, oldest first

    def on(self, days: int) -> Roster:
        """The roster of the version read so many days before ANCHOR."""
        return self.rosters[ANCHOR - timedelta(days=days)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'history.sqlite'}")
    kept: list[Memory] = []
    source = DemoSource(PROGRAMME, SECRET, lambda: ANCHOR, lambda: NOW, kept.append)
    feed = store.feed(PROGRAMME.id, "demo")
    source.before_leading(feed)
    rosters = {version.read_on: feed.roster(version.number) for version in feed.versions()}
    yield Told(feed, kept[-1], source, rosters)
    store.close()


@pytest.fixture(scope="module")
def codes() -> Mapping[str, str]:
    """Pseudonym -> code."""
    pseudonyms = Pseudonyms(SECRET, PROGRAMME)
    return {str(pseudonyms.of(f"P-{number:03d}")): f"P-{number:03d}" for number in range(1, 211)}


@pytest.fixture(scope="module")
def weekly(told: Told, codes: Mapping[str, str]) -> list[tuple[date, Mapping[tuple[str, str], int]]]:
    """Of every version the day it was read on, and the stages of the women by code, in days before ANCHOR."""
    return [(day, stages(roster, codes)) for day, roster in told.rosters.items()]


def test_the_newest_version_says_what_the_source_says(told: Told) -> None:
    newest = told.feed.versions()[-1]
    now = read(told.source.fetch(), PROGRAMME, ANCHOR)
    assert (newest.read_on, newest.recorded_at) == (ANCHOR, NOW)
    pd.testing.assert_frame_equal(told.feed.roster(newest.number).frame, now.frame)
    assert told.feed.roster(newest.number).findings == now.findings


def test_recording_it_again_makes_no_version(told: Told) -> None:
    count = len(told.feed.versions())
    raw = told.source.fetch()
    told.feed.record(
        read(raw, PROGRAMME, ANCHOR),
        at=NOW,
        read_on=ANCHOR,
        content_hash=told.feed.versions()[-1].content_hash,
        source_version=raw.source.version,
        seconds=0.1,
    )
    assert len(told.feed.versions()) == count


def test_it_was_read_every_monday_and_lately_every_thursday(told: Told) -> None:
    versions = told.feed.versions()
    local = [version.recorded_at.astimezone() for version in versions[:-1]]
    assert [moment.date() for moment in local] == list(schedule(ANCHOR)) == [v.read_on for v in versions[:-1]]
    assert {(f"{moment:%A}", moment.hour) for moment in local} == {("Monday", 9), ("Thursday", 17)}
    assert [version.number for version in versions] == list(range(1, 41))  # 26 Mondays, 13 Thursdays, the anchor
    assert versions[0].read_on == ANCHOR - timedelta(weeks=26)


@pytest.mark.parametrize("anchor", WEEKDAYS, ids=lambda day: f"{day:%A}")
def test_on_whatever_day_it_begins_each_version_follows_the_one_before(anchor: date) -> None:
    days = schedule(anchor)
    assert list(days) == sorted(set(days))
    assert days[-1] < anchor <= days[-1] + timedelta(days=4)
    assert anchor - timedelta(weeks=26) <= days[0] < anchor - timedelta(weeks=25)


def test_last_week_is_as_worked_out_by_hand(told: Told, codes: Mapping[str, str]) -> None:
    assert week(told.rosters, codes, LAST, ANCHOR) == LAST_WEEK
    assert (len(LAST_WEEK.progress), LAST_WEEK.restatements) == (23, 10)


def test_the_week_before_is_as_worked_out_by_hand(told: Told, codes: Mapping[str, str]) -> None:
    assert week(told.rosters, codes, LAST_BUT_ONE, LAST) == WEEK_BEFORE
    assert (len(WEEK_BEFORE.progress), WEEK_BEFORE.restatements) == (5, 4)


def test_the_rate_moves_by_news_and_by_restatement(told: Told) -> None:
    assert insertion(told.rosters[LAST], LAST) == RATE_ON_LAST
    assert insertion(told.rosters[ANCHOR], LAST) == RATE_ON_LAST_RESTATED
    assert insertion(told.rosters[ANCHOR], ANCHOR) == RATE_NOW


def test_twelve_findings_were_mended_last_week(told: Told) -> None:
    assert told.memory.mended_lately(ANCHOR) == MENDED_LAST_WEEK


def test_no_roster_of_the_past_tells_the_future(told: Told) -> None:
    for day, roster in told.rosters.items():
        assert not (roster.frame[list(DATED)] > (day - date(1970, 1, 1)).days).any(axis=None)
        early = {finding.field for finding in roster.findings if finding.code == "future_date"}
        assert early <= {"last_contact"}


def test_nobody_goes_back_but_by_the_script(
    weekly: list[tuple[date, Mapping[tuple[str, str], int]]],
) -> None:
    gone: set[tuple[str, str]] = set()
    moved: set[Corrected] = set()
    for (_, before), (day, after) in pairwise(weekly):
        lost = {key for key in before if key not in after}
        away = {key for key in lost if key[0] == DELETED_FOR_A_WEEK}
        assert not away or 26 < (ANCHOR - day).days <= 33
        gone |= lost - away
        moved |= corrected(before, after)
    assert gone == TAKEN_OUT_EVER
    assert moved == CORRECTED_EVER


def test_a_row_deleted_by_mistake_is_back_a_week_later(told: Told, codes: Mapping[str, str]) -> None:
    there = {
        (ANCHOR - day).days
        for day, roster in told.rosters.items()
        if DELETED_FOR_A_WEEK not in {codes[woman] for woman in roster.frame["woman"]}
    }
    assert there == {32, 28}  # a Thursday and a Monday


def test_second_rows_were_taken_out(told: Told) -> None:
    days = (74, 70, 42, 39, 11, 7, 4, 0)
    assert [told.on(ago).reconciliation.duplicates_merged for ago in days] == [1, 2, 2, 1, 1, 2, 1, 1]


def test_work_without_a_date_was_dated_later(told: Told, codes: Mapping[str, str]) -> None:
    """P-083 works since day 117; staff wrote so at once, and the date on day 75."""
    found = []
    for days in (77, 74):
        frame = told.on(days).frame
        woman = frame[frame["woman"].map(codes) == "P-083"].iloc[0]
        found.append((woman["status"], pd.isna(woman["first_work_date"])))
    assert found == [("placed", True), ("placed", False)]


def test_a_drop_of_rows_was_held_and_is_over(told: Told) -> None:
    held = [pull for pull in told.feed.pulls(100) if pull.outcome == "held"]
    assert [pull.at for pull in held] == [datetime(HELD_ON.year, HELD_ON.month, HELD_ON.day, 12).astimezone(UTC)]
    assert told.feed.head().held is None
