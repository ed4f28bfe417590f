"""`flask --app app connect SOURCE`: the steps of the page `/connect`, in a terminal."""

from collections.abc import Callable, Sequence
from typing import NoReturn

import click
from flask import Flask

from callbacks.command_line import stop
from callbacks.connect_page import Desk
from dashboard.mapping import Column, Edit, Inspection, clashes, gaps, propose, proposed_edit
from dashboard.programme import Lang
from dashboard.roster import Roster
from dashboard.schema import FIELD, FIELDS
from dashboard.text import Text
from layouts.connect_columns import clash_words, gap_words, no_header_words
from layouts.quality import TERMS, grouped


def register(
    server: Flask,
    desk: Desk,
    lang: Lang,
    faults: tuple[type[Exception], ...],
    note: Callable[[], None] = lambda: None,
) -> None:
    """Add the command. `faults` are the errors it explains in words; `note()` is called when a sheet has been
    connected."""

    @server.cli.command("connect")
    @click.argument("source")
    @click.option("--yes", is_flag=True, help="Ask nothing: take the proposal, changed by the options below.")
    @click.option(
        "--worksheet", "worksheets", multiple=True, help="A worksheet that holds the roster; may be repeated."
    )
    @click.option(
        "--map", "mapped", multiple=True, metavar="HEADER=FIELD", help="What a column holds; may be repeated."
    )
    @click.option("--never", multiple=True, metavar="HEADER", help="A personal column; may be repeated.")
    def connect_command(
        source: str, yes: bool, worksheets: tuple[str, ...], mapped: tuple[str, ...], never: tuple[str, ...]
    ) -> None:
        """Connect a spreadsheet or file: propose what its columns hold, try it, write it into programme.toml."""
        dialogue = Dialogue(desk, Text(lang))
        given = [*(pair.rpartition("=")[::2] for pair in mapped), *((header, "") for header in never)]
        try:
            dialogue.run(source, worksheets, given, ask=not yes)
            note()
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]


