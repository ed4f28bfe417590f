"""A donor's link: guessed, forged, replayed after it was shut, seen by robots, and never told to anybody else."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hand_made_release import PROGRAMME, hand_made, stored
from limits.storage import MemoryStorage

from callbacks.donor import create_app
from callbacks.donor_door import Behind, DonorDoor, is_person
from callbacks.gate import Doors, install_gate
from callbacks.limiting import Limiter
from callbacks.tokens import password_hash, token_hash
from connectors.logs import log_settings, masked
from dashboard.publishing import Link, StoredRelease

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TOKEN = "Ab-" + "0123456789_abcdefghijklmnopqrstuvwxyzABC"  # the form of a token, the same in every process
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140", "Accept": "text/html"}
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


class Away(Exception):
    code, params = "store_unreachable", {"place": "x"}


class Tables:
    """Both tables in memory."""

    def __init__(self) -> None:
        self.link = Link(1, "B.", "fr", None, None, None, token_hash(TOKEN), "me", NOW)
        self.stored = {1: stored(hand_made(1)), 2: stored(hand_made(2))}
        self.away = False

    def find(self, number: int) -> Link | None:
        if self.away:
            raise Away
        return self.link if number == self.link.id else None

    def by_token(self, wanted: str) -> Link | None:
        if self.away:
            raise Away
        return self.link if wanted == self.link.token_hash else None

    def seen(self, number: int, at: datetime) -> None:
        self.link = replace(self.link, views=self.link.views + 1, last_seen=at)

    def get(self, number: int | None = None) -> StoredRelease | None:
        return self.stored.get(max(self.stored) if number is None else number)


@pytest.fixture
def tables() -> Tables:
    return Tables()


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


def served(tables: Tables, clock: list[datetime], *, secure: bool = False, key: bytes = b"k" * 32) -> FlaskClient:
    server = Flask("doors", static_folder=None)
    behind = Behind(lambda: tables, lambda: tables, (Away,))
    door = DonorDoor(behind, PROGRAMME, key, secure=secure, now=lambda: clock[0])
    app = create_app(server, door.published, PROGRAMME)
    door.register(server)
    maps = {"/donor/": app.callback_map}
    wait = Limiter(MemoryStorage()).wait
    install_gate(
        server, Doors(lambda _: None, door.allowed, lambda prefix: maps.get(prefix, {}), lambda _: True, wait=wait)
    )
    return server.test_client()


@pytest.fixture
def client(tables: Tables, clock: list[datetime]) -> FlaskClient:
    return served(tables, clock)


def enter(client: FlaskClient, token: str = TOKEN) -> Any:
    return client.get(f"/d/{token}", headers=PHONE)


def page(client: FlaskClient, path: str = "/donor/") -> Any:
    return client.get(path, headers=PHONE)


def test_a_token_is_exchanged_for_a_cookie_that_opens_the_page(client: FlaskClient) -> None:
    answer = enter(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/donor/?lang=fr")
    assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "Path=/donor/" in cookie and "SameSite=Lax" in cookie and TOKEN not in cookie
    shown = page(client)
    assert shown.status_code == 200 and '<html lang="fr"' in shown.text and TOKEN not in shown.text
    assert page(client, "/donor/release.csv").status_code == 200


def test_behind_https_the_cookie_is_for_https_only(tables: Tables, clock: list[datetime]) -> None:
    cookie = enter(served(tables, clock, secure=True)).headers["Set-Cookie"]
    assert cookie.startswith("__Secure-donor=") and "; Secure" in cookie


@pytest.mark.parametrize(
    "token",
    [TOKEN[:-1] + "x", TOKEN[::-1], TOKEN.swapcase(), "A" * 43, "Zz-" + "9876543210_abcdefghijklmnopqrstuvwxyzABC"],
)
def test_a_guess_opens_nothing(client: FlaskClient, token: str) -> None:
    answer = enter(client, token)
    assert answer.status_code == 404 and "Set-Cookie" not in answer.headers and token not in answer.text
    assert page(client).status_code == 401


@pytest.mark.parametrize("token", ["", "short", TOKEN + "x", f"{TOKEN}/more", "..%2f..", "a" * 44])
def test_what_is_no_token_does_not_reach_the_store(client: FlaskClient, tables: Tables, token: str) -> None:
    tables.away = True
    answer = enter(client, token)
    assert answer.status_code == 401 and "Location" not in answer.headers and "<h1>" in answer.text


def test_a_forged_cookie_opens_nothing(client: FlaskClient, tables: Tables, clock: list[datetime]) -> None:
    foreign = enter(served(tables, clock, key=b"x" * 32)).headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    for value in (
        foreign,
        "",
        "[1]",
        "WzEsImFiYyJd.x",
        '[1, "' + tables.link.token_hash[:16] + '"]',
        "a.b.c",
        "\u00e9",
    ):
        client.set_cookie("donor", value, path="/donor/")
        assert page(client).status_code == 401


@pytest.mark.parametrize("change", ["revoked", "expired", "rotated", "deleted"])
def test_a_cookie_is_worth_nothing_once_its_link_is_shut(
    client: FlaskClient, tables: Tables, clock: list[datetime], change: str
) -> None:
    tables.link = replace(tables.link, expires_at=NOW + timedelta(hours=1))
    enter(client)
    assert page(client).status_code == 200
    if change == "revoked":
        tables.link = replace(tables.link, revoked_at=NOW)
    elif change == "expired":
        clock[0] = NOW + timedelta(hours=1)
    elif change == "rotated":
        tables.link = replace(tables.link, token_hash=token_hash("another"))
    else:
        tables.link = replace(tables.link, id=2)
    shut = page(client)
    assert shut.status_code == 401 and "<h1>" in shut.text and "65" not in shut.text
    assert page(client, "/donor/release.xlsx").status_code == 401
    if change != "deleted":
        assert enter(client).status_code == 404


def test_a_link_may_show_one_release_only(client: FlaskClient, tables: Tables) -> None:
    tables.link = replace(tables.link, shows=1)
    enter(client)
    assert "Publication n° 1" in page(client).text
    tables.link = replace(tables.link, shows=7)
    assert "Rien n’est encore publié" in page(client, "/donor/?lang=fr").text


def test_a_password_is_asked_for_and_its_tries_are_counted(client: FlaskClient, tables: Tables) -> None:
    tables.link = replace(tables.link, password_hash=password_hash("open sesame"))
    asked = enter(client)
    assert asked.status_code == 200 and 'type="password"' in asked.text and "Set-Cookie" not in asked.headers
    assert page(client).status_code == 401

    def typed(password: str, address: str = "192.0.2.7", **headers: str) -> Any:
        given = {"data": {"password": password}, "headers": {**PHONE, **OWN, **headers}}
        return client.post(f"/d/{TOKEN}", environ_base={"REMOTE_ADDR": address}, **given)

    assert typed("open sesame", "192.0.2.9", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert [typed(word).status_code for word in ("wrong", "", "open sesame")] == [403, 403, 303]
    assert page(client).status_code == 200
    assert {typed("wrong").status_code for _ in range(7)} == {403}
    refused = typed("open sesame")
    assert refused.status_code == 429 and 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "<h1>" in refused.text and "Set-Cookie" not in refused.headers
    assert typed("open sesame", "192.0.2.8").status_code == 303  # somebody else in the same office is not kept out
    assert "open sesame" not in str(tables.link.password_hash)


def test_only_the_form_says_where_it_is_and_never_its_path(client: FlaskClient, tables: Tables) -> None:
    """A browser gives no origin for the form of a page with no-referrer, and the gate would refuse it."""
    tables.link = replace(tables.link, password_hash=password_hash("open sesame"))
    asked = enter(client)
    assert asked.headers.getlist("Referrer-Policy") == ["strict-origin"] and 'content="strict-origin"' in asked.text
    shut = enter(client, "A" * 43)
    assert shut.headers.getlist("Referrer-Policy") == ["no-referrer"] and 'content="no-referrer"' in shut.text


def test_views_are_counted_without_robots_and_repetitions(client: FlaskClient, tables: Tables) -> None:
    enter(client)
    for agent in ("WhatsApp/2.23", "facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0", "curl/8", ""):
        client.get("/donor/", headers={"User-Agent": agent})
    client.head("/donor/", headers=PHONE)
    client.get("/donor/", headers={**PHONE, "Sec-Purpose": "prefetch"})
    client.get("/donor/?lang=ar", headers={**PHONE, "Sec-Fetch-Site": "same-origin"})
    client.get("/donor/release.csv", headers=PHONE)
    assert tables.link.views == 0
    page(client)
    page(client)
    assert (tables.link.views, tables.link.last_seen) == (2, NOW)


def test_a_view_behind_a_password_is_counted_once(client: FlaskClient, tables: Tables) -> None:
    """The form is ours, so a browser calls the page behind it opened from itself; counted was nobody."""
    tables.link = replace(tables.link, password_hash=password_hash("open sesame"))
    for password in ("wrong", "open sesame"):
        client.post(f"/d/{TOKEN}", data={"password": password}, headers={**PHONE, **OWN})
    client.get("/donor/", headers={**PHONE, "Sec-Fetch-Site": "same-origin"})
    assert (tables.link.views, tables.link.last_seen) == (1, NOW)


def test_a_store_that_is_away_is_said_and_opens_nothing(client: FlaskClient, tables: Tables) -> None:
    enter(client)
    tables.away = True
    for path in ("/donor/", f"/d/{TOKEN}"):
        answer = page(client, path)
        assert answer.status_code == 503 and "<h1>" in answer.text and "65" not in answer.text


def test_what_management_has_is_not_found_here(client: FlaskClient) -> None:
    enter(client)
    body = {"output": "tiles.children", "inputs": [], "changedPropIds": []}
    assert client.post("/donor/_dash-update-component", json=body, headers=OWN).status_code == 404
    for path in ("/", "/releases", "/_dash-layout", "/repair.csv"):
        assert client.get(path).status_code == 401


def test_a_token_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    assert masked(f'"GET /d/{TOKEN} HTTP/1.1" 303') == '"GET /d/… HTTP/1.1" 303'
    filters = log_settings("json")
    assert filters["handlers"]["access"]["filters"] == ["masked"] and "quiet" in filters["handlers"]["said"]["filters"]
    for name, args in (("masked", {"U": f"/d/{TOKEN}", "m": "GET", "s": "303"}), ("quiet", (f"/d/{TOKEN}?x=1",))):
        keep = filters["filters"][name]["()"]()
        message = "%(m)s %(U)s" if name == "masked" else "refused: %s"
        record = logging.LogRecord("x", logging.INFO, "", 0, message, args if name == "quiet" else (args,), None)
        keep.filter(record)
        assert TOKEN not in record.getMessage() and "/d/…" in record.getMessage()


def test_a_person_is_told_from_a_robot() -> None:
    def asked(**headers: str) -> bool:
        with Flask("x").test_request_context("/donor/", headers=headers) as context:
            return is_person(context.request)

    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
    assert asked(**{"User-Agent": safari}) and asked(**{"User-Agent": safari, "Sec-Fetch-Site": "cross-site"})
    assert not asked(**{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
