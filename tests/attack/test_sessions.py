"""Cookies forged, copied, planted and kept: a session is what we have signed, as long as it lasts."""

import time
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from knocking import Visitor

from attack.site import MANAGER, VIEWER, Site, assert_nothing


def test_a_failed_sign_in_signs_nobody_out(site: Site) -> None:
    """Or any page could, by leading a browser there."""
    person = site.signed_in(VIEWER)
    assert person.get("/sign-in/back?code=x&state=y").status == 400
    assert person.get("/_dash-layout").status == 200


@pytest.mark.parametrize("change", ["cut", "flip", "none", "swap", "other key"])
def test_a_cookie_that_we_have_not_signed_is_nobodys(site: Site, manager: Visitor, change: str) -> None:
    signed = manager.cookies["session"]
    body, _, rest = signed.partition(".")
    forged = {
        "cut": signed[:-2],
        "flip": signed[:-6] + ("A" if signed[-6] != "A" else "B") + signed[-5:],
        "none": f"{body}..",
        "swap": f"{body}x.{rest}",
        "other key": _signed(Flask("other"), b"another key", {"who": MANAGER, "since": time.time(), "turn": 0}),
    }[change]
    assert_nothing(Visitor(site.address, {"session": forged}).get("/_dash-layout"))


def _signed(server: Flask, key: bytes, session: dict[str, Any]) -> str:
    server.secret_key = key
    signer = SecureCookieSessionInterface().get_signing_serializer(server)
    assert signer is not None
    return str(signer.dumps(session))


@pytest.mark.parametrize(
    ("session", "status"),
    [
        ({}, 200),
        ({"since": time.time() - 12 * 3600 - 5}, 401),  # it has expired
        ({"since": time.time() + 3600}, 401),  # it begins later
        ({"since": "now"}, 401),
        ({"turn": -1}, 401),  # everyone has been signed out since
        ({"who": "p-016@example.org"}, 401),  # no longer on the list
        ({"who": ["x"]}, 401),
        ({"who": None}, 401),
    ],
)
def test_a_session_is_looked_at_again_at_every_request(site: Site, session: dict[str, Any], status: int) -> None:
    sound = {"who": MANAGER, "since": time.time(), "turn": 0, "number": "n"}
    cookie = _signed(Flask("same"), site.server.secret_key, sound | session)  # type: ignore[arg-type]
    assert Visitor(site.address, {"session": cookie}).get("/_dash-layout").status == status


def test_a_cookie_kept_from_before_signing_out_opens_nothing(site: Site, calls: list[dict[str, Any]]) -> None:
    person = site.signed_in(VIEWER)
    thief = Visitor(site.address, dict(person.cookies))
    assert thief.get("/_dash-layout").status == 200
    assert person.form("/sign-out?lang=fr", {}).headers["Location"] == "/sign-in?lang=fr"
    assert_nothing(thief.get("/_dash-layout"))
    assert_nothing(thief.call(calls[0]))


def test_a_session_that_was_planted_before_is_not_the_one_that_signs_in(site: Site) -> None:
    planted = site.visitor()
    planted.get("/sign-in?to=/data")
    victim = Visitor(site.address, dict(planted.cookies))
    token = site.one_time.make()
    assert victim.form("/sign-in", {"token": token}).headers["Location"] == "/data"
    assert victim.get("/_dash-layout").status == 200
    assert victim.cookies["session"] != planted.cookies["session"]
    assert_nothing(planted.get("/_dash-layout"))
    assert planted.form("/sign-in", {"token": token}).status == 403  # a second time


def test_nobody_is_signed_in_or_out_from_another_sites_page(site: Site, viewer: Visitor) -> None:
    evil = {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"}
    assert viewer.form("/sign-out", {}, **evil).status == 403
    assert viewer.get("/_dash-layout").status == 200
    token = site.one_time.make()
    assert site.visitor().form("/sign-in", {"token": token}, **evil).status == 403
    assert site.one_time.take(token)  # not used up
