"""A hundred sheets, one service account, real gspread on the loopback: the request log is the proof."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from many_sheets import LOOK, READS, Fleet, fleet, terse
from rosters import TITLE

from connectors.google_quota import BY_HAND
from connectors.programmes import DRIVE_A_MINUTE
from connectors.quota import BURST, RATE
from dashboard.programme import load_programme

SHEETS = 100
GOOGLE = 60  # reads a minute that Google allows an account
FIRST = date(1899, 12, 30).toordinal()
PROGRAMME = terse(load_programme(Path(__file__).parents[2] / "programme.toml"))
NOISY = 7


def serial(day: int) -> int:
    """Days since 1970 of a serial day number."""
    return day - 25_569


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A hundred sheets from a standing start: until each has been read once."""
    with fleet(SHEETS, PROGRAMME, tmp_path_factory.mktemp("fleet")) as made:
        while any(made.shown(number) is None for number in range(SHEETS)) and made.clock.seconds < 3600:
            made.run(LOOK)
        yield made


def test_no_minute_has_more_reads_than_google_allows_while_all_sheets_are_read_first(at_work: Fleet) -> None:
    assert all(at_work.shown(number) is not None for number in range(SHEETS))
    assert at_work.busiest(READS) <= BURST + RATE
    assert BURST + RATE + BY_HAND < GOOGLE
    reads = sum(request.kind in READS for request in at_work.server.log)
    # Not slower than need be either: all but a tenth of what the bucket lets through is used.
    assert at_work.clock.seconds <= reads / RATE * 60 * 1.1 + LOOK


def test_every_change_is_seen_within_the_bound_although_one_sheet_never_rests(at_work: Fleet) -> None:
    at_work.server.log.clear()
    edited, noise = 46_100, iter(range(45_000, 46_000))
    for number in range(0, SHEETS, 4):  # 25 sheets at one moment
        at_work.sheets[number].set_cell(f"'{TITLE}'!H2", edited)
    begun, seen = at_work.clock.seconds, {}

    def happens() -> None:
        at_work.sheets[NOISY].set_cell(f"'{TITLE}'!H2", next(noise))
        for number in range(0, SHEETS, 4):
            if number not in seen and at_work.shown(number) == serial(edited):
                seen[number] = at_work.clock.seconds - begun

    at_work.run(240, happens)
    # Drive is asked every 25 s; then 26 sheets of two reads each wait for what runs in, each waits for one look more.
    bound = SHEETS * 60 / DRIVE_A_MINUTE + 26 * 3 / RATE * 60 + 3 * LOOK
    assert len(seen) == 25
    assert max(seen.values()) <= bound
    assert at_work.busiest(READS) <= BURST + RATE
    assert at_work.busiest(["drive"]) <= DRIVE_A_MINUTE * 1.1
    # The noisy sheet has had its turns in between, no more than one for each question to Drive.
    pulls = at_work.pulls()
    assert 2 <= pulls[at_work.sheets[NOISY].sheet_id] <= 2 * 240 / 25 + 2


def test_another_process_goes_on_where_the_first_is_gone_without_a_minute_too_full(
    tmp_path: Path,
) -> None:
    with fleet(12, PROGRAMME, tmp_path) as small:
        small.run(45)
        read = len(small.server.log)
        small.refreshers = small.process(PROGRAMME, small.server.key_file(tmp_path))
        small.run(10)  # while the first lives the others do not read
        assert len(small.server.log) == read
        small.holder[0] = None  # the first ends as a process does
        small.run(120)
        assert all(small.shown(number) is not None for number in range(12))
        assert small.busiest(READS) <= BURST + RATE


def test_a_429_slows_all_sheets_down_and_its_pause_is_kept(at_work: Fleet) -> None:
    at_work.server.fail_next(on="values", status=429, retry_after="45")
    at_work.server.log.clear()
    at_work.run(150)
    times = [request.at for request in at_work.server.log if request.kind in READS]
    refused = next(request.at for request in at_work.server.log if request.kind == "values")
    assert not [at for at in times if refused < at < refused + 45]
    assert at_work.busiest(READS) <= BURST + RATE
    later = [at for at in times if refused + 45 <= at < refused + 105]
    assert 0 < len(later) <= RATE / 2 + RATE / 8 + 1
