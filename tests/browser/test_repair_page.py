"""The repair list in Chromium: in the three languages, on a phone, and on a live sheet that is mended."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sheets_grid import Value
from sheets_server import SheetsServer

from app import create_server
from browser.browsing import (
    assert_accessible,
    assert_no_sideways_scroll,
    assert_quiet,
    assert_self_contained,
    serving,
)
from browser.conftest import TODAY, OpenPage
from browser.test_live_sheet import TITLE, roster_rows
from connectors.settings import ROOT, Settings
from layouts import ids

LANGS = ("ar", "fr", "en")
UNFOLD = "() => document.querySelectorAll('main details').forEach(part => { part.open = true })"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("lang", LANGS)
def test_the_list_is_quiet_accessible_and_fits(
    lang: str, width: int, demo_address: str, page_factory: OpenPage
) -> None:
    visit = page_factory(lang, width=width)
    page = visit.page
    page.goto(f"{demo_address}/repair?lang={lang}")
    page.wait_for_selector(".repair-group")
    page.wait_for_load_state("networkidle")
    page.evaluate(UNFOLD)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    expect(page.locator(".places a[aria-current=page]")).to_have_attribute("href", f"/repair?lang={lang}")
    assert page.locator(".repair-group").count() >= 8
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    assert_quiet(visit)
    assert_self_contained(visit)
    words = page.locator("main").inner_text()
    strange = "[A-Za-zÀ-ÿ]{3,}" if lang == "ar" else "[\u0621-\u064a]{2,}"
    assert set(re.findall(strange, words)) - {"programme", "toml", "CSV"} == set()


def test_the_file_is_downloaded(demo_address: str, page_factory: OpenPage) -> None:
    page = page_factory("fr").page
    page.goto(f"{demo_address}/repair?lang=fr")
    with page.expect_download() as waiting:
        page.locator(".repair-download").click()
    assert waiting.value.suggested_filename == "repair.csv"
    assert Path(waiting.value.path()).read_text("utf-8").startswith("\ufeffEffet;")


def test_a_mended_cell_leaves_the_list_and_is_counted(page_factory: OpenPage, tmp_path: Path) -> None:
    rows = roster_rows(placed=9)
    rows[3][5] = "31/02/2026"  # the work date of the third woman
    rows[4][5] = None  # the fourth is said to work, without a date
    with SheetsServer() as sheets:
        sheets.put(TITLE, rows)
        settings = Settings(sheets.address, ROOT / "programme.toml", tmp_path, b"k" * 32, sheets.key_file(tmp_path))
        with serving(create_server(settings, lambda: TODAY)) as address:
            page = page_factory("en").page
            page.goto(f"{address}/repair?lang=en")
            head = page.locator(".repair-whole")
            expect(head).to_have_text(re.compile(r"3 cells keep 2 women"))
            link = page.locator(".repair-group a", has_text="F4").first
            assert (link.get_attribute("href") or "").endswith(f"/{sheets.sheet_id}/edit#gid=100&range=F4")
            sheets.put(TITLE, _mended(rows))
            page.locator(f"#{ids.READ_NOW}").click()
            expect(head).to_have_text(re.compile(r"1 cell keeps 1 woman"))
            expect(page.locator(".repair-progress")).to_contain_text("2 mended in the last 7 days")


def _mended(rows: list[list[Value]]) -> list[list[Value]]:
    good = roster_rows(placed=9)
    return [good[3] if number == 3 else row for number, row in enumerate(rows)]
