"""When the demo's past is begun: at first, after it was cut short, and after six days."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from demo_expectations import (
    ANCHOR,
    MENDED_LAST_WEEK,
)
from demo_weeks import NOW, PROGRAMME, SECRET

from connectors import demo_history
from connectors.base import SourceError
from connectors.choose import open_source
from connectors.demo import DemoSource
from connectors.demo_history import prepare, schedule
from connectors.finding_memory import MEMORY_FILE, load
from dashboard.history import Held, Version
from dashboard.programme import Programme
from dashboard.roster import Roster


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


@pytest.mark.usefixtures("short")
def test_what_was_mended_is_remembered_in_the_data_folder(tmp_path: Path) -> None:
    source = open_source("demo", PROGRAMME, SECRET, None, lambda: ANCHOR, tmp_path)
    assert isinstance(source, DemoSource)
    source.before_leading(Forgetful())
    kept = load(tmp_path / MEMORY_FILE)
    assert kept is not None
    # The only Monday before is the last one: all that went in the week went since.
    assert kept.mended_lately(ANCHOR) == MENDED_LAST_WEEK


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
