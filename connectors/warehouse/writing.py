"""A roster of ours as a canonical table: an example for whoever fills one, and the way out of a sheet too large."""

from pathlib import Path
from typing import Any

from connectors.base import SourceError
from connectors.warehouse.address import TABLE
from connectors.warehouse.canonical import PLACE, TYPES
from connectors.warehouse.optional import imported
from dashboard.roster import Roster

SQL_TYPES = {"text": "VARCHAR", "day": "INTEGER", "number": "DOUBLE"}
COLUMNS = {
    **{name: SQL_TYPES[kind] for name, kind in TYPES.items()},
    **dict(zip(PLACE, ("VARCHAR", "BIGINT"), strict=True)),
}
_SUFFIXES = (".parquet", ".duckdb")


def write_canonical(roster: Roster, path: Path) -> int:
    """Write `women` as a Parquet file or into a new DuckDB file; how many women it holds.

    Raises SourceError warehouse_not_written for another kind of file, one that is there already or cannot be made, and
    warehouse_package.
    """
    if path.suffix.lower() not in _SUFFIXES or path.exists() or roster.engine is not None:
        raise SourceError("warehouse_not_written", path=str(path))
    duckdb = imported("duckdb", "duckdb")
    into = str(path) if path.suffix.lower() == ".duckdb" else ":memory:"
    try:
        with duckdb.connect(into) as connection:
            fill(connection, roster, TABLE)
            if into == ":memory:":
                connection.table(TABLE).write_parquet(str(path))
    except duckdb.IOException:
        raise SourceError("warehouse_not_written", path=str(path)) from None
    return len(roster.frame)


def fill(connection: Any, roster: Roster, table: str) -> None:
    """Make a table on a DuckDB connection and put a roster's women into it."""
    names = list(COLUMNS)
    women = roster.frame[names]
    texts = {name: "object" for name in names if COLUMNS[name] == "VARCHAR"}
    connection.register("given", women.astype(texts))  # DuckDB reads missing values in columns of objects as NULL
    columns = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in COLUMNS.items())
    connection.execute(f'CREATE TABLE "{table}" AS SELECT {columns} FROM given')  # noqa: S608  names of our own
    connection.unregister("given")
