"""How often something may be tried: so many times in so many seconds, in this process."""

import time
from collections.abc import Callable
from threading import Lock

MOST, SECONDS = 10, 900.0
KEPT = 10_000  # keys; the oldest are forgotten


class Tries:
    """Counts tries by a key."""

    def __init__(
        self, most: int = MOST, seconds: float = SECONDS, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._elapsed = elapsed
        self._lock = Lock()
        self._made: dict[str, list[float]] = {}

    def may(self, key: str) -> bool:
        """Whether one more try is allowed; it counts."""
        now = self._elapsed()
        with self._lock:
            recent = [moment for moment in self._made.pop(key, []) if now - moment < self._seconds]
            allowed = len(recent) < self._most
            self._made[key] = [*recent, now] if allowed else recent
            while len(self._made) > KEPT:
                self._made.pop(next(iter(self._made)))
        return allowed
