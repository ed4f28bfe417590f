"""The README's pictures: the demo's management page in three languages, on a laptop and on a phone; its review."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
from playwright.sync_api import Browser, sync_playwright

from tools.browser import ARGUMENTS, NOT_FOUND, find_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
LANGUAGES = {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}
WIDTHS = {1440: 900, 390: 844}  # a laptop and a phone: width -> height of the window, in CSS pixels

DRAWN = """() => document.fonts.status === "loaded"
  && document.querySelectorAll(".js-plotly-plot .main-svg").length > 0
  && !document.querySelector("[data-dash-is-loading=true]")"""


@contextmanager
def demo_server(seconds: float = 60) -> Iterator[str]:
    """The dashboard with the demo roster on a free port, for as long as the block runs. Yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        environ = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "DASHBOARD_DATA": data}
        environ["DASHBOARD_SOURCE"] = "demo"
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environ)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, seconds)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def take(browser: Browser, address: str, lang: str, width: int, folder: Path = FOLDER, page_path: str = "/") -> Path:
    """Photograph a page in one language and width: the first one whole, of others what the window shows.

    Returns the picture's path.
    """
    page = browser.new_page(
        viewport={"width": width, "height": WIDTHS[width]}, locale=LANGUAGES[lang], reduced_motion="reduce"
    )
    page.goto(f"{address}{page_path}?lang={lang}")
    page.wait_for_function(DRAWN, timeout=60_000)
    page.wait_for_load_state("networkidle")
    name = page_path.strip("/")
    picture = folder / f"{f'{name}-' if name else ''}{lang}-{width}.png"
    page.screenshot(path=picture, full_page=not name)
    page.close()
    return picture


def _wait(address: str, process: subprocess.Popen[bytes], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise click.ClickException(f"The dashboard stopped with status {process.returncode} before it answered.")
        try:
            with urlopen(address, timeout=5):  # noqa: S310
                return
        except URLError:
            time.sleep(0.2)
    raise click.ClickException(f"The dashboard did not answer within {seconds:.0f} seconds.")


@click.command()
def main() -> None:
    """Write docs/screenshots/<language>-<width>.png and review-fr-1440.png."""
    chromium = find_chromium()
    if chromium is None:
        raise click.ClickException(NOT_FOUND)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for width in WIDTHS:
            for lang in LANGUAGES:
                click.echo(take(browser, address, lang, width).relative_to(ROOT))
        click.echo(take(browser, address, "fr", 1440, page_path="/review").relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
