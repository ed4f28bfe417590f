"""The report of a run as Markdown: the machine, what was compared, the targets, and how it all grows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.servers import FLOOR, OURS, PLAIN
from benchmarks.targets import Report, verdicts

NAMES = {OURS: "ours", PLAIN: "plain Dash", FLOOR: "static floor"}
# A figure's name in the JSON -> what a reader calls it, and what it is divided by to be shown.
FIGURES: Mapping[str, tuple[str, float]] = {
    "cold_bytes": ("cold load, KB on the wire", 1000),
    "cold_requests": ("cold load, requests", 1),
    "cold_tiles_ms": ("cold: tiles filled, s", 1000),
    "cold_drawn_ms": ("cold: all charts drawn, s", 1000),
    "warm_bytes": ("warm reload, KB on the wire", 1000),
    "warm_requests": ("warm reload, requests", 1),
    "warm_drawn_ms": ("warm: all charts drawn, s", 1000),
    "slow_tiles_ms": ("slow 4G: tiles filled, s", 1000),
    "slow_drawn_ms": ("slow 4G: all charts drawn, s", 1000),
    "layout_shift": ("layout shift while loading (CLS)", 1),
    "filter_p50_ms": ("filter to all redrawn, p50, ms", 1),
    "filter_p95_ms": ("filter to all redrawn, p95, ms", 1),
    "changes_per_second": ("filter changes/s, 50 clients", 1),
    "errors": ("of them failed", 1),
    "requests_per_change": ("requests of a change", 1),
    "worker_mb": ("memory of a worker (PSS), MB", 1),
    "first_byte_s": ("start to first byte, s", 1),
    "edit_s": ("edit in the file to the screen, s (asked for every 5 s)", 1),
    "edits_lost": ("edits that did not come within a minute", 1),
}
GROWTH = ("cold_drawn_ms", "filter_p50_ms", "filter_p95_ms", "changes_per_second", "worker_mb")
PULL: Mapping[str, tuple[str, float]] = {
    "pull_recorded_s": ("read, checked and recorded, s", 1),
    "pull_s": ("and counted, s", 1),
    "pull_peak_mb": ("peak of memory, MB", 1),
}
METHOD = """\
Ratios are what counts: all three run in the same run, in turns there and back, under the same gunicorn (gthread, 2
workers of 8 threads). Figures are medians. *Plain Dash* is `plain_dash.py`, a page as the tutorials write it on the
same roster file; the *static floor* is `static_floor.py`, the same charts with their counts in the page and no server
behind it. Ours is the real dashboard in Arabic, with the gate, the store and the refresher; its outcome, the fourth
chart of the others, stands in its headline and tiles. A filter change is a real click; each of many clients sends all
that the browser sent."""


def markdown(report: Report) -> str:
    """The report as a page of tables."""
    parts = [
        f"# Bench\n\n{report['note']}\n\n    {report['command']}"
        if report["note"]
        else f"# Bench\n\n    {report['command']}",
        METHOD,
        "## Machine\n\n" + _table(("", ""), [(name, told) for name, told in report["machine"].items()], "ll"),
        "## Targets\n\n" + _targets(report),
        *(f"## {int(rows):,} rows\n\n{_compared(found)}" for rows, found in report["sizes"].items()),
        *_growth(report),
        *_viewers(report),
        *_languages(report),
    ]
    return "\n\n".join(parts) + "\n"


def _targets(report: Report) -> str:
    words = {True: "met", False: "**not met**", None: "—"}
    rows = [(one.name, one.measured, one.target, words[one.met]) for one in verdicts(report)]
    return _table(("Target", "Measured", "Aim", ""), rows, "lrrl")


def _compared(found: Mapping[str, Mapping[str, float]]) -> str:
    rows = []
    for name, (words, unit) in FIGURES.items():
        values = [found.get(kind, {}).get(name) for kind in NAMES]
        if any(value is not None for value in values):
            rows.append((words, *(_number(value, unit) for value in values), *_ratios(values)))
    return _table(("", *NAMES.values(), "ours / plain", "ours / floor"), rows, "lrrrrr")


def _ratios(values: Sequence[float | None]) -> Iterator[str]:
    own, *others = values
    for other in others:
        yield f"{own / other:.2f}" if own is not None and other else ""


def _growth(report: Report) -> Iterator[str]:
    """Rows by time and memory."""
    columns = [(kind, name) for name in GROWTH for kind in (OURS, PLAIN)]
    heads = [f"{FIGURES[name][0]}: {NAMES[kind]}" for kind, name in columns] + [
        f"pull: {words}" for words, _ in PULL.values()
    ]
    rows = []
    for size, found in report["sizes"].items():
        values = [_number(found.get(kind, {}).get(name), FIGURES[name][1]) for kind, name in columns]
        values += [_number(found.get(OURS, {}).get(name), unit) for name, (_, unit) in PULL.items()]
        rows.append((f"{int(size):,}", *values))
    yield "## Rows × time × memory\n\n" + _turned(("rows", *heads), rows)


def _viewers(report: Report) -> Iterator[str]:
    rows = [
        (
            NAMES[row["kind"]],
            row["viewers"],
            f"{row['every_s']:g}",
            row["changes"],
            row["errors"],
            f"{row['p50_ms']:.0f}",
            f"{row['p95_ms']:.0f}",
        )
        for row in report.get("viewers", [])
    ]
    if rows:
        heads = ("", "viewers", "a change each, s", "changes", "failed", "p50, ms", "p95, ms")
        yield "## Viewers × latency\n\n" + _table(heads, rows, "lrrrrrr")


def _languages(report: Report) -> Iterator[str]:
    if found := report.get("languages"):
        yield "## Cold load by language\n\n" + _table(
            ("", "KB", "requests"),
            [(lang, _number(one["bytes"], 1000), one["requests"]) for lang, one in found.items()],
            "lrr",
        )


def _turned(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table with its rows as columns: sizes are few, figures are many."""
    lines = [(head, *(row[place] for row in rows)) for place, head in enumerate(heads)]
    return _table(lines[0], lines[1:], "l" + "r" * len(rows))


def _table(heads: Sequence[Any], rows: Sequence[Sequence[Any]], sides: str) -> str:
    rule = ["---:" if side == "r" else "---" for side in sides]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (heads, rule, *rows))


def _number(value: float | None, unit: float) -> str:
    if value is None:
        return ""
    shown = value / unit
    return f"{shown:,.0f}" if abs(shown) >= 100 or shown == int(shown) else f"{shown:.3g}"
