"""The door: one page with one way in, in the reader's language. Forms and links only, no script."""

from collections.abc import Callable
from html import escape
from typing import Literal
from urllib.parse import urlencode

from dash import html

from dashboard.programme import LANGUAGES, Programme
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.header import LANGUAGE_NAMES
from layouts.index import head_html
from layouts.markup import hidden, to_html

ADDRESS = "/sign-in"


def sign_in_html(
    kind: Literal["none", "one_time", "google"],
    token: str,
    message: str,
    text: Text,
    programme: Programme,
    asset: Callable[[str], str],
    elsewhere: str = "",
) -> str:
    """The whole answer. `message` is the key of what went wrong, or ""; `token` came with a printed address.

    `elsewhere` is the address at which one signs in, if that is not here.
    """
    name = programme.name[text.lang]
    title = escape(f"{text('sign_in.title')} · {name}")
    said = [html.P(text(message), className="banner", role="alert")] if message else []
    parts = [
        html.H1(text("sign_in.title")),
        *said,
        *(_elsewhere(elsewhere, text) if elsewhere else _way_in(kind, token, text)),
        html.P(text("sign_in.privacy"), className="aside-note"),
    ]
    page = html.Div([_header(token, text, programme), html.Main(parts, className="message sign-in")], className="page")
    head = head_html(text, title, asset, ("sign-in.css",))
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head}</head>
<body>{to_html(page)}</body>
</html>"""


def _way_in(kind: str, token: str, text: Text) -> list[Node]:
    if token and kind != "none":
        return _printed_address(token, text)
    if kind == "google":
        link = html.A(text("sign_in.google"), href=f"{ADDRESS}/google", className="sign-in-button")
        return [html.P(text("sign_in.google_lead"), className="message-sentence"), html.P(link)]
    if kind == "none":
        return [html.P(text("sign_in.here_only"), className="message-sentence")]
    return [html.P(text("sign_in.one_time_lead", command="flask --app app sign-in"), className="message-sentence")]


def _elsewhere(address: str, text: Text) -> list[Node]:
    link = html.A(text("sign_in.elsewhere"), href=address, className="sign-in-button")
    return [html.P(text("sign_in.elsewhere_lead"), className="message-sentence"), html.P(link)]


def _printed_address(token: str, text: Text) -> list[Node]:
    """A button, because what only looks at an address (a preview, a virus scanner) must not use it up."""
    button = html.Button(text("sign_in.enter"), type="submit", className="sign-in-button")
    form = html.Form([hidden("token", token), button], method="post", action=f"{ADDRESS}?lang={text.lang}")
    return [html.P(text("sign_in.once"), className="message-sentence"), form]


def _header(token: str, text: Text, programme: Programme) -> Node:
    mark = html.Span(className="brand-mark", **aria(hidden="true"))
    names = [html.P(html.Bdi(programme.name[text.lang]), className="brand-name")]
    names.append(html.P(programme.subtitle[text.lang], className="brand-subtitle"))
    links = [
        html.A(
            LANGUAGE_NAMES[lang],
            href=f"{ADDRESS}?{urlencode({'lang': lang} | ({'token': token} if token else {}))}",
            lang=lang,
            **(aria(current="true") if lang == text.lang else {}),
        )
        for lang in LANGUAGES
        if lang in programme.languages
    ]
    languages = html.Nav(links, className="languages", **aria(label=text("page.languages")))
    return html.Header([html.Div([mark, html.Div(names)], className="brand"), languages], className="page-header")
