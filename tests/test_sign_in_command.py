"""`flask --app app sign-in` and the audit of who came in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from connect_pages import OWN
from flask import Flask

from app import create_server
from connectors.door_settings import DoorSettings
from connectors.settings import ROOT, Settings
from connectors.store import open_store

TODAY = date(2026, 11, 23)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    doors = DoorSettings("one_time", address="https://dashboard.example.org")
    return Settings("demo", ROOT / "programme.toml", tmp_path, b"only for this test run", None, doors=doors)


def printed(server: Flask, *options: str) -> tuple[str, str]:
    """The token of a new address, and all that was said."""
    said = server.test_cli_runner().invoke(args=["sign-in", *options])
    assert said.exit_code == 0, said.output
    assert "https://dashboard.example.org/sign-in?token=" in said.output
    return said.output.rpartition("token=")[2].strip(), said.output


def test_a_printed_address_signs_in_behind_the_proxy_and_everyone_can_be_signed_out(settings: Settings) -> None:
    server = create_server(settings, lambda: TODAY)
    proxied = {"Host": "dashboard.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    own = OWN | {"Origin": "https://dashboard.example.org"}
    client = server.test_client()
    token, _ = printed(server)
    page = client.get(f"/sign-in?token={token}&lang=en", headers=proxied)
    assert f'value="{token}"' in page.text
    assert f"/sign-in?lang=ar&amp;token={token}" in page.text  # another language does not lose it
    signed_in = client.post("/sign-in", data={"token": token}, headers=proxied | own)
    cookie = signed_in.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "max-age=63072000" in signed_in.headers["Strict-Transport-Security"]
    kept = {"Cookie": cookie.partition(";")[0]} | proxied
    assert client.get("/_dash-dependencies", headers=kept).status_code == 200
    _, said = printed(server, "--sign-out-everyone")
    assert said.count("\n") == 2
    assert client.get("/_dash-dependencies", headers=kept).status_code == 401
    server.extensions["dashboard"].stop()


def test_no_other_name_is_answered_behind_a_proxy(settings: Settings) -> None:
    server = create_server(settings, lambda: TODAY)
    client = server.test_client()
    for headers in ({"Host": "evil.example"}, {"Host": "dashboard.example.org", "X-Forwarded-Host": "evil.example"}):
        assert client.get("/sign-in", headers=headers).status_code == 400
    assert client.get("/healthz", headers={"Host": "127.0.0.1:8050"}).status_code == 200
    spoofed = {"Host": "127.0.0.1", "X-Forwarded-For": "127.0.0.1"}
    assert client.get("/metrics", headers=spoofed).status_code == 401
    server.extensions["dashboard"].stop()


def test_the_audit_names_who_came_and_went(settings: Settings) -> None:
    settings = replace(settings, doors=DoorSettings("one_time"))
    server = create_server(settings, lambda: TODAY)
    client = server.test_client()
    token = server.test_cli_runner().invoke(args=["sign-in"]).output.rpartition("token=")[2].strip()
    client.post("/sign-in", data={"token": "guess"}, headers=OWN)
    client.post("/sign-in", data={"token": token}, headers=OWN)
    client.post("/sign-out", headers=OWN)
    client.post("/sign-out", headers=OWN)  # nobody is in any more
    listed = server.test_cli_runner().invoke(args=["store", "audit"])
    server.extensions["dashboard"].stop()
    store = open_store(settings.store_url)
    noted = [(one.by, one.action, dict(one.detail)) for one in store.audits(10)]
    store.close()
    assert noted == [("one-time address", "sign_out", {}), ("one-time address", "sign_in", {})]
    assert [line.split()[-1] for line in listed.output.splitlines()] == ["sign_out", "sign_in"]
