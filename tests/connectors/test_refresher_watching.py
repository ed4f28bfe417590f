"""A source that says whether it has changed is pulled only where it has, and left alone where it wants to be."""

import pytest
from fake_store import FakeStore
from refreshing import Clock, LiveSource, Process, Reader, women

from connectors.base import SourceError
from connectors.following_head import Snapshot
from connectors.watching import Told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def live(clock: Clock) -> LiveSource:
    return LiveSource(clock)


@pytest.fixture
def watching(live: LiveSource, clock: Clock) -> Process:
    return Process(live, Reader(), clock)


def test_an_unchanged_token_spares_the_pull_and_confirms_the_roster(watching: Process, live: LiveSource) -> None:
    watching.turn()
    confirmed = watching.turn(15)
    assert (live.tokens, live.pulls, confirmed.version, confirmed.fetched_at) == (2, 1, 1, watching.clock.now)
    live.token, live.cells = "2", ["c"]
    assert women(watching.turn(15)) == ["c"]
    watching.turn(15)
    assert live.pulls == 2
    assert [version.source_version for version in watching.kept.versions()] == ["1", "2"]


def test_an_edit_during_a_pull_is_seen_by_the_next(watching: Process, live: LiveSource) -> None:
    """The token is asked for before the pull: one that changes in between is not taken for the pulled roster's."""
    fetch = live.fetch

    def edited_meanwhile() -> object:
        live.token, live.fetch = "2", fetch  # type: ignore[method-assign]
        return fetch()

    live.fetch = edited_meanwhile  # type: ignore[method-assign,assignment]
    watching.turn()
    watching.turn(15)
    assert live.pulls == 2


@pytest.mark.parametrize(("seconds", "pulls"), [(3585, 1), (3600, 2), (-15, 2), (86_400, 2)])
def test_once_an_hour_and_on_a_new_day_the_roster_is_pulled_whatever_the_token(
    watching: Process, live: LiveSource, seconds: float, pulls: int
) -> None:
    watching.turn()
    watching.turn(seconds)
    assert live.pulls == pulls


def test_a_source_that_cannot_tell_is_pulled_each_time(watching: Process, live: LiveSource) -> None:
    live.token = None
    watching.turn()
    watching.turn(15)
    assert live.pulls == 2


def test_asking_pulls_whatever_the_token(watching: Process, live: LiveSource) -> None:
    watching.turn()
    watching.ask()
    assert live.pulls == 2


def test_a_fault_of_the_question_is_told_and_over_with_the_next_good_answer(
    watching: Process, live: LiveSource
) -> None:
    watching.turn()
    live.token_error = SourceError("no_network")
    failed = watching.turn(15)
    assert (failed.error and failed.error.code, women(failed)) == ("no_network", ["a", "b"])
    live.token_error = None
    assert watching.turn(30).error is None
    assert live.pulls == 1


def test_after_a_failed_pull_the_same_token_does_not_stand_for_the_new_content(
    watching: Process, live: LiveSource
) -> None:
    watching.turn()
    live.token, live.cells, live.error = "2", ["c"], SourceError("google_down")
    failed = watching.turn(15)
    assert (failed.error and failed.error.code) == "google_down"
    live.error = None
    assert women(watching.turn(30)) == ["c"]


def test_a_source_that_wants_rest_is_left_alone_and_the_question_is_answered(
    watching: Process, live: LiveSource
) -> None:
    live.rests = {False: 5.0, True: 0.0}
    assert women(watching.turn()) == ["a", "b"]  # a first pull is always made
    watching.turn(15)
    assert (live.tokens, live.pulls) == (1, 1)
    watching.ask()
    assert live.pulls == 2
    live.rests = {False: 5.0, True: 5.0}
    rested = watching.ask()
    assert (women(rested), rested.answered, rested.progress) == (["a", "b"], 2, "done")
    assert live.pulls == 2


def test_a_store_that_cannot_be_used_is_in_the_log_but_not_twice_a_second(
    watching: Process, caplog: pytest.LogCaptureFixture
) -> None:
    def complaints() -> list[str]:
        return [record.getMessage() for record in caplog.records if "cannot be used" in record.getMessage()]

    watching.turn()
    assert complaints() == []
    watching.store.away = True
    for _ in range(5):
        watching.turn(0.5)
    assert complaints() == ["the store cannot be used: store_unreachable"]
    watching.store.away = False
    watching.turn(0.5)
    watching.store.away = True  # it comes and goes: still the same complaint
    watching.turn(0.5)
    assert len(complaints()) == 1
    watching.turn(600)
    assert len(complaints()) == 2


def test_a_new_edition_is_told_of_before_it_is_shown_by_leader_and_follower(live: LiveSource, clock: Clock) -> None:
    """Once each; what still is shown meanwhile is the one before."""
    told: list[tuple[int, int]] = []
    store = FakeStore()

    def process() -> Process:
        made: Process = Process(live, Reader(), clock, store, told=Told(before_shown=lambda new: note(made, new)))
        return made

    def note(here: Process, new: Snapshot) -> None:
        told.append((here.refresher.current().version, new.version))

    leader, follower = process(), process()
    for token, cells in (("1", ["a"]), ("2", ["b"]), ("2", ["b"])):
        live.token, live.cells = token, list(cells)
        leader.turn(15)
        follower.turn()
    assert told == [(0, 1), (0, 1), (1, 2), (1, 2)]


def test_what_cannot_be_prepared_is_shown_all_the_same(
    live: LiveSource, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Snapshot) -> None:
        raise ValueError("P-014")

    assert women(Process(live, Reader(), clock, told=Told(before_shown=fail)).turn()) == ["a", "b"]
    assert "not prepared before it is shown: ValueError in fail" in caplog.text
    assert "P-014" not in caplog.text
