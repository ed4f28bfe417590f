"""The demo's spreadsheet as staff would hand it over: title block, mixed headers, sections, a mess on purpose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from connectors.base import Merge
from connectors.demo_mess import MESS
from connectors.demo_people import Person, Value, demo_people
from dashboard.roster import Cell

SEED = 135
TITLE = "المستفيدات"
_EPOCH = date(1899, 12, 30)

# Header -> field of dashboard.schema, or what fills a column that must never be read.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("ر.ت", "*{n}"),
    ("الرمز", "key"),
    ("الاسم الكامل", "*اسم {n:03d}"),
    ("رقم البطاقة الوطنية", "*CIN-{n:03d}"),
    ("Date de naissance", "birth_date"),
    ("الهاتف", "*هاتف {n:03d}"),
    ("المقاطعة", "district"),
    ("Niveau scolaire", "education"),
    ("معيار الهشاشة", "vulnerability"),
    ("الفوج", "cohort"),
    ("الشعبة", "track"),
    ("Premier contact", "contact_date"),
    ("تاريخ الانتقاء", "selection_date"),
    ("Date d’inscription", "enrol_date"),
    ("تاريخ بداية التكوين", "start_date"),
    ("Début formation professionnelle", "vocational_start"),
    ("بداية التدريب الميداني", "internship_start"),
    ("Fin prévue", "planned_end"),
    ("تاريخ نهاية التكوين", "completion_date"),
    ("الشهادة", "certificate"),
    ("Date du certificat", "certificate_date"),
    ("الوضعية الحالية", "status"),
    ("تاريخ الإدماج", "first_work_date"),
    ("المشغل", "*مؤسسة {n:03d}"),
    ("Type de contrat", "work_kind"),
    ("الأجرة الشهرية", "wage"),
    ("Heures par semaine", "weekly_hours"),
    ("تتبع 3 أشهر", "check_3"),
    ("تتبع 6 أشهر", "check_6"),
    ("تتبع 12 شهر", "check_12"),
    ("Dernier contact", "last_contact"),
    ("تاريخ الانقطاع", "exit_date"),
    ("Motif d’abandon", "exit_reason"),
    ("تقييم قبلي", "pre_score"),
    ("تقييم بعدي", "post_score"),
    ("الرضا", "satisfaction"),
    ("ملاحظات", "*ملاحظة {n:03d}"),
)
HEADER_ROW = 4
PLACE = {field: index for index, (_, field) in enumerate(COLUMNS)}
_SECTIONS = {1: "الفوج الأول", 64: "الفوج الثاني", 129: "الفوج الثالث"}  # before the woman of this number
_BLANK_BEFORE = (46, 129)
_MERGED = range(161, 174)  # women who share one merged cohort cell
_TWICE = 100  # this woman was typed in twice
_AGAIN = ("birth_date", "cohort", "track", "start_date", "status")  # what was filled in the second time

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet as a source sees it; rows count from 1."""

    title: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row about a woman: her number (0 if nobody gave her a code) and what is typed, by field of dashboard.schema.

    `new` files stand on top until she is put in an intake; `again` is a second row of the same woman.
    """

    number: int
    cells: Mapping[str, Cell]
    new: bool = False
    again: bool = False


NAMELESS = Line(0, {"district": "الألفة", "status": "أول اتصال"}, new=True)


def demo_grid(today: date, seed: int = SEED) -> tuple[Worksheet, ...]:
    """The demo workbook: the roster, and a list that is no roster. The same women for every `today`."""
    people = demo_people(today, seed)
    lines = [line for person in people for line in lines_of(person.number, typed_cells(person, today))]
    return laid_out([*lines, NAMELESS])


def typed_cells(person: Person, today: date) -> dict[str, Cell]:
    """A woman's cells as staff left them, by field: dates as serial numbers, spoilt where MESS says so."""
    cells: dict[str, Cell] = {field: _clean(value) for field, value in person.cells.items()}
    cells["key"] = person.code
    spoilt = {field: spoil(person.cells, field, today) for field, spoil in MESS.get(person.number, {}).items()}
    return cells | spoilt


