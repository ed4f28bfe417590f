"""Our own menu of files: the brief and the workbook of the view that is shown."""

from urllib.parse import urlencode

from dash import html

from dashboard.text import Text
from dashboard.view import View, to_search
from layouts import ids
from layouts.components import Node
from layouts.messages import lists_beyond
from layouts.places import REVIEW, address
from layouts.shown import Shown

BRIEF, WORKBOOK = "/brief.pdf", "/workbook.xlsx"
REVIEW_PDF, REVIEW_XLSX = "/review.pdf", "/review.xlsx"
SIGNED = "review"  # the parameter that asks for a signed review by its number
PARTS = "parts"  # the parameter that asks for more than the brief
TABLES = "tables"


def downloads(shown: Shown) -> Node:
    """A small menu; its links follow the view."""
    text = shown.text
    menu = html.Div(download_links(shown), id=ids.DOWNLOADS, className="downloads-menu")
    return html.Details([html.Summary(text("paper.download")), menu], className="downloads")


def review_links(text: Text, view: View, number: int | None = None) -> list[Node]:
    """The files of the review of a view, or of the one that was signed under a number."""
    room = {"guests": "1"} if view.guests else {}
    asked = f"?{urlencode({'lang': view.lang, SIGNED: number} | room)}" if number else to_search(view)
    named = {"brief": REVIEW_PDF + asked, "workbook": REVIEW_XLSX + asked}
    return [
        html.A(text(f"review_paper.download.{name}"), href=href, className="downloads-link")
        for name, href in named.items()
    ]


def download_links(shown: Shown) -> list[Node]:
    """The files of a view. There are none before a roster is read, but the links say so themselves."""
    text, view = shown.text, shown.view
    brief, workbook = address(BRIEF, view), address(WORKBOOK, view)
    full = f"{brief}&{urlencode({PARTS: TABLES})}"
    named = {"brief": brief, "full": full, "workbook": workbook}
    links: list[Node] = [
        html.A(text(f"paper.download.{name}"), href=href, className="downloads-link") for name, href in named.items()
    ]
    links += review_links(text, view) if shown.page == REVIEW and not lists_beyond(shown) else []
    return [*links, html.P(text("paper.download.note"))]
