"""Canonical tables on real engines, filled with women who do not exist."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import psycopg
from odd_women import women

from connectors.warehouse.address import parse_address
from connectors.warehouse.engines import open_door
from connectors.warehouse.held import held_roster
from connectors.warehouse.writing import COLUMNS, fill, write_canonical
from dashboard.programme import Programme
from dashboard.roster import Reconciliation, Roster, SourceInfo

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
POSTGRES = {"VARCHAR": "text", "INTEGER": "integer", "BIGINT": "bigint", "DOUBLE": "double precision"}


def odd_roster(seed: int = 7) -> Roster:
    """400 women with every contradiction, in two cohorts, with several criteria and eighths of points."""
    found = women(seed)
    size = len(found)
    found["cohort"] = pd.array(["c1", "c2", None, "c9"] * (size // 4), dtype="string")
    found["vulnerability"] = pd.array(
        ["widow", "divorced|widow", "divorced", None, "unspecified"] * (size // 5), "string"
    )
    found["pre_score"] = found["pre_score"] + 0.125
    return roster_of(found)


def roster_of(frame: pd.DataFrame) -> Roster:
    """A roster of a frame, as a sheet would give it."""
    source = SourceInfo("file", "test", AT)
    return Roster(frame, (), Reconciliation(len(frame), len(frame), 0, 0, 0), {}, source)


def in_duckdb(roster: Roster, folder: Path, name: str = "women.duckdb") -> str:
    """The address of a DuckDB file with a roster in it."""
    write_canonical(roster, folder / name)
    return f"duckdb:{folder / name}"


def in_parquet(roster: Roster, folder: Path) -> str:
    """The address of a folder of two Parquet files."""
    half = len(roster.frame) // 2
    for number, part in enumerate((roster.frame[:half], roster.frame[half:])):
        write_canonical(roster_of(part), folder / f"part-{number}.parquet")
    return f"parquet:{folder}"


def in_postgres(roster: Roster, url: str, table: str) -> str:
    """The address of a new table on a server."""
    columns = ", ".join(f'"{name}" {POSTGRES[kind]}' for name, kind in COLUMNS.items())
    with duckdb.connect() as source, psycopg.connect(url, autocommit=True) as server:
        fill(source, roster, "women")
        server.execute(f"CREATE TABLE {table} ({columns})")
        with server.cursor().copy(f"COPY {table} FROM STDIN") as rows:
            for row in source.table("women").fetchall():
                rows.write_row(row)
    return f"{url}#{table}"


def opened(address: str, programme: Programme) -> Roster:
    """The roster at an address, checked and ready to be counted."""
    parsed = parse_address(address)
    door = open_door(parsed)
    return held_roster(door, parsed, programme, door.token(), AT)
