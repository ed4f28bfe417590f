"""Several processes, one store: one pulls and all show the same; what the store refuses waits; lost leads stop."""

import logging

import pytest
from fake_store import KEY, FakeFeed, FakeStore
from refreshing import Clock, LiveSource, Process, Reader, Source, women

from connectors.base import SourceError
from connectors.feed import Feed, FeedStore
from connectors.recording import MOST, REST_SECONDS
from connectors.refresher import Refresher
from connectors.watching import Told


class House:
    """Three processes of one dashboard, on a clock and a store of their own."""

    def __init__(self) -> None:
        self.clock, self.store, self.source = Clock(), FakeStore(), Source(Clock())
        self.source.clock = self.clock
        self.outcomes: list[str] = []
        told = Told(observe=lambda word, _: self.outcomes.append(word))
        self.processes = [Process(self.source, Reader(), self.clock, self.store, told=told) for _ in range(3)]

    @property
    def feed(self) -> FakeFeed:
        return self.store.feeds[KEY]

    def turn(self, seconds: float = 0) -> list[tuple[int, list[str]]]:
        """Version and women in each process, after each has had its turn."""
        self.clock.forward(seconds)
        for process in self.processes:
            process.turn()
        shown = [process.refresher.current() for process in self.processes]
        return [(snapshot.version, women(snapshot)) for snapshot in shown]

    def versions(self) -> list[list[str]]:
        return [list(roster.frame["woman"]) for _, roster in self.feed.kept]


@pytest.fixture
def house() -> House:
    house = House()
    house.turn()
    return house


def test_one_pulls_and_all_show_the_same(house: House) -> None:
    assert house.turn() == [(1, ["a", "b"])] * 3
    house.source.cells = ["c"]
    assert house.turn(15) == [(2, ["c"])] * 3
    assert house.source.pulls == 2
    assert [process.refresher.current().leader for process in house.processes] == ["here", "elsewhere", "elsewhere"]


def test_an_error_is_told_by_all(house: House) -> None:
    house.source.error = SourceError("no_network")
    house.turn(15)
    errors = [process.refresher.current().error for process in house.processes]
    assert {error and error.code for error in errors} == {"no_network"}


def test_when_the_leader_is_gone_another_leads_with_its_next_look(house: House) -> None:
    del house.store.leaders[KEY]  # as the end of a process does
    house.processes.pop(0)
    house.source.cells = ["d"]
    assert house.turn() == [(2, ["d"])] * 2


def test_any_process_can_have_the_source_read_at_once_and_sees_how_far_that_is(house: House) -> None:
    leader, asking, _ = house.processes
    house.source.cells = ["e"]
    asking.refresher.refresh_now()
    assert asking.turn().progress == "asked"
    seen = []
    begin = house.feed.begin
    house.feed.begin = lambda question: (begin(question), seen.append(asking.turn().progress))  # type: ignore
    leader.turn()
    assert seen == ["reading"]
    done = asking.turn()
    assert (done.progress, women(done), house.source.pulls) == ("done", ["e"], 2)


def test_questions_of_several_are_answered_by_one_pull(house: House) -> None:
    for process in house.processes:
        process.refresher.refresh_now()
    house.turn()
    house.turn()
    assert house.source.pulls == 2
    assert house.feed.state.answered == 3


def test_a_question_is_answered_even_where_the_source_fails_and_once(house: House) -> None:
    house.source.error = SourceError("no_network")
    house.processes[1].refresher.refresh_now()
    for _ in range(3):
        house.turn()
    assert (house.feed.state.answered, house.source.pulls) == (1, 2)


@pytest.mark.parametrize("fault", ["full", "away"])
def test_what_the_store_refuses_is_recorded_in_order_when_it_is_back(house: House, fault: str) -> None:
    setattr(house.store, fault, True)
    for cells in (["a", "b", "c"], ["a", "b", "d"], ["a", "b"]):
        house.source.cells = cells
        house.turn(15)
        snapshot = house.processes[0].refresher.current()
        assert (snapshot.version, women(snapshot)) == (1, ["a", "b"])  # the last one that all can show
        assert snapshot.stored_error is not None
        assert snapshot.stored_error.code == ("store_full" if fault == "full" else "store_unreachable")
    assert house.outcomes == ["recorded", "waiting", "waiting", "waiting"]
    setattr(house.store, fault, False)
    assert house.turn(REST_SECONDS) == [(4, ["a", "b"])] * 3
    assert house.versions() == [["a", "b"], ["a", "b", "c"], ["a", "b", "d"], ["a", "b"]]
    assert house.processes[0].refresher.current().stored_error is None


def test_a_refusal_is_told_until_a_write_succeeds(house: House) -> None:
    house.store.full = True
    house.turn(15)
    house.turn(1)  # nothing is due, and the head can be read
    assert house.processes[0].refresher.current().stored_error is not None
    house.store.full = False
    house.turn(15)
    assert house.processes[0].refresher.current().stored_error is None


