"""`flask --app app release …`: see what would be published, publish it, list releases, verify a file by its code."""

import getpass
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup

from callbacks.command_line import explaining
from callbacks.donor import MAKERS, donor_html
from callbacks.releases_page import shown
from callbacks.releasing import Draft, Note, Publisher
from dashboard.disclosure import Refusal, Refused
from dashboard.model import LANGUAGES, Lang
from dashboard.publishing import StoredRelease
from dashboard.text import Text
from layouts.donor.shown import DonorView, Published
from layouts.header import LANGUAGE_NAMES
from layouts.releases_page import due_words, refusal_words

Explained = Callable[[], AbstractContextManager[None]]
Open = Callable[[str | None], Publisher]
"""The publisher of a source; None: of the one that is set."""


def register(server: Flask, publisher: Open, lang: Lang, faults: tuple[type[Exception], ...]) -> None:
    """Add the commands. `faults` are the errors that are explained in words."""
    group = AppGroup("release", help="Releases to donors: preview, publish, list, verify.")
    text, explained = Text(lang), explaining(faults, lang)
    _add_making(group, publisher, text, explained)
    _add_looking(group, publisher, text, explained)
    server.cli.add_command(group)


def terminal_user() -> str:
    """The account that a command runs under, as the audit names it."""
    try:
        return f"terminal:{getpass.getuser()}"
    except (OSError, KeyError):
        return "terminal"


def _add_making(group: AppGroup, publisher: Open, text: Text, explained: Explained) -> None:
    as_of = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As of this day. Default: today.")
    source = click.option("--source", help="demo, a .csv or .xlsx file, or a spreadsheet's address.")

    @group.command("preview")
    @click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--lang", "said", type=click.Choice(LANGUAGES), help="Default: the terminal's language.")
    @as_of
    @source
    def preview_command(path: Path | None, said: Lang | None, as_of: datetime | None, source: str | None) -> None:
        """Say what the next release would show; with PATH (.html or .pdf) write it as the donor would see it."""
        with explained():
            made = publisher(source)
            draft = _usable(made.draft(_day(as_of)), text)
        click.echo(_summary(draft, text))
        click.echo(" ".join(due_words(made.due(), text)).strip())
        if path is not None and draft.release is not None:
            view = DonorView(
                made.programme, Text(said or text.lang), Published(draft.release, made.today(), ""), preview=True
            )
            path.write_bytes(MAKERS["pdf"](view) if path.suffix == ".pdf" else donor_html(view).encode())

    @group.command("publish")
    @click.option("--note-ar", default="")
    @click.option("--note-fr", default="")
    @click.option("--note-en", default="")
    @click.option("--yes", is_flag=True, help="Do not ask.")
    @as_of
    @source
    def publish_command(
        note_ar: str, note_fr: str, note_en: str, yes: bool, as_of: datetime | None, source: str | None
    ) -> None:
        """Publish the next release, with what management says about it."""
        note: Note = {"ar": note_ar, "fr": note_fr, "en": note_en}
        with explained():
            made = publisher(source)
            draft = _usable(made.draft(_day(as_of), note), text)
            if not made.due().allows:
                _refuse((Refusal("release_not_due"),), text)
            click.echo(_summary(draft, text))
            if not yes:
                click.confirm(text("release.sure", number=text.number(draft.number)), abort=True)
            done = made.publish(draft.mark, draft.as_of, note, terminal_user())
        if isinstance(done, Refused):
            _refuse(done.reasons, text)
        else:
            click.echo(text("release.done", number=text.number(done.number), code=done.code))


def _add_looking(group: AppGroup, publisher: Open, text: Text, explained: Explained) -> None:
    @group.command("list")
    def list_command() -> None:
        """List every release: number, as-of date, published (UTC), check code, by whom."""
        with explained():
            found = publisher(None).published()
        for one in found:
            moment = one.published_at.strftime("%Y-%m-%d %H:%M")
            click.echo(f"{one.number:>4}  {one.release().as_of.isoformat()}  {moment}  {one.code}  {one.by}")
        if not found:
            click.echo(text("release.none_listed"))

    @group.command("verify")
    @click.argument("code")
    @click.argument("path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def verify_command(code: str, path: Path | None) -> None:
        """Say which release CODE belongs to, and whether a file is what the dashboard makes of it. Status 1 if not."""
        with explained():
            made = publisher(None)
            found = made.by_code(code)
        if found is None:
            _fail(text("release.code_unknown", code=code))
        one, sound = found
        words = {"number": text.number(one.number), "as_of": text.date(one.release().as_of)}
        words |= {"date": text.date(one.published_at.date()), "by": one.by}
        if not sound:
            _fail(text("release.code_unsound", **words))
        click.echo(text("release.code_good", **words))
        if path is not None:
            _compare(path, one, made, text)


def _compare(path: Path, one: StoredRelease, made: Publisher, text: Text) -> None:
    """Make the release's files again: equal releases make equal bytes."""
    content, named = path.read_bytes(), path.suffix.lstrip(".")
    makers = {named: MAKERS[named]} if named in MAKERS else MAKERS
    for lang in made.programme.languages:
        view = DonorView(made.programme, Text(lang), shown(one))
        kind = next((kind for kind, make in makers.items() if make(view) == content), None)
        if kind is not None:
            words = {"kind": text(f"donor.file.{kind}"), "language": LANGUAGE_NAMES[lang]}
            click.echo(text("release.file_good", number=text.number(one.number), **words))
            return
    _fail(text("release.file_other", number=text.number(one.number)))


def _usable(draft: Draft, text: Text) -> Draft:
    if draft.release is None:
        _refuse(draft.reasons, text)
    return draft


def _refuse(reasons: tuple[Refusal, ...], text: Text) -> NoReturn:
    _fail("\n".join(refusal_words(reason, text) for reason in reasons))


def _fail(words: str) -> NoReturn:
    click.echo(words, err=True)
    raise SystemExit(1)


def _summary(draft: Draft, text: Text) -> str:
    release = draft.release
    if release is None:
        return ""
    counts = {"shown": len(release.cells) - len(release.hidden), "hidden": len(release.hidden), "new": draft.new}
    said = text("release.counts", **{name: text.number(n) for name, n in counts.items()})
    return f"{text('release.next', number=text.number(draft.number))} · {draft.as_of.isoformat()}\n{said}"


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
