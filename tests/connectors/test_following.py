"""A file changed by somebody else is noticed once, in a thread; one's own change is not."""

import threading
from pathlib import Path

from connectors.following import Follower


def test_each_change_is_noticed_once(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    noticed = threading.Semaphore(0)
    follower = Follower([path], noticed.release)
    follower.check()
    assert not noticed.acquire(timeout=0.05)
    for content in ("a", "ab"):  # made, then changed
        path.write_text(content)
        follower.check()
        follower.check()
        assert noticed.acquire(timeout=2)
        assert not noticed.acquire(timeout=0.05)
    path.unlink()
    follower.check()
    assert noticed.acquire(timeout=2)


def test_ones_own_change_is_known_already(tmp_path: Path) -> None:
    path = tmp_path / "source"
    noticed = threading.Semaphore(0)
    follower = Follower([path], noticed.release)
    path.write_text("roster.xlsx")
    follower.take()
    follower.check()
    assert not noticed.acquire(timeout=0.05)
