"""First step of connecting a sheet: where it is, and with whom to share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dash import html

from dashboard.text import Text
from layouts.components import Node
from layouts.connect_frame import posting, problem
from layouts.markup import entry, hidden, submit
from layouts.messages import error_words
from layouts.shown import Fault

_GOOGLE = "https://console.cloud.google.com/"
# For each step of making a key: the pages where it is done, and what Google calls them.
_CONSOLE: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("New project", f"{_GOOGLE}projectcreate"),
        ("Google Sheets API", f"{_GOOGLE}apis/library/sheets.googleapis.com"),
        ("Google Drive API", f"{_GOOGLE}apis/library/drive.googleapis.com"),
    ),
    (("Service accounts", f"{_GOOGLE}iam-admin/serviceaccounts"),),
    (),
)


@dataclass(frozen=True)
class Sharing:
    """The service account: its address, or why there is none yet."""

    email: str | None
    fault: Fault | None = None


def address_step(source: str, sharing: Sharing, files: Sequence[str], said: list[Node], text: Text) -> list[Node]:
    """What was typed so far, the address to share with, files at hand, and anything to say above."""
    title = html.H2(text("connect.address_title"))
    lead = html.P(text("connect.address_lead"), className="lead")
    ways = html.Div([_google(sharing, text), _file(files, text)], className="ways")
    return [html.Div([title, lead], className="card-head"), *said, ways, _form(source, text)]


def _google(sharing: Sharing, text: Text) -> Node:
    if sharing.email is None:
        return _without_account(sharing.fault, text)
    email = html.Code(sharing.email, className="email", dir="ltr", tabIndex=0)
    return html.Section([html.H3(text("connect.share_title")), html.P(text("connect.share")), html.P(email)])


def _without_account(fault: Fault | None, text: Text) -> Node:
    steps = [html.Li(_key_step(number, links, text)) for number, links in enumerate(_CONSOLE, 1)]
    told = fault is not None and fault.code != "credentials_missing"
    file = entry({"type": "file", "name": "key", "id": "key", "accept": ".json,application/json", "required": True})
    form = html.Form(
        [
            hidden("step", "key"),
            html.Label(text("connect.key_label"), htmlFor="key"),
            html.Div([file, submit(text("connect.key_send"), "button quiet")], className="one-line"),
        ],
        method="post",
        action=posting(text),
        encType="multipart/form-data",
    )
    parts = [html.H3(text("connect.share_title")), problem(error_words(fault, text)) if fault and told else None]
    return html.Section([*parts, html.P(text("connect.no_key")), html.Ol(steps, className="numbered"), form])


def _key_step(number: int, links: Sequence[tuple[str, str]], text: Text) -> list[Node]:
    """What to do, and the pages of Google's console where it is done."""
    pages = [html.A(name, href=page, target="_blank", rel="noreferrer", dir="ltr") for name, page in links]
    return [text(f"connect.key_step_{number}"), *(part for page in pages for part in (" ", page))]


def _file(files: Sequence[str], text: Text) -> Node:
    """The files at hand, one click each; the path of any other is typed."""
    parts: list[Node] = [html.H3(text("connect.file_title"))]
    if files:
        form = [hidden("step", "look"), html.Ul([html.Li(_nearby(path)) for path in files], className="nearby")]
        parts += [html.P(text("connect.nearby")), html.Form(form, method="post", action=posting(text))]
    return html.Section([*parts, html.P(text("connect.file")), html.P(text("connect.path"), className="muted")])


def _nearby(path: str) -> Node:
    place = PurePath(path)
    name = [html.Bdi(place.name), html.Bdi(place.parent.name, className="muted")]
    return submit(name, "quiet-link", name="source", value=path)


def _form(source: str, text: Text) -> Node:
    address = entry(
        {
            "type": "text",
            "name": "source",
            "id": "source",
            "value": source,
            "dir": "ltr",
            "required": True,
            "autocomplete": "off",
            "spellcheck": "false",
            "maxlength": 2000,
            "class": "form-control",
        }
    )
    return html.Form(
        [
            html.Label(text("connect.source_label"), htmlFor="source"),
            html.Div(
                [address, submit(text("connect.look"), "button", name="step", value="look")], className="one-line"
            ),
        ],
        method="post",
        action=posting(text),
        className="address",
    )
