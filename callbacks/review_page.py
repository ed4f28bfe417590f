"""The callbacks of the weekly review's page: its figures, and what a meeting writes down."""

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.checked import Fields, Words, checked
from callbacks.lagging import drawn_from
from callbacks.service import Dashboard
from layouts import ids
from layouts.charts import Chart, card_head, graph_style
from layouts.places import REVIEW
from layouts.review_page import review_charts, review_foot
from layouts.review_sign import acted_words
from layouts.shown import Shown

WAIT = 5.0  # seconds a request may wait for a reading
FIGURES: dict[str, Any] = {
    card: {
        "head": Output(ids.head(card), "children"),
        "figure": Output(ids.figure(card), "figure"),
        "style": Output(ids.figure(card), "style"),
        "foot": Output(ids.twin(card), "children"),
    }
    for card in (ids.FALL, ids.TREND)
}


def register(app: Dash, service: Dashboard, by: Callable[[], str]) -> None:
    """Add the page's callbacks. `by()` is whom the audit names."""

    @app.callback(
        output=FIGURES,
        inputs={"asked": Input(ids.ASKED, "data"), "changed": Input(ids.CHANGED, "data")},
        prevent_initial_call=True,
    )
    @checked
    def show_figures(asked: Words | None, changed: Any) -> dict[str, Any]:
        shown = service.show(asked or "", WAIT, REVIEW)
        drawn_from(shown, changed)
        return figure_parts(shown)

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
    """The figures' cards, by the names of their outputs."""
    made = review_charts(shown)
    return {card: _parts(card, shown, made.get(card)) for card in FIGURES}


def _parts(card: str, shown: Shown, chart: Chart | None) -> dict[str, Any]:
    return {
        "head": card_head(card, shown, chart),
        "figure": chart.figure if chart else {},
        "style": graph_style(chart),
        "foot": review_foot(shown, chart),
    }
