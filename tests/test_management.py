"""The management page over HTTP: its wiring, its languages, and what no answer may hold."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from dash.development.base_component import Component
from flask import Flask
from meeting_results import meeting
from page_results import overview
from test_service import Source, board, roster
from truth_results import deeper

from callbacks import counts
from callbacks.management import MANAGERS_ONLY, SHOW, PageApp, create_app, unchanged
from callbacks.secretary import Secretary
from dashboard.schema import DIMENSIONS
from dashboard.text import Text
from layouts import ids
from layouts.meeting import Acted
from layouts.places import INDICATORS, OVERVIEW, PAGES, REVIEW, WITH_CHARTS

FILTER_IDS = [{"type": ids.FILTER, "dimension": dimension} for dimension in DIMENSIONS]


@pytest.fixture
def source() -> Source:
    return Source(roster())


@pytest.fixture
def app(source: Source, monkeypatch: pytest.MonkeyPatch) -> PageApp:
    monkeypatch.setattr(counts, "tally", lambda roster, programme, as_of: as_of)
    monkeypatch.setattr(counts, "overview", lambda now, before, filters: overview())
    monkeypatch.setattr(counts, "deeper", lambda asked, kept: deeper())
    monkeypatch.setattr(Secretary, "meeting", lambda self, sitting: meeting())
    return create_app(Flask("test", static_folder=None), board(source))


def layout(app: PageApp, search: str = "", path: str = "/", **headers: str) -> dict[str, Any]:
    page = "http://localhost" + path + search
    answer = app.server.test_client().get("/_dash-layout", headers={"Referer": page} | headers)
    assert answer.status_code == 200
    return dict(answer.get_json())


def ask(
    app: PageApp,
    search: str,
    before: dict[str, Any],
    part: str = ids.AGE,
    page: str = OVERVIEW,
    changed: Any = (),
) -> Any:
    """What the callback that renders a part answers when it is asked for a page and a search string."""
    found = next(call for call in app._callback_list if f"{part}." in call["output"])
    values = {
        ids.ASKED: search,
        ids.TICK: 1,
        ids.AGAIN: 0,
        ids.SHOWN: before,
        ids.CHANGED: changed,
        ids.PAGE: page,
        ids.PARTS: {},
        ids.UNFOLD: 1,
    }
    places = [dict(zip(("id", "property"), place.rsplit(".", 1), strict=True)) for place in _places(found["output"])]
    sent = {
        "output": found["output"],
        "outputs": places if found["output"].startswith("..") else places[0],
        "inputs": [given | {"value": values[given["id"]]} for given in found["inputs"]],
        "state": [given | {"value": values[given["id"]]} for given in found["state"]],
        "changedPropIds": [f"{ids.ASKED}.data"],
    }
    return app.server.test_client().post("/_dash-update-component", json=sent)


def known_ids(app: PageApp, path: str) -> list[Any]:
    with app.server.test_request_context("/_dash-layout", headers={"Referer": f"http://localhost{path}"}):
        page = app.layout()
    parts = [part for part in page._traverse() if isinstance(part, Component)]
    return [part_id for part in parts if (part_id := getattr(part, "id", None))]


def outputs(call: dict[str, Any]) -> list[str]:
    """The ids that a callback writes to; a callback that only draws has none."""
    return [place.rsplit(".", 1)[0] for place in _places(call["output"]) if "." in place]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_every_output_of_a_callback_or_none(app: PageApp, path: str) -> None:
    """Dash leaves a callback alone if it finds none of its outputs, and complains if it finds only some."""
    known = known_ids(app, path)
    texts = [known_id for known_id in known if isinstance(known_id, str)]
    assert len(texts) == len(set(texts))
    for call in app._callback_list:
        named = {name for name in outputs(call) if not name.startswith("{")}
        given = {part["id"] for part in (*call["inputs"], *call["state"]) if not part["id"].startswith("{")}
        assert named & set(texts) in (named, set())
        assert given <= set(texts) or not named & set(texts)  # Dash never calls one that has no output on the page
    assert [part for part in known if isinstance(part, dict) and part["type"] == ids.FILTER] == FILTER_IDS


def test_the_two_pages_with_charts_have_every_id_that_a_callback_names(app: PageApp) -> None:
    known = [*known_ids(app, OVERVIEW), *known_ids(app, REVIEW)]
    asked = [part["id"] for call in app._callback_list for part in (*call["inputs"], *call["state"])]
    asked += [name for call in app._callback_list for name in outputs(call)]
    plain = {name for name in asked if not name.startswith("{")}
    assert {ids.LOCATION, ids.AS_OF, ids.FOLDED, ids.READ_NOW} < plain
    assert plain <= {name for name in known if isinstance(name, str)}
    kinds = {json.loads(name)["type"] for name in asked if name.startswith("{")}
    assert kinds == {part["type"] for part in known if isinstance(part, dict)}


def test_a_browsers_first_requests_may_come_at_once(
    app: PageApp, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dash calls itself ready before it is: a script asked for meanwhile had status 500, and the page stayed empty."""
    begun, go, current = Event(), Event(), source.current

    def slow(wait: float) -> Any:
        begun.set()
        assert go.wait(10)
        return current(wait)

    monkeypatch.setattr(source, "current", slow)
    with ThreadPoolExecutor(1) as other:
        first = other.submit(app.server.test_client().get, "/_dash-layout")
        assert begun.wait(10)
        script = app.server.test_client().get("/_dash-component-suites/dash/deps/react@18.3.1.min.js")
        go.set()
        assert (script.status_code, first.result(10).status_code) == (200, 200)


