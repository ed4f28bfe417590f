"""What of a page has changed since it was last sent: only that is sent again, so that only that moves."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.figures.picture import Figure

Digests = dict[str, str]
"""Id of a part -> what tells its content from any other."""


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a page by the id of their container, HTML or figures, and the digest of each.

    Nobody changes them: they are shown more than once.
    """

    parts: Mapping[str, str | Figure]
    digests: Digests

    @property
    def words(self) -> dict[str, str]:
        """The parts that are HTML."""
        return {name: part for name, part in self.parts.items() if isinstance(part, str)}

    @property
    def figures(self) -> dict[str, Figure]:
        """The parts that are figures."""
        return {name: part for name, part in self.parts.items() if not isinstance(part, str)}


def digests(parts: Mapping[str, Any]) -> Digests:
    """The digest of every part."""
    return {name: _digest(part) for name, part in parts.items()}


def fresh(made: Made, before: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that are not as they were `before`."""
    return {name: part for name, part in made.parts.items() if before.get(name) != made.digests[name]}


def _digest(part: Any) -> str:
    told = part if isinstance(part, str) else json.dumps(part, sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=9).hexdigest()
