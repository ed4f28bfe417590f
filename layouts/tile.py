"""One tile: value, what it is out of, what is not known yet, change, and state as icon and word."""

from dataclasses import dataclass, field

from dash import html

from dashboard.indicators import Indicator
from dashboard.text import Text
from layouts.amounts import amount
from layouts.components import Node, State, aria, state_mark, with_sign
from layouts.places import definition_address
from layouts.shown import Shown


@dataclass(frozen=True)
class Tile:
    """One indicator in words. `out_of` always holds n; where the value is "—" it holds the reason."""

    id: str
    label: str
    value: str
    out_of: str
    unit: str = ""
    details: tuple[str, ...] = ()
    change: str = ""
    change_number: str = ""
    state: State = "no_target"
    state_words: str = ""  # key of other words for the state, where a reference is meant and not a target
    bar: dict[str, str] = field(default_factory=dict)  # positions in per cent, drawn by the style sheet


def tile_parts(tile: Tile, shown: Shown) -> list[Node]:
    """What is on one tile; its label leads to its definition."""
    text = shown.text
    value = [html.Bdi(tile.value), html.Span(tile.unit, className="tile-unit") if tile.unit else ""]
    label = html.A(tile.label, href=definition_address(tile.id, shown.view))
    foot = [html.Div(with_sign(tile.change, tile.change_number), className="tile-change") if tile.change else ""]
    return [
        html.H2(label, className="tile-label"),
        html.P(value, className="tile-value"),
        html.P(tile.out_of, className="tile-of"),
        *([_bar(tile)] if tile.bar else []),
        *(html.P(detail, className="tile-detail") for detail in tile.details),
        *restated_line(tile.id, shown),
        html.Div([*foot, *_state(tile, text)], className="tile-foot"),
    ]


def restated_line(indicator: str, shown: Shown) -> list[Node]:
    """That a number of a past day is counted differently now, and how it was or is counted; nothing where it is not."""
    found, text = shown.restated.get(indicator), shown.text
    if found is None:
        return []
    then = shown.view.known is None  # the page shows what is known now: say what was known then
    other, day = (found.then if then else found.now), text.date(shown.view.known or shown.as_of, "day")
    said = text("restated.then" if then else "restated.now", value=counted_words(other, text), date=day)
    mark = html.Span("↻", className="state-icon", **aria(hidden="true"))
    return [html.P([mark, said], className="tile-restated")]


def counted_words(found: Indicator, text: Text) -> str:
    """An indicator's value with what it was counted from."""
    value = amount(found.value, found.unit, text)
    if found.unit != "rate":
        return value
    counts = text("restated.of", k=text.number(found.numerator), n=text.number(found.denominator))
    return text("restated.rate", value=value, of=counts)


def _state(tile: Tile, text: Text) -> list[Node]:
    """The state in icon and word; a tile says nothing of targets, which the tracking table judges."""
    if tile.state == "no_target":
        return []
    return [state_mark(tile.state, text(f"state.{tile.state_words or tile.state}"))]


def _bar(tile: Tile) -> Node:
    # Decoration: every position in it also stands in words on the tile.
    marks = [html.Span(className=f"bar-{name}") for name in ("low", "high", "part", "at", "mark") if name in tile.bar]
    style = {f"--{name}": place for name, place in tile.bar.items()}
    return html.Div(marks, className="tile-bar", style=style, **aria(hidden="true"))


def place(part: float, whole: float = 1.0) -> str:
    """Where a part ends on a bar of the whole, in per cent, kept inside the bar."""
    return f"{max(0.0, min(1.0, part / whole)) * 100:.1f}%"
