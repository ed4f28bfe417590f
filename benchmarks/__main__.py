"""`make bench`: measures the dashboard beside a plain Dash page and a static page; writes report.md and report.json.

`make bench ARGS="--rows 135,10000,400000 --minutes 10"` is the whole of it.
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks import measures
from benchmarks.chromium import chromium, tab
from benchmarks.machine import machine
from benchmarks.pull import pulled
from benchmarks.report import markdown
from benchmarks.roster_file import write_roster
from benchmarks.servers import KINDS, OURS, Server, serving
from benchmarks.targets import SMALL

HERE = Path(__file__).resolve().parent
LANGUAGES = ("ar", "fr", "en")


@dataclass(frozen=True)
class Given:
    """How much to measure."""

    rows: tuple[int, ...]
    repeats: int
    minutes: float
    note: str
    folder: Path


def asked(arguments: list[str]) -> Given:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", default="135,10000", help="sizes of the roster, with commas between")
    parser.add_argument(
        "--repeats", type=int, default=5, help="loads of each page, and sittings of seven filter changes"
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="how long 50 viewers go on")
    parser.add_argument("--note", default="", help="a sentence for the head of the report")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the report goes")
    given = parser.parse_args(arguments)
    sizes = tuple(int(size) for size in given.rows.split(","))
    return Given(sizes, given.repeats, given.minutes, given.note, given.folder)


def measure(given: Given, again: str) -> dict[str, Any]:
    """The whole report. `again` is the command that makes it."""
    report: dict[str, Any] = {"command": again, "note": given.note, "machine": machine(), "sizes": {}}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for rows in given.rows:
            report["sizes"][str(rows)] = _of_size(rows, given, browser, Path(folder) / str(rows), report)
    return report


def _of_size(rows: int, given: Given, browser: Browser, folder: Path, report: dict[str, Any]) -> measures.Compared:
    """Everything at one size; what does not depend on the size, at the first."""
    folder.mkdir()
    roster, found = write_roster(folder / "roster.csv", rows), {kind: measures.Numbers() for kind in KINDS}
    first = rows == given.rows[0]
    _say(f"{rows:,} rows: one pull")
    found[OURS] |= pulled(roster, folder / "pull")
    if rows == SMALL:
        _say("starts to the first byte")
        _add(found, measures.first_bytes(roster, folder, min(given.repeats, 3)))
    with ExitStack() as running:
        servers = {kind: running.enter_context(serving(kind, roster, folder / kind)) for kind in KINDS}
        _say("page loads")
        _add(found, measures.loads(browser, servers, given.repeats))
        if first:
            _add(found, measures.slow_loads(browser, servers, min(given.repeats, 3)))
            report["first_response"] = measures.first_response(browser, servers[OURS])
            report["languages"] = _languages(browser, servers[OURS])
        _say("filter changes")
        _add(found, measures.filter_changes(browser, servers, given.repeats))
        _say("many clients")
        recorded = measures.recordings(browser, servers)
        _add(found, measures.throughput(recorded, servers, given.repeats))
        if first:
            _say("viewers")
            report["viewers"] = measures.under_viewers(recorded, given.minutes)
            _say("an edit to the screen")
            found[OURS] |= measures.edit_to_screen(browser, servers[OURS], roster, rows, 3)
    return found


def _languages(browser: Browser, server: Server) -> dict[str, dict[str, int]]:
    found = {}
    for lang in LANGUAGES:
        with tab(browser, OURS) as reader:
            load = reader.load(f"{server.address}/?lang={lang}")
            found[lang] = {"bytes": load.bytes, "requests": load.requests}
    return found


def _add(found: measures.Compared, more: measures.Compared) -> None:
    for kind, numbers in more.items():
        found[kind] |= numbers


def main(arguments: list[str]) -> None:
    """Measure, write the report, print it."""
    given = asked(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)  # before the minutes that measuring takes
    report = measure(given, command(given))
    (given.folder / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    text = markdown(report)
    (given.folder / "report.md").write_text(text, "utf-8")
    sys.stdout.write(text)


def command(given: Given) -> str:
    """What measures the same again."""
    rows = ",".join(map(str, given.rows))
    return f'make bench ARGS="--rows {rows} --repeats {given.repeats} --minutes {given.minutes:g}"'


def _say(step: str) -> None:
    sys.stderr.write(f"{step}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
