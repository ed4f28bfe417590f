"""The way from page to page; every link keeps the view."""

from dash import html

from dashboard.text import Text
from dashboard.view import View
from layouts import ids
from layouts.components import Node, aria
from layouts.places import PAGES, address


def navigation(current: str, view: View, text: Text) -> Node:
    """The pages, the current one marked. page.js keeps the links in step with the controls."""
    links = [_link(page, current, view, text) for page in PAGES]
    return html.Nav(links, className="places", **aria(label=text("nav.region")))


def _link(page: str, current: str, view: View, text: Text) -> Node:
    here = aria(current="page") if page == current else {}
    return html.A(
        text(f"nav.{PAGES[page]}"), href=address(page, view), id={"type": ids.PLACE_LINK, "page": page}, **here
    )
