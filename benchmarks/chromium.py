"""What a reader's browser does, measured in a real Chromium over its own protocol (CDP)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.servers import FLOOR, OURS, PLAIN
from tools.browser import ARGUMENTS, NOT_FOUND, find_chromium

WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")
CHARTS = {OURS: 3, PLAIN: 4, FLOOR: 4}  # ours says the outcome, the fourth, in its headline and tiles
WIDTH, HEIGHT = 1440, 900
PATIENCE = 180_000  # ms
REST = 400  # ms without a request after which a page has all that it asked for

# "Slow 4G" as the browser's own tools name it, upload included; a phone's processor is taken to be four times slower.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4
DONE = "() => window.bench && window.bench.tiles !== null && window.bench.drawn !== null"


@dataclass(frozen=True)
class Load:
    """One load of a page: bytes and requests until it was quiet, ms from navigation, the layout's shift in all."""

    bytes: int
    requests: int
    tiles: float
    drawn: float
    shift: float


@dataclass
class Wire:
    """What a page asks for. `heavy` are the answers by size, for whoever wants to know what the bytes are."""

    bytes: int = 0
    requests: int = 0
    heavy: dict[str, int] = field(default_factory=dict)
    _urls: dict[str, str] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    @property
    def open(self) -> int:
        """Requests that have not ended."""
        return len(self._open)

    def listen(self, session: CDPSession) -> None:
        """Follow a page from now on."""
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.requestServedFromCache", self._cached)
        session.on("Network.loadingFinished", self._came)
        session.on("Network.loadingFailed", lambda event: self._open.discard(event["requestId"]))
        session.send("Network.enable")

    def clear(self) -> None:
        """Count from nothing."""
        self.bytes = self.requests = 0
        self.heavy.clear()

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self._urls[event["requestId"]] = event["request"]["url"]
            self._open.add(event["requestId"])
            self.requests += 1

    def _cached(self, event: dict[str, Any]) -> None:
        self.requests -= event["requestId"] in self._urls

    def _came(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])
        if url := self._urls.get(event["requestId"]):
            size = int(event["encodedDataLength"])
            self.bytes += size
            self.heavy[url] = self.heavy.get(url, 0) + size


@dataclass(frozen=True)
class Tab:
    """A page of a browser context of its own, with an empty cache at first."""

    kind: str
    page: Page
    session: CDPSession
    wire: Wire

    def load(self, address: str) -> Load:
        """Open an address and wait until its tiles are filled, its charts drawn and its requests answered."""
        self.wire.clear()
        self.page.goto(address, wait_until="commit")
        return self._measured()

    def reload(self) -> Load:
        """The same again, as the reload button does it."""
        self.wire.clear()
        self.page.reload(wait_until="commit")
        return self._measured()

    def slow(self) -> None:
        """From now on by slow 4G and with a slow processor."""
        self.session.send("Network.emulateNetworkConditions", SLOW_4G)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def _measured(self) -> Load:
        self.page.wait_for_function(DONE)
        self._settle()
        found = self.page.evaluate("() => ({tiles: bench.tiles, drawn: bench.drawn, moved: bench.moved})")
        return Load(self.wire.bytes, self.wire.requests, found["tiles"], found["drawn"], found["moved"])

    def _settle(self) -> None:
        quiet, seen = 0, -1
        while quiet < REST:
            self.page.wait_for_timeout(50)
            quiet = quiet + 50 if self.wire.requests == seen and not self.wire.open else 0
            seen = self.wire.requests


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Raises RuntimeError where none is found."""
    path = find_chromium()
    if path is None:
        raise RuntimeError(NOT_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def tab(browser: Browser, kind: str) -> Iterator[Tab]:
    """A reader who has never been here."""
    context: BrowserContext = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(PATIENCE)
    context.add_init_script(WATCH.replace("CHARTS", str(CHARTS[kind])))
    page = context.new_page()
    session, wire = context.new_cdp_session(page), Wire()
    wire.listen(session)
    try:
        yield Tab(kind, page, session, wire)
    finally:
        context.close()
