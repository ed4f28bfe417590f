"""Keeps a canonical table in view, in each process for itself: the table is its own history, nothing goes to the store.

A thread asks the table's token now and then. Where it has changed, the table is checked and what the first page asks is
counted before the new state is shown; until then, and where that fails, the numbers are those of the state before.
"""

import hashlib
import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from connectors.base import SourceError
from connectors.choose import source_key
from connectors.feed import FeedKey
from connectors.following_head import Progress, Snapshot
from connectors.leading import RETRY_SECONDS
from connectors.pulling import FULL_SECONDS
from connectors.warehouse.address import Address, parse_address
from connectors.warehouse.engines import Door, open_door
from connectors.warehouse.held import explained, held_roster
from connectors.watching import Told
from dashboard.history import History, HistoryError, StoredFault
from dashboard.programme import Programme
from dashboard.roster import Roster
from dashboard.tally import tallies
from dashboard.view import days_before

logger = logging.getLogger(__name__)


class WarehouseFollower:
    """One table, followed by one thread. All methods may be called from any thread."""

    def __init__(
        self,
        spec: str,
        programme: Programme,
        max_age: float,
        clock: Callable[[], datetime],
        told: Told | None = None,
        open_: Callable[[Address], Door] = open_door,
    ) -> None:
        """`max_age` in seconds; `clock` gives aware times. Raises SourceError: a bad address, a missing package."""
        self._spec = spec
        self._address = parse_address(spec)
        self._door = open_(self._address)
        self._programme = programme
        self._max_age = max_age
        self._clock = clock
        self._told = told or Told()
        self._changed = threading.Condition()
        self._snapshot = Snapshot(leader="here")
        self._asked = self._answered = 0
        self._token: str | None = None
        self._looked_at: datetime | None = None  # when the table was opened last
        self._thread: threading.Thread | None = None
        self._stopping = False

    def current(self, wait: float = 0.0) -> Snapshot:
        """The newest snapshot. `wait` seconds at most for the first state, or for why there is none."""
        self.start()
        with self._changed:
            self._changed.wait_for(self._tells, wait)
            return self._snapshot

    def refresh_now(self, wait: float = 0.0) -> Snapshot:
        """Look at the table at once, whatever its token says; `wait` seconds at most for it."""
        self.start()
        with self._changed:
            self._asked += 1
            question = self._asked
            self._snapshot = replace(self._snapshot, progress="reading")
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._answered >= question, wait)
            return self._snapshot

    def use(self, programme: Programme) -> None:
        """Count by other rules from now on."""
        with self._changed:
            self._programme = programme
            self._asked += 1
            self._changed.notify_all()

    def accept(self, content_hash: str, by: str) -> None:
        """Nothing is held back."""

    @property
    def key(self) -> FeedKey:
        """What the book of the weekly reviews goes by."""
        return FeedKey(self._programme.id, source_key(self._spec))

    @property
    def history(self) -> History:
        """Raises HistoryError: the past is the warehouse's."""
        raise HistoryError("version_gone", number=0)

    def start(self) -> None:
        """Follow from now on, in a thread of this process; calling it again does nothing."""
        with self._changed:
            if self._thread is None and not self._stopping:
                self._thread = threading.Thread(target=self._run, name="warehouse", daemon=True)
                self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Stop following; a count under way is waited for `patience` seconds at most."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(patience)

    def turn(self) -> None:
        """Ask for the token; look at the table, count and show it where that is due."""
        self._told.before_turn()
        with self._changed:
            asked, programme = self._asked, self._programme
        now, fault = self._clock(), None
        try:
            self._follow(programme, now, whole=asked > self._answered)
        except SourceError as error:
            logger.warning("the table cannot be read: %s", error.code)
            fault = StoredFault(error.code, error.params)
        self._settle(asked, now, fault)

    def _follow(self, programme: Programme, now: datetime, *, whole: bool) -> None:
        with explained(self._address):
            token = self._door.token()
        if whole or token != self._token or self._is_old(token, now):
            roster = held_roster(self._door, self._address, programme, token, now)
            counted(roster, programme, now.date())
            self._show(roster, programme)
            self._token, self._looked_at = token, now
        elif self._snapshot.roster is not None:
            counted(self._snapshot.roster, programme, now.date())  # on a new day; else it is counted already

    def _is_old(self, token: str | None, now: datetime) -> bool:
        """Whether a table that does not tell its changes was looked at long ago, or never."""
        if self._looked_at is None:
            return True
        return token is None and not 0 <= (now - self._looked_at).total_seconds() < FULL_SECONDS

    def _show(self, roster: Roster, programme: Programme) -> None:
        engine = roster.engine
        mark = engine.mark[:12] if engine else ""
        rules = hashlib.sha256(programme.model_dump_json().encode()).hexdigest()[:12]
        edition = f"{rules}.{mark}"  # the same in every process
        with self._changed:
            number = self._snapshot.version + (edition != self._snapshot.edition)
            self._snapshot = replace(self._snapshot, roster=roster, version=number, edition=edition)
        self._told.published(roster)

    def _settle(self, asked: int, now: datetime, fault: StoredFault | None) -> None:
        with self._changed:
            at = self._snapshot.fetched_at if fault else now
            waits: Progress = "done" if self._asked == asked else "reading"
            self._snapshot = replace(
                self._snapshot, error=fault, error_at=now if fault else None, fetched_at=at, progress=waits
            )
            self._answered = asked
            self._changed.notify_all()

    def _run(self) -> None:
        while not self._stopping:
            try:
                self.turn()
            except Exception as error:  # a fault of ours must not stop the following
                place = traceback.extract_tb(error.__traceback__)[-1]
                logger.error("turn failed: %s in %s line %s", type(error).__name__, place.name, place.lineno)
                self._settle(self._asked, self._clock(), StoredFault("unexpected", {"kind": type(error).__name__}))
            with self._changed:
                rest = self._max_age if self._snapshot.error is None else max(self._max_age, RETRY_SECONDS)
                self._changed.wait_for(lambda: self._stopping or self._asked > self._answered, rest)

    def _tells(self) -> bool:
        return self._snapshot.roster is not None or self._snapshot.error is not None


def counted(roster: Roster, programme: Programme, today: date) -> None:
    """Have what the first page asks counted, unless that has been done."""
    tallies(roster, programme, (today, days_before(today, programme.rules.change_days)))
