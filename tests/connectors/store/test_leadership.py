"""One process leads, on a file and on a real PostgreSQL server; whoever is killed or cut off leads no more."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from gunicorn_server import until

from connectors.feed import Lease
from connectors.store import Store, open_store
from connectors.store.engine import open_database
from connectors.store.leadership import lease, session

ROOT = Path(__file__).parents[3]


@contextmanager
def leading_process(url: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that leads."""
    command = [sys.executable, str(Path(__file__).with_name("waiting.py")), url, "roster"]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "leads\n":
            assert process.poll() is None
        yield process
        process.kill()


def test_whoever_is_killed_is_followed_by_another(store: Store, url: str) -> None:
    with leading_process(url) as process:
        waiting = lease(store.database, "roster")
        assert not waiting.take()
        os.kill(process.pid, signal.SIGKILL)
        until(waiting.take)
    waiting.release()


@pytest.fixture
def leases(store: Store) -> Iterator[tuple[Lease, Lease]]:
    """Two that want the same, as in two processes."""
    pair = lease(store.database, "roster"), lease(store.database, "roster")
    yield pair
    for one in pair:
        one.release()


def test_only_one_holds_it_and_may_hand_it_over(leases: tuple[Lease, Lease]) -> None:
    first, second = leases
    assert first.take() and first.take() and first.holds()
    assert not second.take() and not second.holds()
    first.release()
    assert not first.holds()
    assert second.take() and not first.take()


def test_another_name_is_another_right(store: Store, leases: tuple[Lease, Lease]) -> None:
    other = lease(store.database, "another roster")
    assert leases[0].take() and other.take()
    other.release()


def test_what_was_never_held_can_be_released(leases: tuple[Lease, Lease]) -> None:
    leases[0].release()
    leases[0].release()
    assert leases[0].take()


def test_a_file_that_was_removed_is_held_by_nobody(new_url: Callable[[str], str]) -> None:
    store = open_store(new_url("sqlite"))
    first, second = (lease(store.database, "roster") for _ in range(2))
    assert first.take()
    for file in Path(str(store.database.engine.url.database)).parent.glob("*.lead"):
        file.unlink()
    assert not first.holds()
    assert second.take() and not first.take()
    second.release()
    store.close()


def test_a_folder_that_cannot_be_written_is_led_by_nobody(new_url: Callable[[str], str]) -> None:
    store = open_store(new_url("sqlite"))
    path = Path(str(store.database.engine.url.database)).parent
    store.close()
    shutil.rmtree(path)
    path.write_text("a file where the folder was")
    right = lease(store.database, "roster")
    assert not right.take() and not right.holds()


def test_a_connection_that_is_cut_ends_the_lead_and_a_new_one_may_win_it_again(
    postgres: str, new_url: Callable[[str], str]
) -> None:
    store = open_store(new_url("postgresql"))
    first, second = (lease(store.database, "roster") for _ in range(2))
    assert first.take() and not second.take()
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(l.pid, 5000) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND l.granted AND d.datname = %s",
            (store.database.engine.url.database,),
        )
    assert second.take()
    assert not first.holds() and not first.take()
    second.release()
    assert first.take()
    first.release()
    store.close()


def test_a_server_that_is_away_is_led_by_nobody() -> None:
    right = lease(open_database("postgresql://nobody@127.0.0.1:1/none"), "roster")
    assert not right.take() and not right.holds()


def test_a_hundred_leads_of_a_process_take_one_connection_and_are_lost_with_it(store: Store, url: str) -> None:
    shared = session(store.database)
    if shared is None:  # with SQLite each is a file of its own, and costs no connection
        alone = lease(store.database, "roster 1")
        assert alone.take()
        alone.release()
        return
    leases = [lease(store.database, f"roster {number}", shared) for number in range(100)]
    assert all(one.take() for one in leases)
    other = lease(store.database, "roster 7")
    assert not other.take()
    other.release()
    with psycopg.connect(url, autocommit=True) as control:
        backends = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' GROUP BY pid"
        (pid,) = [row[0] for row in control.execute(backends)]
        leases[0].release()
        assert leases[1].holds()
        control.execute("SELECT pg_terminate_backend(%s)", (pid,))
    until(lambda: not any(one.holds() for one in leases))
    until(other.take)
    assert not leases[7].take()
    other.release()
    shared.close()
