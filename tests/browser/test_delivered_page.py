"""Delivery as a browser sees it: encodings, caching and the content security policy at work."""

import re
from pathlib import Path

import pytest
from dash import Dash, Input, Output, dcc, html
from flask import Flask, request
from playwright.sync_api import expect

from browser.browsing import assert_accessible, assert_quiet, assert_self_contained
from browser.conftest import OpenPage, Serve
from callbacks.delivery import install_delivery
from callbacks.precompressed import load_precompressed
from tools.precompress import precompress, sources

INJECT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.broken = 1";
  document.body.append(script);
}"""
NAMED = re.compile(r"[.]v[0-9_]+m[0-9]+[.]|[?]m=")  # the address carries the version or time of change of its content
PLAIN = "body { font-family: sans-serif }\n" * 200


@pytest.fixture(scope="module")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A page with one clientside callback (an inline script) and one served from Python."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "assets").mkdir()
    (folder / "assets" / "page.css").write_text(PLAIN, "utf-8")
    files = {key: file for key, file in sources(folder / "assets").items() if "/react" in key or "assets/" in key}
    precompress(files, folder / "copies")
    server = Flask("page", static_folder=None)
    server.config["ASKED"] = []
    server.before_request(lambda: server.config["ASKED"].append(request.full_path))
    app = small_page(server, folder / "assets")
    install_delivery(server, lambda path: app.csp_hashes(), load_precompressed(folder / "copies", folder / "assets"))
    return server


def small_page(server: Flask, assets: Path) -> Dash:
    app = Dash(
        "page",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(assets),
        use_pages=False,
        enable_mcp=False,
        index_string=Dash("unused").index_string.replace("<html>", '<html lang="en">'),
    )
    app.layout = html.Main(
        [
            html.H1("Page"),
            html.Label(["Given", dcc.Input(id="given", value="3")]),
            html.P(id="there"),
            html.P(id="here"),
        ]
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "given => 'here ' + given", Output("here", "children"), Input("given", "value")
    )

    @app.callback(Output("there", "children"), Input("given", "value"))
    def there(given: str) -> str:
        return f"there {given}"

    return app


def test_the_policy_lets_our_own_scripts_run_and_no_other(
    page_server: Flask, serve: Serve, page_factory: OpenPage
) -> None:
    visit = page_factory("en")
    with serve(page_server) as address:
        visit.page.goto(address)
        expect(visit.page.locator("#here")).to_have_text("here 3")
        expect(visit.page.locator("#there")).to_have_text("there 3")
        visit.page.wait_for_load_state("networkidle")
        assert_quiet(visit)
        assert_self_contained(visit)
        assert_accessible(visit.page)
        visit.page.evaluate(INJECT)
        assert visit.page.evaluate("() => window.broken") is None
        assert any("Content Security Policy" in line for line in visit.console)


def test_a_second_visit_fetches_no_fingerprinted_file_again(
    page_server: Flask, serve: Serve, page_factory: OpenPage
) -> None:
    visit = page_factory("en")
    with serve(page_server) as address:
        visit.page.goto(address, wait_until="networkidle")
        first = _asked(page_server)
        visit.page.goto(address, wait_until="networkidle")
        second = _asked(page_server)
    assert len([path for path in first if NAMED.search(path)]) >= 9
    assert [path for path in second if NAMED.search(path)] == []
    assert "/?" in second


def test_chromium_asks_for_brotli_and_gets_it(page_server: Flask, serve: Serve, page_factory: OpenPage) -> None:
    visit = page_factory("en")
    encodings: dict[str, str | None] = {}
    with serve(page_server) as address:
        visit.page.on("response", lambda got: encodings.update({got.url: got.header_value("content-encoding")}))
        visit.page.goto(address, wait_until="networkidle")
    compressed = [url for url in encodings if "react" in url or "page.css" in url or url == address + "/"]
    assert len(compressed) == 4
    assert {encodings[url] for url in compressed} == {"br"}


def _asked(server: Flask) -> list[str]:
    """The paths with their queries that reached the server since the last call."""
    asked = list(server.config["ASKED"])
    server.config["ASKED"].clear()
    return asked
