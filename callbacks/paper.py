"""The view as files: `/brief.pdf?lang=ar` and `/workbook.xlsx?lang=fr`, and the same from a terminal.

What writes them is imported when the first file is asked for: a page does not wait for it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs

import click
from flask import Flask, Response, request

from callbacks.command_line import stop
from callbacks.data_state import Once
from callbacks.kept import Kept
from callbacks.service import Dashboard
from dashboard.programme import LANGUAGES, Lang, Programme
from dashboard.roster import Roster
from dashboard.view import View, to_search
from layouts.downloads import BRIEF, PARTS, TABLES, WORKBOOK
from layouts.messages import has_results
from layouts.no_file import no_file_html
from layouts.shown import Shown

WAIT = 5.0  # seconds that a file waits for a roster that is due
KEPT = 12  # files kept: a link is often followed twice, and an invitation by many
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Make = Callable[[Shown], bytes]


def register(server: Flask, service: Dashboard, asset: Callable[[str], str]) -> None:
    """Add the files. `asset` gives the address of a file of the pages."""
    kept = Kept(KEPT)

    def brief_file() -> Response:
        return _file(service, kept, asset, ("brief", PDF, brief))

    def workbook_file() -> Response:
        return _file(service, kept, asset, ("workbook", XLSX, workbook))

    server.add_url_rule(BRIEF, "brief_pdf", brief_file)
    server.add_url_rule(WORKBOOK, "workbook_xlsx", workbook_file)


def brief(shown: Shown) -> bytes:
    """The brief of a view as PDF, its tables too if the search string asks for them. Raises PaperError."""
    from layouts.paper.brief import brief_pdf
    from layouts.paper.meta import meta_of
    from layouts.paper.overview import overview_blocks

    return brief_pdf(overview_blocks(shown, wants_tables(shown.search)), shown.text, meta_of(shown))


def workbook(shown: Shown) -> bytes:
    """The workbook of a view."""
    from layouts.paper.workbook import workbook_xlsx

    return workbook_xlsx(shown)


def wants_tables(search: str) -> bool:
    """Whether a search string asks for more than the brief."""
    return TABLES in parse_qs(search.lstrip("?")).get(PARTS, [""])[-1].split(",")


def _file(service: Dashboard, kept: Kept, asset: Callable[[str], str], kind: tuple[str, str, Make]) -> Response:
    """A file of the view asked for; a page with one sentence where there is nothing to put into it."""
    name, mimetype, make = kind
    search = "?" + request.query_string.decode("utf-8", "replace")
    shown = service.show(search, WAIT)
    if not has_results(shown):
        # Nobody in the view stays so until the address changes; a roster that is not there may come.
        return Response(no_file_html(shown, asset), 503 if shown.overview is None else 404, mimetype="text/html")
    view = to_search(replace(shown.view, as_of=shown.as_of))
    # The rules as well as the roster: connecting another sheet changes both.
    rules = hash(shown.programme.model_dump_json())
    key = (name, shown.feed.edition, rules, view, wants_tables(search))
    answer = Response(kept.get(key, lambda: make(shown)), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(shown, name, mimetype)}"'
    return answer


def file_name(shown: Shown, name: str, mimetype: str) -> str:
    """What the file is called: programme, day, language, and whether it is of past knowledge or of some women only."""
    parts = [shown.programme.id, name, shown.as_of.isoformat(), shown.text.lang]
    parts += [f"known-{shown.view.known.isoformat()}"] if shown.view.known else []
    parts += ["selection"] if shown.view.filters else []
    return "-".join(parts) + (".pdf" if mimetype == PDF else ".xlsx")


def register_commands(
    server: Flask,
    programme: Programme,
    open_roster: Callable[[str | None], Roster],
    today: Callable[[], date],
    lang: Lang,
    faults: tuple[type[Exception], ...],
) -> None:
    """Add `brief` and `workbook`. `open_roster(source)` reads a roster once; `faults` it explains in words."""

    def write(path: Path, make: Make, said: Lang | None, as_of: datetime | None, source: str | None, more: str) -> None:
        try:
            roster = open_roster(source)
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]
        view = View(said or programme.default_language, as_of.date() if as_of else None)
        service = Dashboard(programme, Once(roster), today, lambda: datetime.now(UTC))
        path.write_bytes(make(service.show(to_search(view) + more, 0)))
        click.echo(str(path))

    options = (
        click.argument("path", type=click.Path(dir_okay=False, path_type=Path)),
        click.option("--lang", "said", type=click.Choice(LANGUAGES), help="Default: the programme's language."),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As of this day. Default: today."),
        click.option("--source", help="demo, a .csv or .xlsx file, or a spreadsheet's address."),
    )

    @server.cli.command("brief")
    @click.option("--tables", is_flag=True, help="Add the figures as tables on further pages.")
    def brief_command(path: Path, said: Lang | None, as_of: datetime | None, source: str | None, tables: bool) -> None:
        """Write the brief of everyone as PDF."""
        write(path, brief, said, as_of, source, f"&{PARTS}={TABLES}" if tables else "")

    @server.cli.command("workbook")
    def workbook_command(path: Path, said: Lang | None, as_of: datetime | None, source: str | None) -> None:
        """Write the figures of everyone as an XLSX workbook."""
        write(path, workbook, said, as_of, source, "")

    for command in (brief_command, workbook_command):
        for option in reversed(options):
            option(command)
