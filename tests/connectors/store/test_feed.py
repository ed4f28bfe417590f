"""What is recorded comes back exactly, only changes cost room, and nobody overwrites another's version."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.store import FeedStore, Store, StoreError
from dashboard.history import Head, Held, HistoryError, StoredFault, Version
from dashboard.roster import Roster
from store.histories import DAY, START, assert_same, edited, finding, record, roster, row, stored_bytes

TWO = [row("a", 2, wage=3000.5, start_date=20_500, cohort="p1"), row("b", 3, status="lost")]


def test_a_version_says_what_was_recorded(feed: FeedStore) -> None:
    made = record(feed, roster(TWO))
    assert made == Version(1, START, DAY, f"{0:064}", "7", women=2, rows_read=3)
    assert feed.versions() == [made]
    assert feed.head() == Head(made, checked_at=START, counted=1)


def test_a_roster_comes_back_exactly_in_another_process(store: Store, feed: FeedStore) -> None:
    read = roster(TWO, [finding(2), finding(None), finding(3, params=(("other", "'S'!B2"), ("count", 2)))], ("الهاتف",))
    record(feed, read)
    again = store.feed("eclat", "demo").roster(1)
    assert again.frame is not read.frame
    assert_same(again, read)


def test_the_demo_comes_back_exactly(store: Store, feed: FeedStore, demo: Roster) -> None:
    record(feed, demo)
    assert_same(store.feed("eclat", "demo").roster(1), demo)


def test_an_empty_roster_is_a_version_too(store: Store, feed: FeedStore) -> None:
    record(feed, roster(TWO))
    record(feed, roster([]), 1)
    assert_same(store.feed("eclat", "demo").roster(2), roster([]))
    assert_same(store.feed("eclat", "demo").roster(1), roster(TWO))


@pytest.mark.parametrize(
    "change",
    [
        lambda read: replace(read, findings=(finding(9),)),
        lambda read: replace(read, unread=("الاسم",)),
        lambda read: replace(read, fields={}),
        lambda read: replace(read, reconciliation=replace(read.reconciliation, skipped=9)),
        lambda read: roster([TWO[1], TWO[0]]),
        lambda read: roster([TWO[0], {**TWO[1], "row": 4}]),
        lambda read: roster([TWO[0], {**TWO[1], "sheet": "2025"}]),
        lambda read: roster([TWO[0], {**TWO[1], "woman": "b~2"}]),
        lambda read: roster([{**TWO[0], "wage": None}, TWO[1]]),
        lambda read: roster([{**TWO[0], "cohort": "unspecified"}, TWO[1]]),
    ],
)
def test_whatever_changes_is_a_new_version(store: Store, feed: FeedStore, change: object) -> None:
    first = roster(TWO)
    second = change(first)  # type: ignore[operator]
    assert (record(feed, first).number, record(feed, second, 1).number) == (1, 2)
    for number, read in ((1, first), (2, second)):
        assert_same(store.feed("eclat", "demo").roster(number), read)
        assert_same(feed.roster(number), read)


def test_the_same_roster_is_no_new_version_and_writes_no_history(feed: FeedStore) -> None:
    first = record(feed, roster(TWO))
    before = stored_bytes(feed)
    assert record(feed, roster(TWO), 5) == first
    assert feed.versions() == [first]
    assert stored_bytes(feed) == before
    assert feed.head() == Head(first, checked_at=START + timedelta(minutes=5), counted=1)
    assert [(pull.outcome, pull.version, pull.rows_read) for pull in feed.pulls(9)] == [
        ("same", 1, 3),
        ("recorded", 1, 3),
    ]


def test_a_heartbeat_changes_one_moment_only(feed: FeedStore) -> None:
    first = record(feed, roster(TWO))
    feed.checked(START + timedelta(seconds=15))
    assert feed.head() == Head(first, checked_at=START + timedelta(seconds=15), counted=1)
    assert len(feed.pulls(9)) == 1


def test_one_cell_costs_the_state_of_one_woman(feed: FeedStore) -> None:
    women = [row(f"w{number:03}", number + 2, wage=float(number), cohort="p1") for number in range(500)]
    record(feed, roster(women))
    before = stored_bytes(feed)
    women[250]["wage"] = 9999.0
    record(feed, roster(women), 1)
    assert 0 < stored_bytes(feed) - before < 250


def test_a_line_on_top_moves_everyone_and_costs_two_runs(feed: FeedStore) -> None:
    women = [row(f"w{number:04}", number * 7 % 5003 + 2) for number in range(5000)]
    findings = [finding(number) for number in range(2, 5000, 50)]
    record(feed, roster(women, findings))
    before = stored_bytes(feed)
    moved = [row("new", 2), *({**one, "row": one["row"] + 1} for one in women)]
    read = roster(moved, [finding(number + 1) for number in range(2, 5000, 50)])
    record(feed, read, 1)
    assert stored_bytes(feed) - before < 1_000
    assert_same(feed.roster(2), read)


def test_who_left_and_came_back_is_the_same_person(feed: FeedStore) -> None:
    for minute, rows in enumerate((TWO, TWO[:1], TWO)):
        record(feed, roster(rows), minute)
    with feed._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 2
    assert_same(feed.roster(2), roster(TWO[:1]))


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_version_of_a_random_history_comes_back_exactly(store: Store, seed: int) -> None:
    dice = np.random.default_rng(seed)
    feed = store.feed("random", str(seed))
    feed.forget()
    first = feed.head().counted
    rows = [row(f"w{number}", number + 2) for number in range(6)]
    told: list[tuple[int, Roster]] = []
    follower = store.feed("random", str(seed))
    for step in range(10):
        read = roster(rows, [finding(int(dice.integers(2, 9))) for _ in range(int(dice.integers(0, 3)))])
        made = record(feed, read, step)
        told = told if told and told[-1][0] == made.number else [*told, (made.number, read)]
        assert_same(follower.roster(made.number), read)
        rows = edited(rows, dice, step)
    assert first + len(told) <= feed.head().counted
    unknowing = store.feed("random", str(seed))
    for number, read in reversed(told):
        assert_same(unknowing.roster(number), read)
        assert_same(feed.roster(number), read)


def test_a_clock_set_back_does_not_reorder_history(feed: FeedStore) -> None:
    first = record(feed, roster(TWO), 60)
    second = record(feed, roster(TWO[:1]), 0)
    assert (second.number, second.recorded_at) == (2, first.recorded_at)
    assert feed.known_on(first.recorded_at) == second


def test_as_known_on_gives_the_newest_version_up_to_a_moment(feed: FeedStore) -> None:
    first, second = record(feed, roster(TWO), 10), record(feed, roster(TWO[:1]), 20)
    told = [feed.known_on(START + timedelta(minutes=minute)) for minute in (9.99, 10, 19.99, 20, 9999)]
    assert told == [None, first, first, second, second]
    assert feed.known_on(datetime(2026, 11, 23, 10, 10, tzinfo=UTC).astimezone()) == second


def test_a_version_that_never_was_is_gone(feed: FeedStore) -> None:
    with pytest.raises(HistoryError) as caught:
        feed.roster(1)
    assert (caught.value.code, caught.value.params) == ("version_gone", {"number": 1})


def test_the_second_of_two_leaders_is_overtaken_and_then_goes_on(store: Store, feed: FeedStore) -> None:
    other = store.feed("eclat", "demo")
    record(feed, roster(TWO))
    other.roster(1)
    record(other, roster(TWO[:1]), 1)
    with pytest.raises(StoreError) as caught:
        record(feed, roster([*TWO, row("c", 4)]), 2)
    assert (caught.value.code, caught.value.params["number"]) == ("store_overtaken", 2)
    assert [version.number for version in feed.versions()] == [1, 2]
    assert record(feed, roster([*TWO, row("c", 4)]), 3).number == 3


def test_a_leader_that_says_what_it_builds_on_is_overtaken_even_if_it_has_seen_the_newer_version(
    feed: FeedStore,
) -> None:
    record(feed, roster(TWO))
    record(feed, roster(TWO[:1]), 1)
    with pytest.raises(StoreError, match="store_overtaken"):
        record(feed, roster(TWO), 2, after=1)
    assert record(feed, roster(TWO), 2, after=2).number == 3


def test_many_writers_at_once_never_fork_history(store: Store) -> None:
    store.feed("eclat", "race")
    done: list[tuple[int, Roster]] = []
    start = threading.Barrier(4)

    def write(writer: int) -> None:
        feed = store.feed("eclat", "race")
        start.wait(10)
        for step in range(6):
            read = roster([row(f"writer-{writer}", 2, wage=float(step))])
            try:
                done.append((record(feed, read).number, read))
            except StoreError as error:
                assert error.code == "store_overtaken"

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    feed = store.feed("eclat", "race")
    assert sorted(number for number, _ in done) == [version.number for version in feed.versions()]
    assert len(done) >= 6
    for number, read in done:
        assert_same(feed.roster(number), read)


def test_an_error_is_told_until_a_good_pull(feed: FeedStore) -> None:
    first = record(feed, roster(TWO))
    at = START + timedelta(minutes=1)
    feed.failed("timeout", {"seconds": 30}, at=at, seconds=30.0)
    fault = StoredFault("timeout", {"seconds": 30})
    assert feed.head() == Head(first, START, fault, at, counted=2)
    pull = feed.pulls(1)[0]
    assert (pull.at, pull.outcome, pull.seconds, pull.error, pull.version) == (at, "failed", 30.0, fault, None)
    feed.checked(at)
    assert feed.head() == Head(first, at, counted=3)


def test_a_held_reading_waits_is_accepted_and_ends_with_the_next_version(store: Store, feed: FeedStore) -> None:
    first = record(feed, roster(TWO))
    held = Held("rows_dropped", {"before": 9, "after": 2}, START, "h" * 64, acceptable=True)
    feed.hold(held)
    assert feed.head() == Head(first, START, held=held, counted=2)
    feed.hold(held)
    feed.checked(START)
    assert feed.head().held == held
    assert feed.head().counted == 2
    feed.accept("h" * 64, by="manager", at=START)
    assert (feed.head().accepted_hash, feed.head().counted) == ("h" * 64, 3)
    assert [(note.by, note.action) for note in store.audits(9)] == [("manager", "accept")]
    second = record(feed, roster(TWO[:1]), 1)
    assert feed.head() == Head(second, second.recorded_at, counted=4)
    assert [pull.outcome for pull in feed.pulls(9)] == ["recorded", "held", "recorded"]


def test_what_went_on_before_ends_with_the_good_old_content(feed: FeedStore) -> None:
    first = record(feed, roster(TWO))
    feed.hold(Held("rows_dropped", {}, START, "h" * 64, acceptable=True))
    record(feed, roster(TWO), 1)
    assert feed.head() == Head(first, START + timedelta(minutes=1), counted=3)


def test_feeds_do_not_know_of_each_other(store: Store, feed: FeedStore) -> None:
    record(feed, roster(TWO))
    other = store.feed("eclat", "file:/roster.csv")
    assert other.head() == Head()
    assert record(other, roster(TWO[1:])).number == 1
    assert_same(feed.roster(1), roster(TWO))
    assert_same(other.roster(1), roster(TWO[1:]))


def test_a_forgotten_feed_begins_with_a_number_that_nothing_else_had(store: Store, feed: FeedStore) -> None:
    record(feed, roster(TWO))
    record(feed, roster(TWO[:1]), 1)
    feed.forget()
    assert (feed.versions(), feed.head().version, feed.pulls(9)) == ([], None, [])
    other = store.feed("eclat", "demo")
    assert record(other, roster(TWO), 2).number == 3
    assert_same(feed.roster(3), roster(TWO))


def test_a_woman_twice_and_strange_columns_are_refused(feed: FeedStore) -> None:
    read = roster([row("a", 2), row("b", 3)])
    for frame in (
        read.frame.assign(woman="a"),
        read.frame.assign(name="x"),
        read.frame.drop(columns="wage").assign(x=1),
    ):
        with pytest.raises(ValueError, match=r"roster"):
            record(feed, replace(read, frame=pd.DataFrame(frame)))
    assert feed.versions() == []


def test_a_naive_moment_is_refused(feed: FeedStore) -> None:
    with pytest.raises(StoreError):
        record(feed, roster(TWO), at=START.replace(tzinfo=None))
    assert feed.versions() == []
