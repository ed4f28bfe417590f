"""What a page is made of, from top to bottom, and how blocks are laid on pages."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.palette import INK, MUTED
from dashboard.text import Text
from layouts.paper.lines import Style
from layouts.paper.meta import Meta
from layouts.paper.sheet import FOOT, SIDE, TALL, TOP, WIDE, Sheet

GAP = 7.0  # between blocks, at least
MOST_GAP = 20.0
DENSITIES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82)  # of the lines; the letters keep their size
_FOOT = Style(8, colour=MUTED)


class Block(Protocol):
    """A part of a page as wide as the sheet."""

    def height(self, sheet: Sheet) -> float:
        """What it takes; at least that much where it can stretch."""
        ...

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """Draw it under `y`, in the height that it was given."""
        ...

    def most(self, sheet: Sheet) -> float:
        """How high it can stretch; its height where it cannot."""
        ...

    def split(self, sheet: Sheet, room: float) -> tuple["Block", "Block | None"] | None:
        """A part that fits the room, and the rest; None where it stays whole."""
        ...


class Whole:
    """What most blocks are: neither stretched nor split."""

    def height(self, sheet: Sheet) -> float:
        """What it takes."""
        raise NotImplementedError

    def most(self, sheet: Sheet) -> float:
        """It does not stretch."""
        return self.height(sheet)

    def split(self, sheet: Sheet, room: float) -> tuple[Block, Block | None] | None:
        """It stays whole."""
        return None


@dataclass(frozen=True)
class Page:
    """Blocks that stand on a page of their own: what can stretch fills it, and what is left goes between them."""

    blocks: tuple[Block, ...]


Content = Block | Page


def pages(content: Sequence[Content], sheet: Sheet) -> list[tuple[Block, ...]]:
    """The blocks of each page. What is too high even for an empty page stands on one by itself."""
    laid: list[tuple[Block, ...]] = []
    flowing: list[Block] = []
    for item in content:
        if isinstance(item, Page):
            laid += [*_flow(flowing, sheet), item.blocks]
            flowing = []
        else:
            flowing.append(item)
    return [*laid, *_flow(flowing, sheet)]


def _flow(blocks: Sequence[Block], sheet: Sheet) -> list[tuple[Block, ...]]:
    laid: list[list[Block]] = []
    waiting, used = deque(blocks), math.inf  # the first block begins a page
    while waiting:
        block = waiting.popleft()
        height = block.height(sheet)
        parts = block.split(sheet, sheet.room - used) if height > sheet.room - used else (block, None)
        if parts is None and used > 0:
            laid.append([])
            waiting.appendleft(block)
            used = 0.0
            continue
        placed, rest = parts or (block, None)
        laid[-1].append(placed)
        used += placed.height(sheet) + GAP
        if rest is not None:
            waiting.appendleft(rest)
            used = sheet.room
    return [tuple(page) for page in laid]


def draw_page(blocks: Sequence[Block], sheet: Sheet) -> None:
    """Draw one page: stretch what can be stretched, then the gaps; where it is too full, set its lines closer."""
    for sheet.density in DENSITIES:
        heights = [block.height(sheet) for block in blocks]
        if sum(heights) + GAP * (len(blocks) - 1) <= sheet.room:
            break
    free = sheet.room - sum(heights) - GAP * (len(blocks) - 1)
    for place, block in enumerate(blocks):
        more = min(max(free, 0.0), block.most(sheet) - heights[place])
        heights[place] += more
        free -= more
    gap = GAP + min(max(free, 0.0) / max(len(blocks) - 1, 1), MOST_GAP - GAP)
    y = TOP
    for block, height in zip(blocks, heights, strict=True):
        block.draw(sheet, y, height)
        y += height + gap
    sheet.density = 1.0


def draw_foot(sheet: Sheet, meta: Meta, text: Text, number: int, of: int) -> None:
    """What every page says at its foot: what the numbers are about, from which data, and which page this is."""
    y = TALL - FOOT + 16
    sheet.line(SIDE, y - 10, WIDE - SIDE, y - 10, INK, 0.6)
    page = text("paper.page", n=text.number(number), m=text.number(of))
    wide = sheet.put(page, sheet.x(sheet.width), y + 2, _FOOT, "end")
    words = " · ".join(part for part in meta.foot if part)
    lines = sheet.lines(words, sheet.width - wide - 18, _FOOT)
    for place, line in enumerate(lines[:2]):
        sheet.put(line, sheet.x(0), y + 2 + place * sheet.leading(8), _FOOT)
