"""Small rosters the connector tests share. C-… marks values of unmapped columns: canaries that must never travel."""

from datetime import UTC, date, datetime

from sheets_grid import Value

from dashboard.roster import Cell, RawTable

NAME, CIN, PHONE = "C-NAME", "C-CIN", "C-PHONE"
CANARIES = (NAME, CIN, PHONE)
# Mapped columns: A, D, E, F, H. Unmapped: B name, C ID card, G phone.
HEADER: list[Value] = [
    "الرمز", "الاسم الكامل", "رقم البطاقة الوطنية", "الفوج",
    "تاريخ بداية التكوين", "تاريخ نهاية التكوين", "الهاتف", "تاريخ الإدماج",
]  # fmt: skip


def woman(code: str, hired: Value = None, cohort: str = "فوج 1") -> list[Value]:
    return [
        code,
        f"{NAME} {code}",
        f"{CIN} {code}",
        cohort,
        date(2025, 11, 3),
        date(2026, 5, 29),
        f"{PHONE} {code}",
        hired,
    ]


WOMEN = [woman("P-001", date(2026, 6, 1)), woman("P-002", "20 نونبر 2026"), woman("P-003")]
TITLE_BLOCK: list[list[Value]] = [["برنامج إشعاع"], [], ["لائحة المستفيدات", None, "2026"]]
SECRET = b"a secret of the tests only"
TITLE = "المستفيدات"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def column(table: RawTable, field: str, sheet: int = 0) -> list[Cell]:
    """The values of a field in the sheet of an index."""
    return next(column.values for column in table.sheets[sheet].columns if column.field == field)
