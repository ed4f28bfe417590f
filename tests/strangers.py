"""A stranger's roster: no header that the programme knows, personal columns in between, 20 women. No one exists."""

from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from sheets_grid import Value

NAME, CIN, PHONE = "C-NAME", "C-CIN", "C-PHONE"
CANARIES = (NAME, CIN, PHONE)
TITLE = "Base"
HEADER: list[Value] = [
    "Matr.", "Nom de famille", "Numéro CIN", "Portable", "Entrée le", "Sortie de formation le", "Travaille depuis",
    "Observations",
]  # fmt: skip
FIELDS = {
    "Matr.": "key",
    "Entrée le": "start_date",
    "Sortie de formation le": "completion_date",
    "Travaille depuis": "first_work_date",
}
PERSONAL = [header for header in HEADER if header not in FIELDS]
WOMEN = 20
# Every third has no job. The others' first day is 10 to 29 days after completing: within 90 days, all windows closed.
INSERTED = 13


def row(number: int) -> list[Value]:
    completed = date(2026, 5, 29)
    hired = completed + timedelta(days=10 + number) if number % 3 else None
    who = [f"X-{number:03d}", f"{NAME} {number}", f"{CIN} {number}", f"{PHONE} {number}"]
    return [*who, date(2026, 1, 5), completed, hired, "..."]


def rows() -> list[list[Value]]:
    """A title block, the header in row 3, the women below."""
    return [["Association — suivi 2026"], [], HEADER, *(row(number) for number in range(WOMEN))]


def workbook(path: Path) -> Path:
    """The roster as XLSX, behind a worksheet that holds none."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    book.add_worksheet("Lisez-moi").write(0, 0, "Suivi du projet")
    sheet = book.add_worksheet(TITLE)
    for at, cells in enumerate(rows()):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_number(at, column, (cell - date(1899, 12, 30)).days, day)
            elif cell is not None:
                sheet.write(at, column, cell)
    book.close()
    return path
