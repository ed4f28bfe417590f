"""A canonical table of 20 million women in DuckDB: made, looked at, counted and filtered; seconds and peak memory.

    python -m benchmarks.warehouse [women]

The women are the demo's over and over, each copy with its days moved and its prefecture, age and criteria drawn anew.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click
import duckdb

from connectors.demo import DemoSource
from connectors.warehouse.address import parse_address
from connectors.warehouse.canonical import TYPES
from connectors.warehouse.engines import open_door
from connectors.warehouse.held import held_roster
from connectors.warehouse.writing import fill
from dashboard.overview import Overview, overview
from dashboard.programme import Programme, load_programme
from dashboard.reading import read
from dashboard.roster import Roster
from dashboard.tally import Tally, tally
from dashboard.view import days_before

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 23)
WOMEN = 20_000_000
DRAWN = ("prefecture", "age_band", "vulnerability")
MOVED = 90  # days at most


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print a row of the table: seconds, of them computing (all cores), and the process's peak so far."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    took, computing = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"| {name} | {took:,.1f} | {computing:,.1f} | {peak:,.0f} |")


def fill_table(file: Path, demo: Roster, women: int) -> None:
    """Write so many women into a new DuckDB file."""
    drawn = "hash(copies.range, demo.rowid, '{name}') % (SELECT count(*) FROM demo)"
    days = [f"{name} - CAST(hash(copies.range, demo.rowid) % {MOVED} AS INTEGER) AS {name}" for name in _days()]
    words = [
        f"(SELECT list({name}) FROM demo)[1 + CAST({drawn.format(name=name)} AS INTEGER)] AS {name}"  # noqa: S608
        for name in DRAWN
    ]
    key = "'P-' || (copies.range * (SELECT count(*) FROM demo) + demo.rowid) AS woman"
    with duckdb.connect(str(file)) as connection:
        fill(connection, demo, "demo")
        connection.execute(
            f"CREATE TABLE women AS SELECT demo.* REPLACE ({', '.join([key, *days, *words])})"  # noqa: S608  of our own
            f" FROM range({women // len(demo.frame) + 1}) copies, demo LIMIT {women}"
        )
        connection.execute("DROP TABLE demo")


def _days() -> list[str]:
    return [name for name, kind in TYPES.items() if kind == "day"]


def measure(women: int, folder: Path) -> None:
    """Print the table."""
    programme = load_programme(ROOT / "programme.toml")
    demo = read(DemoSource(programme, b"s" * 32, lambda: DAY).fetch(), programme, DAY)
    file = folder / "women.duckdb"
    click.echo("| Step | Seconds | of them computing | Peak memory, MB |\n|---|---:|---:|---:|")
    with step(f"{women:,} women made"):
        fill_table(file, demo, women)
    with step("looked at and checked"):
        address = parse_address(f"duckdb:{file}")
        door = open_door(address)
        roster = held_roster(door, address, programme, door.token(), datetime.now(UTC))
    before, now = (_counted(roster, programme, day) for day in (days_before(DAY, 7), DAY))
    with step("details counted"):
        now.more()
    _overviews(now, before)
    click.echo(
        f"\n{file.stat().st_size / 1e6:,.0f} MB on disk; {len(now.chosen):,} groups, {now.women:,} women counted"
    )


def _counted(roster: Roster, programme: Programme, day: date) -> Tally:
    with step(f"counted as of {day:%d %B}"):
        return tally(roster, programme, day)


def _overviews(now: Tally, before: Tally) -> None:
    """The first page of everyone and of a selection, from the counts."""
    one: Callable[[dict[str, tuple[str, ...]]], Overview] = partial(overview, now, before)
    with step("overview of everyone"):
        one({})
    with step("overview of one cohort and two prefectures"):
        one({"cohort": now.cube.labels["cohort"][:1], "prefecture": now.cube.labels["prefecture"][:2]})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else WOMEN, Path(made))
