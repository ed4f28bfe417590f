"""The worksheet of notes through every door: two columns of it and no more, and never a reason to fail."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from doors import TODAY, Door, fetched
from rosters import HEADER, NOW, SECRET, TITLE, WOMEN
from sheets_grid import Value
from sheets_server import Request, SheetsServer

from connectors.content import content_hash
from connectors.demo import DemoSource
from connectors.google_sheets import GoogleSheets
from dashboard.notebook import Notebook
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawTable

SECRET_CELL = "C-ELSE"  # in the columns beside the notes
NOTES: list[list[Value]] = [
    ["#", "التاريخ", "Qui", "Note"],
    [1, date(2026, 3, 5), SECRET_CELL, "Forum"],
    [2, "13/04/2026", SECRET_CELL, "شراكة"],
]
WANTED = (("2026-03-05", "Forum"), ("2026-04-13", "شراكة"))
BOOK = {"Notes": NOTES, TITLE: [HEADER, *WOMEN]}


@pytest.fixture
def noted(programme: Programme) -> Programme:
    return programme.model_copy(update={"annotations": Notebook(worksheet="notes", expected=True)})


@pytest.fixture
def live(server: SheetsServer, noted: Programme, tmp_path: Path) -> Iterator[GoogleSheets]:
    server.put("Notes", NOTES)
    made = GoogleSheets(server.address, noted, SECRET, server.key_file(tmp_path), deadline=10, now=lambda: NOW)
    yield made
    made.close()


def told(raw: RawTable, programme: Programme) -> tuple[tuple[str, str], ...]:
    return tuple((note.on.isoformat(), note.text) for note in read(raw, programme, TODAY).notes)


def codes(raw: RawTable, programme: Programme) -> list[str]:
    return [finding.code for finding in read(raw, programme, TODAY).findings if finding.code.startswith("note")]


@pytest.mark.parametrize("door", ["xlsx", "sheets"])
def test_notes_come_beside_the_roster_even_from_the_first_tab(door: Door, noted: Programme, tmp_path: Path) -> None:
    raw = fetched(door, BOOK, tmp_path, noted)
    assert [sheet.title for sheet in raw.sheets] == [TITLE]
    assert told(raw, noted) == WANTED
    assert SECRET_CELL not in repr(raw)


@pytest.mark.parametrize("door", ["xlsx", "sheets"])
def test_without_the_worksheet_or_its_header_there_is_a_finding(door: Door, noted: Programme, tmp_path: Path) -> None:
    missing = fetched(door, {TITLE: BOOK[TITLE]}, tmp_path, noted)
    assert (codes(missing, noted), told(missing, noted)) == (["notes_missing"], ())
    headless = fetched(door, BOOK | {"Notes": [["x", "Note"], [1, "y"]]}, tmp_path, noted)
    assert (codes(headless, noted), told(headless, noted)) == (["notes_header"], ())
    assert len(read(headless, noted, TODAY).frame) == 3


def test_a_csv_has_no_room_for_notes_and_nobody_is_told_to_add_any(noted: Programme, tmp_path: Path) -> None:
    raw = fetched("csv", {TITLE: BOOK[TITLE]}, tmp_path, noted)
    assert (raw.notes, codes(raw, noted)) == (None, [])


@pytest.mark.parametrize("door", ["xlsx", "sheets"])
def test_nothing_is_looked_for_where_the_programme_names_no_worksheet(
    door: Door, programme: Programme, tmp_path: Path
) -> None:
    off = programme.model_copy(update={"annotations": Notebook()})
    named = off.model_copy(update={"sheet": off.sheet.model_copy(update={"worksheets": (TITLE,)})})
    raw = fetched(door, BOOK, tmp_path, named)
    assert raw.notes is None
    assert "Forum" not in repr(raw)


def test_google_is_asked_for_two_columns_in_the_roster_s_own_requests(
    server: SheetsServer, live: GoogleSheets, noted: Programme
) -> None:
    assert told(live.fetch(), noted) == WANTED
    server.log.clear()
    assert told(live.fetch(), noted) == WANTED
    assert [request.kind for request in server.log] == ["values", "values"]
    asked = [name for name in server.ranges if name.startswith("'Notes'")]
    assert asked == ["'Notes'!1:1", "'Notes'!B1:B", "'Notes'!D1:D"]


def test_a_column_inserted_before_the_notes_shifts_nothing_in(
    server: SheetsServer, live: GoogleSheets, noted: Programme
) -> None:
    live.fetch()
    inserted: list[Request] = []

    def insert(request: Request) -> None:
        if "'Notes'!B1:B" in request.ranges and not inserted:
            inserted.append(request)
            server.insert_column("B", ["x", SECRET_CELL], "Notes")

    server.before = insert
    raw = live.fetch()
    assert inserted
    assert told(raw, noted) == WANTED
    assert SECRET_CELL not in repr(raw)


def test_notes_that_are_deleted_while_the_roster_is_read_are_missed_and_nothing_else(
    server: SheetsServer, live: GoogleSheets, noted: Programme
) -> None:
    live.fetch()
    server.delete("Notes")
    raw = live.fetch()
    assert (codes(raw, noted), len(read(raw, noted, TODAY).frame)) == (["notes_missing"], 3)
    server.put("Notes", [["nothing"]])
    assert codes(live.fetch(), noted) in (["notes_missing"], ["notes_header"])


def test_a_changed_note_is_a_change_of_the_content(server: SheetsServer, live: GoogleSheets) -> None:
    before = content_hash(live.fetch())
    server.set_cell("'Notes'!C2", "another")  # beside the notes
    assert content_hash(live.fetch()) == before
    server.set_cell("'Notes'!D2", "Forum 2")
    assert content_hash(live.fetch()) != before


def test_the_worksheets_ids_come_with_the_roster(live: GoogleSheets, noted: Programme) -> None:
    assert read(live.fetch(), noted, TODAY).gids == {TITLE: 100}


def test_the_demo_has_notes_about_nobody(programme: Programme) -> None:
    roster = read(DemoSource(programme, SECRET, lambda: TODAY).fetch(), programme, TODAY)
    assert len(roster.notes) == 5
    assert all(note.on <= TODAY for note in roster.notes)
    assert all(note.text.startswith(("(démo)", "(تجريبي)")) for note in roster.notes)
    assert [finding for finding in roster.findings if finding.sheet == "Notes"] == []
