"""Plain HTML from the same builders as the pages: for pages of forms that must work without a script."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.components import Node

_NAMES = {"className": "class", "htmlFor": "for"}
_NOT_ATTRIBUTES = frozenset(("children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"))
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta"))


@dataclass(frozen=True)
class _Input:
    attributes: Mapping[str, Any]


def entry(attributes: Mapping[str, Any]) -> Node:
    """An input element, which Dash's HTML lacks. Attributes as HTML spells them; True for those without a value."""
    return _Input(attributes)


def hidden(name: str, value: str) -> Node:
    """A value that a form carries along."""
    return _Input({"type": "hidden", "name": name, "value": value})


def submit(words: Node, class_name: str, **attributes: Any) -> Node:
    """A button that sends its form."""
    return html.Button(words, type="submit", className=class_name, **attributes)


Own = Callable[[Component], str | None]
"""How a component that is not HTML's, or that is to be written otherwise, is written; None for as usual."""


def to_html(node: Node, own: Own = lambda _: None) -> str:
    """A tree of components as HTML. Every text and every value is escaped. Raises TypeError for anything else."""
    if node is None:
        return ""
    if isinstance(node, str | int | float):
        return escape(str(node))
    if isinstance(node, _Input):
        return f"<input{attributes(node.attributes)}>"
    if isinstance(node, Component):
        return _component(node, own)
    if isinstance(node, Iterable):
        return "".join(to_html(part, own) for part in node)
    raise TypeError(f"no HTML for {type(node).__name__}")


def _component(node: Component, own: Own) -> str:
    written = own(node)
    if written is not None:
        return written
    if not type(node).__module__.startswith(html.__name__):
        raise TypeError(f"no HTML for {type(node).__name__}")
    return element(node, lambda children: to_html(children, own))


def element(node: Component, inside: Callable[[Node], str], **more: Any) -> str:
    """One of HTML's elements around what `inside` makes of its children, with `more` attributes."""
    props: dict[str, Any] = node.to_plotly_json()["props"] | more  # type: ignore[no-untyped-call]
    tag = type(node).__name__.lower()
    given = {name: value for name, value in props.items() if name not in _NOT_ATTRIBUTES}
    start = f"<{tag}{attributes(given)}>"
    return start if tag in _VOID else f"{start}{inside(props.get('children'))}</{tag}>"


def attributes(given: Mapping[str, Any]) -> str:
    """Attributes as HTML has them, escaped; those that are False or None are left out."""
    return "".join(_attribute(_NAMES.get(name, name.lower()), value) for name, value in given.items())


def identity(given: Any) -> str:
    """An id as a browser has it: one of several parts is their JSON, in alphabetical order."""
    return json.dumps(given, sort_keys=True, separators=(",", ":")) if isinstance(given, Mapping) else str(given)


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if name == "id":
        value = identity(value)
    if value is True:
        return f" {name}"
    text = ";".join(f"{key}:{part}" for key, part in value.items()) if isinstance(value, Mapping) else str(value)
    return f' {name}="{escape(text)}"'
