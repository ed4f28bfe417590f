"""The same filter changes on all three pages: a real click on a real box, timed until the last chart is redrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Request

from benchmarks.chromium import Tab
from benchmarks.roster_file import COHORT, TRACK, WORDS
from benchmarks.servers import FLOOR, OURS, PLAIN

UPDATE = "_dash-update-component"
TICK = '"changedPropIds":["tick.n_intervals"]'  # is of no change: our page asks now and then
# As the boxes are found: (dimension, place, word). The programme has its words in the order of this file's.
BOXES = tuple(
    (dimension, place, word)
    for dimension, column in (("cohort", COHORT), ("track", TRACK))
    for place, word in enumerate(WORDS[column])
)
FIND = {
    OURS: """([dimension, place, word]) => {
      const group = document.getElementById(`{"dimension":"${dimension}","type":"filter"}`);
      group.closest("details").open = true;
      return group.querySelectorAll("input")[place];
    }""",
    PLAIN: "([dimension, place, word]) => document.querySelector(`.dash-dropdown-content input[value='${word}']`)",
    FLOOR: "([dimension, place, word]) => document.querySelector(`input[name=${dimension}][value='${word}']`)",
}
SETTLED = 700  # ms after which what follows from a change has been asked for
BEFORE = 300  # ms of rest before a click, as a reader would take


@dataclass(frozen=True)
class Change:
    """One filter change: ms until the last chart was redrawn, and how many were."""

    ms: float
    charts: int


def turns(count: int) -> Iterator[tuple[str, int, str]]:
    """Which box to click, one after another: each on, then each off again; fourteen different views."""
    return (BOXES[number % len(BOXES)] for number in range(count))


def changed(tab: Tab, box: tuple[str, int, str]) -> Change:
    """Click a box and wait for the charts."""
    dimension, _, word = box
    if tab.kind == PLAIN:
        _unfold(tab, dimension, word)
    tab.page.wait_for_timeout(BEFORE)
    found = tab.page.evaluate(f"box => bench.change(({FIND[tab.kind]})(box))", list(box))
    return Change(found["ms"], found["charts"])


def captured(tab: Tab, count: int) -> list[list[dict[str, Any]]]:
    """What the browser sends for each of so many changes: path, headers and body of its requests, in order."""
    return [_sent(tab, box) for box in turns(count)]


def _unfold(tab: Tab, dimension: str, word: str) -> None:
    """Open the list of a dropdown, which closes another one's."""
    if tab.page.locator(f".dash-dropdown-content input[value='{word}']").count() == 0:
        tab.page.keyboard.press("Escape")
        tab.page.locator(f"#{dimension}").click()
        tab.page.locator(f".dash-dropdown-content input[value='{word}']").wait_for()


def _sent(tab: Tab, box: tuple[str, int, str]) -> list[dict[str, Any]]:
    asked: list[Request] = []

    def note(request: Request) -> None:
        if UPDATE in request.url and TICK not in (request.post_data or ""):
            asked.append(request)

    tab.page.on("request", note)
    changed(tab, box)
    tab.page.wait_for_timeout(SETTLED)
    tab.page.remove_listener("request", note)
    return [{"url": one.url, "headers": one.all_headers(), "body": one.post_data} for one in asked]
