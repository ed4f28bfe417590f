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

COMPARED = ["The rate, step by step", "Movements", "Indicators"]
TABS = ["Review", *COMPARED, "Needs us", "Decisions", "Notes", "Definitions"]


@pytest.fixture(scope="module")
def book() -> Any:
    return workbook()


def rows(page: Any) -> dict[str, list[Any]]:
    """The rows by their first cell."""
    return {str(line[0].value): [cell.value for cell in line] for line in page.iter_rows() if line[0].value is not None}


def test_it_has_a_sheet_for_each_part(book: Any) -> None:
    assert book.sheetnames == TABS
    assert workbook(of=first()).sheetnames == [name for name in TABS if name not in COMPARED]


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
    found = rows(book["Indicators"])["Insertion rate"][:18]
    values, ks, ns = found[2::5][:3], found[3::5], found[4::5]
    assert (values, ks, ns) == ([3 / 8, 4 / 7, 6 / 11], [3, 4, 6], [8, 7, 11])
    assert [round(end, 3) for end in found[5:7]] == [0.137, 0.694]
    assert [round(end, 3) for end in found[15:17]] == [0.28, 0.787]
    assert round(found[17], 4) == 0.1705
    formats = {cell.number_format for line in book["Indicators"].iter_rows() for cell in line if cell.value == 3 / 8}
    assert formats == {"0.0%"}


def test_the_steps_lead_from_the_old_rate_to_the_new_one(book: Any) -> None:
    """By hand, as tests/test_review_brief.py has them on paper: 3 of 8, then one window less, ..., 6 of 11."""
    lines = [[cell.value for cell in line] for line in book["The rate, step by step"].iter_rows(min_row=4)]
    lines = [line for line in lines if line[1] is not None]
    assert [line[1:3] for line in lines] == [
        [3, 8], [0, -1], [-1, -2], [1, 2], [-1, 0], [1, 0], [1, 0], [2, 2], [0, 1], [0, 1], [6, 11],
    ]  # fmt: skip
    k, n, rate = 3, 8, 3 / 8
    for _, added, counted, after, _, _, moved, _, base, below, above, up, down in lines[1:-1]:
        k, n = k + added, n + counted
        assert (after, moved) == (pytest.approx(k / n), pytest.approx(k / n - rate))
        assert (below, above, up - down) == (None, None, pytest.approx(moved))
        assert base == pytest.approx(min(rate, after)) and min(up, down) == 0
        rate = after
    assert (k, n) == (6, 11)
    for line, of, (low, high) in ((lines[0], 3 / 8, (0.137, 0.694)), (lines[-1], 6 / 11, (0.28, 0.787))):
        assert [round(end, 3) for end in line[4:6]] == [low, high]  # Wilson
        base, below, above = line[8:11]
        assert (round(base, 3), base + below, round(base + below + above, 3)) == (low, pytest.approx(of), high)


def test_charts_are_native_and_mirrored_in_arabic(book: Any) -> None:
    assert {name: len(book[name]._charts) for name in TABS} == {name: int(name in COMPARED) for name in TABS}
    for english, arabic in zip(book.worksheets[1:4], workbook("ar").worksheets[1:4], strict=True):
        for page, orientation in ((english, "minMax"), (arabic, "maxMin")):
            chart = page._charts[0]  # openpyxl calls the axis of the names x, that of the numbers y
            assert (chart.x_axis.scaling.orientation, chart.y_axis.scaling.orientation) == ("maxMin", orientation)


def test_charts_are_drawn_from_the_cells_that_say_so(book: Any) -> None:
    """Every range of every series lies under a heading, and holds what it names."""
    for page in book.worksheets[1:4]:
        for series in page._charts[0].series:
            for reference in (series.cat.strRef.f, series.val.numRef.f):
                tab, _, cells = reference.rpartition("!")
                assert tab.strip("'") == page.title
                column = [cell.value for (cell,) in page[cells.replace("$", "")]]
                assert all(
                    isinstance(value, str) == (reference == series.cat.strRef.f)
                    for value in column
                    if value is not None
                )
    rates = book["Indicators"]._charts[0]
    assert [series.tx.v or series.tx.strRef.f for series in rates.series] == ["Then", "Now"]
    drawn = {line[19].value: [cell.value for cell in line[20:26]] for line in book["Indicators"].iter_rows(min_row=4)}
    then, below, above, now, *_ = drawn["Insertion rate"]
    assert (then, now, round(then - below, 3), round(then + above, 3)) == (3 / 8, 6 / 11, 0.137, 0.694)
    assert all(series.errBars.plus.numRef.f and series.errBars.minus.numRef.f for series in rates.series)


def test_the_scale_holds_all_that_is_drawn(book: Any) -> None:
    scale = book["The rate, step by step"]._charts[0].y_axis.scaling
    assert (scale.min, scale.max) == (0.1, 0.8)  # round 13.7 % and 78.7 %


def test_rows_of_long_words_have_room_and_drawn_columns_are_not_printed(book: Any) -> None:
    page = book["Indicators"]
    assert page.print_area.partition("!")[2].startswith("$A$1:$R$")  # the last column of the table
    check = next(line[0].row for line in book["Review"].iter_rows() if line[0].value == "Check")
    assert book["Review"].row_dimensions[check].height >= 28  # 64 letters in a column of 38


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
