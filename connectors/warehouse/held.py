"""The women of a canonical table as the dashboard asks for them: counts and short lists; a fault as a sentence."""

import hashlib
import logging
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar, cast

import narwhals as nw
import pandas as pd

from connectors.base import SourceError
from connectors.warehouse.address import Address
from connectors.warehouse.canonical import PLACE, TYPES, Look, findings, look, readable
from connectors.warehouse.engines import Door
from dashboard.counting import collected
from dashboard.engine import Place
from dashboard.programme import Programme
from dashboard.reading.frame import FRAME_TYPES, typed
from dashboard.roster import Reconciliation, Roster, SourceInfo

T = TypeVar("T")
KIND = "warehouse"
MOST = 500  # women on a page of a list
DEEPEST = 10_000  # women before it: those between are read as well
KEPT = 64  # counts of a state of the table: cubes of days
LARGE, KEPT_OF_LARGE = 5_000_000, 16  # rows from which on a count takes tens of megabytes
AT_ONCE = 2_000_000  # rows in one query that counts several days

logger = logging.getLogger(__name__)


class Held:
    """One state of a canonical table (dashboard.engine.Engine). One count at a time: each takes the engine whole."""

    def __init__(self, door: Door, address: Address, seen: Look, mark: str) -> None:
        self._door = door
        self._address = address
        self._seen = seen
        self._mark = mark
        self._counts: dict[Hashable, object] = {}
        self._counting = Lock()

    @property
    def rows(self) -> int:
        """Women when the table was looked at."""
        return self._seen.rows

    @property
    def values(self) -> Mapping[str, Mapping[str, int]]:
        """Rows by the values of each dimension."""
        return self._seen.values

    @property
    def first_start(self) -> date | None:
        """The first day that training started."""
        return self._seen.first_start

    @property
    def mark(self) -> str:
        """Stands for the state."""
        return self._mark

    def counted(self, how: Callable[[Any, Programme, date], T], programme: Programme, as_of: date) -> T:
        """What a way of counting makes of the table, counted once. Raises SourceError warehouse_failed."""

        def each(native: Any, programme: Programme, days: Sequence[date]) -> Sequence[T]:
            return [how(native, programme, day) for day in days]

        return self._days(how.__qualname__, each, programme, [as_of])[0]

    def counted_days(
        self, how: Callable[[Any, Programme, Sequence[date]], Sequence[T]], programme: Programme, days: Sequence[date]
    ) -> list[T]:
        """The same for a way that counts several days at once: as many as the table's size allows in one query."""
        return self._days(how.__qualname__, how, programme, days)

    def _days(
        self,
        name: str,
        how: Callable[[Any, Programme, Sequence[date]], Sequence[T]],
        programme: Programme,
        days: Sequence[date],
    ) -> list[T]:
        rules, at_once = programme.model_dump_json(), max(1, AT_ONCE // max(1, self.rows))
        with self._counting:
            found = {day: self._counts[name, rules, day] for day in days if (name, rules, day) in self._counts}
            missing = sorted(set(days) - set(found))
            for start in range(0, len(missing), at_once):
                part = missing[start : start + at_once]
                with explained(self._address), self._door.table() as native:
                    found |= dict(zip(part, how(readable(native).to_native(), programme, part), strict=True))
            self._counts |= {(name, rules, day): answer for day, answer in found.items()}
            while len(self._counts) > (KEPT if self.rows < LARGE else KEPT_OF_LARGE):
                del self._counts[next(iter(self._counts))]
            return [cast(T, found[day]) for day in days]

    def page(self, filters: Mapping[str, tuple[str, ...]], order: str, limit: int, offset: int) -> Sequence[Place]:
        """Women who match, by a column of the table and then by pseudonym; missing values come last.

        Raises SourceError warehouse_failed, and ValueError for more than MOST women or beyond DEEPEST.
        """
        if order not in TYPES or not 0 < limit <= MOST or not 0 <= offset <= DEEPEST:
            raise ValueError("no such page")
        with explained(self._address), self._door.table() as native:
            women = readable(native)
            place = [name for name in PLACE if name in women.collect_schema()]
            chosen = women.filter(*self._matching(filters)) if any(filters.values()) else women
            ordered = chosen.sort(*dict.fromkeys((order, "woman")), nulls_last=True).select("woman", *place)
            found = collected(ordered.head(offset + limit)).iloc[offset:]
        return [_place(row) for row in found.to_dict("records")]

    def _matching(self, filters: Mapping[str, tuple[str, ...]]) -> Iterator[nw.Expr]:
        """As tally.Tally.where: of several criteria in a cell one is enough."""
        for dimension, ids in filters.items():
            if ids:
                labels = [label for label in self.values[dimension] if not set(ids).isdisjoint(label.split("|"))]
                yield nw.col(dimension).fill_null("unspecified").is_in(labels or ["\x01"])


def held_roster(door: Door, address: Address, programme: Programme, token: str | None, at: datetime) -> Roster:
    """A table, checked and ready to be counted. Raises SourceError."""
    with explained(address), door.table() as native:
        seen = look(readable(native))
    said = token if token is not None else repr(seen)
    mark = hashlib.sha256(f"{address.label}\0{said}".encode()).hexdigest()
    nobody = typed(pd.DataFrame({name: [] for name in FRAME_TYPES}))
    return Roster(
        frame=nobody,
        findings=findings(seen.values, programme, address.table),
        reconciliation=Reconciliation(seen.rows, seen.rows, 0, 0, 0),
        fields=seen.fields,
        source=SourceInfo(KIND, address.label, at, version=token and mark[:12]),
        engine=Held(door, address, seen, mark),
    )


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """An engine's fault as a sentence. Its own words may hold values or a password: only its kind is told."""
    try:
        yield
    except (SourceError, ValueError):
        raise
    except Exception as error:
        kind = type(error).__name__
        logger.warning("the engine failed: %s", kind)
        raise SourceError("warehouse_failed", place=address.label, kind=kind) from None


def _place(row: Mapping[Any, Any]) -> Place:
    number = row.get("row")
    sheet = row.get("sheet")
    return Place(str(row["woman"]), "" if sheet is None or sheet != sheet else str(sheet), _whole(number))


def _whole(number: Any) -> int | None:
    return None if number is None or number != number else int(number)
