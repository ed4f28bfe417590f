"""One Chromium for all browser tests, and the demo dashboard served to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from browser.browsing import Visit, serving, visiting
from tools.browser import ARGUMENTS, NOT_FOUND, find_chromium

TODAY = date(2026, 11, 23)

Serve = Callable[[Flask], AbstractContextManager[str]]
OpenPage = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, started once."""
    path = find_chromium()
    assert path is not None, NOT_FOUND
    expect.set_options(timeout=20_000)  # a busy machine is no failure
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Serve:
    """`with serve(server) as address:` serves any Flask server on a free port."""
    return serving


@pytest.fixture
def page_factory(chromium: Browser) -> Iterator[OpenPage]:
    """`page_factory(lang="ar", width=1440, height=900)` gives a recording page in a browser context of its own."""
    with ExitStack() as opened:

        def open_page(lang: str = "ar", width: int = 1440, height: int = 900, **options: Any) -> Visit:
            return opened.enter_context(visiting(chromium, lang, width, height, **options))

        yield open_page


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole dashboard with its demo roster, as `make run` starts it, on 23 November 2026."""
    from app import create_server
    from connectors.settings import ROOT, Settings

    data = tmp_path_factory.mktemp("data")
    settings = Settings("demo", ROOT / "programme.toml", data, b"only for this test run", None, demo_history=True)
    with serving(create_server(settings, lambda: TODAY)) as address:
        yield address
