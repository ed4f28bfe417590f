"""The frame of the page that connects a sheet: document, header, the four steps. Forms only, no script needed."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Literal

from dash import html

from dashboard.mapping import Edit
from dashboard.programme import LANGUAGES, Programme
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.header import LANGUAGE_NAMES
from layouts.index import bootstrap
from layouts.markup import hidden, submit, to_html

Step = Literal["address", "columns", "preview", "done"]
STEPS: tuple[Step, ...] = ("address", "columns", "preview", "done")
ADDRESS = "/connect"
FORM = "connect"
STYLES = ("vendor/cairo.css", "page.css", "connect.css")


def document(body: Node, text: Text, programme: Programme, asset: Callable[[str], str]) -> str:
    """The whole answer. `asset` gives the address of a file."""
    return form_page(body, "connect.title", STYLES, text, programme, asset, script="connect.js")


def form_page(
    body: Node,
    title: str,
    styles: Sequence[str],
    text: Text,
    programme: Programme,
    asset: Callable[[str], str],
    script: str = "",
) -> str:
    """A page of plain forms as HTML. `title` is the key of its name; Bootstrap's style sheet comes before `styles`."""
    named = escape(f"{text(title)} · {programme.name[text.lang]}")
    links = "".join(f'<link rel="stylesheet" href="{asset(name)}">' for name in (bootstrap(text), *styles))
    run = f'\n<script src="{asset(script)}" defer></script>' if script else ""
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#FBF9F5">
<meta name="robots" content="noindex, nofollow">
<title>{named}</title>
<link rel="icon" type="image/svg+xml" href="{asset("mark.svg")}">
{links}{run}
</head>
<body>{to_html(body)}</body>
</html>"""


def frame(step: Step, content: list[Node], text: Text, programme: Programme) -> Node:
    """The page around a step."""
    header = html.Header(
        [_brand(text, programme), _home(text), _languages(step, text, programme)], className="page-header"
    )
    main = html.Main([_steps(step, text), *content], className=f"connect connect-{step}")
    return html.Div([header, main], className="page")


def posting(text: Text) -> str:
    """Where the forms are sent: the language stays in the address."""
    return f"{ADDRESS}?lang={text.lang}"


def carried(source: str, edit: Edit) -> list[Node]:
    """The decisions of earlier steps, in hidden inputs."""
    parts: list[Node] = [hidden("source", source)]
    parts += [hidden("worksheet", title) for title in edit.worksheets]
    for header, field in edit.fields.items():
        parts += [hidden("column", header), hidden("field", field or "")]
    return parts


def problem(words: str) -> Node:
    """What has to be put right before one can go on."""
    return html.P(words, className="banner", role="alert")


def _brand(text: Text, programme: Programme) -> Node:
    name = html.H1([html.Bdi(programme.name[text.lang]), html.Span(text("connect.title"), className="brand-view")])
    mark = html.Span(className="brand-mark", **aria(hidden="true"))
    return html.Div(
        [mark, html.Div([name, html.P(programme.subtitle[text.lang], className="brand-subtitle")])], className="brand"
    )


def _home(text: Text) -> Node:
    return html.P(html.A(text("connect.back"), href=f"/?lang={text.lang}"), className="data-line")


def _languages(step: Step, text: Text, programme: Programme) -> Node:
    """The same step in another language. Where decisions have been made, the form is sent along with them."""
    links: list[Node] = []
    for lang in (lang for lang in LANGUAGES if lang in programme.languages):
        words, address = LANGUAGE_NAMES[lang], f"{ADDRESS}?lang={lang}"
        current = aria(current="true") if lang == text.lang else {}
        if step in ("columns", "preview"):
            links.append(
                submit(words, "language", form=FORM, formAction=address, name="step", value=step, lang=lang, **current)
            )
        else:
            links.append(html.A(words, href=address if step == "address" else f"/?lang={lang}", lang=lang, **current))
    return html.Nav(links, className="languages", **aria(label=text("page.languages")))


def _steps(step: Step, text: Text) -> Node:
    items = [
        html.Li(
            text(f"connect.step_{name}"),
            className="past" if STEPS.index(name) < STEPS.index(step) else "",
            **(aria(current="step") if name == step else {}),
        )
        for name in STEPS
    ]
    return html.Ol(items, className="steps", **aria(label=text("connect.steps")))
