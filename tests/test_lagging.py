"""Two processes answer one page, and one of them has not loaded the new roster yet: no edit is lost between them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from meeting_results import meeting
from page_results import overview
from test_management import ask, layout
from test_service import Source, board, roster
from truth_results import deeper

from callbacks import counts, pulse
from callbacks.management import PageApp, create_app
from callbacks.secretary import Secretary
from layouts import ids
from layouts.places import OVERVIEW, REVIEW

VIEW = "?lang=en"


class Worker:
    """A process of the dashboard, and the version that it has loaded."""

    def __init__(self, version: int) -> None:
        self.source = Source(roster(), version)
        service = board(self.source)
        self.app: PageApp = create_app(Flask("worker", static_folder=None), service)
        pulse.register(self.app.server, service)

    def pulse(self) -> str:
        return str((self.app.server.test_client().get("/pulse").json or {})["pulse"])


class Browser:
    """What page.js and Dash keep of a page: its mark, the state that results follow, the pulse that it shows."""

    def __init__(self, drawn_by: Worker) -> None:
        parts = list(_parts(layout(drawn_by.app, VIEW)))
        self.mark: Any = next(part["data"] for part in parts if part.get("id") == ids.SHOWN)
        self.changed: Any = next(part["data"] for part in parts if part.get("id") == ids.CHANGED)
        self.pulse = next(part["data-pulse"] for part in parts if part.get("id") == ids.OFFLINE)
        self.results = self.frame_version = drawn_by.source.version

    def asks_anew_after(self, worker: Worker) -> bool:
        return bool(worker.pulse() != self.pulse)

    def frame(self, worker: Worker) -> bool:
        """Ask for the frame; whether the results are to be drawn again."""
        answer = self._take(ask(worker.app, VIEW, self.mark))
        if ids.SHOWN in answer:
            self.mark, self.frame_version = answer[ids.SHOWN]["data"], worker.source.version
        redraw = ids.CHANGED in answer
        if redraw:
            self.changed = answer[ids.CHANGED]["data"]
        return redraw

    def draw(self, worker: Worker, part: str = ids.FOLDED, page: str = OVERVIEW) -> None:
        self._take(ask(worker.app, VIEW, {}, part, page, self.changed))
        self.results = worker.source.version

    def _take(self, answer: Any) -> Any:
        told = answer.get_json()
        aside = told.get("sideUpdate", {})
        self.mark = aside.get(ids.SHOWN, {}).get("data", self.mark)
        self.pulse = aside.get(ids.OFFLINE, {}).get("data-pulse", self.pulse)
        return told["response"]


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for part in node:
            yield from _parts(part)
    elif isinstance(node, dict) and "props" in node:
        yield node["props"]
        yield from _parts(node["props"].get("children"))


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> tuple[Worker, Worker]:
    """One that has only the first version, one that has the second."""
    monkeypatch.setattr(counts, "tally", lambda roster, programme, as_of: as_of)
    monkeypatch.setattr(counts, "overview", lambda now, before, filters: overview())
    monkeypatch.setattr(counts, "deeper", lambda asked, kept: deeper())
    monkeypatch.setattr(Secretary, "meeting", lambda self, sitting: meeting())
    return Worker(1), Worker(2)


def test_a_page_asks_until_it_shows_what_it_has_heard_of(workers: tuple[Worker, Worker]) -> None:
    """Pulse from the new one, frame from the old one, pulse from the new one again."""
    old, new = workers
    page = Browser(old)
    assert not page.asks_anew_after(old)
    assert page.asks_anew_after(new)
    assert not page.frame(old)
    assert page.asks_anew_after(new)
    assert page.frame(new)
    page.draw(new)
    assert not page.asks_anew_after(new)
    assert not page.frame(new)
    assert page.results == 2


def test_results_that_a_process_behind_has_drawn_are_drawn_again(workers: tuple[Worker, Worker]) -> None:
    """The frame came from the new version; the folded sections came from the old one, and would have stayed."""
    old, new = workers
    page = Browser(old)
    assert page.frame(new)
    page.draw(old)
    assert page.asks_anew_after(new)
    assert page.frame(new)
    page.draw(new)
    assert (page.results, page.frame(new), page.asks_anew_after(new)) == (2, False, False)


def test_a_figure_of_the_review_is_drawn_again_as_well(workers: tuple[Worker, Worker]) -> None:
    old, new = workers
    page = Browser(old)
    assert page.frame(new)
    page.draw(old, ids.figure(ids.FALL), REVIEW)
    assert page.frame(new)


def test_a_page_is_not_taken_back_to_an_older_version(workers: tuple[Worker, Worker]) -> None:
    old, new = workers
    page = Browser(new)
    assert not page.frame(old)
    assert (page.frame_version, page.mark["version"]) == (2, ".2")
    old.source.version = 3
    assert page.frame(old)


def test_a_pulse_is_that_of_the_roster_which_is_shown(
    workers: tuple[Worker, Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that comes while a page is drawn is not the one that it shows."""
    old, _ = workers
    before = old.pulse()
    counted = counts.Counts.facts

    def meanwhile(self: counts.Counts, *given: Any) -> Any:
        old.source.version = 2
        return counted(self, *given)

    monkeypatch.setattr(counts.Counts, "facts", meanwhile)
    assert Browser(old).pulse == before != old.pulse()
