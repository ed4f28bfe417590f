"""The one gate in front of every route of both apps: nothing passes that is not allowed here by name.

A new route is shut until it stands in the table below; a test walks through the routes of the whole server and asks
that each has an entry of its own.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dash.exceptions import DependencyException
from flask import Flask, Request, g, make_response, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from callbacks import payload
from callbacks.loopback import is_here, is_own_page
from callbacks.roles import Person, Role
from callbacks.sign_in import door_address

logger = logging.getLogger(__name__)

Need = Literal["anyone", "viewer", "manager", "donor", "here"]
"""What a route asks of its visitor; "here" = this computer, or a manager."""

EXACT: Mapping[str, Need] = {
    "/healthz": "anyone",
    "/readyz": "here",
    "/metrics": "here",
    "/robots.txt": "anyone",
    "/sign-in": "anyone",
    "/sign-in/google": "anyone",
    "/sign-in/back": "anyone",
    "/sign-in/over": "anyone",
    "/sign-out": "anyone",
    "/": "viewer",
    "/indicators": "viewer",
    "/definitions": "viewer",
    "/data": "viewer",
    "/repair": "viewer",
    "/review": "viewer",
    "/review.pdf": "viewer",
    "/review.xlsx": "viewer",
    "/repair.csv": "viewer",
    "/brief.pdf": "viewer",
    "/workbook.xlsx": "viewer",
    "/pulse": "viewer",
    "/_dash-layout": "viewer",
    "/_dash-dependencies": "viewer",
    "/_dash-update-component": "viewer",
    "/_reload-hash": "viewer",
    "/_favicon.ico": "anyone",
    "/connect": "manager",
    "/releases": "manager",
    "/releases/preview": "manager",
    "/links": "manager",
}
BELOW: Mapping[str, Need] = {
    "/assets/": "anyone",  # style sheets, fonts and scripts of the pages, the same for all; no data
    "/_dash-component-suites/": "viewer",
    "/donor/": "donor",
    "/go/": "viewer",  # from the portfolio to a programme's own host
}
_PLAIN = re.compile(r"/([\w.@~-]+/)*[\w.@~-]*")  # no detour, no second slash, nothing that a proxy reads otherwise
_TOKEN = re.compile(r"/d/[A-Za-z0-9_-]{43}")  # the door itself: it knows a token or does not
SAFE = ("GET", "HEAD", "OPTIONS")
UPDATE = "_dash-update-component"
LARGEST = 1_000_000  # bytes of any body
DASH_ASKS = {"endId"}  # what Dash's own script adds to the address of a callback: the mark of a page load
LONGEST_QUERY = 8_000  # characters; the longest view's are below 1,000

Told = Callable[[int], Response]
"""The page that says in words why a browser is refused: 403, 404, 413, 429."""


@dataclass(frozen=True)
class Doors:
    """What the gate asks: who a request comes from, whether its donor link holds, what managers alone may call."""

    person: Callable[[Request], Person | None]
    donor: Callable[[Request], bool]
    callbacks: Callable[[str], payload.Callbacks]  # path prefix of an app -> its callbacks
    token: Callable[[Request], bool]  # whether a callback carries the token of our own pages
    managers_only: frozenset[str] = frozenset()  # outputs of callbacks that change something for everyone
    wait: Callable[[Request, Person | None], int | None] = lambda _asked, _who: None  # seconds, for one too many
    told: Told = lambda status: make_response("", status)


def need(path: str) -> Need | None:
    """What a path asks of its visitor; None for a path that nobody may ask for."""
    if not _PLAIN.fullmatch(path) or "/../" in f"{path}/" or "/./" in f"{path}/":
        return None
    plain = path if path == "/" else path.removesuffix("/")
    if plain in EXACT:
        return EXACT[plain]
    if plain.startswith("/d/"):
        return "anyone" if _TOKEN.fullmatch(plain) else None
    return next((needed for start, needed in BELOW.items() if path.startswith(start)), None)


def install_gate(server: Flask, doors: Doors) -> None:
    """Put the gate in front of every route of a server, whichever were added before or are added after."""

    server.config["MAX_CONTENT_LENGTH"] = LARGEST  # what does not say how long it is stops there too
    # A file that no package of Dash's has is not there; Dash takes the question for a fault of the server.
    server.register_error_handler(DependencyException, lambda _: make_response("", 404))

    @server.before_request
    def gate() -> Response | None:
        needed = need(request.path)
        # What anyone may have is given without a look at the cookie, so that caches need not mind it.
        who = g.person = None if needed == "anyone" else doors.person(request)
        refused = _refusal(doors, needed, who)
        if refused is None:
            wait = doors.wait(request, who)
            if wait is not None:
                return _too_many(doors, wait)
        if refused is None and request.method not in SAFE:
            refused = _unsafe(doors, who)
        if refused is None:
            return None
        logger.info("refused: %s", refused)
        return _told(doors, refused)


def person() -> Person | None:
    """Who the current request comes from; None too where anyone may ask."""
    found: Person | None = g.get("person")
    return found


def _refusal(doors: Doors, needed: Need | None, who: Person | None) -> int | None:
    """The status that refuses the path to this visitor."""
    if len(request.query_string) > LONGEST_QUERY:
        return 414
    if needed is None:
        return 401 if who is None else 404
    if needed == "anyone":
        return None
    if needed == "donor":
        return None if doors.donor(request) else 403 if who else 401
    if needed == "here":
        return None if is_here(request) or (who and who.may("manager")) else 401
    return _by_role(needed, who)


def _by_role(needed: Role, who: Person | None) -> int | None:
    if who is None:
        return 401
    return None if who.may(needed) else 403


def _unsafe(doors: Doors, who: Person | None) -> int | None:
    """The status that refuses something that may change things: foreign pages, too large, not what an app has."""
    if not is_own_page(request):
        return 403
    if (request.content_length or 0) > LARGEST:
        return 413
    if not request.path.endswith(UPDATE):
        return None
    if not set(request.args) <= DASH_ASKS:  # what Dash reads there belongs to jobs in the background: there are none
        return 400
    if not request.is_json:
        return 415
    if not doors.token(request):
        return 403
    request.max_content_length = payload.LARGEST
    return _callback(doors, who)


def _callback(doors: Doors, who: Person | None) -> int | None:
    try:
        posted: Any = request.get_json()
    except HTTPException as error:
        return error.code or 400
    except (RecursionError, ValueError):
        return 400
    found = payload.fault(posted, doors.callbacks(request.path.removesuffix(UPDATE)))
    if found is None and posted["output"] in doors.managers_only:
        return _by_role("manager", who)
    return found


def _too_many(doors: Doors, wait: int) -> Response:
    answer = _told(doors, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _told(doors: Doors, status: int) -> Response:
    """The answer to who is refused: a browser that asks for a page is led to the door or told why, all else gets a
    status."""
    if not any(kind == "text/html" for kind, _ in request.accept_mimetypes):
        return make_response("", status)
    if status == 401 and request.method in SAFE and not request.path.startswith(("/donor/", "/d/")):
        return redirect(door_address(request.full_path.rstrip("?")), 303)
    return doors.told(status)
