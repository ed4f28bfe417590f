"""The refresher pulls in the background, keeps the last good roster and counts a version only where content changed."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from refreshing import START, Clock, Reader, Source, table, women

from connectors.base import SourceError
from connectors.refresher import RETRY_SECONDS, Refresher, Snapshot, content_hash
from dashboard.roster import RawTable


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
def refresher(source: Source, reader: Reader, clock: Clock) -> Refresher:
    return Refresher(source, reader, 15, clock)


def test_the_first_call_waits_for_the_first_roster(refresher: Refresher) -> None:
    snapshot = refresher.current(5)
    assert women(snapshot) == ["a", "b"]
    assert (snapshot.version, snapshot.error, snapshot.fetched_at) == (1, None, START)


def test_without_patience_there_is_nothing_yet_and_one_pull_under_way(refresher: Refresher, source: Source) -> None:
    source.gate.clear()
    assert refresher.current() == Snapshot()
    assert refresher.current(0.02) == Snapshot()
    source.gate.set()
    assert refresher.current(5).version == 1
    assert source.pulls == 1


def test_a_young_roster_is_not_pulled_again(refresher: Refresher, source: Source, clock: Clock) -> None:
    refresher.current(5)
    clock.forward(14.9)
    refresher.current(5)
    assert source.pulls == 1
    clock.forward(0.2)
    refresher.current(5)
    assert source.pulls == 2


def test_the_version_rises_only_with_the_content(
    refresher: Refresher, source: Source, reader: Reader, clock: Clock
) -> None:
    refresher.current(5)
    clock.forward(20)
    unchanged = refresher.current(5)
    assert (unchanged.version, reader.reads) == (1, 1)
    assert unchanged.fetched_at == clock.now
    assert unchanged.roster is not None
    assert unchanged.roster.source.fetched_at == clock.now
    source.cells = ["a", "b", "c"]
    clock.forward(20)
    changed = refresher.current(5)
    assert (changed.version, reader.reads, women(changed)) == (2, 2, ["a", "b", "c"])


@pytest.mark.parametrize(("mark", "version"), [("", 1), ("a date is no longer in the future", 2)])
def test_a_new_day_reads_again_and_counts_only_what_it_changes(
    refresher: Refresher, reader: Reader, clock: Clock, mark: str, version: int
) -> None:
    refresher.current(5)
    reader.mark = mark
    clock.forward(86_400)
    assert (refresher.current(5).version, reader.reads) == (version, 2)


def test_an_error_keeps_the_last_good_roster_and_rests(refresher: Refresher, source: Source, clock: Clock) -> None:
    refresher.current(5)
    source.error = SourceError("no_network")
    clock.forward(20)
    failed = refresher.current(5)
    assert women(failed) == ["a", "b"]
    assert failed.error is source.error
    assert (failed.version, failed.fetched_at, failed.error_at) == (1, START, clock.now)
    clock.forward(RETRY_SECONDS - 1)
    refresher.current(5)
    assert source.pulls == 2
    source.error = None
    clock.forward(1)
    mended = refresher.current(5)
    assert (mended.error, mended.error_at, mended.version, mended.fetched_at) == (None, None, 1, clock.now)


def test_a_clock_set_back_does_not_stop_the_refresh(refresher: Refresher, source: Source, clock: Clock) -> None:
    refresher.current(5)
    clock.forward(-3600)
    refresher.current(5)
    assert source.pulls == 2


def test_refresh_now_pulls_whatever_the_age_even_after_an_error(refresher: Refresher, source: Source) -> None:
    refresher.current(5)
    source.error = SourceError("no_network")
    assert refresher.refresh_now(5).error is source.error
    source.error, source.cells = None, ["z"]
    assert women(refresher.refresh_now(5)) == ["z"]


def test_refresh_now_during_a_pull_is_followed_by_another(refresher: Refresher, source: Source) -> None:
    source.gate.clear()
    refresher.current()
    assert source.entered.wait(5)
    refresher.refresh_now()
    source.gate.set()
    assert refresher.current(5).version == 1
    assert source.pulls == 2


def test_an_unexpected_fault_becomes_an_error_and_logs_no_value(
    refresher: Refresher, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    source.error = KeyError("P-014")
    with caplog.at_level(logging.DEBUG):
        snapshot = refresher.current(5)
    assert snapshot.error is not None
    assert (snapshot.error.code, snapshot.error.params) == ("unexpected", {"kind": "KeyError"})
    assert "KeyError in fetch line" in caplog.text
    assert "P-014" not in caplog.text
    assert "P-014" not in repr(snapshot)


def test_many_threads_cause_one_pull(refresher: Refresher, source: Source) -> None:
    source.gate.clear()
    seen: list[Snapshot] = []
    threads = [threading.Thread(target=lambda: seen.append(refresher.current(10))) for _ in range(8)]
    for thread in threads:
        thread.start()
    source.gate.set()
    for thread in threads:
        thread.join()
    assert {snapshot.version for snapshot in seen} == {1}
    assert source.pulls == 1


def test_a_kept_error_holds_no_frame_in_which_values_were_read(refresher: Refresher, source: Source) -> None:
    def fetch() -> RawTable:
        try:
            raise ValueError("P-014")
        except ValueError:
            raise SourceError("connection_lost") from None

    source.fetch = fetch  # type: ignore[method-assign]
    error = refresher.current(5).error
    assert error is not None
    assert (error.__traceback__, error.__context__, error.__cause__) == (None, None, None)


CHANGES: list[Callable[[RawTable], RawTable]] = [
    lambda raw: replace(raw, unread=("الهاتف",)),
    lambda raw: replace(raw, source=replace(raw.source, locale="en_US")),
    lambda raw: replace(raw, sheets=(replace(raw.sheets[0], title="T"),)),
    lambda raw: replace(raw, sheets=(replace(raw.sheets[0], merges=(("A", 2, 3),)),)),
    lambda raw: replace(raw, sheets=(replace(raw.sheets[0], coloured=("A",)),)),
    lambda raw: replace(raw, sheets=(*raw.sheets, *raw.sheets)),
    lambda _: table(["a", "1"]),
    lambda _: table(["ab", ""]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_hash_differs_with_anything_read(change: Callable[[RawTable], RawTable]) -> None:
    assert content_hash(change(table(["a", "b"]))) != content_hash(table(["a", "b"]))


def test_the_hash_ignores_when_and_under_what_version_it_was_read() -> None:
    later = table(["a", "b"], START + timedelta(days=1))
    later = replace(later, source=replace(later.source, version="2", label="other"))
    assert content_hash(later) == content_hash(table(["a", "b"]))
