"""Composition root: puts the edges, the core and the pages together. Nothing imports it.

`python app.py` starts it on this machine, `gunicorn app:server` serves it, `flask --app app report` prints its numbers.
"""

import logging
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Lock

import click
from flask import Flask

from callbacks import command_line, connect_command, connect_page, management, paper, repair_file, store_command
from callbacks.delivery import install_delivery
from callbacks.service import Dashboard
from connectors.base import RosterSource, SourceError
from connectors.choose import open_source
from connectors.connecting import Desk
from connectors.finding_memory import FindingMemory
from connectors.following import Follower
from connectors.keeping import Keeper
from connectors.refresher import Refresher
from connectors.settings import SOURCE_FILE, Settings, SettingsError, renewed, settings_from_environment
from connectors.store import StoreError
from dashboard.programme import Lang, Programme, ProgrammeError, load_programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster
from dashboard.text import Text

FAULTS = (SourceError, ProgrammeError, SettingsError, StoreError)
SWITCH_SECONDS = 20.0  # how long connecting a sheet waits for its first numbers
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def create_server(settings: Settings, today: Callable[[], date] = date.today) -> Flask:
    """The whole dashboard on one Flask server. Raises ProgrammeError, SourceError or SettingsError at a bad start."""
    programme = load_programme(settings.programme)

    def open_roster(source: str | None) -> Roster:
        return _reader(programme, today)(_source(settings, programme, today, source).fetch())

    source = _source(settings, programme, today)
    memory = FindingMemory(settings.data, today)
    refresher = Refresher(source, _reader(programme, today), settings.max_age, _here, memory.note)
    service = Dashboard(programme, refresher, today, memory=memory.current)
    server = Flask("dashboard", static_folder=None)
    pages = management.create_app(server, service)
    repair_file.register(server, service)
    paper.register(server, service, pages.asset)
    install_delivery(server, lambda _: pages.csp_hashes())
    command_line.register(server, programme, open_roster, _write_demo_sheet, today, _terminal(), FAULTS)
    paper.register_commands(server, programme, open_roster, today, _terminal(), FAULTS)
    desk = Desk(settings, today, connected=_follow(server, settings, service, refresher, today))
    connect_page.register(server, desk, lambda: service.programme, pages.asset, FAULTS)
    connect_command.register(server, Desk(settings, today), _terminal(), FAULTS)
    store_command.register(server, Keeper(settings, _here), _terminal(), FAULTS)
    return server


def _follow(
    server: Flask, settings: Settings, service: Dashboard, refresher: Refresher, today: Callable[[], date]
) -> Callable[[Settings], None]:
    """Use another source and programme as soon as they are written, by this process or by another.

    Returns what to call with settings that have changed here.
    """

    def use(new: Settings) -> None:
        programme = load_programme(new.programme)
        source = _source(new, programme, today)
        service.programme = programme  # before the refresher: a new roster is never counted by the old programme
        refresher.switch(source, _reader(programme, today), SWITCH_SECONDS)

    def changed() -> None:
        try:
            with switching:
                use(renewed(settings))
        except FAULTS as error:
            logging.getLogger(__name__).warning("not used, because it does not load: %s", error.code)

    def connected(new: Settings) -> None:
        with switching:  # the last to switch has read the newest files
            follower.take()
            use(new)

    switching = Lock()
    follower = Follower((settings.programme, settings.data / SOURCE_FILE), changed)
    server.before_request(follower.check)
    return connected


def _here() -> datetime:
    """The moment, with this place's offset: a new day begins at midnight here, not in Greenwich."""
    return datetime.now().astimezone()


def _reader(programme: Programme, today: Callable[[], date]) -> Callable[[RawTable], Roster]:
    return lambda raw: read(raw, programme, today())


def _source(
    settings: Settings, programme: Programme, today: Callable[[], date], source: str | None = None
) -> RosterSource:
    spec = source or settings.source
    return open_source(spec, programme, settings.secret, settings.credentials, today, settings.data)


def _write_demo_sheet(path: Path, today: date) -> None:
    # Imported when asked for: writing spreadsheets is not on the way to the first page.
    from connectors.demo_sheet import write_demo_sheet

    write_demo_sheet(path, today)


def _terminal() -> Lang:
    return command_line.terminal_language(os.environ)


def create_app() -> Flask:
    """The server as the environment configures it; a bad setting ends the start with one sentence and status 2."""
    try:
        return create_server(settings_from_environment(os.environ))
    except FAULTS as error:
        command_line.stop(error, _terminal())


def __getattr__(name: str) -> Flask:
    """`server`, made at its first use, so that importing this module reads no environment."""
    if name != "server":
        raise AttributeError(name)
    made = create_app()
    globals()["server"] = made
    return made


def main() -> None:
    """Serve on HOST and PORT until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("werkzeug", "fontTools"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    text = Text(_terminal())
    server = create_app()
    settings = settings_from_environment(os.environ)
    if settings.host not in LOOPBACK:
        click.echo(text("start.open_to_network", host=settings.host), err=True)
    click.echo(text("start.address", address=f"http://{settings.host}:{settings.port}"))
    server.run(settings.host, settings.port, threaded=True)


if __name__ == "__main__":
    main()
