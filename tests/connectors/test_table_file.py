"""Files come through the same door as a live sheet, and each bad one is refused with its own sentence."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from rosters import CANARIES, HEADER, NOW, SECRET, TITLE_BLOCK, WOMEN, column, woman
from sheets_grid import Value

from connectors.base import SourceError
from connectors.pseudonyms import Pseudonyms
from connectors.table_file import TableFile
from dashboard.programme import Programme
from dashboard.roster import RawTable

FRENCH = "Code;Nom complet;Promotion;Début de formation;Fin de formation;Date d'embauche;Salaire\n"


def read(path: Path, programme: Programme) -> RawTable:
    return TableFile(path, programme, SECRET, lambda: NOW).fetch()


def refused(path: Path, programme: Programme) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path, programme)
    return caught.value


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Value]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for index, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, index, datetime.combine(cell, time()), day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(row, index, cell, None, "#DIV/0!")
                    elif cell is not None:
                        sheet.write(row, index, cell)
    return path


def test_xlsx_gives_mapped_columns_with_serial_dates_and_nothing_else(programme: Programme, tmp_path: Path) -> None:
    path = workbook(tmp_path / "roster.xlsx", {"المستفيدات": [*TITLE_BLOCK, HEADER, *WOMEN]})
    table = read(path, programme)
    (sheet,) = table.sheets
    assert (sheet.title, sheet.header_row, sheet.first_row) == ("المستفيدات", 4, 5)
    assert [column.letter for column in sheet.columns] == ["A", "D", "E", "F", "H"]
    assert column(table, "key") == [Pseudonyms(SECRET, programme).of(f"P-00{n}") for n in (1, 2, 3)]
    # 45964 is 3 November 2025 and 46174 is 1 June 2026, counted from 45616 = 20 November 2024 (field reference 5.2)
    assert column(table, "start_date") == [45964.0] * 3
    assert column(table, "first_work_date") == [46174.0, "20 نونبر 2026", None]
    assert table.unread == ("الاسم الكامل", "رقم البطاقة الوطنية", "الهاتف")
    assert not any(canary in repr(table) for canary in (*CANARIES, "P-00"))
    assert (table.source.kind, table.source.label, table.source.fetched_at) == ("file", "roster.xlsx", NOW)


def test_failed_formulas_keep_their_error_text(programme: Programme, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"S": [HEADER, *WOMEN, woman("P-004", "=1/0"), woman("=1/0")]})
    table = read(path, programme)
    assert column(table, "first_work_date") == [46174.0, "20 نونبر 2026", None, "#DIV/0!", None]
    assert column(table, "key")[4] == "#DIV/0!"


def test_merged_cells_of_a_workbook_are_reported(programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("فوج 1")
        sheet.merge_range("B1:H1", "لائحة المستفيدات")
        for index, header in enumerate(HEADER):
            sheet.write(2, index + 1, header)
        sheet.write_column("B4", ["P-001", "P-002"])
        sheet.merge_range("E4:E5", "فوج 1")
    (found,) = read(path, programme).sheets
    assert (found.header_row, found.merges) == (3, (("E", 4, 5),))
    assert [column.letter for column in found.columns] == ["B", "E", "F", "G", "I"]
    assert found.columns[1].values == ["فوج 1", None]


def test_cohort_worksheets_keep_their_own_column_order(programme: Programme, tmp_path: Path) -> None:
    backwards = [list(reversed(row)) for row in (HEADER, woman("P-009", cohort="فوج 2"))]
    path = workbook(
        tmp_path / "r.xlsx", {"الحضور": [["x"]], "فوج 1": [HEADER, *WOMEN], "فوج 2": backwards, "فوج 3": []}
    )
    table = read(path, programme)
    assert [sheet.title for sheet in table.sheets] == ["فوج 1", "فوج 2"]
    assert column(table, "cohort", 1) == ["فوج 2"]
    assert table.sheets[1].columns[0].field == "first_work_date"


def test_one_bad_worksheet_among_good_ones_stops_the_reading(programme: Programme, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"فوج 1": [HEADER, *WOMEN], "فوج 2": [HEADER[:5]]})
    assert refused(path, programme).params["worksheet"] == "فوج 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_usual_encodings_and_delimiters(
    programme: Programme, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = io.StringIO()
    rows: list[list[Value]] = [
        ["لائحة المستفيدات"],
        HEADER,
        ["P-001", "x", "y", "فوج 1", "3/11/2025", "29/05/2026", "", "1,5; قريبا"],
    ]
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path = tmp_path / "roster.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    table = read(path, programme)
    assert column(table, "cohort") == ["فوج 1"]
    assert column(table, "first_work_date") == ["1,5; قريبا"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1256", "utf-8"])
def test_french_csv_with_accents_and_decimal_commas(programme: Programme, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes((FRENCH + "P-001;C-NAME;Promo 1;3/11/2025;29/05/2026;1/6/2026;3500,50\n").encode(encoding))
    table = read(path, programme)
    assert column(table, "wage") == ["3500,50"]
    assert [found.header for found in table.sheets[0].columns][2] == "Début de formation"
    assert table.unread == ("Nom complet",)


def test_a_csv_of_one_long_line_and_short_rows_is_padded(programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(FRENCH + "P-001\n\nP-002;C-NAME;Promo 1;;;;\n;;;;;;\n", encoding="utf-8")
    assert column(read(path, programme), "cohort") == [None, None, "Promo 1"]


def test_the_version_follows_the_content(programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(FRENCH, encoding="utf-8")
    source = TableFile(path, programme, SECRET)
    first, again = source.fetch(), source.fetch()
    assert first.sheets == again.sheets
    assert first.source.version == again.source.version
    assert first.source.fetched_at < again.source.fetched_at
    path.write_text(FRENCH + "P-001\n", encoding="utf-8")
    changed = source.fetch()
    assert changed.source.version != first.source.version
    assert len(column(changed, "key")) == 1


BAD_FILES = [
    ("missing.csv", None, "file_missing"),
    ("folder.csv", "folder", "file_unreadable"),
    ("large.csv", "large", "file_too_large"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_spreadsheet"),
    ("torn.csv", "\ufeffabc".encode("utf-16-le") + b"\x00", "encoding_unknown"),
    ("quote.csv", (FRENCH + 'P-001;"x;y\nP-002;z\n').encode(), "csv_broken"),
    ("text.xlsx", b"no workbook", "not_a_spreadsheet"),
    ("archive.xlsx", b"PK\x05\x06" + b"\0" * 18, "not_a_spreadsheet"),
    ("old.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_a_spreadsheet"),
    ("empty.csv", b"", "empty_sheet"),
    ("empty.xlsx", b"", "empty_sheet"),
    ("blank.csv", b"\n\n;;;\n", "empty_sheet"),
    ("letter.csv", b"Madame,\nveuillez trouver ci-joint\n", "no_header"),
    ("clash.csv", FRENCH.replace("Salaire", "Date d'insertion").encode(), "header_clash"),
    ("required.csv", FRENCH.replace("Fin de formation", "Observations").encode(), "required_missing"),
]


@pytest.mark.parametrize(("name", "content", "code"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_a_bad_file_is_refused_with_its_own_code(
    programme: Programme, tmp_path: Path, name: str, content: bytes | str | None, code: str
) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content == "large":
        with path.open("wb") as file:
            file.truncate(40_000_001)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    error = refused(path, programme)
    assert error.code == code
    assert "P-00" not in repr(error.params)


def test_an_archive_that_unpacks_without_end_is_refused(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.workbook.MAX_UNPACKED_MEGABYTES", 0)
    rows: list[list[Value]] = [HEADER, *(woman("P-001") for _ in range(6000))]
    assert refused(workbook(tmp_path / "r.xlsx", {"S": rows}), programme).code == "file_too_large"
