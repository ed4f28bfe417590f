"""A live spreadsheet over real HTTP: what is asked for, how often, and that nothing unmapped ever travels."""

import re
from datetime import date

import pytest
from rosters import CANARIES, HEADER, NOW, SECRET, TITLE, WOMEN, column
from sheets_grid import Value
from sheets_server import SheetsServer

from connectors.base import SourceError
from connectors.google_sheets import GoogleSheets, spreadsheet_id
from connectors.pseudonyms import Pseudonyms
from dashboard.programme import Programme


def test_first_pull_gives_the_mapped_columns(server: SheetsServer, source: GoogleSheets, programme: Programme) -> None:
    table = source.fetch()
    (sheet,) = table.sheets
    assert (sheet.title, sheet.gid, sheet.header_row, sheet.first_row) == (TITLE, 100, 4, 5)
    assert column(table, "key") == [Pseudonyms(SECRET, programme).of(f"P-00{n}") for n in (1, 2, 3)]
    assert column(table, "first_work_date") == [46174, "20 نونبر 2026", None]
    assert table.unread == ("الاسم الكامل", "رقم البطاقة الوطنية", "الهاتف")
    info = table.source
    assert (info.kind, info.label, info.locale, info.fetched_at) == ("google_sheets", "ÉCLAT", "fr_FR", NOW)
    assert info.url == f"https://docs.google.com/spreadsheets/d/{server.sheet_id}/edit"


def test_the_header_is_looked_for_one_row_at_a_time(server: SheetsServer, source: GoogleSheets) -> None:
    source.fetch()
    assert [request.kind for request in server.log] == ["token", "metadata", *["values"] * 5, "look"]
    rows, columns = server.ranges[:4], server.ranges[4:-1]
    assert rows == [f"'{TITLE}'!{n}:{n}" for n in (1, 2, 3, 4)]
    assert columns == [f"'{TITLE}'!A4:A", f"'{TITLE}'!D4:F", f"'{TITLE}'!H4:H"]


def test_every_later_pull_is_two_requests(server: SheetsServer, source: GoogleSheets) -> None:
    source.fetch()
    server.log.clear()
    for _ in range(3):
        source.fetch()
    assert [request.kind for request in server.log] == ["values"] * 6
    assert server.log[0].ranges == (f"'{TITLE}'!4:4",)
    assert server.log[1].ranges == (f"'{TITLE}'!A4:A", f"'{TITLE}'!D4:F", f"'{TITLE}'!H4:H")


def test_unmapped_columns_are_never_asked_for(server: SheetsServer, source: GoogleSheets) -> None:
    """By the server's log: rows asked for whole are header rows or above; columns asked for are mapped ones."""
    seen = repr([source.fetch() for _ in range(3)])
    for asked in server.ranges:
        place = asked.rpartition("!")[2]
        if rows := re.fullmatch(r"(\d+):(\d+)", place):
            assert int(rows[2]) <= 4
        else:
            columns = re.fullmatch(r"([A-Z])4:([A-Z])|(A)5:(A)7", place)
            assert columns is not None
            first, last = filter(None, columns.groups())
            assert not set("BCG") & set(map(chr, range(ord(first), ord(last) + 1)))
    assert not any(canary in seen for canary in (*CANARIES, "P-00"))


def test_an_edited_cell_is_seen_and_the_change_token_moves(server: SheetsServer, source: GoogleSheets) -> None:
    source.fetch()
    before = source.change_token()
    assert source.change_token() == before
    server.set_cell(f"'{TITLE}'!H7", date(2026, 11, 20))
    assert source.change_token() != before
    assert column(source.fetch(), "first_work_date") == [46174, "20 نونبر 2026", 46346]


def test_a_very_wide_roster_is_asked_for_in_addresses_that_servers_accept(
    server: SheetsServer, source: GoogleSheets
) -> None:
    server.delete(TITLE)
    spread = [cell for header in HEADER for cell in (header, "x")]
    for number in range(12):
        server.put(f"فوج {number} من برنامج إشعاع للتكوين والإدماج", [spread, ["P-001", None]])
    assert len(source.fetch().sheets) == 12
    assert max(len(request.path) for request in server.log) < 8000


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "empty_sheet"),
        ([["titre"], ["a", "b", "c", "d"], *WOMEN], "no_header"),
        ([[*HEADER, "Date d'embauche"]], "header_clash"),
        ([HEADER[:7]], "required_missing"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_why(
    server: SheetsServer, source: GoogleSheets, rows: list[list[Value]], code: str
) -> None:
    server.put(TITLE, rows)
    with pytest.raises(SourceError) as caught:
        source.fetch()
    assert caught.value.code == code
    assert caught.value.params.get("worksheet", TITLE) == TITLE
    assert not any(canary in repr(caught.value.params) for canary in CANARIES)
    server.put(TITLE, [HEADER, *WOMEN])
    assert len(column(source.fetch(), "key")) == 3


IDENTITY = "1AbCdEfGhIjKlMnOpQrStUvWxYz_-0123456789"


@pytest.mark.parametrize(
    "address",
    [
        IDENTITY,
        f" https://docs.google.com/spreadsheets/d/{IDENTITY}/edit#gid=0 ",
        f"https://docs.google.com/spreadsheets/d/{IDENTITY}",
        f"https://docs.google.com/spreadsheets/u/1/d/{IDENTITY}/edit?gid=12#gid=12&range=H27",
        f"https://drive.google.com/file/d/{IDENTITY}/view?usp=sharing",
        f"https://drive.google.com/open?usp=drive_copy&id={IDENTITY}",
        f"docs.google.com/spreadsheets/d/{IDENTITY}/htmlview",
    ],
)
def test_the_id_is_taken_from_any_form_of_the_address(address: str) -> None:
    assert spreadsheet_id(address) == IDENTITY


@pytest.mark.parametrize(
    "address",
    [
        "",
        "roster",
        "https://docs.google.com/spreadsheets/",
        f"https://docs.google.com/spreadsheets/d/e/2PACX-{'x' * 30}/pubhtml",
    ],
)
def test_an_address_without_an_id_is_refused(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        spreadsheet_id(address)
    assert caught.value.code == "wrong_id"
