"""Signing in and out: with a Google account that is on the list, or by a printed address that works once."""

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from flask import Flask, Request, redirect, request, session, url_for
from werkzeug.wrappers import Response

from callbacks.loopback import is_here
from callbacks.passes import OVER, Passes
from callbacks.roles import LOCAL, ONE_TIME, Person, Role, SignIn

logger = logging.getLogger(__name__)
GOOGLE = "https://accounts.google.com"


class OneTime(Protocol):
    """The address that signs in once."""

    def take(self, token: str) -> bool:
        """Whether a token is good; it is not from then on."""
        ...

    def turn(self) -> int:
        """Sessions of an earlier turn have ended."""
        ...

    def end(self, session: str) -> None:
        """End one session for good. Raises OSError."""
        ...

    def stands(self, turn: object, session: object) -> bool:
        """Whether a session of a turn has not been ended, alone or with all the others."""
        ...


Note = Callable[[str, str], None]
"""Notes in the audit who did what: a name, and "sign_in" or "sign_out"."""


@dataclass(frozen=True)
class Entrance:
    """How people sign in. `people` are the addresses that may, in lower case, with their roles."""

    kind: SignIn = "none"
    people: Mapping[str, Role] = field(default_factory=dict)
    client_id: str = ""
    client_secret: str = ""
    issuer: str = GOOGLE
    hours: float = 12.0  # a session lasts so long, whatever is done in it
    secure: bool = False  # whether the public address is https


def session_key(secret: bytes) -> bytes:
    """The key that signs sessions: another than the one that makes pseudonyms, from the same secret."""
    return hmac.new(secret, b"sessions", hashlib.sha256).digest()


class Porter:
    """Knows who a request comes from. The role is looked up at every request: who leaves the list is out at once."""

    def __init__(self, entrance: Entrance, one_time: OneTime, clock: Callable[[], float] = time.time) -> None:
        self._entrance = entrance
        self._one_time = one_time
        self._clock = clock

    def person(self, asked: Request) -> Person | None:
        """Who has signed in; whoever sits at this computer where no sign-in is set up; else None."""
        if self._entrance.kind == "none":
            return LOCAL if is_here(asked) else None
        name, since = session.get("who"), session.get("since")
        if not isinstance(name, str) or not isinstance(since, int | float):
            return None
        if not 0 <= self._clock() - since < self._entrance.hours * 3600:
            return None
        # A cookie is only a note that we have signed: a copy of it is worth nothing once its session has ended.
        return self._by_name(name) if self._one_time.stands(session.get("turn"), session.get("number")) else None

    def _by_name(self, name: str) -> Person | None:
        if name == ONE_TIME:
            return Person(ONE_TIME, "manager")
        role = self._entrance.people.get(name) if self._entrance.kind == "google" else None
        return Person(name, role) if role is not None else None

    def welcome(self, name: str) -> None:
        """Begin a session; nothing of one before it stays."""
        session.clear()
        session.permanent = True
        session.update(who=name, since=self._clock(), turn=self._one_time.turn(), number=secrets.token_urlsafe(9))

    def carry(self, carried: Mapping[str, Any]) -> None:
        """Go on with a session that began on another host of ours; nothing of one before it stays."""
        session.clear()
        session.permanent = True
        session.update(carried)

    def leave(self) -> None:
        """End the session, in this browser and in whatever else has its cookie."""
        number = session.get("number")
        session.clear()
        if isinstance(number, str):
            try:
                self._one_time.end(number)
            except OSError as error:
                logger.warning("a session is ended in its own browser only: %s", type(error).__name__)


Page = Callable[[str, int], Response]
"""The sign-in page with a message (a key, or "") and a status."""


@dataclass(frozen=True)
class Office:
    """What the doors are built from."""

    entrance: Entrance
    porter: Porter
    one_time: OneTime
    page: Page
    note: Note = lambda _name, _action: None
    passes: Passes | None = None  # where people sign in elsewhere


def register(server: Flask, office: Office, secret: bytes) -> None:
    """Add `/sign-in` and `/sign-out`."""
    entrance = office.entrance
    server.secret_key = session_key(secret)
    server.config.update(
        SESSION_COOKIE_NAME="__Host-session" if entrance.secure else "session",
        SESSION_COOKIE_SECURE=entrance.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=entrance.hours),
    )
    _doors(server, office)
    if entrance.kind == "google":
        # Loaded where it is used only: it takes a twentieth of the time of a start.
        from callbacks.google_account import register_google

        register_google(server, office)


def _doors(server: Flask, office: Office) -> None:
    @server.get("/sign-in")
    def sign_in() -> Response:
        if "to" in request.args:  # another language of the page does not forget where one wanted to go
            session["to"] = own_path(request.args["to"])
        return office.page("", 200)

    @server.post("/sign-in")
    def sign_in_once() -> Response:
        try:
            good = office.one_time.take(request.form.get("token", ""))
        except OSError as error:
            return failed(error, office.page, "sign_in.not_kept", 503)
        return welcomed(office, ONE_TIME) if good else office.page("sign_in.spent", 403)

    @server.get(OVER)
    def sign_in_over() -> Response:
        to = own_path(str(session.get("to", "")))
        carried = office.passes and office.passes.read(request.args.get("pass", ""))
        if carried:
            office.porter.carry(carried)
        # Who is not on this programme's list has signed in and sees nothing of it all the same.
        listed = carried and office.porter.person(request)
        return redirect(to, 303) if listed else office.page("sign_in.pass_void", 403)

    @server.post("/sign-out")
    def sign_out() -> Response:
        who = office.porter.person(request)
        office.porter.leave()
        if who is not None and who != LOCAL:
            office.note(who.name, "sign_out")
        return redirect(door_address(), 303)


def door_address(to: str | None = None) -> str:
    """The address of the sign-in page in the language of the current one; `to` is where one wanted to go."""
    lang = request.args.get("lang")
    given: dict[str, Any] = {"to": to, "lang": lang[:8] if lang else None}
    return url_for("sign_in", **given)


def welcomed(office: Office, name: str) -> Response:
    """Let someone in, and on to where she wanted to go."""
    to = own_path(str(session.get("to", "")))
    office.porter.welcome(name)
    office.note(name, "sign_in")
    return redirect(to, 303)


def verified_address(claims: Mapping[str, Any]) -> str:
    """The e-mail address that an account's provider vouches for, in lower case; "" if it does not."""
    address = claims.get("email")
    return address.strip().lower() if isinstance(address, str) and claims.get("email_verified") is True else ""


def own_path(wanted: str) -> str:
    """A path of this server to go on to; "/" for anything that could lead elsewhere."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if plain and "\\" not in wanted else "/"


def failed(error: Exception, page: Page, message: str, status: int) -> Response:
    """The page that says why nobody was let in; what was begun is forgotten."""
    logger.warning("sign-in failed: %s", type(error).__name__)
    for key in [key for key in session if key.startswith("_state_")]:  # begun, not ended; who is in stays in
        session.pop(key)
    return page(message, status)
