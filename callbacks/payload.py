"""What a browser posts to a Dash app, checked against the callbacks that the app has, before Dash sees it.

Dash answers a forged payload with an exception: a 500 that wakes people up and fills the log. Here it is a 4xx.
"""

import json
from collections.abc import Mapping
from typing import Any

LARGEST = 262_144  # bytes; the page's own are below 20,000
DEEPEST = 12  # levels of lists and objects
LONGEST = 4_000  # characters of a text, items of a list

Callbacks = Mapping[str, Mapping[str, Any]]
"""Dash's callback_map: output -> what it needs."""


def fault(payload: Any, callbacks: Callbacks) -> int | None:
    """The status that refuses a payload: 400 malformed, 404 for an output this app does not have. None if sound."""
    if not isinstance(payload, dict) or not isinstance(payload.get("output"), str):
        return 400
    callback = callbacks.get(payload["output"])
    if callback is None or "callback" not in callback:  # not there, or a script of the page
        return 404
    sound = (
        _bounded(payload, DEEPEST)
        and _same(payload.get("inputs"), callback["inputs"])
        and _same(payload.get("state", []), callback["state"])
        and _texts(payload.get("changedPropIds", []))
        and (callback.get("no_output") or _outputs(payload.get("outputs"), payload["output"]))
    )
    return None if sound else 400


def _bounded(value: Any, depth: int) -> bool:
    """Whether nothing in it is deeper or longer than any page sends."""
    if depth == 0:
        return False
    if isinstance(value, dict):
        return len(value) <= LONGEST and all(
            len(key) <= LONGEST and _bounded(inner, depth - 1) for key, inner in value.items()
        )
    if isinstance(value, list):
        return len(value) <= LONGEST and all(_bounded(inner, depth - 1) for inner in value)
    return not isinstance(value, str) or len(value) <= LONGEST


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _same(given: Any, wanted: list[dict[str, Any]]) -> bool:
    """Whether the dependencies given are the callback's own, in its order."""
    if not isinstance(given, list) or len(given) != len(wanted):
        return False
    return all(_is(one, other["id"], other["property"]) for one, other in zip(given, wanted, strict=True))


def _is(given: Any, name: str, prop: str) -> bool:
    """A dependency; a pattern matches any number of components."""
    if name.startswith("{"):
        pattern = json.loads(name)
        many = given if isinstance(given, list) else [given]
        return all(_matches(one, pattern, prop) for one in many)
    return isinstance(given, dict) and (given.get("id"), given.get("property")) == (name, prop)


def _matches(given: Any, pattern: dict[str, Any], prop: str) -> bool:
    if not isinstance(given, dict) or given.get("property") != prop or not isinstance(given.get("id"), dict):
        return False
    found = given["id"]
    # A wildcard stands in the pattern as a list: ["ALL"].
    return set(found) == set(pattern) and all(
        isinstance(found[key], str | int) if isinstance(value, list) else found[key] == value
        for key, value in pattern.items()
    )


def _outputs(given: Any, output: str) -> bool:
    """Whether the outputs that the answer is to be written for are those named by the callback's own name."""
    parts = given if isinstance(given, list) else [given]
    names = output.removeprefix("..").removesuffix("..").split("...")
    return len(parts) == len(names) and all(
        _output(part, name.partition("@")[0]) for part, name in zip(parts, names, strict=True)
    )


def _output(part: Any, name: str) -> bool:
    wanted, _, prop = name.rpartition(".")
    return _is(_plain(part), wanted, prop)


def _plain(part: Any) -> Any:
    """An output whose property carries the mark of a duplicate, without it."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if isinstance(part, dict) and isinstance(part.get("property"), str):
        return {**part, "property": part["property"].partition("@")[0]}
    return part
