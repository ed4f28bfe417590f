"""Composition root: puts the edges, the core and the pages together. Nothing imports it.

`python app.py` starts it on this machine, `gunicorn app:server` serves it, `flask --app app report` prints its numbers.
"""

import logging
import logging.config
import os
import tomllib
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock

import click
from dash import Dash
from flask import Flask
from limits.storage import MemoryStorage, Storage

from callbacks import (
    accept_command,
    command_line,
    connect_command,
    connect_page,
    donor,
    health,
    link_command,
    links_page,
    mail_command,
    management,
    metrics,
    paper,
    pulse,
    release_command,
    releases_page,
    repair_file,
    review_paper,
    sign_in_command,
    store_command,
)
from callbacks.delivery import install_delivery
from callbacks.donor_door import Behind, DonorDoor
from callbacks.doors import House, derived, explain_faults, install_doors
from callbacks.limiting import Limiter
from callbacks.links_page import LinksDesk
from callbacks.mail import Letters
from callbacks.releasing import Desk as PublishingDesk
from callbacks.releasing import Publisher, release_key
from callbacks.service import Dashboard
from callbacks.sign_in import Entrance
from connectors.base import SourceError
from connectors.connecting import Desk
from connectors.courier import MailError
from connectors.door_settings import LOOPBACK
from connectors.finding_memory import FindingMemory
from connectors.following import Follower
from connectors.keeping import Keeper, who
from connectors.logs import log_settings
from connectors.one_time import OneTime
from connectors.postman import Postman
from connectors.refresher import Refresher
from connectors.settings import ROOT, SOURCE_FILE, Settings, SettingsError, renewed, settings_from_environment
from connectors.settled import reader, settled_feed, settled_source
from connectors.store import LinkStore, ReleaseStore, StoreError
from connectors.store.attempts import Attempts
from connectors.store.mailings import MailBook
from connectors.store.opening import SharedStore
from connectors.store.reviews import ReviewBook
from connectors.watching import Told
from dashboard.programme import Lang, Programme, ProgrammeError, load_programme
from dashboard.roster import Roster
from dashboard.staleness import Thresholds
from dashboard.text import Text

FAULTS = (SourceError, ProgrammeError, SettingsError, StoreError)
SWITCH_SECONDS = 20.0  # how long connecting a sheet waits for its first numbers


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
        return reader(programme, today)(settled_source(settings, programme, today, source).fetch())

    feed = settled_feed(settings, programme, today, _here)
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
    limits = _shut(server, settings, service, store, pages)
    repair_file.register(server, service)
    pulse.register(server, service)
    paper.register(server, service, pages.asset)
    review_paper.register(server, service, pages.asset, FAULTS)
    postman = _mail(server, settings, service, store)
    mailed = postman.trouble if postman else None
    health.register(server, service, _version(), lambda: store.open().ping(), FAULTS, mailed)
    explain_faults(server, FAULTS)
    install_delivery(server, lambda _: pages.csp_hashes(), secure=settings.doors.secure)
    command_line.register(server, programme, open_roster, _write_demo_sheet, today, _terminal(), FAULTS, reviews)
    paper.register_commands(server, programme, open_roster, today, _terminal(), FAULTS)
    review_paper.register_command(server, service, _terminal(), FAULTS)
    accept_command.register(server, lambda: store.feed(feed.key).kept, who, _terminal(), FAULTS)
    connected, follower = _follow(settings, service, refresher, today)
    desk = Desk(settings, today, connected=connected)
    note = partial(_note, store)
    connect_page.register(
        server, desk, lambda: service.programme, pages.asset, FAULTS, lambda: note(management.by_whom(), "connect")
    )
    connect_command.register(server, Desk(settings, today), _terminal(), FAULTS)
    store_command.register(server, Keeper(settings, _here), _terminal(), FAULTS)
    _publish_by_command(server, settings, programme, store, open_roster)
    _attach(server, refresher, store, limits, postman)
    return server


def _shut(
    server: Flask, settings: Settings, service: Dashboard, store: SharedStore, pages: management.PageApp
) -> Storage:
    """Put the gate in front of everything, with the ways in that the settings name. What counts the attempts."""
    door, outside = _publish(server, settings, service, store, pages.asset)
    doors, one_time = settings.doors, OneTime(settings.data)
    shared = Attempts(lambda: store.open().database, derived(settings.secret, b"attempts"))
    attempts: Storage = MemoryStorage() if doors.kind == "none" else shared
    house = House(
        service,
        pages.asset,
        {"/": pages, "/donor/": outside},
        Limiter(attempts, (StoreError,)),
        management.managers_only(pages.callback_map),
        donor=door.allowed,
        note=partial(_note, store),
    )
    entrance = Entrance(
        doors.kind, doors.people, doors.client_id, doors.client_secret, doors.issuer, doors.hours, doors.secure
    )
    install_doors(server, house, entrance, one_time, settings.secret, doors.address)
    sign_in_command.register(server, one_time, settings.reached_at, Text(_terminal()))
    return attempts


