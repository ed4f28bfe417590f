"""What was read and is not in the store is never taken for what is."""

import logging
from typing import NoReturn

import pytest
from refreshing import START, Clock, LiveSource, Process, Reader, women


def test_what_could_not_be_recorded_is_told_until_it_is_whatever_the_source_says_of_changes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    live = LiveSource(clock)
    process = Process(live, Reader(), clock)
    process.turn()
    record = process.kept.record

    def refuse(*_: object, **__: object) -> NoReturn:
        raise MemoryError("P-014")

    process.kept.record = refuse  # type: ignore[method-assign]
    live.cells, live.token = ["c"], "2"
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):  # after the first of them the token says that nothing has changed
            snapshot = process.turn(15)
            assert women(snapshot) == ["a", "b"]
            assert snapshot.fetched_at == START
            assert snapshot.stored_error is not None
            assert (snapshot.stored_error.code, snapshot.stored_error.params["kind"]) == ("store_failed", "MemoryError")
    assert "P-014" not in caplog.text
    process.kept.record = record  # type: ignore[method-assign]
    shown = process.ask()
    assert (women(shown), shown.stored_error, shown.fetched_at) == (["c"], None, clock.now)
