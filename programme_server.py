"""The server of one programme, put together: its edges, its core and its pages. Imported by app.py alone."""

import os
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from flask import Flask
from limits.storage import Storage

from callbacks import (
    accept_command,
    canonical_command,
    command_line,
    connect_command,
    connect_page,
    health,
    mail_command,
    management,
    metrics,
    paper,
    publication,
    pulse,
    repair_file,
    review_paper,
    sign_in_command,
    store_command,
)
from callbacks.command_line import terminal_language
from callbacks.delivery import install_delivery
from callbacks.doors import House, explain_faults, install_doors
from callbacks.limiting import Limiter
from callbacks.mail import Letters
from callbacks.passes import Passes
from callbacks.publication import Publication
from callbacks.releasing import release_key
from callbacks.service import Dashboard
from callbacks.sign_in import Entrance
from connectors.connecting import Desk
from connectors.courier import MailError
from connectors.doorkeeping import attempts_of, note_in
from connectors.feed import FeedKey
from connectors.finding_memory import FindingMemory
from connectors.keeping import Keeper, who
from connectors.one_time import OneTime
from connectors.postman import Postman
from connectors.quota import Shares
from connectors.refresher import POLL_SECONDS
from connectors.settings import Settings
from connectors.settled import settled_roster
from connectors.showing import Showing, showing
from connectors.store import StoreError
from connectors.store.attempts import Attempts
from connectors.store.mailings import MailBook
from connectors.store.opening import SharedStore
from connectors.store.reviews import ReviewBook
from connectors.switching import FAULTS, following
from connectors.warehouse.writing import write_canonical
from connectors.watching import Told
from dashboard.keys import derived
from dashboard.programme import load_programme
from dashboard.roster import Roster
from dashboard.staleness import Thresholds
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Background:
    """What runs beside the answers; under `server.extensions["dashboard"]`. Starting twice does nothing."""

    start: Callable[[], None]
    stop: Callable[[], None]
    service: Dashboard


@dataclass(frozen=True)
class Shared:
    """What programmes have in common that one process serves."""

    store: SharedStore
    families: metrics.Families
    shares: Shares  # of what Google lets an account read
    poll: float  # seconds between two looks at each history
    pace: float  # seconds after which each source may be asked again, at the earliest


def create_server(
    settings: Settings,
    today: Callable[[], date] = date.today,
    shared: Shared | None = None,
    passes: Passes | None = None,
) -> Flask:
    """The whole dashboard of a programme on one Flask server.

    Nothing runs in the background before the first page is asked for, or `server.extensions["dashboard"].start()`.
    `passes` let people in who have signed in elsewhere. Raises ProgrammeError, SourceError or SettingsError.
    """
    programme = load_programme(settings.programme)
    memory, store = FindingMemory(settings.data, today), shared.store if shared else SharedStore(settings.store_url)
    measured = metrics.Metrics(shared.families, programme.id) if shared else metrics.Metrics()
    shares = shared.shares if shared else None
    told = Told(memory.note, measured.pulled, lambda: follower.check(), lambda snapshot: service.count_ahead(snapshot))
    poll, pace = (shared.poll, shared.pace) if shared else (POLL_SECONDS, 0.0)
    refresher = showing(settings, programme, today, here, store.feed, told, shares=shares, poll=poll, pace=pace)
    service = Dashboard(
        programme,
        refresher,
        today,
        memory=memory.current,
        thresholds=Thresholds(settings.amber, settings.red),
        faults=FAULTS,
        reviews=lambda: store.reviews(refresher.key),
    )
    server = Flask("dashboard", static_folder=None)
    if shared:
        metrics.time_answers(server, measured)
    else:
        metrics.register(server, measured, service)
    pages = management.create_app(server, service)
    published = _publication(settings, service, store, lambda: store.reviews(refresher.key))
    limits = _shut(server, settings, service, store, pages, published, passes)
    postman = _mail(server, settings, service, store)
    _pages(server, service, pages, store, postman.trouble if postman else None)
    connected, follower = following(settings, service, refresher, today, here, shares)
    desk, note = Desk(settings, today, connected=connected), partial(note_in, store, here)
    connect_page.register(
        server, desk, lambda: service.programme, pages.asset, FAULTS, lambda: note(management.by_whom(), "connect")
    )
    install_delivery(server, lambda _: pages.csp_hashes(), secure=settings.doors.secure)
    _commands(server, settings, service, store, published, refresher.key, today)
    _attach(server, service, (refresher, postman), limits, None if shared else store)
    return server


