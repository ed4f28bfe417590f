"""The refresher follows the store, pulls where it leads, and keeps the last good roster when anything fails."""

import gc
import logging
import threading
from datetime import timedelta

import pytest
from fake_store import KEY, FakeStore
from refreshing import START, Clock, Process, Reader, Source, women

from connectors.base import SourceError
from connectors.feed import Feed
from connectors.following_head import Snapshot
from connectors.leading import RETRY_SECONDS
from connectors.refresher import Refresher
from connectors.watching import Told
from dashboard.history import StoredFault
from dashboard.roster import RawTable, Roster


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(clock: Clock) -> Source:
    return Source(clock)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def process(source: Source, reader: Reader, clock: Clock) -> Process:
    return Process(source, reader, clock)


def test_the_first_turn_records_and_shows_the_first_roster(process: Process) -> None:
    assert process.refresher.current() == Snapshot()
    snapshot = process.turn()
    assert women(snapshot) == ["a", "b"]
    assert (snapshot.version, snapshot.error, snapshot.fetched_at, snapshot.leader) == (1, None, START, "here")


def test_a_young_roster_is_not_pulled_again(process: Process, source: Source) -> None:
    process.turn()
    process.turn(14.9)
    assert source.pulls == 1
    process.turn(0.2)
    assert source.pulls == 2


def test_the_version_rises_only_with_the_content(process: Process, source: Source, reader: Reader) -> None:
    process.turn()
    unchanged = process.turn(20)
    assert (unchanged.version, reader.reads, unchanged.fetched_at) == (1, 1, process.clock.now)
    source.cells = ["a", "b", "c"]
    changed = process.turn(20)
    assert (changed.version, reader.reads, women(changed)) == (2, 2, ["a", "b", "c"])
    assert process.store.log == ["record", "checked", "record"]


@pytest.mark.parametrize(("mark", "version"), [("", 1), ("a date is no longer in the future", 2)])
def test_a_new_day_reads_again_and_counts_only_what_it_changes(
    process: Process, reader: Reader, mark: str, version: int
) -> None:
    process.turn()
    reader.mark = mark
    assert (process.turn(86_400).version, reader.reads) == (version, 2)


def test_an_error_keeps_the_last_good_roster_and_rests(process: Process, source: Source) -> None:
    good = process.turn()
    source.error = SourceError("not_found", url="u")
    failed = process.turn(20)
    assert failed.roster is good.roster
    assert failed.error == StoredFault("not_found", {"url": "u"})
    assert (failed.version, failed.fetched_at, failed.error_at) == (1, START, process.clock.now)
    process.turn(RETRY_SECONDS - 1)
    assert source.pulls == 2
    source.error = None
    mended = process.turn(1)
    assert (mended.error, mended.error_at, mended.version, mended.fetched_at) == (None, None, 1, process.clock.now)


def test_a_clock_set_back_does_not_stop_the_refresh(process: Process, source: Source) -> None:
    process.turn()
    process.turn(-3600)
    assert source.pulls == 2


def test_asking_pulls_whatever_the_age_even_after_an_error(process: Process, source: Source) -> None:
    process.turn()
    source.error = SourceError("no_network")
    failed = process.ask()
    assert (failed.error and failed.error.code) == "no_network"
    source.error, source.cells = None, ["z"]
    assert women(process.ask()) == ["z"]


