"""Rebuilds the roster of a version: exactly the one that was recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from connectors.store.documents import account_from, findings_from, source_from
from connectors.store.encoding import CHUNK, Decoder
from connectors.store.placement import Ints, Placement
from connectors.store.shelf import Shelf
from connectors.store.tables import feed, person, state, version
from dashboard.history import Version
from dashboard.reading.frame import FRAME_COLUMNS, TEXT
from dashboard.roster import Roster

VersionRow = Row[Any]
SHARE = 0.2  # of the women: with more of them changed, everything is read anew


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """A version with its roster, and who each row is about."""

    version: Version
    edition: int  # of the feed's past: what was known under another one may have been rewritten
    roster: Roster
    persons: Ints
    placement: str  # hash
    findings: str
    account: str


def version_of(row: VersionRow) -> Version:
    """A row of the table as pages see it."""
    return Version(
        number=row.number,
        recorded_at=row.recorded_at,
        read_on=row.read_on,
        content_hash=row.content_hash,
        source_version=row.source_version,
        women=row.women,
        rows_read=row.rows_read,
    )


def version_row(connection: Connection, feed_id: int, number: int) -> VersionRow | None:
    """The row of a version; None if it is not kept."""
    wanted = select(version).where(version.c.feed_id == feed_id, version.c.number == number)
    return connection.execute(wanted).first()


def rebuilt(connection: Connection, feed_id: int, row: VersionRow, near: Known | None = None) -> Known:
    """The version of a row. Of a version `near` before it, only what changed since is read."""
    shelf = Shelf(connection, feed_id)
    edition = connection.execute(select(feed.c.edition).where(feed.c.id == feed_id)).scalar_one()
    if near is not None and (near.edition != edition or near.version.number > row.number):
        near = None
    placement = shelf.placement(row.placement)
    if near is not None and near.findings == row.findings:
        findings = near.roster.findings
    else:
        findings = findings_from(shelf.text(row.findings))
    reconciliation, fields, unread = account_from(shelf.text(row.account))
    frame = _frame(connection, feed_id, row.number, placement, near)
    roster = Roster(frame, findings, reconciliation, fields, source_from(row.source), unread)
    return Known(version_of(row), edition, roster, placement.persons, row.placement, row.findings, row.account)


def _frame(connection: Connection, feed_id: int, number: int, placement: Placement, near: Known | None) -> pd.DataFrame:
    after = 0
    if near is not None:
        count = _changed_since(connection, feed_id, near.version.number, number)
        if count <= SHARE * len(near.persons):
            after = near.version.number
        else:
            near = None
    persons, women, decoder = _read(connection, feed_id, number, after)
    kept = np.empty(0, dtype=np.int64)
    if near is not None:
        kept = np.flatnonzero(np.isin(near.persons, placement.persons) & ~np.isin(near.persons, persons))
        persons = np.concatenate([near.persons[kept], persons])
    by_person = np.argsort(persons)
    order = by_person[np.searchsorted(persons, placement.persons, sorter=by_person)] if len(persons) else by_person
    columns = {**decoder.columns(), "woman": pd.Series(women, dtype=TEXT)}
    if near is not None:
        old = near.roster.frame.iloc[kept]
        columns = {name: pd.concat([old[name], column], ignore_index=True) for name, column in columns.items()}
    columns = {name: column.take(order).reset_index(drop=True) for name, column in columns.items()}
    columns |= placement.columns()
    return pd.DataFrame({name: columns[name] for name in FRAME_COLUMNS})


def _read(connection: Connection, feed_id: int, number: int, after: int) -> tuple[Ints, list[str], Decoder]:
    """Persons, their pseudonyms and values in a version; with `after`, only of those who have others than then."""
    wanted = select(state.c.person_id, person.c.woman, state.c.body).join(
        person, and_(person.c.feed_id == state.c.feed_id, person.c.id == state.c.person_id)
    )
    wanted = wanted.where(state.c.feed_id == feed_id, *holding(number))
    if after:
        wanted = wanted.where(state.c.valid_from > after)
    persons: list[Ints] = [np.empty(0, dtype=np.int64)]
    women: list[str] = []
    decoder = Decoder()
    result = connection.execution_options(yield_per=CHUNK).execute(wanted)
    for rows in result.partitions():
        ids, keys, bodies = zip(*rows, strict=True)
        persons.append(np.array(ids, dtype=np.int64))
        women.extend(keys)
        decoder.add(bodies)
    return np.concatenate(persons), women, decoder


def holding(number: int) -> Iterable[ColumnElement[bool]]:
    """That a state holds in a version."""
    return state.c.valid_from <= number, or_(state.c.valid_to.is_(None), state.c.valid_to > number)


def _changed_since(connection: Connection, feed_id: int, after: int, number: int) -> int:
    since = select(func.count()).where(
        state.c.feed_id == feed_id, state.c.valid_from > after, state.c.valid_from <= number
    )
    count: int = connection.execute(since).scalar_one()
    return count