def _pages(
    server: Flask,
    service: Dashboard,
    pages: management.PageApp,
    store: SharedStore,
    mailed: Callable[[], str | None] | None,
) -> None:
    """What is asked for beside the Dash app."""
    repair_file.register(server, service)
    pulse.register(server, service)
    paper.register(server, service, pages.asset)
    review_paper.register(server, service, pages.asset, FAULTS)
    health.register(server, service, health.version(), lambda: store.open().ping(), FAULTS, mailed)
    explain_faults(server, FAULTS)


def _commands(
    server: Flask,
    settings: Settings,
    service: Dashboard,
    store: SharedStore,
    published: Publication,
    key: FeedKey,
    today: Callable[[], date],
) -> None:
    """`flask --app app …`."""
    programme, lang = service.programme, terminal_language(os.environ)

    def open_roster(source: str | None) -> Roster:
        return settled_roster(settings, programme, today, here, source)

    def reviews() -> ReviewBook:
        return store.reviews(key)

    command_line.register(server, programme, open_roster, _write_demo_sheet, today, lang, FAULTS, reviews)
    paper.register_commands(server, programme, open_roster, today, lang, FAULTS)
    review_paper.register_command(server, service, lang, FAULTS)
    accept_command.register(server, lambda: store.feed(key).kept, who, lang, FAULTS)
    note = partial(note_in, store, here)
    connect_command.register(server, Desk(settings, today), lang, FAULTS, lambda: note(who(), "connect"))
    store_command.register(server, Keeper(settings, here), lang, FAULTS)
    canonical_command.register(server, open_roster, write_canonical, lang, FAULTS)
    publication.register_commands(server, published, open_roster, settings.reached_at, lang)
    sign_in_command.register(server, OneTime(settings.common), settings.entered_at, Text(lang))


def _publication(
    settings: Settings, service: Dashboard, store: SharedStore, reviews: Callable[[], ReviewBook]
) -> Publication:
    """What is published of a programme, in the store's part of it."""
    programme = service.programme.id

    def signed_at() -> datetime | None:
        signed = reviews().book().signed
        return signed[-1].signed_at if signed else None

    return Publication(
        releases=lambda: store.open().releases(programme),
        links=lambda: store.open().links(programme),
        programme=lambda: service.programme,
        now=here,
        release_key=release_key(settings.secret),
        cookie_key=derived(settings.secret, b"donor links"),
        faults=FAULTS,
        signed_at=signed_at,
    )


def _mail(server: Flask, settings: Settings, service: Dashboard, store: SharedStore) -> Postman | None:
    """The brief by e-mail, and its command; None where the settings send nothing."""
    postman, mail = None, settings.mail
    if mail is not None:
        letters = Letters(service, mail.sender, mail.lang, settings.doors.address)

        def book() -> MailBook:
            return store.open().mailings(service.programme.id)

        postman = Postman(mail, book, letters.write, lambda: service.state()[0].leader == "here", here)
    mail_command.register(server, postman, terminal_language(os.environ), (*FAULTS, MailError))
    return postman


def _shut(
    server: Flask,
    settings: Settings,
    service: Dashboard,
    store: SharedStore,
    pages: management.PageApp,
    published: Publication,
    passes: Passes | None,
) -> Storage:
    """Put the gate in front of everything, with the ways in that the settings name. What counts the attempts."""
    doors = settings.doors
    door, outside = publication.register_pages(
        server, published, lambda: service.state()[0].roster, pages.asset, doors.address, secure=doors.secure
    )
    attempts = attempts_of(settings, store)
    house = House(
        service,
        pages.asset,
        {"/": pages, "/donor/": outside},
        Limiter(attempts, (StoreError,)),
        management.managers_only(pages.callback_map),
        donor=door.allowed,
        note=partial(note_in, store, here),
        passes=passes,
    )
    install_doors(server, house, entrance_of(settings), OneTime(settings.common), settings.secret, doors.address)
    return attempts


def entrance_of(settings: Settings) -> Entrance:
    """How people sign in, as the settings say."""
    doors = settings.doors
    return Entrance(
        doors.kind, doors.people, doors.client_id, doors.client_secret, doors.issuer, doors.hours, doors.secure
    )


def _attach(
    server: Flask,
    service: Dashboard,
    beside: tuple[Showing, Postman | None],
    attempts: Storage,
    store: SharedStore | None,
) -> None:
    """What runs beside the answers ends with the server, where nobody ends it before. `store`: this server's alone."""
    refresher, postman = beside

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
        if store is not None:
            store.close()

    server.extensions["dashboard"] = Background(start, stop, service)
    weakref.finalize(server, stop)


def here() -> datetime:
    """The moment, with this place's offset: a new day begins at midnight here, not in Greenwich."""
    return datetime.now().astimezone()


def _write_demo_sheet(path: Path, today: date) -> None:
    # Imported when asked for: writing spreadsheets is not on the way to the first page.
    from connectors.demo_sheet import write_demo_sheet

    write_demo_sheet(path, today)
