"""The management page in Chromium, with the demo roster, in the three languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.browsing import (
    assert_accessible,
    assert_no_sideways_scroll,
    assert_quiet,
    assert_self_contained,
)
from browser.conftest import OpenPage
from layouts import ids

LANGS = ("ar", "fr", "en")
CHARTS = ("funnel", "insertion", "curve")
DRAWN = "names => names.every(name => document.querySelector(`#${name}-figure .main-svg`))"
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true}); }"""
DATA = """name => JSON.stringify(document.querySelector(`#${name}-figure .js-plotly-plot`).data.map(
  trace => [Array.from(trace.x || []), Array.from(trace.y || [])]))"""
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
ARABIC_WORD = re.compile("[\u0621-\u064a]{2,}")
# Names that stand in their own script in every language.
PROPER = {"English", "Français", "Kaplan", "Meier", "Wilson", "Greenwood", "log", "Google", "PDF", "Excel"}


def opened(visit_page: Page) -> Page:
    """The page once every chart is drawn."""
    visit_page.wait_for_function(DRAWN, arg=list(CHARTS))
    return visit_page


def data(page: Page) -> dict[str, str]:
    return {name: str(page.evaluate(DATA, name)) for name in CHARTS}


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_complete_quiet_and_asks_no_other_host(
    lang: str, demo_address: str, page_factory: OpenPage
) -> None:
    visit = page_factory(lang)
    page = opened(visit.open(f"{demo_address}/?lang={lang}"))
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    expect(page.locator(".tile")).to_have_count(8)
    expect(page.locator(".finding")).to_contain_text("90")
    assert_quiet(visit)
    assert_self_contained(visit)
    assert len([url for url in visit.requests if "plotly" in url and ".min.js" in url]) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_no_serious_violation_with_everything_unfolded(lang: str, demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory(lang)
    page = opened(visit.open(f"{demo_address}/?lang={lang}"))
    # Lists of choices and the menu of files lie over the page while they are open, one at a time: others test them.
    unfolded = "details:not(.filter):not(.downloads)"
    page.evaluate("parts => document.querySelectorAll(parts).forEach(part => { part.open = true })", unfolded)
    assert_accessible(page)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [390, 1920])
def test_phone_and_projector_have_no_sideways_scroll(
    lang: str, width: int, demo_address: str, page_factory: OpenPage
) -> None:
    page = opened(page_factory(lang, width, 844).open(f"{demo_address}/?lang={lang}"))
    assert_no_sideways_scroll(page)
    first, second = (page.locator(".tile").nth(place).bounding_box() for place in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    if width == 390:
        for control in page.locator("button:visible, .languages a:visible, .definition-link:visible").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, control.inner_text()


def test_arabic_reads_from_right_to_left(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("ar").open(f"{demo_address}/?lang=ar"))
    brand, languages = page.locator(".brand").bounding_box(), page.locator(".languages").bounding_box()
    assert brand is not None
    assert languages is not None
    assert brand["x"] > languages["x"]
    boxes = [tile.bounding_box() for tile in page.locator(".tile").all()[:2]]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] > boxes[1]["x"]
    axis = page.evaluate("document.querySelector('#funnel-figure .js-plotly-plot').layout.xaxis.range")
    assert axis[0] > axis[1]
    days = page.evaluate("document.querySelector('#curve-figure .js-plotly-plot').layout.xaxis.range")
    assert days[0] < days[1]  # time runs left to right in every language


def test_no_text_of_another_language(demo_address: str, page_factory: OpenPage) -> None:
    for lang in LANGS:
        page = opened(page_factory(lang).open(f"{demo_address}/?lang={lang}"))
        words = page.evaluate(
            """() => { const copy = document.querySelector('.page').cloneNode(true);
            copy.querySelectorAll('.languages, .quality').forEach(part => part.remove()); return copy.textContent; }"""
        )
        strange = LATIN_WORD if lang == "ar" else ARABIC_WORD
        assert set(strange.findall(words)) - PROPER == set(), lang


