"""The pages behind the overview in Chromium, with the demo roster, in the three languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.browsing import (
    Visit,
    assert_accessible,
    assert_no_sideways_scroll,
    assert_quiet,
    assert_self_contained,
)
from browser.conftest import OpenPage

LANGS = ("ar", "fr", "en")
PLACES = ("indicators", "definitions", "data")
TITLES = {"indicators": "#tracking-title", "definitions": "#definitions-title", "data": "#data-line"}
UNFOLD = "() => document.querySelectorAll('main details').forEach(part => { part.open = true })"
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
ARABIC_WORD = re.compile("[\u0621-\u064a]{2,}")
# Names that stand in their own script in every language.
PROPER = {"WIOA", "CIRR", "Wilson", "Kaplan", "Meier", "Newcombe", "OPSYS", "Greenwood", "log", "Google", "SMIG"}
PROPER |= {"PDF", "Excel"}


def opened(visit: Visit, address: str, place: str) -> Page:
    """A page other than the overview, once its content is drawn. It has no chart to wait for."""
    page = visit.page
    page.goto(address)
    page.wait_for_selector(TITLES[place])
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_page_is_complete_quiet_accessible_and_in_its_language(
    lang: str, place: str, demo_address: str, page_factory: OpenPage
) -> None:
    visit = page_factory(lang)
    page = opened(visit, f"{demo_address}/{place}?lang={lang}", place)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    expect(page.locator(".places a[aria-current=page]")).to_have_attribute("href", f"/{place}?lang={lang}")
    assert not [url for url in visit.requests if "plotly" in url and "locale" not in url]
    page.evaluate(UNFOLD)
    assert_accessible(page)
    assert_quiet(visit)
    assert_self_contained(visit)
    words = page.evaluate(
        """() => { const NOTES = '.tracking-marks bdi, svg title';  // staff write in whatever language they like
        const copy = document.querySelector('.page').cloneNode(true);
        copy.querySelectorAll('.languages, .account-findings, .code, ' + NOTES).forEach(part => part.remove());
        return copy.textContent; }"""
    )
    strange = LATIN_WORD if lang == "ar" else ARABIC_WORD
    assert set(strange.findall(words)) - PROPER == set()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_phone_shows_a_page_without_sideways_scroll(
    lang: str, place: str, demo_address: str, page_factory: OpenPage
) -> None:
    page = opened(page_factory(lang, 390, 844), f"{demo_address}/{place}?lang={lang}", place)
    assert_no_sideways_scroll(page)
    page.evaluate(UNFOLD)
    assert_no_sideways_scroll(page)
    for link in page.locator(".places a, .kind").all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44


@pytest.mark.parametrize("lang", LANGS)
def test_the_folded_sections_and_the_target_open_in_place(lang: str, demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory(lang, 390, 844)
    page = visit.open(f"{demo_address}/?lang={lang}")
    expect(page.locator(".theme-finding")).to_have_count(7)
    expect(page.locator(".theme-body").first).to_be_hidden()
    page.locator("#theme-gaps > summary").click()
    expect(page.locator("#theme-gaps .rates").first).to_be_visible()
    page.locator(".target-line > summary").click()
    expect(page.locator(".target-columns")).to_be_visible()
    page.evaluate(UNFOLD)
    assert_no_sideways_scroll(page)
    assert_quiet(visit)


def test_what_is_unfolded_stays_so_when_a_filter_changes(demo_address: str, page_factory: OpenPage) -> None:
    page = page_factory("fr").open(f"{demo_address}/?lang=fr")
    page.locator("#theme-dropout > summary").click()
    before = page.locator("#theme-dropout .theme-finding").inner_text()
    page.locator("details.filter").first.locator("summary").click()
    page.get_by_label("Promotion 1", exact=True).check()
    expect(page.locator("#theme-dropout .theme-finding")).not_to_have_text(before)
    expect(page.locator("#theme-dropout .bars").first).to_be_visible()


def test_navigation_keeps_the_view_and_filters_reach_every_page(demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory("en")
    page = visit.open(f"{demo_address}/?lang=en&cohort=c1")
    page.locator("#as-of").select_option("2026-11-16")
    expect(page.locator("#as-of-line")).to_contain_text("As of 16 November 2026")
    page.locator(".places").get_by_role("link", name="Indicator tracking").click()
    expect(page).to_have_url(re.compile(r"/indicators\?lang=en&cohort=c1&as_of=2026-11-16$"))
    enrolled = page.locator("[data-code=P1] .cell-actual strong")
    expect(enrolled).to_have_text("45")
    page.locator("details.filter").first.locator("summary").click()
    page.get_by_label("Cohort 2", exact=True).check()
    expect(enrolled).to_have_text("90")
    expect(page).to_have_url(re.compile(r"/indicators\?lang=en&cohort=c1,c2&as_of=2026-11-16$"))
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(re.compile(r"/indicators\?lang=fr&cohort=c1,c2&as_of=2026-11-16$"))
    expect(page.locator("#tracking-title")).to_have_text("Tableau de suivi des indicateurs")
    assert_quiet(visit)


def test_the_period_is_chosen_in_place_and_stands_in_the_address(demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory("fr")
    page = opened(visit, f"{demo_address}/indicators?lang=fr", "indicators")
    loads = len([url for url in visit.requests if "_dash-layout" in url])
    page.get_by_role("link", name="Trimestre", exact=True).click()
    expect(page).to_have_url(re.compile(r"/indicators\?lang=fr&period=quarter$"))
    expect(page.locator("#tracking-title + .subtitle")).to_contain_text("Trimestre 9 du projet")
    page.go_back()
    expect(page.locator("#tracking-title + .subtitle")).to_contain_text("Semestre 5 du projet")
    assert len([url for url in visit.requests if "_dash-layout" in url]) == loads
    assert_quiet(visit)


def test_an_unknown_page_is_said_in_the_readers_language(demo_address: str, page_factory: OpenPage) -> None:
    visit = page_factory("ar", 390, 844)
    answer = visit.page.goto(f"{demo_address}/nichts?lang=ar")
    assert answer is not None
    assert answer.status == 404
    expect(visit.page.locator("h1")).to_have_text("هذه الصفحة غير موجودة")
    assert_no_sideways_scroll(visit.page)
    assert_accessible(visit.page)
    visit.page.get_by_role("link", name="التعريفات").click()
    expect(visit.page.locator("#definitions-title")).to_be_visible()


def test_a_definition_is_opened_by_its_address(demo_address: str, page_factory: OpenPage) -> None:
    page = page_factory("fr").page
    page.goto(f"{demo_address}/definitions?lang=fr#def-gaps")
    expect(page.locator("#def-gaps dl")).to_be_visible()
    expect(page.locator("#def-gaps dl")).to_be_in_viewport()
    expect(page.locator("#def-target dl")).to_be_hidden()


def test_the_line_from_rows_to_women_adds_up_on_the_page(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("en"), f"{demo_address}/data?lang=en", "data")
    read = int(page.locator(".rung-rows-read .rung-number").inner_text())
    inserted = int(page.locator(".rung-inserted .rung-number").inner_text())
    signed = page.locator(".rung-minus").all_inner_texts()
    gone = [-int(re.sub(r"\D", "", words)) for words in signed]
    assert all("\u2212" in words for words in signed)
    assert read + sum(gone) == inserted
    page.locator(".rung-leaving summary").first.click()
    parts = page.locator(".rung-leaving").first.locator(".classes .count").all_inner_texts()
    assert sum(map(int, parts)) == -gone[0]
    for denominator in page.locator(".branches .branch-number").all_inner_texts():
        assert int(denominator) <= read


def test_the_tracking_table_prints_on_its_side_with_its_legend(demo_address: str, page_factory: OpenPage) -> None:
    page = opened(page_factory("fr"), f"{demo_address}/indicators?lang=fr", "indicators")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    width, height = (float(size) for size in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)[0])
    assert width > height
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".legend ul")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
