"""A source that says whether it has changed is pulled only where it has, and left alone where it wants to be."""

import pytest
from refreshing import Clock, LiveSource, Reader, women

from connectors.base import SourceError
from connectors.refresher import Refresher, Snapshot


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def live(clock: Clock) -> LiveSource:
    return LiveSource(clock)


@pytest.fixture
def watching(live: LiveSource, reader: Reader, clock: Clock) -> Refresher:
    return Refresher(live, reader, 15, clock)


def later(refresher: Refresher, clock: Clock, seconds: float = 15) -> Snapshot:
    clock.forward(seconds)
    return refresher.current(5)


def test_an_unchanged_token_spares_the_pull_and_confirms_the_roster(
    watching: Refresher, live: LiveSource, clock: Clock
) -> None:
    watching.current(5)
    confirmed = later(watching, clock)
    assert (live.tokens, live.pulls, confirmed.version, confirmed.fetched_at) == (2, 1, 1, clock.now)
    assert confirmed.roster is not None
    assert confirmed.roster.source.fetched_at == clock.now
    live.token, live.cells = "2", ["c"]
    assert women(later(watching, clock)) == ["c"]
    later(watching, clock)
    assert live.pulls == 2


def test_an_edit_during_a_pull_is_seen_by_the_next(watching: Refresher, live: LiveSource, clock: Clock) -> None:
    """The token is asked for before the pull: one that changes in between is not taken for the pulled roster's."""
    live.gate.clear()
    watching.current()
    assert live.entered.wait(5)
    live.token = "2"
    live.gate.set()
    watching.current(5)
    later(watching, clock)
    assert live.pulls == 2


@pytest.mark.parametrize(("seconds", "pulls"), [(3585, 1), (3600, 2), (-15, 2), (86_400, 2)])
def test_once_an_hour_and_on_a_new_day_the_roster_is_pulled_whatever_the_token(
    watching: Refresher, live: LiveSource, clock: Clock, seconds: float, pulls: int
) -> None:
    watching.current(5)
    later(watching, clock, seconds)
    assert live.pulls == pulls


def test_a_source_that_cannot_tell_is_pulled_each_time(watching: Refresher, live: LiveSource, clock: Clock) -> None:
    live.token = None
    watching.current(5)
    later(watching, clock)
    assert live.pulls == 2


def test_asking_pulls_whatever_the_token(watching: Refresher, live: LiveSource) -> None:
    watching.current(5)
    watching.refresh_now(5)
    assert live.pulls == 2


def test_a_fault_of_the_question_is_told_and_over_with_the_next_good_answer(
    watching: Refresher, live: LiveSource, clock: Clock
) -> None:
    watching.current(5)
    live.token_error = SourceError("no_network")
    failed = later(watching, clock)
    assert (failed.error, women(failed)) == (live.token_error, ["a", "b"])
    live.token_error = None
    assert later(watching, clock, 30).error is None
    assert live.pulls == 1


def test_after_a_failed_pull_the_same_token_does_not_stand_for_the_new_content(
    watching: Refresher, live: LiveSource, clock: Clock
) -> None:
    watching.current(5)
    live.token, live.cells, live.error = "2", ["c"], SourceError("google_down")
    assert later(watching, clock).error is live.error
    live.error = None
    assert women(later(watching, clock, 30)) == ["c"]


def test_a_source_that_wants_rest_is_left_alone(watching: Refresher, live: LiveSource, clock: Clock) -> None:
    live.rests = {False: 5.0, True: 0.0}
    assert women(watching.current(5)) == ["a", "b"]  # a first pull is always made
    later(watching, clock)
    assert (live.tokens, live.pulls) == (1, 1)
    watching.refresh_now(5)
    assert live.pulls == 2
    live.rests = {False: 5.0, True: 5.0}
    assert women(watching.refresh_now(5)) == ["a", "b"]
    assert live.pulls == 2


def test_another_source_is_pulled_even_while_it_wants_rest(
    watching: Refresher, live: LiveSource, reader: Reader, clock: Clock
) -> None:
    watching.current(5)
    other = LiveSource(clock)
    other.rests = {False: 5.0, True: 5.0}
    other.cells = ["z"]
    assert women(watching.switch(other, reader, 5)) == ["z"]
