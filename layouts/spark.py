"""Small trends and positions on a scale: one line of drawing beside the numbers that it repeats."""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import quote

from dash import html

from dashboard.palette import CLAY, INK, MUTED, PAPER, TEAL
from layouts.components import Node, aria
from layouts.tile import place

WIDTH, HEIGHT, EDGE = 108, 34, 5


def sparkline(
    values: Sequence[float | None],
    target: float | None,
    alt: str,
    restated: Sequence[float | None] = (),
    marks: Sequence[float] = (),
    title: str = "",
) -> Node | None:
    """Values from the oldest to the newest, left to right in every language; the target dotted. None for no value.

    Gaps stay gaps: a period without a value is not bridged. `restated` has, for periods that are counted differently
    now, the value of now: a ring beside the line. `marks` are places of dashed lines, 0 at the first value and 1 at the
    second; `title` says in its hover what they stand for.
    """
    known = [value for value in (*values, *restated) if value is not None]
    if not known:
        return None
    high = max([*known, *([target] if target is not None else [])])
    low = min([0.0, *known])
    picture = _picture(values, restated, target, low, high, marks)
    return html.Img(src=_address(picture), alt=alt, className="spark", title=title or None)


def _picture(
    values: Sequence[float | None],
    restated: Sequence[float | None],
    target: float | None,
    low: float,
    high: float,
    marks: Sequence[float],
) -> str:
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    size = (high - low) or 1.0

    def y(value: float) -> float:
        return round(HEIGHT - EDGE - (value - low) / size * (HEIGHT - 2 * EDGE), 1)

    def places(of: Sequence[float | None]) -> list[tuple[float, float] | None]:
        return [None if value is None else (round(EDGE + i * step, 1), y(value)) for i, value in enumerate(of)]

    points = places(values)
    shapes = [_dash(round(EDGE + mark * step, 1)) for mark in marks]
    shapes += [_goal(y(target))] if target is not None else []
    shapes += [_line(*pair) for pair in pairwise(points)]
    shapes += [_dot(point, point is points[-1]) for point in points if point is not None]
    shapes += [_ring(point) for point in places(restated) if point is not None]
    size_words = f"width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size_words}>{''.join(shapes)}</svg>"


def _dash(x: float) -> str:
    return f"<path d='M{x} 0V{HEIGHT}' stroke='{MUTED}' stroke-dasharray='3 2' stroke-width='.8'/>"


def _goal(y: float) -> str:
    return f"<path d='M0 {y}H{WIDTH}' stroke='{INK}' stroke-dasharray='1.5 2.5' stroke-width='1.2'/>"


def _line(start: tuple[float, float] | None, end: tuple[float, float] | None) -> str:
    if start is None or end is None:
        return ""
    return f"<path d='M{start[0]} {start[1]}L{end[0]} {end[1]}' stroke='{TEAL}' stroke-width='1.8'/>"


def _dot(point: tuple[float, float], newest: bool) -> str:
    radius, fill = (3.6, TEAL) if newest else (1.8, MUTED)
    return f"<circle cx='{point[0]}' cy='{point[1]}' r='{radius}' fill='{fill}' stroke='{PAPER}'/>"


def _ring(point: tuple[float, float]) -> str:
    return f"<circle cx='{point[0]}' cy='{point[1]}' r='3.2' fill='{PAPER}' stroke='{CLAY}' stroke-width='1.6'/>"


def _address(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg, safe="")


def whisker(low: float | None, at: float | None, high: float | None, mark: float | None = None) -> Node:
    """A rate as a dot on 0 to 100 % with its interval, and a dotted mark to compare with.

    Decoration: whoever calls it says every position in words beside it.
    """
    found = {"low": low, "high": high, "at": at, "mark": mark}
    style = {f"--{name}": place(value) for name, value in found.items() if value is not None}
    drawn = [name for name in ("low", "at", "mark") if f"--{name}" in style]
    marks = [html.Span(className=f"bar-{name}") for name in drawn if name != "low" or high is not None]
    return html.Div(marks, className="tile-bar whisker", style=style, **aria(hidden="true"))
