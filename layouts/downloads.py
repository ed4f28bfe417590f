"""Our own menu of files: the brief and the workbook of the view that is shown."""

from urllib.parse import urlencode

from dash import html

from layouts import ids
from layouts.components import Node
from layouts.places import address
from layouts.shown import Shown

BRIEF, WORKBOOK = "/brief.pdf", "/workbook.xlsx"
PARTS = "parts"  # the parameter that asks for more than the brief
TABLES = "tables"


def downloads(shown: Shown) -> Node:
    """A small menu; its links follow the view."""
    text = shown.text
    menu = html.Div(download_links(shown), id=ids.DOWNLOADS, className="downloads-menu")
    return html.Details([html.Summary(text("paper.download")), menu], className="downloads")


def download_links(shown: Shown) -> list[Node]:
    """The files of a view. There are none before a roster is read, but the links say so themselves."""
    text, view = shown.text, shown.view
    brief, workbook = address(BRIEF, view), address(WORKBOOK, view)
    full = f"{brief}&{urlencode({PARTS: TABLES})}"
    named = {"brief": brief, "full": full, "workbook": workbook}
    links: list[Node] = [
        html.A(text(f"paper.download.{name}"), href=href, className="downloads-link") for name, href in named.items()
    ]
    return [*links, html.P(text("paper.download.note"))]
