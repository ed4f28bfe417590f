"""The header is found from the top, and no row below it is ever asked for."""

from collections.abc import Sequence

import pytest
from rosters import HEADER, TITLE_BLOCK, WOMEN

from connectors.base import Merge, SourceError
from connectors.locate import MAX_ROWS, Table, locate
from dashboard.programme import Programme
from dashboard.roster import Cell


class Rows:
    """A worksheet that remembers which rows it was asked for."""

    def __init__(self, rows: Sequence[Sequence[object]]) -> None:
        self.rows, self.asked = rows, list[int]()

    def __call__(self, number: int) -> Sequence[Cell] | None:
        self.asked.append(number)
        return self.rows[number - 1] if number <= len(self.rows) else None  # type: ignore[return-value]


def found(rows: Rows, programme: Programme, merges: Sequence[Merge] = ()) -> Table:
    table = locate("S", rows, merges, programme)
    assert table is not None
    return table


def refused(rows: Rows, programme: Programme, merges: Sequence[Merge] = ()) -> SourceError:
    with pytest.raises(SourceError) as caught:
        locate("S", rows, merges, programme)
    return caught.value


def test_header_below_a_title_block_is_found_and_nothing_below_it_is_read(programme: Programme) -> None:
    rows = Rows([*TITLE_BLOCK, HEADER, *WOMEN])
    table = found(rows, programme)
    assert rows.asked == [1, 2, 3, 4]
    assert (table.first_row, table.last_row) == (4, 4)
    assert [(field, number) for field, number, _ in table.columns] == [
        ("key", 1), ("cohort", 4), ("start_date", 5), ("completion_date", 6), ("first_work_date", 8)
    ]  # fmt: skip
    assert table.unread == ("الاسم الكامل", "رقم البطاقة الوطنية", "الهاتف")


@pytest.mark.parametrize("known", [0, 1, 3])
def test_a_row_that_looks_like_an_unknown_header_ends_the_search(programme: Programme, known: int) -> None:
    header = ["الرمز", "الفوج", "تاريخ بداية التكوين"][:known] + [f"inconnu {n}" for n in range(5)]
    rows = Rows([["titre"], header, *WOMEN])
    error = refused(rows, programme)
    assert error.code == "no_header"
    assert (error.params["worksheet"], error.params["rows"]) == ("S", 2)
    assert "تاريخ نهاية التكوين" in str(error.params["wanted"])
    assert rows.asked == [1, 2]


def test_two_row_header_is_joined_where_its_groups_are_merged(programme: Programme) -> None:
    upper = ["الرمز", "المستفيدة", None, "التكوين", None, "تاريخ الإدماج"]
    lower = [None, "الاسم الكامل", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", None]
    merges = [Merge(1, 2, 1, 1), Merge(1, 1, 2, 3), Merge(1, 1, 4, 5), Merge(1, 2, 6, 6)]
    rows = Rows([upper, lower, *WOMEN])
    table = found(rows, programme, merges)
    assert (table.first_row, table.last_row) == (1, 2)
    assert [(field, number) for field, number, _ in table.columns] == [
        ("key", 1), ("cohort", 3), ("start_date", 4), ("completion_date", 5), ("first_work_date", 6)
    ]  # fmt: skip
    assert table.head(5) == [None, "تاريخ نهاية التكوين"]
    assert rows.asked == [1, 2]


def test_a_complete_header_with_a_merged_pair_does_not_ask_for_the_row_below(programme: Programme) -> None:
    rows = Rows([[*HEADER, "ملاحظات", None], *WOMEN])
    assert found(rows, programme, [Merge(1, 1, 9, 10)]).last_row == 1
    assert rows.asked == [1]


def test_a_merged_title_does_not_become_part_of_the_header(programme: Programme) -> None:
    table = found(Rows([["إشعاع", *[None] * 7], HEADER, *WOMEN]), programme, [Merge(1, 1, 1, 8)])
    assert (table.first_row, table.last_row) == (2, 2)


def test_two_headers_for_one_field_stop_with_both_addresses(programme: Programme) -> None:
    error = refused(Rows([[], [*HEADER, "Date d'embauche"]]), programme)
    assert error.code == "header_clash"
    assert error.params == {"field": "first_work_date", "first": "'S'!H2", "second": "'S'!I2"}


def test_a_missing_required_column_is_named_with_a_header_that_would_do(programme: Programme) -> None:
    error = refused(Rows([[*HEADER[:5], "الهاتف", "تاريخ الإدماج"]]), programme)
    assert error.code == "required_missing"
    assert (error.params["fields"], error.params["wanted"]) == ("completion_date", "تاريخ نهاية التكوين")


@pytest.mark.parametrize("rows", [[], [[]] * 30, [["", "  ", None]]])
def test_a_sheet_without_a_filled_cell_has_no_table(programme: Programme, rows: list[list[Cell]]) -> None:
    asked = Rows(rows)
    assert locate("S", asked, [], programme) is None
    assert len(asked.asked) <= MAX_ROWS


def test_titles_alone_are_not_searched_beyond_fifteen_rows(programme: Programme) -> None:
    rows = Rows([["titre"]] * 15 + [HEADER])
    assert refused(rows, programme).code == "no_header"
    assert rows.asked == list(range(1, 16))
