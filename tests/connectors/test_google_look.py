"""Hidden rows and colours of the status column: one request without values, once an hour at most."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from rosters import CANARIES, HEADER, SECRET, TITLE, TITLE_BLOCK, WOMEN, woman
from sheets_grid import Value
from sheets_server import SheetsServer

from connectors.google_sheets import GoogleSheets
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawSheet

RED, GREEN, WHITE = {"red": 1.0}, {"green": 0.5}, {"red": 1.0, "green": 1.0, "blue": 1.0}


class Clock:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(server: SheetsServer, programme: Programme, tmp_path: Path, clock: Clock) -> Iterator[GoogleSheets]:
    """Three women with a status in column I, a section row above the third."""
    status: list[Value] = ["مدمجة", "انقطعت", "مدمجة"]
    rows: list[list[Value]] = [[*row, said] for row, said in zip(WOMEN, status, strict=True)]
    rows.insert(2, ["الفوج الثاني"])
    server.put(TITLE, [*TITLE_BLOCK, [*HEADER, "الوضعية الحالية"], *rows])
    made = GoogleSheets(server.address, programme, SECRET, server.key_file(tmp_path), now=clock)
    yield made
    made.close()


def fetched(source: GoogleSheets) -> RawSheet:
    (sheet,) = source.fetch().sheets
    return sheet


def test_rows_hidden_by_hand_or_by_a_filter_are_read_counted_and_said(
    server: SheetsServer, source: GoogleSheets, programme: Programme
) -> None:
    server.hide_rows([2, 5])  # a title row is no woman's
    server.hide_rows([8], by="hiddenByFilter")
    table = source.fetch()
    assert table.sheets[0].hidden_rows == 2
    roster = read(table, programme, date(2026, 11, 23))
    assert roster.reconciliation.used == 3
    assert [(f.code, f.params) for f in roster.findings if f.code == "hidden_rows"] == [
        ("hidden_rows", (("count", 2),))
    ]


@pytest.mark.parametrize(
    ("painted", "coloured"),
    [
        ({}, False),
        ({"I5": RED}, True),
        ({"I5": RED, "I6": RED, "I8": RED}, False),
        ({"I5": RED, "I6": GREEN, "I8": RED}, True),
        ({"I5": WHITE}, False),  # white chosen is white by default
        ({"I7": GREEN}, False),  # the section row
        ({"A5": RED, "H6": GREEN}, False),  # not the status column
    ],
)
def test_colours_that_differ_in_the_status_column_are_noticed(
    server: SheetsServer, source: GoogleSheets, painted: dict[str, dict[str, float]], coloured: bool
) -> None:
    for cell, colour in painted.items():
        server.paint(cell, colour)
    assert fetched(source).coloured == (("I",) if coloured else ())


def test_a_status_struck_through_is_noticed_and_said_once(
    server: SheetsServer, source: GoogleSheets, programme: Programme
) -> None:
    server.paint("I8", struck=True)
    findings = read(source.fetch(), programme, date(2026, 11, 23)).findings
    assert [f.cell for f in findings if f.code == "coloured_cells"] == [f"'{TITLE}'!I"]


def test_the_look_asks_for_no_value_and_for_one_column(server: SheetsServer, source: GoogleSheets) -> None:
    source.fetch()
    (look,) = server.requests("look")
    assert look.ranges == (f"'{TITLE}'!I5:I8",)
    assert not re.search("value[^s]|effective|note", look.path, re.IGNORECASE)


def test_without_a_status_column_only_hidden_rows_are_looked_at(
    server: SheetsServer, source: GoogleSheets, clock: Clock
) -> None:
    server.put("فوج 2", [HEADER, woman("P-201")])
    server.hide_rows([2], title="فوج 2")
    assert [sheet.hidden_rows for sheet in source.fetch().sheets] == [0, 1]
    first, second = server.requests("look")
    assert "userEnteredFormat" in first.path
    assert "userEnteredFormat" not in second.path


def test_it_is_looked_again_after_an_hour_and_not_before(
    server: SheetsServer, source: GoogleSheets, clock: Clock
) -> None:
    fetched(source)
    server.paint("I5", RED)
    server.hide_rows([6])
    clock.now += timedelta(minutes=59)
    sheet = fetched(source)
    assert (sheet.coloured, sheet.hidden_rows, len(server.requests("look"))) == ((), 0, 1)
    clock.now += timedelta(minutes=2)
    sheet = fetched(source)
    assert (sheet.coloured, sheet.hidden_rows, len(server.requests("look"))) == (("I",), 1, 2)
    server.insert_column("B", [])
    assert fetched(source).coloured == ("J",)


def test_a_look_that_fails_costs_the_warning_and_not_the_roster(
    server: SheetsServer, source: GoogleSheets, caplog: pytest.LogCaptureFixture
) -> None:
    server.paint("I5", RED)
    server.fail_next(on="look", times=9, status=500)
    sheet = fetched(source)
    assert (sheet.coloured, len(sheet.columns[0].values), len(server.requests("look"))) == ((), 4, 1)
    assert "google_down" in caplog.text
    assert not any(canary in caplog.text for canary in CANARIES)
