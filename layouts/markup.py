"""Plain HTML from the same builders as the pages: for pages of forms that must work without a script."""

from collections.abc import Iterable, Mapping
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
    attributes: Mapping[str, str | int | bool]


def entry(attributes: Mapping[str, str | int | bool]) -> Node:
    """An input element, which Dash's HTML lacks. Attributes as HTML spells them; True for those without a value."""
    return _Input(attributes)


def hidden(name: str, value: str) -> Node:
    """A value that a form carries along."""
    return _Input({"type": "hidden", "name": name, "value": value})


def submit(words: Node, class_name: str, **attributes: Any) -> Node:
    """A button that sends its form."""
    return html.Button(words, type="submit", className=class_name, **attributes)


def to_html(node: Node) -> str:
    """A tree of components as HTML. Every text and every value is escaped. Raises TypeError for anything else."""
    if node is None:
        return ""
    if isinstance(node, str | int | float):
        return escape(str(node))
    if isinstance(node, _Input):
        return f"<input{_attributes(node.attributes)}>"
    if isinstance(node, Component) and type(node).__module__.startswith(html.__name__):
        return _element(node)
    if isinstance(node, Iterable) and not isinstance(node, Component):
        return "".join(map(to_html, node))
    raise TypeError(f"no HTML for {type(node).__name__}")


def _element(node: Component) -> str:
    props: dict[str, Any] = node.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    tag = type(node).__name__.lower()
    given = {name: value for name, value in props.items() if name not in _NOT_ATTRIBUTES}
    start = f"<{tag}{_attributes(given)}>"
    return start if tag in _VOID else f"{start}{to_html(props.get('children'))}</{tag}>"


def _attributes(given: Mapping[str, Any]) -> str:
    return "".join(_attribute(_NAMES.get(name, name.lower()), value) for name, value in given.items())


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = ";".join(f"{key}:{part}" for key, part in value.items()) if isinstance(value, Mapping) else str(value)
    return f' {name}="{escape(text)}"'
