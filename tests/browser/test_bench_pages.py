"""The pages that the dashboard is measured beside: both draw four charts of the same roster, filtered alike."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from benchmarks import plain_dash, static_floor
from benchmarks.changes import BOXES, changed
from benchmarks.chromium import tab
from benchmarks.roster_file import write_roster
from benchmarks.servers import FLOOR, PLAIN
from browser.browsing import serving

PAGES: dict[str, Callable[[str], Flask]] = {
    PLAIN: lambda path: plain_dash.create_app(path).server,
    FLOOR: static_floor.create_app,
}


@pytest.mark.parametrize("kind", PAGES)
def test_four_charts_are_drawn_measured_and_filtered(chromium: Browser, tmp_path: Path, kind: str) -> None:
    roster = write_roster(tmp_path / "roster.csv", 135)
    first = roster.read_text("utf-8").count("Promotion 1")  # of the women, by their line
    with serving(PAGES[kind](str(roster))) as address, tab(chromium, kind) as reader:
        load = reader.load(address + "/")
        assert load.tiles > 0 and load.drawn > 0 and load.bytes > 300_000
        assert reader.page.locator(".js-plotly-plot .main-svg .trace").count() == 4
        assert reader.page.locator(".tile-value").first.text_content() == "enrolled: 135"
        assert changed(reader, BOXES[0]).charts == 4
        assert reader.page.locator(".tile-value").first.text_content() == f"enrolled: {first}"
