"""What the figures share: the blank sheet, mirroring, words at a place in pixels, and the key of fills.

The server does not know how wide a figure will be shown (350 px on a phone, 1100 px on a laptop), so everything that
must not collide is placed in pixels from an edge: heights are fixed, the vertical axis counts pixels from the top, and
columns of numbers stand in the margin. Only bars and curves stretch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.picture import Figure
from dashboard.palette import FONT, INK, LINE, MUTED, PAPER, Fill
from dashboard.text import Text

KEY_LINE = 22  # height of one line of the key, px
KEY_SWATCH = 13
_KEY_WIDTH = 318  # the key is laid out for the narrowest phone and keeps that layout everywhere
_LETTER = 6.7  # mean advance of a 12 px letter in Cairo, px, on the generous side


@dataclass(frozen=True, slots=True)
class Edges:
    """Margins in px, by reading direction."""

    start: int
    end: int
    top: int
    bottom: int

    def margin(self, text: Text) -> dict[str, int]:
        """The margins as plotly names them."""
        left, right = (self.end, self.start) if text.rtl else (self.start, self.end)
        return {"l": left, "r": right, "t": self.top, "b": self.bottom, "pad": 0}


def sheet(text: Text, plot_height: int, edges: Edges) -> Figure:
    """An empty figure, `plot_height` px between its margins, in the product's type, with nothing drawn behind it."""
    symbols = text.locale.number_symbols["latn"]
    return Figure(
        data=[],
        layout={
            "height": plot_height + edges.top + edges.bottom,
            "margin": edges.margin(text),
            "autosize": True,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 13, "color": INK},
            "hoverlabel": _hover_label(text),
            "hovermode": "closest",
            "dragmode": False,
            "showlegend": False,
            "separators": f"{symbols['decimal']}{symbols['group']}",
        },
    )


def _hover_label(text: Text) -> dict[str, Any]:
    return {
        "font": {"family": FONT, "size": 13, "color": INK},
        "bgcolor": PAPER,
        "bordercolor": MUTED,
        "align": "right" if text.rtl else "left",
        "namelength": 0,
    }


def at(fraction: float, text: Text) -> float:
    """A place across the plot, 0 where the reader starts and 1 where she ends, in plotly's left-to-right fractions."""
    return 1 - fraction if text.rtl else fraction


def domain(start: float, end: float, text: Text) -> list[float]:
    """The part of the width an axis takes, by reading direction."""
    return sorted((at(start, text), at(end, text)))


def span(low: float, high: float, text: Text) -> list[float]:
    """The range of a value axis: zero is where the reader starts."""
    return [high, low] if text.rtl else [low, high]


def anchor(side: str, text: Text) -> str:
    """The plotly anchor of "start" or "end"."""
    if side == "center":
        return side
    return "left" if (side == "start") != text.rtl else "right"


def lines(words: Iterable[str], text: Text) -> str:
    """Lines of a label or hover, each in the reader's direction: svg would otherwise reorder mixed text."""
    return "<br>".join(text.label(line) for line in words)


def note(words: str, text: Text, *, side: str = "start", shift: float = 0, **place: Any) -> dict[str, Any]:
    """Words in a figure. `shift` is px towards the reader's end; `place` gives x, y, their refs and any styling."""
    font = {"size": place.pop("size", 13), "color": place.pop("color", INK), "weight": place.pop("weight", 400)}
    settings = {
        "text": lines(words.split("<br>"), text),
        "showarrow": False,
        "font": font,
        "xanchor": anchor(side, text),
        "align": anchor(side, text),
        "yanchor": "middle",
        "xshift": -shift if text.rtl else shift,
        "borderpad": 0,
    }
    return settings | place


def add_notes(figure: Figure, notes: Iterable[dict[str, Any]]) -> None:
    """Add words."""
    figure["layout"].setdefault("annotations", []).extend(notes)


def add_shapes(figure: Figure, shapes: Iterable[dict[str, Any]]) -> None:
    """Add lines and areas."""
    figure["layout"].setdefault("shapes", []).extend(shapes)


def add_line(figure: Figure, **place: Any) -> None:
    """Add a straight line."""
    add_shapes(figure, [{"type": "line"} | place])


def pixel_rows(plot_height: int) -> dict[str, Any]:
    """A vertical axis that counts pixels down from the top of the plot and shows nothing."""
    return {"range": [plot_height, 0], "visible": False, "fixedrange": True}


