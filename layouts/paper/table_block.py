"""A table on as many pages as it needs, its headings repeated on each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.palette import INK, LINE, MUTED
from dashboard.tables import Table
from dashboard.text import Text
from layouts.paper.blocks import Block
from layouts.paper.lines import Style
from layouts.paper.sheet import Sheet

TITLE, HEAD, CELL, NAME = Style(10.5, bold=True), Style(8, bold=True, colour=MUTED), Style(8), Style(8, bold=True)
BETWEEN, PAD = 8.0, 2.5
_NARROW = 34.0  # points that a column of numbers needs at least


@dataclass(frozen=True)
class TableBlock:
    """Cells of words; the first column names its row. `prose`: every column is words, and starts where reading does."""

    title: str
    table: Table
    text: Text
    prose: bool = False
    more: bool = False  # this is the rest of a table that began on the page before

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        wide = self._widths(sheet)
        return self._top(sheet, wide) + sum(self._tall(row, wide, sheet) for row in self.table.rows)

    def most(self, sheet: Sheet) -> float:
        """It does not stretch."""
        return self.height(sheet)

    def split(self, sheet: Sheet, room: float) -> tuple[Block, Block | None] | None:
        """The rows that fit, and the rest under the same headings."""
        wide, rows = self._widths(sheet), self.table.rows
        used, fits = self._top(sheet, wide), 0
        for row in rows:
            used += self._tall(row, wide, sheet)
            if used > room:
                break
            fits += 1
        if not fits:
            return None
        first = replace(self, table=Table(self.table.headers, rows[:fits]))
        return first, replace(self, table=Table(self.table.headers, rows[fits:]), more=True)

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        wide = self._widths(sheet)
        y = sheet.paragraph(self._title(), 0, y, sheet.width, TITLE) + 2
        y = self._row(self.table.headers, [HEAD] * len(wide), wide, y, sheet)
        sheet.rule(y, INK, 0.9)
        for row in self.table.rows:
            y = self._row(row, [NAME, *[CELL] * (len(row) - 1)], wide, y, sheet)
            sheet.rule(y, LINE)

    def _title(self) -> str:
        return self.text("paper.rows_go_on", title=self.title) if self.more else self.title

    def _top(self, sheet: Sheet, wide: Sequence[float]) -> float:
        return sheet.tall(self._title(), sheet.width, TITLE) + 2 + self._tall(self.table.headers, wide, sheet, HEAD)

    def _tall(self, row: Sequence[str], wide: Sequence[float], sheet: Sheet, style: Style = NAME) -> float:
        return max(sheet.tall(cell, width, style) for cell, width in zip(row, wide, strict=True)) + 2 * PAD

    def _row(self, row: Sequence[str], styles: list[Style], wide: Sequence[float], y: float, sheet: Sheet) -> float:
        u = 0.0
        for place, (cell, width) in enumerate(zip(row, wide, strict=True)):
            for number, line in enumerate(sheet.lines(cell, width, styles[place])):
                foot = y + PAD + number * sheet.leading(8) + sheet.foot_of(8)
                if place == 0 or self.prose:
                    sheet.put(line, sheet.x(u), foot, styles[place])
                else:
                    sheet.put(line, sheet.x(u + width), foot, styles[place], "end")
            u += width + BETWEEN
        return y + self._tall(row, wide, sheet, max(styles, key=lambda style: style.bold))

    def _widths(self, sheet: Sheet) -> list[float]:
        """As wide as the longest word, the rest shared out by how much a column has to say."""
        columns = list(zip(self.table.headers, *self.table.rows, strict=True))
        least = [max(_longest(cell, sheet) for cell in column) for column in columns]
        least = [max(width, _NARROW) for width in least]
        wish = [max(sheet.measure(cell, NAME) for cell in column) for column in columns]
        free = sheet.width - BETWEEN * (len(columns) - 1) - sum(least)
        more = [max(0.0, wanted - width) for wanted, width in zip(wish, least, strict=True)]
        share = min(1.0, max(0.0, free) / sum(more)) if sum(more) else 0.0
        found = [width + extra * share for width, extra in zip(least, more, strict=True)]
        rest = max(0.0, sheet.width - BETWEEN * (len(columns) - 1) - sum(found)) / len(columns)
        return [width + rest for width in found]


def _longest(cell: str, sheet: Sheet) -> float:
    return max((sheet.measure(word, NAME) for word in cell.split(" ")), default=0.0)
