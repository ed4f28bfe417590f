"""What staff of the demo got wrong in the last half year, and when they put it right: the script of restatements.

All days are counted back from the day the demo is anchored on. A slip stands from its first day on and stands no more
on the day it was mended, so every one of them is in some version of the history and out of the newest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from connectors.demo_grid import Line, serial
from dashboard.roster import Cell


@dataclass(frozen=True, slots=True)
class Ago:
    """A day so many days before the anchor: a date cell, or a text in this form of strftime."""

    days: int
    form: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What stood in a woman's cells instead; None where nothing was typed yet."""

    number: int
    since: int
    mended: int
    cells: Mapping[str, Cell | Ago]

    def stands(self, ago: int) -> bool:
        """Whether it is in the sheet so many days before the anchor."""
        return self.mended < ago <= self.since


@dataclass(frozen=True, slots=True)
class Spell:
    """A row that is there twice, or is missing, or has no code, for a while."""

    number: int
    since: int
    mended: int

    def stands(self, ago: int) -> bool:
        """Whether it is so, so many days before the anchor."""
        return self.mended < ago <= self.since


_NOT_PLACED: Mapping[str, Cell | Ago] = {"first_work_date": None, "work_kind": None, "weekly_hours": None, "wage": None}

# Figures that moved later. Each is known to staff as a mistake of theirs, not as news about a woman.
RESTATED: tuple[Slip, ...] = (
    # End of training typed one month early, weeks before anyone noticed; she seemed to have needed 92 days.
    Slip(79, 120, 40, {"completion_date": Ago(158)}),
    Slip(99, 58, 3, {"completion_date": Ago(88)}),
    # "In work" without a day, and the day added weeks later.
    Slip(83, 117, 75, {"first_work_date": None}),
    # At work for three months before anyone told the office.
    Slip(85, 78, 2, {**_NOT_PLACED, "status": "En recherche"}),
    # A first day of work typed two lines too low, and put where it belongs.
    Slip(103, 17, 1, {**_NOT_PLACED, "status": "En recherche"}),
    Slip(105, 17, 1, {"first_work_date": Ago(26), "work_kind": "CDI", "status": "تشتغل"}),
    # Training was to end two weeks earlier.
    Slip(140, 116, 58, {"planned_end": Ago(-41)}),
    Slip(141, 115, 58, {"planned_end": Ago(-41)}),
    Slip(142, 118, 58, {"planned_end": Ago(-41)}),
    Slip(143, 117, 58, {"planned_end": Ago(-41)}),
)

# Cells that could not be read until someone mended them.
MENDED: tuple[Slip, ...] = (
    Slip(133, 192, 141, {"district": "حي النصر"}),
    Slip(131, 131, 120, {"enrol_date": Ago(135, "31/02/%Y")}),
    Slip(136, 178, 113, {"track": "طبخ"}),
    Slip(145, 132, 92, {"district": "قرب المحطة"}),
    Slip(152, 73, 57, {"pre_score": "دون"}),
    Slip(149, 92, 64, {"enrol_date": Ago(96, "30/02/%Y")}),
    Slip(96, 44, 36, {"wage": "#REF!"}),
    Slip(160, 60, 29, {"status": "مؤجلة"}),
    Slip(94, 24, 15, {"work_kind": "شي حاجة"}),
    Slip(163, 14, 8, {"pre_score": "360"}),
    # The last week's.
    Slip(170, 71, 5, {"track": "حلاقة"}),
    Slip(140, 166, 4, {"district": "حي الأمل"}),
    Slip(159, 12, 3, {"status": "دابا نشوفو"}),
    Slip(157, 77, 2, {"pre_score": "512"}),
    Slip(107, 31, 4, {"certificate": "ماعرفتش"}),
    Slip(138, 194, 3, {"contact_date": Ago(194, "31/02/%Y")}),
    Slip(155, 125, 3, {"education": "شي شوية"}),
    Slip(164, 80, 1, {"vulnerability": "حالة أخرى"}),
    Slip(153, 100, 2, {"enrol_date": Ago(100, "31/02/%Y")}),
    Slip(171, 10, 2, {"last_contact": Ago(-30, "%d/%m/%Y")}),
    Slip(97, 23, 1, {"wage": "#N/A"}),
)

TWICE = (Spell(72, 70, 40), Spell(207, 10, 4))  # typed in a second time, and one of the two rows taken out
MISSING = (Spell(80, 33, 26),)  # deleted by mistake, and put back
UNCODED = (Spell(0, 12, 3), Spell(0, 54, 33))  # files begun without a code
NAMELESS_SINCE = 20  # the file that has no code to this day

HELD = 45  # on this day a filter was left on and most rows were gone for an hour
HELD_ROWS = 80  # that were left, with the rows above the table


def slipped(number: int, cells: Mapping[str, Cell], ago: int, anchor: date) -> dict[str, Cell]:
    """A woman's cells as they stood so many days before the anchor, mistakes and all."""
    found = dict(cells)
    for slip in (*RESTATED, *MENDED):
        if slip.number == number and slip.stands(ago) and found:
            found |= {field: _said(said, anchor) for field, said in slip.cells.items()}
    return {field: cell for field, cell in found.items() if cell is not None}


def uncoded(ago: int) -> Iterator[Line]:
    """The rows of files without a code that were there for a while."""
    for spell in UNCODED:
        if spell.stands(ago):
            yield Line(0, {"district": "سيدي مومن", "status": "ملف قيد الدراسة"}, new=True)


def _said(said: Cell | Ago, anchor: date) -> Cell:
    if not isinstance(said, Ago):
        return said
    day = anchor - timedelta(days=said.days)
    return format(day, said.form) if said.form else serial(day)
