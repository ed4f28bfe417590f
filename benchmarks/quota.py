"""How many requests a minute so many sheets of one account take: `python -m benchmarks.quota [sheets …]`.

Real gspread asks a loopback server that logs every request, under a clock that is turned by hand. In each round a fifth
of the sheets is edited at one moment, and one more all the time. Prints a Markdown table: the busiest minute of reads
and of questions to Drive, and the seconds until the median and the last edit was shown.
"""

import logging
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "connectors")]

from many_sheets import LOOK, READS, Fleet, fleet, terse  # noqa: E402
from rosters import TITLE  # noqa: E402

from dashboard.programme import load_programme  # noqa: E402

SHEETS = (1, 10, 50, 100)
EDITED, NOISE = 46_100, 45_000  # serial days
EPOCH = 25_569  # the serial day of 1970-01-01


def measured(count: int, folder: Path) -> tuple[int, int, int, float, float]:
    """Seconds until all are read first, reads and questions to Drive in the busiest minute; median and last edit."""
    programme = terse(load_programme(ROOT / "programme.toml"))
    with fleet(count, programme, folder) as made:
        while any(made.shown(number) is None for number in range(count)):
            made.run(LOOK)
        begun = round(made.clock.seconds)
        reads, seen = made.busiest(READS), _edits(made, count)
        reads, drive = max(reads, made.busiest(READS)), made.busiest(["drive"])
        return begun, reads, drive, statistics.median(seen), max(seen)


def _edits(made: Fleet, count: int) -> list[float]:
    """Seconds until each edit of a fifth of the sheets is shown, while the last sheet is edited all the time."""
    edited = range(0, count, 5)
    for number in edited:
        made.sheets[number].set_cell(f"'{TITLE}'!H2", EDITED)
    begun, seen, noise = made.clock.seconds, dict[int, float](), iter(range(NOISE, NOISE + 100_000))

    def happens() -> None:
        if count > 1:
            made.sheets[-1].set_cell(f"'{TITLE}'!H2", next(noise))
        for number in edited:
            if number not in seen and made.shown(number) == EDITED - EPOCH:
                seen[number] = made.clock.seconds - begun

    while len(seen) < len(edited) and made.clock.seconds < begun + 3600:
        made.run(LOOK, happens)
    return list(seen.values())


def main() -> None:
    """Print the table."""
    logging.disable(logging.WARNING)
    say = sys.stdout.write
    heads = ("sheets", "all read first (s)", "reads, busiest minute", "Drive, busiest minute")
    say(f"| {' | '.join(heads)} | edit shown, median (s) | last (s) |\n")
    say("|---:|---:|---:|---:|---:|---:|\n")
    for count in map(int, sys.argv[1:]) if len(sys.argv) > 1 else SHEETS:
        with tempfile.TemporaryDirectory() as folder:
            begun, reads, drive, median, last = measured(count, Path(folder))
        say(f"| {count} | {begun} | {reads} | {drive} | {median:.1f} | {last:.1f} |\n")


if __name__ == "__main__":
    main()