def _places(output: str) -> list[str]:
    return output.strip(".").split("...")


@pytest.mark.parametrize(
    ("search", "lang", "direction"), [("", "ar", "rtl"), ("?lang=fr", "fr", "ltr"), ("?lang=xx&as_of=%00", "ar", "rtl")]
)
def test_the_first_answer_is_in_the_language_of_the_address(
    app: PageApp, search: str, lang: str, direction: str
) -> None:
    answer = app.server.test_client().get("/" + search)
    assert answer.status_code == 200
    assert f'<html lang="{lang}" dir="{direction}">' in answer.text


def test_the_layout_is_that_of_the_page_that_asks_for_it(app: PageApp) -> None:
    assert "Situation au 16 novembre 2026" in json.dumps(layout(app, "?lang=fr&as_of=2026-11-16"), ensure_ascii=False)


def test_a_browser_that_does_not_say_where_it_is_still_gets_its_language(app: PageApp) -> None:
    client = app.server.test_client()
    client.get("/?lang=en")
    assert "Key indicators" in client.get("/_dash-layout").text


def test_a_change_of_view_renders_everything_but_the_controls(app: PageApp) -> None:
    before = next(part for part in layout(app)["props"]["children"] if part["props"].get("id") == ids.SHOWN)
    frame = ask(app, "?lang=fr&cohort=c1", before["props"]["data"]).get_json()["response"]
    assert {ids.AGE, ids.AS_OF_LINE, ids.RESULTS} < set(frame)
    assert ids.FILTERS not in frame
    assert frame[ids.SHOWN]["data"]["search"] == "?lang=fr&cohort=c1"
    again = ask(app, "?lang=fr&cohort=c1", frame[ids.SHOWN]["data"]).get_json()["response"]
    assert set(again) == {ids.AGE}
    parts = {ids.HEADLINE, ids.TARGET, ids.tile("dropout"), ids.figure(ids.CURVE)}
    drawn, known = frame[ids.DRAWN]["data"], frame[ids.PARTS]["data"]
    assert parts < set(drawn) == {name for name in known if not name.startswith("frame.")}


def test_the_folded_sections_come_as_html_after_the_page(app: PageApp) -> None:
    assert "theme-finding" not in app.server.test_client().get("/?lang=en").text
    assert "theme-finding" not in json.dumps(layout(app, "?lang=en"))
    drawn = ask(app, "?lang=en", {}, ids.FOLDED).get_json()["response"][ids.FOLDED]["data"]
    assert drawn[ids.THEMES].count("theme-finding") == 7
    assert "31" in drawn[ids.TARGET_MORE]


