"""The answer to who is refused: one sentence that says why, and the way back. Plain HTML, no script."""

from collections.abc import Callable
from html import escape
from typing import Literal

from dash import html

from dashboard.programme import Programme
from dashboard.text import Text
from layouts.index import head_html
from layouts.markup import to_html

Reason = Literal["managers", "origin", "too_large", "too_many"]


def refused_html(reason: Reason, text: Text, programme: Programme, asset: Callable[[str], str]) -> str:
    """The whole answer. `asset` gives the address of a file."""
    title = text("refused.title")
    home = html.P(html.A(text("refused.home"), href=f"/?lang={text.lang}"))
    sentence = html.P(text(f"refused.{reason}"), className="message-sentence", role="alert")
    brand = html.Div(
        [html.Span(className="brand-mark"), html.P(programme.name[text.lang], className="brand-name")],
        className="brand",
    )
    main = html.Main([html.H1(title), sentence, home], className="message")
    page = html.Div([html.Header(brand, className="page-header"), main], className="page")
    name = escape(f"{title} · {programme.name[text.lang]}")
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head_html(text, name, asset)}</head>
<body>{to_html(page)}</body>
</html>"""
