"""What was aimed at, and whether a run reached it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.servers import FLOOR, OURS, PLAIN

Report = Mapping[str, Any]
SMALL, LARGE = 135, 400_000  # rows that the targets are about


@dataclass(frozen=True)
class Verdict:
    """A target beside what was measured. `met` is None where this run did not measure it."""

    name: str
    measured: str
    target: str
    met: bool | None


@dataclass(frozen=True)
class Sizes:
    """The figures of a report, found by rows, kind and name; None where there is none."""

    report: Report

    def get(self, rows: int, kind: str, name: str) -> float | None:
        """A figure."""
        found = self.report["sizes"].get(str(rows), {}).get(kind, {}).get(name)
        return None if found is None else float(found)

    def ratio(self, rows: int, name: str, beside: str = PLAIN) -> float | None:
        """Ours as a multiple of another's."""
        return _divided(self.get(rows, OURS, name), self.get(rows, beside, name))


def verdicts(report: Report) -> list[Verdict]:
    """Every target, in the order of a reader's visit: loading, changing, many readers, starting and pulling."""
    sizes = Sizes(report)
    return [
        *_loading(sizes),
        *_first_response(report, sizes),
        *_changing(sizes),
        *_many(report, sizes),
        *_starting(sizes),
    ]


def _loading(sizes: Sizes) -> Iterator[Verdict]:
    size, warm = sizes.get(SMALL, OURS, "cold_bytes"), sizes.get(SMALL, OURS, "warm_bytes")
    yield _at_most("cold load, KB on the wire, fonts included", size and size / 1000, 520)
    yield _at_most("slow 4G: all drawn, × plain Dash", sizes.ratio(SMALL, "slow_drawn_ms"), 0.12)
    yield _at_most("slow 4G: all drawn, × static floor", sizes.ratio(SMALL, "slow_drawn_ms", FLOOR), 1.5)
    yield _at_most("cold: all drawn, × plain Dash", sizes.ratio(SMALL, "cold_drawn_ms"), 0.4)
    yield _at_most("warm reload: all drawn, × plain Dash", sizes.ratio(SMALL, "warm_drawn_ms"), 0.5)
    yield _at_most("warm reload, KB on the wire", warm and warm / 1000, 30)


def _first_response(report: Report, sizes: Sizes) -> Iterator[Verdict]:
    told = report.get("first_response")
    found = None if told is None else all(told.values())
    words = (
        "not measured" if told is None else ", ".join(f"{part}: {'yes' if is_ else 'no'}" for part, is_ in told.items())
    )
    yield Verdict("headline and tiles in the first HTML response, before any script", words, "yes", found)
    shifts = [sizes.get(SMALL, OURS, name) for name in ("layout_shift", "slow_layout_shift")]
    known = [shift for shift in shifts if shift is not None]
    yield _at_most("layout shift when Dash takes over (CLS)", max(known) if known else None, 0.001)


def _changing(sizes: Sizes) -> Iterator[Verdict]:
    yield _at_most("filter p50 at 135 rows, × plain Dash", sizes.ratio(SMALL, "filter_p50_ms"), 0.5)
    yield _at_most("filter p50 at 400,000 rows, × plain Dash", sizes.ratio(LARGE, "filter_p50_ms"), 0.4)
    ours = [sizes.get(rows, OURS, "filter_p95_ms") for rows in (LARGE, SMALL)]
    yield _at_most("filter p95 at 400,000 rows, × ours at 135", _divided(*ours), 1.3)


def _many(report: Report, sizes: Sizes) -> Iterator[Verdict]:
    rate = "changes_per_second"
    yield _at_least("filter changes/s of 50 clients at 135 rows, × plain Dash", sizes.ratio(SMALL, rate), 2.5)
    yield _at_least("filter changes/s of 50 clients at 400,000 rows, × plain Dash", sizes.ratio(LARGE, rate), 8)
    yield _at_most("memory of a worker, × plain Dash", sizes.ratio(SMALL, "worker_mb"), 1.25)
    rows = {row["viewers"]: row for row in report.get("viewers", []) if row["kind"] == OURS}
    alone, crowd = rows.get(1), rows.get(50)
    slower = _divided(crowd["p95_ms"], alone["p50_ms"]) if alone and crowd else None
    yield _at_most("50 viewers: failed changes", crowd["errors"] if crowd else None, 0)
    yield _at_most("50 viewers: p95, × p50 of one alone", slower, 2)


def _starting(sizes: Sizes) -> Iterator[Verdict]:
    yield _at_most("start to first byte, × plain Dash", sizes.ratio(SMALL, "first_byte_s"), 1)
    yield _at_most("pull of 400,000 rows × 25 columns, s", sizes.get(LARGE, OURS, "pull_s"), 15)
    peak = sizes.get(LARGE, OURS, "pull_peak_mb")
    yield _at_most("its peak of memory, GB", None if peak is None else peak / 1024, 1.5)


def _at_most(name: str, found: float | None, most: float) -> Verdict:
    return _judged(name, found, f"≤ {most:g}", lambda value: value <= most)


def _at_least(name: str, found: float | None, least: float) -> Verdict:
    return _judged(name, found, f"≥ {least:g}", lambda value: value >= least)


def _judged(name: str, found: float | None, target: str, holds: Callable[[float], bool]) -> Verdict:
    if found is None:
        return Verdict(name, "not measured", target, None)
    return Verdict(name, f"{found:.3g}" if found < 100 else f"{found:,.0f}", target, holds(found))


def _divided(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below
