"""How what is shown is counted: the definitions of a release's indicators, at the anchors that the page leads to."""

from collections.abc import Sequence

from dash import html

from dashboard.release import Release
from dashboard.tables import Table
from layouts import ids
from layouts.components import Node, aria
from layouts.definitions import PARTS, definition_words
from layouts.donor.shown import DonorView

# Indicators that are explained by the definition of another.
WITHIN = {
    "applicants": "funnel",
    "completed": "funnel",
    "certified": "certification",
    "retention_3": "retention",
    "retention_6": "retention",
    "retention_12": "retention",
}


def defined(release: Release) -> Sequence[str]:
    """The definitions that a release needs, in the order of its indicators; the path's last."""
    names = [WITHIN.get(name, name) for name in release.definitions]
    return list(dict.fromkeys([*(name for name in names if name != "funnel"), "funnel"]))


def anchor(indicator: str) -> str:
    """Where an indicator is explained on the page."""
    return ids.definition(WITHIN.get(indicator, indicator))


def definitions(release: Release, view: DonorView) -> Node:
    """The section."""
    text, programme = view.text, view.programme
    entries = []
    for name in defined(release):
        parts: list[Node] = []
        for part in PARTS:
            parts += [html.Dt(text(f"definitions.{part}")), html.Dd(definition_words(name, part, programme, text))]
        title = html.Summary(definition_words(name, "name", programme, text))
        # The anchor lies inside: a browser opens what it is led into.
        entries.append(html.Details([title, html.Dl(parts, id=ids.definition(name))], className="definition"))
    version = text("definitions.version", version=text.isolate(release.definition_version))
    head = [html.H2(text("definitions.title"), id="definitions-title"), html.P(version, className="subtitle")]
    return html.Section(
        [html.Div(head, className="card-head"), html.Div(entries, className="definition-list")],
        className="card definitions",
        **aria(labelledby="definitions-title"),
    )


def definitions_table(release: Release, view: DonorView) -> Table:
    """The same for paper and the workbook, a row a definition."""
    text, programme = view.text, view.programme
    heads = (text("workbook.indicator"), *(text(f"definitions.{part}") for part in PARTS))
    rows = tuple(
        tuple(definition_words(name, part, programme, text) for part in ("name", *PARTS)) for name in defined(release)
    )
    return Table(heads, rows)