def test_an_unexpected_fault_becomes_an_error_and_logs_no_value(
    process: Process, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    source.error = KeyError("P-014")
    with caplog.at_level(logging.DEBUG):
        snapshot = process.turn()
    assert snapshot.error == StoredFault("unexpected", {"kind": "KeyError"})
    assert "KeyError in fetch line" in caplog.text
    assert "P-014" not in caplog.text
    assert "P-014" not in repr(snapshot)


def test_nothing_holds_on_to_the_frames_of_a_fault(process: Process, source: Source) -> None:
    class Cell:
        """A value that is alive as long as a frame is."""

    def fetch() -> RawTable:
        cell = Cell()
        try:
            raise ValueError(cell)
        except ValueError:
            raise SourceError("connection_lost") from None

    source.fetch = fetch  # type: ignore[method-assign]
    assert process.turn().error == StoredFault("connection_lost", {})
    assert not [thing for thing in gc.get_objects() if isinstance(thing, Cell)]


def test_whoever_remembers_findings_is_told_of_each_roster_that_is_shown(
    source: Source, reader: Reader, clock: Clock
) -> None:
    store, told = FakeStore(), {"leader": list[Roster](), "follower": list[Roster]()}
    leader = Process(source, reader, clock, store, told=Told(published=told["leader"].append))
    follower = Process(source, reader, clock, store, told=Told(published=told["follower"].append))
    for cells in (["a"], ["a"], ["a", "b"]):
        source.cells = cells
        leader.turn(20)
        follower.turn()
    leader.turn(86_400)  # read anew: a new day may turn a finding into none
    for rosters in told.values():
        assert [len(roster.frame) for roster in rosters][:2] == [1, 2]
    assert (len(told["leader"]), len(told["follower"])) == (3, 2)


# With its thread, on a clock that stands still: only what is asked for happens.


@pytest.fixture
def running(source: Source, reader: Reader, clock: Clock) -> Refresher:
    return Refresher(Feed(source, reader, KEY), FakeStore().open, 15, clock, poll=0.01)


def test_it_starts_by_itself_and_the_first_call_waits_for_the_first_roster(running: Refresher, source: Source) -> None:
    source.gate.clear()
    assert running.current().roster is None
    assert source.entered.wait(10)
    assert running.current(0.02).roster is None
    source.gate.set()
    assert running.current(10).version == 1
    assert source.pulls == 1
    running.stop()


def test_asking_during_a_pull_is_followed_by_another(running: Refresher, source: Source) -> None:
    source.gate.clear()
    running.start()
    assert source.entered.wait(10)
    asked = running.refresh_now()
    assert asked.answered == 0
    source.gate.set()
    source.cells = ["z"]
    assert women(running.refresh_now(10)) == ["z"]
    assert source.pulls >= 2
    running.stop()


def test_many_threads_cause_one_pull(running: Refresher, source: Source) -> None:
    source.gate.clear()
    seen: list[Snapshot] = []
    threads = [threading.Thread(target=lambda: seen.append(running.current(10))) for _ in range(8)]
    for thread in threads:
        thread.start()
    source.gate.set()
    for thread in threads:
        thread.join()
    assert {snapshot.version for snapshot in seen} == {1}
    assert source.pulls == 1
    running.stop()


def test_it_goes_on_after_a_fault_of_its_own(
    source: Source, reader: Reader, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [RuntimeError("P-014")]

    def fail_once() -> None:
        if faults:
            raise faults.pop()

    told = Told(before_turn=fail_once)
    running = Refresher(Feed(source, reader, KEY), FakeStore().open, 15, clock, told, poll=0.01)
    assert running.current(10).version == 1
    running.stop()
    assert "turn failed: RuntimeError in fail_once" in caplog.text
    assert "P-014" not in caplog.text


def test_a_fault_that_stays_is_logged_once_and_again_when_it_returns(
    source: Source, reader: Reader, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [True] * 20 + [False] + [True] * 3
    over = threading.Event()

    def fail() -> None:
        if not faults:
            over.set()
        elif faults.pop():
            raise RuntimeError("P-014")

    told = Told(before_turn=fail)
    running = Refresher(Feed(source, reader, KEY), FakeStore().open, 15, clock, told, poll=0.001)
    running.start()
    assert over.wait(20)
    running.stop()
    assert caplog.text.count("turn failed") == 2


def test_its_own_thread_may_stop_it(source: Source, reader: Reader, clock: Clock) -> None:
    stopped = threading.Event()

    def stop() -> None:
        itself.stop()
        stopped.set()

    itself = Refresher(Feed(source, reader, KEY), FakeStore().open, 15, clock, Told(before_turn=stop), poll=0.001)
    itself.start()
    assert stopped.wait(20)


def test_stopping_during_a_pull_neither_waits_for_it_nor_records_it(
    source: Source, reader: Reader, clock: Clock
) -> None:
    store = FakeStore()
    running = Refresher(Feed(source, reader, KEY), store.open, 15, clock, poll=0.01)
    source.gate.clear()
    running.start()
    assert source.entered.wait(10)
    running.stop(patience=0.05)
    other = Process(Source(clock), reader, clock, store)
    assert other.turn().leader == "here"
    source.cells = ["late"]
    source.gate.set()
    running.stop(patience=10)
    assert (store.log, women(other.turn())) == (["record"], ["a", "b"])


def test_time_is_told_in_utc_to_the_store(source: Source, reader: Reader, clock: Clock) -> None:
    clock.now = START.astimezone(tz=None)
    process = Process(source, reader, clock)
    process.turn()
    assert process.kept.versions()[0].recorded_at.utcoffset() == timedelta(0)
