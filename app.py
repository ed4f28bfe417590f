"""Composition root: one programme's server, or several under hosts of their own. Nothing imports it.

`python app.py` starts it on this machine, `gunicorn app:server` serves it, `flask --app app report` prints its numbers.
"""

import logging
import logging.config
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import click
from flask import Flask

from callbacks import command_line, health, metrics, portfolio, sign_in_command
from callbacks.asset_files import asset_address
from callbacks.doors import House, explain_faults, install_doors
from callbacks.hosts import Hosts, Running
from callbacks.limiting import Limiter
from callbacks.passes import Passes
from callbacks.portfolio import Portfolio, Served
from callbacks.proxy import HERE
from connectors.door_settings import LOOPBACK
from connectors.doorkeeping import attempts_of, note_in
from connectors.logs import log_settings
from connectors.one_time import OneTime
from connectors.programmes import Member, Several, chosen_from_environment, several_from_environment
from connectors.quota import Shares
from connectors.settings import Settings, settings_from_environment
from connectors.store import StoreError
from connectors.store.opening import SharedStore
from connectors.switching import FAULTS
from dashboard.keys import derived
from dashboard.programme import Lang
from dashboard.text import Text
from programme_server import Shared, create_server, entrance_of, here

__all__ = ["create_app", "create_server", "create_servers"]


def create_servers(several: Several, today: Callable[[], date] = date.today) -> Hosts:
    """One server for each programme under its own host, and the portfolio under the bare one.

    Raises ProgrammeError, SourceError or SettingsError at a bad start.
    """
    store = SharedStore(several.settings.store_url)
    shared = Shared(store, metrics.Families(several=True), Shares(store.account), several.poll, several.pace)
    passes = {member.programme.id: _passes(several, member) for member in several.members}
    servers = {
        member.host: create_server(member.settings, today, shared, passes[member.programme.id])
        for member in several.members
    }
    running = {host: server.extensions["dashboard"] for host, server in servers.items()}
    served = {
        member.programme.id: Served(
            running[member.host].service, member.people, member.settings.reached_at, passes[member.programme.id]
        )
        for member in several.members
    }
    bare = _portfolio_server(several, served, shared, today)

    def start() -> None:
        for one in running.values():
            one.start()

    def stop() -> None:
        with ThreadPoolExecutor(len(running)) as pool:  # each waits for its own pull: not one after another
            list(pool.map(lambda one: one.stop(), running.values()))
        shared.shares.release()
        store.close()

    names = (several.host, *HERE)
    return Hosts(
        {**dict.fromkeys(names, bare), **servers},
        Running(start, stop),
        proxied=several.settings.doors.address is not None,
    )


def _passes(several: Several, member: Member) -> Passes:
    key = derived(several.settings.secret, b"passes")
    return Passes(member.programme.id, several.settings.reached_at, member.settings.reached_at, key)


def _portfolio_server(several: Several, served: dict[str, Served], shared: Shared, today: Callable[[], date]) -> Flask:
    """The bare host's."""
    settings, store = several.settings, shared.store
    server, page = Flask("portfolio", static_folder=None), Portfolio(served, settings.doors.kind, today)
    metrics.time_answers(server, metrics.Metrics(shared.families, ""))
    limiter = Limiter(attempts_of(settings, store), (StoreError,))
    house = House(page, asset_address, {}, limiter, note=partial(note_in, store, here), missing=page.missing)
    doors = settings.doors
    install_doors(server, house, entrance_of(settings), OneTime(settings.common), settings.secret, doors.address)
    portfolio.register(server, page, secure=doors.secure)
    services = {name: one.service for name, one in served.items()}
    portfolio.watch(server, services, shared.families, health.version(), lambda: store.open().ping(), FAULTS)
    explain_faults(server, FAULTS)
    return server


def create_app() -> Flask:
    """The server of one programme as the environment configures it, for `flask --app app …`.

    A bad setting ends the start with one sentence and status 2.
    """
    try:
        return create_server(chosen_from_environment(os.environ))
    except FAULTS as error:
        command_line.stop(error, _terminal())


def create_served() -> Flask | Hosts:
    """What the environment says is served: one programme, or several."""
    try:
        several = several_from_environment(os.environ)
        return create_server(settings_from_environment(os.environ)) if several is None else create_servers(several)
    except FAULTS as error:
        command_line.stop(error, _terminal())


def __getattr__(name: str) -> Flask | Hosts:
    """`server`, made at its first use, so that importing this module reads no environment."""
    if name != "server":
        raise AttributeError(name)
    made = create_served()
    globals()["server"] = made
    return made


def main() -> None:
    """Serve on HOST and PORT until interrupted."""
    logging.config.dictConfig(log_settings(os.environ.get("DASHBOARD_LOG") or "text"))
    server = create_served()
    several = several_from_environment(os.environ)
    settings = several.settings if several else settings_from_environment(os.environ)
    _announce(settings, several, Text(_terminal()))
    background = server.extensions["dashboard"]
    background.start()
    try:
        server.run(settings.host, settings.port, threaded=True)
    finally:
        background.stop()


def _announce(settings: Settings, several: Several | None, text: Text) -> None:
    """Where it is reached, and the address that signs in once."""
    if settings.host not in LOOPBACK and settings.doors.address is None:
        click.echo(text("start.open_to_network", host=settings.host), err=True)
    click.echo(text("start.address", address=settings.reached_at))
    for member in several.members if several else ():
        names = {"programme": member.programme.name[text.lang], "address": member.settings.reached_at}
        click.echo(text("start.programme", **names))
    if settings.doors.kind == "one_time":
        click.echo(sign_in_command.printed(settings.reached_at, OneTime(settings.common).make(), text))


def _terminal() -> Lang:
    return command_line.terminal_language(os.environ)


if __name__ == "__main__":
    main()
