"""Notices when another process, or a text editor, has changed what this one was started with."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

Stamp = tuple[tuple[int, int] | None, ...]


class Follower:
    """Watches a few files, cheaply enough to be asked at every request."""

    def __init__(self, files: Sequence[Path], changed: Callable[[], None]) -> None:
        """`changed` is called in a thread of its own, one at a time, and has to handle its own errors."""
        self._files = files
        self._changed = changed
        self._lock = threading.Lock()
        self._stamp = self._now()

    def check(self) -> None:
        """Call `changed` if a file is not what it was when it was last looked at. Returns at once."""
        stamp = self._now()
        with self._lock:
            if stamp == self._stamp:
                return
            self._stamp = stamp
        threading.Thread(target=self._changed, name="follower", daemon=True).start()

    def take(self) -> None:
        """The files as they are now are known already."""
        with self._lock:
            self._stamp = self._now()

    def _now(self) -> Stamp:
        return tuple(map(_stamp, self._files))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
