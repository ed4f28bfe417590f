"""What became of each letter: written down before it is sent, so that no restart and no other process sends it again.

A letter is "sending" while a process hands it over, "waiting" after a try that may go better, and at the end "sent",
"failed", "unsure" (it may have gone; it is not sent again) or "skipped" (its time was over).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text, update

from connectors.store.audits import write_audit
from connectors.store.engine import Database
from connectors.store.tables import mailing

State = Literal["sending", "waiting", "sent", "failed", "unsure", "skipped"]
OPEN: tuple[State, ...] = ("sending", "waiting")
LOST = timedelta(
    minutes=10
)  # after which whoever was handing a letter over is taken for dead: far longer than it takes


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that this process alone may send now."""

    tries: int
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Mailed:
    """What became of the letters of one due time: how many are in each state, and what went wrong last."""

    due: datetime
    states: dict[str, int]
    code: str | None


class MailBook:
    """The letters of one programme. `due` is a time by the clock on the wall. May raise StoreError."""

    def __init__(self, database: Database, programme: str) -> None:
        self._database = database
        self._programme = programme

    def take(self, due: datetime, to: str, at: datetime) -> Taken | None:
        """The right to send a letter now; None where it was sent, is being sent, or waits for its next try."""
        with self._database.writing() as connection:
            _alone(connection)
            found = connection.execute(select(mailing).where(self._one(due, to))).first()
            if found is None:
                connection.execute(mailing.insert(), self._new(due, to, at, "sending"))
                return Taken(1, at)
            if not _is_free(found.state, found.again_at, at):
                return None
            again = {"state": "sending", "tries": found.tries + 1, "changed_at": at}
            connection.execute(update(mailing).where(self._one(due, to)).values(again))
            return Taken(found.tries + 1, found.begun_at)

    def is_free(self, due: datetime, to: str, at: datetime) -> bool:
        """Whether a letter could be taken, as it looks without keeping others out."""
        with self._database.reading() as connection:
            found = connection.execute(select(mailing.c.state, mailing.c.again_at).where(self._one(due, to))).first()
        return found is None or _is_free(found.state, found.again_at, at)

    def settle(self, due: datetime, to: str, state: State, *, at: datetime, by: str, code: str | None = None) -> None:
        """What came of a try. A letter that went is audited."""
        with self._database.writing() as connection:
            changed = {"state": state, "changed_at": at, "again_at": None, "code": code}
            connection.execute(update(mailing).where(self._one(due, to)).values(changed))
            if state == "sent":
                write_audit(connection, at, by, "mail", {"due": _told(due)})

    def sent_by_hand(self, *, at: datetime, by: str) -> None:
        """A letter went because a person asked for it: audited, and no due time is settled by it."""
        with self._database.writing() as connection:
            write_audit(connection, at, by, "mail", {})

    def wait(self, due: datetime, to: str, until: datetime, *, at: datetime, code: str) -> None:
        """A try failed; the next one may begin at a moment."""
        with self._database.writing() as connection:
            changed = {"state": "waiting", "changed_at": at, "again_at": until, "code": code}
            connection.execute(update(mailing).where(self._one(due, to)).values(changed))

    def skip(self, due: datetime, to: str, *, at: datetime) -> bool:
        """Give up a letter whose time is over; whether it was missed: letters went before, nothing is known of it."""
        with self._database.writing() as connection:
            _alone(connection)
            mine = mailing.c.programme == self._programme
            found = connection.execute(select(mailing.c.state).where(self._one(due, to))).scalar()
            if found == "waiting":  # nobody was there for its next try
                changed = {"state": "failed", "changed_at": at, "again_at": None}
                connection.execute(update(mailing).where(self._one(due, to)).values(changed))
            if found is not None:
                return False
            before = select(mailing.c.due).where(mine, mailing.c.due < _told(due)).limit(1)
            missed = connection.execute(before).first() is not None
            code = "mail_skipped" if missed else None
            connection.execute(mailing.insert(), self._new(due, to, at, "skipped") | {"code": code})
        return missed

    def ended(self, due: datetime, recipients: Sequence[str]) -> bool:
        """Whether nothing more is to be done for the letters of a due time."""
        this = (mailing.c.programme == self._programme, mailing.c.due == _told(due), mailing.c.state.not_in(OPEN))
        with self._database.reading() as connection:
            done = set(connection.execute(select(mailing.c.recipient).where(*this)).scalars())
        return done >= {_hashed(to) for to in recipients}

    def lose(self, at: datetime) -> int:
        """Settle letters of a process that ended while it handed them over: they may have gone; how many."""
        stale = and_(
            mailing.c.state == "sending", or_(mailing.c.changed_at < at - LOST, mailing.c.changed_at > at + LOST)
        )
        with self._database.writing() as connection:
            mine = (mailing.c.programme == self._programme, stale)
            values = {"state": "unsure", "code": "mail_unsure", "changed_at": at}
            return connection.execute(update(mailing).where(*mine).values(values)).rowcount

    def last(self) -> Mailed | None:
        """What became of the newest due time; None where there was none."""
        with self._database.reading() as connection:
            mine = mailing.c.programme == self._programme
            due = connection.execute(select(func.max(mailing.c.due)).where(mine)).scalar()
            rows = connection.execute(
                select(mailing.c.state, mailing.c.code).where(mine, mailing.c.due == due).order_by(mailing.c.recipient)
            ).all()
        if due is None:
            return None
        states: dict[str, int] = {}
        for row in rows:
            states[row.state] = states.get(row.state, 0) + 1
        return Mailed(datetime.fromisoformat(due), states, next((row.code for row in rows if row.code), None))

    def _new(self, due: datetime, to: str, at: datetime, state: State) -> dict[str, object]:
        named = {"programme": self._programme, "due": _told(due), "recipient": _hashed(to)}
        return {**named, "state": state, "tries": 1, "begun_at": at, "changed_at": at, "again_at": None, "code": None}

    def _one(self, due: datetime, to: str) -> ColumnElement[bool]:
        return and_(
            mailing.c.programme == self._programme, mailing.c.due == _told(due), mailing.c.recipient == _hashed(to)
        )


def _is_free(state: str, again_at: datetime | None, at: datetime) -> bool:
    return state == "waiting" and again_at is not None and again_at <= at


def _told(due: datetime) -> str:
    return due.replace(tzinfo=None).isoformat(timespec="minutes")


def _hashed(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()


def _alone(connection: Connection) -> None:
    """Nobody else takes a letter until the transaction ends; SQLite's writers are alone already."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE mailing IN SHARE ROW EXCLUSIVE MODE"))
