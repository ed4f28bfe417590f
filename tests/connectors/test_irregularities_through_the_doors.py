"""The irregularities of field reference 5.2 in a real sheet, through a CSV, an XLSX and the Sheets server.

The same grid must give the same women whichever way it comes. What a format cannot carry is said with the case: a CSV
has neither merged cells nor real dates, so there the numbers and dates are text, which is put in order and counted.
No. 25 and 33 (colours, hidden rows) are in test_google_look and test_workbook_look, No. 35 (edited while read) is in
test_google_edited too, No. 36 (a sudden drop of rows) in test_holding.
"""

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from doors import DOORS, NOW, SECRET, TITLE, TODAY, Door, fetched, through, write_csv, write_xlsx
from irregular_case import HEADER, NAME, START, Case, table, woman
from irregular_grids import CASES
from raw_rosters import said, values
from sheets_grid import Value
from sheets_server import SheetsServer

from connectors.base import SourceError
from connectors.google_sheets import GoogleSheets
from connectors.pseudonyms import Pseudonyms
from connectors.table_file import TableFile
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import Roster, Severity


def seen(roster: Roster) -> list[tuple[str, str]]:
    """What staff have to look at: findings that are not merely put in order."""
    normalised = {finding.code for finding in roster.findings if finding.severity is Severity.NORMALISED}
    return sorted(one for one in said(roster) if one[0] not in normalised)


def name(case: Case) -> str:
    return f"no_{case.number:02d}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_same_grid_gives_the_same_women_through_every_door(
    case: Case, programme: Programme, tmp_path: Path
) -> None:
    rosters = {door: through(door, {TITLE: case.rows}, tmp_path, programme, case.merges) for door in case.doors}
    for door, roster in rosters.items():
        assert seen(roster) == sorted([*case.found, *(case.only_csv if door == "csv" else case.not_csv)]), door
        for column, expected in (case.values or {}).items():
            assert values(roster, column) == expected, (door, column)
        pd.testing.assert_frame_equal(roster.frame, rosters["sheets"].frame)
        assert roster.reconciliation == rosters["sheets"].reconciliation
        assert roster.unread == rosters["sheets"].unread
        assert "C-N" not in repr(roster.findings) + roster.frame.to_csv()
    assert _normalised(rosters["xlsx"]) == _normalised(rosters["sheets"])


def _normalised(roster: Roster) -> list[tuple[str, str, str]]:
    """Every finding with its address and counts."""
    return sorted((finding.code, finding.cell, str(finding.params)) for finding in roster.findings)


@pytest.mark.parametrize("door", DOORS)
def test_no_30_id_cards_in_any_spelling_are_one_woman(door: Door, programme: Programme, tmp_path: Path) -> None:
    sheet = programme.sheet.model_copy(update={"key": ("cin",)})
    by_card = programme.model_copy(update={"sheet": sheet})
    rows: list[list[Value]] = [["CIN", "الاسم الكامل", *HEADER[2:]]]
    rows += [[card, NAME, "فوج 1", None, START] for card in ("XX 000123", "xx-000123", "XX000124", None)]
    roster = through(door, {TITLE: rows}, tmp_path, by_card)
    assert values(roster, "woman") == [Pseudonyms(SECRET, by_card).of(card) for card in ("XX000123", "XX000124")]
    assert (roster.reconciliation.duplicates_merged, roster.reconciliation.quarantined) == (1, 1)
    assert "000123" not in repr(roster.findings) + roster.frame.to_csv()


PHONES: tuple[Value, ...] = (612345678, "+212 6 99 99 99 99", "00212699999999", "0699999999 / 0688888888", 6.12e8)


@pytest.mark.parametrize("door", DOORS)
def test_no_31_phones_in_any_shape_are_never_read(door: Door, programme: Programme, tmp_path: Path) -> None:
    rows = [[*HEADER, "الهاتف", "GSM"], *([*woman(n), phone, phone] for n, phone in enumerate(PHONES, 1))]
    raw = fetched(door, {TITLE: rows}, tmp_path, programme)
    assert raw.unread == ("الاسم الكامل", "الهاتف", "GSM")
    assert not [sign for sign in ("612345678", "9999", "8888", "612000000", "6.12e8") if sign in repr(raw)]


@pytest.mark.parametrize("door", ["csv", "xlsx"])
def test_no_35_a_file_saved_anew_while_it_is_read_is_read_whole(
    door: Door, programme: Programme, tmp_path: Path
) -> None:
    path = write_csv({TITLE: table(woman(1))}, tmp_path)
    path = path if door == "csv" else write_xlsx({TITLE: table(woman(1))}, tmp_path / "roster.xlsx")
    later = tmp_path / "later"
    later.mkdir()
    two = {TITLE: table(woman(1), woman(2))}
    after = write_csv(two, later) if door == "csv" else write_xlsx(two, later / "roster.xlsx")

    def saved() -> datetime:  # asked for after the file's content was taken
        path.write_bytes(after.read_bytes())
        return NOW

    source = TableFile(path, programme, SECRET, saved)
    assert [len(source.fetch().sheets[0].columns[0].values) for _ in range(2)] == [1, 2]


def test_no_37_a_comment_is_not_read_from_a_file(programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(TITLE)
        for number, row in enumerate(table(woman(1))):
            sheet.write_row(number, 0, [cell or "" for cell in row])
        sheet.write_comment(1, 4, "C-NOTE 05/03/2026")
    raw = TableFile(path, programme, SECRET, lambda: NOW).fetch()
    assert "C-NOTE" not in repr(raw)
    assert values(read(raw, programme, TODAY), "start_date") == [None]


def test_no_37_google_is_never_asked_for_notes(programme: Programme, tmp_path: Path) -> None:
    asked: list[str] = []
    with SheetsServer() as server:
        server.before = lambda request: asked.append(request.path)
        server.put(TITLE, table(woman(1)))
        source = GoogleSheets(server.address, programme, SECRET, server.key_file(tmp_path), deadline=30)
        source.fetch()
        source.close()
    assert [path for path in asked if "fields=" in path]
    assert not [path for path in asked if "note" in path.lower() or "comment" in path.lower()]


@pytest.mark.parametrize("door", DOORS)
def test_no_33_two_columns_for_one_field_are_refused_with_both_addresses(
    door: Door, programme: Programme, tmp_path: Path
) -> None:
    rows = [[*HEADER, "Salaire"], [*woman(1, wage=3000), 2500]]
    with pytest.raises(SourceError) as caught:
        fetched(door, {TITLE: rows}, tmp_path, programme)
    assert caught.value.code == "header_clash"
    assert caught.value.params == {"field": "wage", "first": f"'{TITLE}'!J1", "second": f"'{TITLE}'!K1"}


@pytest.mark.parametrize("door", DOORS)
def test_no_34_a_required_column_that_is_gone_is_refused(door: Door, programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        fetched(door, {TITLE: [HEADER[:6] + HEADER[7:], woman(1)]}, tmp_path, programme)
    assert (caught.value.code, caught.value.params["fields"]) == ("required_missing", "first_work_date")


@pytest.mark.parametrize("door", DOORS)
def test_the_name_column_is_listed_as_unread(door: Door, programme: Programme, tmp_path: Path) -> None:
    assert through(door, {TITLE: table(woman(1))}, tmp_path, programme).unread == ("الاسم الكامل",)
