"""A sheet that is edited while it is read, filtered, ragged or very large: each woman stays whole."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from desks import MENDED, Desk
from rosters import HEADER, SECRET, TITLE, woman
from sheets_grid import Value
from sheets_server import Request, SheetsServer

from connectors.following_head import Snapshot
from connectors.google_sheets import GoogleSheets
from dashboard.programme import Programme


def hired(snapshot: Snapshot) -> list[object]:
    """Days of hiring, woman by woman."""
    assert snapshot.roster is not None
    column = snapshot.roster.frame["first_work_date"]
    return [None if missing else int(day) for day, missing in zip(column, column.isna(), strict=True)]


def between(server: SheetsServer, edit: Callable[[], object]) -> None:
    """Edit the sheet once, after the header was checked and before the values are read."""
    done: list[Request] = []

    def before(request: Request) -> None:
        if request.kind == "values" and len(request.ranges) == 3 and not done:
            done.append(request)
            edit()

    server.before = before


def test_no_35_columns_inserted_between_the_two_requests_shift_nothing(desk: Desk) -> None:
    before = hired(desk.refresher.current())
    between(desk.server, lambda: desk.server.insert_column("D", [None, None, None, "البريد", *["C-NAME"] * 3]))
    desk.server.set_cell(f"'{TITLE}'!H7", MENDED)
    snapshot = desk.pull()
    assert snapshot.error is None
    assert hired(snapshot) == [*before[:2], MENDED - 25_569]


@pytest.mark.parametrize(("row", "women"), [(6, 4), (5, 4), (8, 4), (2, 3)])
def test_no_35_rows_inserted_between_the_two_requests_keep_each_woman_whole(desk: Desk, row: int, women: int) -> None:
    """Below the header a row is one woman more; above it the header has moved, and is looked for again."""
    new = woman("P-009", date(2026, 6, 9)) if row > 4 else ["تحيين"]
    between(desk.server, lambda: desk.server.insert_row(row, new))
    desk.server.set_cell(f"'{TITLE}'!H7", MENDED)
    snapshot = desk.pull()
    assert snapshot.error is None
    expected = {46_174 - 25_569, (date(2026, 11, 20) - date(1970, 1, 1)).days, MENDED - 25_569}
    expected |= {(date(2026, 6, 9) - date(1970, 1, 1)).days} if women == 4 else set()
    assert set(hired(snapshot)) == expected
    assert snapshot.roster is not None
    assert snapshot.roster.reconciliation.used == women


def test_columns_of_different_lengths_are_one_table(desk: Desk) -> None:
    """Google leaves out empty cells at the end of a column and of the sheet."""
    rows: list[list[Value]] = [HEADER, woman("P-001", MENDED), [*woman("P-002")[:5]], ["P-003"]]
    desk.server.put(TITLE, rows)
    snapshot = desk.pull()
    assert hired(snapshot) == [MENDED - 25_569, None, None]


def test_filtered_and_hidden_rows_are_counted_and_said(
    server: SheetsServer, programme: Programme, tmp_path: Path
) -> None:
    server.hide_rows([6], by="hiddenByFilter")
    server.hide_rows([7])
    desk = Desk(server, programme, tmp_path)
    roster = desk.pull().roster
    assert roster is not None
    assert roster.reconciliation.used == 3
    assert [(f.code, f.params) for f in roster.findings if f.code == "hidden_rows"] == [
        ("hidden_rows", (("count", 2),))
    ]
    desk.source.close()


def test_fifty_thousand_rows_of_forty_columns_are_read_within_the_deadline(
    server: SheetsServer, programme: Programme, tmp_path: Path
) -> None:
    """Two million cells, an eighth of them mapped and asked for; the deadline is the one in use, 60 seconds."""
    others: list[Value] = [f"ملاحظة {number}" for number in range(32)]
    rows = [[*woman(f"P-{number:05d}", 46_000 + number % 300), *others] for number in range(50_000)]
    server.put(TITLE, [[*HEADER, *others], *rows])
    source = GoogleSheets(server.address, programme, SECRET, server.key_file(tmp_path))
    began = time.monotonic()
    table = source.fetch()
    assert time.monotonic() - began < 60
    source.close()
    assert {column.field: len(column.values) for column in table.sheets[0].columns} == dict.fromkeys(
        ("key", "cohort", "start_date", "completion_date", "first_work_date"), 50_000
    )
    assert len({*table.sheets[0].columns[0].values}) == 50_000
