"""`flask --app app link …`: links for people outside, made, listed, shut and given another address."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import click
from flask import Flask
from flask.cli import AppGroup

from callbacks.command_line import stop
from callbacks.links_page import LinksDesk, Unusable, wanted_link
from callbacks.release_command import terminal_user
from dashboard.model import LANGUAGES, Lang
from dashboard.programme import Programme
from dashboard.publishing import Link
from dashboard.text import NONE, Text

Explained = Callable[[], AbstractContextManager[None]]


def register(
    server: Flask, desk: LinksDesk, programme: Programme, address: str, lang: Lang, faults: tuple[type[Exception], ...]
) -> None:
    """Add the commands. `address`: the dashboard's, without a final slash; `faults` are explained in words."""
    group = AppGroup("link", help="Donor links: new, list, revoke, rotate.")
    text = Text(lang)

    @contextmanager
    def explained() -> Iterator[None]:
        try:
            yield
        except Unusable as error:
            click.echo(text(error.key), err=True)
            raise SystemExit(2) from None
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]

    _add_new(group, desk, programme, address, text, explained)
    _add_others(group, desk, address, text, explained)
    server.cli.add_command(group)


def _add_new(
    group: AppGroup, desk: LinksDesk, programme: Programme, address: str, text: Text, explained: Explained
) -> None:
    @group.command("new")
    @click.argument("label")
    @click.option("--language", type=click.Choice(LANGUAGES), default=programme.default_language, show_default=True)
    @click.option("--until", default="", metavar="YYYY-MM-DD", help="The last day on which it opens.")
    @click.option("--shows", default="", metavar="NUMBER", help="Only this release. Default: the newest.")
    @click.option("--password", is_flag=True, help="Ask for a password that the link will ask for.")
    def new_command(label: str, language: str, until: str, shows: str, password: bool) -> None:
        """Make a link for LABEL (organisation and person); its address is printed once and not kept."""
        typed = click.prompt(text("link.password"), hide_input=True, confirmation_prompt=True) if password else ""
        given = {"label": label, "language": language, "until": until, "shows": shows, "password": typed}
        with explained():
            link, path = desk.new(wanted_link(given, programme, desk.now()), terminal_user())
        click.echo(text("link.fresh", label=text.isolate(link.label)))
        click.echo(f"{address}{path}")
        click.echo(text("link.once"))


def _add_others(group: AppGroup, desk: LinksDesk, address: str, text: Text, explained: Explained) -> None:
    @group.command("list")
    def list_command() -> None:
        """List every link: id, state, views, last opened (UTC), language, what it shows, for whom."""
        with explained():
            found = desk.all()
        for link in reversed(found):
            click.echo(_line(link, desk, text))
        if not found:
            click.echo(text("link.none"))

    @group.command("revoke")
    @click.argument("link", type=click.IntRange(1))
    def revoke_command(link: int) -> None:
        """Shut a link for ever, at once."""
        with explained():
            desk.revoke(link, terminal_user())
        click.echo(text("link.revoked", link=str(link)))

    @group.command("rotate")
    @click.argument("link", type=click.IntRange(1))
    def rotate_command(link: int) -> None:
        """Give a link another address; the old one opens nothing any more, and whoever came in by it is out."""
        with explained():
            found, path = desk.rotate(link, terminal_user())
        click.echo(text("link.fresh", label=text.isolate(found.label)))
        click.echo(f"{address}{path}")
        click.echo(text("link.once"))


def _line(link: Link, desk: LinksDesk, text: Text) -> str:
    seen = link.last_seen.strftime("%Y-%m-%d %H:%M") if link.last_seen else NONE
    state = text(f"link.state.{link.state(desk.now())}")
    shows = text("link.newest") if link.shows is None else text("link.one_release", number=str(link.shows))
    return f"{link.id:>4}  {state}  {link.views:>5}  {seen:>16}  {link.language}  {shows}  {link.label}"
