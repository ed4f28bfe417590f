"""An A4 sheet on which words and shapes are put. Lengths in points, y down from the top of the paper."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.palette import INK, LINE, PAPER, Fill
from dashboard.text import Text
from layouts.components import State
from layouts.paper.hatching import dots, strokes
from layouts.paper.ink import Ink
from layouts.paper.lines import Span, Style, runs, wrapped
from layouts.paper.meta import Meta

FONTS = Path(__file__).resolve().parents[1] / "assets" / "vendor" / "paper"
WIDE, TALL = 595.28, 841.89
SIDE, TOP, FOOT = 36.0, 30.0, 44.0  # margins; the foot line stands inside the lowest one
LEADING = {"ar": 1.42, "fr": 1.3, "en": 1.3}  # Arabic letters need more air above and below
Words = str | Sequence[Span]


class Sheet:
    """Pages of A4 in one language. `u` is a place by reading: 0 where the reader starts; `x` is from the left edge."""

    def __init__(self, text: Text, meta: Meta, fonts: Path = FONTS) -> None:
        """Raises PaperError fonts_missing where set-up has not made the fonts."""
        self.text = text
        self.width = WIDE - 2 * SIDE
        self.room = TALL - TOP - FOOT
        self.density = 1.0  # of the lines: less on a page that would not hold them otherwise
        self._ink = Ink(text, meta, fonts)
        self._widths: dict[tuple[str, Style], float] = {}
        self._broken: dict[tuple[str | tuple[Span, ...], float, Style], list[list[Span]]] = {}

    def new_page(self) -> None:
        """Begin a page."""
        self._ink.add_page()

    def output(self) -> bytes:
        """The file."""
        return bytes(self._ink.output())

    def x(self, u: float) -> float:
        """A place by reading, from the left edge of the paper."""
        return WIDE - SIDE - u if self.text.rtl else SIDE + u

    def left(self, u: float, width: float) -> float:
        """The left edge of what stands from `u` over a width."""
        return self.x(u + width) if self.text.rtl else self.x(u)

    def leading(self, size: float) -> float:
        """From one line's foot to the next one's."""
        return size * LEADING[self.text.lang] * self.density

    # ---- words ----

    def measure(self, words: str, style: Style) -> float:
        """The width of words on one line."""
        key = (words, style)
        if key not in self._widths:
            line = runs([Span(words, style)], self.text.rtl)
            self._widths[key] = sum(self._ink.wide(run) for run in line)
        return self._widths[key]

    def put(self, words: Words, x: float, y: float, style: Style, side: str = "start") -> float:
        """Words on one line that stands on `y`; `x` is where they start, end or have their "center" by reading.

        Returns their width.
        """
        spans = [Span(words, style)] if isinstance(words, str) else list(words)
        line = runs(spans, self.text.rtl)
        widths = [self._ink.wide(run) for run in line]
        wide = sum(widths)
        at = x - {"center": wide / 2, "start": wide * self.text.rtl, "end": wide * (not self.text.rtl)}[side]
        for run, width in zip(line, widths, strict=True):
            self._ink.write_run(run, at, y)
            at += width
        return wide

    def lines(self, words: Words, width: float, style: Style) -> list[list[Span]]:
        """Words broken into lines."""
        key = (words if isinstance(words, str) else tuple(words), width, style)
        if key not in self._broken:
            spans = [Span(words, style)] if isinstance(words, str) else words
            self._broken[key] = wrapped(spans, width, self.measure)
        return self._broken[key]

    def tall(self, words: Words, width: float, style: Style) -> float:
        """The height that words take when they are broken into lines."""
        return self.leading(style.size) * len(self.lines(words, width, style))

    def paragraph(self, words: Words, u: float, y: float, width: float, style: Style) -> float:
        """Words broken into lines whose first one begins under `y`. Returns where the next line would begin."""
        step = self.leading(style.size)
        for line in self.lines(words, width, style):
            self.put(line, self.x(u), y + self.foot_of(style.size), style)
            y += step
        return y

    def foot_of(self, size: float) -> float:
        """From the top of a line to where its letters stand."""
        return self.leading(size) / 2 + 0.35 * size

    # ---- shapes ----

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: str = LINE, width: float = 0.6) -> None:
        """A stroke."""
        self._ink.set_draw_color(colour)
        self._ink.set_line_width(width)
        self._ink.line(x0, y0, x1, y1)

    def dotted(self, x0: float, y0: float, x1: float, y1: float, colour: str = INK, width: float = 0.9) -> None:
        """A dotted stroke: a target or a declared reference."""
        self._ink.set_dash_pattern(width, 2.0)
        self.line(x0, y0, x1, y1, colour, width)
        self._ink.set_dash_pattern()

    def rule(self, y: float, colour: str = LINE, width: float = 0.6) -> None:
        """A line over the whole width."""
        self.line(SIDE, y, WIDE - SIDE, y, colour, width)

    def block(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A plain rectangle."""
        self._ink.set_fill_color(colour)
        self._ink.rect(x, y, width, height, "F")

    def area(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """A rectangle in a fill of the palette, its pattern and edge included."""
        if width <= 0:
            return
        self.block(x, y, width, height, fill.area)
        for x0, y0, x1, y1 in strokes(fill.pattern, x, y, width, height):
            self.line(x0, y0, x1, y1, fill.lines, 0.7)
        if fill.pattern == ".":
            for middle, level in dots(x, y, width, height):
                self.block(middle - 0.45, level - 0.45, 0.9, 0.9, fill.lines)
        self._ink.set_draw_color(fill.edge if fill.ground else PAPER)
        self._ink.set_line_width(0.6)
        self._ink.rect(x, y, width, height, "D")

    def dot(self, x: float, y: float, radius: float, colour: str, ring: str = "#FFFFFF") -> None:
        """A point with a pale ring round it, so that it stands out from the line it lies on."""
        self._ink.set_fill_color(colour)
        self._ink.set_draw_color(ring)
        self._ink.set_line_width(0.9)
        self._ink.circle(x, y, radius, "DF")

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled shape."""
        self._ink.set_fill_color(colour)
        self._ink.polygon(list(points), style="F")

    def path(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        """A stroke through points."""
        self._ink.set_draw_color(colour)
        self._ink.set_line_width(width)
        self._ink.polyline(list(points))

    def state(self, state: State, x: float, y: float, size: float, colour: str) -> None:
        """The icon of a state round a point: the shapes of components.MARKS, which Cairo has no letters for."""
        half = size / 2
        self._ink.set_fill_color(colour)
        if state == "on_track":
            self._ink.circle(x, y, half, "F")
        elif state == "attention":
            self.polygon([(x, y - half), (x + half, y + half), (x - half, y + half)], colour)
        elif state == "off_track":
            self.block(x - half, y - half, size, size, colour)
        elif state == "too_early":
            self._ink.set_draw_color(colour)
            self._ink.set_line_width(0.9)
            self._ink.set_dash_pattern(1.0, 1.1)
            self._ink.circle(x, y, half, "D")
            self._ink.set_dash_pattern()