def lines_of(number: int, cells: Mapping[str, Cell]) -> Iterator[Line]:
    """Her row, and for one woman a second one."""
    yield Line(number, cells, new="cohort" not in cells)
    if number == _TWICE:
        yield second_line(number, cells)


def second_line(number: int, cells: Mapping[str, Cell]) -> Line:
    """Her row again, her code typed carelessly and only the first columns filled in."""
    kept = {field: cells[field] for field in _AGAIN if field in cells}
    careless = f" {str(cells['key']).lower()}\u00a0"
    return Line(number, kept | {"key": careless}, new="cohort" not in cells, again=True)


def laid_out(lines: Sequence[Line]) -> tuple[Worksheet, ...]:
    """The workbook with these rows, new files on top and then intake by intake."""
    rows = [*_title_block(), tuple(header for header, _ in COLUMNS)]
    merged: list[int] = []
    for number, row in _body(lines):
        rows.append(row)
        if number in _MERGED:
            merged.append(len(rows))
    cohort = PLACE["cohort"] + 1
    merges: tuple[Merge, ...] = (Merge(1, 1, 1, 8),)
    if len(merged) > 1:
        merges += (Merge(merged[0], merged[-1], cohort, cohort),)
    return Worksheet(TITLE, tuple(rows), merges), _lists()


def serial(day: date) -> int:
    """A day as spreadsheets store it: 1 is 1899-12-31."""
    return (day - _EPOCH).days


def _title_block() -> tuple[Row, ...]:
    return (
        _row({0: "إشعاع – ÉCLAT : تتبع المستفيدات"}),
        _row({0: "معطيات مصطنعة للتجربة – Données fictives", 8: "Démo"}),
        _row({}),
    )


def _body(lines: Sequence[Line]) -> Iterator[tuple[int, Row]]:
    """The rows below the header, each with the number of its woman or 0."""
    for line in lines:
        if line.new:
            yield line.number, _woman(line)
    above = merged = 0  # number of the woman above, and whether the merged cell has begun
    for line in lines:
        if line.new:
            continue
        for row in _between(above, line.number):
            yield 0, row
        yield line.number, _woman(line, covered=bool(merged) and line.number in _MERGED)
        above, merged = line.number, merged or line.number in _MERGED
    women = {line.number for line in lines} - {0}
    yield 0, _row({PLACE["key"]: "المجموع", PLACE["status"]: len(women)})


def _between(above: int, number: int) -> Iterator[Row]:
    """The blank rows and section rows between two women."""
    for first in range(above + 1, number + 1):
        if first in _BLANK_BEFORE:
            yield _row({})
        if first in _SECTIONS:
            yield _row({PLACE["key"]: _SECTIONS[first]})


def _woman(line: Line, covered: bool = False) -> Row:
    """Her row; `covered` by a merged cohort cell. A row without a code has nothing in the personal columns either."""
    cells = {**line.cells, "cohort": None} if covered else line.cells
    return tuple(_content(content, line.number, cells) for _, content in COLUMNS)


def _content(content: str, number: int, cells: Mapping[str, Cell]) -> Cell:
    if content.startswith("*"):
        return content[1:].format(n=number) if number else None
    return cells.get(content)


def _clean(value: Value) -> Cell:
    return serial(value) if isinstance(value, date) else value


def _row(cells: dict[int, Cell]) -> Row:
    return tuple(cells.get(index) for index in range(len(COLUMNS)))


def _lists() -> Worksheet:
    """The worksheet behind the drop-down lists; it must not be taken for a roster."""
    return Worksheet("لوائح", (("الشعبة", "الوضعية الحالية"), ("AVS", "مدمجة"), ("Aide-soignante", "منقطعة")))
