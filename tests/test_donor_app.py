"""The donor's own process behind a proxy with a certificate, and what it counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hand_made_release import AT, PROGRAMME, hand_made, stored

from callbacks.tokens import password_hash, token_hash
from connectors.store import open_store
from dashboard.publishing import NewLink
from donor_app import create_server

TOKEN = "t" * 43
ADDRESS = "https://donors.example.org"
FORM = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path / 'history.sqlite3'}"
    store = open_store(url)
    store.releases(PROGRAMME.id).publish(stored(hand_made(1)))
    link = NewLink("B.", "fr", password_hash=password_hash("open sesame 1"))
    store.links(PROGRAMME.id).new(link, token_hash(TOKEN), by="me", at=AT)
    store.close()
    made = create_server({"DASHBOARD_STORE": url, "DASHBOARD_DONOR_SECRET": "s" * 16, "DASHBOARD_ADDRESS": ADDRESS})
    yield made
    made.extensions["dashboard"].stop()


def through_the_proxy(client: FlaskClient, password: str, visitor: str) -> int:
    added = {"X-Forwarded-For": visitor, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "donors.example.org"}
    answer = client.post(f"/d/{TOKEN}", data={"password": password}, headers={**FORM, **added})
    return answer.status_code


def test_a_form_behind_https_is_taken_and_its_cookie_is_for_https_only(server: Flask) -> None:
    client = server.test_client()
    added = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "donors.example.org"}
    answer = client.post(f"/d/{TOKEN}", data={"password": "open sesame 1"}, headers={**FORM, **added})
    assert answer.status_code == 303
    assert answer.headers["Set-Cookie"].startswith("__Secure-donor=")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    plain = {**FORM, "Origin": "http://donors.example.org"}
    assert client.post(f"/d/{TOKEN}", data={"password": "open sesame 1"}, headers={**plain, **added}).status_code == 403


def test_visitors_behind_the_proxy_are_told_apart(server: Flask) -> None:
    """One who guesses keeps nobody else out, and what he writes into the header himself counts for nothing."""
    client = server.test_client()
    assert [through_the_proxy(client, "wrong", "192.0.2.7") for _ in range(11)] == [403] * 10 + [429]
    assert through_the_proxy(client, "open sesame 1", "203.0.113.9, 192.0.2.7") == 429
    assert through_the_proxy(client, "open sesame 1", "192.0.2.8") == 303


def test_no_other_name_is_answered(server: Flask) -> None:
    form = {**FORM, "Host": "evil.example", "Origin": "http://evil.example"}
    answer = server.test_client().post(f"/d/{TOKEN}", data={"password": "open sesame 1"}, headers=form)
    assert answer.status_code == 400 and "Set-Cookie" not in answer.headers
