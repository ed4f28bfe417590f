"""Number cells: what they mean, and what they cannot mean."""

import pytest

from dashboard.reading.numbers import number_reader
from dashboard.roster import Cell
from dashboard.schema import FIELD


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("wage", "1 234", 1234),
        ("wage", "12.345,67", 12345.67),
        ("wage", "12 345.5", 12345.5),
        ("wage", "3'500", 3500),
        ("wage", "3500 DH net / mois", 3500),
        ("wage", "3500,-", 3500),
        ("wage", "MAD 3500", 3500),
        ("wage", "3266.1", 3266.1),
        ("weekly_hours", "44h", 44),
        ("weekly_hours", "٤٤ ساعة", 44),
        ("age", "25 ans", 25),
        ("age", "25 سنة", 25),
        ("pre_score", "65/100", 65),
        ("satisfaction", "4/5", 4),
        ("satisfaction", "4,5 / 5", 4.5),
        ("pre_score", "65 %", 65),
        ("pre_score", "0", 0),
        ("satisfaction", "0.500", 0.5),
        ("pre_score", 100, 100.0),
    ],
)
def test_read(field: str, cell: Cell, value: float) -> None:
    assert number_reader(FIELD[field])(cell).value == value


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("wage", "SMIG", "number_unreadable"),
        ("wage", "3000-3500", "number_unreadable"),
        ("wage", "3000 à 3500", "number_unreadable"),
        ("wage", "1,234.567,8", "number_unreadable"),
        ("wage", "3.5.0", "number_unreadable"),
        ("wage", True, "number_unreadable"),
        ("wage", float("inf"), "number_unreadable"),
        ("pre_score", "12/20", "number_unreadable"),
        ("wage", "DH", "number_unreadable"),
        ("wage", 199.99, "number_outside_range"),
        ("wage", 40000.01, "number_outside_range"),
        ("wage", "-3500", "number_outside_range"),
        ("pre_score", "100,5", "number_outside_range"),
        ("age", 13, "number_outside_range"),
        ("wage", "9" * 400, "number_outside_range"),
    ],
)
def test_refused(field: str, cell: Cell, code: str) -> None:
    reading = number_reader(FIELD[field])(cell)
    assert (reading.value, reading.codes) == (None, (code,))


@pytest.mark.parametrize("cell", [200, 40000, 200.0])
def test_both_ends_of_the_range_are_plausible(cell: float) -> None:
    assert number_reader(FIELD["wage"])(cell).value == cell


def test_not_a_number_is_an_empty_cell() -> None:
    assert not number_reader(FIELD["wage"])(float("nan")).filled
