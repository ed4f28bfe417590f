"""An empty store on each engine: a SQLite file, and a database of a real PostgreSQL server."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import psycopg
import pytest

from connectors.demo import DemoSource
from connectors.store import FeedStore, Store, open_store
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import Roster
from store.postgres_server import FAST, running_server

ENGINES = ("sqlite", "postgresql")
_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running server."""
    with running_server() as server:
        yield server.get_uri()


@pytest.fixture(scope="session")
def demo(programme: Programme) -> Roster:
    """The demo as it is read on 23 November 2026."""
    day = date(2026, 11, 23)
    return read(DemoSource(programme, b"s" * 32, lambda: day).fetch(), programme, day)


def fresh_schema(postgres: str) -> str:
    """The address of a new, empty schema on the server."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{postgres}&options=-csearch_path%3D{name}"


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder on which writing costs nothing."""
    with tempfile.TemporaryDirectory(dir=FAST) as made:
        yield Path(made)


@pytest.fixture
def new_url(request: pytest.FixtureRequest, folder: Path) -> Callable[[str], str]:
    """Addresses of empty stores on an engine."""

    def make(engine: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{folder / f'store {next(_numbers)} %?' / 'history.sqlite3'}"
        return fresh_schema(request.getfixturevalue("postgres"))

    return make


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    return new_url(request.param)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = open_store(url)
    yield made
    made.close()


@pytest.fixture
def feed(store: Store) -> FeedStore:
    return store.feed("eclat", "demo")
