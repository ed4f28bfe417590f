"""The path as bars, one line a stage: name, bar by evidence, count, and the three columns that the page shows."""

from dataclasses import dataclass

from dashboard.figures.funnel import COLUMNS, EVIDENCE, key
from dashboard.funnel import FunnelStage
from dashboard.palette import MUTED, TRACK
from dashboard.programme import Programme
from dashboard.tables import stage_name
from dashboard.text import Text
from layouts.paper.blocks import Whole
from layouts.paper.lines import Style
from layouts.paper.sheet import Sheet
from layouts.paper.titled import Titled, draw_key, key_lines

NAME, COUNT, CELL, SMALL = Style(8.5), Style(9, bold=True), Style(8.5, colour=MUTED), Style(8, colour=MUTED)
LOW, HIGH = 11.2, 15.0  # of one line
COLUMN = 44.0
_THICK = 0.62  # of a line's height


@dataclass(frozen=True)
class FunnelChart(Whole):
    """Length = women who ever reached the stage, pattern = on what evidence."""

    titled: Titled
    stages: tuple[FunnelStage, ...]
    programme: Programme
    text: Text

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self._around(sheet) + LOW * len(self.stages)

    def most(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self._around(sheet) + HIGH * len(self.stages)

    def _around(self, sheet: Sheet) -> float:
        explained = key_lines(key(self.stages, self.text), sheet, sheet.width)
        return self.titled.height(sheet, sheet.width) + sheet.leading(8) + 3 + len(explained) * (sheet.leading(8) + 1)

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        step = (height - self._around(sheet)) / max(len(self.stages), 1)
        y = self.titled.draw(sheet, 0, y, sheet.width)
        names = [stage_name(stage.stage, self.programme, self.text) for stage in self.stages]
        first = max((sheet.measure(name, NAME) for name in names), default=0) + 10
        most = max((stage.reached for stage in self.stages), default=0)
        whole = sheet.width - first - 30 - COLUMN * len(COLUMNS)
        self._headings(sheet, first, y)
        y += sheet.leading(8) + 1
        for stage, name in zip(self.stages, names, strict=True):
            self._stage(sheet, stage, name, (first, whole / max(most, 1) if most else 0.0, whole), (y, step))
            y += step
        draw_key(key(self.stages, self.text), sheet, 0, y + 2, sheet.width)

    def _headings(self, sheet: Sheet, first: float, y: float) -> None:
        foot = y + sheet.foot_of(8)
        sheet.put(self.text("figure.funnel.reached"), sheet.x(first), foot, SMALL)
        for place, column in enumerate(COLUMNS):
            words = self.text(f"figure.funnel.{column}").replace("<br>", " ")
            sheet.put(words, sheet.x(_column(sheet, place)), foot, SMALL, "center")

    def _stage(
        self,
        sheet: Sheet,
        stage: FunnelStage,
        name: str,
        across: tuple[float, float, float],
        down: tuple[float, float],
    ) -> None:
        """One line. `across`: where bars begin, points a woman, the longest bar; `down`: its top and height."""
        (first, each, whole), (y, step), text = across, down, self.text
        thick, foot = step * _THICK, y + step / 2 + 3.0
        top = y + (step - thick) / 2
        sheet.put(name, sheet.x(0), foot, NAME)
        sheet.block(sheet.left(first, whole), top, whole, thick, TRACK)
        u = first
        for evidence, fill in EVIDENCE:
            wide = getattr(stage, evidence) * each
            sheet.area(sheet.left(u, wide), top, wide, thick, fill)
            u += wide
        sheet.put(text.number(stage.reached), sheet.x(u + 4), foot, COUNT)
        cells = (text.percent(stage.of_first), text.percent(stage.of_previous), text.number(stage.now))
        for place, cell in enumerate(cells):
            sheet.put(cell, sheet.x(_column(sheet, place)), foot, NAME if COLUMNS[place] == "now" else CELL, "center")


def _column(sheet: Sheet, place: int) -> float:
    return sheet.width - COLUMN * (len(COLUMNS) - place - 0.5)