@pytest.mark.parametrize("path", [path for path in PAGES if path != OVERVIEW])
def test_every_other_page_begins_with_its_content(app: PageApp, path: str) -> None:
    begun = next(
        part for part in layout(app, "?lang=fr", path)["props"]["children"] if part["props"].get("id") == ids.DRAWN
    )
    assert "<h2" in begun["props"]["data"][ids.CONTENT]
    again = ask(app, "?lang=fr", {}, ids.DRAWN, path).get_json()["response"][ids.DRAWN]["data"]
    assert again == begun["props"]["data"]


@pytest.mark.parametrize("path", ["/nothing", "/data/more", "/favicon.ico", "/%D8%B4"])
def test_an_address_that_is_no_page_says_so_in_the_readers_language(app: PageApp, path: str) -> None:
    answer = app.server.test_client().get(path + "?lang=ar")
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert Text("ar")("missing.title") in answer.text
    assert 'href="/data?lang=ar"' in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/data/"])
def test_every_page_is_there_and_only_those_with_charts_ask_for_their_library(app: PageApp, path: str) -> None:
    answer = app.server.test_client().get(path + "?lang=en")
    assert answer.status_code == 200
    assert ("plotly.min" in answer.text) == (path in WITH_CHARTS)
    assert ("meeting.js" in answer.text) == (path == REVIEW)
    assert ("across.css" in answer.text) == (path == INDICATORS)


def test_new_choices_in_the_roster_bring_new_controls(app: PageApp) -> None:
    answer = ask(app, "?lang=fr", {"choices": {"cohort": []}}).get_json()["response"]
    assert ids.FILTERS in answer


def test_a_failing_source_is_told_over_the_last_numbers(app: PageApp, source: Source) -> None:
    source.error = SimpleNamespace(code="file_missing", params={"path": "roster.xlsx"})
    answer = ask(app, "?lang=en", {}).get_json()["response"]
    assert "roster.xlsx" in json.dumps(answer[ids.BANNER])
    assert answer[ids.RESULTS]["hidden"] is False


@pytest.mark.parametrize(
    "search",
    ["?cohort=nobody", "?as_of=2026-13-45", "?as_of=9999-12-31", "?lang=", "?" + "a=1&" * 90, "?cohort=%FF%00", "%%%"],
)
def test_no_address_breaks_the_page(app: PageApp, search: str) -> None:
    assert app.server.test_client().get("/", query_string=search.lstrip("?")).status_code == 200
    layout(app, search)
    assert ask(app, search, {}).status_code == 200


def test_no_answer_holds_anything_about_one_woman(app: PageApp) -> None:
    answers = [json.dumps(layout(app, search)) for search in ("?lang=ar", "?lang=en&cohort=c1")]
    answers.append(ask(app, "?lang=fr", {}).text)
    assert all("canary" not in answer for answer in answers)


def test_every_callback_that_writes_a_meeting_down_is_for_managers_only(app: PageApp) -> None:
    writing = {
        call["output"] for call in app._callback_list if any(part["id"].startswith("ask-") for part in call["inputs"])
    }
    assert writing == MANAGERS_ONLY
    assert len(MANAGERS_ONLY) == 5


def test_what_a_meeting_asks_for_is_answered_in_words(app: PageApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def act(self: Secretary, act: str, sitting: Any, fields: Any, by: str) -> Acted:
        asked.append((act, dict(fields), by))
        return Acted(act, () if fields else ("note_missing",))

    monkeypatch.setattr(Secretary, "act", act)
    for fields, done in (({"note": "x"}, True), ({}, False)):
        sent = {
            "output": "done-note.data",
            "outputs": {"id": "done-note", "property": "data"},
            "inputs": [{"id": "ask-note", "property": "data", "value": fields}],
            "state": [{"id": ids.ASKED, "property": "data", "value": "?lang=en"}],
            "changedPropIds": ["ask-note.data"],
        }
        told = app.server.test_client().post("/_dash-update-component", json=sent).get_json()["response"]["done-note"]
        assert told["data"]["done"] is done
        assert told["data"]["said"]
    assert asked == [("note", {"note": "x"}, "page"), ("note", {}, "page")]


def test_unchanged_leaves_every_output_alone() -> None:
    assert set(unchanged()) == set(SHOW)


def test_there_is_no_open_door_for_machines(app: PageApp) -> None:
    answer = app.server.test_client().post("/_mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert "jsonrpc" not in answer.text
