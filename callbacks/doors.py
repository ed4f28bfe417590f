"""The doors of one server: the gate in front, the pages for signing in and out, and what answers say to browsers."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from dash import Dash
from flask import Flask, Request, make_response, request
from werkzeug.wrappers import Response

from callbacks.csrf import Tokens
from callbacks.gate import SAFE, UPDATE, Doors, install_gate
from callbacks.limiting import Limiter
from callbacks.loopback import is_own_page
from callbacks.management import LANGUAGE_COOKIE
from callbacks.passes import Passes
from callbacks.proxy import believe_proxy
from callbacks.sign_in import Entrance, Note, Office, OneTime, Porter, register
from dashboard.keys import derived
from dashboard.programme import Programme
from dashboard.text import Text
from dashboard.view import View
from layouts.missing import missing_html
from layouts.refused_page import Reason, refused_html
from layouts.sign_in_page import sign_in_html

logger = logging.getLogger(__name__)
REASONS: Mapping[int, Reason] = {403: "managers", 413: "too_large", 429: "too_many"}


class Service(Protocol):
    """What the pages at the door need of the service."""

    @property
    def programme(self) -> Programme:
        """The programme whose name they carry."""
        ...

    def plain(self, lang_search: str) -> Text:
        """The language that a search string asks for."""
        ...


@dataclass(frozen=True)
class House:
    """What is behind the doors, and who may come in."""

    service: Service
    asset: Callable[[str], str]  # the address of a file of the pages
    apps: Mapping[str, Dash]  # path prefix -> app
    limiter: Limiter
    managers_only: frozenset[str] = frozenset()
    donor: Callable[[Request], bool] = lambda _: False
    note: Note = lambda _name, _action: None
    passes: Passes | None = None  # where people sign in at the portfolio
    missing: Callable[[Text], str] | None = None  # the page for an address that is no page, where it is another


def install_doors(
    server: Flask, house: House, entrance: Entrance, one_time: OneTime, secret: bytes, address: str | None
) -> Porter:
    """Shut a server. `address` is the public one; a proxy is believed only where there is one."""
    porter, tokens = Porter(entrance, one_time), Tokens(derived(secret, b"csrf"), secure=entrance.secure)
    believe_proxy(server, address)
    register(
        server, Office(entrance, porter, one_time, _sign_in_page(house, entrance), house.note, house.passes), secret
    )
    tokens.install(server)
    doors = Doors(
        person=porter.person,
        donor=house.donor,
        callbacks=lambda prefix: house.apps[prefix].callback_map if prefix in house.apps else {},
        token=tokens.holds,
        managers_only=house.managers_only,
        wait=house.limiter.wait,
        told=lambda status: _told(house, status),
    )
    install_gate(server, doors)
    return porter


def explain_faults(server: Flask, faults: tuple[type[Exception], ...]) -> None:
    """A fault that a request runs into is a 503 and a line in the log, not a trace: nothing in the code is broken."""

    def unavailable(error: Exception) -> Response:
        logger.warning("not now: %s", getattr(error, "code", type(error).__name__))
        return make_response("", 503)

    for fault in faults:
        server.register_error_handler(fault, unavailable)


def asked_text(house: House) -> Text:
    """The language of the address, else the one that this browser was answered in last."""
    lang = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return house.service.plain(f"?lang={lang}" if lang.isascii() and lang.isalpha() else "")


def _sign_in_page(house: House, entrance: Entrance) -> Callable[[str, int], Response]:
    def page(message: str, status: int) -> Response:
        text, token = asked_text(house), "" if message else request.args.get("token", "")
        programme, at = house.service.programme, ""
        if house.passes is not None and entrance.kind != "none" and not token:
            at = house.passes.asked(text.lang)
        body = sign_in_html(entrance.kind, token[:200], message, text, programme, house.asset, at)
        answer = make_response(body, status)
        if at and "to" in request.args and not message:  # whoever was led here wants to go on
            answer.headers["Refresh"] = f"0; url={at}"
        return answer

    return page


def _told(house: House, status: int) -> Response:
    """Why a browser is refused, on a page; callbacks and donors get a status alone."""
    text, programme = asked_text(house), house.service.programme
    many_at_the_door = status == 429 and request.path.startswith("/d/")  # the donor's door says it in its own words
    if request.path.endswith(UPDATE) or request.path.startswith("/donor/") or many_at_the_door:
        return make_response("", status)
    if status == 404:
        page = house.missing(text) if house.missing else missing_html(text, programme, house.asset, View(text.lang))
        return make_response(page, 404)
    reason = REASONS.get(status)
    if reason is None:
        return make_response("", status)
    if status == 403 and request.method not in SAFE and not is_own_page(request):
        reason = "origin"
    return make_response(refused_html(reason, text, programme, house.asset), status)
