"""Columns become a worksheet of one length, with keys scrambled and merges kept where they matter."""

import pytest
from rosters import SECRET

from connectors.assemble import choose_worksheets, raw_sheet, unread_headers
from connectors.base import Merge, SourceError, address, column_letter
from connectors.locate import Table
from connectors.pseudonyms import Pseudonyms
from dashboard.programme import Programme

TABLE = Table("S", 1, (("h",) * 40,), (("key", 1, "الرمز"), ("cohort", 4, "الفوج")), ("الهاتف",))


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_column_letters(number: int, letter: str) -> None:
    assert column_letter(number) == letter


def test_an_apostrophe_in_a_title_is_doubled() -> None:
    assert address("l'année", "A1:A") == "'l''année'!A1:A"


def test_columns_are_padded_and_empty_ends_cut(programme: Programme) -> None:
    sheet = raw_sheet(TABLE, {1: ["P-001", None, "P-002", "", None], 4: ["فوج 1", ""]}, Pseudonyms(SECRET, programme))
    assert [len(column.values) for column in sheet.columns] == [3, 3]
    assert sheet.columns[1].values == ["فوج 1", None, None]
    assert [column.letter for column in sheet.columns] == ["A", "D"]
    assert (sheet.header_row, sheet.first_row) == (1, 2)
    assert "P-00" not in repr(sheet)


def test_only_merges_down_mapped_columns_below_the_header_are_kept(programme: Programme) -> None:
    merges = [Merge(2, 4, 4, 4), Merge(2, 4, 2, 2), Merge(1, 2, 4, 4), Merge(5, 5, 4, 6)]
    assert raw_sheet(TABLE, {1: [], 4: []}, Pseudonyms(SECRET, programme), merges).merges == (("D", 2, 4),)


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        (["Listes", "المستفيدات", "الحضور"], ["المستفيدات"]),
        (["فوج 1", "فوج ٢", "الحضور", "الفوج الثالث"], ["فوج 1", "فوج ٢", "الفوج الثالث"]),
        (["Promo 2025", "promo 2026", "Promotions"], ["Promo 2025", "promo 2026"]),
        (["Feuille 1", "Feuille 2"], ["Feuille 1"]),
    ],
)
def test_worksheets_are_chosen_by_the_beginning_of_their_title(
    programme: Programme, titles: list[str], chosen: list[str]
) -> None:
    assert choose_worksheets({title: title for title in titles}, programme) == chosen


def test_a_workbook_without_worksheets_is_empty(programme: Programme) -> None:
    with pytest.raises(SourceError) as caught:
        choose_worksheets({}, programme)
    assert caught.value.code == "empty_sheet"


def test_unread_headers_are_listed_once() -> None:
    assert unread_headers([TABLE, TABLE]) == ("الهاتف",)
