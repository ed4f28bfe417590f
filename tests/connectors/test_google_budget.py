"""How often Google is asked, by the server's own log under a clock that runs faster than ours.

Three open pages ask every five seconds between them. Whatever the roster's editors and readers do meanwhile, no minute
has more than twelve requests while nobody presses "read now", and none ever has more than sixty.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fake_store import KEY, FakeStore
from rosters import HEADER, SECRET, TITLE, TITLE_BLOCK, WOMEN
from sheets_server import SheetsServer

from connectors.base import SourceError
from connectors.feed import Feed
from connectors.google_sheets import GoogleSheets
from connectors.refresher import Refresher
from dashboard.programme import Programme
from dashboard.reading import read

STEP = 5.0  # seconds between two visits of open pages
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Seconds pass when they are waited for."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Office:
    """The dashboard at work: pages that ask, and what else happens at each step."""

    def __init__(self, server: SheetsServer, source: GoogleSheets, refresher: Refresher, clock: Clock) -> None:
        self.server, self.source, self.refresher, self.clock = server, source, refresher, clock

    def run(self, minutes: float, happens: Callable[[int], None] = lambda _step: None) -> None:
        """Let so many minutes pass; `happens` is called with the number of each step."""
        for step in range(int(minutes * 60 / STEP)):
            happens(step)
            self.refresher.turn()
            self.clock.seconds += STEP

    @property
    def busiest(self) -> int:
        """The most requests in any minute, sign-ins included."""
        times = sorted(request.at for request in self.server.log)
        return max(sum(at <= other < at + 60 for other in times) for at in times)

    @property
    def first_hired(self) -> object:
        """The first woman's day of hiring, as the dashboard has it."""
        roster = self.refresher.current().roster
        assert roster is not None
        return roster.frame["first_work_date"].iloc[0]


@pytest.fixture
def office(server: SheetsServer, programme: Programme, tmp_path: Path) -> Iterator[Office]:
    clock = Clock()
    server.clock = lambda: clock.seconds
    source = GoogleSheets(
        server.address, programme, SECRET, server.key_file(tmp_path), now=clock, sleep=clock.sleep, deadline=60
    )
    feed = Feed(source, lambda raw: read(raw, programme, START.date()), KEY)
    refresher = Refresher(feed, FakeStore().open, 15, clock, by_hand=True)
    yield Office(server, source, refresher, clock)
    source.close()


def test_an_hour_in_which_nothing_changes_takes_one_question_every_fifteen_seconds(office: Office) -> None:
    office.run(5)
    assert office.busiest <= 12
    office.server.log.clear()

    def expire(step: int) -> None:
        if step == 300:
            office.server.token = "another-token"

    office.run(60, expire)
    assert office.busiest <= 12
    kinds = [request.kind for request in office.server.log]
    assert kinds.count("drive") == pytest.approx(240, abs=3)
    assert kinds.count("values") == 2  # the pull that is made once an hour whatever Drive says
    assert office.refresher.current().error is None


@pytest.mark.parametrize("merged", [False, True])
def test_a_sheet_edited_all_the_time_still_takes_twelve_a_minute(office: Office, merged: bool) -> None:
    merges = [(5, 7, 4, 4)] if merged else []
    office.server.put(TITLE, [*TITLE_BLOCK, HEADER, *WOMEN], merges)
    days = iter(range(46_000, 47_000))
    office.run(12, lambda _step: office.server.set_cell(f"'{TITLE}'!H5", next(days)))
    assert office.busiest <= 12
    before = office.first_hired
    last = next(days)
    office.server.set_cell(f"'{TITLE}'!H5", last)
    office.run(0.5)
    assert office.first_hired == last - 25_569 != before


def test_several_worksheets_are_searched_and_searched_again_within_the_budget(office: Office) -> None:
    office.server.delete(TITLE)
    for number in range(1, 9):
        office.server.put(f"فوج {number}", [*TITLE_BLOCK, HEADER, *WOMEN])
    office.run(12)
    assert office.busiest <= 12
    assert [request.kind for request in office.server.log].count("values") == 5


def test_impatience_and_faults_together_never_make_more_than_sixty(office: Office) -> None:
    office.run(1)

    def press(step: int) -> None:
        if step % 7 == 0:
            office.server.fail_next(on="values", status=429, times=2)
        if step % 11 == 0:
            office.server.fail_next("reset", on="drive", times=4)
        if step % 13 == 0:
            office.server.fail_next(on="any", status=503, times=6, retry_after="1")
        for _ in range(10):
            office.refresher.refresh_now()
            office.refresher.turn()

    office.run(10, press)
    assert 20 < office.busiest <= 60
    office.server.mend()
    office.server.set_cell(f"'{TITLE}'!H5", 46_300)
    office.run(2)
    assert office.first_hired == 46_300 - 25_569
    assert office.refresher.current().error is None


def test_a_source_pulled_in_a_loop_is_held_back_by_itself(office: Office) -> None:
    refusals = 0
    for _ in range(100):
        try:
            office.source.fetch()
        except SourceError as error:
            assert error.code == "quota"
            refusals += 1
            office.clock.seconds += STEP
    assert office.busiest <= 60
    assert 0 < refusals < 50
