"""The weekly review as files: `/review.pdf`, `/review.xlsx`, and the page from a terminal.

The query is the page's view and gives a draft; `review=N` gives the review that was signed under that number.
"""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask, Response, request

from callbacks.checked import number_of
from callbacks.command_line import sentence, stop
from callbacks.kept import Kept
from callbacks.media_types import PDF, XLSX
from callbacks.paper import WAIT
from callbacks.remembered import Faults
from callbacks.secretary import NoBook
from callbacks.service import Dashboard
from dashboard.programme import LANGUAGES, Lang, Programme
from dashboard.signed_review import SignedReview
from dashboard.text import Text
from dashboard.view import View, to_search
from layouts.downloads import REVIEW_PDF, REVIEW_XLSX, SIGNED
from layouts.messages import error_words, has_results
from layouts.no_file import no_file_html, said_html
from layouts.places import REVIEW, address

KEPT = 6  # signed files kept: a link is often followed twice
PATIENCE = 60.0  # seconds that a terminal waits for a first reading

Make = Callable[[SignedReview, Programme, Text, bool, bool], bytes]
"""A document as bytes: with names, in a language, signed or a draft, whether guests are in the room."""
Asset = Callable[[str], str]


class NotSigned(LookupError):
    """There is no signed review of a number. `code` is the key of a sentence."""

    code = "review_not_signed"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.params = {"review": number}


def register(server: Flask, service: Dashboard, asset: Asset, faults: Faults) -> None:
    """Add the files. `asset` gives the address of a file of the pages; `faults` are the store's."""
    desk = _Desk(service, asset, (*faults, NoBook, NotSigned))

    def review_file() -> Response:
        return desk.answer(PDF, pdf)

    def review_workbook() -> Response:
        return desk.answer(XLSX, xlsx)

    server.add_url_rule(REVIEW_PDF, "review_pdf", review_file)
    server.add_url_rule(REVIEW_XLSX, "review_xlsx", review_workbook)


def pdf(document: SignedReview, programme: Programme, text: Text, signed: bool, guests: bool = False) -> bytes:
    """The page of a review. Raises PaperError."""
    from layouts.paper.review_brief import review_pdf, reviewed

    return review_pdf(reviewed(document, programme, text, signed=signed, guests=guests))


def xlsx(document: SignedReview, programme: Programme, text: Text, signed: bool, guests: bool = False) -> bytes:
    """The sheets of a review."""
    from layouts.paper.review_brief import reviewed
    from layouts.paper.review_leaves import review_xlsx

    return review_xlsx(reviewed(document, programme, text, signed=signed, guests=guests), programme)


def signed_document(service: Dashboard, number: str) -> SignedReview:
    """A signed review. Raises NotSigned, or one of the store's faults."""
    known = number_of(number)
    found = service.review_document("", known) if known else None
    if found is None:
        raise NotSigned(number[:20])
    return found


def file_name(document: SignedReview, text: Text, mimetype: str, *, signed: bool) -> str:
    """What the file is called: programme, review, day, language, and whether it is only a draft."""
    parts = [document.basis.programme_id, "review", document.id, document.basis.as_of.isoformat(), text.lang]
    parts += ["selection"] if document.basis.filters else []
    parts += [] if signed else ["draft"]
    return "-".join(parts) + (".pdf" if mimetype == PDF else ".xlsx")


class _Desk:
    """Answers requests for files."""

    def __init__(self, service: Dashboard, asset: Asset, faults: Faults) -> None:
        self._service = service
        self._asset = asset
        self._faults = faults
        self._kept = Kept(KEPT)

    def answer(self, mimetype: str, make: Make) -> Response:
        """The file asked for, or a page with one sentence."""
        search = "?" + request.query_string.decode("utf-8", "replace")
        number = request.args.get(SIGNED, "")
        return self._signed(number, search, mimetype, make) if number else self._draft(search, mimetype, make)

    def _signed(self, number: str, search: str, mimetype: str, make: Make) -> Response:
        """What was signed: no roster is needed for it."""
        text, programme = self._service.plain(search), self._service.programme
        try:
            document = signed_document(self._service, number)
        except self._faults as error:
            said, back = error_words(error, text), address(REVIEW, View(text.lang))  # type: ignore[arg-type]
            status = 404 if isinstance(error, NotSigned) else 503
            return Response(said_html(said, text, programme, back, self._asset), status, mimetype="text/html")
        guests = request.args.get("guests") == "1"
        key = (mimetype, document.fingerprint, text.lang, hash(programme.model_dump_json()), guests)
        made = self._kept.get(key, lambda: make(document, programme, text, True, guests))
        return _attached(made, file_name(document, text, mimetype, signed=True), mimetype)

    def _draft(self, search: str, mimetype: str, make: Make) -> Response:
        """The view as it would be signed now."""
        shown = self._service.show(search, WAIT, REVIEW)
        document = self._service.review_document(search, None) if has_results(shown) else None
        if document is None:
            return Response(no_file_html(shown, self._asset), 404 if shown.overview else 503, mimetype="text/html")
        made = make(document, shown.programme, shown.text, False, shown.view.guests)
        return _attached(made, file_name(document, shown.text, mimetype, signed=False), mimetype)


def _attached(made: bytes, name: str, mimetype: str) -> Response:
    answer = Response(made, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def register_command(server: Flask, service: Dashboard, lang: Lang, faults: Faults) -> None:
    """Add `review-brief`. `faults` are the errors that are explained in words."""

    explained: Faults = (*faults, NoBook, NotSigned)

    @server.cli.command("review-brief")
    @click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--review", "number", type=click.IntRange(1), help="A signed review. Default: a draft of the next.")
    @click.option("--lang", "said", type=click.Choice(LANGUAGES), help="Default: the programme's language.")
    def review_brief_command(path: Path, number: int | None, said: Lang | None) -> None:
        """Write the weekly review's page of everyone as PDF."""
        text = Text(said or service.programme.default_language)
        try:
            document = signed_document(service, str(number)) if number else _next(service, text, lang)
        except explained as error:
            stop(error, lang)  # type: ignore[arg-type]
        path.write_bytes(pdf(document, service.programme, text, bool(number)))
        click.echo(str(path))


def _next(service: Dashboard, text: Text, lang: Lang) -> SignedReview:
    """The review that is open, of everyone. Says why, and ends with status 2, where nothing can be read."""
    search = to_search(View(text.lang))
    shown = service.show(search, PATIENCE, REVIEW)
    document = service.review_document(search, None)
    if document is None:
        fault = shown.feed.error
        click.echo(sentence(fault, lang) if fault else Text(lang)("paper.not_yet"), err=True)
        raise SystemExit(2)
    return document
