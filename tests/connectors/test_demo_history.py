"""The demo's past ends in the demo of today, and its last weeks are those worked out in tests/demo_expectations.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

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
    Moved,
    Week,
)

from connectors import demo_history
from connectors.base import SourceError
from connectors.choose import open_source
from connectors.demo import DemoSource
from connectors.demo_diary import diaries
from connectors.demo_grid import COLUMNS, HEADER_ROW, demo_grid, serial
from connectors.demo_history import prepare, schedule
from connectors.demo_past import Past
from connectors.demo_slips import MENDED, RESTATED
from connectors.finding_memory import MEMORY_FILE, load
from connectors.pseudonyms import Pseudonyms
from connectors.store import FeedStore, open_store
from dashboard.history import Held, Version
from dashboard.mending import Memory
from dashboard.programme import Programme, load_programme
from dashboard.reading import read
from dashboard.roster import Roster

PROGRAMME = load_programme(Path(__file__).resolve().parents[2] / "programme.toml")
SECRET = b"a secret of the tests"
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
WEEKDAYS = [ANCHOR + timedelta(days=more) for more in range(7)]
DATED = {
    "contact_date": "contact", "selection_date": "eligible", "enrol_date": "enrolled", "start_date": "softskills",
    "vocational_start": "training", "internship_start": "internship", "completion_date": "completed",
    "certificate_date": "certified", "first_work_date": "placed", "exit_date": "exit",
}  # fmt: skip
COLUMN = {field: place for place, (_, field) in enumerate(COLUMNS)}


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


def before_anchor(day: int) -> int:
    return (ANCHOR - date(1970, 1, 1)).days - day


def stages(roster: Roster, codes: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """(code, stage) -> its day, counted back from ANCHOR."""
    found = {}
    for row in roster.frame.to_dict("records"):
        code, hired = codes[row["woman"]], row["first_work_date_latest"]
        for field, stage in DATED.items():
            if not pd.isna(row[field]):
                found[code, stage] = before_anchor(int(row[field]))
        for months, days in ((3, 90), (6, 180), (12, 365)):
            if row[f"check_{months}"] in ("same_employer", "working") and not pd.isna(hired):
                found[code, f"retained_{months}"] = before_anchor(int(hired)) - days
    return found


def week(told: Told, codes: Mapping[str, str], start: date, end: date) -> Week:
    """What differs between the versions of two days."""
    before, after = stages(told.rosters[start], codes), stages(told.rosters[end], codes)
    first = (ANCHOR - start).days
    new = {Moved(code, stage, day) for (code, stage), day in after.items() if (code, stage) not in before}
    women = [{codes[woman] for woman in told.rosters[day].frame["woman"]} for day in (start, end)]
    return Week(
        progress=frozenset(moved for moved in new if moved.day < first),
        late=frozenset(moved for moved in new if moved.day >= first),
        corrected=corrected(before, after),
        taken_out=frozenset(Moved(*key, day) for key, day in before.items() if key not in after),
        rows=frozenset(women[1] - women[0]),
    )


def corrected(before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]) -> frozenset[Corrected]:
    return frozenset(Corrected(*key, day, after[key]) for key, day in before.items() if after.get(key, day) != day)


def insertion(roster: Roster, as_of: date) -> tuple[int, int]:
    """Inserted within 90 days, and closed windows, counted from the frame alone."""
    frame, day = roster.frame, (as_of - date(1970, 1, 1)).days
    closed = frame[frame["completion_date"] + 90 <= day]
    return int((closed["first_work_date_latest"] - closed["completion_date"] <= 90).sum()), len(closed)


@pytest.mark.parametrize("anchor", [*WEEKDAYS, date(2027, 2, 28), date(2028, 2, 29)], ids=str)
def test_on_the_anchor_the_past_is_the_demo_cell_for_cell(anchor: date) -> None:
    assert Past(anchor).grid(anchor) == demo_grid(anchor)


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
    assert week(told, codes, LAST, ANCHOR) == LAST_WEEK
    assert (len(LAST_WEEK.progress), LAST_WEEK.restatements) == (23, 10)


def test_the_week_before_is_as_worked_out_by_hand(told: Told, codes: Mapping[str, str]) -> None:
    assert week(told, codes, LAST_BUT_ONE, LAST) == WEEK_BEFORE
    assert (len(WEEK_BEFORE.progress), WEEK_BEFORE.restatements) == (5, 4)


def test_the_rate_moves_by_news_and_by_restatement(told: Told) -> None:
    assert insertion(told.rosters[LAST], LAST) == RATE_ON_LAST
    assert insertion(told.rosters[ANCHOR], LAST) == RATE_ON_LAST_RESTATED
    assert insertion(told.rosters[ANCHOR], ANCHOR) == RATE_NOW


def test_twelve_findings_were_mended_last_week(told: Told) -> None:
    assert told.memory.mended_lately(ANCHOR) == MENDED_LAST_WEEK


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


def cells_of(past: Past, day: date) -> dict[object, tuple[object, ...]]:
    return {row[COLUMN["key"]]: row for row in past.grid(day)[0].rows[HEADER_ROW:]}


@pytest.mark.parametrize("anchor", [ANCHOR, date(2028, 2, 29)], ids=str)
def test_nothing_is_in_the_sheet_before_it_happened(anchor: date) -> None:
    past = Past(anchor)
    for days in range(0, 183, 3):
        day = anchor - timedelta(days=days)
        for code, row in cells_of(past, day).items():
            for field in DATED:
                cell = row[COLUMN[field]]
                assert not isinstance(cell, int) or cell <= serial(day), (code, field, day)


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


def test_women_move_from_the_new_files_to_their_intake(told: Told) -> None:
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


class Forgetful:
    """A feed in memory that forgets, and may be killed while it is written."""

    def __init__(self, survives: int = 1000) -> None:
        self.kept: list[Version] = []
        self.begun = 0
        self.survives = survives

    def versions(self) -> list[Version]:
        return self.kept

    def record(
        self,
        roster: Roster,
        *,
        at: datetime,
        read_on: date,
        content_hash: str,
        source_version: str | None,
        seconds: float,
        after: int | None,
    ) -> Version:
        assert after == (len(self.kept) or None)
        if len(self.kept) == self.survives:
            raise KeyboardInterrupt
        version = Version(len(self.kept) + 1, at, read_on, content_hash, source_version, len(roster.frame), 0)
        self.kept.append(version)
        return version

    def hold(self, held: Held) -> None:
        assert held.code == "rows_dropped"

    def forget(self) -> None:
        self.kept, self.begun = [], self.begun + 1


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A past of one week is quicker, and says the same of when it is begun."""
    monkeypatch.setattr(demo_history, "WEEKS", 1)
    monkeypatch.setattr(demo_history, "HELD", 3)