def plain_axis(**settings: Any) -> dict[str, Any]:
    """An axis with no line, ticks, zero line or zoom; `settings` add to it."""
    plain = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "ticks": ""}
    return plain | {"tickfont": {"size": 12, "color": MUTED}, "gridcolor": LINE} | settings


def marker(fill: Fill, counts: Sequence[int]) -> dict[str, Any]:
    """A fill as a plotly bar marker. A bar of nobody has no edge either: it would show as a hair line."""
    pattern = {"shape": fill.pattern, "fgcolor": fill.lines, "bgcolor": fill.area, "size": 6}
    solidity = {"\\": 0.15, "x": 0.3}.get(fill.pattern, 0.35)
    edge = {"color": fill.edge if fill.ground else PAPER, "width": [1 if count else 0 for count in counts]}
    filled = {"color": fill.colour, "line": edge}
    return filled | ({"pattern": pattern | {"solidity": solidity}} if fill.pattern else {})


def key_height(entries: Sequence[tuple[Fill, str]]) -> int:
    """The height in px that a key takes."""
    return KEY_LINE * (max((line for *_, line in _flow(entries)), default=-1) + 1)


def add_key(figure: Figure, entries: Sequence[tuple[Fill, str]], text: Text, below: int) -> None:
    """Draw the key `below` px under the plot. Plotly's own legend keeps its swatches on the left in Arabic."""
    swatches: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for fill, words, offset, line in _flow(entries):
        middle = -(below + KEY_LINE * line + KEY_LINE / 2)
        swatches += _swatch(fill, offset, middle, text)
        place: dict[str, Any] = {
            "x": at(0, text),
            "xref": "paper",
            "y": 0,
            "yref": "paper",
            "yshift": middle,
            "size": 12,
        }
        notes.append(note(words, text, shift=offset + KEY_SWATCH + 6, color=MUTED, **place))
    add_shapes(figure, swatches)
    add_notes(figure, notes)


def _flow(entries: Sequence[tuple[Fill, str]]) -> list[tuple[Fill, str, float, int]]:
    """Each entry with its offset from the start edge in px and its line."""
    placed: list[tuple[Fill, str, float, int]] = []
    offset, line = 0.0, 0
    for fill, words in entries:
        width = KEY_SWATCH + 6 + len(words) * _LETTER
        if offset and offset + width > _KEY_WIDTH:
            offset, line = 0.0, line + 1
        placed.append((fill, words, offset, line))
        offset += width + 16
    return placed


def _swatch(fill: Fill, offset: float, middle: float, text: Text) -> list[dict[str, Any]]:
    """A square of a fill in px: its ground with an edge, and its pattern drawn over it."""
    left = -(offset + KEY_SWATCH) if text.rtl else offset
    bottom = middle - KEY_SWATCH / 2
    fixed: dict[str, Any] = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel"}
    fixed |= {"xanchor": at(0, text), "yanchor": 0, "layer": "above"}
    corners = {"x0": left, "x1": left + KEY_SWATCH, "y0": bottom, "y1": bottom + KEY_SWATCH}
    square: dict[str, Any] = fixed | corners | {"type": "rect", "fillcolor": fill.area}
    square |= {"line": {"color": fill.edge, "width": 1}}
    strokes = _strokes(fill.pattern, left, bottom)
    if not strokes:
        return [square]
    style = {"color": fill.lines, "width": {".": 2.4, "\\": 1}.get(fill.pattern, 1.6)}
    return [square, fixed | {"type": "path", "path": strokes, "line": style}]


def _strokes(pattern: str, left: float, bottom: float) -> str:
    """The strokes of a pattern inside a swatch, as an svg path in px."""
    size = KEY_SWATCH
    shifts = (-0.5 * size, 0.0, 0.5 * size)
    rising = [(max(0, c), max(0, -c), min(size, size + c), min(size, size - c)) for c in shifts]
    falling = [(size - x0, y0, size - x1, y1) for x0, y0, x1, y1 in rising]
    dots = [(x, y, x + 2.4, y) for x in (2.0, 8.4) for y in (3.5, 9.5)]
    segments = {"/": rising, "\\": falling, "x": rising + falling, ".": dots}.get(pattern, [])
    return "".join(
        f"M{left + x0:.1f},{bottom + y0:.1f}L{left + x1:.1f},{bottom + y1:.1f}" for x0, y0, x1, y1 in segments
    )
