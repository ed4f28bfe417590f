"""The measurements, each of all that is compared, taken in turns; medians of each."""

import html
import re
import statistics
import time
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.changes import captured, changed, turns
from benchmarks.chromium import Load, tab
from benchmarks.clients import Recorded, Tally, sustained, viewers
from benchmarks.machine import there_and_back
from benchmarks.roster_file import write_roster
from benchmarks.servers import KINDS, OURS, PLAIN, Server, serving

Numbers = dict[str, float]
Compared = dict[str, Numbers]  # "ours" | "plain" | "floor" -> name of a figure -> its value
Servers = Mapping[str, Server]

BLOCK = 7  # filter changes in one sitting
VIEWS = 14  # different views that the clients rotate
SPELL = 6.0  # seconds of sustained changes at a time
CROWDS = {1: 1.0, 10: 5.0, 50: 5.0}  # viewers at once -> seconds between the changes of each
FEW = 30.0  # seconds that fewer viewers than most go on
OTHER = "before => document.getElementById('headline').innerText !== before"
EDIT_PATIENCE = 60_000  # ms for an edit to come to the screen


def loads(browser: Browser, servers: Servers, rounds: int) -> Compared:
    """Cold and warm loads of each page."""
    found: dict[str, list[tuple[Load, Load]]] = {kind: [] for kind in servers}
    for kind in there_and_back(tuple(servers), rounds):
        with tab(browser, kind) as reader:
            found[kind].append((reader.load(servers[kind].page), reader.reload()))
    return {kind: _of_loads(pairs) for kind, pairs in found.items()}


def _of_loads(pairs: Sequence[tuple[Load, Load]]) -> Numbers:
    cold, warm = [first for first, _ in pairs], [second for _, second in pairs]
    return {
        "cold_bytes": _median(one.bytes for one in cold),
        "cold_requests": _median(one.requests for one in cold),
        "cold_tiles_ms": _median(one.tiles for one in cold),
        "cold_drawn_ms": _median(one.drawn for one in cold),
        "warm_bytes": _median(one.bytes for one in warm),
        "warm_requests": _median(one.requests for one in warm),
        "warm_drawn_ms": _median(one.drawn for one in warm),
        "layout_shift": max(one.shift for one in cold),
    }


def slow_loads(browser: Browser, servers: Servers, rounds: int) -> Compared:
    """Cold loads by slow 4G on a slow processor."""
    found: dict[str, list[Load]] = {kind: [] for kind in servers}
    for kind in there_and_back(tuple(servers), rounds):
        with tab(browser, kind) as reader:
            reader.slow()
            found[kind].append(reader.load(servers[kind].page))
    return {
        kind: {
            "slow_tiles_ms": _median(one.tiles for one in many),
            "slow_drawn_ms": _median(one.drawn for one in many),
            "slow_layout_shift": max(one.shift for one in many),
        }
        for kind, many in found.items()
    }


def filter_changes(browser: Browser, servers: Servers, blocks: int) -> Compared:
    """Filter clicks to all charts redrawn, in sittings of seven; the first of a sitting is not counted."""
    found: dict[str, list[float]] = {kind: [] for kind in servers}
    for kind in there_and_back(tuple(servers), blocks):
        with tab(browser, kind) as reader:
            reader.load(servers[kind].page)
            found[kind] += [changed(reader, box).ms for box in turns(BLOCK + 1)][1:]
    return {
        kind: {"filter_p50_ms": _share(times, 0.5), "filter_p95_ms": _share(times, 0.95)}
        for kind, times in found.items()
    }


def recordings(browser: Browser, servers: Servers) -> dict[str, Recorded]:
    """What the browser sends for fourteen changes, of the pages that send anything."""
    found: dict[str, Recorded] = {}
    for kind in (OURS, PLAIN):
        with tab(browser, kind) as reader:
            reader.load(servers[kind].page)
            found[kind] = captured(reader, VIEWS)
    return found


def throughput(recorded: Mapping[str, Recorded], servers: Servers, spells: int) -> Compared:
    """Changes per second that 50 clients get, and what a worker holds in memory afterwards."""
    found: dict[str, list[Tally]] = {kind: [] for kind in recorded}
    for kind in there_and_back(tuple(recorded), spells):
        found[kind].append(sustained(recorded[kind], SPELL))
    return {
        kind: {
            "changes_per_second": _median(one.rate for one in many),
            "errors": sum(sum(one.errors.values()) for one in many),
            "worker_mb": servers[kind].memory(),
            "requests_per_change": statistics.mean(map(len, recorded[kind])),
        }
        for kind, many in found.items()
    }


def under_viewers(recorded: Mapping[str, Recorded], minutes: float) -> list[dict[str, Any]]:
    """Latency of a change (all its requests answered) with one viewer alone, with 10 and with 50."""
    return [_crowd(kind, recorded[kind], count, minutes * 60) for kind in recorded for count in CROWDS]


def _crowd(kind: str, recorded: Recorded, count: int, seconds: float) -> dict[str, Any]:
    told = viewers(recorded, seconds if count == max(CROWDS) else min(FEW, seconds), count, CROWDS[count])
    return {
        "kind": kind,
        "viewers": count,
        "every_s": CROWDS[count],
        "changes": len(told.ms),
        "errors": sum(told.errors.values()),
        "p50_ms": _share(told.ms, 0.5),
        "p95_ms": _share(told.ms, 0.95),
    }


def first_bytes(roster: Path, folder: Path, rounds: int) -> Compared:
    """Start of a server to the first byte of its page, in seconds; ours on a data folder that has been used before."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for kind in there_and_back(KINDS, rounds):
        with serving(kind, roster, folder / kind) as server:
            found[kind].append(server.first_byte)
    return {kind: {"first_byte_s": _median(times)} for kind, times in found.items()}


def edit_to_screen(browser: Browser, server: Server, roster: Path, women: int, edits: int) -> Numbers:
    """Seconds from a saved file with women more to their numbers on an open page, and how many edits did not come."""
    times, lost = [], 0
    with tab(browser, OURS) as reader:
        reader.load(server.page)
        for edit in range(1, edits + 1):
            before = reader.page.locator("#headline").inner_text()
            write_roster(roster, women + 10 * edit)
            began = time.perf_counter()
            try:
                reader.page.wait_for_function(OTHER, arg=before, timeout=EDIT_PATIENCE)
                times.append(time.perf_counter() - began)
            except PlaywrightTimeout:
                lost += 1
    return {"edits_lost": lost} | ({"edit_s": statistics.median(times)} if times else {})


def first_response(browser: Browser, server: Server) -> dict[str, bool]:
    """Whether the HTML alone, before any script, holds what the page says in its headline and on its tiles."""
    with urllib.request.urlopen(server.page) as answer:  # noqa: S310
        raw = _words(answer.read().decode())
    with tab(browser, OURS) as reader:
        reader.load(server.page)
        headline = reader.page.locator("#headline").text_content() or ""
        values = reader.page.locator(".tile-value").all_text_contents()
    told = [re.sub(r"\s+", "", value) for value in values]
    return {
        "headline": re.sub(r"\s+", "", headline) in raw,
        "tiles": bool(told) and all(value in raw for value in told),
    }


def _words(page: str) -> str:
    """The text of a page without its scripts, its elements and its spaces."""
    bare = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", page)
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", bare)))


def _share(times: Sequence[float], share: float) -> float:
    """The time within which such a share of them was done."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] if ordered else float("nan")


def _median(values: Iterable[float]) -> float:
    return float(statistics.median(values))
