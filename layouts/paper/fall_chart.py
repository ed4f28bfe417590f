"""The waterfall of a review on paper: two rates with their intervals, and between them what moved the rate.

It is mirrored where reading begins at the right, as on the screen. The scale need not begin at zero: no bar does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from dashboard.figures.waterfall import Line, said
from dashboard.palette import CLAY, INK, LINE, MUTED, TEAL
from dashboard.text import Text
from layouts.paper.blocks import Whole
from layouts.paper.lines import Style
from layouts.paper.pen import Pen
from layouts.paper.sheet import Sheet
from layouts.paper.titled import Titled

NAME, END, SMALL = Style(8.5), Style(8.5, bold=True), Style(8, colour=MUTED)
LOW, HIGH = 12.0, 16.0  # points of a row
VALUE, BETWEEN = 66.0, 10.0  # the column of the rate or its points; between columns
WIDEST = 240.0  # of the names
_THICK, _TICKS = 0.5, 6  # of a row's height; marks of the scale at most


@dataclass(frozen=True)
class FallRow:
    """A row, and what it is of, or adds to, the two sides of the rate."""

    line: Line
    inserted: str
    counted: str


@dataclass(frozen=True)
class FallChart(Whole):
    """Rows from the old headline to the new one; `none` is said where there are none."""

    titled: Titled
    rows: tuple[FallRow, ...]
    none: str
    text: Text

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self._around(sheet) + LOW * self._lines(sheet)

    def most(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self._around(sheet) + HIGH * self._lines(sheet)

    def _around(self, sheet: Sheet) -> float:
        return self.titled.height(sheet, sheet.width) + (2 * sheet.leading(8) + 3 if self.rows else 0)

    def _lines(self, sheet: Sheet) -> int:
        return sum(self._of(row, sheet) for row in self.rows) or 1

    def _of(self, row: FallRow, sheet: Sheet) -> int:
        """Lines that a row's name takes."""
        return len(sheet.lines(row.line.words, self._first(sheet), _style(row.line)))

    def _first(self, sheet: Sheet) -> float:
        return min(max((sheet.measure(row.line.words, _style(row.line)) for row in self.rows), default=0) + 1, WIDEST)

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        step = (height - self._around(sheet)) / self._lines(sheet)
        y = self.titled.draw(sheet, 0, y, sheet.width)
        if not self.rows:
            sheet.paragraph(self.none, 0, y, sheet.width, SMALL)
            return
        y = self._headings(sheet, y)
        scale = _scale([row.line for row in self.rows], self._first(sheet) + BETWEEN, sheet)
        tops = [y]
        for row in self.rows:
            tops.append(tops[-1] + step * self._of(row, sheet))
        scale.grid(sheet, y, tops[-1], self.text)
        for row, (top, foot) in zip(self.rows, pairwise(tops), strict=True):
            self._row(row, (top, foot, step), scale, sheet)
        middles = [(top + foot) / 2 for top, foot in pairwise(tops)]
        for row, (middle, below) in zip(self.rows, pairwise(middles), strict=False):
            joint, half = scale.at(row.line.after, sheet), step * _THICK / 2
            sheet.dotted(joint, middle + half, joint, below - half, MUTED, 0.5)

    def _headings(self, sheet: Sheet, y: float) -> float:
        for name, u in (("inserted", _side(0, sheet)), ("counted", _side(1, sheet)), ("rate", sheet.width)):
            sheet.put(self.text(f"review_paper.{name}"), sheet.x(u), y + sheet.foot_of(8), SMALL, "end")
        return y + sheet.leading(8)

    def _row(self, row: FallRow, down: tuple[float, float, float], scale: "_Scale", sheet: Sheet) -> None:
        """One row. `down`: its top, its foot, the height of a line."""
        top, foot, step = down
        line, style, middle = row.line, _style(row.line), (top + foot) / 2
        for place, words in enumerate(sheet.lines(line.words, self._first(sheet), style)):
            sheet.put(words, sheet.x(0), top + step * (place + 0.5) + 3, style)
        if line.end:
            scale.end(line, middle, sheet)
        else:
            scale.step(line, middle, step * _THICK, sheet)
        pen = Pen(sheet, ink=True)
        for place, number in enumerate((row.inserted, row.counted)):
            pen.number(number, _side(place, sheet), middle + 3, style, self._widest(place, sheet))
        sheet.put(said(line, self.text), sheet.x(sheet.width), middle + 3, END, "end")

    def _widest(self, place: int, sheet: Sheet) -> float:
        """The widest number of a side."""
        return max(sheet.measure((row.inserted, row.counted)[place], END) for row in self.rows)


