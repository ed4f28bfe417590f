"""The door in a real browser: led to it, in by the printed address, and out again; the open page notices."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app import create_server
from browser.browsing import assert_accessible, assert_no_sideways_scroll, assert_self_contained
from browser.conftest import OpenPage, Serve
from connectors.door_settings import DoorSettings
from connectors.one_time import OneTime
from connectors.settings import ROOT, Settings
from dashboard.text import Text


@pytest.fixture
def door(serve: Serve, tmp_path: Path) -> Iterator[tuple[str, OneTime]]:
    doors = DoorSettings("one_time")
    settings = Settings("demo", ROOT / "programme.toml", tmp_path, b"only for this test run", None, doors=doors)
    server = create_server(settings, lambda: date(2026, 11, 23))
    with serve(server) as address:
        yield address, OneTime(tmp_path)
    server.extensions["dashboard"].stop()


def test_in_by_the_printed_address_and_out_again(door: tuple[str, OneTime], page_factory: OpenPage) -> None:
    (address, one_time), text = door, Text("ar")
    visit = page_factory(lang="ar", width=390, height=844)
    page = visit.page
    page.goto(f"{address}/data?lang=ar")
    assert "/sign-in?to=/data" in page.url
    expect(page.get_by_role("heading", name=text("sign_in.title"))).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.goto(f"{address}/sign-in?token={one_time.make()}&lang=ar")
    page.get_by_role("button", name=text("sign_in.enter")).click()
    expect(page.locator("#content")).not_to_be_empty()
    assert page.url.startswith(f"{address}/data")  # where one wanted to go
    expect(page.locator(".reader-name")).to_contain_text(text("sign_in.one_time_name"))
    assert visit.failed == []
    assert visit.console == []
    other = visit.page.context.new_page()
    other.goto(f"{address}/?lang=ar")
    other.get_by_role("button", name=text("sign_in.out")).click()
    other.wait_for_url(f"{address}/sign-in**")
    page.wait_for_url(f"{address}/sign-in?to=/data**", timeout=20_000)  # the pulse tells the page that was left open
    assert_self_contained(visit)
