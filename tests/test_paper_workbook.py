"""The workbook, opened by openpyxl: real numbers, dates and rates, from right to left, with charts and no formula."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from page_results import LANGS, overview, shown
from paper_files import ARTEFACTS, workbook

from dashboard.programme import Lang
from dashboard.tables import funnel_table, insertion_table
from dashboard.text import Text
from layouts.charts import cohort_outcomes
from layouts.paper.lines import seen
from layouts.paper.workbook import workbook_xlsx

TABS = ["Brief", "Path", "Insertion by cohort", "Time to insertion", "Tracking table", "Definitions", "About"]


@pytest.fixture(scope="module")
def book() -> Any:
    return workbook()


def row(page: Any, name: str) -> list[object]:
    return next([cell.value for cell in line] for line in page.iter_rows() if line[0].value == name)


def test_it_has_a_sheet_for_each_part_of_the_view(book: Any) -> None:
    assert book.sheetnames == TABS


def test_the_brief_holds_the_headline_and_numbers_that_can_be_counted_with(book: Any) -> None:
    """By hand: 40 of 45, Wilson 76.5 to 95.2 %, 43 of 45 at best; a row says label, words, value, k, n, low, high."""
    page = book["Brief"]
    assert page["A1"].value == "40 of 45 women were in work within 90 days"
    found = row(page, "Insertion within 90 days")
    assert found[2:11] == [40 / 45, 40, 45, 0.765, 0.952, 40 / 45, 43 / 45, 12, 3]
    assert row(page, "Started training")[2] == 104
    assert row(page, "Time to insertion (median)")[2:7] == [75, None, 57, 30, None]


def test_rates_counts_and_dates_have_formats_of_their_own(book: Any) -> None:
    line = next(line for line in book["Brief"].iter_rows() if line[0].value == "Insertion within 90 days")
    assert [line[2].number_format, line[3].number_format] == ["0.0%", "#,##0"]
    about = next(line for line in book["About"].iter_rows() if line[0].value == "As of")
    assert about[1].value == datetime(2026, 11, 23) and about[1].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(("tab", "rows"), [("Path", 4), ("Insertion by cohort", 4)])
def test_a_sheet_repeats_the_table_twin_of_the_page(book: Any, tab: str, rows: int) -> None:
    """The twin says words; each number of the sheet, said in words, is the twin's."""
    view, text = shown(), Text("en")
    twin = {
        "Path": funnel_table(view.counted.whole.funnel, view.programme, text),
        "Insertion by cohort": insertion_table(cohort_outcomes(view.counted), view.programme, text),
    }[tab]
    lines = list(book[tab].iter_rows(min_row=2, max_row=1 + rows))
    assert len(twin.rows) == rows
    for line, said in zip(lines, twin.rows, strict=True):
        written = [cell.value for cell in line if cell.column <= len(said)]
        assert len(written) == len(said) and written[0] == seen(said[0])
        counts = [cell.value for cell in line if cell.number_format == "#,##0" and cell.value is not None]
        assert [text.number(count) for count in counts] == [cell for cell in said if cell.isdigit()]
        rates = [text.percent(cell.value) for cell in line if cell.number_format == "0.0%"]
        assert [rate for rate in rates if rate not in said] == [] or tab != "Path"


def test_an_interval_is_two_numbers(book: Any) -> None:
    page = book["Insertion by cohort"]
    heads = [cell.value for cell in page[1]]
    low = heads.index("95% confidence interval: lower end")
    assert row(page, "Cohort 2")[low - 1 : low + 2] == [0.8, 0.49, 0.943]
    assert row(page, "Cohort 3")[low - 1 : low + 2] == [None, None, None]  # no window has closed


def test_charts_are_native_and_mirrored_in_arabic(book: Any) -> None:
    counted = {name: len(book[name]._charts) for name in TABS}
    assert counted == dict.fromkeys(TABS, 0) | {"Path": 1, "Insertion by cohort": 1, "Time to insertion": 1}
    arabic = workbook("ar")
    path, insertion, curve = (arabic.worksheets[place]._charts[0] for place in (1, 2, 3))
    english = book["Path"]._charts[0]  # openpyxl calls the axis of the stages x, that of the women y
    assert (path.x_axis.scaling.orientation, path.y_axis.scaling.orientation) == ("maxMin", "maxMin")
    assert (english.x_axis.scaling.orientation, english.y_axis.scaling.orientation) == ("maxMin", "minMax")
    assert insertion.x_axis.scaling.orientation == "maxMin"
    assert curve.x_axis.scaling.orientation == "minMax"  # time runs from left to right


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_run_as_the_language_does_with_headings_in_sight(lang: Lang) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    (ARTEFACTS / f"hand-made-{lang}.xlsx").write_bytes(workbook_xlsx(shown(lang)))
    for page in workbook(lang).worksheets:
        assert bool(page.sheet_view.rightToLeft) == (lang == "ar")
        assert page.freeze_panes is not None
        assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
        assert "2026" in (page.oddFooter.left.text or "") + (page.oddFooter.right.text or "")


def test_about_says_where_the_numbers_come_from() -> None:
    page = workbook(feed=replace(shown().feed, fingerprint="0A1B2C3D"))["About"]
    assert row(page, "Data version")[1] == "0A1B2C3D"
    assert row(page, "Definition version")[1] == "2026.11"
    assert row(page, "Women chosen")[1] == "All women"
    assert "roster.xlsx" in str(row(page, "Source")[1])
    assert row(page, "Women in the view")[1] == 130


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://a.example", "007"])
def test_a_name_is_never_a_formula_a_link_or_a_number(evil: str) -> None:
    view = overview()
    found = replace(view, cohorts={evil: view.cohorts["c1"]})
    page = workbook(overview=found)["Insertion by cohort"]
    cell = page["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (evil, "s", None)


def test_no_sheet_has_a_formula_or_a_mark_of_direction(book: Any) -> None:
    for page in [*book.worksheets, *workbook("ar").worksheets]:
        for line in page.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                assert not set(str(cell.value)) & set("\u2066\u2067\u2068\u2069")


def test_equal_views_make_equal_bytes() -> None:
    assert workbook_xlsx(shown("ar")) == workbook_xlsx(shown("ar"))


def test_the_tracking_table_has_dates_and_units(book: Any) -> None:
    page = book["Tracking table"]
    heads = [cell.value for cell in page[1]]
    due = [line[heads.index("Target due")].value for line in page.iter_rows(min_row=2)]
    assert all(isinstance(day, date) for day in due if day is not None) and any(due)
