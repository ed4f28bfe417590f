"""The page `/connect`: four steps as plain forms. Every answer is made from what its request carries.

Who may open it is the gate's to decide, and that a form comes from a page of ours.
"""

import time
from collections.abc import Callable
from typing import Protocol

from flask import Flask, Request, make_response, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from dashboard.mapping import Column, Edit, Inspection, Written, clashes, gaps, propose, proposed_edit
from dashboard.programme import Lang, Programme
from dashboard.roster import Roster
from dashboard.schema import FIELD
from dashboard.text import Text
from layouts.components import Node, notice
from layouts.connect_address import Sharing, address_step
from layouts.connect_columns import columns_step, no_header_words, problems
from layouts.connect_frame import ADDRESS, Step, document, frame, problem
from layouts.connect_trial import done_step, trial_step
from layouts.messages import error_words

LARGEST = 1_000_000  # bytes of a form: a thousand long headers
KEPT_SECONDS, KEPT = 300.0, 4  # headers seen a moment ago are not asked for again at each step


class Desk(Protocol):
    """Where a sheet is connected. Every question may raise one of the faults given to `register`."""

    def programme(self) -> Programme:
        """The programme as its file has it now."""
        ...

    def share_with(self) -> str:
        """The address to share a spreadsheet with."""
        ...

    def files(self) -> tuple[str, ...]:
        """Paths of spreadsheet files at hand; raises nothing."""
        ...

    def keep_key(self, content: bytes) -> str:
        """Keep the key of a service account; the address to share with."""
        ...

    def look(self, source: str) -> Inspection:
        """Worksheets and headers; no values."""
        ...

    def try_out(self, source: str, inspection: Inspection, edit: Edit) -> Roster:
        """The roster as it would be read; nothing is written."""
        ...

    def write(self, source: str, inspection: Inspection, edit: Edit) -> Written:
        """Write the decisions down and use the source from now on."""
        ...


def register(
    server: Flask,
    desk: Desk,
    programme: Callable[[], Programme],
    asset: Callable[[str], str],
    faults: tuple[type[Exception], ...],
    note: Callable[[], None] = lambda: None,
) -> None:
    """Add the page. `programme()` gives the names in its header, `asset` the address of a file; `note()` is called
    when a sheet has been connected."""
    page = ConnectPage(desk, programme, asset, faults, note)
    server.add_url_rule(ADDRESS, "connect", page.answer, methods=["GET", "POST"])


