"""`flask --app app accept`: let a reading pass that is held back, after seeing what it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import click
from flask import Flask

from callbacks.command_line import sentence, stop
from dashboard.history import Head
from dashboard.programme import Lang
from dashboard.text import Text


class Feed(Protocol):
    """The history of what is read."""

    def head(self) -> Head:
        """The newest state."""
        ...

    def accept(self, content_hash: str, *, by: str, at: datetime) -> None:
        """Let content pass. Audited."""
        ...


def register(
    server: Flask, feed: Callable[[], Feed], who: Callable[[], str], lang: Lang, faults: tuple[type[Exception], ...]
) -> None:
    """Add the command. `who` says whom the audit names; `faults` are the errors it explains in words."""

    @server.cli.command("accept")
    @click.option("--yes", is_flag=True, help="Do not ask.")
    def accept_command(yes: bool) -> None:
        """Show a reading that is held back as it is, after all: it says why it was held, and asks."""
        try:
            accept(feed(), who, Text(lang), lang, ask=not yes)
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]


def accept(feed: Feed, who: Callable[[], str], text: Text, lang: Lang, *, ask: bool) -> None:
    """Ends with status 1 where there is nothing to accept, or the person says no."""
    held = feed.head().held
    if held is None:
        click.echo(text("accept.nothing"))
        raise SystemExit(1)
    click.echo(sentence(held, lang))
    if not held.acceptable:
        click.echo(text("accept.mend"))
        raise SystemExit(1)
    if ask:
        click.confirm(text("accept.question"), abort=True)
    feed.accept(held.content_hash, by=who(), at=datetime.now(UTC))
    click.echo(text("accept.done"))
