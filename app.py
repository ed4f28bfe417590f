"""Composition root: puts the edges, the core and the pages together. Nothing imports it.

`python app.py` starts it on this machine, `gunicorn app:server` serves it, `flask --app app report` prints its numbers.
"""

import hashlib
import logging
import logging.config
import os
import tomllib
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock

import click
from flask import Flask

from callbacks import (
    accept_command,
    command_line,
    connect_command,
    connect_page,
    health,
    management,
    metrics,
    paper,
    pulse,
    repair_file,
    review_paper,
    store_command,
)
from callbacks.delivery import install_delivery
from callbacks.service import Dashboard
from connectors.base import RosterSource, SourceError
from connectors.choose import open_source, source_key
from connectors.connecting import Desk
from connectors.demo import DemoSource
from connectors.feed import Feed, FeedKey, FeedStore
from connectors.finding_memory import FindingMemory
from connectors.following import Follower
from connectors.keeping import Keeper
from connectors.logs import log_settings
from connectors.refresher import Refresher
from connectors.settings import ROOT, SOURCE_FILE, Settings, SettingsError, renewed, settings_from_environment
from connectors.store import StoreError
from connectors.store.opening import SharedStore
from connectors.store.reviews import ReviewBook
from connectors.watching import Told
from dashboard.programme import Lang, Programme, ProgrammeError, load_programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster
from dashboard.staleness import Thresholds
from dashboard.text import Text

FAULTS = (SourceError, ProgrammeError, SettingsError, StoreError)
SWITCH_SECONDS = 20.0  # how long connecting a sheet waits for its first numbers
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Background:
    """What runs beside the answers; under `server.extensions["dashboard"]`. Starting twice does nothing."""

    start: Callable[[], None]
    stop: Callable[[], None]


def create_server(settings: Settings, today: Callable[[], date] = date.today) -> Flask:
    """The whole dashboard on one Flask server. Raises ProgrammeError, SourceError or SettingsError at a bad start.

    Nothing runs in the background before the first page is asked for, or `server.extensions["dashboard"].start()`.
    """
    programme = load_programme(settings.programme)

    def open_roster(source: str | None) -> Roster:
        return _reader(programme, today)(_source(settings, programme, today, source).fetch())

    feed = _feed(settings, programme, today)
    memory, measured, store = FindingMemory(settings.data, today), metrics.Metrics(), SharedStore(settings.store_url)
    told = Told(published=memory.note, observe=measured.pulled, before_turn=lambda: follower.check())
    refresher = Refresher(feed, store.feed, settings.max_age, _here, told)
    thresholds = Thresholds(settings.amber, settings.red)

    def reviews() -> ReviewBook:
        return store.reviews(refresher.key)

    service = Dashboard(
        programme,
        refresher,
        today,
        memory=memory.current,
        thresholds=thresholds,
        faults=FAULTS,
        reviews=reviews,
    )
    server = Flask("dashboard", static_folder=None)
    metrics.register(server, measured, service)
    pages = management.create_app(server, service)
    repair_file.register(server, service)
    pulse.register(server, service)
    paper.register(server, service, pages.asset)
    review_paper.register(server, service, pages.asset, FAULTS)
    health.register(server, service, _version(), lambda: store.open().ping(), FAULTS)
    install_delivery(server, lambda _: pages.csp_hashes())
    command_line.register(server, programme, open_roster, _write_demo_sheet, today, _terminal(), FAULTS, reviews)
    paper.register_commands(server, programme, open_roster, today, _terminal(), FAULTS)
    review_paper.register_command(server, service, _terminal(), FAULTS)
    accept_command.register(server, lambda: store.feed(feed.key).kept, _terminal(), FAULTS)
    connected, follower = _follow(settings, service, refresher, today)
    desk = Desk(settings, today, connected=connected)
    connect_page.register(server, desk, lambda: service.programme, pages.asset, FAULTS)
    connect_command.register(server, Desk(settings, today), _terminal(), FAULTS)
    store_command.register(server, Keeper(settings, _here), _terminal(), FAULTS)
    _attach(server, refresher, store)
    return server


def _attach(server: Flask, refresher: Refresher, store: SharedStore) -> None:
    """What runs beside the answers ends with the server, where nobody ends it before."""

    def stop() -> None:
        refresher.stop()
        store.close()

    server.extensions["dashboard"] = Background(refresher.start, stop)
    weakref.finalize(server, stop)


def _follow(
    settings: Settings, service: Dashboard, refresher: Refresher, today: Callable[[], date]
) -> tuple[Callable[[Settings], None], Follower]:
    """Use another source and programme as soon as they are written, by this process or by another.

    Returns what to call with settings that have changed here, and what to ask now and then for changes made elsewhere.
    """

    def use(new: Settings) -> None:
        programme = load_programme(new.programme)
        feed = _feed(new, programme, today)
        service.programme = programme  # before the refresher: a new roster is never counted by the old programme
        refresher.switch(feed, SWITCH_SECONDS)

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
    return connected, follower


def _feed(settings: Settings, programme: Programme, today: Callable[[], date]) -> Feed:
    """What is read, how, and under which name it is remembered. Raises SourceError."""
    source = _source(settings, programme, today)
    key = FeedKey(programme.id, source_key(settings.source))
    counted_by = hashlib.sha256(f"{key.source}\0{programme.model_dump_json()}".encode()).hexdigest()
    return Feed(source, _reader(programme, today), key, counted_by[:12], _first_of_a_day(settings, source))


def _first_of_a_day(settings: Settings, source: RosterSource) -> Callable[[FeedStore], None]:
    """What whoever leads does before the first pull of a day: drop what need not be kept, give the demo its past."""

    def prepare(kept: FeedStore) -> None:
        if settings.keep_days:
            Keeper(settings, _here).prune()
        if settings.demo_history and isinstance(source, DemoSource):
            source.before_leading(kept)

    return prepare


def _version() -> str:
    """The dashboard's own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


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
    logging.config.dictConfig(log_settings(os.environ.get("DASHBOARD_LOG") or "text"))
    text = Text(_terminal())
    server = create_app()
    settings = settings_from_environment(os.environ)
    if settings.host not in LOOPBACK:
        click.echo(text("start.open_to_network", host=settings.host), err=True)
    click.echo(text("start.address", address=f"http://{settings.host}:{settings.port}"))
    background: Background = server.extensions["dashboard"]
    background.start()
    try:
        server.run(settings.host, settings.port, threaded=True)
    finally:
        background.stop()


if __name__ == "__main__":
    main()
