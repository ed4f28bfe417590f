"""Looking at a worksheet from outside: headers known or not, and nothing of anybody's row."""

from collections.abc import Sequence

import pytest
from rosters import HEADER, WOMEN

from connectors.base import Merge
from connectors.survey import look_at
from dashboard.mapping import SeenHeader, SeenSheet
from dashboard.programme import Programme
from dashboard.roster import Cell

UNKNOWN: list[Cell] = ["Matr.", "Nom de famille", None, "Entrée le", "Sortie le", "Travail depuis"]
DATA: list[Cell] = ["X-001", "C-NAME", None, 46027.0, 46173.0, None]


class Rows:
    """A worksheet that remembers how far down it was asked."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.rows, self.asked = rows, 0

    def __call__(self, number: int) -> Sequence[Cell] | None:
        self.asked = max(self.asked, number)
        return self.rows[number - 1] if number <= len(self.rows) else None


def test_a_known_header_is_seen_with_its_fields(programme: Programme) -> None:
    rows: list[list[Cell]] = [["titre"], [str(header) for header in HEADER], ["X-001"] * 8]
    seen = look_at("S", Rows(rows), [], programme)
    assert (seen.title, seen.header_row) == ("S", 2)
    assert [(header.letter, header.field) for header in seen.headers] == [
        ("A", "key"), ("B", None), ("C", None), ("D", "cohort"), ("E", "start_date"), ("F", "completion_date"),
        ("G", None), ("H", "first_work_date"),
    ]  # fmt: skip
    assert seen.headers[1].text == "الاسم الكامل"
    assert WOMEN


def test_an_unknown_header_is_the_first_row_with_four_filled_cells(programme: Programme) -> None:
    rows = Rows([["Association"], [], UNKNOWN, DATA])
    seen = look_at("S", rows, [], programme)
    assert seen.header_row == 3
    assert seen.headers[0] == SeenHeader("A", "Matr.")
    assert [header.letter for header in seen.headers] == ["A", "B", "D", "E", "F"]
    assert rows.asked == 3


def test_an_unknown_header_under_merged_groups_names_group_and_column(programme: Programme) -> None:
    upper: list[Cell] = ["Personne", None, "Parcours", None, None]
    lower: list[Cell] = ["Matr.", "Nom de famille", "Entrée le", "Sortie le", "Travail depuis"]
    merges = [Merge(1, 1, 1, 2), Merge(1, 1, 3, 5)]
    seen = look_at("S", Rows([upper, lower, DATA]), merges, programme)
    assert seen.header_row == 2
    assert [header.text for header in seen.headers][2:] == [
        "Parcours / Entrée le",
        "Parcours / Sortie le",
        "Parcours / Travail depuis",
    ]


def test_a_merged_title_is_not_taken_for_a_group(programme: Programme) -> None:
    seen = look_at("S", Rows([["Association", None, None], UNKNOWN, DATA]), [Merge(1, 1, 1, 6)], programme)
    assert seen.headers[0].text == "Matr."


@pytest.mark.parametrize(
    "row",
    [
        DATA,
        ["اسم أول", "حي", "شعبة", "12/03/2026"],
        ["اسم أول", "حي", "شعبة", "0600 00 00 00"],
        ["اسم أول", "حي", "شعبة", "AB123456"],
        ["اسم أول", "حي", "شعبة", "P-014"],
        ["اسم أول", "حي", "شعبة", "personne@example.org"],
        ["اسم أول", "حي", "شعبة", True],
        ["اسم أول", "حي", "شعبة", "كلام طويل " * 12],
    ],
)
def test_a_row_of_values_where_headers_should_be_is_not_passed_on(row: list[Cell], programme: Programme) -> None:
    assert look_at("S", Rows([["titre"], row]), [], programme) == SeenSheet("S", None, (), like_data=True)


def test_a_value_among_known_headers_is_left_out(programme: Programme) -> None:
    row: list[Cell] = [*map(str, HEADER), 2026, "0600000000"]
    assert [header.letter for header in look_at("S", Rows([row]), [], programme).headers] == list("ABCDEFGH")


@pytest.mark.parametrize("rows", [[], [[], []], [["titre"], ["deux", "mots"]]])
def test_a_worksheet_without_a_header_is_seen_as_such(rows: list[list[Cell]], programme: Programme) -> None:
    assert look_at("S", Rows(rows), [], programme) == SeenSheet("S", None)