def _note(store: SharedStore, who: str, action: str) -> None:
    """Note who did what. Nobody is kept out because it cannot be noted: the log says so."""
    try:
        store.open().audit(_here(), who, action, {})
    except StoreError as error:
        logging.getLogger(__name__).warning("%s was not noted: %s", action, error.code)


def _publish(
    server: Flask, settings: Settings, service: Dashboard, store: SharedStore, asset: Callable[[str], str]
) -> tuple[DonorDoor, Dash]:
    """The pages of releases and links, the donor's door, and what lies behind it."""
    programme = service.programme

    def releases() -> ReleaseStore:
        return store.open().releases(programme.id)

    def links() -> LinkStore:
        return store.open().links(programme.id)

    desk = PublishingDesk(lambda: service.state()[0].roster, lambda: service.programme, releases, _here)
    publisher = Publisher(desk, release_key(settings.secret))
    releases_page.register(server, publisher, asset, FAULTS)
    address = settings.doors.address
    links_page.register(server, LinksDesk(links, _here), lambda: service.programme, address, asset, FAULTS)
    key = derived(settings.secret, b"donor links")
    door = DonorDoor(Behind(links, releases, FAULTS), programme, key, secure=settings.doors.secure)
    door.register(server)
    return door, donor.create_app(server, door.published, programme)


def _publish_by_command(
    server: Flask,
    settings: Settings,
    programme: Programme,
    store: SharedStore,
    open_roster: Callable[[str | None], Roster],
) -> None:
    """The commands `release` and `link`."""

    def publisher(source: str | None) -> Publisher:
        shelf = store.open().releases(programme.id)
        desk = PublishingDesk(lambda: open_roster(source), lambda: programme, lambda: shelf, _here)
        return Publisher(desk, release_key(settings.secret))

    release_command.register(server, publisher, _terminal(), FAULTS)
    links = LinksDesk(lambda: store.open().links(programme.id), _here)
    address = settings.reached_at
    link_command.register(server, links, programme, address, _terminal(), FAULTS)


def _mail(server: Flask, settings: Settings, service: Dashboard, store: SharedStore) -> Postman | None:
    """The brief by e-mail, and its command; None where the settings send nothing."""
    postman, mail = None, settings.mail
    if mail is not None:
        letters = Letters(service, mail.sender, mail.lang, settings.doors.address)

        def book() -> MailBook:
            return store.open().mailings(service.programme.id)

        postman = Postman(mail, book, letters.write, lambda: service.state()[0].leader == "here", _here)
    mail_command.register(server, postman, _terminal(), (*FAULTS, MailError))
    return postman


def _attach(
    server: Flask, refresher: Refresher, store: SharedStore, attempts: Storage, postman: Postman | None
) -> None:
    """What runs beside the answers ends with the server, where nobody ends it before."""

    def start() -> None:
        refresher.start()
        if postman is not None:
            postman.start()

    def stop() -> None:
        if postman is not None:
            postman.stop()
        refresher.stop()
        if isinstance(attempts, Attempts):
            attempts.close()
        store.close()

    server.extensions["dashboard"] = Background(start, stop)
    weakref.finalize(server, stop)


def _follow(
    settings: Settings, service: Dashboard, refresher: Refresher, today: Callable[[], date]
) -> tuple[Callable[[Settings], None], Follower]:
    """Use another source and programme as soon as they are written, by this process or by another.

    Returns what to call with settings that have changed here, and what to ask now and then for changes made elsewhere.
    """

    def use(new: Settings) -> None:
        programme = load_programme(new.programme)
        feed = settled_feed(new, programme, today, _here)
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


def _version() -> str:
    """The dashboard's own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def _here() -> datetime:
    """The moment, with this place's offset: a new day begins at midnight here, not in Greenwich."""
    return datetime.now().astimezone()


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
    if settings.host not in LOOPBACK and settings.doors.address is None:
        click.echo(text("start.open_to_network", host=settings.host), err=True)
    click.echo(text("start.address", address=settings.reached_at))
    if settings.doors.kind == "one_time":
        click.echo(sign_in_command.printed(settings.reached_at, OneTime(settings.data).make(), text))
    background: Background = server.extensions["dashboard"]
    background.start()
    try:
        server.run(settings.host, settings.port, threaded=True)
    finally:
        background.stop()


if __name__ == "__main__":
    main()
