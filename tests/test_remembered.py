"""The past of a roster: months of large ones are never in memory together, and a store that is away is asked once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from figure_results import PROGRAMME
from test_service import TODAY, roster

from callbacks import counts
from callbacks.counts import PAST_ROWS, ROSTER_ROWS, Counts
from callbacks.kept import Kept
from callbacks.remembered import Basis, Remembered
from dashboard.history import HistoryError, Version, newest_at
from dashboard.mending import Memory
from dashboard.roster import Roster
from dashboard.view import View

DAYS = tuple(date(2026, month, 1) for month in range(1, 12))


@dataclass
class Months:
    """A version recorded on the first of every month; `asked` notes every question."""

    away: bool = False
    asked: list[Any] = field(default_factory=list)

    def versions(self) -> list[Version]:
        self.asked.append("versions")
        if self.away:
            raise HistoryError("version_gone", number=0)
        moments = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in DAYS]
        return [Version(n, moment, moment.date(), "", None, 0, 0) for n, moment in enumerate(moments, 1)]

    def known_on(self, moment: datetime) -> Version | None:
        return newest_at(self.versions(), moment)

    def earlier(self, number: int, women: Collection[str]) -> frozenset[str]:
        return frozenset()

    def roster(self, number: int) -> Roster:
        self.asked.append(number)
        return roster()


@pytest.fixture
def tallied(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    days: list[date] = []

    def tally(roster: Roster, programme: object, day: date) -> date:
        days.append(day)
        return day

    monkeypatch.setattr(counts, "tally", tally)
    return days


def test_the_tallies_of_past_days_are_kept_and_their_rosters_let_go(
    tallied: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "PAST_ROWS", 2 * ROSTER_ROWS + 2 * len(roster().frame))
    history = Months()
    seen = Counts(PROGRAMME, lambda: TODAY, Memory)
    past = seen.past(Basis(roster(), 12, "feed.0.12"), lambda: history, ())
    found = [seen.known_then(past, day) for day in DAYS * 2]
    assert found == list(DAYS * 2)
    assert tallied == list(DAYS)  # each was counted once
    assert history.asked == ["versions", *range(1, 12)]
    assert list(seen._rosters._places) == [("roster", "feed.0.10"), ("roster", "feed.0.11")]


def test_of_rosters_beyond_a_sheet_one_past_one_is_kept() -> None:
    assert PAST_ROWS < 2 * 400_000


def test_a_past_that_is_not_kept_is_no_tally_and_is_asked_for_again(tallied: list[date]) -> None:
    history = Months()

    def gone(number: int) -> Roster:
        raise HistoryError("version_gone", number=number)

    rebuild, history.roster = history.roster, gone  # type: ignore[method-assign]
    seen = Counts(PROGRAMME, lambda: TODAY, Memory)
    past = seen.past(Basis(roster(), 12, "feed.0.12"), lambda: history, ())
    assert seen.known_then(past, DAYS[3]) is None
    history.roster = rebuild  # type: ignore[method-assign]
    assert seen.known_then(past, DAYS[3]) == DAYS[3]


def test_a_store_that_is_away_is_asked_once_for_a_view_and_again_for_the_next() -> None:
    history, kept = Months(away=True), Kept(9)
    for asked in (1, 2):
        past = Remembered(Basis(roster(), 12, "feed.0.12"), lambda: history, kept, ())
        assert [past.on(day) for day in DAYS] == [None] * len(DAYS)
        assert past.days(TODAY) == ()
        assert past.known(View("en", known=DAYS[0]), TODAY)[2][0].code == "not_remembered"
        assert history.asked == ["versions"] * asked
