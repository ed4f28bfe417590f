"""The page as words in the very first response: what Dash's scripts draw is already there to be read while they travel.

Written from the same tree of components that Dash draws, so that nothing moves when it takes over (page.js, "first").
"""

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc
from dash.development.base_component import Component

from layouts.components import Node
from layouts.markup import attributes, element, identity, to_html

UNSEEN = (dcc.Location, dcc.Store, dcc.Interval)


def first_html(page: Node, drawn: Mapping[str, str]) -> str:
    """A page as HTML. `drawn` is the HTML of the parts that page.js fills, by the id of their container.

    Charts are the room they will take; controls cannot be used before their scripts are there, and say so.
    """

    def own(node: Component) -> str | None:
        if isinstance(node, UNSEEN):
            return ""
        if isinstance(node, dcc.Graph):
            return _room(node)
        if isinstance(node, dbc.Checklist):
            return _checklist(node)
        if isinstance(node, dbc.Select):
            return _select(node)
        name = getattr(node, "id", None)
        found = drawn.get(name) if isinstance(name, str) else None
        return None if found is None else element(node, lambda _: found, **{"data-drawn": True})

    return to_html(page, own)


def _props(node: Component) -> dict[str, Any]:
    props: dict[str, Any] = node.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    return props


def _room(graph: Component) -> str:
    props = _props(graph)
    return _tag("div", {"id": props["id"], "class": props["className"], "style": props["style"]})


def _checklist(node: Component) -> str:
    props = _props(node)
    boxes = "".join(_box(props, option) for option in props["options"])
    return _tag("div", {"id": props["id"], "class": props["className"]}, boxes)


def _box(props: Mapping[str, Any], option: Mapping[str, Any]) -> str:
    name = f"first-{identity(props['id'])}-{option['value']}"
    chosen = option["value"] in props["value"]
    given = {"id": name, "type": "checkbox", "class": "form-check-input", "checked": chosen, "disabled": True}
    words = _tag("label", {"for": name, "class": "form-check-label"}, to_html(option["label"]))
    return _tag("div", {"class": "form-check"}, _tag("input", given, end=False) + words)


def _select(node: Component) -> str:
    props = _props(node)
    options = "".join(
        _tag("option", {"value": one["value"], "selected": one["value"] == props["value"]}, to_html(one["label"]))
        for one in props["options"]
    )
    given = {"id": props["id"], "class": f"{props['className']} form-select", "disabled": True}
    return _tag("select", given, options)


def _tag(name: str, given: Mapping[str, Any], inside: str = "", *, end: bool = True) -> str:
    start = f"<{name}{attributes(given)}>"
    return f"{start}{inside}</{name}>" if end else start
