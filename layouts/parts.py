"""What of a page has changed since it was last sent: only that is sent again, so that only that moves."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dash import no_update
from plotly.utils import PlotlyJSONEncoder

Digests = dict[str, str]
"""Name of a part -> what tells its content from any other."""


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a page, and the digest of each. Nobody changes them: they are shown more than once."""

    parts: Mapping[str, Any]
    digests: Digests


def digests(parts: Mapping[str, Any]) -> Digests:
    """The digest of every part; parts may be grouped, "figures" -> "funnel"."""
    return {name: _digest(part) for name, part in _flat(parts)}


def fresh(made: Made, before: Mapping[str, str]) -> dict[str, Any]:
    """The parts, with no update in place of those that are as they were `before`; and the digests of all."""
    now = made.digests

    def kept(name: str, part: Any) -> Any:
        if isinstance(part, Group):
            return {key: kept(f"{name}.{key}", inner) for key, inner in part.items()}
        return no_update if before.get(name) == now[name] else part

    return {name: kept(name, part) for name, part in made.parts.items()} | {"parts": now}


class Group(dict[str, Any]):
    """Parts of one kind, each with an output of its own."""


def _flat(parts: Mapping[str, Any], of: str = "") -> Iterator[tuple[str, Any]]:
    for name, part in parts.items():
        if isinstance(part, Group):
            yield from _flat(part, f"{of}{name}.")
        else:
            yield of + name, part


def _digest(part: Any) -> str:
    told = json.dumps(part, cls=PlotlyJSONEncoder, sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=9).hexdigest()
