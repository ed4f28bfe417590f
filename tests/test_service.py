"""The service behind the pages: counted once per version and view, honest about the age and faults of its data."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from figure_results import PROGRAMME

from callbacks import counts
from callbacks.facts import roster_facts
from callbacks.service import Dashboard
from dashboard.history import Held, History, HistoryError, Version, newest_at
from dashboard.indicators import Indicator
from dashboard.roster import Reconciliation, Roster, SourceInfo
from layouts.shown import Fault, Read

TODAY = date(2026, 11, 23)
READ = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
START = (date(2025, 1, 6) - date(1970, 1, 1)).days
TRACKS = [track.id for track in PROGRAMME.tracks]


def roster() -> Roster:
    frame = pd.DataFrame(
        {
            "woman": ["canary-1", "canary-2", "canary-3"],
            "cohort": ["c2", "c1", "غير المبرمج"],
            "track": [TRACKS[1], TRACKS[0], "unspecified"],
            "prefecture": [PROGRAMME.prefectures[0].id] * 3,
            "age_band": ["25-34", "18-24", "45+"],
            "vulnerability": [
                f"{PROGRAMME.vulnerability[1].id}|{PROGRAMME.vulnerability[0].id}",
                "unspecified",
                PROGRAMME.vulnerability[0].id,
            ],
            "start_date": pd.array([START + 30, START, None], dtype="Int64"),
        }
    )
    return Roster(frame, (), Reconciliation(3, 3, 0, 0, 0), {}, SourceInfo("demo", "demo", READ))


@dataclass
class Source:
    """A refresher that answers what it is told."""

    roster: Roster | None = None
    version: int = 1
    error: Fault | None = None
    again: int = 0
    stored_error: Fault | None = None
    held: Held | None = None
    accepted: tuple[str, str] | None = None
    news: int = 0  # versions that reading again brings
    past: History | None = None

    def current(self, wait: float) -> Any:
        read = READ if self.roster else None
        return SimpleNamespace(
            roster=self.roster,
            version=self.version,
            edition=f".{self.version}",
            error=self.error,
            stored_error=self.stored_error,
            held=self.held,
            fetched_at=read,
            progress="done",
            leader="here",
        )

    def refresh_now(self, wait: float) -> Any:
        self.again += 1
        self.version += self.news
        return self.current(wait)

    def accept(self, content_hash: str, by: str) -> None:
        self.accepted = content_hash, by

    @property
    def history(self) -> Any:
        if self.past is None:
            raise LookupError
        return self.past


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was counted, in order; the counting itself is the core's and tested there."""
    calls: list[Any] = []

    def tally(roster: Roster, programme: Any, as_of: date) -> date:
        calls.append(as_of)
        return as_of

    def overview(now: date, before: date, filters: dict[str, Any]) -> Any:
        calls.append((now, before, filters))
        return SimpleNamespace(as_of=now, women=3)

    monkeypatch.setattr(counts, "tally", tally)
    monkeypatch.setattr(counts, "overview", overview)
    return calls


def board(source: Source, later: timedelta = timedelta(minutes=4)) -> Dashboard:
    return Dashboard(PROGRAMME, source, lambda: TODAY, lambda: READ + later, faults=(LookupError,))


def test_a_view_is_counted_with_the_week_before_and_only_once(counted: list[Any]) -> None:
    source = Source(roster())
    page = board(source)
    page.show("?lang=fr&cohort=c1", 0)
    page.show("?lang=ar&cohort=c1", 0)
    week = date(2026, 11, 16)
    assert counted == [TODAY, week, (TODAY, week, {"cohort": ("c1",)})]
    page.show("?cohort=c2", 0)
    assert counted[3:] == [(TODAY, week, {"cohort": ("c2",)})]


def test_a_new_version_is_counted_anew(counted: list[Any]) -> None:
    source = Source(roster())
    page = board(source)
    page.show("", 0)
    source.version = 2
    page.show("", 0)
    assert len(counted) == 6


def test_choices_stand_in_the_programmes_order_with_the_unknown_last() -> None:
    facts = roster_facts(roster(), PROGRAMME)
    assert facts.choices["cohort"] == ("c1", "c2", "غير المبرمج")
    assert facts.choices["track"] == (TRACKS[0], TRACKS[1], "unspecified")
    assert facts.choices["age_band"] == ("18-24", "25-34", "45+")
    first, second = (criterion.id for criterion in PROGRAMME.vulnerability[:2])
    assert facts.choices["vulnerability"] == (first, second, "unspecified")
    assert facts.first_start == date(2025, 1, 6)


def test_the_age_of_the_data_and_the_language_come_with_it(counted: list[Any]) -> None:
    shown = board(Source(roster())).show("?lang=en&as_of=2026-11-02", 0)
    assert shown.feed.age == 240
    assert shown.text.lang == "en"
    assert shown.as_of == date(2026, 11, 2)
    assert counted[0] == date(2026, 11, 2)
    assert shown.days[0] == TODAY


def test_a_fault_leaves_the_last_good_roster_counted(counted: list[Any]) -> None:
    fault = SimpleNamespace(code="no_network", params={})
    shown = board(Source(roster(), error=fault)).show("", 0)
    assert shown.feed.error is fault
    assert shown.overview is not None
    assert counted


def test_before_the_first_reading_nothing_is_counted_and_no_choice_is_called_wrong(counted: list[Any]) -> None:
    shown = board(Source(version=0)).show("?cohort=c1&as_of=soon", 0)
    assert shown.overview is None
    assert shown.feed.version == 0
    assert [notice.code for notice in shown.notices] == ["unreadable_date"]
    assert counted == []


