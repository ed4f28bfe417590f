"""`flask --app app accept`: a person sees what is held back, and lets it pass or not."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from app import create_server
from connectors.settings import ROOT, Settings
from connectors.store import Store, open_store
from dashboard.history import Held

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Run = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings("demo", ROOT / "programme.toml", tmp_path, b"k" * 32, None)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    made = open_store(settings.store_url)
    yield made
    made.close()


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    server = create_server(settings)
    return lambda *arguments, answer="": server.test_cli_runner().invoke(args=["accept", *arguments], input=answer)


def hold(store: Store, code: str = "rows_dropped", *, acceptable: bool = True) -> None:
    held = Held(code, {"before": 45, "after": 12, "worksheet": "S", "row": 1, "wanted": "x"}, NOW, "hash", acceptable)
    store.feed("eclat", "demo").hold(held)


def accepted(store: Store) -> str | None:
    return store.feed("eclat", "demo").head().accepted_hash


def test_it_says_what_is_held_and_takes_yes_for_an_answer(run: Run, store: Store) -> None:
    hold(store)
    result = run(answer="y\n")
    assert result.exit_code == 0
    assert "12 rows of women instead of 45" in result.output
    assert accepted(store) == "hash"
    (note,) = store.audits(1)
    assert (note.action, note.by.startswith("terminal:")) == ("accept", True)


def test_no_leaves_it_held(run: Run, store: Store) -> None:
    hold(store)
    assert run(answer="n\n").exit_code == 1
    assert accepted(store) is None


def test_it_can_be_told_not_to_ask(run: Run, store: Store) -> None:
    hold(store)
    assert run("--yes").exit_code == 0
    assert accepted(store) == "hash"


def test_a_header_that_cannot_be_read_cannot_be_accepted(run: Run, store: Store) -> None:
    hold(store, "required_missing", acceptable=False)
    result = run("--yes")
    assert (result.exit_code, accepted(store)) == (1, None)
    assert "mend the sheet" in result.output


def test_with_nothing_held_there_is_nothing_to_do(run: Run) -> None:
    result = run("--yes")
    assert result.exit_code == 1
    assert "Nothing is held back" in result.output
