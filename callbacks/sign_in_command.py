"""`flask --app app sign-in`: a new address that signs in once; every session ended, if asked for."""

from typing import Protocol

import click
from flask import Flask

from dashboard.text import Text


class OneTime(Protocol):
    """The address that signs in once."""

    def make(self, *, sign_out: bool = False) -> str:
        """A new token; the one before is void. Raises OSError."""
        ...


def printed(address: str, token: str, text: Text) -> str:
    """The line that a terminal shows. `address` is where the dashboard is reached, without a final slash."""
    return text("start.sign_in", address=f"{address}/sign-in?token={token}")


def register(server: Flask, one_time: OneTime, address: str, text: Text) -> None:
    """Add the command."""

    @server.cli.command("sign-in")
    @click.option("--sign-out-everyone", is_flag=True, help="End every session there is, however it began.")
    def sign_in_command(sign_out_everyone: bool) -> None:
        """Print a new address that signs in once, as a manager; the one before is void."""
        try:
            token = one_time.make(sign_out=sign_out_everyone)
        except OSError:
            raise click.ClickException(text("sign_in.not_kept")) from None
        if sign_out_everyone:
            click.echo(text("sign_in.everyone_out"))
        click.echo(printed(address, token, text))
