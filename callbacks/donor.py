"""The donor's Dash app: one release as HTML without a script, and as files. It has no callback and no other source.

What it is built with is a function that gives the release, and the programme's names. Nothing that counts women, reads
a roster or knows a past can be reached from here; who may ask is decided before (callbacks.gate).
"""

from collections.abc import Callable
from typing import Any

from dash import Dash, html
from flask import Flask, Response, make_response, request

from callbacks.asset_files import asset_address
from callbacks.kept import Kept
from callbacks.media_types import CSV, PDF, XLSX
from dashboard.programme import Programme
from dashboard.text import Text
from layouts.donor.frame import document, missing_page
from layouts.donor.page import donor_page
from layouts.donor.shown import DonorView, Published

PREFIX = "/donor/"
KEPT = 12  # files
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:;"
        " font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}

Source = Callable[[], Published | None]


class DonorApp(Dash):
    """Dash whose only page is written on the server."""

    published: Source
    programme: Programme

    def index(self, *args: Any, **kwargs: Any) -> Any:
        """The page, or 404 where there is none."""
        view = self.view()
        if request.path == PREFIX:
            return answer(donor_html(view))
        home = f"{PREFIX}?lang={view.text.lang}"
        title = view.text("donor.missing.title")
        return answer(document(missing_page(view.text, view.programme, home), view.text, title, asset_address), 404)

    def view(self) -> DonorView:
        """What the request asks for: its language, else that of whoever made the link."""
        found = self.published()
        wanted = request.args.get("lang", "")
        default = found.language if found and found.language else self.programme.default_language
        lang = next((lang for lang in self.programme.languages if lang == wanted), default)
        return DonorView(self.programme, Text(lang), found, PREFIX)


def create_app(server: Flask, published: Source, programme: Programme) -> DonorApp:
    """The donor's app on a server."""
    app = DonorApp(
        "donor",
        server=server,  # type: ignore[arg-type]
        url_base_pathname=PREFIX,
        assets_folder="no-assets",  # they are served at /assets/, for everybody
        use_pages=False,
        pages_folder="",
        enable_mcp=False,
    )
    app.published, app.programme = published, programme
    app.layout = html.Div()
    _files(server, app, Kept(KEPT))
    return app


def donor_html(view: DonorView) -> str:
    """The whole page."""
    title = view.text("donor.title", programme=view.programme.name[view.text.lang])
    return document(donor_page(view), view.text, title, asset_address)


def answer(page: str, status: int = 200) -> Response:
    """A page for people outside: no script, no trace of where it was."""
    made = make_response(page, status)
    made.headers.update(HEADERS)
    return made


def _files(server: Flask, app: DonorApp, kept: Kept) -> None:
    """Add the files of a release."""

    def file(kind: str) -> Response:
        view = app.view()
        if view.published is None:
            return answer(donor_html(view), 404)
        key = (kind, view.published.release.number, view.published.code, view.text.lang)
        made = Response(kept.get(key, lambda: MAKERS[kind](view)), mimetype=MIMETYPES[kind])
        made.headers["Content-Disposition"] = f'attachment; filename="{file_name(view, kind)}"'
        made.headers["Referrer-Policy"] = "no-referrer"
        return made

    for kind in MAKERS:
        server.add_url_rule(f"{PREFIX}release.{kind}", f"donor_{kind}", lambda kind=kind: file(kind))


def pdf(view: DonorView) -> bytes:
    """A release as PDF. Raises LookupError where there is none."""
    from layouts.donor.paper import release_pdf  # what writes files is imported when one is asked for

    return release_pdf(view)


def xlsx(view: DonorView) -> bytes:
    """A release as a workbook. Raises LookupError where there is none."""
    from layouts.donor.workbook import release_xlsx

    return release_xlsx(view)


def csv(view: DonorView) -> bytes:
    """A release as a table of its numbers. Raises LookupError where there is none."""
    from layouts.donor.csv_file import release_csv

    return release_csv(view)


MAKERS: dict[str, Callable[[DonorView], bytes]] = {"pdf": pdf, "xlsx": xlsx, "csv": csv}
MIMETYPES = {"pdf": PDF, "xlsx": XLSX, "csv": CSV}


def file_name(view: DonorView, kind: str) -> str:
    """Programme, number, day and language of a release."""
    if view.published is None:
        raise LookupError("nothing has been published")
    release = view.published.release
    return f"{release.programme}-release-{release.number}-{release.as_of.isoformat()}-{view.text.lang}.{kind}"
