"""What a browser test holds: a served address, an opened page, and what the page asked for and complained of."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
from werkzeug.serving import make_server

LOCALES = {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = ("serious", "critical")
DRAWN = "() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 0 && document.fonts.status === 'loaded'"


@dataclass
class Visit:
    """An opened page, with what it asked for and complained of since it was opened."""

    page: Page
    lang: str
    console: list[str] = field(default_factory=list)  # errors and warnings, "<type>: <text>"
    requests: list[str] = field(default_factory=list)  # addresses, in order
    failed: list[str] = field(default_factory=list)  # "<status> <address>"

    def open(self, address: str) -> Page:
        """Go to an address and wait until its charts are drawn."""
        self.page.goto(address)
        self.page.wait_for_function(DRAWN)
        self.page.wait_for_load_state("networkidle")
        return self.page

    @property
    def hosts(self) -> set[str]:
        """Every host that was asked for anything."""
        return {host for url in self.requests if (host := urlsplit(url).hostname)}


@contextmanager
def serving(server: Flask) -> Iterator[str]:
    """Serve on a free port of this machine for as long as the block runs. Yields the address, without a final slash."""
    http = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}"
    finally:
        http.shutdown()
        thread.join(10)
        http.server_close()


@contextmanager
def visiting(browser: Browser, lang: str, width: int, height: int, **options: Any) -> Iterator[Visit]:
    """A fresh browser context with one page that records what happens in it."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=LOCALES[lang], reduced_motion="reduce", **options
    )
    context.set_default_timeout(30_000)
    visit = Visit(context.new_page(), lang)
    _record(visit)
    try:
        yield visit
    finally:
        context.close()


def _record(visit: Visit) -> None:
    def complained(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.console.append(f"{message.type}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            visit.failed.append(f"{response.status} {response.url}")

    def asked(request: Request) -> None:
        visit.requests.append(request.url)

    visit.page.on("console", complained)
    visit.page.on("pageerror", lambda error: visit.console.append(f"error: {error}"))
    visit.page.on("request", asked)
    visit.page.on("response", answered)


def assert_quiet(visit: Visit) -> None:
    """No error on the console, no exception, no request refused."""
    assert [line for line in visit.console if line.startswith("error")] == []
    assert visit.failed == []


def assert_self_contained(visit: Visit) -> None:
    """Nothing was asked of any host but the one that serves the page."""
    assert visit.hosts == {"127.0.0.1"}, sorted(visit.hosts)


def assert_no_sideways_scroll(page: Page) -> None:
    """The page is not wider than its window."""
    wide, window = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window, f"{wide} px of content in a window of {window} px"


def assert_accessible(page: Page, allowed: frozenset[str] = frozenset()) -> None:
    """axe-core finds no serious or critical violation, but for the rules in `allowed`."""
    # Evaluated, not added as a script element: the page's own policy would rightly refuse one.
    page.evaluate(AXE.read_text("utf-8"))
    violations = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)",
        AXE_RULES,
    )
    serious = {
        violation["id"]: [node["html"][:200] for node in violation["nodes"]]
        for violation in violations
        if violation["impact"] in SERIOUS and violation["id"] not in allowed
    }
    assert serious == {}
