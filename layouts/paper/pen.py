"""Blocks whose height is known by drawing them: the same steps once dry, to see where they end, and once with ink."""

from dataclasses import dataclass

from dashboard.palette import INK
from layouts.paper.blocks import Whole
from layouts.paper.lines import Span, Style
from layouts.paper.sheet import Sheet, Words

TITLE = Style(10, bold=True)


@dataclass(frozen=True)
class Pen:
    """Draws on a sheet if it has ink. Whatever makes lines returns where the next one would begin."""

    sheet: Sheet
    ink: bool

    def say(self, words: Words, u: float, y: float, width: float, style: Style) -> float:
        """Words broken into lines; nothing takes no line."""
        if not words:
            return y
        if self.ink:
            return self.sheet.paragraph(words, u, y, width, style)
        return y + self.sheet.tall(words, width, style)

    def set_lines(self, lines: list[list[Span]], u: float, y: float, style: Style) -> float:
        """Lines that are broken already."""
        for line in lines:
            self.put(line, u, y + self.sheet.foot_of(style.size), style)
            y += self.sheet.leading(style.size)
        return y

    def put(self, words: Words, u: float, foot: float, style: Style, side: str = "start") -> None:
        """Words on one line."""
        if self.ink:
            self.sheet.put(words, self.sheet.x(u), foot, style, side)

    def number(self, words: str, u: float, foot: float, style: Style, widest: float) -> None:
        """A number in a column that ends at `u`: units stand under units in both directions."""
        if self.sheet.text.rtl:
            self.put(words, u - widest, foot, style)
        else:
            self.put(words, u, foot, style, "end")

    def line(self, u: float, y: float, width: float, colour: str, thick: float = 0.6) -> None:
        """A stroke along the line of reading."""
        if self.ink:
            edge = self.sheet.left(u, width)
            self.sheet.line(edge, y, edge + width, y, colour, thick)

    def title(self, words: str, u: float, y: float, width: float) -> float:
        """The title of a part, under a dark line."""
        self.line(u, y, width, INK, 1.0)
        return self.say(words, u, y + 3, width, TITLE) + 2


class Penned(Whole):
    """A block that is as high as what it draws."""

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self.write(Pen(sheet, ink=False), 0)

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        self.write(Pen(sheet, ink=True), y)

    def write(self, pen: Pen, y: float) -> float:
        """Draw it under `y`. Returns where it ends."""
        raise NotImplementedError
