"""The patterns of the palette as strokes inside a rectangle, so that a fill is told apart when printed in grey."""

from collections.abc import Iterator

from dashboard.palette import Pattern

Stroke = tuple[float, float, float, float]
"""x0, y0, x1, y1."""

STEP = 3.4  # points between strokes, across
_DOT = 3.0


def strokes(pattern: Pattern, left: float, top: float, width: float, height: float) -> Iterator[Stroke]:
    """The slanting strokes of a pattern, cut at the rectangle's edges. Dots have none."""
    if pattern in ("/", "x"):
        yield from _slanted(left, top, width, height, rising=True)
    if pattern in ("\\", "x"):
        yield from _slanted(left, top, width, height, rising=False)


def _slanted(left: float, top: float, width: float, height: float, *, rising: bool) -> Iterator[Stroke]:
    # Each stroke runs at 45 degrees and crosses the lower edge at left + c, inside the rectangle or before it.
    c = -height + STEP / 2
    while c < width:
        begin, end = max(0.0, c), min(width, c + height)
        if end > begin:
            up, down = begin - c, end - c  # how high above the lower edge the stroke begins and ends
            low, high = (height - up, height - down) if rising else (up, down)
            yield left + begin, top + low, left + end, top + high
        c += STEP


def dots(left: float, top: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """The middles of a pattern's dots."""
    row = 0
    y = top + _DOT / 2
    while y < top + height:
        x = left + (_DOT / 2 if row % 2 == 0 else _DOT)
        while x < left + width:
            yield x, y
            x += _DOT
        y, row = y + _DOT * 0.9, row + 1
