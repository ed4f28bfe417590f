"""The path of a release as bars on paper. What is hidden is hatched over the whole width: nothing can be measured."""

from dataclasses import dataclass

from dashboard.palette import MUTED, TEAL, TRACK, Fill
from layouts.paper.blocks import Whole
from layouts.paper.lines import Style
from layouts.paper.sheet import Sheet
from layouts.paper.titled import Titled

NAME, COUNT, WORDS = Style(8.5), Style(9, bold=True), Style(8, colour=MUTED)
STEP, THICK = 14.0, 8.5
HIDDEN = Fill("#C3C9CC", edge="#C3C9CC", pattern="/", ground="#FFFFFF")


@dataclass(frozen=True)
class PathBar:
    """A stage: its name, its number in words, and the part of the longest bar; None: not shown."""

    name: str
    words: str
    part: float | None


@dataclass(frozen=True)
class PathBars(Whole):
    """A line a stage."""

    titled: Titled
    bars: tuple[PathBar, ...]

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        return self.titled.height(sheet, sheet.width) + STEP * len(self.bars)

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        y = self.titled.draw(sheet, 0, y, sheet.width)
        first = max((sheet.measure(bar.name, NAME) for bar in self.bars), default=0) + 10
        last = max((sheet.measure(bar.words, COUNT) for bar in self.bars), default=0) + 8
        whole = max(sheet.width - first - last, 60.0)
        for bar in self.bars:
            self._bar(sheet, bar, (first, whole), y)
            y += STEP

    def _bar(self, sheet: Sheet, bar: PathBar, across: tuple[float, float], y: float) -> None:
        (first, whole), foot, top = across, y + STEP / 2 + 3.0, y + (STEP - THICK) / 2
        sheet.put(bar.name, sheet.x(0), foot, NAME)
        if bar.part is None:
            sheet.area(sheet.left(first, whole), top, whole, THICK, HIDDEN)
        else:
            sheet.block(sheet.left(first, whole), top, whole, THICK, TRACK)
            sheet.block(sheet.left(first, whole * bar.part), top, whole * bar.part, THICK, TEAL)
        sheet.put(bar.words, sheet.x(first + whole + 6), foot, WORDS if bar.part is None else COUNT)
