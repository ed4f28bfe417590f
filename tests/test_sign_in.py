"""Signing in: only who is on the list, only as long as she is, and nothing forged, replayed or led astray."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask, Response, jsonify, make_response, request
from flask.testing import FlaskClient
from issuer import CLIENT, SECRET, Issuer, issuing
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from callbacks.roles import LOCAL, Person
from callbacks.sign_in import Entrance, Note, Office, Porter, own_path, register, verified_address
from connectors.one_time import LASTS, OneTime

WOMAN = "p-014@example.org"


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def one_time(tmp_path: Path, clock: Clock) -> OneTime:
    return OneTime(tmp_path, clock)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


def nothing(name: str, action: str) -> None:
    """Noted nowhere."""


def site(entrance: Entrance, one_time: OneTime, clock: Clock, note: Note = nothing) -> FlaskClient:
    server, porter = Flask("doors"), Porter(entrance, one_time, clock)
    office = Office(entrance, porter, one_time, lambda key, status: make_response(key, status), note)
    register(server, office, b"a secret of this test run")

    @server.get("/who")
    def who() -> Response:
        found = porter.person(request)
        return jsonify(name=found.name if found else None, role=found.role if found else None)

    return server.test_client()


def account(issuer: Issuer, role: str = "viewer") -> Entrance:
    return Entrance("google", {WOMAN: role}, CLIENT, SECRET, issuer.address)  # type: ignore[dict-item]


def who(client: FlaskClient) -> object:
    return client.get("/who").get_json()


NOBODY = {"name": None, "role": None}


def back_from(client: FlaskClient) -> TestResponse:
    """Go to the provider and come back with what it sends."""
    to = client.get("/sign-in/google").headers["Location"]
    query = parse_qs(urlsplit(to).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["scope"] == ["openid email"]
    assert "nonce" in query
    back = requests.get(to, allow_redirects=False, timeout=10).headers["Location"]
    return client.get(urlsplit(back).path + "?" + urlsplit(back).query)


def test_an_account_on_the_list_gets_its_role_and_the_page_it_wanted(
    issuer: Issuer, one_time: OneTime, clock: Clock
) -> None:
    client = site(account(issuer, "manager"), one_time, clock)
    client.get("/sign-in?to=/data%3Flang%3Dar")
    assert back_from(client).headers["Location"] == "/data?lang=ar"
    assert who(client) == {"name": WOMAN, "role": "manager"}


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "P-015@example.org", "email_verified": True},
        {"email": WOMAN, "email_verified": False},
        {"email": WOMAN, "email_verified": "true"},
        {"email": WOMAN},
        {"email_verified": True},
    ],
)
def test_an_account_that_is_not_listed_or_not_verified_stays_outside(
    issuer: Issuer, one_time: OneTime, clock: Clock, claims: dict[str, object]
) -> None:
    client = site(account(issuer), one_time, clock)
    issuer.claims = claims
    answer = back_from(client)
    assert (answer.status_code, answer.text) == (403, "sign_in.not_listed")
    assert who(client) == NOBODY


def test_what_is_forged_or_replayed_is_refused(issuer: Issuer, one_time: OneTime, clock: Clock) -> None:
    client = site(account(issuer), one_time, clock)
    assert client.get("/sign-in/back?code=x&state=y").status_code == 400
    assert client.get("/sign-in/back?error=access_denied").status_code == 400
    to = client.get("/sign-in/google").headers["Location"]
    back = urlsplit(requests.get(to, allow_redirects=False, timeout=10).headers["Location"])
    stranger = site(account(issuer), one_time, clock)
    assert stranger.get(f"{back.path}?{back.query}").status_code == 400  # another browser's answer
    assert client.get(f"{back.path}?{back.query}").status_code == 303
    assert client.get(f"{back.path}?{back.query}").status_code == 400  # a second time
    assert who(stranger) == NOBODY


@pytest.mark.parametrize("wrong", ["key", "audience", "nonce", "issuer"])
def test_a_statement_that_is_not_the_providers_own_about_us_is_refused(
    issuer: Issuer, one_time: OneTime, clock: Clock, wrong: str
) -> None:
    client = site(account(issuer), one_time, clock)
    if wrong == "key":
        issuer.signed_with = RSAKey.generate_key(2048, parameters={"kid": "k1"})
    elif wrong == "audience":
        issuer.audience = "another dashboard"
    else:
        issuer.claims |= {"nonce": "of another sign-in"} if wrong == "nonce" else {"iss": "https://elsewhere.example"}
    assert back_from(client).status_code == 400
    assert who(client) == NOBODY


def test_a_provider_that_does_not_answer_is_said_in_words(issuer: Issuer, one_time: OneTime, clock: Clock) -> None:
    issuer.down = True
    answer = site(account(issuer), one_time, clock).get("/sign-in/google")
    assert (answer.status_code, answer.text) == (502, "sign_in.no_answer")


def test_who_leaves_the_list_is_out_at_once_and_a_session_ends_by_itself(
    issuer: Issuer, one_time: OneTime, clock: Clock
) -> None:
    people = {WOMAN: "viewer"}
    client = site(Entrance("google", people, CLIENT, SECRET, issuer.address), one_time, clock)  # type: ignore[arg-type]
    back_from(client)
    assert who(client) == {"name": WOMAN, "role": "viewer"}
    del people[WOMAN]
    assert who(client) == NOBODY
    people[WOMAN] = "manager"
    clock.now += 12 * 3600 - 1
    assert who(client) == {"name": WOMAN, "role": "manager"}
    clock.now += 1
    assert who(client) == NOBODY


def test_a_printed_address_signs_in_once(one_time: OneTime, clock: Clock) -> None:
    client = site(Entrance("one_time"), one_time, clock)
    assert who(client) == NOBODY
    token = one_time.make()
    assert len(token) >= 43  # 256 bits
    assert client.post("/sign-in", data={"token": token}).status_code == 303
    assert who(client) == {"name": "one-time address", "role": "manager"}
    other = site(Entrance("one_time"), one_time, clock)
    assert (other.post("/sign-in", data={"token": token}).status_code, who(other)) == (403, NOBODY)
    client.post("/sign-out")
    assert who(client) == NOBODY


def test_a_printed_address_is_void_when_another_is_made_when_it_is_old_and_when_all_are_signed_out(
    one_time: OneTime, clock: Clock
) -> None:
    first, second = one_time.make(), one_time.make()
    assert not one_time.take(first)
    clock.now += LASTS
    assert not one_time.take(second)
    client = site(Entrance("one_time"), one_time, clock)
    client.post("/sign-in", data={"token": one_time.make()})
    assert who(client) != NOBODY
    one_time.make(sign_out=True)
    assert who(client) == NOBODY


def test_the_token_is_not_on_the_disk(one_time: OneTime, tmp_path: Path) -> None:
    token = one_time.make()
    kept = [file.read_bytes() for file in tmp_path.iterdir() if file.is_file()]
    assert not any(token.encode() in content for content in kept)
    assert (tmp_path / "sign-in.json").stat().st_mode & 0o777 == 0o600


def test_without_sign_in_this_computer_manages_and_no_other(one_time: OneTime, clock: Clock) -> None:
    porter = Porter(Entrance(), one_time, clock)
    for kept, host, found in (
        ("127.0.0.1", "localhost:8050", LOCAL),
        ("192.0.2.7", "localhost:8050", None),
        ("127.0.0.1", "rebound.example:8050", None),
    ):
        with Flask("x").test_request_context("/", environ_base={"REMOTE_ADDR": kept}, headers={"Host": host}):
            assert porter.person(request) == found
    with Flask("x").test_request_context("/", headers={"X-Forwarded-For": "192.0.2.7"}):
        assert porter.person(request) is None


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/data?lang=fr", "/data?lang=fr"),
        ("", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("/a\\b", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_nobody_is_led_elsewhere(wanted: str, to: str) -> None:
    assert own_path(wanted) == to


def test_a_managers_rank_includes_the_viewers() -> None:
    assert Person("a", "manager").may("viewer")
    assert not Person("a", "viewer").may("manager")
    assert verified_address({"email": " A@Example.org ", "email_verified": True}) == "a@example.org"
