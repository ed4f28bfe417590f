"""Insertion by cohort and time to insertion, side by side as on the page."""

from dataclasses import dataclass

from layouts.paper.blocks import Whole
from layouts.paper.curve_chart import CurveChart
from layouts.paper.insertion_chart import InsertionChart
from layouts.paper.sheet import Sheet

BETWEEN = 26.0
STRETCH = 36.0


@dataclass(frozen=True)
class Pair(Whole):
    """Two charts whose pictures begin at the same height."""

    insertion: InsertionChart
    curve: CurveChart

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        wide = _wide(sheet)
        pictures = max(self.insertion.height(sheet, wide), self.curve.height(sheet, wide))
        return self._titles(sheet) + pictures

    def most(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self.height(sheet) + STRETCH

    def _titles(self, sheet: Sheet) -> float:
        return max(chart.titled.height(sheet, _wide(sheet)) for chart in (self.insertion, self.curve))

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        wide, below = _wide(sheet), self._titles(sheet)
        second = wide + BETWEEN
        self.insertion.titled.draw(sheet, 0, y, wide)
        self.curve.titled.draw(sheet, second, y, wide)
        self.insertion.draw(sheet, 0, y + below, wide)
        self.curve.draw(sheet, second, y + below, wide, height - below)


def _wide(sheet: Sheet) -> float:
    return (sheet.width - BETWEEN) / 2
