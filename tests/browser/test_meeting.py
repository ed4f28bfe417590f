"""A whole weekly meeting in Chromium, in Arabic, on the demo's past; and the one a week later."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from demo_expectations import ANCHOR, LAST, RATE_NOW, RATE_ON_LAST, RATE_ON_LAST_RESTATED
from flask import Flask
from playwright.sync_api import Page, expect

from app import create_server
from browser.browsing import assert_accessible, assert_no_sideways_scroll, assert_quiet, serving
from browser.conftest import OpenPage
from connectors.demo_reader import demo_version
from connectors.settings import ROOT, Settings
from connectors.store import open_store
from dashboard.text import Text

MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
FALL = "() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 0 && document.fonts.status === 'loaded'"
AR = Text("ar")
WEEK = timedelta(days=7)


@contextmanager
def dashboard(data: Path, today: date) -> Iterator[tuple[str, Flask]]:
    """The dashboard on a day, over a data folder that outlives it."""
    settings = Settings("demo", ROOT / "programme.toml", data, b"only for this test run", None, demo_history=True)
    server = create_server(settings, lambda: today)
    server.extensions["dashboard"].start()
    try:
        with serving(server) as address:
            _await_demo(server, settings.store_url, today)
            yield address, server
    finally:
        server.extensions["dashboard"].stop()


def _await_demo(server: Flask, url: str, today: date) -> None:
    """Wait until the demo of a day is what is shown: it takes its time on a busy machine."""
    ends, client, store = time.monotonic() + 90, server.test_client(), open_store(url)
    try:
        while time.monotonic() < ends:
            versions = store.feed("eclat", "demo").versions()
            newest = versions[-1] if versions else None
            told = client.get("/pulse").get_json()["pulse"]
            if newest and newest.source_version == demo_version(today) and f".{newest.number}-" in told:
                return
            time.sleep(0.2)
    finally:
        store.close()
    raise TimeoutError("the demo of this day is not there")


def opened(page: Page, address: str) -> Page:
    """The review's page, once everything is drawn."""
    page.goto(address)
    page.wait_for_selector("#step-5-title", state="attached")
    page.wait_for_function(FALL)
    page.wait_for_load_state("networkidle")
    return page


def words(page: Page, place: str) -> str:
    return page.locator(place).first.inner_text().translate(MARKS)


def of(part: tuple[int, int]) -> str:
    return f"{part[0]} من أصل {part[1]}"


