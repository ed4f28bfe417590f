"""The service where something does not go as asked: the store refuses, a reading takes long, a roster is large."""

from types import SimpleNamespace
from typing import Any

import pytest
from page_results import overview
from test_service import Source, board, roster

from callbacks import counts, service
from dashboard.model import LANGUAGES
from dashboard.text import Text
from layouts.header import reading_words
from layouts.shown import Read


def test_what_the_store_does_not_take_is_told_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused(LookupError):
        code, params = "store_full", {"place": "x"}

    def refuse(self: Source, content_hash: str, by: str) -> None:
        raise faults.pop()

    monkeypatch.setattr(Source, "accept", refuse)
    faults: list[Exception] = [ValueError("ours"), Refused()]
    told = board(Source(roster())).accept("h", by="manager")
    assert told is not None
    assert told.code == "store_full"
    with pytest.raises(ValueError, match="ours"):
        board(Source(roster())).accept("h", by="manager")


def test_the_pulse_of_a_new_roster_costs_no_look_at_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "fingerprint", lambda _: pytest.fail("counted"))
    assert board(Source(roster())).pulse()


@pytest.mark.parametrize(("large", "ahead"), [(3, 3), (4, 0)])
def test_the_first_reader_of_a_large_roster_finds_it_counted(
    large: int, ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today, a week before, and the two beside one another; of a small roster nothing is counted ahead."""
    calls: list[Any] = []

    def count(*given: Any) -> Any:
        calls.append(given)
        return overview()

    monkeypatch.setattr(service, "LARGE", large)
    monkeypatch.setattr(counts, "tally", count)
    monkeypatch.setattr(counts, "overview", count)
    source = Source(roster())
    pages = board(source)
    pages.count_ahead(source.current(0))
    assert len(calls) == ahead
    pages.show("", 0)
    assert len(calls) == 3


def test_nothing_is_counted_ahead_of_the_first_reading() -> None:
    pages = board(Source())
    pages.count_ahead(Source().current(0))


@pytest.mark.parametrize(
    ("state", "read"),
    [
        ({"stored_error": True}, Read(1, 1, failed=True)),
        ({"progress": "reading"}, Read(1, 1, pending=True)),
        ({"progress": "asked", "news": 1}, Read(1, 2, pending=True)),
    ],
)
def test_reading_again_is_not_called_the_same_before_it_is_known(
    state: dict[str, Any], read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source(roster(), news=state.pop("news", 0))
    current = source.current

    def told(wait: float) -> Any:
        return SimpleNamespace(**(vars(current(wait)) | state))

    monkeypatch.setattr(source, "current", told)
    assert board(source).read_again(0) == read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_came_of_reading_again_is_said_in_different_words(lang: Any) -> None:
    told = [Read(1, 1), Read(1, 2), Read(1, 2, pending=True), Read(1, 1, pending=True), Read(1, 1, failed=True)]
    said = [reading_words(read, Text(lang)) for read in told]
    assert len(set(said)) == 4
    assert said[1] == said[2]  # what is new is said at once
