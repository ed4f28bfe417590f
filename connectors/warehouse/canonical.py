"""The canonical table: its columns, what is checked of a table before it is counted, and what is told of it.

docs/warehouse.md describes the table to whoever fills it; a test holds the two together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import narwhals as nw

from connectors.base import SourceError
from dashboard.counting import Women, collected
from dashboard.days import BOUNDS, DATES, NEVER, NUMBERS, WORDS
from dashboard.programme import Programme
from dashboard.roster import FieldCount, Finding, Severity
from dashboard.schema import DIMENSIONS, FIELD, UNSPECIFIED

KEY = "woman"
PLACE = ("sheet", "row")
"""Where a woman's row is kept elsewhere; read for lists of women only, and optional."""

TYPES: Mapping[str, str] = {
    KEY: "text",
    **dict.fromkeys(DIMENSIONS, "text"),
    **dict.fromkeys((*DATES, *BOUNDS), "day"),
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys(WORDS, "text"),
}
"""Column -> "text", "day" (days since 1970-01-01 as a whole number) or "number". No other column is read."""

EPOCH = date(1970, 1, 1)
_TEXTS = (nw.String, nw.Categorical, nw.Enum)
_WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_REAL = (nw.Float32, nw.Float64)
_ALLOWED: Mapping[str, tuple[Any, ...]] = {"text": _TEXTS, "day": _WHOLE, "number": (*_WHOLE, *_REAL, nw.Decimal)}
_UNKNOWN = {"cohort": "warehouse_cohort", "track": "warehouse_track"}


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a table before it is counted."""

    rows: int
    values: Mapping[str, Mapping[str, int]]  # dimension -> value -> rows
    first_start: date | None
    fields: Mapping[str, FieldCount]


def readable(native: Any) -> Women:
    """The canonical columns of a table, and no other. Raises SourceError warehouse_missing, warehouse_type_*."""
    frame: Women = nw.from_native(native).lazy()
    schema = frame.collect_schema()
    missing = [name for name in TYPES if name not in schema]
    if missing:
        raise SourceError("warehouse_missing", columns=", ".join(missing))
    for name, kind in TYPES.items():
        if not isinstance(schema[name], _ALLOWED[kind]):
            raise SourceError(f"warehouse_type_{kind}", column=name, found=str(schema[name]))
    whole = [nw.col(name).cast(nw.Int64) for name in (*DATES, *BOUNDS) if schema[name] != nw.Int64]
    real = [nw.col(name).cast(nw.Float64) for name in NUMBERS if schema[name] != nw.Float64]
    return frame.select(*TYPES, *(name for name in PLACE if name in schema)).with_columns(*whole, *real)


def look(women: Women) -> Look:
    """One pass over a table, and one for its dimensions. Raises SourceError warehouse_day, warehouse_nan."""
    found = collected(women.select(*_asked())).iloc[0]
    for name in (*DATES, *BOUNDS):
        if _number(found[f"{name}__late"]):
            raise SourceError("warehouse_day", column=name, rows=_number(found[f"{name}__late"]))
    for name in NUMBERS:
        if _number(found[f"{name}__nan"]):
            raise SourceError("warehouse_nan", column=name, rows=_number(found[f"{name}__nan"]))
    filled = {name: _number(found[f"{name}__filled"]) for name in TYPES if name in FIELD}
    first = found["first"]
    return Look(
        rows=_number(found["rows"]),
        values=_values(women),
        first_start=EPOCH + timedelta(days=int(first)) if first == first and first is not None else None,
        fields={name: FieldCount(n, n, 0) for name, n in filled.items() if n},
    )


def _asked() -> Iterator[nw.Expr]:
    """Sums, so that every engine answers alike; a day that is no day number is told by its size."""
    yield nw.len().alias("rows")
    yield nw.col("start_date").min().alias("first")
    for name in (*DATES, *BOUNDS):
        yield (nw.col(name) >= NEVER).cast(nw.Int32).sum().alias(f"{name}__late")
    for name in NUMBERS:
        yield nw.col(name).is_nan().cast(nw.Int32).sum().alias(f"{name}__nan")
    for name in TYPES:
        if name in FIELD:
            yield nw.col(name).count().alias(f"{name}__filled")


def _number(value: Any) -> int:
    """A sum over no row is missing."""
    return 0 if value is None or value != value else int(value)


def _values(women: Women) -> dict[str, dict[str, int]]:
    """Rows by the values of each dimension."""
    keyed = women.select(*(nw.col(name).fill_null(UNSPECIFIED) for name in DIMENSIONS))
    counts = collected(keyed.group_by(*DIMENSIONS).agg(nw.len().alias("n")))
    return {
        name: {str(value): int(n) for value, n in counts.groupby(name, observed=True)["n"].sum().items()}
        for name in DIMENSIONS
    }


def findings(values: Mapping[str, Mapping[str, int]], programme: Programme, table: str) -> tuple[Finding, ...]:
    """Ids of cohorts and tracks that the programme does not know, with how many rows have each kind."""
    known = {"cohort": programme.cohorts, "track": programme.tracks}
    found = []
    for dimension, code in _UNKNOWN.items():
        named = {UNSPECIFIED, *(category.id for category in known[dimension])}
        strange = {value: n for value, n in values[dimension].items() if value not in named}
        if strange:
            told = (("values", len(strange)), ("count", sum(strange.values())))
            found.append(Finding(code, Severity.WARNING, table, field=dimension, params=told))
    return tuple(found)
