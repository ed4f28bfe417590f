"""Worksheets and headers that move, are renamed, inserted or deleted between pulls and between requests."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rosters import CANARIES, HEADER, SECRET, TITLE, WOMEN, column, woman
from sheets_grid import Value
from sheets_server import Request, SheetsServer

from connectors.base import SourceError
from connectors.google_sheets import GoogleSheets
from dashboard.programme import Programme


def test_several_worksheets_in_their_own_order_still_take_two_requests(
    server: SheetsServer, source: GoogleSheets
) -> None:
    server.put("الحضور", [["P-001", "x"]])
    server.delete(TITLE)
    server.put("فوج 1", [HEADER, *WOMEN])
    server.put("it's فوج", [["x"]])
    server.put("فوج 2", [[], [*reversed(HEADER)], [*reversed(woman("P-009", cohort="فوج 2"))]])
    server.put("فوج 3", [])
    first = source.fetch()
    assert [sheet.title for sheet in first.sheets] == ["فوج 1", "فوج 2"]
    assert column(first, "cohort", 1) == ["فوج 2"]
    server.log.clear()
    assert source.fetch() == first
    assert [request.kind for request in server.log] == ["values", "values"]


def test_a_two_row_header_is_checked_whole(server: SheetsServer, source: GoogleSheets) -> None:
    upper: list[Value] = ["الرمز", "المستفيدة", None, "التكوين", None, "تاريخ الإدماج"]
    lower: list[Value] = [None, "الاسم الكامل", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", None]
    merges = [(1, 2, 1, 1), (1, 1, 2, 3), (1, 1, 4, 5), (1, 2, 6, 6)]
    server.put(TITLE, [upper, lower, ["P-001", "C-NAME", "فوج 1", date(2025, 11, 3), None, None]], merges)
    table = source.fetch()
    assert (table.sheets[0].header_row, table.sheets[0].first_row) == (2, 3)
    assert column(table, "cohort") == ["فوج 1"]
    assert source.fetch() == table
    assert server.ranges[-3:] == [f"'{TITLE}'!1:2", f"'{TITLE}'!A1:A", f"'{TITLE}'!C1:F"]
    assert f"'{TITLE}'!3:3" not in server.ranges


def test_merged_cohort_cells_move_with_the_rows_above_them(server: SheetsServer, source: GoogleSheets) -> None:
    server.put(TITLE, [HEADER, *WOMEN], [(2, 4, 4, 4)])
    assert source.fetch().sheets[0].merges == (("D", 2, 4),)
    server.put(TITLE, [HEADER, [], *WOMEN], [(3, 5, 4, 4)])
    assert source.fetch().sheets[0].merges == (("D", 3, 5),)


def test_a_column_inserted_between_pulls_is_followed_without_a_new_search(
    server: SheetsServer, source: GoogleSheets
) -> None:
    before = source.fetch()
    server.log.clear()
    server.insert_column("B", [None, None, None, "البريد", "C-NAME", "C-NAME"])
    after = source.fetch()
    assert [column.values for column in after.sheets[0].columns] == [c.values for c in before.sheets[0].columns]
    assert [column.letter for column in after.sheets[0].columns] == ["A", "E", "F", "G", "I"]
    assert len(server.log) == 2


def test_a_column_inserted_between_the_two_requests_shifts_nothing_in(
    server: SheetsServer, source: GoogleSheets
) -> None:
    before = source.fetch()
    columns_asked = []

    def insert_before_the_values(request: Request) -> None:
        if any(name.endswith("4:A") for name in request.ranges):
            columns_asked.append(request)
            if len(columns_asked) == 1:
                server.insert_column("B", [None, None, None, "البريد", "C-NAME", "C-NAME"])

    server.before = insert_before_the_values
    after = source.fetch()
    assert len(columns_asked) == 2
    assert [column.values for column in after.sheets[0].columns] == [c.values for c in before.sheets[0].columns]
    assert not any(canary in repr(after) for canary in CANARIES)


def test_headers_that_never_stand_still_are_given_up(server: SheetsServer, source: GoogleSheets) -> None:
    def insert_each_time(request: Request) -> None:
        if len(request.ranges) == 3:
            server.insert_column("A", [None, None, None, "البريد"])

    server.before = insert_each_time
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert caught.value.code == "headers_moved"


def test_rows_inserted_above_the_header_make_it_be_found_again(server: SheetsServer, source: GoogleSheets) -> None:
    before = source.fetch()
    server.insert_row(1, ["تحيين 23 نونبر"])
    after = source.fetch()
    assert after.sheets[0].header_row == 5
    assert column(after, "key") == column(before, "key")


def test_a_renamed_worksheet_is_followed_while_its_new_name_is_known(
    server: SheetsServer, source: GoogleSheets
) -> None:
    before = source.fetch()
    server.rename(TITLE, "لائحة المستفيدات 2026")
    after = source.fetch()
    assert replace(after.sheets[0], title=TITLE) == before.sheets[0]


@pytest.mark.parametrize("act", ["rename", "delete"])
def test_a_worksheet_that_is_gone_is_named_and_not_replaced_in_silence(
    server: SheetsServer, source: GoogleSheets, act: str
) -> None:
    server.put("Bénéficiaires", [HEADER, *WOMEN])
    source.fetch()
    server.rename(TITLE, "قديم") if act == "rename" else server.delete(TITLE)
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert (caught.value.code, caught.value.params) == ("worksheet_missing", {"worksheet": TITLE})


def test_a_new_cohort_worksheet_is_noticed_when_the_headers_are_located_again(
    server: SheetsServer, programme: Programme, tmp_path: Path
) -> None:
    source = GoogleSheets(server.address, programme, SECRET, server.key_file(tmp_path), locate_again=0)
    assert len(source.fetch().sheets) == 1
    server.put("فوج 4", [HEADER, woman("P-200", cohort="فوج 4")])
    assert len(source.fetch().sheets) == 2
    source.close()


def test_without_a_known_title_the_first_visible_worksheet_is_read(server: SheetsServer, source: GoogleSheets) -> None:
    server.delete(TITLE)
    server.put("مسودة", [["x"]], hidden=True)
    server.put("Feuille 2", [HEADER, *WOMEN])
    server.put("Feuille 3", [["x"]])
    assert [sheet.title for sheet in source.fetch().sheets] == ["Feuille 2"]
