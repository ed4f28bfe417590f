"""The donor's view as a process of its own: `gunicorn donor_app:server`.

It knows the names of the programme and an address of the database, whose role may read releases and links, count
attempts, and nothing else (docs/donor-role.sql). No roster, no source and no history can be reached from here.
Nothing imports it.
"""

import logging.config
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, jsonify, redirect

from callbacks import command_line
from callbacks.asset_files import ASSETS
from callbacks.delivery import install_delivery
from callbacks.donor import PREFIX
from callbacks.donor_door import Behind
from callbacks.donor_view import open_to_donors
from callbacks.gate import Doors, install_gate
from callbacks.limiting import Limiter
from callbacks.proxy import believe_proxy
from connectors.door_settings import door_settings
from connectors.logs import log_settings
from connectors.settings import ROOT, SettingsError
from connectors.store import StoreError
from connectors.store.outside import open_outside
from dashboard.keys import derived
from dashboard.programme import ProgrammeError, load_programme

FAULTS = (SettingsError, ProgrammeError, StoreError)


@dataclass(frozen=True, slots=True)
class Background:
    """What gunicorn.conf.py starts and stops beside the answers: nothing here but the connections."""

    stop: Callable[[], None]

    def start(self) -> None:
        """Nothing runs beside the answers."""


def create_server(environ: Mapping[str, str]) -> Flask:
    """From DASHBOARD_STORE, DASHBOARD_DONOR_SECRET (for cookies only), DASHBOARD_PROGRAMME, DASHBOARD_ADDRESS.

    Raises SettingsError, ProgrammeError or StoreError.
    """
    programme = load_programme(Path(environ.get("DASHBOARD_PROGRAMME") or ROOT / "programme.toml"))
    settings = door_settings({**environ, "DASHBOARD_SIGN_IN": "one_time"}, demo=False, host="127.0.0.1")
    outside = open_outside(environ.get("DASHBOARD_STORE") or "", programme.id)
    attempts = outside.attempts(derived(_secret(environ), b"attempts"))
    server = Flask("donor", static_folder=None)
    believe_proxy(server, settings.address)
    server.register_blueprint(Blueprint("_dash_assets", __name__, static_folder=str(ASSETS), static_url_path="/assets"))
    server.add_url_rule("/healthz", "health", lambda: jsonify(status="ok"))
    # The gate leads whoever it does not know to the door; here that is the donor's page, which says what to do.
    server.add_url_rule("/sign-in", "sign_in", lambda: redirect(PREFIX, 303))
    server.add_url_rule(
        "/robots.txt", "robots", lambda: Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
    )
    behind = Behind(lambda: outside.links, lambda: outside.releases, FAULTS)
    key = derived(_secret(environ), b"donor links")
    door, app = open_to_donors(server, behind, programme, key, secure=settings.secure)
    install_delivery(server, secure=settings.secure)
    install_gate(
        server,
        Doors(
            person=lambda _: None,
            donor=door.allowed,
            callbacks=lambda prefix: app.callback_map if prefix == PREFIX else {},
            token=lambda _: True,
            wait=Limiter(attempts, (StoreError,)).wait,
        ),
    )

    def stop() -> None:
        attempts.close()
        outside.close()

    server.extensions["dashboard"] = Background(stop)
    return server


def _secret(environ: Mapping[str, str]) -> bytes:
    """Signs the cookies: the same for all processes, and another than the dashboard's own."""
    given = environ.get("DASHBOARD_DONOR_SECRET", "")
    if len(given) < 16:
        raise SettingsError("secret_too_short", setting="DASHBOARD_DONOR_SECRET", characters=16)
    return given.encode()


def __getattr__(name: str) -> Flask:
    """`server`, made at its first use, so that importing this module reads no environment."""
    if name != "server":
        raise AttributeError(name)
    logging.config.dictConfig(log_settings(os.environ.get("DASHBOARD_LOG") or "text"))
    try:
        made = create_server(os.environ)
    except FAULTS as error:
        command_line.stop(error, command_line.terminal_language(os.environ))
    globals()["server"] = made
    return made
