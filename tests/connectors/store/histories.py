"""Rosters and edits that the tests of the store share. The women do not exist."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from connectors.store import FeedStore
from dashboard.history import Version
from dashboard.reading.frame import FRAME_TYPES, typed
from dashboard.roster import FieldCount, Finding, Reconciliation, Roster, Severity, SourceInfo

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
Row = dict[str, Any]


def row(woman: str, place: int, **values: Any) -> Row:
    """A woman's row in the sheet's row `place`."""
    return {"woman": woman, "sheet": "المستفيدات", "row": place, **values}


def roster(rows: Sequence[Row], findings: Sequence[Finding] = (), unread: tuple[str, ...] = ()) -> Roster:
    """A roster of some rows, as the reading side would make it."""
    columns = {name: [one.get(name) for one in rows] for name in FRAME_TYPES}
    frame = typed(pd.DataFrame(columns, dtype=object))
    source = SourceInfo("google_sheets", "Suivi", START, "https://docs.google.com/spreadsheets/d/x", "fr_MA", "7")
    account = Reconciliation(len(rows) + 1, len(rows), 0, 0, 1)
    return Roster(frame, tuple(findings), account, {"wage": FieldCount(3, 2, 1)}, source, unread)


def finding(place: int | None, code: str = "date_unreadable", **more: Any) -> Finding:
    return Finding(code, Severity.REJECTED, "المستفيدات", "H", place, "completion_date", 0, **more)


def record(feed: FeedStore, read: Roster, minutes: float = 0, **more: Any) -> Version:
    """Record a roster some minutes after START."""
    given: dict[str, Any] = {
        "at": START + timedelta(minutes=minutes),
        "read_on": DAY,
        "content_hash": f"{minutes:064}",
        "source_version": "7",
        "seconds": 0.5,
    }
    return feed.record(read, **(given | more))


def assert_same(one: Roster, other: Roster) -> None:
    """Everything that a roster says is equal, types included."""
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert one.frame.equals(other.frame)
    assert list(one.frame.dtypes) == list(other.frame.dtypes)
    assert replace(one, frame=None) == replace(other, frame=None)  # type: ignore[arg-type]


def stored_bytes(feed: FeedStore) -> int:
    """Bytes of states and documents."""
    with feed._database.reading() as connection:
        texts = connection.exec_driver_sql("SELECT coalesce(sum(length(body)), 0) FROM state").scalar_one()
        bodies = connection.exec_driver_sql("SELECT coalesce(sum(length(body)), 0) FROM document").scalar_one()
    return int(texts) + int(bodies)


def edited(rows: list[Row], dice: np.random.Generator, number: int) -> list[Row]:
    """One edit of the kinds that staff make: type, clear, insert, delete, sort, move, undo nothing."""
    rows = [dict(one) for one in rows]
    kind = dice.integers(0, 6)
    at = int(dice.integers(0, len(rows) + 1))
    if kind == 0 or not rows:
        rows.insert(at, row(f"new-{number}", 0, wage=float(number)))
    elif kind == 1:
        rows.pop(at % len(rows))
    elif kind == 2:
        rows[at % len(rows)]["start_date"] = int(dice.integers(20_000, 20_400))
    elif kind == 3:
        rows[at % len(rows)].pop("start_date", None)
        rows[at % len(rows)]["cohort"] = str(dice.choice(["p1", "p2", 'الفوج "3", أ']))
    elif kind == 4:
        rows.sort(key=lambda one: str(one["woman"]), reverse=bool(dice.integers(0, 2)))
    else:
        back = row(f"new-{int(dice.integers(0, number + 1))}", 0, status="lost")  # may have been here before
        if all(one["woman"] != back["woman"] for one in rows):
            rows.append(back)
    for place, one in enumerate(rows, start=2):
        one["row"] = place
    return rows
