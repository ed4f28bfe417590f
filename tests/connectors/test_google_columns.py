"""Columns that need more than one request are used only if no row moved between the two."""

from collections.abc import Callable, Sequence

import pytest

from connectors.google_columns import MAX_ADDRESS, batches, column_requests, read_columns
from connectors.google_plan import Worksheet
from connectors.locate import Table
from dashboard.roster import Cell

TITLE = "لائحة المستفيدات من برنامج إشعاع للتكوين والإدماج المهني"
WIDE = 60  # every other column of 120 is mapped: as many ranges


def worksheet(title: str = TITLE, mapped: int = WIDE) -> Worksheet:
    header: list[Cell] = [f"h{number}" for number in range(1, 2 * mapped + 1)]
    columns = tuple((f"field_{number}", number, f"h{number}") for number in range(1, 2 * mapped, 2))
    return Worksheet(1, Table(title, 1, (tuple(header),), columns, ()), ())


class Google:
    """Answers ranges of one column each from rows that `edit` may change before a request."""

    def __init__(self, rows: list[str], edit: Callable[[int, list[str]], None] = lambda _number, _rows: None) -> None:
        self.rows, self.edit, self.asked = rows, edit, list[Sequence[str]]()

    def values(self, ranges: Sequence[str], *, by_columns: bool) -> list[list[list[Cell]]]:
        assert by_columns
        self.edit(len(self.asked), self.rows)
        self.asked.append(ranges)
        return [[[f"h{self._number(name)}", *(f"{row}{self._number(name)}" for row in self.rows)]] for name in ranges]

    def metadata(self) -> dict[str, object]:
        raise AssertionError

    def grid(self, ranges: Sequence[str], fields: str) -> dict[str, object]:
        raise AssertionError

    @staticmethod
    def _number(name: str) -> int:
        number = 0
        for letter in name.rpartition("!")[2].partition("1")[0]:
            number = number * 26 + ord(letter) - ord("A") + 1
        return number


def test_a_worksheet_too_wide_for_one_request_brings_its_first_column_with_each() -> None:
    google = Google(["a", "b"])
    (columns,) = read_columns(google, [worksheet()]) or []
    assert columns == {number: [f"a{number}", f"b{number}"] for number in range(1, 2 * WIDE, 2)}
    assert len(google.asked) == column_requests([worksheet()]) > 1
    assert {ranges[0] for ranges in google.asked} == {f"'{TITLE}'!A1:A"}


def test_a_row_inserted_between_two_requests_makes_nothing_be_used() -> None:
    def insert(number: int, rows: list[str]) -> None:
        if number == 1:
            rows.insert(0, "new ")

    assert read_columns(Google(["a", "b"], insert), [worksheet()]) is None


def test_worksheets_share_requests_and_are_never_torn_apart_for_it() -> None:
    sheets = [worksheet(f"فوج {number}", 12) for number in range(6)]
    google = Google(["a"])
    assert [len(columns) for columns in read_columns(google, sheets) or []] == [12] * 6
    assert len(google.asked) < 6
    for sheet in sheets:
        assert sum(any(name.startswith(f"'{sheet.table.title}'!") for name in names) for names in google.asked) == 1


@pytest.mark.parametrize(("count", "requests"), [(1, 1), (400, 2)])
def test_other_ranges_are_split_by_length_alone(count: int, requests: int) -> None:
    made = batches(f"R{number}!1:1" for number in range(count))
    assert (len(made), sum(map(len, made))) == (requests, count)
    assert MAX_ADDRESS < 8_000
