"""Random messy worksheets: what a careless month of typing leaves behind."""

import random
from datetime import UTC, datetime

from raw_rosters import serial

from dashboard.roster import PARTIAL_KEY, Cell, RawColumn, RawSheet, RawTable, SourceInfo
from dashboard.schema import FIELDS, Kind

COMMON: tuple[Cell, ...] = (
    None,
    None,
    None,
    "",
    " ",
    "-",
    "/",
    "#REF!",
    "Loading...",
    "=A1+B1",
    "???",
    "Total",
    "المجموع",
    "الفوج الثاني",
    True,
    False,
    0,
    1,
    2.5,
    -3,
    1e12,
    float("nan"),
    float("inf"),
    "x",
    "نعم",
    "لا",
    "قيد الإنجاز",
    "\u200f",
    "a" * 300,
)
DATES: tuple[Cell, ...] = (
    serial("2025-01-06"),
    serial("2025-06-30"),
    serial("2025-07-01"),
    serial("2024-11-20"),
    serial("1999-05-03"),
    45616.5,
    "45616",
    "06/01/2025",
    "٠٦/٠١/٢٠٢٥",
    "۰۶/۰۱/۲۰۲۵",
    "20\u200f/11\u200f/2024",
    "6-1-25",
    "20 نونبر 2024",
    "20 xxxx 2024",
    "31/02/2025",
    "03/25/2025",
    "2025-03-05",
    "01/01/2030",
    "01/01/1890",
    "fin mars",
    "fin mars 2025",
    "بعد العيد",
    "2025",
    2025,
    "du 3/2/2025 au 5/6/2025",
    "06/01/2025 à revoir",
    " 06/01/2025",
    "05/03/1999",
    "3/2",
    "20/11/1985",
    "05/03/2012",
    "1990",
)
WORDS: dict[Kind, tuple[Cell, ...]] = {
    Kind.COHORT: ("فوج 1", "Promo 2", 2, "Promo 77", "فـوج 1"),
    Kind.TRACK: ("AS", "Petite enfance", "couture", "مربية اطفال"),
    Kind.DISTRICT: ("Anfa", "Oulfa", "Rabat", "أنفا"),
    Kind.CRITERIA: ("أرملة، مطلقة", "أرملة ومطلقة", "veuve, autre chose"),
    Kind.CATEGORY: ("Bac", "Maladie", "autre"),
    Kind.CERTIFICATE: ("oui", "non", "en cours", "01/07/2025", "peut-être"),
    Kind.STATUS: ("مُدمجة", "placed", "مدمجة - 3/5/2025", "En formation", "Abandon", "ربة بيت", "نَعم"),
    Kind.WORK_KIND: ("CDI", "auto-emploi", "autre", "CDI (ANAPEC)"),
    Kind.CHECK: ("oui", "non", "même employeur", "en cours", "oui (depuis peu)"),
    Kind.NUMBER: (25, 3000, "3 500,00 DH", "3.500", "٣٥٠٠", "4,5", 99999, "beaucoup"),
}


def _cell(kind: Kind, rng: random.Random) -> Cell:
    if kind is Kind.KEY:
        return rng.choice([None, "-", "#N/A", PARTIAL_KEY, "Total", "الفوج الأول", *[f"W{rng.randrange(8)}"] * 11])
    own = DATES if kind is Kind.DATE else WORDS[kind]
    return rng.choice(COMMON) if rng.random() < 0.3 else rng.choice(own)


def _column(kind: Kind, header: str, size: int, rng: random.Random) -> list[Cell]:
    cells = [_cell(kind, rng) for _ in range(size)]
    if size > 3 and rng.random() < 0.5:
        cells[2] = header  # a header typed again below
        cells[3] = None  # and perhaps a blank row
    return cells


def messy_sheet(rng: random.Random, title: str) -> RawSheet:
    """A worksheet with some of the fields, in any order, of ragged columns."""
    fields = rng.sample(FIELDS, rng.randrange(1, len(FIELDS)))
    columns = tuple(
        RawColumn(field.id, field.id, f"C{number}", _column(field.kind, field.id, rng.randrange(12), rng))
        for number, field in enumerate(fields)
    )
    merges = tuple((f"C{rng.randrange(32)}", first, first + rng.randrange(4)) for first in (3, 5, 40))
    first_row = rng.randrange(2, 5)
    coloured = tuple(column.letter for column in columns if column.field == "status")
    return RawSheet(title, first_row - 1, first_row, columns, 1, merges, rng.randrange(2), coloured)


def messy_table(rng: random.Random) -> RawTable:
    """One to three messy worksheets."""
    info = SourceInfo(
        "file", "messy.xlsx", datetime(2026, 11, 23, tzinfo=UTC), locale=rng.choice([None, "en_US", "fr_FR"])
    )
    titles = ("المستفيدات", "Promo 2", "it's")[: rng.randrange(1, 4)]
    return RawTable(info, tuple(messy_sheet(rng, title) for title in titles))