class Dialogue:
    """One conversation. It ends with status 2 where the sheet cannot be connected, 1 where the person says no."""

    def __init__(self, desk: Desk, text: Text) -> None:
        self._desk = desk
        self._text = text

    def run(self, source: str, worksheets: Sequence[str], given: Sequence[tuple[str, str]], *, ask: bool) -> None:
        """Look, propose, correct, try, write."""
        inspection = self._desk.look(source)
        columns, edit = self._proposal(inspection, worksheets)
        edit = self._with(edit, given)
        self._show(inspection, columns, edit, ask)
        while ask and (number := self._asked_number(len(columns))):
            edit = self._with(edit, [(columns[number - 1].header, self._asked_field())])
            self._show(inspection, columns, edit, ask)
        self._refuse_incomplete(inspection, edit)
        self._account(self._desk.try_out(source, inspection, edit))
        if ask and not click.confirm(self._text("connect.terminal_write", path="programme.toml")):
            click.echo(self._text("connect.terminal_nothing"))
            raise SystemExit(1)
        self._written(source, inspection, edit)

    def _proposal(self, inspection: Inspection, worksheets: Sequence[str]) -> tuple[tuple[Column, ...], Edit]:
        for title in worksheets:
            if title not in {sheet.title for sheet in inspection.sheets}:
                self._stop(self._text("connect.terminal_no_worksheet", worksheet=title))
        chosen = tuple(sheet.title for sheet in inspection.sheets_of(worksheets or inspection.chosen))
        sheets = inspection.sheets_of(chosen)
        if not any(sheet.header_row for sheet in sheets):
            sheet = sheets[0] if sheets else inspection.sheets[0]
            reason = no_header_words(sheet, self._text)
            self._stop(self._text("connect.none_readable", label=inspection.label, reason=reason))
        columns = propose(sheets, self._desk.programme())
        return columns, proposed_edit(columns, chosen)

    def _with(self, edit: Edit, given: Sequence[tuple[str, str]]) -> Edit:
        """The edit with some headers decided; an empty field means never."""
        fields = dict(edit.fields)
        for header, field in given:
            if header not in fields:
                self._stop(self._text("connect.terminal_no_header", header=header))
            if field and field not in FIELD:
                self._stop(self._text("connect.terminal_unknown", field=field))
            fields[header] = field or None
        return Edit(edit.worksheets, fields)

    def _show(self, inspection: Inspection, columns: Sequence[Column], edit: Edit, ask: bool) -> None:
        """The worksheets, then each column with what it holds, then, where it can be mended here, what is missing."""
        text = self._text
        click.echo(f"\n{inspection.label}")
        for sheet in inspection.sheets_of(edit.worksheets):
            click.echo(f"  {sheet.title} · {text('connect.header_row', row=str(sheet.header_row))}")
        for read in (True, False):
            click.echo(f"\n{text('connect.terminal_read' if read else 'connect.terminal_left')}")
            for number, column in enumerate(columns, 1):
                if (edit.fields[column.header] is not None) == read:
                    click.echo(f"{number:>4}  {column.places[0][1]:<3} {self._line(column, edit)}")
        for words in self._problems(inspection, edit) if ask else ():
            click.echo(f"\n▲ {words}")

    def _problems(self, inspection: Inspection, edit: Edit) -> list[str]:
        """What keeps the sheet from being read."""
        sheets = inspection.sheets_of(edit.worksheets)
        missing = gap_words(gaps(edit, sheets), len(sheets), self._text)
        return [*missing, *clash_words(clashes(edit, sheets), self._text)]

    def _line(self, column: Column, edit: Edit) -> str:
        field = edit.fields[column.header]
        if field is None:
            return column.header
        confidence = column.confidence if column.field == field and column.confidence else "chosen"
        words = self._text(f"connect.confidence_{confidence}")
        return f"{column.header}  →  {self._text(f'field.{field}')} [{field}] · {words}"

    def _asked_number(self, most: int) -> int:
        """The number of a column, 0 to go on."""
        words = self._text("connect.terminal_change")
        number: int = click.prompt(words, default=0, show_default=False, type=click.IntRange(0, most))
        return number

    def _asked_field(self) -> str:
        while True:
            field: str = click.prompt(self._text("connect.terminal_field"), default="", show_default=False).strip()
            if not field or field in FIELD:
                return field
            if field != "?":
                click.echo(self._text("connect.terminal_unknown", field=field))
            for known in FIELDS:
                click.echo(f"  {known.id:<18} {self._text(f'field.{known.id}')}")

    def _refuse_incomplete(self, inspection: Inspection, edit: Edit) -> None:
        words = self._problems(inspection, edit)
        if words:
            self._stop("\n".join([*words, self._text("connect.terminal_hint")]))

    def _account(self, roster: Roster) -> None:
        """The trial: rows by class, then findings by kind."""
        text = self._text
        terms = {term: text.number(getattr(roster.reconciliation, term)) for term in TERMS}
        click.echo(f"\n{text('connect.terminal_account', **terms)}")
        for group in grouped(roster.findings):
            severity = text(f"severity.{group[0].severity}")
            click.echo(f"  {len(group):>5}  {severity} · {group[0].code} · {group[0].cell}")

    def _written(self, source: str, inspection: Inspection, edit: Edit) -> None:
        text, written = self._text, self._desk.write(source, inspection, edit)
        click.echo(f"\n{text('connect.done_programme', path=written.programme)}")
        if written.backup is not None:
            click.echo(text("connect.done_backup", path=written.backup))
        if written.overruled_by is not None:
            click.echo(text("connect.overruled", source=written.overruled_by))
        click.echo(text.plural("connect.done_women", written.women))

    def _stop(self, words: str) -> NoReturn:
        click.echo(words, err=True)
        raise SystemExit(2)
