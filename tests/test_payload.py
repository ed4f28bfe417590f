"""Payloads that Dash would answer with an exception are refused before it sees them; the pages' own pass."""

import copy
from typing import Any

import pytest
from dash import ALL, Dash, Input, Output, State, html
from hypothesis import given
from hypothesis import strategies as st

from callbacks.payload import DEEPEST, LONGEST, fault


@pytest.fixture(scope="module")
def app() -> Dash:
    app = Dash("payloads", use_pages=False, pages_folder="", enable_mcp=False)
    app.layout = html.Div()

    @app.callback(Output("said", "children"), Input("asked", "data"), State("page", "data"))
    def one(asked: str, page: str) -> str:
        return asked + page

    @app.callback(
        Output("a", "value"),
        Output("b", "value"),
        Input({"type": "filter", "dimension": ALL}, "value"),
        prevent_initial_call=True,
    )
    def many(values: list[Any]) -> tuple[Any, Any]:
        return values, values

    return app


ONE: dict[str, Any] = {
    "output": "said.children",
    "outputs": {"id": "said", "property": "children"},
    "inputs": [{"id": "asked", "property": "data", "value": "?lang=fr"}],
    "state": [{"id": "page", "property": "data", "value": "/"}],
    "changedPropIds": ["asked.data"],
}
MANY: dict[str, Any] = {
    "output": "..a.value...b.value..",
    "outputs": [{"id": "a", "property": "value"}, {"id": "b", "property": "value"}],
    "inputs": [[{"id": {"type": "filter", "dimension": "cohort"}, "property": "value", "value": ["c1"]}]],
    "changedPropIds": [],
}


@pytest.mark.parametrize("posted", [ONE, MANY, MANY | {"inputs": [[]]}])
def test_what_a_page_sends_passes(app: Dash, posted: dict[str, Any]) -> None:
    assert fault(posted, app.callback_map) is None


def changed(posted: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return copy.deepcopy(posted) | parts


DEEP: Any = "x"
for _ in range(DEEPEST + 1):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        (None, 400),
        ([], 400),
        ({}, 400),
        ({"output": 3}, 400),
        (changed(ONE, output="headline.children"), 404),  # another app's
        (changed(ONE, output="a.value"), 404),  # a part of one
        (changed(ONE, inputs=[]), 400),
        (changed(ONE, inputs=None), 400),
        (changed(ONE, inputs=[{"id": "page", "property": "data"}]), 400),
        (changed(ONE, inputs=[{"id": "asked", "property": "children"}]), 400),
        (changed(ONE, inputs=["asked.data"]), 400),
        (changed(ONE, state=[]), 400),
        (changed(ONE, changedPropIds="asked.data"), 400),
        (changed(ONE, changedPropIds=[{}]), 400),
        (changed(ONE, outputs=[]), 400),
        (changed(ONE, outputs=None), 400),
        (changed(ONE, outputs={"id": "other", "property": "children"}), 400),
        (changed(ONE, inputs=[{"id": "asked", "property": "data", "value": "x" * (LONGEST + 1)}]), 400),
        (changed(ONE, inputs=[{"id": "asked", "property": "data", "value": DEEP}]), 400),
        (changed(MANY, inputs=[[{"id": {"type": "other", "dimension": "cohort"}, "property": "value"}]]), 400),
        (changed(MANY, inputs=[[{"id": {"type": "filter"}, "property": "value"}]]), 400),
        (changed(MANY, inputs=[[{"id": {"type": "filter", "dimension": ["ALL"]}, "property": "value"}]]), 400),
        (changed(MANY, inputs=[[{"id": "filter", "property": "value"}]]), 400),
        (changed(MANY, outputs=[{"id": "a", "property": "value"}]), 400),
    ],
)
def test_what_no_page_sends_is_refused(app: Dash, posted: Any, status: int) -> None:
    assert fault(posted, app.callback_map) == status


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"])


@given(st.sampled_from([ONE, MANY]), st.dictionaries(PARTS, JSON, max_size=3))
def test_no_payload_raises(posted: dict[str, Any], parts: dict[str, Any]) -> None:
    callbacks = {
        "said.children": {
            "callback": None,
            "inputs": [{"id": "asked", "property": "data"}],
            "state": [{"id": "page", "property": "data"}],
        },
        "..a.value...b.value..": {
            "callback": None,
            "inputs": [{"id": '{"dimension":["ALL"],"type":"filter"}', "property": "value"}],
            "state": [],
        },
    }
    assert fault(changed(posted, **parts), callbacks) in (None, 400, 404)
