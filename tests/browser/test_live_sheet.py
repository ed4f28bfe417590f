"""A roster on Google Sheets, on screen: edits arrive, faults are said in words, nothing personal travels."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Response, expect
from sheets_grid import Value
from sheets_server import EMAIL, SheetsServer

from app import create_server
from browser.browsing import serving
from browser.conftest import TODAY, OpenPage
from connectors.settings import ROOT, Settings
from layouts import ids

TITLE = "المستفيدات"
HEADER: list[Value] = [
    *("الرمز", "الاسم الكامل", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", "تاريخ الإدماج", "الحالة")
]
DRAWN = """id => JSON.stringify(document.getElementById(id).querySelector('.js-plotly-plot').data
  .map(trace => [Array.from(trace.x || []), Array.from(trace.y || [])]))"""


def roster_rows(placed: int) -> list[list[Value]]:
    """Twelve women of one cohort who completed 200 days before; the first so many found work on day 30."""
    completed = TODAY - timedelta(days=200)
    rows: list[list[Value]] = [HEADER]
    for n in range(1, 13):
        work = completed + timedelta(days=30) if n <= placed else None
        status = "مدمجة" if n <= placed else "تبحث عن عمل"
        rows.append([f"P-{n:03d}", f"اسم {n:03d}", "فوج 1", date(2025, 11, 3), completed, work, status])
    return rows


@contextmanager
def dashboard_on(sheets: SheetsServer, folder: Path, max_age: float = 15.0) -> Iterator[str]:
    """The dashboard connected to the sheet, served."""
    sheets.put(TITLE, roster_rows(placed=9))
    key = sheets.key_file(folder)
    settings = Settings(sheets.address, ROOT / "programme.toml", folder, b"k" * 32, key, max_age=max_age)
    with serving(create_server(settings, lambda: TODAY)) as address:
        yield address


def test_an_edit_in_the_sheet_is_on_the_page_after_reading_again(page_factory: OpenPage, tmp_path: Path) -> None:
    with SheetsServer() as sheets, dashboard_on(sheets, tmp_path) as address:
        page = page_factory("en").open(f"{address}/?lang=en")
        headline = page.locator(f"#{ids.HEADLINE}")
        expect(headline).to_contain_text(re.compile(r"\b9\b.*\b12\b"))
        before = [page.evaluate(DRAWN, ids.figure(card)) for card in ids.CARDS]
        sheets.put(TITLE, roster_rows(placed=11))
        page.locator(f"#{ids.READ_NOW}").click()
        expect(headline).to_contain_text(re.compile(r"\b11\b.*\b12\b"))
        after = [page.evaluate(DRAWN, ids.figure(card)) for card in ids.CARDS]
        assert [card for card, old, new in zip(ids.CARDS, before, after, strict=True) if old == new] == []


def test_an_edit_in_the_sheet_is_on_an_open_page_by_itself_and_only_what_it_changes_moves(
    page_factory: OpenPage, tmp_path: Path
) -> None:
    with SheetsServer() as sheets, dashboard_on(sheets, tmp_path, max_age=4.0) as address:
        visit = page_factory("en")
        page = visit.open(f"{address}/?lang=en")
        expect(page.locator(f"#{ids.HEADLINE}")).to_contain_text(re.compile(r"\b9\b.*\b12\b"))
        page.evaluate("document.querySelectorAll('.tile-value').forEach(value => { value.dataset.stays = 'yes'; })")
        page.locator("details.theme").first.evaluate("part => { part.open = true; }")
        visit.requests.clear()
        sheets.put(TITLE, roster_rows(placed=11))
        expect(page.locator(f"#{ids.HEADLINE}")).to_contain_text(re.compile(r"\b11\b.*\b12\b"))
        expect(page.locator(".tile-insertion-90 .tile-value")).to_contain_text("92%")
        assert page.locator("#tile-insertion-90 [data-stays]").count() == 0
        assert page.locator("#tile-dropout [data-stays]").count() == 1  # nothing that stays the same was sent again
        assert page.locator("details.theme").first.evaluate("part => part.open")
        assert not [
            asked for asked in visit.requests if asked.endswith("_dash-layout")
        ]  # nor was the page loaded again


def test_a_held_reading_is_shown_to_all_and_accepted_on_the_page(page_factory: OpenPage, tmp_path: Path) -> None:
    with SheetsServer() as sheets, dashboard_on(sheets, tmp_path, max_age=4.0) as address:
        page = page_factory("fr").open(f"{address}/?lang=fr")
        sheets.put(TITLE, roster_rows(placed=9)[:6])  # most rows are gone
        banner = page.locator(f"#{ids.BANNER}")
        expect(banner).to_contain_text("retenue")
        expect(page.locator(f"#{ids.HEADLINE}")).to_contain_text(re.compile(r"\b9\b.*\b12\b"))
        banner.get_by_role("button").click()
        expect(banner).to_be_empty()
        expect(page.locator(f"#{ids.HEADLINE}")).to_contain_text(re.compile(r"\b5\b.*\b5\b"))


def test_a_dashboard_that_does_not_answer_says_so_and_comes_back(page_factory: OpenPage, tmp_path: Path) -> None:
    with SheetsServer() as sheets, dashboard_on(sheets, tmp_path) as address:
        page = page_factory("ar").open(f"{address}/?lang=ar")
        line = page.locator(f"#{ids.OFFLINE}")
        expect(line).to_be_hidden()
        page.context.set_offline(True)
        expect(line).to_be_visible()
        page.context.set_offline(False)
        expect(line).to_be_hidden()


def test_no_name_and_no_code_reaches_the_browser(page_factory: OpenPage, tmp_path: Path) -> None:
    with SheetsServer() as sheets, dashboard_on(sheets, tmp_path) as address:
        visit = page_factory("ar")
        bodies: list[Response] = []
        visit.page.on("response", lambda response: bodies.append(response))
        sent = ""
        for place in ("", "data", "indicators", "definitions"):
            visit.page.goto(f"{address}/{place}?lang=ar", wait_until="networkidle")
            found = [body for body in bodies if "json" in (body.header_value("content-type") or "")]
            sent += "".join(json.dumps(body.json(), ensure_ascii=False) for body in found)
            bodies.clear()  # what was sent for a page is forgotten with it
        assert str(HEADER[1]) in sent  # the page names the column that it never asked for
        assert re.search(r"P-\d{3}|اسم \d", sent) is None
        assert not [asked for asked in sheets.ranges if re.search(r"!B\d*:|!A\d+:[C-Z]", asked)]  # the name column


def test_a_sheet_that_is_not_shared_says_with_whom_to_share_it(page_factory: OpenPage, tmp_path: Path) -> None:
    with SheetsServer() as sheets:
        sheets.shared = False
        with dashboard_on(sheets, tmp_path) as address:
            visit = page_factory("fr")
            visit.page.goto(f"{address}/?lang=fr")
            expect(visit.page.locator(f"#{ids.INSTEAD}")).to_contain_text(EMAIL)


def test_when_google_fails_the_last_good_numbers_stay_under_a_banner(page_factory: OpenPage, tmp_path: Path) -> None:
    with SheetsServer() as sheets, dashboard_on(sheets, tmp_path) as address:
        page = page_factory("en").open(f"{address}/?lang=en")
        sheets.shared = False
        page.locator(f"#{ids.READ_NOW}").click()
        expect(page.locator(f"#{ids.BANNER}")).to_contain_text(EMAIL)
        expect(page.locator(f"#{ids.HEADLINE}")).to_contain_text(re.compile(r"\b9\b.*\b12\b"))
