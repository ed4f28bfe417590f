"""One dot per woman who completed, by outcome: the headline as a picture. Counts only."""

from collections.abc import Iterator
from urllib.parse import quote

from dash import html

from dashboard.indicators import Outcomes
from dashboard.palette import FILLS, PAPER, Fill
from dashboard.text import Text
from layouts.components import Node

MOST = 240  # beyond this the dots say less than the chart below
PITCH, RADIUS = 18, 6.5
KINDS = ("inserted", "undated", "unknown", "closed_without", "open_inserted", "open")


def counts(outcomes: Outcomes) -> dict[str, int]:
    """Women by kind of dot; they sum to all dated completers."""
    return {
        "inserted": outcomes.inserted,
        "undated": outcomes.undated,
        "unknown": outcomes.unknown,
        "closed_without": outcomes.closed_without,
        "open_inserted": outcomes.open_inserted,
        "open": outcomes.open - outcomes.open_inserted,
    }


def dots(outcomes: Outcomes, text: Text) -> Node | None:
    """The picture with its legend, or None where there is nobody to show or too many."""
    found = {kind: number for kind, number in counts(outcomes).items() if number > 0}
    total = sum(found.values())
    if not 0 < total <= MOST:
        return None
    words = ", ".join(f"{text.number(number)} {text(f'dots.{kind}')}" for kind, number in found.items())
    picture = html.Img(src=_address(_picture(found, text.rtl)), alt=f"{text('dots.each')}: {words}")
    legend = [_legend_entry(kind, number, text) for kind, number in found.items()]
    caption = html.Figcaption([html.Span(text("dots.each"), className="dots-each"), html.Ul(legend)])
    return html.Figure([picture, caption], className="dots")


def _legend_entry(kind: str, number: int, text: Text) -> Node:
    swatch = html.Img(src=_address(_svg(PITCH, PITCH, _dot(kind, PITCH / 2, PITCH / 2))), alt="")
    return html.Li([swatch, html.Bdi(text.number(number), className="dots-count"), text(f"dots.{kind}")])


def _picture(found: dict[str, int], rtl: bool) -> str:
    """The dots row by row from the side where reading starts."""
    total = sum(found.values())
    across = 15 if total <= 60 else 24
    width, height = across * PITCH, -(-total // across) * PITCH
    shapes = []
    for place, kind in enumerate(_each(found)):
        x = (place % across + 0.5) * PITCH
        shapes.append(_dot(kind, width - x if rtl else x, (place // across + 0.5) * PITCH))
    return _svg(width, height, "".join(shapes))


def _each(found: dict[str, int]) -> Iterator[str]:
    for kind in KINDS:
        for _ in range(found.get(kind, 0)):
            yield kind


def _dot(kind: str, x: float, y: float) -> str:
    """Full = decided, ring = open, diamond = closed without, dashed ring = not known."""
    place = f"cx='{x:g}' cy='{y:g}' r='{RADIUS}'"
    if kind == "inserted":
        return f"<circle {place} fill='{FILLS['inserted'].colour}'/>"
    if kind == "closed_without":
        r = RADIUS + 0.5
        return f"<path d='M{x:g} {y - r:g}l{r} {r}l-{r} {r}l-{r} -{r}z' fill='{FILLS['closed_without'].colour}'/>"
    if kind == "open_inserted":
        inner = f"<circle cx='{x:g}' cy='{y:g}' r='3.2' fill='{FILLS['inserted'].colour}'/>"
        return _ring(place, FILLS["open"]) + inner
    return _ring(place, FILLS[kind], "" if kind == "open" else "2 2.4")


def _ring(place: str, fill: Fill, dashes: str = "") -> str:
    dash = f" stroke-dasharray='{dashes}'" if dashes else ""
    return f"<circle {place} fill='{fill.ground or PAPER}' stroke='{fill.edge}' stroke-width='1.6'{dash}/>"


def _svg(width: float, height: float, shapes: str) -> str:
    size = f"width='{width:g}' height='{height:g}' viewBox='0 0 {width:g} {height:g}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{shapes}</svg>"


def _address(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg, safe=" =:/'")
