"""The three chart cards: a heading that states the finding, the figure, its description and its table twin."""

import json
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.captions import Caption, curve_caption, funnel_caption, insertion_caption
from dashboard.figures import curve_figure, funnel_figure, insertion_figure
from dashboard.figures.picture import Figure, blank
from dashboard.overview import Overview
from dashboard.tables import ALL, Cohorts, Table, curve_table, funnel_table, insertion_table
from dashboard.text import Text
from layouts import ids
from layouts.components import Node, aria, data, definition_link, table_twin
from layouts.places import definition_address
from layouts.shown import Shown

LOCALES = {"ar": "ar-MA", "fr": "fr", "en": "en-GB"}
DEFINED_BY = {ids.FUNNEL: "funnel", ids.INSERTION: "insertion_90", ids.CURVE: "time_to_insertion"}
SKELETON_HEIGHT = 360  # px, until the first figure says its own


@dataclass(frozen=True)
class Chart:
    """What a card shows."""

    caption: Caption
    figure: Figure
    twin: Table


def charts(shown: Shown) -> dict[str, Chart]:
    """The charts of a view by card; empty where there is nothing to show."""
    if shown.overview is None:
        return {}
    return {
        ids.FUNNEL: _funnel(shown.overview, shown),
        ids.INSERTION: _insertion(shown.overview, shown),
        ids.CURVE: _curve(shown.overview, shown),
    }


def _funnel(overview: Overview, shown: Shown) -> Chart:
    stages, programme, text = overview.whole.funnel, shown.programme, shown.text
    twin = funnel_table(stages, programme, text, overview.whole.stocks)
    caption = funnel_caption(stages, overview.as_of, programme, text)
    return Chart(caption, funnel_figure(stages, programme, text), twin)


def _insertion(overview: Overview, shown: Shown) -> Chart:
    cohorts, programme, text = cohort_outcomes(overview), shown.programme, shown.text
    caption = insertion_caption(cohorts, overview.as_of, programme, text)
    return Chart(caption, insertion_figure(cohorts, programme, text), insertion_table(cohorts, programme, text))


def _curve(overview: Overview, shown: Shown) -> Chart:
    curve, programme, text = overview.whole.curve, shown.programme, shown.text
    caption = curve_caption(curve, overview.as_of, programme, text)
    return Chart(caption, curve_figure(curve, programme, text), curve_table(curve, programme, text))


def cohort_outcomes(overview: Overview) -> Cohorts:
    """Each cohort's outcomes and rate, and everyone pooled below them where there is more than one."""
    # Applicants who were never put in a cohort are a part of the path, not a cohort that could be inserted.
    trained = {cohort: part for cohort, part in overview.cohorts.items() if part.indicators["enrolled"].numerator}
    rows = {cohort: (part.outcomes, part.indicators["insertion_90"]) for cohort, part in trained.items()}
    if len(rows) > 1:
        rows[ALL] = (overview.whole.outcomes, overview.whole.indicators["insertion_90"])
    return rows


def config(lang: str) -> Any:
    """What plotly adds to a figure: nothing. Its words and numbers are already in the figure."""
    return {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "locale": LOCALES[lang]}


def card(name: str, text: Text, figure: Figure) -> Node:
    """The frame of a card. What is in it comes as HTML and as a figure (layouts.page.rendered)."""
    told = data(config=json.dumps(config(text.lang)))
    graph = html.Div(id=ids.figure(name), style=room(figure), className="chart", **told)
    head = html.Div(id=ids.head(name), className="card-head")
    foot = html.Div(id=ids.twin(name), className="card-foot")  # comes as HTML: hundreds of cells
    return html.Section([head, graph, foot], className=f"card card-{name}", **aria(labelledby=f"{name}-title"))


def graph_style(chart: Chart | None) -> dict[str, str]:
    """The room a chart takes."""
    return room(chart.figure if chart else blank())


def room(figure: Figure) -> dict[str, str]:
    """The room a figure takes. page.js says the same when another one comes."""
    height = f"{figure['layout'].get('height', SKELETON_HEIGHT)}px"
    return {"height": height, "--tall": height}  # the style sheet reads --tall where it enlarges the figure


def card_head(name: str, shown: Shown, chart: Chart | None) -> list[Node]:
    """What the card is about, what it found, of how many and as of when; and the picture in words."""
    kicker = html.P(shown.text(f"card.{name}"), className="kicker")
    if chart is None:
        return [kicker, html.H2(" ", id=f"{name}-title", className="skeleton-line")]
    return [
        kicker,
        html.H2(chart.caption.title, id=f"{name}-title"),
        html.P(chart.caption.subtitle, className="subtitle"),
        html.P(chart.caption.description, className="visually-hidden"),
    ]


def card_foot(name: str, shown: Shown, chart: Chart | None) -> list[Node]:
    """The table twin and the way to the definition."""
    if chart is None:
        return []
    text = shown.text
    address = definition_address(DEFINED_BY[name], shown.view)
    link = definition_link(address, text("card.definition"), text(f"card.{name}"))
    return [table_twin(chart.twin, chart.caption.title, text("card.table")), link]
