"""A stranger's sheet, connected with the page only, in Arabic: from headers nobody knows to numbers on the page."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sheets_server import EMAIL, SheetsServer
from strangers import CANARIES, FIELDS, HEADER, INSERTED, PERSONAL, TITLE, WOMEN, rows

from app import create_server
from browser.browsing import (
    assert_accessible,
    assert_no_sideways_scroll,
    assert_quiet,
    assert_self_contained,
    serving,
)
from browser.conftest import TODAY, OpenPage
from connectors.settings import ROOT, Settings
from dashboard.text import Text

AR = Text("ar")
PATIENCE = 30_000.0  # ms for an answer that waits for a sheet, on a busy machine
ISOLATES = re.compile("[\u2066-\u2069]")


@pytest.fixture
def sheets() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        server.title = "لائحة جمعية"
        server.put("اقرأ هذا", [["تعليمات"]])
        server.put(TITLE, rows())
        yield server


@pytest.fixture
def address(sheets: SheetsServer, tmp_path: Path) -> Iterator[str]:
    """The whole dashboard with its demo, and a programme of its own that may be written to."""
    shutil.copy(ROOT / "programme.toml", tmp_path / "programme.toml")
    key = sheets.key_file(tmp_path)
    settings = Settings("demo", tmp_path / "programme.toml", tmp_path / "data", b"only for this test run", key)
    with serving(create_server(settings, lambda: TODAY)) as served:
        yield served


def assign(page: Page, header: str, field: str) -> None:
    page.get_by_label(ISOLATED.format(AR.isolate(header))).select_option(field)


ISOLATED = AR("connect.meaning_of", header="{}")


def assert_good(page: Page) -> None:
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    said = page.content()
    assert not [canary for canary in CANARIES if canary in said]


@pytest.mark.parametrize("width", [1440, 390])
def test_from_an_unknown_sheet_to_numbers_on_the_page(
    address: str, sheets: SheetsServer, page_factory: OpenPage, width: int
) -> None:
    visit = page_factory("ar", width=width)
    page = visit.open(f"{address}/?lang=ar")
    page.get_by_role("link", name=AR("connect.invite")).click()

    expect(page.locator(".email")).to_have_text(EMAIL, timeout=PATIENCE)
    assert_good(page)
    page.get_by_label(AR("connect.source_label")).fill(sheets.address)
    page.get_by_role("button", name=AR("connect.look")).click()

    expect(page.locator(".mapping tbody tr")).to_have_count(len(HEADER), timeout=PATIENCE)
    expect(page.locator("[aria-current=step]")).to_have_text(AR("connect.step_columns"))
    for header in PERSONAL:
        expect(page.get_by_label(ISOLATED.format(AR.isolate(str(header))))).to_have_value("")
    assert_good(page)
    for header, field in FIELDS.items():
        assign(page, header, field)
    assign(page, "Observations", "exit_reason")
    expect(page.locator("tr", has_text="Observations").locator(".sure")).to_contain_text(
        AR("connect.confidence_chosen")
    )
    page.get_by_role("button", name=AR("connect.make_never_of", header=AR.isolate("Observations"))).click()
    expect(page.get_by_label(ISOLATED.format(AR.isolate("Observations")))).to_have_value("")
    page.get_by_role("button", name=AR("connect.try")).click()

    expect(page.locator(".term-number").first).to_have_text(str(WOMEN), timeout=PATIENCE)
    assert_good(page)
    page.get_by_role("button", name=AR("connect.write")).click()

    expect(page.locator("h2")).to_have_text(AR("connect.done_title"), timeout=PATIENCE)
    assert_good(page)
    page.get_by_role("link", name=AR("connect.done_open")).click()

    expect(page.locator(".finding")).to_contain_text(str(INSERTED), timeout=PATIENCE)
    headline = ISOLATES.sub("", page.locator(".finding").inner_text())
    assert f"{INSERTED} من أصل {WOMEN} مستفيدة" in headline
    expect(page.get_by_role("link", name=AR("connect.invite"))).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert_quiet(visit)
    assert_self_contained(visit)


def test_decisions_survive_a_change_of_language(address: str, sheets: SheetsServer, page_factory: OpenPage) -> None:
    visit = page_factory("fr")
    page = visit.page
    page.goto(f"{address}/connect?lang=fr")
    page.get_by_label(Text("fr")("connect.source_label")).fill(sheets.address)
    page.keyboard.press("Enter")
    page.locator("tr", has_text="Matr.").locator("select").select_option("key")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl", timeout=PATIENCE)
    expect(page.locator("tr", has_text="Matr.").locator("select")).to_have_value("key")
    assert_quiet(visit)


def test_the_page_works_without_scripts(address: str, sheets: SheetsServer, page_factory: OpenPage) -> None:
    visit = page_factory("en", java_script_enabled=False)
    page = visit.page
    page.goto(f"{address}/connect?lang=en")
    page.locator("#source").fill(sheets.address)
    page.locator("button[value=look]").click()
    page.locator("tr", has_text="Matr.").locator("select").select_option("key")
    page.locator("button[value=columns]:visible", has_text="Show").click()
    page.locator("tr", has_text="Matr.").locator("button").click()
    assert page.locator("tr", has_text="Matr.").locator("select").input_value() == ""
