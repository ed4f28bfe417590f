"""The donor's view on a phone in Arabic, from the link in a mail to the file, and in the other languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hand_made_release import AT, PROGRAMME, hand_made, stored

from browser.browsing import assert_accessible, assert_no_sideways_scroll, assert_quiet, assert_self_contained, serving
from browser.conftest import OpenPage
from callbacks.tokens import password_hash, token_hash
from connectors.store import open_store
from dashboard.publishing import NewLink
from donor_app import create_server

TOKEN, GUARDED = "t" * 43, "g" * 43


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('data') / 'history.sqlite3'}"
    store = open_store(url)
    store.releases(PROGRAMME.id).publish(stored(hand_made(1)))
    store.links(PROGRAMME.id).new(NewLink("B.", "ar"), token_hash(TOKEN), by="me", at=AT)
    guarded = NewLink("C.", "fr", password_hash=password_hash("open sesame 1"))
    store.links(PROGRAMME.id).new(guarded, token_hash(GUARDED), by="me", at=AT)
    store.close()
    server: Flask = create_server({"DASHBOARD_STORE": url, "DASHBOARD_DONOR_SECRET": "s" * 16})
    with serving(server) as served:
        yield served
    server.extensions["dashboard"].stop()


def test_a_donor_opens_the_link_on_a_phone_in_arabic(address: str, page_factory: OpenPage) -> None:
    visit = page_factory("ar", width=390, height=844, has_touch=True, is_mobile=True)
    page = visit.page
    page.goto(f"{address}/d/{TOKEN}")
    assert page.url == f"{address}/donor/?lang=ar"
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "65" in page.locator(".finding").inner_text()
    assert page.locator(".tiles .tile").count() == 8
    assert page.locator(".donor-path .hidden-number").inner_text().endswith("محجوب لحماية الخصوصية")
    assert_no_sideways_scroll(page)
    page.locator(".tile-insertion-90 a").tap()
    assert page.locator("#def-insertion_90").is_visible()
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    assert_quiet(visit)
    assert_self_contained(visit)
    with page.expect_download() as waiting:
        page.locator(".file-link").first.tap()
    assert waiting.value.suggested_filename == "eclat-release-1-2026-11-23-ar.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
    assert page.evaluate("() => document.referrer + document.cookie") == ""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_on_a_desk_it_fits_and_is_accessible(lang: str, address: str, page_factory: OpenPage) -> None:
    page = page_factory(lang, width=1440).page
    page.goto(f"{address}/d/{TOKEN}")
    page.locator(f".languages a[lang={lang}]").click()
    assert page.locator("html").get_attribute("lang") == lang
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_a_link_that_opens_nothing_says_so(address: str, page_factory: OpenPage) -> None:
    page = page_factory("fr", width=390, height=844).page
    page.goto(f"{address}/d/{TOKEN[:-1]}x")
    assert page.locator("h1").inner_text() == "Ce lien n’ouvre rien"
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.goto(f"{address}/donor/")
    assert page.locator("h1").inner_text() == "Ce lien n’ouvre rien"


def test_a_password_is_typed_and_the_address_is_told_to_nobody(address: str, page_factory: OpenPage) -> None:
    """A browser names no origin for a form of a page that asks it to keep quiet about everything."""
    page = page_factory("fr", width=390, height=844).page
    told: list[str] = []
    page.on("request", lambda request: told.append(request.all_headers().get("referer", "")))
    page.goto(f"{address}/d/{GUARDED}")
    page.locator("#password").fill("wrong")
    page.locator("button").click()
    assert page.locator(".banner").is_visible()
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    page.locator("#password").fill("open sesame 1")
    page.locator("button").click()
    assert page.url == f"{address}/donor/?lang=fr"
    assert "65" in page.locator(".finding").inner_text()
    assert len(told) > 5 and not [one for one in told if GUARDED in one]
