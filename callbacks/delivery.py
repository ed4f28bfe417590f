"""How bytes leave the server: files compressed at set-up, caching, compressed answers, security headers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request, send_file
from flask_compress import Compress

from callbacks.precompressed import Precompressed, load_precompressed

DYNAMIC = ["text/html", "application/json"]  # what no one can compress at set-up

FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
DAY = "public, max-age=86400"
ASKED_AGAIN = "private, no-cache"  # kept by the browser, and asked for each time whether it still is so
PRIVATE = "no-store"  # answers about people stay in no cache, the browser's own included

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
# Pictures and letters, whose addresses stand in style sheets without a mark of their content: a day old they are right.
LASTING = ("assets/vendor/fonts/", "assets/mark.svg")
DEPENDENCIES = "/_dash-dependencies"  # the list of callbacks: of the program, not of people

# Said only where the public address is https: a browser that has heard it comes by no other way for two years.
SECURE = {"Strict-Transport-Security": "max-age=63072000"}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; "
    "style-src 'self' 'unsafe-inline'; "  # Dash's components and Plotly write <style> elements
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

ScriptHashes = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file asked for by a browser: its key among the compressed copies, and whether its address names its content."""

    key: str
    fingerprinted: bool


def install_delivery(
    server: Flask,
    script_hashes: ScriptHashes | None = None,
    precompressed: Precompressed | None = None,
    *,
    secure: bool = False,
) -> None:
    """Add delivery to a server that carries any number of Dash apps, made before or after this call.

    `script_hashes(path)` gives the CSP hashes of the inline scripts of the page at that path, usually
    `lambda path: app.csp_hashes()`; without it inline scripts are allowed. It works on what the routes answered, so a
    file that a route or a gate refused stays refused. Files without an up-to-date compressed copy are sent as they are.
    """
    copies, headers = precompressed or load_precompressed(), HEADERS | (SECURE if secure else {})

    @server.after_request
    def deliver(response: Response) -> Response:
        file = requested_file()
        if file is not None and response.status_code == 200:
            response = _smallest(response, file, copies)
        _set_caching(response, file)
        _set_headers(response, script_hashes, headers)
        return response

    _compress_answers(server)


def requested_file() -> StaticFile | None:
    """The static file that the current request is for, told from the route it matched; None for anything else."""
    given = request.view_args or {}
    if "fingerprinted_path" in given:
        path, fingerprinted = check_fingerprint(given["fingerprinted_path"])  # type: ignore[no-untyped-call]
        return StaticFile(f"suites/{given['package_name']}/{path}", fingerprinted)
    if "filename" in given and (request.endpoint or "").endswith("dash_assets.static"):
        return StaticFile(f"assets/{given['filename']}", "m" in request.args)
    return None


def _smallest(response: Response, file: StaticFile, copies: Precompressed) -> Response:
    """The same file compressed, where there is a copy of it in an encoding that the browser accepts."""
    if not copies.has(file.key):
        return response
    variant = copies.variant(file.key, request.accept_encodings)
    if variant is None:
        response.vary.add("Accept-Encoding")
        return response
    smaller = send_file(variant.path, response.mimetype, conditional=True, etag=variant.etag)
    response.close()
    smaller.headers["Content-Encoding"] = variant.encoding
    smaller.vary.add("Accept-Encoding")
    return smaller


def _set_caching(response: Response, file: StaticFile | None) -> None:
    if file is not None and response.status_code in (200, 206, 304):
        lasting = DAY if file.key.startswith(LASTING) else REVALIDATE
        response.headers["Cache-Control"] = FOREVER if file.fingerprinted else lasting
    elif request.path == DEPENDENCIES and response.status_code == 200:
        response.headers["Cache-Control"] = ASKED_AGAIN
        response.add_etag()  # of the bytes as they travel: compression has been before
        response.make_conditional(request)
    elif request.path.endswith("/_favicon.ico"):
        response.headers["Cache-Control"] = DAY
    else:
        response.headers.setdefault("Cache-Control", PRIVATE)


def _set_headers(response: Response, script_hashes: ScriptHashes | None, headers: Mapping[str, str]) -> None:
    """Headers that a route set itself are kept."""
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        scripts = "'unsafe-inline'" if script_hashes is None else " ".join(script_hashes(request.path))
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY.format(scripts=scripts))


def _compress_answers(server: Flask) -> None:
    """Compress pages and callbacks' answers as they go out, at a level that costs less than it saves."""
    server.config.update(
        COMPRESS_MIMETYPES=DYNAMIC,
        COMPRESS_ALGORITHM=["br", "gzip"],  # read once, when Compress starts: set it first
        COMPRESS_BR_LEVEL=5,  # a twentieth less than level 4, for half a millisecond; the levels above 6 cost 6 to 18
        COMPRESS_STREAMS=False,
    )
    Compress(server)
