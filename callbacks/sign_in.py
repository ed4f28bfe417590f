"""Signing in and out: with a Google account that is on the list, or by a printed address that works once."""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Request, redirect, request, session, url_for
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from callbacks.loopback import is_here
from callbacks.roles import LOCAL, ONE_TIME, Person, Role, SignIn

logger = logging.getLogger(__name__)
GOOGLE = "https://accounts.google.com"
SECONDS = 10.0  # for each question to whoever vouches for an account


class OneTime(Protocol):
    """The address that signs in once."""

    def take(self, token: str) -> bool:
        """Whether a token is good; it is not from then on."""
        ...

    def turn(self) -> int:
        """Sessions of an earlier turn have ended."""
        ...


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
        return self._by_name(name)

    def _by_name(self, name: str) -> Person | None:
        if name == ONE_TIME:
            return Person(ONE_TIME, "manager") if session.get("turn") == self._one_time.turn() else None
        role = self._entrance.people.get(name) if self._entrance.kind == "google" else None
        return Person(name, role) if role is not None else None

    def welcome(self, name: str) -> None:
        """Begin a session; nothing of one before it stays."""
        session.clear()
        session.permanent = True
        session.update(who=name, since=self._clock(), turn=self._one_time.turn())


Page = Callable[[str, int], Response]
"""The sign-in page with a message (a key, or "") and a status."""


def register(server: Flask, entrance: Entrance, porter: Porter, one_time: OneTime, secret: bytes, page: Page) -> None:
    """Add `/sign-in` and `/sign-out`."""
    server.secret_key = session_key(secret)
    server.config.update(
        SESSION_COOKIE_NAME="__Host-session" if entrance.secure else "session",
        SESSION_COOKIE_SECURE=entrance.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=entrance.hours),
    )
    _doors(server, porter, one_time, page)
    if entrance.kind == "google":
        _google(server, entrance, porter, page)


def _doors(server: Flask, porter: Porter, one_time: OneTime, page: Page) -> None:
    @server.get("/sign-in")
    def sign_in() -> Response:
        session["to"] = own_path(request.args.get("to", ""))
        return page("", 200)

    @server.post("/sign-in")
    def sign_in_once() -> Response:
        if not one_time.take(request.form.get("token", "")):
            return page("sign_in.spent", 403)
        to = own_path(str(session.get("to", "")))
        porter.welcome(ONE_TIME)
        return redirect(to, 303)

    @server.post("/sign-out")
    def sign_out() -> Response:
        session.clear()
        return redirect(url_for("sign_in"), 303)


def _google(server: Flask, entrance: Entrance, porter: Porter, page: Page) -> None:
    oauth = OAuth(server)
    oauth.register(
        "account",
        client_id=entrance.client_id,
        client_secret=entrance.client_secret,
        server_metadata_url=f"{entrance.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )

    @server.get("/sign-in/google")
    def sign_in_google() -> Response:
        try:
            answer: Response = oauth.account.authorize_redirect(url_for("sign_in_back", _external=True))
        except (AuthlibBaseError, requests.RequestException) as error:
            return _failed(error, page, "sign_in.no_answer", 502)
        return answer

    @server.get("/sign-in/back")
    def sign_in_back() -> Response:
        to = own_path(str(session.get("to", "")))
        try:
            claims: Mapping[str, Any] = oauth.account.authorize_access_token().get("userinfo") or {}
        except requests.RequestException as error:
            return _failed(error, page, "sign_in.no_answer", 502)
        except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:  # forged, replayed, or given up half-way
            return _failed(error, page, "sign_in.refused", 400)
        name = verified_address(claims)
        if name not in entrance.people:
            session.clear()
            return page("sign_in.not_listed", 403)
        porter.welcome(name)
        return redirect(to, 303)


def verified_address(claims: Mapping[str, Any]) -> str:
    """The e-mail address that an account's provider vouches for, in lower case; "" if it does not."""
    address = claims.get("email")
    return address.strip().lower() if isinstance(address, str) and claims.get("email_verified") is True else ""


def own_path(wanted: str) -> str:
    """A path of this server to go on to; "/" for anything that could lead elsewhere."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if plain and "\\" not in wanted else "/"


def _failed(error: Exception, page: Page, message: str, status: int) -> Response:
    logger.warning("sign-in failed: %s", type(error).__name__)
    session.clear()
    return page(message, status)
