"""What the workbook reader itself leaves out, and the forms a date can take."""

import io
from datetime import date, datetime, time, timedelta

import pytest

from connectors.workbook import _cell, _error_cells


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (date(2024, 11, 20), 45616.0),  # field reference 5.2, No. 17
        (datetime(2026, 11, 23, 18, 0), 46349.75),
        (time(6, 0), 0.25),
        (timedelta(days=1, hours=12), 1.5),
        (True, True),
        ("45616", "45616"),
        (3500.5, 3500.5),
    ],
)
def test_dates_and_times_become_serial_numbers(value: date | time | timedelta | float | str, cell: object) -> None:
    assert _cell(value) == cell


def test_error_cells_are_found_in_any_part_of_a_large_sheet_and_with_a_prefix() -> None:
    plain = "".join(f'<row r="{n}"><c r="A{n}" s="1"><v>{n}</v></c></row>' for n in range(1, 30_001))
    ends = '<row r="30001"><x:c r="AB30001" s="4" t="e"><x:f>A1/0</x:f><x:v>#DIV/0!</x:v></x:c></row></sheetData>'
    xml = f'<sheetData><row r="0"><c t="e" r="B1"><v>#N/A</v></c><c r="C1" t="e"></c></row>{plain}{ends}'
    assert len(xml) > 1 << 20
    errors = _error_cells(io.BytesIO(xml.encode()))
    assert errors == {1: {2: "#N/A", 3: "#ERROR!"}, 30001: {28: "#DIV/0!"}}
