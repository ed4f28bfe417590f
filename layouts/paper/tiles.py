"""The key indicators, four in a row, with everything that their tiles on the page say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.palette import INK, MUTED, TEAL, TRACK
from dashboard.text import Text
from layouts.components import State
from layouts.paper.blocks import Whole
from layouts.paper.lines import Style
from layouts.paper.sheet import Sheet
from layouts.tile import Tile

IN_A_ROW, BETWEEN = 4, 14.0
LABEL, VALUE, FIRST = Style(8, bold=True, colour=MUTED), Style(18, bold=True), Style(18, bold=True, colour=TEAL)
UNIT, OF, DETAIL = Style(10, bold=True), Style(8), Style(8, colour=MUTED)
COLOURS: dict[State, str] = {
    "on_track": TEAL,
    "attention": "#8F6510",
    "off_track": "#A9583F",
    "too_early": MUTED,
    "no_target": MUTED,
}
BAR = "#7FAFB3"  # an interval
_ICON = 5.0


@dataclass(frozen=True)
class Tiles(Whole):
    """Tiles in rows between thin rules."""

    tiles: tuple[Tile, ...]
    text: Text

    def _rows(self) -> Iterator[Sequence[Tile]]:
        for first in range(0, len(self.tiles), IN_A_ROW):
            yield self.tiles[first : first + IN_A_ROW]

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        return sum(self._tall(row, sheet) for row in self._rows())

    def _tall(self, row: Sequence[Tile], sheet: Sheet) -> float:
        return max(_draw(tile, 0, 0, sheet, self.text, put=False) for tile in row) + 7

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        wide = _wide(sheet)
        for row in self._rows():
            sheet.rule(y)
            for place, tile in enumerate(row):
                _draw(tile, place * (wide + BETWEEN), y + 4, sheet, self.text, put=True)
            y += self._tall(row, sheet)
        sheet.rule(y)


def _wide(sheet: Sheet) -> float:
    return (sheet.width - BETWEEN * (IN_A_ROW - 1)) / IN_A_ROW


def _draw(tile: Tile, u: float, y: float, sheet: Sheet, text: Text, *, put: bool) -> float:
    """Draw a tile, or only see how high it is. Returns where it ends."""
    wide = _wide(sheet)

    def say(words: str, at: float, style: Style) -> float:
        return sheet.paragraph(words, u, at, wide, style) if put else at + sheet.tall(words, wide, style)

    y = say(tile.label, y, LABEL)
    y = _value(tile, u, y, sheet, put)
    y = say(tile.out_of, y, OF)
    if tile.bar:
        y = _bar(tile, u, y + 3, wide, sheet, put)
    for detail in (*tile.details, tile.change):
        y = say(detail, y, DETAIL) if detail else y
    return _state(tile, u, y, sheet, text, put)


def _value(tile: Tile, u: float, y: float, sheet: Sheet, put: bool) -> float:
    style = FIRST if tile.id == "insertion_90" else VALUE
    if not tile.unit and sheet.measure(tile.value, style) > _wide(sheet):  # words in place of a number
        words = replace(UNIT, colour=style.colour)
        tall = sheet.tall(tile.value, _wide(sheet), words)
        return (sheet.paragraph(tile.value, u, y + 2, _wide(sheet), words) if put else y + 2 + tall) + 2
    if put:
        foot = y + 18
        used = sheet.put(tile.value, sheet.x(u), foot, style)
        if tile.unit:
            sheet.put(tile.unit, sheet.x(u + used + 4), foot, UNIT)
    return y + 22


def _bar(tile: Tile, u: float, y: float, wide: float, sheet: Sheet, put: bool) -> float:
    """The value on its way to the target, or in its interval with the declared reference beside it."""
    places = {name: float(place.rstrip("%")) / 100 * wide for name, place in tile.bar.items()}
    if put:
        sheet.block(sheet.left(u, wide), y + 1.5, wide, 3, TRACK)
        if "part" in places:
            sheet.block(sheet.left(u, places["part"]), y + 1, places["part"], 4, TEAL)
        if "low" in places:
            between = places["high"] - places["low"]
            sheet.block(sheet.left(u + places["low"], between), y + 1.5, between, 3, BAR)
        if "at" in places:
            sheet.dot(sheet.x(u + places["at"]), y + 3, 3.1, TEAL)
        if "mark" in places:
            mark = sheet.x(u + places["mark"])
            sheet.dotted(mark, y - 1.5, mark, y + 7.5, INK)
    return y + 8


def _state(tile: Tile, u: float, y: float, sheet: Sheet, text: Text, put: bool) -> float:
    """The state as icon and word; nothing where there is no target to judge by."""
    if tile.state == "no_target":
        return y
    style = Style(8, bold=True, colour=COLOURS[tile.state])
    if put:
        foot = y + sheet.foot_of(8)
        sheet.state(tile.state, sheet.x(u + _ICON / 2), foot - 2.8, _ICON, style.colour)
        sheet.put(text(f"state.{tile.state_words or tile.state}"), sheet.x(u + _ICON + 4), foot, style)
    return y + sheet.leading(8)