def test_asking_while_the_store_is_away_pulls_here_and_waits(house: House) -> None:
    house.store.away = True
    house.source.cells = ["a", "b", "c"]
    house.processes[0].ask()
    assert house.source.pulls == 2
    house.store.away = False
    assert house.turn(REST_SECONDS) == [(2, ["a", "b", "c"])] * 3


def test_more_readings_than_can_wait_leave_under_a_warning(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.store.full = True
    house.processes = house.processes[:1]
    for number in range(MOST + 2):
        house.source.cells = ["a", "b", f"c{number}"]
        house.turn(15)
    assert caplog.text.count("is not recorded") == 2
    house.store.full = False
    house.turn(REST_SECONDS)
    assert house.feed.state.version is not None
    assert house.feed.state.version.number == 1 + MOST
    assert house.versions()[-1] == ["a", "b", f"c{MOST + 1}"]


def test_whoever_lost_the_lead_during_a_pull_records_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    fetch = house.source.fetch

    def cut() -> object:
        del house.store.leaders[KEY]  # the connection that holds the lock is lost
        house.source.fetch = fetch  # type: ignore[method-assign]
        other = house.processes[1]
        house.source.cells = ["new"]
        other.turn()
        house.source.cells = ["old"]
        return fetch()

    house.source.fetch = cut  # type: ignore[method-assign,assignment]
    house.clock.forward(15)
    house.processes[0].turn()
    house.source.cells = ["new"]
    assert house.turn() == [(2, ["new"])] * 3
    assert house.versions() == [["a", "b"], ["new"]]
    assert "another process may lead" in caplog.text


def test_a_version_that_another_recorded_meanwhile_is_never_written_over(house: House) -> None:
    """The second belt: even a leader who believes that it leads cannot record after a version it has not seen."""
    stale = house.feed.state
    house.source.cells = ["new"]
    house.turn(15)
    house.feed.head = lambda: stale  # type: ignore[method-assign]
    house.source.cells = ["old"]
    house.clock.forward(15)
    house.processes[0].turn()
    assert house.versions() == [["a", "b"], ["new"]]
    assert KEY not in house.store.leaders


def test_a_reading_that_can_never_be_recorded_is_an_error_and_stops_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    record = house.feed.record

    def refuse(*_: object, **__: object) -> object:
        house.feed.record = record  # type: ignore[method-assign]
        raise ValueError("P-014")

    house.feed.record = refuse  # type: ignore[method-assign,assignment]
    house.source.cells = ["twice", "twice"]
    with caplog.at_level(logging.DEBUG):
        house.turn(15)
    stored = house.processes[0].refresher.current().stored_error
    assert stored is not None
    assert (stored.code, stored.params["kind"]) == ("store_failed", "ValueError")
    assert "P-014" not in caplog.text
    house.source.cells = ["once"]
    assert house.turn(15) == [(2, ["once"])] * 3


def test_whoever_leads_prepares_the_feed_before_its_first_pull_and_once_on_each_new_day(house: House) -> None:
    store, prepared = FakeStore(), []

    def prepare(kept: FeedStore) -> None:
        version = kept.head().version
        prepared.append(version and version.number)

    feed = Feed(house.source, Reader(), KEY, prepare=prepare)
    processes = [Refresher(feed, store.open, 15, house.clock, by_hand=True) for _ in range(2)]
    for process in processes * 2:
        process.turn()
    assert prepared == [None]  # by the first alone, while it was empty
    house.clock.forward(86_400)
    for process in processes * 2:
        process.turn()
    assert prepared == [None, 1]
    processes[0].stop()
    for process in processes[1:] * 2:
        process.turn()
    assert prepared == [None, 1, 1]  # another term


def test_a_past_that_cannot_be_made_up_does_not_stop_the_present(house: House) -> None:
    def prepare(kept: FeedStore) -> None:
        raise ValueError("P-014")

    feed = Feed(house.source, Reader(), KEY, prepare=prepare)
    process = Refresher(feed, FakeStore().open, 15, house.clock, by_hand=True)
    process.turn()
    assert process.current().version == 1


def test_a_past_that_was_rewritten_is_loaded_again_by_all_the_leader_too(house: House) -> None:
    """A person was erased: her row must not live on in any process."""
    version, roster = house.feed.kept[0]
    shorter = Reader()(house.source.fetch()).frame.iloc[1:]
    house.feed.kept[0] = version, type(roster)(shorter, (), roster.reconciliation, {}, roster.source)
    house.feed._is(edition=1)
    assert house.turn(1) == [(1, ["b"])] * 3
    assert house.turn(1) == [(1, ["b"])] * 3


def test_a_new_leader_reads_once_whatever_the_token(house: House) -> None:
    live, store = LiveSource(house.clock), FakeStore()
    first, second = (Process(live, Reader(), house.clock, store) for _ in range(2))
    first.turn()
    first.refresher.stop()
    second.turn(1)
    second.turn(1)
    assert (live.pulls, second.refresher.current().version) == (2, 1)