def test_a_filter_changes_every_chart_and_the_address_and_keeps_the_focus(
    demo_address: str, page_factory: OpenPage
) -> None:
    visit = page_factory("fr")
    page = opened(visit.open(f"{demo_address}/?lang=fr"))
    before, sentence = data(page), page.locator(".finding").inner_text()
    page.locator("details.filter").first.locator("summary").click()
    page.get_by_label("Promotion 1", exact=True).check()
    expect(page).to_have_url(re.compile(r"\?lang=fr&cohort=c1$"))
    expect(page.locator(".finding")).not_to_have_text(sentence)
    page.wait_for_function("([read, old]) => eval(read)('curve') !== old", arg=[DATA, before["curve"]])
    after = data(page)
    assert all(after[name] != before[name] for name in CHARTS)
    assert page.evaluate("() => document.activeElement.matches('details.filter[open] input')")
    expect(page.locator(".filter-chosen").first).to_have_text("Promotion 1")
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator(".finding")).to_have_text(sentence)
    expect(page).to_have_url(re.compile(r"\?lang=fr$"))
    assert_quiet(visit)


def test_the_address_restores_the_view_and_the_way_back_works(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("en").open(f"{demo_address}/?lang=en&cohort=c1,c2&as_of=2026-11-09"))
    expect(page.locator("#as-of-line")).to_contain_text("As of 9 November 2026")
    expect(page.locator("#as-of")).to_have_value("2026-11-09")
    expect(page.locator(".filter-chosen").first).to_have_text("Cohort 1, Cohort 2")
    page.locator("#as-of").select_option("2026-11-16")
    expect(page.locator("#as-of-line")).to_contain_text("As of 16 November 2026")
    page.go_back()
    expect(page.locator("#as-of-line")).to_contain_text("As of 9 November 2026")
    expect(page.locator("#as-of")).to_have_value("2026-11-09")


def test_the_language_switch_keeps_the_view(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("en").open(f"{demo_address}/?lang=en"))
    page.locator("details.filter").first.locator("summary").click()
    page.get_by_label("Cohort 2", exact=True).check()
    expect(page).to_have_url(re.compile("cohort=c2"))
    page.get_by_role("link", name="العربية").click()
    opened(page)
    expect(page).to_have_url(re.compile(r"\?lang=ar&cohort=c2$"))
    expect(page.locator(".filter-chosen").first).to_have_text("فوج 2")


