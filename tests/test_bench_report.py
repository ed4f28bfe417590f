"""The bench's report: targets judged by hand-made figures, ratios, what was not measured, and turns there and back."""

from typing import Any

from benchmarks.machine import there_and_back
from benchmarks.report import markdown
from benchmarks.targets import verdicts


def report(**more: Any) -> dict[str, Any]:
    """A run whose ratios are seen at a glance."""
    ours = {
        "cold_bytes": 500_000,
        "cold_drawn_ms": 400,
        "filter_p50_ms": 60,
        "changes_per_second": 250,
        "filter_p95_ms": 80,
    }
    plain = {"cold_bytes": 6_000_000, "cold_drawn_ms": 2_000, "filter_p50_ms": 100, "changes_per_second": 100}
    floor = {"cold_bytes": 400_000, "cold_drawn_ms": 500}
    return {
        "command": "make bench",
        "note": "",
        "machine": {"cores": "2"},
        "sizes": {"135": {"ours": ours, "plain": plain, "floor": floor}},
    } | more


def judged(found: dict[str, Any]) -> dict[str, tuple[str, bool | None]]:
    return {one.name: (one.measured, one.met) for one in verdicts(found)}


def test_a_target_is_met_missed_or_not_measured() -> None:
    found = judged(report())
    assert found["cold load, KB on the wire, fonts included"] == ("500", True)
    assert found["cold: all drawn, × plain Dash"] == ("0.2", True)
    assert found["filter p50 at 135 rows, × plain Dash"] == ("0.6", False)
    assert found["filter changes/s of 50 clients at 135 rows, × plain Dash"] == ("2.5", True)
    assert found["filter p50 at 400,000 rows, × plain Dash"] == ("not measured", None)


def test_growth_is_judged_against_our_own_smallest_size() -> None:
    sizes = report()["sizes"] | {"400000": {"ours": {"filter_p95_ms": 120.0}}}
    assert judged(report(sizes=sizes))["filter p95 at 400,000 rows, × ours at 135"] == ("1.5", False)


def test_a_crowd_is_judged_against_one_viewer_alone_and_no_failure_is_let_pass() -> None:
    rows = [
        {"kind": "ours", "viewers": 1, "changes": 12, "errors": 0, "p50_ms": 50.0, "p95_ms": 60.0},
        {"kind": "ours", "viewers": 50, "changes": 600, "errors": 1, "p50_ms": 70.0, "p95_ms": 90.0},
    ]
    found = judged(report(viewers=rows))
    assert found["50 viewers: p95, × p50 of one alone"] == ("1.8", True)
    assert found["50 viewers: failed changes"] == ("1", False)


def test_a_first_response_without_the_tiles_is_none() -> None:
    found = judged(report(first_response={"headline": True, "tiles": False}))
    assert found["headline and tiles in the first HTML response, before any script"] == (
        "headline: yes, tiles: no",
        False,
    )


def test_the_tables_hold_figures_ratios_and_the_machine() -> None:
    page = markdown(report())
    assert "| cores | 2 |" in page
    assert "| cold load, KB on the wire | 500 | 6,000 | 400 | 0.08 | 1.25 |" in page
    assert "| filter p50 at 135 rows, × plain Dash | 0.6 | ≤ 0.5 | **not met** |" in page
    assert "    make bench\n" in page


def test_measurements_go_there_and_back() -> None:
    assert "".join(there_and_back("AB", 4)) == "ABBAABBA"
