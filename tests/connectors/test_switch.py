"""Another source, or another reading of the same one, while the dashboard runs."""

from collections.abc import Callable

import pandas as pd
import pytest
from fake_store import KEY, FakeStore
from refreshing import Clock, Process, Source, women

from connectors.base import SourceError
from connectors.feed import Feed, FeedKey
from dashboard.roster import RawTable, Reconciliation, Roster

OTHER = FeedKey("eclat", "file:other.csv")


def reading(mark: str = "") -> Callable[[RawTable], Roster]:
    def read(raw: RawTable) -> Roster:
        cells = raw.sheets[0].columns[0].values
        frame = pd.DataFrame({"woman": [f"{cell}{mark}" for cell in cells]})
        return Roster(frame, (), Reconciliation(len(cells), len(cells), 0, 0, 0), {}, raw.source)

    return read


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def process(clock: Clock) -> Process:
    process = Process(Source(clock), reading(), clock)
    process.turn()
    return process


def other(clock: Clock, *cells: str) -> Source:
    source = Source(clock)
    source.cells = list(cells)
    return source


def test_the_new_source_has_a_history_of_its_own(process: Process, clock: Clock) -> None:
    before = process.refresher.current()
    process.refresher.switch(Feed(other(clock, "z"), reading(), OTHER, "other"))
    after = process.turn()
    assert (women(after), after.version) == (["z"], 1)
    assert before.edition != after.edition  # version 1 of one is not version 1 of the other
    assert len(process.store.feeds) == 2
    assert KEY not in process.store.leaders  # whoever still reads the old one may lead there


def test_the_same_source_read_by_another_programme_is_another_edition(process: Process, clock: Clock) -> None:
    source = Source(clock)
    editions = [process.refresher.current().edition]
    for mark, programme in (("!", "second"), ("!", "third")):
        process.refresher.switch(Feed(source, reading(mark), KEY, programme))
        snapshot = process.turn()
        assert women(snapshot) == ["a!", "b!"]
        editions.append(snapshot.edition)
    assert len(set(editions)) == 3
    assert process.turn().version == 2


def test_another_source_may_have_any_number_of_rows_and_later_none_may_vanish(process: Process, clock: Clock) -> None:
    source = other(clock, *"abcdefghij")
    process.refresher.switch(Feed(source, reading(), KEY, "mapped anew"))
    clock.forward(1)
    assert len(women(process.turn())) == 10
    source.cells = ["a"]
    assert process.turn(20).held is not None
    process.refresher.switch(Feed(source, reading(), KEY, "mapped again"))
    assert women(process.turn(1)) == ["a"]


def test_where_the_new_source_fails_the_last_good_roster_stays_with_the_error(process: Process, clock: Clock) -> None:
    failing = Source(clock)
    failing.error = SourceError("no_network")
    process.refresher.switch(Feed(failing, reading(), OTHER))
    snapshot = process.turn()
    assert women(snapshot) == ["a", "b"]
    assert snapshot.error is not None and snapshot.error.code == "no_network"


def test_where_the_store_fails_it_stays_too(process: Process, clock: Clock) -> None:
    process.store.away = True
    process.refresher.switch(Feed(other(clock, "z"), reading(), OTHER))
    snapshot = process.turn()
    assert (women(snapshot), snapshot.stored_error and snapshot.stored_error.code) == (["a", "b"], "store_unreachable")
    process.store.away = False
    assert women(process.turn()) == ["z"]


def test_a_source_known_from_before_is_shown_before_it_is_read(clock: Clock) -> None:
    store = FakeStore()
    Process(other(clock, "z"), reading(), clock, store, OTHER).turn()
    process = Process(Source(clock), reading(), clock, store)
    process.turn()
    store.leaders.clear()
    failing = Source(clock)
    failing.error = SourceError("no_network")
    process.refresher.switch(Feed(failing, reading(), OTHER))
    assert women(process.turn()) == ["z"]