@pytest.mark.parametrize(
    ("news", "fault", "read"),
    [
        (0, None, Read(1, 1)),
        (1, None, Read(1, 2)),
        (0, SimpleNamespace(code="no_network", params={}), Read(1, 1, failed=True)),
    ],
)
def test_read_again_says_what_came_of_it(news: int, fault: Fault | None, read: Read) -> None:
    source = Source(roster(), error=fault, news=news)
    assert board(source).read_again(0) == read
    assert source.again == 1


HELD = Held("rows_dropped", {"before": 45, "after": 12}, READ, "h", acceptable=True)
STORE, NETWORK = (SimpleNamespace(code=code, params={}) for code in ("store_full", "no_network"))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Source(roster()), None),
        (Source(roster(), held=HELD), None),
        (Source(roster(), error=NETWORK, held=HELD), "no_network"),
        (Source(roster(), error=NETWORK, stored_error=STORE), "store_full"),
        (Source(stored_error=STORE), "store_full"),
    ],
)
def test_a_page_says_first_what_keeps_it_from_remembering(source: Source, code: str | None) -> None:
    _, feed = board(source).state()
    assert (feed.error and feed.error.code) == code


def test_what_is_held_is_let_pass_by_its_content(counted: list[Any]) -> None:
    source = Source(roster(), held=HELD)
    assert board(source).show("", 0).feed.held == HELD
    assert board(source).accept("h", by="manager") is None
    assert source.accepted == ("h", "manager")


@pytest.mark.parametrize(
    ("minutes", "staleness"), [(0, "fresh"), (9.9, "fresh"), (10, "amber"), (59.9, "amber"), (60, "red")]
)
def test_old_data_are_called_old(minutes: float, staleness: str) -> None:
    assert board(Source(roster()), timedelta(minutes=minutes)).state()[1].staleness == staleness


def test_the_pulse_changes_with_all_that_a_page_tells_and_with_nothing_else(counted: list[Any]) -> None:
    fault = SimpleNamespace(code="no_network", params={})
    states = [Source(roster()), Source(roster(), 2), Source(roster(), error=fault), Source(roster(), held=HELD)]
    told = [board(source).pulse() for source in states]
    aged = board(Source(roster()), timedelta(hours=2)).pulse()
    assert len({*told, aged}) == 5
    assert board(Source(roster()), timedelta(minutes=5)).pulse() == told[0]
    assert "canary" not in "".join(told)


MONDAY = date(2026, 11, 16)


@dataclass
class Past:
    """A history of some rosters, each recorded at noon UTC of a day; the first `gone` of them are no longer kept."""

    rosters: dict[date, Roster]
    gone: int = 0

    def versions(self) -> list[Version]:
        noons = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in self.rosters]
        return [Version(n, noon, noon.date(), "", None, 0, 0) for n, noon in enumerate(noons, 1)]

    def known_on(self, moment: datetime) -> Version | None:
        return newest_at(self.versions(), moment)

    def earlier(self, number: int, women: Collection[str]) -> frozenset[str]:
        return frozenset()

    def roster(self, number: int) -> Roster:
        if number <= self.gone:
            raise HistoryError("version_gone", number=number)
        return list(self.rosters.values())[number - 1]


def past(gone: int = 0) -> Source:
    """Two versions: one woman was known on Monday, three are known today."""
    one = replace(roster(), frame=roster().frame.iloc[:1])
    return Source(roster(), 2, past=Past({MONDAY: one, TODAY: roster()}, gone))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """How many women were counted, and as of which day; one indicator says so."""
    calls: list[Any] = []

    def tally(roster: Roster, programme: Any, as_of: date) -> Any:
        calls.append((len(roster.frame), as_of))
        return len(roster.frame)

    def overview(now: int, before: int, filters: dict[str, Any]) -> Any:
        enrolled = Indicator("enrolled", "count", now, None, now)
        return SimpleNamespace(women=now, whole=SimpleNamespace(indicators={"enrolled": enrolled}))

    monkeypatch.setattr(counts, "tally", tally)
    monkeypatch.setattr(counts, "overview", overview)
    return calls


def test_what_was_known_on_a_day_is_counted_as_of_that_day_and_told_beside_what_is_known_now(seen: list[Any]) -> None:
    shown = board(past()).show("?known=2026-11-16", 0)
    assert (shown.overview.women, shown.as_of) == (1, MONDAY)  # type: ignore[union-attr]
    assert shown.past is not None
    assert shown.past.number == 1
    told = shown.restated["enrolled"]
    assert (told.then.value, told.now.value) == (1, 3)


def test_a_past_day_known_now_tells_what_was_known_then(seen: list[Any]) -> None:
    shown = board(past()).show("?as_of=2026-11-16", 0)
    assert (shown.overview.women, shown.past) == (3, None)  # type: ignore[union-attr]
    told = shown.restated["enrolled"]
    assert (told.then.value, told.now.value) == (1, 3)


def test_today_is_compared_with_nothing(seen: list[Any]) -> None:
    assert board(past()).show("", 0).restated == {}
    assert {women for women, _ in seen} == {3}


@pytest.mark.parametrize(
    ("search", "gone", "notice"), [("?known=2026-11-15", 0, "not_remembered"), ("?known=2026-11-16", 1, "not_kept")]
)
def test_what_is_not_remembered_is_said_and_now_is_shown(seen: list[Any], search: str, gone: int, notice: str) -> None:
    shown = board(past(gone)).show(search, 0)
    assert [found.code for found in shown.notices] == [notice]
    assert (shown.overview.women, shown.view.known, shown.as_of) == (3, None, TODAY)  # type: ignore[union-attr]


def test_days_on_offer_begin_with_the_first_version(seen: list[Any]) -> None:
    days = board(past()).show("", 0).known_days
    assert days == tuple(date(2026, 11, day) for day in range(22, 15, -1))
