"""The callbacks of the weekly review's page: its figure, and what a meeting writes down."""

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.checked import Fields, Words, checked
from callbacks.service import Dashboard
from layouts import ids
from layouts.charts import card_head, graph_style
from layouts.messages import has_results
from layouts.places import REVIEW
from layouts.review_headline import fall
from layouts.review_page import fall_foot
from layouts.review_sign import acted_words
from layouts.shown import Shown

WAIT = 5.0  # seconds a request may wait for a reading
FIGURE: dict[str, Any] = {
    "head": Output(ids.head(ids.FALL), "children"),
    "figure": Output(ids.figure(ids.FALL), "figure"),
    "style": Output(ids.figure(ids.FALL), "style"),
    "foot": Output(ids.twin(ids.FALL), "children"),
}


def register(app: Dash, service: Dashboard, by: Callable[[], str]) -> None:
    """Add the page's callbacks. `by()` is whom the audit names."""

    @app.callback(
        output=FIGURE,
        inputs={"asked": Input(ids.ASKED, "data"), "changed": Input(ids.CHANGED, "data")},
        prevent_initial_call=True,
    )
    @checked
    def show_fall(asked: Words | None, changed: Any) -> dict[str, Any]:
        return figure_parts(service.show(asked or "", WAIT, REVIEW))

    for act in ids.ACTS:
        _register_act(app, service, act, by)


def _register_act(app: Dash, service: Dashboard, act: str, by: Callable[[], str]) -> None:
    """One pair of stores for each act: only managers may write to the second one (management.MANAGERS_ONLY)."""

    @app.callback(
        Output(ids.done_act(act), "data"),
        Input(ids.asked_act(act), "data"),
        State(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    @checked
    def keep(fields: Fields, asked: Words | None) -> dict[str, Any]:
        acted = service.act(act, asked or "", fields, by())
        return {"act": act, "done": acted.done, "said": acted_words(acted, service.plain(asked or ""))}

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("review", "acted"), Input(ids.done_act(act), "data"), prevent_initial_call=True
    )


def figure_parts(shown: Shown) -> dict[str, Any]:
    """The figure's card, by the name of its output."""
    chart = fall(shown.deeper.meeting(), shown) if has_results(shown) else None
    return {
        "head": card_head(ids.FALL, shown, chart),
        "figure": chart.figure if chart else {},
        "style": graph_style(chart),
        "foot": fall_foot(shown, chart),
    }
