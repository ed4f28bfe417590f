"""The page of links for people outside: a new one's address, the form that makes one, and every link there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dash import html

from dashboard.programme import Programme
from dashboard.publishing import Link
from dashboard.text import NONE, Text
from layouts.components import Node, aria
from layouts.header import LANGUAGE_NAMES
from layouts.markup import entry, hidden, submit
from layouts.releases_page import LINKS, document, listing


@dataclass(frozen=True)
class Fresh:
    """A link that has just been made or given another token, with its address: the one time that it is seen."""

    link: Link
    address: str


@dataclass(frozen=True)
class Links:
    """What the page shows."""

    links: Sequence[Link]
    now: datetime
    fresh: Fresh | None = None


def links_html(
    listed: Links | None, said: Sequence[Node], text: Text, programme: Programme, asset: Callable[[str], str]
) -> str:
    """The whole answer. `said`: what has to be put right; `listed` None: nothing can be read."""
    parts: list[Node] = [html.H2(text("link.title")), html.P(text("link.lead"), className="lead"), *said]
    if listed is not None:
        parts += [*_fresh(listed.fresh, text), _form(text, programme), _list(listed, text)]
    return document(parts, LINKS, "link.title", text, programme, asset)


def _fresh(fresh: Fresh | None, text: Text) -> list[Node]:
    """The address, in a field from which it is copied."""
    if fresh is None:
        return []
    field = {"type": "text", "id": "address", "class": "form-control", "readonly": True, "dir": "ltr"}
    words = [
        html.Label(text("link.fresh", label=text.isolate(fresh.link.label)), htmlFor="address"),
        entry({**field, "value": fresh.address}),
        html.P(text("link.once"), className="muted"),
    ]
    return [html.Section(words, className="notice fresh-link", role="status")]


def _form(text: Text, programme: Programme) -> Node:
    languages = [
        html.Option(LANGUAGE_NAMES[lang], value=lang, selected=lang == text.lang) for lang in programme.languages
    ]
    choice = html.Select(languages, id="language", name="language", className="form-select")
    fields = [
        _field("label", text, {"type": "text", "required": True, "maxlength": 120}),
        html.Div([html.Label(text("link.language"), htmlFor="language"), choice]),
        _field("until", text, {"type": "date"}),
        _field("shows", text, {"type": "number", "min": 1, "inputmode": "numeric"}),
        _field("password", text, {"type": "password", "minlength": 8, "autocomplete": "new-password"}),
    ]
    parts = [
        html.H3(text("link.new")),
        hidden("action", "new"),
        html.Div(fields, className="link-fields"),
        html.Div([submit(text("link.make"), "button")], className="onward"),
    ]
    return html.Form(parts, method="post", action=f"{LINKS}?lang={text.lang}", autoComplete="off")


def _field(name: str, text: Text, attributes: dict[str, Any]) -> Node:
    given = {"id": name, "name": name, "class": "form-control", "aria-describedby": f"{name}-help", **attributes}
    helped = html.P(text(f"link.{name}_help"), id=f"{name}-help", className="muted")
    return html.Div([html.Label(text(f"link.{name}"), htmlFor=name), entry(given), helped])


def _list(listed: Links, text: Text) -> Node:
    title = html.H3(text("link.list"))
    if not listed.links:
        return html.Section([title, html.P(text("link.none"))])
    heads = [
        text(f"link.column.{name}") for name in ("label", "state", "shows", "until", "views", "seen", "made", "do")
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    rows = [_row(link, listed.now, text) for link in listed.links]
    return html.Section([title, listing(head, rows, text("link.list"))])


def _row(link: Link, now: datetime, text: Text) -> Node:
    state, zone = link.state(now), now.tzinfo

    def day(moment: datetime | None) -> str:
        return text.date(moment.astimezone(zone).date()) if moment is not None else NONE

    name = [html.Bdi(link.label), html.Small([LANGUAGE_NAMES[link.language], *_password(link, text)])]
    cells: list[Node] = [
        html.Span(text(f"link.state.{state}"), className=f"link-{state}"),
        text("link.newest") if link.shows is None else text("link.one_release", number=text.number(link.shows)),
        day(_last_moment(link)),
        text.number(link.views),
        day(link.last_seen),
        [day(link.created_at), html.Small(html.Bdi(link.created_by))],
        _actions(link, text) if state != "revoked" else NONE,
    ]
    return html.Tr([html.Th(name, scope="row"), *(html.Td(cell) for cell in cells)])


def _last_moment(link: Link) -> datetime | None:
    """Within the last day on which it opens: it ends with the midnight after, which is the next day's date."""
    return None if link.expires_at is None else link.expires_at - timedelta(microseconds=1)


def _password(link: Link, text: Text) -> list[str]:
    return [" · ", text("link.has_password")] if link.password_hash is not None else []


def _actions(link: Link, text: Text) -> Node:
    """Shut it, or give it another address; each says whom it concerns to those who hear the button alone."""
    buttons = [
        submit(
            text(f"link.{action}"), "quiet-link", name="action", value=action,
            **aria(label=text("figure.pair", name=text(f"link.{action}"), value=link.label)),
        )
        for action in ("rotate", "revoke")
    ]  # fmt: skip
    parts = [hidden("link", str(link.id)), *buttons]
    return html.Form(parts, method="post", action=f"{LINKS}?lang={text.lang}", className="link-actions")
