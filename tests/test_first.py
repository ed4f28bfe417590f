"""The first response holds the page in words: all that Dash will draw, in the same places, and no script."""

import re
from html.parser import HTMLParser
from typing import Any, cast

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st
from page_results import shown

from dashboard.programme import Lang
from layouts import ids
from layouts.first import first_html
from layouts.page import in_words, management_page, prepared, twins


class Read(HTMLParser):
    """Text, ids and elements of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_headline_and_tiles_are_words_and_charts_are_the_room_they_take(lang: Lang) -> None:
    view = shown(lang)
    found = Read(first_html(management_page(view), in_words(view, prepared(view))))
    parts = prepared(view).parts
    written = [str(parts[name]) for name in (ids.HEADLINE, ids.TARGET, ids.QUALITY, ids.tile("insertion_90"))]
    for part in (*written, twins(view)[ids.twin(ids.CURVE)]):
        words = Read(part).words
        assert words
        assert words in found.words
    assert {ids.figure(card) for card in ids.CARDS} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert not {"script", "style"} & set(found.tags)


def test_a_chart_keeps_the_height_that_it_will_have() -> None:
    view = shown("fr")
    written = first_html(management_page(view), in_words(view, prepared(view)))
    height = prepared(view).figures[ids.figure(ids.FUNNEL)]["layout"]["height"]
    assert re.search(rf'<div id="{ids.figure(ids.FUNNEL)}" class="chart" style="height:{height}px', written)


def test_controls_say_what_is_chosen_and_cannot_be_used_yet() -> None:
    options: Any = [{"label": "<1>", "value": "c1"}, {"label": "2", "value": "c2"}]
    boxes = dbc.Checklist(options=options, value=["c2"], id={"type": "f", "dimension": "c"}, className="choices")
    select = dbc.Select(options=options, value="c1", id="s", className="wide")
    written = first_html(html.Div([boxes, select, dcc.Store(id="kept", data="secret")]), {})
    assert written.count(" disabled") == 3
    assert re.search(r"checked disabled><label [^>]+>2</label>", written)
    assert '<option value="c1" selected>&lt;1&gt;</option>' in written
    assert 'id="{&quot;dimension&quot;:&quot;c&quot;,&quot;type&quot;:&quot;f&quot;}"' in written
    assert "secret" not in written


def test_parts_that_come_as_html_are_put_where_they_will_be() -> None:
    page = html.Div(html.Section(id="themes", className="card"))
    assert first_html(page, {"themes": "<b>x</b>"}) == (
        '<div><section id="themes" class="card" data-drawn><b>x</b></section></div>'
    )


@given(st.text(), st.text())
def test_nothing_that_is_shown_can_leave_its_place(label: str, value: str) -> None:
    select = dbc.Select(options=cast(Any, [{"label": label, "value": value}]), value=value, id="s", className="c")
    assert first_html(select, {}).count("<") == 4