def step(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-step")


def decide(page: Page, text: str, due: date, about: str) -> None:
    """Fill the form in and send it."""
    page.fill("#decide-text", text)
    page.fill("#decide-owner", "سميرة")
    page.fill("#decide-due", due.isoformat())
    page.select_option("#decide-about", about)
    page.locator("#decide button[type=submit]").click()
    expect(page.locator("#said")).to_have_text(AR("review.done.decide"))
    expect(page.locator(".decision-text", has_text=text)).to_be_visible()
    expect(page.locator("#decide-text")).to_have_value("")


@pytest.mark.timeout(300)  # two starts of the demo and half an hour's meeting, on any machine
def test_a_whole_meeting_and_the_one_a_week_later(tmp_path: Path, page_factory: OpenPage) -> None:
    visit = page_factory("ar", 1920, 1080)
    page = visit.page
    with dashboard(tmp_path, ANCHOR) as (address, server):
        opened(page, f"{address}/review?lang=ar")
        _headline(page)
        _keyboard(page)
        _guests(page)
        woman = _decisions(page)
        assert_accessible(page)
        _sign(page, server)
        assert_quiet(visit)
    with dashboard(tmp_path, ANCHOR + WEEK) as (address, _):
        opened(page, f"{address}/review?lang=ar&meeting=1")
        _week_later(page, woman)
        assert_accessible(page)


def _headline(page: Page) -> None:
    """The numbers that were worked out by hand."""
    expect(page.locator("#review-since")).to_have_value(LAST.isoformat())
    said = words(page, ".finding")
    assert of(RATE_NOW) in said
    assert of(RATE_ON_LAST) in said
    assert "91,5%" in said
    row = words(page, "[data-indicator=insertion_90]")
    assert [of(part) for part in (RATE_ON_LAST, RATE_ON_LAST_RESTATED, RATE_NOW)] == re.findall(r"\d+ من أصل \d+", row)
    page.locator("#fall-twin summary").click()
    assert words(page, ".twin tbody tr:nth-child(2)").split()[-2:] == ["+1,6", "90,3%"]


def _keyboard(page: Page) -> None:
    """Five steps by the keys, mirrored: on is to the left."""
    page.locator("button[data-meeting=start]").click()
    expect(page.locator(".meeting-bar")).to_be_visible()
    assert page.evaluate("() => document.fullscreenElement !== null")
    for key, at in (("ArrowLeft", "2"), ("ArrowLeft", "3"), ("ArrowRight", "2"), ("End", "5"), ("ArrowLeft", "5"),
                    ("Home", "1"), ("ArrowRight", "1"), ("3", "3"), ("2", "2")):  # fmt: skip
        page.keyboard.press(key)
        assert step(page) == at, key
        expect(page.locator(f"#step-{at}-title")).to_be_focused()
        assert page.locator(".step:visible").count() == 1
    page.keyboard.press("?")
    expect(page.locator("#meeting-help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#meeting-help")).to_be_hidden()
    assert page.locator("button[data-meeting=timer]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("t")
    assert page.locator("button[data-meeting=timer]").get_attribute("aria-pressed") == "false"
    # Legible at four metres: no letter of the lists is smaller than 22 px on a screen of 1920.
    sizes = page.eval_on_selector_all(
        ".flows td, .women li", "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 22
    assert_no_sideways_scroll(page)


def _guests(page: Page) -> None:
    """One key takes every code out of the page, and brings them back."""
    codes = page.locator("[data-code]")
    assert codes.count() > 20
    page.keyboard.press("h")
    expect(codes).to_have_count(0)
    assert "woman:" not in page.content()
    assert page.url.endswith("guests=1")
    expect(page.locator("button[data-meeting=codes]").first).to_have_attribute("aria-pressed", "true")
    # From one page and language to the next.
    expect(page.locator("a[lang=fr]")).to_have_attribute("href", re.compile("guests=1"))
    page.keyboard.press("h")
    assert "guests" not in page.url
    expect(page.locator(".women .woman").first).to_be_visible()


def _decisions(page: Page) -> str:
    """Two decisions: about the number, late by next week, and about the first woman on the list."""
    page.keyboard.press("4")
    decide(page, "مراسلة مركز الامتحانات", ANCHOR + timedelta(days=4), "indicator:insertion_90")
    about = page.locator("#decide-about [data-code] option").first.get_attribute("value") or ""
    page.fill("#decide-text", "١٢٣")
    page.keyboard.press("5")  # typed into the field, not a key of the meeting
    page.keyboard.press("Escape")  # leaves the field, not the meeting
    assert step(page) == "4"
    decide(page, "زيارة المشغل", ANCHOR + timedelta(days=14), about)
    return about.removeprefix("woman:")[:6]


def _sign(page: Page, server: Flask) -> None:
    """Signed on the last step; a terminal prints the same figures."""
    page.keyboard.press("5")
    page.fill("#note-note", "شهادات متأخرة")
    page.locator("#note button[type=submit]").click()
    expect(page.locator(".notes li")).to_have_text(re.compile("شهادات متأخرة"))
    page.locator("#sign button[type=submit]").click()
    expect(page.locator(".sure")).to_have_text(AR("review.form.sign_sure"))
    page.locator("#sign button[type=submit]").click()
    expect(page.locator(".signed-today")).to_be_visible()
    assert step(page) == "5"
    page.keyboard.press("Escape")
    assert step(page) is None
    expect(page.locator("button[data-meeting=start]")).to_be_focused()
    assert page.evaluate("() => document.fullscreenElement") is None
    printed = server.test_cli_runner().invoke(args=["report", "--review", "1", "--format", "json"])
    numbers = json.loads(printed.output)
    insertion = next(one for one in numbers["report"]["indicators"] if one["id"] == "insertion_90")
    assert (insertion["numerator"], insertion["denominator"]) == RATE_NOW
    assert numbers["review"]["since"] == LAST.isoformat()
    assert server.test_cli_runner().invoke(args=["report", "--review", "2"]).exit_code == 2


def _week_later(page: Page, woman: str) -> None:
    """The next meeting starts from the signed one and finds what was decided, with what has happened since."""
    assert step(page) == "1"
    expect(page.locator("#review-since")).to_have_value(ANCHOR.isoformat())
    page.keyboard.press("4")
    late, open_ = page.locator(".decision-late"), page.locator(".decision-open")
    expect(late).to_have_count(1)
    expect(open_).to_have_count(1)
    said = late.inner_text().translate(MARKS)
    assert "مراسلة مركز الامتحانات" in said
    assert "متأخر بـ 3 أيام" in said
    assert said.count(of(RATE_NOW)) == 2  # then, and now: the demo stands where it stood
    assert woman in open_.inner_text()
    late.locator("summary").click()
    late.locator("input[name=outcome]").fill("أجابوا")
    late.locator("button[type=submit]").click()
    expect(page.locator("#decisions-closed")).to_be_visible()
    expect(page.locator(".decision-late")).to_have_count(0)
