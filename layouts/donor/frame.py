"""The HTML around what a donor sees. It carries no script; everything comes from this server."""

from collections.abc import Callable
from html import escape

from dash import html

from dashboard.programme import Programme
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.index import bootstrap, font_files, preload
from layouts.markup import entry, submit, to_html

STYLES = ("vendor/cairo.css", "page.css", "donor.css")


def document(body: Node, text: Text, title: str, asset: Callable[[str], str], referrer: str = "no-referrer") -> str:
    """The whole answer. `asset` gives the address of a file; `referrer` says what the browser tells of the page's."""
    styles = "".join(f'<link rel="stylesheet" href="{asset(name)}">' for name in (bootstrap(text), *STYLES))
    fonts = "".join(preload(asset(name)) for name in font_files(text))
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#FBF9F5">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="{referrer}">
<title>{escape(title)}</title>
<link rel="icon" type="image/svg+xml" href="{asset("mark.svg")}">
{fonts}{styles}
</head>
<body>{to_html(body)}</body>
</html>"""


def shut_page(text: Text, programme: Programme) -> Node:
    """What an address shows that opens nothing (any more)."""
    lead = html.P(text("donor.shut.lead"), className="message-sentence")
    return _message([html.H1(text("donor.shut.title")), lead], text, programme)


def unavailable_page(text: Text, programme: Programme) -> Node:
    """What stands there while the published figures cannot be read."""
    lead = html.P(text("donor.unavailable.lead"), className="message-sentence")
    return _message([html.H1(text("donor.unavailable.title")), lead], text, programme)


def missing_page(text: Text, programme: Programme, home: str) -> Node:
    """What an address under the donor's page shows where there is nothing."""
    back = html.P(html.A(text("donor.missing.back"), href=home))
    lead = html.P(text("donor.missing.lead"), className="message-sentence")
    return _message([html.H1(text("donor.missing.title")), lead, back], text, programme)


def too_many_page(text: Text, programme: Programme) -> Node:
    """What is said to whoever has typed too many passwords, or opened too many addresses."""
    lead = html.P(text("donor.too_many.lead"), className="message-sentence")
    return _message([html.H1(text("donor.too_many.title")), lead], text, programme)


def password_page(text: Text, programme: Programme, action: str, wrong: str = "") -> Node:
    """The question for the password of a link. `wrong` is the key of what went wrong, or ""."""
    said = html.P(text("donor.password.lead"), className="message-sentence", id="password-said")
    field = {"type": "password", "name": "password", "id": "password", "class": "form-control", "required": True}
    field |= {"autocomplete": "current-password", "autofocus": True, "aria-describedby": "password-said"}
    if wrong:
        said = html.P(text(wrong), className="banner", role="alert", id="password-said")
        field["aria-invalid"] = "true"
    parts = [
        html.Label(text("donor.password.label"), htmlFor="password"),
        entry(field),
        submit(text("donor.password.open"), "door-button"),
    ]
    form = html.Form(parts, method="post", action=action)
    return _message([html.H1(text("donor.password.title")), said, form], text, programme)


def _message(parts: list[Node], text: Text, programme: Programme) -> Node:
    mark = html.Span(className="brand-mark", **aria(hidden="true"))
    name = html.P(html.Bdi(programme.name[text.lang]), className="brand-name")
    header = html.Header(html.Div([mark, name], className="brand"), className="page-header")
    return html.Div([header, html.Main(parts, className="message")], className="page donor donor-door")
