"""How many requests Google gets in a minute, retries, sign-ins and impatient clicks included.

Google allows a service account 60 reads a minute (Sheets API limits, "per user per project"), whoever asks. So the
requests of all processes that share a data folder are counted together, in a small file of times.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.base import PassingError

try:
    import fcntl
except ImportError:  # Windows: the file is shared without a lock, and two processes may miss each other's last request
    fcntl = None  # type: ignore[assignment]

MINUTE = 60.0
MOST = 50  # a minute, never exceeded: the account may have other uses, and requests arrive later than they are sent
BY_HAND = 18  # a minute, of commands and the page that connects sheets, where a quota is shared (connectors.quota)
STEADY = 12  # a minute, when nobody asks for more
LEDGER = "google-requests"  # in the data folder
_MARGIN = 0.01  # seconds: times are not exact
_LONGEST_FILE = 4096  # bytes: 50 times need about 1,000; whatever is longer is not ours


class Quota:
    """Counts the requests of the last minute. All methods may be called from any thread."""

    def __init__(self, clock: Callable[[], float] = time.time, ledger: Path | None = None, most: int = MOST) -> None:
        """`clock` in seconds, the same for all who share the `ledger`; without one only this object's are counted.

        `most` in a minute.
        """
        self._clock = clock
        self._ledger = ledger
        self._most = most
        self._lock = threading.Lock()
        self._times: list[float] = []

    def take(self) -> None:
        """Count one more request. Raises PassingError quota, with the seconds to wait, where there is none left."""
        with self._shared():
            if len(self._times) >= self._most:
                raise PassingError("quota", self._until(self._most - 1))
            self._times.append(self._clock())

    def rest(self, requests: int, most: int) -> float:
        """Seconds until so many more requests make no more than `most` in a minute; 0 if they already do."""
        with self._shared():
            return self._until(max(0, most - requests))

    def _until(self, others: int) -> float:
        """Seconds until no more than so many of the counted requests are younger than a minute."""
        if len(self._times) <= others:
            return 0.0
        return max(0.0, self._times[-others - 1] + MINUTE - self._clock()) + _MARGIN

    @contextmanager
    def _shared(self) -> Iterator[None]:
        """The times of the last minute, read before and written after where a ledger shares them."""
        with self._lock, _opened(self._ledger) as ledger:
            now = self._clock()
            times = self._times if ledger is None else _read(ledger)
            # Times to come were written before the clock was set back: they would stand in the way for ever.
            self._times = sorted(at for at in times if now - MINUTE < at <= now)
            before = len(self._times)
            yield
            if ledger is not None and len(self._times) != before:
                _write(ledger, self._times)


@contextmanager
def _opened(path: Path | None) -> Iterator[int | None]:
    """The ledger, locked; None where there is none or it cannot be written: then each process counts for itself."""
    ledger: int | None = None
    if path is not None:
        with contextlib.suppress(OSError):
            ledger = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if ledger is not None and fcntl is not None:
            fcntl.flock(ledger, fcntl.LOCK_EX)
        yield ledger
    finally:
        if ledger is not None:
            os.close(ledger)  # gives the lock back


def _read(ledger: int) -> list[float]:
    text = os.read(ledger, _LONGEST_FILE).decode("ascii", errors="replace")
    times = []
    for line in text.split():
        with contextlib.suppress(ValueError):
            times.append(float(line))
    return times


def _write(ledger: int, times: list[float]) -> None:
    os.lseek(ledger, 0, os.SEEK_SET)
    os.ftruncate(ledger, 0)
    os.write(ledger, "\n".join(map(repr, times)).encode())
