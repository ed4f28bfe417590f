"""One page that is never two: the fullest of several ways to say it that the paper holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.paper.blocks import GAP, Block, Whole, draw_page
from layouts.paper.sheet import Sheet


@dataclass(frozen=True)
class Fitted(Whole):
    """`ways`: blocks of a whole page, the fullest first. Where even the last is too high, its lines stand closer."""

    ways: tuple[tuple[Block, ...], ...]

    def height(self, sheet: Sheet) -> float:
        """It fills its page."""
        return sheet.room

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        draw_page(next((way for way in self.ways if _tall(way, sheet) <= sheet.room), self.ways[-1]), sheet)


def _tall(blocks: Sequence[Block], sheet: Sheet) -> float:
    return sum(block.height(sheet) for block in blocks) + GAP * (len(blocks) - 1)
