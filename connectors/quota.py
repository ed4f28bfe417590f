"""Google's quota shared fairly by all sheets that are read with one service account.

Google allows an account 60 reads of the Sheets API a minute, whichever sheet they are of. One process at a time reads
for an account (a lease, as for a feed), so what is left needs no counting across processes: it is a bucket in memory,
empty whenever the lease is taken. Whoever read before has sent no more than its bucket held and what ran in since; so
in no minute more than BURST + RATE reads are sent, through any number of changes of the process.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from connectors.base import PassingError
from connectors.feed import Lease

logger = logging.getLogger(__name__)
RATE = 32.0  # reads a minute run into the bucket
BURST = 8.0  # that it holds. With those by hand (google_quota.BY_HAND) 58 of the 60 that Google allows
SLOWEST = RATE / 8
MINUTE = 60.0
FORGOTTEN_SECONDS = 30.0  # whoever has not asked again for so long waits no longer
REFUSED_SECONDS = 30.0  # rest after a 429 that does not say how long


@dataclass(slots=True)
class _Waiting:
    since: float
    reads: float
    asked: bool
    seen: float


class Share:
    """What is left of an account's quota, and who waits for it. All methods may be called from any thread."""

    def __init__(self, lease: Lease, clock: Callable[[], float] = time.monotonic) -> None:
        """`lease` is the right to read for the account; `clock` in seconds, of this process alone."""
        self._lease = lease
        self._clock = clock
        self._lock = threading.Lock()
        self._led = False
        self._rate = RATE
        self._left = 0.0
        self._at = clock()  # when `left` was right
        self._calm_since = clock()
        self._kept: dict[str, float] = {}  # sheet -> reads set aside for its turn
        self._waiting: dict[str, _Waiting] = {}
        self._last_was_asked = False

    def take(self) -> bool:
        """Try to be the process that reads for the account, without waiting; whether it is."""
        with self._lock:
            held = self._lease.holds()
            if not (held and self._led):  # whoever read before may have emptied its bucket this moment
                self._led = self._lease.take()
                self._left, self._at = 0.0, self._clock()
                self._kept.clear()
            return self._led

    def holds(self) -> bool:
        """Whether this process still reads for the account."""
        with self._lock:
            self._led = self._led and self._lease.holds()
            return self._led

    def release(self) -> None:
        """Let another process read for the account."""
        with self._lock:
            self._led = False
            self._lease.release()

    def turn(self, sheet: str, reads: int, *, asked: bool) -> float:
        """Seconds until it is a sheet's turn; 0 where it is, and then `reads` are set aside for it until `done`.

        Turns go by how long a sheet has waited; those that a person has `asked` for go first, but no two in a row
        while others wait. A turn that needs more than the bucket holds begins with what it holds.
        """
        with self._lock:
            now = self._run_in()
            wanted = min(float(reads), BURST)
            known = self._waiting.get(sheet)
            since = known.since if known else now
            self._waiting[sheet] = _Waiting(since, wanted, asked or (known is not None and known.asked), now)
            before = self._before(sheet, now)
            missing = before + wanted - self._left
            if missing > 1e-9:
                return max(0.1, missing / self._rate * MINUTE)
            self._begin(sheet, wanted)
            return 0.0

    def spend(self, sheet: str) -> None:
        """Count one read of a sheet. Raises PassingError quota, with the seconds to wait, where none is left."""
        with self._lock:
            self._run_in()
            if self._kept.get(sheet, 0.0) >= 1.0:
                self._kept[sheet] -= 1.0
                return
            if self._left < 1.0:
                raise PassingError("quota", max(0.1, (1.0 - self._left) / self._rate * MINUTE))
            self._left -= 1.0

    def done(self, sheet: str) -> None:
        """A turn is over: what it has not read is there for others."""
        with self._lock:
            self._run_in()
            self._left += self._kept.pop(sheet, 0.0)

    def refused(self, retry_after: float | None) -> None:
        """Google has said 429: nobody reads until it may be tried again, and all read half as fast from then on.

        Every minute without another refusal brings back an eighth of the full rate.
        """
        with self._lock:
            now = self._run_in()
            rest = REFUSED_SECONDS if retry_after is None else retry_after
            self._rate = max(SLOWEST, self._rate / 2)
            self._left, self._kept = 0.0, {}
            self._at = self._calm_since = max(self._at, now + rest)
        logger.warning("Google asks for fewer reads: %s a minute, after %s s", round(self._rate, 1), round(rest))

    def _run_in(self) -> float:
        """What has run in since the last look. What is set aside lies in the bucket still. The moment."""
        now = self._clock()
        while self._rate < RATE and now - self._calm_since >= MINUTE:
            self._calm_since += MINUTE
            self._rate = min(RATE, self._rate + RATE / 8)
        room = max(0.0, BURST - sum(self._kept.values()))
        if now > self._at:
            self._left = min(room, self._left + (now - self._at) / MINUTE * self._rate)
            self._at = now
        return now

    def _before(self, sheet: str, now: float) -> float:
        """Reads of those whose turn comes first."""
        gone = [one for one, other in self._waiting.items() if now - other.seen > FORGOTTEN_SECONDS]
        for one in gone:
            del self._waiting[one]
        asked_first = not self._last_was_asked

        def order(one: str) -> tuple[bool, float, str]:
            other = self._waiting[one]
            return other.asked != asked_first, other.since, one

        mine = order(sheet)
        return sum(other.reads for one, other in self._waiting.items() if order(one) < mine)

    def _begin(self, sheet: str, reads: float) -> None:
        self._last_was_asked = self._waiting.pop(sheet).asked
        self._left -= reads
        self._kept[sheet] = self._kept.get(sheet, 0.0) + reads


class JointLease:
    """The right to pull a feed, held only together with the right to read for its account."""

    def __init__(self, own: Lease, share: Callable[[], Share | None]) -> None:
        """`share()` is the account's as its key file has it now; None while there is none."""
        self._own = own
        self._share = share

    def take(self) -> bool:
        """Try to have both."""
        share = self._share()
        return (share is None or share.take()) and self._own.take()

    def holds(self) -> bool:
        """Whether both are held."""
        share = self._share()
        return (share is None or share.holds()) and self._own.holds()

    def release(self) -> None:
        """Let go of the feed; the account stays, for its other sheets."""
        self._own.release()


class Shares:
    """The shares of all accounts in this process, by their e-mail addresses."""

    def __init__(self, lease: Callable[[str], Lease], clock: Callable[[], float] = time.monotonic) -> None:
        """`lease(email)` is the right to read for an account; it may raise StoreError."""
        self._lease = lease
        self._clock = clock
        self._lock = threading.Lock()
        self._shares: dict[str, Share] = {}

    def of(self, email: str) -> Share:
        """The share of an account, the same for all who ask."""
        with self._lock:
            if email not in self._shares:
                self._shares[email] = Share(self._lease(email), self._clock)
            return self._shares[email]

    def release(self) -> None:
        """Let another process read."""
        with self._lock:
            for share in self._shares.values():
                share.release()
