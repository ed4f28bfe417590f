"""Writes a version: one transaction, in which only what has changed since the version before is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, bindparam, select, update

from connectors.store.bulk import ASKED, CHUNK, insert_columns, parts, room
from connectors.store.compare import Change, change_between
from connectors.store.documents import account_text, compact, findings_text, source_text
from connectors.store.encoding import LAYOUT, encoded
from connectors.store.placement import Ints, placement_of
from connectors.store.rebuild import Known
from connectors.store.shelf import Shelf
from connectors.store.tables import OPEN, feed, layout, person, state, version
from dashboard.history import Version
from dashboard.roster import Roster


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster that was read, and the circumstances."""

    roster: Roster
    at: datetime
    read_on: date
    content_hash: str
    source_version: str | None
    seconds: float


def write_version(connection: Connection, feed_id: int, known: Known | None, reading: Reading, last: Row[Any]) -> Known:
    """Write a reading that differs from what is known. `last` is the feed's row, which the caller holds locked."""
    number = last.number + 1
    change = change_between(None if known is None else known.roster, reading.roster)
    with room(connection, len(change.new) + len(change.changed)):
        persons, count = _persons(connection, feed_id, known, reading.roster, change, last.persons)
        if known is not None:
            ended = np.concatenate([change.before[change.changed], change.gone])
            _end_states(connection, feed_id, number, known, ended)
        _begin_states(connection, feed_id, number, reading.roster, change, persons)
    shelf = Shelf(connection, feed_id)
    placement = placement_of(reading.roster.frame, persons)
    hashes = {
        "placement": shelf.put_placement(placement, None if known is None else known.placement),
        "findings": shelf.put_text("findings", findings_text(reading.roster.findings)),
        "account": shelf.put_text("account", account_text(reading.roster)),
    }
    made = _version(number, known, reading)
    values = {name: getattr(made, name) for name in made.__dataclass_fields__}
    source = source_text(reading.roster.source)
    connection.execute(version.insert(), {"feed_id": feed_id, "source": source, **values, **hashes})
    connection.execute(update(feed).where(feed.c.id == feed_id).values(number=number, persons=count))
    since = np.full(len(persons), number, dtype=np.int64)
    if known is not None:
        same = np.setdiff1d(np.flatnonzero(change.before >= 0), change.changed)
        since[same] = known.since[change.before[same]]
    return Known(made, last.edition, reading.roster, persons, since, **hashes)


def told(reading: Reading, made: Version) -> dict[str, Any]:
    """A reading in the columns of the log of pulls."""
    return {
        "at": reading.at,
        "seconds": reading.seconds,
        "version": made.number,
        "source_version": reading.source_version,
        "content_hash": reading.content_hash,
        "rows_read": reading.roster.reconciliation.rows_read,
        "findings": len(reading.roster.findings),
    }


def _version(number: int, known: Known | None, reading: Reading) -> Version:
    """The version's line. A clock that was set back does not put it before the one before it."""
    return Version(
        number=number,
        recorded_at=reading.at if known is None else max(reading.at, known.version.recorded_at),
        read_on=reading.read_on,
        content_hash=reading.content_hash,
        source_version=reading.source_version,
        women=len(reading.roster.frame),
        rows_read=reading.roster.reconciliation.rows_read,
    )


def _persons(
    connection: Connection, feed_id: int, known: Known | None, roster: Roster, change: Change, last: int
) -> tuple[Ints, int]:
    """The person of every row, and the last id given. Who was here before comes back under her old id."""
    persons = np.full(len(roster.frame), -1, dtype=np.int64)
    if known is not None:
        stays = change.before >= 0
        persons[stays] = known.persons[change.before[stays]]
    women = roster.frame["woman"].iloc[change.new].tolist()
    ids = _returning(connection, feed_id, women) if last else {}
    fresh = [woman for woman in women if woman not in ids]
    ids.update(zip(fresh, range(last + 1, last + 1 + len(fresh)), strict=True))
    if fresh:
        columns = {"feed_id": [feed_id] * len(fresh), "id": [ids[woman] for woman in fresh], "woman": fresh}
        insert_columns(connection, person, columns)
    persons[change.new] = [ids[woman] for woman in women]
    return persons, last + len(fresh)


def _returning(connection: Connection, feed_id: int, women: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(women, ASKED):
        wanted = select(person.c.woman, person.c.id).where(person.c.feed_id == feed_id, person.c.woman.in_(part))
        found.update({row.woman: row.id for row in connection.execute(wanted)})
    return found


def _end_states(connection: Connection, feed_id: int, number: int, known: Known, rows: Ints) -> None:
    """Let what held of the women in some rows until now end with the version before."""
    ends = update(state).where(
        state.c.feed_id == feed_id, state.c.valid_from == bindparam("since"), state.c.person_id == bindparam("ended")
    )
    ended = list(zip(known.since[rows].tolist(), known.persons[rows].tolist(), strict=True))
    for part in parts(ended, CHUNK):
        connection.execute(ends.values(valid_to=number), [{"since": since, "ended": one} for since, one in part])


def _begin_states(
    connection: Connection, feed_id: int, number: int, roster: Roster, change: Change, persons: Ints
) -> None:
    """Write the values of those who are new or have changed."""
    rows = np.concatenate([change.new, change.changed])
    frame = roster.frame if len(rows) == len(roster.frame) and not len(change.changed) else roster.frame.iloc[rows]
    ids, places = persons[rows], _layout(connection, feed_id)
    for start, texts in encoded(frame):
        part = ids[start : start + len(texts)].tolist()
        fixed = {"feed_id": feed_id, "valid_from": number, "valid_to": OPEN, "layout": places}
        columns = {name: [value] * len(part) for name, value in fixed.items()}
        insert_columns(connection, state, {**columns, "person_id": part, "body": texts})


def _layout(connection: Connection, feed_id: int) -> int:
    """The number under which a feed knows the layout of values as they are written now."""
    named = compact(LAYOUT)
    wanted = select(layout.c.columns.label("named"), layout.c.id).where(layout.c.feed_id == feed_id)
    known: dict[str, int] = {row.named: row.id for row in connection.execute(wanted)}
    if named not in known:
        known[named] = max(known.values(), default=0) + 1
        connection.execute(layout.insert(), {"feed_id": feed_id, "id": known[named], "columns": named})
    return known[named]
