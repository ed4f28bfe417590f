"""Files leave the server small, cached where their address names their content, and nothing about people is cached."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from dash import Dash, html
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.delivery import install_delivery
from callbacks.precompressed import Precompressed, load_precompressed
from tools.precompress import precompress, sources

STYLE = "".join(f".tile-{number} {{ color: #0b6470; margin-inline: {number}px }}\n" for number in range(300))
REACT = "/_dash-component-suites/dash/deps/react@18.3.1.min.js"
REACT_FINGERPRINTED = "/_dash-component-suites/dash/deps/react@18.v4_4_1m1795457900.3.1.min.js"
MANY_WORDS = html.Ul([html.Li(f"Intake {number}") for number in range(200)])


@dataclass(frozen=True)
class Site:
    """A Flask server with one small Dash app, its assets on disk, and a client."""

    server: Flask
    client: FlaskClient
    folder: Path

    def get(self, path: str, accept: str = "br, gzip", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers={"Accept-Encoding": accept, **named}, buffered=True)


def small_dash(server: Flask, assets: Path, prefix: str = "/") -> Dash:
    app = Dash(
        "small",
        server=server,  # type: ignore[arg-type]
        url_base_pathname=prefix,
        assets_folder=str(assets),
        use_pages=False,
        enable_mcp=False,
    )
    app.layout = MANY_WORDS
    return app


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "page.css").write_text(STYLE, "utf-8")
    (folder / "vendor" / "fonts").mkdir(parents=True)
    (folder / "vendor" / "fonts" / "cairo.woff2").write_bytes(b"wOF2")
    (tmp_path / "secret").write_text("keep out", "utf-8")
    return folder


@pytest.fixture
def copies(tmp_path: Path, assets: Path) -> Precompressed:
    everything = sources(assets)
    few = {key: file for key, file in everything.items() if key.startswith("assets/") or "/react@" in key}
    precompress(few, tmp_path / "precompressed")
    return load_precompressed(tmp_path / "precompressed", assets)


@pytest.fixture
def site(tmp_path: Path, assets: Path, copies: Precompressed) -> Iterator[Site]:
    server = Flask("site", static_folder=None)
    app = small_dash(server, assets)
    install_delivery(server, lambda path: app.csp_hashes(), copies)
    with server.test_client() as client:
        yield Site(server, client, tmp_path)


def test_brotli_is_sent_to_a_browser_that_takes_it(site: Site) -> None:
    response = site.get("/assets/page.css")
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.headers["Vary"] == "Accept-Encoding"
    assert len(response.data) < len(STYLE) / 10
    assert brotli.decompress(response.data).decode() == STYLE


@pytest.mark.parametrize("accept", ["gzip", "gzip, deflate", "br;q=0, gzip", "gzip;q=1, br;q=0.5", "zstd, gzip"])
def test_gzip_is_sent_where_brotli_is_not_wanted(site: Site, accept: str) -> None:
    response = site.get("/assets/page.css", accept)
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data).decode() == STYLE


@pytest.mark.parametrize(
    "accept", ["", "identity", "zstd", "brotli", "br;q=0, gzip;q=0", ";;q=,", "deflate, x-unknown"]
)
def test_other_encodings_fall_back_to_the_file_itself(site: Site, accept: str) -> None:
    response = site.get("/assets/page.css", accept)
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.text == STYLE


@pytest.mark.parametrize("accept", ["br", "gzip", "identity"])
@pytest.mark.parametrize("path", ["/assets/page.css", REACT])
def test_a_file_the_browser_holds_is_not_sent_again(site: Site, path: str, accept: str) -> None:
    first = site.get(path, accept)
    again = site.get(path, accept, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"


def test_each_encoding_has_its_own_validator(site: Site) -> None:
    tags = {site.get("/assets/page.css", accept).headers["ETag"] for accept in ("br", "gzip", "identity")}
    assert len(tags) == 3
    other = site.get("/assets/page.css", "br", If_None_Match=site.get("/assets/page.css", "gzip").headers["ETag"])
    assert other.status_code == 200


def test_head_says_what_get_would_send(site: Site) -> None:
    head = site.client.head("/assets/page.css", headers={"Accept-Encoding": "br"}, buffered=True)
    assert head.data == b""
    assert int(head.headers["Content-Length"]) == len(site.get("/assets/page.css", "br").data)


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/assets/page.css?m=1795457900", "public, max-age=31536000, immutable"),
        ("/assets/page.css", "no-cache"),
        (REACT_FINGERPRINTED, "public, max-age=31536000, immutable"),
        (REACT, "no-cache"),
        ("/_favicon.ico", "public, max-age=86400"),
        ("/", "no-store"),
        ("/_dash-layout", "no-store"),
        ("/_dash-dependencies", "private, no-cache"),
        ("/assets/vendor/fonts/cairo.woff2", "public, max-age=86400"),
        ("/assets/missing.css?m=1", "no-store"),
    ],
)
@pytest.mark.parametrize("accept", ["br", "identity"])
def test_only_what_names_its_content_is_kept_for_ever(site: Site, path: str, caching: str, accept: str) -> None:
    assert site.get(path, accept).headers["Cache-Control"] == caching


def test_the_list_of_callbacks_is_not_sent_again_while_it_is_the_same(site: Site) -> None:
    first = site.get("/_dash-dependencies")
    again = site.get("/_dash-dependencies", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_dash_component_files_are_sent_compressed(site: Site) -> None:
    plain = site.get(REACT_FINGERPRINTED, "identity")
    small = site.get(REACT_FINGERPRINTED, "br")
    assert small.headers["Content-Encoding"] == "br"
    assert small.mimetype == plain.mimetype == "text/javascript"
    assert len(small.data) < len(plain.data) / 2
    assert brotli.decompress(small.data) == plain.data


@pytest.mark.parametrize(("encoding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_answers_are_compressed_as_they_go_out(site: Site, encoding: str, decompress: Callable[[bytes], bytes]) -> None:
    plain = site.get("/_dash-layout", "identity")
    small = site.get("/_dash-layout", encoding)
    assert small.headers["Content-Encoding"] == encoding
    assert len(small.data) < len(plain.data)
    assert decompress(small.data) == plain.data
    assert site.get("/", encoding).headers["Content-Encoding"] == encoding


def test_an_edited_file_is_never_sent_in_its_old_form(site: Site) -> None:
    assert "Content-Encoding" in site.get("/assets/page.css").headers
    (site.folder / "assets" / "page.css").write_text("body { margin: 0 }", "utf-8")
    response = site.get("/assets/page.css")
    assert "Content-Encoding" not in response.headers
    assert response.text == "body { margin: 0 }"


def test_a_lost_copy_falls_back_to_the_file_itself(site: Site) -> None:
    (site.folder / "precompressed" / "assets" / "page.css.br").unlink()
    assert site.get("/assets/page.css").text == STYLE


@pytest.mark.parametrize("manifest", [None, "not json"])
def test_without_copies_everything_is_delivered_as_it_is(tmp_path: Path, assets: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, "utf-8")
    server = Flask("plain", static_folder=None)
    small_dash(server, assets)
    install_delivery(server, precompressed=load_precompressed(tmp_path, assets))
    response = Site(server, server.test_client(), tmp_path).get("/assets/page.css")
    assert (response.status_code, response.text) == (200, STYLE)
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../secret",
        "/assets/%2e%2e/secret",
        "/assets/..%2fsecret",
        "/assets/%2e%2e%2fsecret",
        "/assets//etc/passwd",
        "/assets/page.css.br",
        "/_dash-component-suites/dash/../../secret",
        "/_dash-component-suites/dash/deps/%2e%2e/dash.py",
        "/_dash-component-suites/os/path.py",
    ],
)
def test_nothing_outside_the_served_files_can_be_read(site: Site, path: str) -> None:
    response = site.get(path)
    assert response.status_code in (404, 308) or response.mimetype == "text/html"
    assert b"keep out" not in response.data
    assert b"import" not in response.data


def test_an_unknown_page_whose_name_ends_like_an_asset_is_still_a_page(site: Site) -> None:
    response = site.get("/elsewhere/assets/page.css?m=1")
    assert response.mimetype == "text/html"
    assert response.headers["Cache-Control"] == "no-store"


def test_what_a_gate_refuses_stays_refused(site: Site) -> None:
    site.server.before_request_funcs.setdefault(None, []).append(lambda: Response("no", 401))
    for path in ("/assets/page.css?m=1", REACT_FINGERPRINTED, "/"):
        response = site.get(path)
        assert (response.status_code, response.data) == (401, b"no")
        assert response.headers["Cache-Control"] == "no-store"


def test_a_second_app_on_the_server_made_later_is_delivered_alike(site: Site) -> None:
    small_dash(site.server, site.folder / "assets", "/donor/")
    assert site.get("/donor/assets/page.css?m=1").headers["Content-Encoding"] == "br"
    assert site.get("/donor" + REACT).headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/assets/page.css", REACT, "/assets/missing"])
def test_every_answer_carries_the_security_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_pages_run_only_our_scripts(site: Site) -> None:
    response = site.get("/", "identity")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["default-src"] == policy["connect-src"] == policy["font-src"] == "'self'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/]{43}=')+", policy["script-src"])
    assert "Content-Security-Policy" not in site.get("/_dash-layout").headers


def test_headers_that_a_route_sets_itself_are_kept(site: Site) -> None:
    @site.server.get("/d/link")
    def link() -> Response:
        return Response("", headers={"Referrer-Policy": "no-referrer", "Cache-Control": "private, max-age=5"})

    headers = site.get("/d/link").headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "private, max-age=5"


def test_every_script_of_a_dash_page_is_compressed_at_set_up(site: Site) -> None:
    """Read from the page, so that a new version of Dash with other files fails here."""
    page = site.get("/", "identity").text
    loaded = re.findall(r'src="/_dash-component-suites/([^/]+)/([^"?]+)"', page)
    keys = {f"suites/{package}/{re.sub(r'[.]v[0-9_]+m[0-9]+', '', path)}" for package, path in loaded}
    assert len(keys) >= 7
    assert keys <= sources(site.folder / "assets").keys()
