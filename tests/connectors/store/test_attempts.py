"""Attempts are counted once for all processes, in windows, under keys that say nothing."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import text

from connectors.store import Store, StoreError, open_store
from connectors.store.attempts import FILE, Attempts

ROOT = Path(__file__).resolve().parents[3]
TEN = parse("10/minute")
PROCESS = """
import sys
from limits import parse
from limits.strategies import FixedWindowRateLimiter
from connectors.store import open_store
from connectors.store.attempts import Attempts
store = open_store(sys.argv[1])
limiter = FixedWindowRateLimiter(Attempts(lambda: store.database, b"key"))
sys.stdout.write(str(sum(limiter.hit(parse("40/minute"), "192.0.2.7") for _ in range(40))))
"""


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(store: Store, clock: Clock) -> Attempts:
    return Attempts(lambda: store.database, b"key", clock)


def test_the_eleventh_attempt_in_a_minute_is_one_too_many(attempts: Attempts, clock: Clock) -> None:
    limiter = FixedWindowRateLimiter(attempts)
    assert [limiter.hit(TEN, "here") for _ in range(12)] == [True] * 10 + [False] * 2
    assert limiter.hit(TEN, "elsewhere")
    clock.now += 59
    assert not limiter.hit(TEN, "here")
    assert limiter.get_window_stats(TEN, "here") == (1_000_060.0, 0)
    clock.now += 1
    assert limiter.hit(TEN, "here")
    assert limiter.get_window_stats(TEN, "here") == (1_000_120.0, 9)
    attempts.close()


def test_what_is_over_is_forgotten(attempts: Attempts, clock: Clock) -> None:
    attempts.incr("a", 60)
    attempts.incr("b", 600)
    clock.now += 60
    attempts.incr("c", 60)
    assert (attempts.get("a"), attempts.get("b"), attempts.get("c")) == (0, 1, 1)
    attempts.clear("b")
    assert attempts.reset() == 1
    assert attempts.check()
    attempts.close()


def test_processes_count_together(url: str) -> None:
    """Two processes make 40 attempts each at the same time: 40 pass, whoever made them."""
    open_store(url).close()
    command = [sys.executable, "-c", PROCESS, url]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) == 40


def test_no_address_is_kept(new_url: Callable[[str], str]) -> None:
    url = new_url("sqlite")
    store = open_store(url)
    attempts = Attempts(lambda: store.database, b"key")
    attempts.incr("LIMITER/192.0.2.7/10/1/minute", 60)
    attempts.close()
    store.close()
    folder = Path(url.removeprefix("sqlite:///")).parent
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert [file for file in folder.iterdir() if b"192.0.2.7" in file.read_bytes()] == []


def test_a_store_that_is_away_says_so(store: Store) -> None:
    def away() -> object:
        raise StoreError("store_not_reached", place="x", kind="x")

    attempts = Attempts(away, b"key")  # type: ignore[arg-type]
    assert not attempts.check()
    with pytest.raises(StoreError):
        attempts.incr("a", 60)


def test_the_history_is_not_held_up_by_counting(new_url: Callable[[str], str]) -> None:
    """With SQLite a long writing of history leaves the counting free."""
    store = open_store(new_url("sqlite"))
    attempts = Attempts(lambda: store.database, b"key")
    with store.database.writing() as connection:
        connection.execute(text("SELECT 1"))
        assert attempts.incr("a", 60) == 1
    attempts.close()
    store.close()