def test_a_wrong_address_is_a_notice_and_a_page(demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory("fr")
    page = opened(visit.open(f"{demo_address}/?lang=fr&cohort=rien&as_of=demain"))
    expect(page.locator(".notice")).to_have_count(2)
    expect(page.locator("#as-of")).to_have_value("today")
    assert_quiet(visit)


def test_controls_drawn_anew_are_no_choice_and_leave_the_address_alone(
    demo_address: str, page_factory: OpenPage
) -> None:
    """The roster may come after the page, and brings the choices with it."""
    page = opened(page_factory("fr").open(f"{demo_address}/?lang=fr&cohort=rien&as_of=demain"))
    page.evaluate("document.getElementById('filters-panel').dataset.old = '1'")
    page.evaluate("dash_clientside.set_props('shown', {data: {}}); dash_clientside.set_props('again', {data: 7})")
    expect(page.locator("#filters-panel[data-old]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".notice")).to_have_count(2)
    expect(page).to_have_url(re.compile("cohort=rien"))


def test_a_number_leads_to_its_definition(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("ar").open(f"{demo_address}/?lang=ar"))
    page.locator(".tile-label a").first.click()
    expect(page).to_have_url(re.compile(r"/definitions\?lang=ar#def-insertion_90$"))
    expect(page.locator("#def-insertion_90 dl")).to_be_visible()


def test_the_table_twin_repeats_the_chart(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("en").open(f"{demo_address}/?lang=en"))
    page.locator(".card-funnel .twin summary").click()
    reached = page.locator(".card-funnel .figures tbody tr td:nth-child(2)").all_inner_texts()
    assert len(reached) == 12 + 5  # the stages, and the places that are no stage
    drawn = page.locator("#funnel-figure").text_content() or ""
    assert all(number in drawn for number in reached[:12])
    now = page.locator(".card-funnel .figures tbody tr td:last-child").all_inner_texts()
    assert sum(int(number) for number in now if number != "—") == int(reached[0])


def test_lists_close_with_escape_and_on_a_phone_all_filters_fold(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("fr").open(f"{demo_address}/?lang=fr"))
    first = page.locator("details.filter").first
    first.locator("summary").click()
    page.keyboard.press("Escape")
    expect(first).not_to_have_attribute("open", "")
    phone = opened(page_factory("fr", 390, 844).open(f"{demo_address}/?lang=fr"))
    expect(phone.locator("#filters-panel")).to_be_hidden()
    phone.get_by_role("button", name="Filtrer").click()
    expect(phone.locator("#filters-panel")).to_be_visible()


def test_nothing_moves_while_the_page_opens(demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory("ar")
    visit.page.add_init_script(f"({SHIFTS})()")
    page = opened(visit.open(f"{demo_address}/?lang=ar"))
    assert page.evaluate("() => window.shifted") < 0.02


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True)))


def test_it_prints_on_one_sheet_and_deeper_parts_on_further_ones(demo_address: str, page_factory: OpenPage) -> None:
    for lang in LANGS:
        page = opened(page_factory(lang).open(f"{demo_address}/?lang={lang}"))
        assert sheets(page) == 1, lang
    page.locator(".theme > summary").first.click()
    assert sheets(page) > 1
    page = page_factory("fr").open(f"{demo_address}/?lang=fr&known=2026-09-14")  # with a notice and two marks
    opened(page)
    expect(page.locator(".tile-restated")).not_to_have_count(0)
    assert sheets(page) == 1


def test_the_menu_of_files_follows_the_view(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("fr").open(f"{demo_address}/?lang=fr"))
    page.locator(".downloads > summary").click()
    with page.expect_download() as whole:
        page.locator(".downloads-link").first.click()
    assert whole.value.suggested_filename == "eclat-brief-2026-11-23-fr.pdf"
    page.locator("details.filter").first.locator("summary").click()
    page.get_by_label("Promotion 2", exact=True).check()
    expect(page.locator(".downloads-link").first).to_have_attribute("href", re.compile(r"cohort=c2"))
    heights = page.locator(".downloads > summary, .downloads-link").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert all(height >= 44 for height in heights if height)


def test_the_page_shows_what_was_known_on_a_day_and_what_was_restated_since(
    page_factory: OpenPage, demo_address: str
) -> None:
    # tests/demo_expectations.py: 55 of 62 as known on 16 November, of which today's roster makes 56 of 62.
    page = page_factory("en").open(f"{demo_address}/?lang=en")
    page.locator(f"#{ids.KNOWN}").select_option("2026-11-16")
    headline, tile = page.locator(f"#{ids.HEADLINE}"), page.locator(".tile-insertion-90")
    expect(headline).to_contain_text(re.compile(r"\b55\b.*\b62\b"))
    expect(tile.locator(".tile-restated")).to_contain_text("56 of 62")
    expect(page).to_have_url(re.compile("known=2026-11-16"))
    page.locator(".remembering a").click()
    expect(page.locator(f"#{ids.KNOWN}")).to_have_value("now")
    expect(headline).not_to_contain_text("55")
    page.locator(f"#{ids.AS_OF}").select_option("2026-11-16")
    expect(headline).to_contain_text(re.compile(r"\b56\b.*\b62\b"))
    expect(tile.locator(".tile-restated")).to_contain_text("55 of 62")


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_script_the_page_is_a_report(lang: str, demo_address: str, page_factory: OpenPage) -> None:
    page = page_factory(lang, java_script_enabled=False).page
    page.goto(f"{demo_address}/?lang={lang}")
    expect(page.locator(".tile-value")).to_have_count(8)
    expect(page.locator(".finding")).to_contain_text("90")
    expect(page.locator(".card-funnel .chart")).to_be_hidden()
    page.locator(".card-funnel .twin summary").click()
    expect(page.locator(".card-funnel .figures tbody tr").first).to_be_visible()


def test_nothing_stays_of_the_first_words_once_dash_has_drawn_them(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("fr").open(f"{demo_address}/?lang=fr"))
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator(".tile-value")).to_have_count(8)
    twins = page.evaluate("() => [...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(twins) == len(set(twins))
