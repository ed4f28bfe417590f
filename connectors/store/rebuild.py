"""Rebuilds the roster of a version: exactly the one that was recorded."""

import json
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from connectors.store.bulk import ASKED, CHUNK, parts
from connectors.store.documents import account_from, findings_from, gids_from, notes_from, source_from
from connectors.store.encoding import Decoder
from connectors.store.placement import Ints, Placement
from connectors.store.shelf import Shelf
from connectors.store.tables import feed, layout, person, state, version
from dashboard.history import Version
from dashboard.reading.frame import FRAME_COLUMNS, TEXT
from dashboard.roster import Roster

VersionRow = Row[Any]
BROKEN = (LookupError, ValueError, TypeError, zlib.error)  # what a rebuild raises where the store holds nonsense
SHARE = 0.2  # of the women: with more of them changed, everything is read anew


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """A version with its roster, and who each row is about."""

    version: Version
    edition: int  # of the feed's past: what was known under another one may have been rewritten
    roster: Roster
    persons: Ints
    since: Ints  # the version that wrote what holds of each
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
    account = shelf.text(row.account)
    reconciliation, fields, unread = account_from(account)
    frame, since = _frame(connection, feed_id, row.number, placement, near)
    source, notes, gids = source_from(row.source), notes_from(account), gids_from(account)
    roster = Roster(frame, findings, reconciliation, fields, source, unread, notes, gids)
    return Known(version_of(row), edition, roster, placement.persons, since, row.placement, row.findings, row.account)


def _frame(
    connection: Connection, feed_id: int, number: int, placement: Placement, near: Known | None
) -> tuple[pd.DataFrame, Ints]:
    """The frame of a version, and since when what it says holds of each woman."""
    if near is not None and _changed_since(connection, feed_id, near.version.number, number) > SHARE * len(
        near.persons
    ):
        near = None
    read = _read(connection, feed_id, number, 0 if near is None else near.version.number)
    persons, since, columns = read.persons, read.since, read.columns
    if near is not None:
        kept = np.flatnonzero(np.isin(near.persons, placement.persons) & ~np.isin(near.persons, persons))
        persons, since = np.concatenate([near.persons[kept], persons]), np.concatenate([near.since[kept], since])
        old = near.roster.frame.iloc[kept]
        columns = {name: pd.concat([old[name], column], ignore_index=True) for name, column in columns.items()}
    order = _order(persons, placement.persons)
    placed = {name: column.take(order).reset_index(drop=True) for name, column in columns.items()}
    placed |= placement.columns()
    return pd.DataFrame({name: placed[name] for name in FRAME_COLUMNS}), since[order]


def _order(persons: Ints, wanted: Ints) -> Ints:
    """Where each of the wanted persons stands among `persons`. Raises LookupError where one is missing."""
    places = np.full(int(max(persons.max(initial=0), wanted.max(initial=0))) + 1, -1, dtype=np.int64)
    places[persons] = np.arange(len(persons))
    order: Ints = places[wanted]
    if (order < 0).any():
        raise LookupError("a woman stands in a version without what holds of her")
    return order


@dataclass(frozen=True, eq=False, slots=True)
class _Read:
    """What was read of some women, in any order."""

    persons: Ints
    since: Ints
    columns: dict[str, "pd.Series[Any]"]  # pseudonyms and values


def _read(connection: Connection, feed_id: int, version_: int, after: int) -> _Read:
    """Everyone in a version; with `after`, only those of whom something else held in that version."""
    wanted = (
        select(state.c.layout, state.c.person_id, state.c.valid_from, person.c.woman, state.c.body)
        .join(person, and_(person.c.feed_id == state.c.feed_id, person.c.id == state.c.person_id))
        .where(state.c.feed_id == feed_id, state.c.valid_from > after, *holding(version_))
    )
    persons: list[Ints] = [np.empty(0, dtype=np.int64)]
    since: list[Ints] = [np.empty(0, dtype=np.int64)]
    women: list[str] = []
    decoder = Decoder()
    named = select(layout.c.id, layout.c.columns).where(layout.c.feed_id == feed_id)
    layouts = {number: json.loads(columns) for number, columns in connection.execute(named)}
    for chunk in connection.execution_options(yield_per=CHUNK).execute(wanted).partitions():
        for number, rows in groupby(chunk, itemgetter(0)):
            _, ids, starts, keys, bodies = zip(*rows, strict=True)
            persons.append(np.array(ids, dtype=np.int64))
            since.append(np.array(starts, dtype=np.int64))
            women.extend(keys)
            decoder.add(bodies, layouts[number])
    columns = {**decoder.columns(), "woman": pd.Series(women, dtype=TEXT)}
    return _Read(np.concatenate(persons), np.concatenate(since), columns)


def holding(number: int) -> Iterable[ColumnElement[bool]]:
    """That a state holds in a version."""
    return state.c.valid_from <= number, state.c.valid_to > number


def earlier_of(connection: Connection, feed_id: int, number: int, women: Collection[str]) -> frozenset[str]:
    """Which of some pseudonyms stood in a version up to this one."""
    wanted = (
        select(person.c.woman)
        .join(state, and_(state.c.feed_id == person.c.feed_id, state.c.person_id == person.c.id))
        .where(person.c.feed_id == feed_id, state.c.valid_from <= number)
    )
    found = (
        connection.execute(wanted.where(person.c.woman.in_(part)).distinct()).scalars()
        for part in parts(sorted(women), ASKED)
    )
    return frozenset(woman for part in found for woman in part)


def _changed_since(connection: Connection, feed_id: int, after: int, number: int) -> int:
    since = (state.c.valid_from > after, state.c.valid_from <= number)
    count: int = connection.execute(select(func.count()).where(state.c.feed_id == feed_id, *since)).scalar_one()
    return count
