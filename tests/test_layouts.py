"""The management page as components: what it says, links and hides, in the three languages."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from figure_results import PROGRAMME
from page_results import EMPTY, FEED, FINDINGS, LANGS, NO_OVERVIEW, overview, shown
from test_tiles import bare, said

from dashboard import palette
from dashboard.programme import Lang
from dashboard.roster import Finding, Reconciliation, Severity, SourceInfo
from dashboard.text import Text
from dashboard.view import Notice, View
from layouts import ids
from layouts.charts import charts, cohort_outcomes
from layouts.definitions import DEFINED, PARTS, definition_words
from layouts.first import first_html
from layouts.index import index_html
from layouts.page import content, framed, in_words, management_page, prepared, rendered, twins
from layouts.places import DEFINITIONS
from layouts.quality import findings_list, grouped, quality, reconciliation_line, unread_line
from layouts.shown import Feed, Shown

ASSETS = Path(__file__).resolve().parent.parent / "layouts" / "assets"
FAULT = SimpleNamespace(code="file_missing", params={"path": "roster.xlsx"})
READ = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = re.compile(r"<[^>]+>")
COUNTS = {"rows_read": 141, "used": 130, "duplicates_merged": 2, "quarantined": 1, "skipped": 8}


def whole(view: Shown) -> str:
    """The page as its first response has it."""
    return first_html(management_page(view), in_words(view, prepared(view)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_leads_to_a_definition_that_there_is(lang: Lang) -> None:
    drawn = whole(shown(lang))
    links = set(re.findall(rf'href="/definitions[?]lang={lang}#(def-[a-z0-9_]+)"', drawn))
    anchors = set(re.findall(r"id='(def-[a-z0-9_]+)'", str(content(shown(lang, page=DEFINITIONS)))))
    assert len(links) >= 8
    assert links <= anchors


@pytest.mark.parametrize("lang", LANGS)
def test_definitions_are_complete(lang: Lang) -> None:
    text = Text(lang)
    for indicator in DEFINED:
        for part in ("name", *PARTS):
            words = definition_words(indicator, part, PROGRAMME, text)
            assert words
            assert "{" not in words


def test_a_definition_speaks_of_the_programmes_own_window() -> None:
    rules = PROGRAMME.rules.model_copy(update={"window_days": 180})
    other = PROGRAMME.model_copy(update={"rules": rules})
    assert "180 days" in definition_words("insertion_90", "window", other, Text("en"))


def test_there_is_one_first_heading_and_the_landmarks() -> None:
    drawn = str(management_page(shown("fr")))
    assert drawn.count("H1(") == 1
    for landmark, times in {"Header(": 1, "Main(": 1, "Nav(": 2, "Footer(": 1}.items():
        assert drawn.count(landmark) == times
    assert drawn.index("skip-link") < drawn.index("Header(")


def test_every_chart_has_title_description_table_and_definition() -> None:
    view = shown("en")
    page = whole(view)
    words = unescape(WORDS.sub("", page))
    for name, chart in charts(view).items():
        assert chart.caption.title in words
        assert chart.caption.subtitle in words
        assert chart.caption.description in words
        assert f'id="{name}-title"' in page
        assert len(chart.twin.rows) > 1
    tables = "".join(twins(view).values())
    assert tables.count('scope="row"') == sum(len(chart.twin.rows) for chart in charts(view).values())


def test_cohorts_are_pooled_below_unless_there_is_only_one() -> None:
    whole = overview()
    assert list(cohort_outcomes(whole)) == ["c1", "c2", "c3", "all"]
    whole.cohorts.pop("c2")
    whole.cohorts.pop("c3")
    assert list(cohort_outcomes(whole)) == ["c1"]


def test_a_cohort_nobody_of_which_started_has_no_row() -> None:
    whole = overview()
    waiting = replace(whole.cohorts["c3"], indicators=EMPTY)
    assert list(cohort_outcomes(replace(whole, cohorts=whole.cohorts | {"unspecified": waiting}))) == [
        *whole.cohorts,
        "all",
    ]


def test_a_language_link_keeps_the_view_and_names_its_language() -> None:
    view = View("fr", date(2026, 11, 16), {"cohort": ("c1", "c2")})
    drawn = str(management_page(shown("fr", view=view)))
    assert "href='/?lang=ar&cohort=c1,c2&as_of=2026-11-16'" in drawn
    assert "lang='ar'" in drawn
    assert drawn.count("aria-current") == 2  # the language, and the page


def test_reconciliation_is_an_equation_with_every_class() -> None:
    account = Reconciliation(**COUNTS)
    words = bare(said(reconciliation_line(account, Text("en"))))
    assert words == ("141rows read=130women counted+2duplicates merged+1set aside+8blank, section or total rows")


def test_findings_are_grouped_gravest_first_and_normalised_ones_left_out() -> None:
    def finding(code: str, severity: Severity, row: int) -> Finding:
        return Finding(code, severity, "S", "H", row)

    groups = grouped(
        [
            finding("b", Severity.WARNING, 1),
            finding("a", Severity.REJECTED, 2),
            finding("b", Severity.WARNING, 3),
            finding("c", Severity.WARNING, 4),
            finding("d", Severity.NORMALISED, 5),
            finding("e", Severity.QUARANTINED, 6),
        ]
    )
    assert [[found.row for found in group] for group in groups] == [[6], [2], [1, 3], [4]]


def test_a_finding_is_a_sentence_whose_cell_opens_the_sheet_at_that_place() -> None:
    source = SourceInfo("google_sheets", "Suivi", READ, url="https://docs.google.com/spreadsheets/d/x/edit")
    found = FINDINGS[0]
    drawn = str(findings_list(shown("en", feed=replace(FEED, source=source, findings=FINDINGS))))
    assert "href='https://docs.google.com/spreadsheets/d/x/edit#gid=5&range=H27'" in drawn
    local = findings_list(shown("en", feed=replace(FEED, findings=FINDINGS)))
    assert found.cell == "'المستفيدات'!H27"
    assert found.cell in said(local)
    assert "2 things to mend in the sheet" in said(local)
    assert "href" not in str(local)
    guests = said(findings_list(shown("en", feed=replace(FEED, findings=FINDINGS), view=View("en", guests=True))))
    assert "2 things to mend in the sheet" in guests
    assert found.cell not in guests


def test_without_findings_that_is_said() -> None:
    assert "Nothing to mend in the sheet." in said(quality(shown("en")))
    assert "Nothing to mend in the sheet." in said(findings_list(shown("en")))


def test_the_overview_counts_what_is_to_be_mended_and_leads_to_it() -> None:
    parts = quality(shown("en", feed=replace(FEED, findings=FINDINGS)))
    assert "2 things to mend in the sheet" in said(parts)
    assert "href='/data?lang=en'" in str(parts)
    assert FINDINGS[0].cell not in said(parts)


def test_unread_columns_are_named() -> None:
    assert "CIN" in unread_line(FEED.unread, Text("en"))


def test_nothing_is_said_of_rows_before_the_first_reading() -> None:
    assert quality(shown("en", feed=Feed())) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_source_that_never_answered_is_a_sentence_in_place_of_numbers(lang: Lang) -> None:
    view = shown(lang, feed=Feed(error=FAULT), overview=None)
    parts = framed(view)
    assert parts["hidden"]
    assert "roster.xlsx" in said(parts["instead"])
    assert parts["banner"] == []
    assert not re.search(r"\d%", said(parts["instead"]))
    assert "tile-value" not in whole(view)


def test_a_source_that_fails_later_leaves_the_last_numbers_under_a_banner() -> None:
    parts = framed(shown("en", feed=replace(FEED, age=7300.0, error=FAULT)))
    assert not parts["hidden"]
    assert "read 2 hours ago" in said(parts["banner"])
    assert "roster.xlsx" in said(parts["banner"])


def test_before_the_first_reading_the_page_says_so_and_asks_again_soon() -> None:
    parts = framed(shown("en", feed=Feed(), overview=None))
    assert "Reading the roster" in said(parts["instead"])
    assert parts["pace"] < framed(shown("en"))["pace"]


def test_a_view_without_women_says_how_to_widen_it() -> None:
    parts = framed(shown("en", overview(women=0)))
    assert parts["hidden"]
    assert "clear the filters" in said(parts["instead"])


def test_a_view_without_completers_is_still_a_page() -> None:
    for lang in LANGS:
        assert not framed(shown(lang, NO_OVERVIEW))["hidden"]
        assert all(rendered(shown(lang, NO_OVERVIEW))[ids.tile(name)] for name in ids.TILE_NAMES)


@pytest.mark.parametrize("lang", LANGS)
def test_every_notice_is_a_sentence(lang: Lang) -> None:
    codes = ("unknown_language", "unknown_choice", "unreadable_date", "future_date", "unreadable_address")
    parts = framed(shown(lang, notices=tuple(Notice(code, "cohort") for code in codes)))
    sentences = [said(notice) for notice in parts["notices"]]
    assert len(set(sentences)) == len(codes)
    assert Text(lang)("filter.cohort") in sentences[1]


@pytest.mark.parametrize(
    ("lang", "direction", "sheet"), [("ar", "rtl", "bootstrap.rtl.min"), ("fr", "ltr", "bootstrap.min")]
)
def test_the_index_sets_language_direction_and_style_sheet(lang: Lang, direction: str, sheet: str) -> None:
    html = index_html(
        Text(lang), PROGRAMME, lambda name: f"/assets/{name}", dict.fromkeys(("config", "scripts", "renderer"), "")
    )
    assert f'<html lang="{lang}" dir="{direction}">' in html
    assert f"/assets/vendor/{sheet}.css" in html
    assert html.count("bootstrap") == 1
    assert "//" not in html.replace("http://www.w3.org", "")
    assert html.index("page.js") < html.index("plotly.min")


def test_of_dashs_scripts_the_page_asks_for_those_it_needs() -> None:
    def written(*names: str) -> list[str]:
        return [f'<script src="/_dash-component-suites/dash/{name}.v4_4_1m1.js"></script>' for name in names]

    needed = written("react@18", "react-dom@18", "prop-types@15", "dash_html_components", "dash_renderer")
    others = written("polyfill@7", "dash_core_components", "dash_bootstrap_components", "dash_table/bundle")
    parts = {"config": "", "scripts": "\n".join([*needed, *others]), "renderer": "<script>start()</script>"}
    html = index_html(Text("fr"), PROGRAMME, lambda name: f"/assets/{name}", parts)
    assert all(script in html for script in needed)
    assert not [script for script in others if script in html]
    assert html.index("dash_renderer") < html.index("vendor/components.min.js") < html.index("start()")


def test_the_style_sheet_has_the_palettes_colours() -> None:
    sheet = (ASSETS / "page.css").read_text("utf-8")
    named = {"paper": palette.PAPER, "ink": palette.INK, "muted": palette.MUTED, "line": palette.LINE}
    named |= {"teal": palette.TEAL, "saffron": palette.SAFFRON, "clay": palette.CLAY, "track": palette.TRACK}
    for name, colour in named.items():
        assert f"--{name}: {colour};" in sheet


def test_the_scripts_know_the_ids_they_touch() -> None:
    script = (ASSETS / "page.js").read_text("utf-8")
    for name in (ids.FILTERS, ids.FILTERS_TOGGLE):
        assert re.search(rf"[\"#']{name}[\"')]", script), name
    assert f'startsWith("{ids.CLEAR}.")' in script
    assert f'"{ids.LOCATION}.search"' in script
