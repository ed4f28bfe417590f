"""The demo's workbook on any day of the past, mistakes and all."""

from collections.abc import Iterator, Sequence
from datetime import date

from connectors.demo_diary import Diary, diaries, standing
from connectors.demo_grid import NAMELESS, Line, Worksheet, laid_out, lines_of, second_line
from connectors.demo_notes import demo_notes
from connectors.demo_slips import HELD_ROWS, MISSING, NAMELESS_SINCE, TWICE, Spell, slipped, uncoded


class Past:
    """The workbook of the demo that is anchored on a day, on that day and on all before it."""

    def __init__(self, anchor: date) -> None:
        self.anchor = anchor
        self._diaries = diaries(anchor)

    def grid(self, day: date) -> tuple[Worksheet, ...]:
        """The workbook at the end of a day. On the anchor it is `demo_book(anchor)`, cell for cell."""
        return *laid_out(tuple(self._lines(day))), demo_notes(self.anchor, day)

    def filtered(self, day: date) -> tuple[Worksheet, ...]:
        """The workbook with a filter left on: what is read then lacks most of the rows."""
        roster, *others = self.grid(day)
        return Worksheet(roster.title, roster.rows[:HELD_ROWS], roster.merges[:1]), *others

    def _lines(self, day: date) -> Iterator[Line]:
        ago = (self.anchor - day).days
        for number, written in self._diaries.items():
            yield from self._rows(number, written, day, ago)
        yield from uncoded(ago)
        if ago <= NAMELESS_SINCE:
            yield NAMELESS

    def _rows(self, number: int, written: Diary, day: date, ago: int) -> Iterator[Line]:
        cells = slipped(number, standing(written, day), ago, self.anchor)
        if not cells or _is(number, MISSING, ago):
            return
        yield from lines_of(number, cells)
        if _is(number, TWICE, ago):
            yield second_line(number, cells)


def _is(number: int, spells: Sequence[Spell], ago: int) -> bool:
    return any(spell.number == number and spell.stands(ago) for spell in spells)
