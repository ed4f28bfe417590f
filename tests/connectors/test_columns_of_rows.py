"""Rows become columns some at a time, and are the same columns as cell by cell."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from connectors.columns_of_rows import AT_ONCE, read_columns
from dashboard.roster import Cell

CELLS = st.one_of(st.none(), st.booleans(), st.sampled_from(["", "oui", "1", " "]), st.sampled_from([0, 1, 1.0, 2.5]))


def slowly(rows: Sequence[Sequence[Cell]], numbers: Sequence[int]) -> dict[int, list[Cell]]:
    return {number: [row[number - 1] if number <= len(row) else None for row in rows] for number in numbers}


@given(st.lists(st.lists(CELLS, max_size=4), max_size=12), st.integers(1, 3))
def test_ragged_rows_of_any_cells_are_read_cell_by_cell(rows: list[list[Cell]], times: int) -> None:
    """1, 1.0 and True are equal for Python, so what is compared is how they are written."""
    many = rows * (times * AT_ONCE // max(1, len(rows)) if times > 1 else 1)
    assert repr(read_columns(many, [1, 3])) == repr(slowly(many, [1, 3]))


def test_equal_texts_of_a_column_are_one_object() -> None:
    rows = [[f"{day}/2025", "-"] for _ in range(AT_ONCE) for day in (10, 11, 12)]
    (cells,) = read_columns(rows, [1]).values()
    assert len(set(map(id, cells))) == 3


def test_rows_without_a_cell_count() -> None:
    assert read_columns([[], [], ["a"]], [1, 2]) == {1: [None, None, "a"], 2: [None, None, None]}
