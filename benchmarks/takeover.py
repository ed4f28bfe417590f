"""How long nobody leads after the leading process was killed: `python -m benchmarks.takeover [PostgreSQL's address]`.

Kills a leading process with SIGKILL, twenty times, while this process follows as it does in use, and prints the median
and the longest time until this one leads. Without an address the store is a SQLite file.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime

import pandas as pd

from connectors.feed import Feed, FeedKey
from connectors.refresher import Refresher
from connectors.store.opening import SharedStore
from dashboard.roster import RawTable, Reconciliation, Roster, SourceInfo

TIMES = 20
LEAD = "--lead"  # what the process that will be killed is told


class Empty:
    """A sheet without rows."""

    def fetch(self) -> RawTable:
        """Nothing."""
        return RawTable(SourceInfo("file", "empty", datetime.now(UTC)), ())


def read(raw: RawTable) -> Roster:
    """A roster of nobody."""
    return Roster(pd.DataFrame({"woman": []}), (), Reconciliation(0, 0, 0, 0, 0), {}, raw.source)


def started(url: str) -> tuple[Refresher, SharedStore]:
    """A process's refresher, following."""
    store = SharedStore(url)
    feed = Feed(Empty(), read, FeedKey("benchmark", "empty"))
    refresher = Refresher(feed, store.feed, 15, lambda: datetime.now(UTC))
    refresher.start()
    return refresher, store


def wait(refresher: Refresher, leader: str) -> None:
    """Until it is known who leads."""
    while refresher.current().leader != leader:
        time.sleep(0.002)


def lead(url: str) -> None:
    """Lead until killed."""
    refresher, _ = started(url)
    wait(refresher, "here")
    sys.stdout.write("leads\n")
    sys.stdout.flush()
    signal.pause()


def taken_over(url: str) -> float:
    """Seconds from the kill until this process leads."""
    command = [sys.executable, "-m", "benchmarks.takeover", LEAD, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        if process.stdout is None or not process.stdout.readline():
            raise SystemExit("the other process did not lead")
        refresher, store = started(url)
        wait(refresher, "elsewhere")
        began = time.monotonic()
        os.kill(process.pid, signal.SIGKILL)
        wait(refresher, "here")
        seconds = time.monotonic() - began
    refresher.stop()
    store.close()
    return seconds


def main(arguments: list[str]) -> None:
    """Measure, or be what is killed."""
    if arguments[:1] == [LEAD]:
        lead(arguments[1])
    with tempfile.TemporaryDirectory() as folder:
        url = arguments[0] if arguments else f"sqlite:///{folder}/history.sqlite3"
        seconds = [taken_over(url) for _ in range(TIMES)]
    engine = url.partition(":")[0]
    sys.stdout.write(
        f"{engine}: {TIMES} kills, median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
