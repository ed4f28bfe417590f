"""The demo's spreadsheet as staff would hand it over: title block, mixed headers, sections, a mess on purpose."""

from collections.abc import Iterator
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
_PLACE = {field: index for index, (_, field) in enumerate(COLUMNS)}
_SECTIONS = {1: "الفوج الأول", 64: "الفوج الثاني", 129: "الفوج الثالث"}  # before the woman of this number
_BLANK_BEFORE = (46, 129)
_MERGED = range(161, 174)  # women who share one merged cohort cell
_TWICE = 100  # this woman was typed in twice

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet as a source sees it; rows count from 1."""

    title: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()


def demo_grid(today: date, seed: int = SEED) -> tuple[Worksheet, ...]:
    """The demo workbook: the roster, and a list that is no roster. The same women for every `today`."""
    rows = [*_title_block(), tuple(header for header, _ in COLUMNS)]
    merged: list[int] = []
    for number, row in _body(demo_people(today, seed), today):
        rows.append(row)
        if number in _MERGED:
            merged.append(len(rows))
    cohort = _PLACE["cohort"] + 1
    merges = (Merge(1, 1, 1, 8), Merge(merged[0], merged[-1], cohort, cohort))
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


def _body(people: tuple[Person, ...], today: date) -> Iterator[tuple[int | None, Row]]:
    """The rows below the header, each with the number of its woman: new files on top, then intake by intake."""
    new = [person for person in people if "cohort" not in person.cells]
    for person in new:
        yield person.number, _woman(person, today)
    yield None, _row({_PLACE["district"]: "الألفة", _PLACE["status"]: "أول اتصال"})  # nobody gave her a code
    for person in people[: len(people) - len(new)]:
        if person.number in _BLANK_BEFORE:
            yield None, _row({})
        if person.number in _SECTIONS:
            yield None, _row({_PLACE["key"]: _SECTIONS[person.number]})
        yield person.number, _woman(person, today)
        if person.number == _TWICE:
            yield None, _second_time(person, today)
    yield None, _row({_PLACE["key"]: "المجموع", _PLACE["status"]: len(people)})


def _woman(person: Person, today: date) -> Row:
    cells: dict[str, Cell] = {field: _clean(value) for field, value in person.cells.items()}
    cells["key"] = person.code
    if person.number in _MERGED[1:]:
        cells["cohort"] = None
    for field, spoil in MESS.get(person.number, {}).items():
        cells[field] = spoil(person.cells, field, today)
    return tuple(
        content[1:].format(n=person.number) if content.startswith("*") else cells.get(content) for _, content in COLUMNS
    )


def _second_time(person: Person, today: date) -> Row:
    """Her row again, her code typed carelessly and only the first columns filled in."""
    kept = {field: person.cells[field] for field in ("birth_date", "cohort", "track", "start_date", "status")}
    row = list(_woman(Person(person.number, kept), today))
    row[_PLACE["key"]] = f" {person.code.lower()}\u00a0"
    return tuple(row)


def _clean(value: Value) -> Cell:
    return serial(value) if isinstance(value, date) else value


def _row(cells: dict[int, Cell]) -> Row:
    return tuple(cells.get(index) for index in range(len(COLUMNS)))


def _lists() -> Worksheet:
    """The worksheet behind the drop-down lists; it must not be taken for a roster."""
    return Worksheet("لوائح", (("الشعبة", "الوضعية الحالية"), ("AVS", "مدمجة"), ("Aide-soignante", "منقطعة")))
