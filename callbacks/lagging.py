"""Several processes answer one page, and one may not have loaded yet what another has shown already.

A page says with each question what it shows (`layouts.page.mark`). What it must not believe is that it shows a version
of which only its frame was told: its numbers may have come from a process that still had the one before.
"""

from collections.abc import Mapping
from typing import Any

from dash import set_props

from layouts import ids
from layouts.page import mark, state
from layouts.shown import Shown

_STATE = ("version", "error", "today", "book")  # of a mark: what the results depend on beside the view


def told(shown: Shown) -> None:
    """Let the page know with which pulse it has been brought up to date: it asks again while it hears another one."""
    _say_pulse(shown.pulse)


def drawn_from(shown: Shown, changed: Any) -> None:
    """Results have been drawn from a view: where the frame was told of another state, all is to be drawn again.

    `changed` is the state that the frame was told of.
    """
    if changed != state(shown):
        set_props(ids.SHOWN, {"data": {}})
        _say_pulse("")


def as_drawn(before: Mapping[str, Any]) -> list[Any]:
    """The state from which a page with this mark was drawn, as `layouts.page.state` tells it."""
    return [before.get(name) for name in _STATE]


def lags(shown: Shown, before: Mapping[str, Any]) -> bool:
    """Whether a page shows the same view of a newer version already: it is not taken back to an older one."""
    now = mark(shown)
    if now["search"] != before.get("search"):
        return False
    (feed, here), (other, there) = (_numbered(version) for version in (now["version"], before.get("version")))
    return feed == other and here < there


def _numbered(edition: Any) -> tuple[str, int]:
    """What an edition says of the feed, and the number of the version."""
    feed, _, number = edition.rpartition(".") if isinstance(edition, str) else ("", "", "")
    return feed, int(number) if number.isdecimal() and len(number) < 10 else 0


def _say_pulse(pulse: str) -> None:
    set_props(ids.OFFLINE, {"data-pulse": pulse})
