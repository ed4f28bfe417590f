"""The title over a chart or a table: what it is about, what it shows, of how many women and as of when."""

from dataclasses import dataclass

from dashboard.captions import Caption
from dashboard.palette import INK, MUTED, Fill
from layouts.paper.lines import Span, Style
from layouts.paper.sheet import Sheet

KICKER = Style(8, bold=True, colour="#8F6510")
TITLE, SUBTITLE = Style(10, bold=True), Style(8, colour=MUTED)
KEY = Style(8, colour=MUTED)
_SWATCH = 7.0


@dataclass(frozen=True)
class Titled:
    """Words over a picture."""

    kicker: str
    caption: Caption

    def height(self, sheet: Sheet, width: float) -> float:
        """What it takes, in a column of some width."""
        return self.draw(sheet, 0, 0, width, put=False)

    def draw(self, sheet: Sheet, u: float, y: float, width: float, *, put: bool = True) -> float:
        """Draw it. Returns where it ends."""
        if put:
            edge = sheet.left(u, width)
            sheet.line(edge, y, edge + width, y, INK, 1.0)
        y += 3
        kicker = [Span(f"{self.kicker}\u2002", KICKER)] if self.kicker else []
        about = [*kicker, Span(self.caption.subtitle, SUBTITLE)]
        for words, style in ((self.caption.title, TITLE), (about, SUBTITLE)):
            y = sheet.paragraph(words, u, y, width, style) if put else y + sheet.tall(words, width, style)
        return y + 3


def key_lines(entries: list[tuple[Fill, str]], sheet: Sheet, width: float) -> list[list[tuple[float, Fill, str]]]:
    """The key of fills in lines of entries with their places."""
    lines: list[list[tuple[float, Fill, str]]] = []
    at = width
    for fill, words in entries:
        wide = _SWATCH + 4 + sheet.measure(words, KEY)
        if not lines or at + wide > width:
            lines.append([])
            at = 0.0
        lines[-1].append((at, fill, words))
        at += wide + 10
    return lines


def draw_key(entries: list[tuple[Fill, str]], sheet: Sheet, u: float, y: float, width: float) -> float:
    """Draw the key. Returns where it ends."""
    for line in key_lines(entries, sheet, width):
        for at, fill, words in line:
            sheet.area(sheet.left(u + at, _SWATCH), y + 2, _SWATCH, _SWATCH, fill)
            sheet.put(words, sheet.x(u + at + _SWATCH + 4), y + 8.3, KEY)
        y += sheet.leading(8) + 1
    return y
