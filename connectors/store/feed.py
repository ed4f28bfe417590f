"""The history of one feed: a programme's roster from one source."""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, Row, delete, select, update

from connectors.store.audits import write_audit
from connectors.store.compare import same_roster
from connectors.store.documents import held_from
from connectors.store.encoding import whole
from connectors.store.engine import Database
from connectors.store.errors import StoreError
from connectors.store.pulls import (
    CLEARED,
    change_head,
    fault_values,
    feed_row,
    held_values,
    locked,
    log_pull,
    read_head,
    read_pulls,
)
from connectors.store.rebuild import BROKEN, Known, earlier_of, rebuilt, version_of, version_row
from connectors.store.record import Reading, told, write_version
from connectors.store.tables import document, feed, layout, person, pull, state, version
from dashboard.history import Head, Held, HistoryError, Pull, StoredFault, Version, newest_at
from dashboard.roster import Roster


class FeedStore:
    """Remembers one feed. All methods may be called from any thread, and raise StoreError where the store fails.

    The newest roster is kept in memory once it was recorded or asked for, so that a pull is compared with it and not
    with the database. Rosters that are handed out are shared: nobody may change their frames.
    """

    def __init__(self, database: Database, feed_id: int) -> None:
        self._database = database
        self._id = feed_id
        self._lock = threading.Lock()
        self._known: Known | None = None  # the newest version, if this object has met it
        self._seen: tuple[int, int] | None = None  # number and edition of the feed when it did
        self._past: Known | None = None  # the past version rebuilt last: of a later one, only what changed is read
        self._listed: tuple[int, tuple[Version, ...]] = (0, ())  # edition of the feed, and its versions then

    def head(self) -> Head:
        """The newest state, in one cheap question."""
        with self._database.reading() as connection:
            return read_head(connection, self._id)

    def versions(self) -> Sequence[Version]:
        """All versions that are kept, oldest first. Of years of them, only those since the last question are read."""
        edition, listed = self._listed
        with self._database.reading() as connection:
            last = feed_row(connection, self._id)
            if edition != last.edition:
                listed = ()
            after = listed[-1].number if listed else 0
            wanted = select(version).where(version.c.feed_id == self._id, version.c.number > after)
            newer = tuple(map(version_of, connection.execute(wanted.order_by(version.c.number))))
        self._listed = last.edition, listed + newer
        return [*listed, *newer]

    def known_on(self, moment: datetime) -> Version | None:
        """The newest version recorded at or before a moment; None if there was none or it is not kept any more."""
        return newest_at(self.versions(), moment)

    def earlier(self, number: int, women: Collection[str]) -> frozenset[str]:
        """Which of some pseudonyms stood in a version up to this one; whoever was erased never did."""
        with self._database.reading() as connection:
            return earlier_of(connection, self._id, number, women)

    def roster(self, number: int) -> Roster:
        """A version's roster, exactly as it was recorded. Raises HistoryError version_gone."""
        with self._database.reading() as connection:
            row, last = version_row(connection, self._id, number), feed_row(connection, self._id)
            if row is None:
                raise HistoryError("version_gone", number=number)
            near = self._nearest(number, last.edition)
            if near is not None and near.version == version_of(row):
                return near.roster
            known = self._rebuilt(connection, row, near)
        self._remember(known, last)
        return known.roster

    def _nearest(self, number: int, edition: int) -> Known | None:
        """The last version up to a number that is in memory, and is still what the store holds."""
        found = (known for known in (self._known, self._past) if known is not None and known.edition == edition)
        return max(
            (known for known in found if known.version.number <= number),
            key=lambda known: known.version.number,
            default=None,
        )

    def _remember(self, known: Known, last: Row[Any]) -> None:
        """Keep what was rebuilt while the feed was as `last` says, unless a newer one has been recorded since."""
        number, past = known.version.number, self._past
        if number != last.number:
            self._past = known
            return
        if past is not None and past.edition != last.edition:
            self._past = None  # whoever was erased is in no memory either
        with self._lock:
            if self._seen is None or self._seen[::-1] <= (last.edition, number):
                self._known, self._seen = known, (number, last.edition)

    def record(
        self,
        roster: Roster,
        *,
        at: datetime,
        read_on: date,
        content_hash: str,
        source_version: str | None,
        seconds: float,
        after: int | None = None,
    ) -> Version:
        """Remember a roster, in one transaction; the version that says it. One that says the same is no new version.

        It is written as what follows the version that this object knows, or the one with the number `after`. Raises
        StoreError store_overtaken if another process has recorded one since: read the source again, then record that.
        """
        roster = replace(roster, frame=whole(roster.frame))
        reading = Reading(roster, at, read_on, content_hash, source_version, seconds)
        with self._lock:
            known = self._current(after)
            with self._database.writing() as connection:
                last = locked(connection, self._id)
                if (last.number, last.edition) != self._seen:
                    self._overtaken(last)
                made = self._written(connection, known, reading, last)
            if made is not known:
                self._known, self._seen = made, (made.version.number, last.edition)
        return made.version

    def _current(self, after: int | None) -> Known | None:
        """What the next version follows; None if it is the first one. The lock is held."""
        with self._database.reading() as connection:
            last = feed_row(connection, self._id)
            if after not in (None, last.number) or (self._seen is not None and self._seen[0] != last.number):
                self._overtaken(last)
            if self._seen != (last.number, last.edition):
                row = version_row(connection, self._id, last.number)
                self._known = None if row is None else self._rebuilt(connection, row)
                self._seen = (last.number, last.edition)
        return self._known

    def _rebuilt(self, connection: Connection, row: Row[Any], near: Known | None = None) -> Known:
        try:
            return rebuilt(connection, self._id, row, near)
        except BROKEN as error:
            kind = type(error).__name__
        raise StoreError("store_corrupt", place=self._database.place, kind=kind)

    def _overtaken(self, last: Row[Any]) -> NoReturn:
        self._known = self._seen = None
        raise StoreError("store_overtaken", place=self._database.place, number=last.number)

    def _written(self, connection: Connection, known: Known | None, reading: Reading, last: Row[Any]) -> Known:
        """Write the reading, or only that it was made if it says what is known."""
        same = known is not None and same_roster(known.roster, reading.roster)
        made = known if known is not None and same else write_version(connection, self._id, known, reading, last)
        log_pull(connection, self._id, last, outcome="same" if same else "recorded", **told(reading, made.version))
        if same and all(getattr(last, name) is None for name in CLEARED):
            connection.execute(update(feed).where(feed.c.id == self._id).values(checked_at=reading.at))
        else:
            change_head(connection, self._id, checked_at=reading.at, **CLEARED)
        return made

    def checked(self, at: datetime) -> None:
        """The source was read well or found unchanged. Writes one row, and no history; ends an error."""
        with self._database.writing() as connection:
            if locked(connection, self._id).error_code is None:
                connection.execute(update(feed).where(feed.c.id == self._id).values(checked_at=at))
            else:
                change_head(connection, self._id, checked_at=at, error_code=None, error_params=None, error_at=None)

    def failed(self, code: str, params: Mapping[str, str | int], *, at: datetime, seconds: float) -> None:
        """The source could not be read. What is known stays."""
        fault = fault_values(StoredFault(code, params))
        with self._database.writing() as connection:
            last = locked(connection, self._id)
            log_pull(connection, self._id, last, at=at, outcome="failed", seconds=seconds, **fault)
            change_head(connection, self._id, error_at=at, **fault)

    def hold(self, held: Held) -> None:
        """A reading is not published until it is accepted or another one follows. The same one again writes nothing."""
        values = held_values(held)
        with self._database.writing() as connection:
            last = locked(connection, self._id)
            if last.held != values["held"] or last.error_code is not None:
                outcome: dict[str, Any] = {"at": held.since, "outcome": "held", "seconds": 0.0}
                log_pull(connection, self._id, last, **outcome, content_hash=held.content_hash)
                change_head(connection, self._id, **values)

    def accept(self, content_hash: str, *, by: str, at: datetime) -> None:
        """Let content pass that is held back; nothing where it is not, or not any more. Audited."""
        with self._database.writing() as connection:
            told = locked(connection, self._id).held
            held = None if told is None else held_from(told)
            if held is None or not held.acceptable or held.content_hash != content_hash:
                return
            change_head(connection, self._id, accepted_hash=content_hash)
            write_audit(connection, at, by, "accept", {"feed": self._id, "content_hash": content_hash})

    def ask(self) -> int:
        """Ask whoever leads to read at once; the number of the question."""
        with self._database.writing() as connection:
            question: int = locked(connection, self._id).asked + 1
            change_head(connection, self._id, asked=question)
        return question

    def begin(self, question: int) -> None:
        """The pull that answers all questions up to this one has begun."""
        with self._database.writing() as connection:
            change_head(connection, self._id, begun=question)

    def answer(self, question: int) -> None:
        """All questions up to this one are answered."""
        with self._database.writing() as connection:
            change_head(connection, self._id, answered=question)

    def pulls(self, limit: int) -> Sequence[Pull]:
        """The newest pulls that changed something or failed, the newest first."""
        with self._database.reading() as connection:
            return read_pulls(connection, self._id, limit)

    def forget(self) -> None:
        """Forget all of the feed. Its next version has a number that no other had."""
        with self._lock, self._database.writing() as connection:
            last = locked(connection, self._id)
            for table in (state, layout, version, document, person, pull):
                connection.execute(delete(table).where(table.c.feed_id == self._id))
            change_head(connection, self._id, edition=last.edition + 1, persons=0, checked_at=None, **CLEARED)
            self._known = self._seen = None
