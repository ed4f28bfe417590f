"""Hidden rows and colours of an XLSX file (field reference 5.2, Nos. 25 and 33)."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from doors import NOW, SECRET, TITLE, TODAY
from irregular_case import HEADER, woman
from raw_rosters import said

from connectors.table_file import TableFile
from connectors.workbook_look import PLAIN, SheetLook
from dashboard.programme import Programme
from dashboard.reading import read

STATUS = HEADER.index("الحالة")


def book(
    path: Path,
    statuses: dict[int, dict[str, object]],
    hidden: tuple[int, ...] = (),
    total: dict[str, object] | None = None,
) -> Path:
    """Six women in rows 2 to 7 and a total in row 8; formats of status cells and hidden rows by row from 1."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet(TITLE)
        sheet.write_row(0, 0, HEADER, made.add_format({"bg_color": "#FFE699"}))
        for number in range(1, 7):
            sheet.write_row(number, 0, [cell or "" for cell in woman(number)])
            sheet.write(number, 4, (date(2025, 1, 6) - date(1899, 12, 30)).days)
            sheet.write(number, STATUS, "مدمجة", made.add_format(statuses.get(number + 1, {})))
        sheet.write_row(7, 0, ["المجموع", "", "", "", "", "", "", "6"], made.add_format(total or {}))
        for row in hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})
    return path


def found(path: Path, programme: Programme) -> list[tuple[str, str]]:
    roster = read(TableFile(path, programme, SECRET, lambda: NOW).fetch(), programme, TODAY)
    return said(roster, "hidden_rows", "coloured_cells")


def test_no_33_hidden_rows_are_read_counted_and_said(programme: Programme, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", {}, hidden=(1, 3, 5))
    raw = TableFile(path, programme, SECRET, lambda: NOW).fetch()
    assert raw.sheets[0].hidden_rows == 2  # the header is no woman
    assert read(raw, programme, TODAY).reconciliation.used == 6
    assert [code for code, _ in found(path, programme)] == ["hidden_rows"]


@pytest.mark.parametrize(
    "format_",
    [{"bg_color": "#FF0000"}, {"font_strikeout": True}, {"bg_color": "#00FF00", "font_strikeout": True}],
)
def test_no_25_colours_that_differ_from_woman_to_woman_are_said_once(
    programme: Programme, tmp_path: Path, format_: dict[str, object]
) -> None:
    path = book(tmp_path / "r.xlsx", {3: format_, 6: format_})
    assert found(path, programme) == [("coloured_cells", "H")]


@pytest.mark.parametrize(
    "statuses",
    [
        {},
        {3: {"bg_color": "#FFFFFF"}},  # white is no colour
        {3: {"bold": True, "num_format": "0.00"}},
        {row: {"bg_color": "#FFFF00"} for row in range(2, 8)},  # a column in one colour says nothing of anyone
    ],
)
def test_no_25_what_says_nothing_of_one_woman_is_not_warned_about(
    programme: Programme, tmp_path: Path, statuses: dict[int, dict[str, object]]
) -> None:
    path = book(tmp_path / "r.xlsx", statuses, total={"bg_color": "#C0C0C0"})
    assert found(path, programme) == []


def archive(sheet: bytes, styles: bytes | None) -> zipfile.ZipFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", sheet)
        if styles is not None:
            made.writestr("xl/styles.xml", styles)
    return zipfile.ZipFile(data)


def test_rows_and_cells_are_found_at_every_edge_of_a_piece_and_with_a_prefix() -> None:
    cells = '<x:c s="1" r="H{0}"><x:v>{0}</x:v></x:c><x:c r="AH{0}" s="1"/></x:row>'
    plain, hidden = ('<x:row spans="1:9" r="{0}"' + more + ">" + cells for more in ("", ' hidden="true"'))
    rows = "".join((plain if number % 3 else hidden).format(number) for number in range(1, 30_001))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    styles = (
        f'<styleSheet xmlns="{main}"><fonts><font/><font><strike/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill></fills>'
        '<cellXfs><xf fillId="0" fontId="0"/><xf fillId="0" fontId="1"/><xf fillId="9" fontId="x"/></cellXfs>'
        "</styleSheet>"
    )
    look = SheetLook(archive(rows.encode(), styles.encode()), "xl/worksheets/sheet1.xml")
    assert len(rows) > 2 << 20
    assert look.hidden_rows() == set(range(3, 30_001, 3))
    assert look.shapes("H") == dict.fromkeys(range(1, 30_001), ("", True))
    assert look.shapes("G") == {}


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">%s]><styleSheet>&z;</styleSheet>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 40) for letter in range(ord("b"), ord("z") + 1)
)


@pytest.mark.parametrize("styles", [None, b"", b"<broken", b"<other/>", BOMB])
def test_styles_that_cannot_be_read_say_nothing(styles: bytes | None) -> None:
    look = SheetLook(archive(b'<row r="2"><c r="H2" s="1"/></row>', styles), "xl/worksheets/sheet1.xml")
    assert look.shapes("H") == {}
    assert PLAIN == ("", False)
