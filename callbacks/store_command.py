"""`flask --app app store …`: what a person does to history by hand."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import click
from flask import Flask
from flask.cli import AppGroup

from callbacks.command_line import explaining
from dashboard.history import Audit, Checked, Erased, Version
from dashboard.programme import Lang
from dashboard.text import Text


class Keeper(Protocol):
    """What the commands ask for (connectors.keeping)."""

    def key_parts(self) -> Sequence[str]:
        """What a woman's code consists of."""
        ...

    def erase(self, code: Sequence[str]) -> Erased:
        """Forget a woman by her code as it was typed."""
        ...

    def prune(self) -> int:
        """Drop what is older than the setting says; how many versions."""
        ...

    def backup(self, path: Path) -> int:
        """Write everything to a new file; how many rows."""
        ...

    def restore(self, path: Path, replace: bool) -> int:
        """Put a backup in place of what is here; how many rows."""
        ...

    def check(self) -> Checked:
        """Look at everything once."""
        ...

    def versions(self) -> Sequence[Version]:
        """All versions, oldest first."""
        ...

    def audits(self, limit: int) -> Sequence[Audit]:
        """Who did what, the newest first."""
        ...


def register(server: Flask, keeper: Keeper, lang: Lang, faults: tuple[type[Exception], ...]) -> None:
    """Add the commands. `faults` are the errors that are explained in words."""
    group = AppGroup("store", help="History: erase a person, prune, back up, restore, check, list.")
    text, explained = Text(lang), explaining(faults, lang)
    _add_forgetting(group, keeper, text, explained)
    _add_copies(group, keeper, text, explained)
    _add_looks(group, keeper, text, explained)
    server.cli.add_command(group)


Explained = Callable[[], AbstractContextManager[None]]


def _add_forgetting(group: AppGroup, keeper: Keeper, text: Text, explained: Explained) -> None:
    @group.command("erase")
    @click.argument("code", nargs=-1)
    @click.option("--yes", is_flag=True, help="Do not ask.")
    def erase_command(code: tuple[str, ...], yes: bool) -> None:
        """Forget a woman for ever, by her code as typed in the sheet. Without CODE it is asked for."""
        with explained():
            typed = code or tuple(click.prompt(part) for part in keeper.key_parts())
            if not yes:
                click.confirm(text("store.erase_sure"), abort=True)
            erased = keeper.erase(typed)
        click.echo(text("store.erased", states=text.number(erased.states), versions=text.number(erased.versions)))

    @group.command("prune")
    def prune_command() -> None:
        """Drop the versions that were replaced longer ago than DASHBOARD_KEEP_DAYS."""
        with explained():
            dropped = keeper.prune()
        click.echo(text("store.pruned", versions=text.number(dropped)))


def _add_copies(group: AppGroup, keeper: Keeper, text: Text, explained: Explained) -> None:
    @group.command("backup")
    @click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
    def backup_command(path: Path) -> None:
        """Write everything that is remembered to a new file."""
        with explained():
            rows = keeper.backup(path)
        click.echo(text("store.backed_up", path=str(path), rows=text.number(rows)))

    @group.command("restore")
    @click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--replace", is_flag=True, help="Put it in place of what is remembered here.")
    def restore_command(path: Path, replace: bool) -> None:
        """Remember again what a backup holds, of SQLite or PostgreSQL. Stop the dashboard before."""
        with explained():
            rows = keeper.restore(path, replace)
        click.echo(text("store.restored", path=str(path), rows=text.number(rows)))


def _add_looks(group: AppGroup, keeper: Keeper, text: Text, explained: Explained) -> None:
    @group.command("check")
    def check_command() -> None:
        """Rebuild every version once; ends with status 1 where something is wrong."""
        with explained():
            checked = keeper.check()
        for fault in checked.faults:
            click.echo(fault, err=True)
        if checked.faults:
            click.echo(text("store.check_failed"), err=True)
            raise SystemExit(1)
        click.echo(text("store.check_good", versions=text.number(checked.versions)))

    @group.command("history")
    @click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many versions.")
    def history_command(last: int) -> None:
        """List the newest versions: number, moment of recording (UTC), women, rows."""
        with explained():
            versions = keeper.versions()[-last:]
        if not versions:
            click.echo(text("store.no_history"))
            return
        click.echo(_line(*(text(f"store.column.{name}") for name in ("number", "moment", "women", "rows"))))
        for version in versions:
            moment = version.recorded_at.strftime("%Y-%m-%d %H:%M:%S")
            click.echo(_line(version.number, moment, version.women, version.rows_read))

    @group.command("audit")
    @click.option("--last", type=click.IntRange(1), default=50, show_default=True, help="How many notes.")
    def audit_command(last: int) -> None:
        """List who did what: moment (UTC), what, details, name."""
        with explained():
            notes = keeper.audits(last)
        for note in notes:
            details = " ".join(f"{name}={value}" for name, value in note.detail.items())
            click.echo(f"{note.at:%Y-%m-%d %H:%M:%S}  {note.by}  {' '.join((details, note.action)).strip()}")
        if not notes:
            click.echo(text("store.no_audit"))


def _line(number: object, moment: object, women: object, rows: object) -> str:
    return f"{number:>7}  {moment:<19}  {women:>11}  {rows:>7}"
