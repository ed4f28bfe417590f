"""How long history takes and how much it keeps: `python -m benchmarks.history [--women 400000] [--url …]`.

Each step runs in this one process, so that the peak of its memory includes the roster itself.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.synthetic import roster, with_a_line_on_top, with_cells_changed
from connectors.store import FeedStore, Store, open_store
from connectors.store.sizes import size
from dashboard.roster import Roster

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANGED = 100  # cells


class Bench:
    """Steps with what each took: seconds, bytes that the store grew by, the process's peak of memory so far."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.rows: list[dict[str, Any]] = []

    def step(self, name: str, action: Callable[[], object]) -> None:
        """Run and measure a step."""
        before, start, cpu = size(self._store.database), time.perf_counter(), time.process_time()
        action()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        grown = size(self._store.database) - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.rows.append(
            {"step": name, "seconds": round(seconds, 3), "cpu": round(cpu, 3), "bytes": grown, "peak_mb": peak}
        )


def measure(store: Store, women: int) -> list[dict[str, Any]]:
    """The rows of the table."""
    bench = Bench(store)
    feed = store.feed("bench", "synthetic")
    first = roster(women)
    bench.step("nothing yet (roster in memory)", lambda: None)
    bench.step("first record", lambda: _record(feed, first, 1))
    bench.step("unchanged pull: heartbeat", lambda: feed.checked(START))
    again = with_cells_changed(first, 0)
    bench.step("unchanged pull: read anew and compared", lambda: _record(feed, again, 1))
    changed = with_cells_changed(first, CHANGED)
    bench.step(f"{CHANGED} cells changed", lambda: _record(feed, changed, 2))
    other = store.feed("bench", "synthetic")
    bench.step("rebuild of the newest version, nothing in memory", lambda: other.roster(2))
    moved = with_a_line_on_top(changed)
    bench.step("a line inserted on top", lambda: _record(feed, moved, 3))
    bench.step("the same followed by another process", lambda: other.roster(3))
    bench.step("rebuild of a past version", lambda: feed.roster(2))
    if not other.roster(2).frame.equals(changed.frame):
        raise SystemExit("the rebuilt roster is another one")
    return bench.rows


def _record(feed: FeedStore, read: Roster, number: int) -> None:
    at = START + timedelta(minutes=number)
    made = feed.record(
        read, at=at, read_on=date(2026, 11, 23), content_hash=f"{number:064}", source_version=None, seconds=0.0
    )
    if made.number != number:
        raise SystemExit(f"version {made.number} instead of {number}")


def markdown(rows: list[dict[str, Any]]) -> str:
    """The rows as a table."""
    lines = ["| Step | Seconds | of them computing | Bytes added | Peak memory, MB |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {row['step']} | {row['seconds']:.2f} | {row['cpu']:.2f} | {row['bytes']:,} | {row['peak_mb']} |"
        for row in rows
    ]
    return "\n".join(lines)


@contextmanager
def _opened(url: str | None) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(url or f"sqlite:///{Path(folder) / 'history.sqlite3'}")
        try:
            yield store
        finally:
            store.close()


def main() -> None:
    """Measure and write JSON, then Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--women", type=int, default=400_000)
    parser.add_argument("--url", help="of an empty store; default: SQLite in a temporary folder")
    given = parser.parse_args()
    with _opened(given.url) as store:
        engine = store.database.engine.dialect.name
        rows = measure(store, given.women)
    report = {"bench": "history", "engine": engine, "women": given.women, "columns": 25, "rows": rows}
    sys.stdout.write(f"{json.dumps(report, indent=1)}\n\n{markdown(rows)}\n")


if __name__ == "__main__":
    main()
