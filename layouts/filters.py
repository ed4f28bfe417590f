"""The controls: one list of choices per dimension, the as-of date, and the way back to everyone."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

import dash_bootstrap_components as dbc
from dash import html

from dashboard.schema import DIMENSIONS
from dashboard.text import Text
from layouts import ids
from layouts.components import Node, aria
from layouts.names import choice_name
from layouts.shown import Shown

MONDAYS = 8
TODAY = "today"  # the choice that leaves the day out of the address; page.js knows it too
NOW = "now"  # the choice that leaves the knowledge out of the address; page.js knows it too


def as_of_days(today: date, first: date | None) -> tuple[date, ...]:
    """Today, the last eight Mondays (the weekly review), and month ends back to the first start of training."""
    monday = today - timedelta(days=today.weekday())
    days = {today, *(monday - timedelta(weeks=week) for week in range(MONDAYS))}
    end = today.replace(day=1) - timedelta(days=1)
    while first is not None and end >= first:
        days.add(end)
        end = end.replace(day=1) - timedelta(days=1)
    return tuple(sorted(days, reverse=True))


def filters(shown: Shown) -> list[Node]:
    """The controls of a view. They are built once; choosing does not rebuild them."""
    text = shown.text
    toggle = html.Button(
        [text("filters.title"), html.Span("", id=ids.FILTERS_COUNT, className="filters-count")],
        id=ids.FILTERS_TOGGLE,
        type="button",
        className="filters-toggle",
        **aria(expanded="false", controls=ids.FILTERS_PANEL),
    )
    lists = [_choice_list(dimension, shown) for dimension in DIMENSIONS if shown.choices.get(dimension)]
    chosen = [*filter(None, shown.view.filters.values()), *filter(None, (shown.view.as_of, shown.view.known))]
    button: dict[str, Any] = {"type": "button", "className": "filters-clear", "hidden": not chosen}
    clear = html.Button(text("filters.clear"), id=ids.CLEAR, n_clicks=0, **button)
    times = [_as_of(shown), _known(shown)]
    panel = html.Div([*times, *lists, clear], id=ids.FILTERS_PANEL, className="filters-panel")
    return [toggle, panel]


def _choice_list(dimension: str, shown: Shown) -> Node:
    text = shown.text
    chosen = list(shown.view.filters.get(dimension, ()))
    options = [
        {"label": choice_name(dimension, choice, shown.programme, text), "value": choice}
        for choice in shown.choices[dimension]
    ]
    name = html.Span(text(f"filter.{dimension}"), className="filter-name")
    said = html.Span(
        chosen_words(chosen, options, text),
        id={"type": ids.FILTER_CHOSEN, "dimension": dimension},
        className="filter-chosen",
    )
    boxes = dbc.Checklist(
        options=cast(Any, options), value=chosen, id={"type": ids.FILTER, "dimension": dimension}, className="choices"
    )
    group = html.Div(boxes, className="filter-box", role="group", **aria(label=text(f"filter.{dimension}")))
    return html.Details([html.Summary([name, said]), group], className="filter")


def chosen_words(chosen: Sequence[str], options: Sequence[dict[str, str]], text: Text) -> str:
    """What a closed list says: all, the one or two chosen, or how many."""
    names = [option["label"] for option in options if option["value"] in chosen]
    if not names:
        return text("filters.all")
    if len(names) > 2:
        return text("filters.chosen", n=text.number(len(names)))
    return ("، " if text.rtl else ", ").join(names)


def _as_of(shown: Shown) -> Node:
    text = shown.text
    asked, newest = shown.view.as_of, shown.view.known or shown.today
    chosen = None if asked is None or asked >= newest else asked
    days = sorted({*shown.days, *([chosen] if chosen else [])} - {shown.today}, reverse=True)
    options: list[dict[str, Any]] = [_newest(shown)]
    options += [
        {"label": day_words(day, shown.text), "value": day.isoformat(), "disabled": day >= newest} for day in days
    ]
    value = chosen.isoformat() if chosen else TODAY
    select = dbc.Select(options=cast(Any, options), value=value, id=ids.AS_OF, className="as-of-select")
    label = html.Label(text("filter.as_of"), htmlFor=ids.AS_OF, className="filter-name")
    return html.Div([label, select], className="as-of")


def _known(shown: Shown) -> Node:
    """Whose knowledge the numbers are counted from; there even before anything is remembered, for its callback."""
    text, known = shown.text, shown.view.known
    days = sorted({*shown.known_days, *([known] if known else [])}, reverse=True)
    options = [{"label": text("known.now"), "value": NOW}]
    options += [{"label": day_words(day, text), "value": day.isoformat()} for day in days]
    value = known.isoformat() if known else NOW
    select = dbc.Select(options=cast(Any, options), value=value, id=ids.KNOWN, className="as-of-select")
    label = html.Label(text("filter.known"), htmlFor=ids.KNOWN, className="filter-name")
    return html.Div([label, select], className="as-of known", hidden=not days)


def _newest(shown: Shown) -> dict[str, Any]:
    """The choice of no day: today, or the day whose knowledge is shown. Its title keeps the words for page.js."""
    text, known = shown.text, shown.view.known
    today = text("as_of.today", date=text.date(shown.today))
    return {"label": day_words(known, text) if known else today, "value": TODAY, "title": today}


def day_words(day: date, text: Text) -> str:
    """A day on offer; Mondays, the days of the weekly review, are called so."""
    return text.date(day, "full" if day.weekday() == 0 else "long")