def _side(place: int, sheet: Sheet) -> float:
    """Where a column of one side ends."""
    return sheet.width - VALUE - (0 if place else _wide(sheet))


def _wide(sheet: Sheet) -> float:
    """The width of a column of one side: its heading is longer than its numbers."""
    return max(sheet.measure(sheet.text(f"review_paper.{name}"), SMALL) for name in ("inserted", "counted")) + BETWEEN


def _style(row: Line) -> Style:
    return END if row.end else NAME


def _scale(rows: Sequence[Line], first: float, sheet: Sheet) -> "_Scale":
    """Whole twentieths round everything that is drawn."""
    values = [value for row in rows for value in (row.before, row.after)]
    values += [value for row in rows if row.end for value in (row.end.low, row.end.high) if value is not None]
    low, high = max(0, floor(min(values) * 20 + 1e-9)), min(20, ceil(max(values) * 20 - 1e-9))
    low, high = (low, high) if high > low else (max(0, low - 1), min(20, high + 1))
    return _Scale(first, sheet.width - VALUE - 2 * _wide(sheet) - BETWEEN - first, low / 20, high / 20)


@dataclass(frozen=True)
class _Scale:
    """Where a rate stands: from `first` over `width`, by reading."""

    first: float
    width: float
    low: float
    high: float

    def at(self, rate: float, sheet: Sheet) -> float:
        return sheet.x(self.first + (rate - self.low) / (self.high - self.low) * self.width)

    def grid(self, sheet: Sheet, top: float, foot: float, text: Text) -> None:
        """Marks of the scale with their rates under the rows."""
        each = next(step for step in (1, 2, 4, 10, 20) if (self.high - self.low) * 20 / step <= _TICKS)
        first, last = round(self.low * 20), round(self.high * 20)
        for mark in range(ceil(first / each) * each, last + 1, each):
            x = self.at(mark / 20, sheet)
            sheet.line(x, top, x, foot, LINE)
            sheet.put(text.percent(mark / 20), x, foot + 1 + sheet.foot_of(8), SMALL, "center")

    def end(self, row: Line, middle: float, sheet: Sheet) -> None:
        """A rate as a point, its interval as a line through it."""
        if row.end and row.end.low is not None and row.end.high is not None:
            ends = [self.at(bound, sheet) for bound in (row.end.low, row.end.high)]
            sheet.line(ends[0], middle, ends[1], middle, MUTED, 1.1)
            for x in ends:
                sheet.line(x, middle - 2.5, x, middle + 2.5, MUTED, 1.1)
        sheet.dot(self.at(row.after, sheet), middle, 3.6, TEAL)

    def step(self, row: Line, middle: float, thick: float, sheet: Sheet) -> None:
        """A bar from the rate before to the rate after; a stroke where the rate stays."""
        before, after = self.at(row.before, sheet), self.at(row.after, sheet)
        if abs(after - before) < 0.4:
            sheet.line(after, middle - thick / 2, after, middle + thick / 2, INK, 1.0)
            return
        colour = TEAL if row.after > row.before else CLAY
        sheet.block(min(before, after), middle - thick / 2, abs(after - before), thick, colour)
