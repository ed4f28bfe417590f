"""The review's workbook, opened by openpyxl: real numbers and dates, from right to left in Arabic, and nobody in it."""

import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from page_results import LANGS
from paper_files import ARTEFACTS
from review_papers import document, first, found, workbook
from women import PROGRAMME

from dashboard.model import Lang
from layouts.paper.review_leaves import review_xlsx

TABS = ["Review", "Movements", "Indicators", "Needs us", "Decisions", "Notes", "Definitions"]


@pytest.fixture(scope="module")
def book() -> Any:
    return workbook()


def rows(page: Any) -> dict[str, list[Any]]:
    """The rows by their first cell."""
    return {str(line[0].value): [cell.value for cell in line] for line in page.iter_rows() if line[0].value is not None}


def test_it_has_a_sheet_for_each_part(book: Any) -> None:
    assert book.sheetnames == TABS
    assert workbook(of=first()).sheetnames == [name for name in TABS if name not in ("Movements", "Indicators")]


def test_movements_add_up(book: Any) -> None:
    """By hand: 5 in work, 4 came (2 of them restated), 2 went (both restated), 7 now; 5 then as known now."""
    found = rows(book["Movements"])
    assert found["placed"] == ["placed", 5, 4, 2, 7, 5, 2, 0, 2, 0, 0, 2]
    assert found["The whole roster"][1:5] == [16, 3, 3, 16]
    for _, start, came, went, end, _, *ways in list(found.values())[1:]:
        assert start + came - went == end
        assert (sum(ways[:3]), sum(ways[3:])) == (came, went)


def test_indicators_are_rates_with_intervals_then_restated_and_now(book: Any) -> None:
    """3 of 8, 4 of 7 and 6 of 11; intervals by Wilson as tests/reference_intervals.py has them elsewhere."""
    found = rows(book["Indicators"])["Insertion rate"]
    values, ks, ns = found[2::5][:3], found[3::5], found[4::5]
    assert (values, ks, ns) == ([3 / 8, 4 / 7, 6 / 11], [3, 4, 6], [8, 7, 11])
    assert [round(end, 3) for end in found[5:7]] == [0.137, 0.694]
    assert [round(end, 3) for end in found[15:17]] == [0.28, 0.787]
    assert round(found[17], 4) == 0.1705
    formats = {cell.number_format for line in book["Indicators"].iter_rows() for cell in line if cell.value == 3 / 8}
    assert formats == {"0.0%"}


def test_decisions_have_days_and_numbers_and_no_woman(book: Any) -> None:
    page = book["Decisions"]
    late, opened, new, closed = list(page.iter_rows(min_row=2, values_only=True))
    assert late[:3] == (1, "late", "نتصل بها هذا الأسبوع")
    assert (late[4], late[5], late[6]) == (datetime(2026, 11, 16), datetime(2026, 11, 20), -3)
    assert opened[8:11] == ("Insertion rate", 3 / 8, 6 / 11)
    assert opened[11] == pytest.approx(6 / 11 - 3 / 8)
    assert (new[0], new[7], opened[7]) == (4, "yes", "no")
    assert (closed[1], closed[6], closed[12:]) == (
        "closed after its day",
        None,
        (datetime(2026, 11, 22), "Done at last"),
    )
    cells = [cell.value for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("W") and cell[1:].isdigit()]


def test_the_first_sheet_says_what_it_is_about(book: Any) -> None:
    page = book["Review"]
    assert page["A1"].value.startswith("54.5% inserted within 90 days (6 of 11), +17.0 points")
    found = rows(page)
    assert found["As of"][1] == datetime(2026, 11, 23)
    assert found["Compared with"][1] == datetime(2026, 11, 16)
    assert found["Data version"][1] == "12 (ab12cd34)"
    assert found["Check"][1] == document().fingerprint
    assert rows(book["Needs us"])["outcome unknown"][1] == 1
    assert rows(workbook(of=first())["Review"])["Compared with"][1] == "nothing: the first review"


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_run_as_the_language_does_without_formulas(lang: Lang) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    (ARTEFACTS / f"review-{lang}.xlsx").write_bytes(review_xlsx(found(lang), PROGRAMME))
    for page in workbook(lang).worksheets:
        assert bool(page.sheet_view.rightToLeft) == (lang == "ar")
        for cell in (cell for line in page.iter_rows() for cell in line):
            assert cell.data_type != "f"
            assert not set(str(cell.value)) & set("\u2066\u2067\u2068\u2069")


def test_definitions_are_left_out_where_they_are_others_now() -> None:
    other = PROGRAMME.model_copy(update={"id": "other"})
    assert load_workbook(io.BytesIO(review_xlsx(found(), other))).sheetnames == TABS[:-1]


def test_equal_reviews_make_equal_bytes() -> None:
    assert review_xlsx(found("ar"), PROGRAMME) == review_xlsx(found("ar"), PROGRAMME)