@pytest.mark.usefixtures("short")
def test_a_demo_goes_on_for_six_days_and_is_begun_anew_on_the_seventh() -> None:
    feed, today = Forgetful(), ANCHOR
    source = DemoSource(PROGRAMME, SECRET, lambda: today, lambda: NOW)
    source.before_leading(feed)
    first = source.fetch().sheets
    today = ANCHOR + timedelta(days=6)
    source.before_leading(feed)
    assert (feed.begun, source.fetch().sheets) == (0, first)
    today = ANCHOR + timedelta(days=7)
    source.before_leading(feed)
    assert feed.begun == 1
    assert feed.kept[-1].read_on == today
    assert source.fetch().sheets == DemoSource(PROGRAMME, SECRET, lambda: today).fetch().sheets != first


@pytest.mark.usefixtures("short")
def test_another_process_goes_on_from_the_same_day() -> None:
    feed = Forgetful()
    DemoSource(PROGRAMME, SECRET, lambda: ANCHOR, lambda: NOW).before_leading(feed)
    later = DemoSource(PROGRAMME, SECRET, lambda: ANCHOR + timedelta(days=3), lambda: NOW)
    later.before_leading(feed)
    assert feed.begun == 0
    assert later.fetch().source.version == "135-2026-11-23"


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("survives", [0, 1, 2])
def test_a_past_that_was_cut_short_is_begun_anew(survives: int) -> None:
    feed = Forgetful(survives)
    with pytest.raises(KeyboardInterrupt):
        prepare(feed, PROGRAMME, SECRET, ANCHOR, NOW)
    assert len(feed.kept) == survives
    feed.survives = 1000
    assert prepare(feed, PROGRAMME, SECRET, ANCHOR, NOW) == ANCHOR
    assert [version.read_on for version in feed.kept] == [*schedule(ANCHOR), ANCHOR]


@pytest.mark.usefixtures("short")
def test_a_clock_set_back_before_the_anchor_begins_anew() -> None:
    feed = Forgetful()
    prepare(feed, PROGRAMME, SECRET, ANCHOR, NOW)
    assert prepare(feed, PROGRAMME, SECRET, ANCHOR - timedelta(days=1), NOW) == ANCHOR - timedelta(days=1)


def test_without_a_history_the_demo_is_anchored_today() -> None:
    today = ANCHOR + timedelta(days=5)
    assert DemoSource(PROGRAMME, SECRET, lambda: today).fetch().source.version == "135-2026-11-28"


def test_headers_that_are_not_the_demos_leave_the_feed_as_it_was() -> None:
    strange: Programme = PROGRAMME.model_copy(
        update={"sheet": PROGRAMME.sheet.model_copy(update={"headers": {"key": ("Schlüssel",)}})}
    )
    feed = Forgetful()
    with pytest.raises(SourceError) as caught:
        prepare(feed, strange, SECRET, ANCHOR, NOW)
    assert (caught.value.code, feed.kept) == ("no_header", [])


@pytest.mark.usefixtures("short")
def test_what_was_mended_is_remembered_in_the_data_folder(tmp_path: Path) -> None:
    source = open_source("demo", PROGRAMME, SECRET, None, lambda: ANCHOR, tmp_path)
    assert isinstance(source, DemoSource)
    source.before_leading(Forgetful())
    kept = load(tmp_path / MEMORY_FILE)
    assert kept is not None
    # The only Monday before is the last one: all that went in the week went since.
    assert kept.mended_lately(ANCHOR) == MENDED_LAST_WEEK