class ConnectPage:
    """Answers the requests of the four steps."""

    def __init__(
        self,
        desk: Desk,
        programme: Callable[[], Programme],
        asset: Callable[[str], str],
        faults: tuple[type[Exception], ...],
        note: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk = desk
        self._programme = programme
        self._asset = asset
        self._faults = faults
        self._note = note
        self._seen = Seen()

    def answer(self) -> Response:
        """One step."""
        text = Text(self._lang(request))
        request.max_content_length = request.max_form_memory_size = LARGEST
        try:
            step, content = self._step(request, text)
        except RequestEntityTooLarge:
            return self._page("address", [problem(text("connect.too_large"))], text, 413)
        return self._page(step, content, text, 200)

    def _step(self, asked: Request, text: Text) -> tuple[Step, list[Node]]:
        step, source = asked.form.get("step", ""), asked.form.get("source", "").strip()
        try:
            if step == "key":
                return self._key(asked, text)
            if asked.method == "POST" and source:
                return self._with_source(step, source, asked, text)
        except self._faults as error:
            return "address", self._address(source, [problem(error_words(error, text))], text)  # type: ignore[arg-type]
        return "address", self._address(source, [], text)

    def _with_source(self, step: str, source: str, asked: Request, text: Text) -> tuple[Step, list[Node]]:
        inspection = self._seen.get(source, self._desk.look, anew=step == "look")
        unreadable = _unreadable(inspection, text)
        if unreadable:
            return "address", self._address(source, [problem(unreadable)], text)
        columns, edit, said = self._decided(inspection, asked, text)
        sheets = inspection.sheets_of(edit.worksheets)
        missing, twice = gaps(edit, sheets), clashes(edit, sheets)
        if step not in ("preview", "write") or said or missing or twice:
            # What is missing is a list of things to do at first, and a problem only for whoever wants to go on.
            wrong = problems(missing if step in ("preview", "write") else (), twice, len(edit.worksheets), text)
            return "columns", columns_step(source, inspection, columns, edit, [*said, *wrong], text)
        try:
            if step == "write":
                written = self._desk.write(source, inspection, edit)
                self._note()
                return "done", done_step(written, text)
            return "preview", trial_step(source, edit, self._desk.try_out(source, inspection, edit), text)
        except self._faults as error:
            said = [problem(error_words(error, text))]  # type: ignore[arg-type]
            return "columns", columns_step(source, inspection, columns, edit, said, text)

    def _decided(
        self, inspection: Inspection, asked: Request, text: Text
    ) -> tuple[tuple[Column, ...], Edit, list[Node]]:
        """The columns of the chosen worksheets, what was decided about them, and what has to be said about that."""
        given = _given(asked)
        chosen = tuple(sheet.title for sheet in inspection.sheets if sheet.title in asked.form.getlist("worksheet"))
        said = [problem(text("connect.no_worksheet"))] if given and not chosen else []
        worksheets = chosen or inspection.chosen
        columns = propose(inspection.sheets_of(worksheets), self._desk.programme())
        proposed = proposed_edit(columns, worksheets)
        if given and any(_one_line(header) not in given for header in proposed.fields) and not said:
            said = [notice(text("connect.new_columns"))]
        fields = {header: given.get(_one_line(header), field) for header, field in proposed.fields.items()}
        return columns, Edit(worksheets, fields), said

    def _address(self, source: str, said: list[Node], text: Text) -> list[Node]:
        try:
            sharing = Sharing(self._desk.share_with())
        except self._faults as error:
            sharing = Sharing(None, error)  # type: ignore[arg-type]
        return address_step(source, sharing, self._desk.files(), said, text)

    def _key(self, asked: Request, text: Text) -> tuple[Step, list[Node]]:
        file = asked.files.get("key")
        self._desk.keep_key(file.read() if file else b"")
        return "address", self._address("", [notice(text("connect.key_kept"))], text)

    def _page(self, step: Step, content: list[Node], text: Text, status: int) -> Response:
        programme = self._programme()
        body = document(frame(step, content, text, programme), text, programme, self._asset)
        return make_response(body, status)

    def _lang(self, asked: Request) -> Lang:
        programme = self._programme()
        wanted = asked.args.get("lang", "")
        return next((lang for lang in programme.languages if lang == wanted), programme.default_language)


class Seen:
    """What was seen of the last few sources. Headers only; a few minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, Inspection]] = {}

    def get(self, source: str, look: Callable[[str], Inspection], *, anew: bool) -> Inspection:
        """What is seen of a source: what was seen a moment ago, unless asked to look anew."""
        at, inspection = self._kept.get(source, (float("-inf"), None))
        if anew or inspection is None or self._clock() - at > KEPT_SECONDS:
            inspection = look(source)
            self._kept.pop(source, None)
            self._kept[source] = (self._clock(), inspection)
            for oldest in list(self._kept)[:-KEPT]:
                self._kept.pop(oldest, None)
        return inspection


def _given(asked: Request) -> dict[str, str | None]:
    """Header -> field as the form says, None for what is never read: also the one whose button was pressed."""
    pairs = zip(asked.form.getlist("column"), asked.form.getlist("field"), strict=False)
    never = asked.form.get("never")
    return {_one_line(header): field if field in FIELD and header != never else None for header, field in pairs}


def _one_line(header: str) -> str:
    """A header as it survives a form, which changes its line breaks."""
    return " ".join(header.split())


def _unreadable(inspection: Inspection, text: Text) -> str | None:
    """Why there is nothing to map, if no worksheet has a header."""
    if any(sheet.header_row is not None for sheet in inspection.sheets):
        return None
    worst = next((sheet for sheet in inspection.sheets if sheet.like_data), inspection.sheets[0])
    return text("connect.none_readable", label=text.isolate(inspection.label), reason=no_header_words(worst, text))
