"""`flask --app app mail`: whether and when the brief goes out; with `--now` it goes at once, to try the settings."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.errors import HeaderDefect, HeaderParseError
from email.headerregistry import Address
from typing import Protocol

import click
from flask import Flask

from callbacks.command_line import sentence
from callbacks.mail import NothingToSendError
from callbacks.release_command import terminal_user
from dashboard.programme import Lang
from dashboard.text import NONE, Text
from layouts.paper.meta import PaperError


class Mailed(Protocol):
    """What became of the letters of a due time."""

    @property
    def due(self) -> datetime:
        """By the clock on the wall."""
        ...

    @property
    def states(self) -> Mapping[str, int]:
        """How many letters by state."""
        ...

    @property
    def code(self) -> str | None:
        """What went wrong last."""
        ...


class Postman(Protocol):
    """Who sends letters (connectors.postman). Everything but the first two may raise a fault."""

    @property
    def server(self) -> str:
        """Host and port."""
        ...

    @property
    def recipients(self) -> Sequence[str]:
        """Who gets a letter when it is due."""
        ...

    def due(self) -> datetime:
        """When the next one is due, by the clock on the wall."""
        ...

    def last(self) -> Mailed | None:
        """What became of the newest letters that were due."""
        ...

    def send(self, to: str, by: str) -> str:
        """Send a letter at once; what the server answered. Audited under `by`."""
        ...


def register(server: Flask, postman: Postman | None, lang: Lang, faults: tuple[type[Exception], ...]) -> None:
    """Add the command. `postman` None: nothing is sent. `faults` are the errors that are explained in words."""
    text, explained = Text(lang), (*faults, NothingToSendError, PaperError)

    @server.cli.command("mail")
    @click.option("--now", is_flag=True, help="Send the brief at once, whatever the hour.")
    @click.option("--to", "given", multiple=True, help="With --now: to this address. Default: DASHBOARD_MAIL_TO.")
    def mail_command(now: bool, given: tuple[str, ...]) -> None:
        """Say when the brief is sent and what became of the last one; with --now send it."""
        if postman is None:
            click.echo(text("mail.off"), err=True)
            raise SystemExit(2)
        if (given and not now) or not all(map(_is_address, given)):
            raise click.UsageError(text("mail.to_wrong"))
        if now:
            _send(postman, given or tuple(postman.recipients), text, explained)
        else:
            _tell(postman, text, explained)


def _is_address(told: str) -> bool:
    """Whether it can stand in a header; whether anybody is there, the server says."""
    try:
        return told.isascii() and told.isprintable() and bool(Address(addr_spec=told).domain)
    except (HeaderDefect, HeaderParseError, ValueError, IndexError):  # what the library raises on half an address
        return False


def _send(postman: Postman, recipients: Sequence[str], text: Text, faults: tuple[type[Exception], ...]) -> None:
    """One letter each, and what the server says to it. Status 1 where one was not taken."""
    refused = False
    for to in recipients:
        try:
            answer = postman.send(to, terminal_user())
        except faults as error:
            refused = True
            click.echo(f"{to}: {sentence(error, text.lang)}", err=True)  # type: ignore[arg-type]
        else:
            click.echo(text("mail.taken", to=to, server=postman.server, answer=answer or NONE))
    if refused:
        raise SystemExit(1)


def _tell(postman: Postman, text: Text, faults: tuple[type[Exception], ...]) -> None:
    due = postman.due()
    when = text("mail.when", day=text.date(due.date(), "full"), time=f"{due:%H:%M}")
    click.echo(f"{when} {text.plural('mail.recipients', len(postman.recipients), server=postman.server)}")
    last: Mailed | None = None
    with suppress(*faults):
        last = postman.last()
    if last is None:
        click.echo(text("mail.none_yet"))
        return
    states = ", ".join(f"{text(f'mail.state.{state}')}: {text.number(n)}" for state, n in sorted(last.states.items()))
    click.echo(text("mail.last", day=text.date(last.due.date(), "full"), time=f"{last.due:%H:%M}", states=states))
    if last.code:
        click.echo(text("mail.code", code=last.code))
