"""An attacker with real HTTP, against the whole server: whoever he is, he gets what is his and nothing else breaks."""

import json
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from fuzz_callbacks import attack
from issuer import CLIENT, SECRET, Issuer, issuing
from knocking import Answer, Visitor, recorded, served, unlimited

from app import create_server
from callbacks.gate import BELOW, EXACT, need
from connectors.door_settings import DoorSettings
from connectors.one_time import OneTime
from connectors.settings import ROOT, Settings
from layouts.places import PAGES

TODAY = date(2026, 11, 23)
VIEWER, MANAGER = "p-014@example.org", "p-015@example.org"
# What only management's answers hold: layouts, callbacks, the demo's numbers in words, its cells.
DATA = re.compile(rb'"props"|"inputs"|"response"|dashboard_roster_version|%PDF|^PK|cohort|\b135\b|"pulse"', re.M)


@dataclass
class Site:
    """The whole server behind accounts on a list."""

    server: Flask
    address: str
    issuer: Issuer
    one_time: OneTime

    def visitor(self) -> Visitor:
        return Visitor(self.address)

    def signed_in(self, name: str) -> Visitor:
        """Somebody with an account, on the way that a browser takes."""
        visitor = self.visitor()
        self.issuer.claims = {"email": name, "email_verified": True}
        away = visitor.get("/sign-in/google").headers["Location"]
        back = Visitor(self.issuer.address).get(f"/authorize?{urlsplit(away).query}").headers["Location"]
        assert visitor.get(f"/sign-in/back?{urlsplit(back).query}").status == 303
        visitor.get("/?lang=en")
        return visitor


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("attacked")
    with issuing() as issuer, unlimited(), pytest.MonkeyPatch.context() as patched:
        patched.setenv("DASH_MCP_ENABLED", "true")  # Dash would open a door for machines by it
        people: dict[str, Any] = {VIEWER: "viewer", MANAGER: "manager"}
        doors = DoorSettings("google", people, CLIENT, SECRET, issuer.address)
        settings = Settings("demo", ROOT / "programme.toml", data, b"only for this test run", None, doors=doors)
        server = create_server(settings, lambda: TODAY)
        with served(server) as address:
            yield Site(server, address, issuer, OneTime(data))


@pytest.fixture(scope="module")
def viewer(site: Site) -> Visitor:
    return site.signed_in(VIEWER)


@pytest.fixture(scope="module")
def manager(site: Site) -> Visitor:
    return site.signed_in(MANAGER)


@pytest.fixture(scope="module")
def calls(viewer: Visitor) -> list[dict[str, Any]]:
    """What a browser sends to each callback."""
    for _ in range(100):
        found = recorded(viewer)
        if viewer.call(found[-1]).body:
            return found
        time.sleep(0.1)
    raise AssertionError("no roster was read")


def assert_nothing(answer: Answer) -> None:
    """Refused, and not a byte of what is inside."""
    assert 300 <= answer.status < 500, answer.status
    assert not DATA.search(answer.body), answer.body[:200]


def routes(server: Flask) -> set[str]:
    return {re.sub(r"<[^>]*>", "x", rule.rule) for rule in server.url_map.iter_rules() if rule.rule != "/<path:path>"}


def test_every_route_of_the_server_has_an_entry_of_its_own(site: Site) -> None:
    """Dash's route for every other path answers with its pages: they are named one by one."""
    paths = routes(site.server)
    assert {"/connect", "/metrics", "/sign-in/google", "/_dash-layout", "/brief.pdf"} < paths
    assert {path for path in paths if need(path) is None} == set()
    assert {path for path in paths if path not in EXACT and not path.startswith(tuple(BELOW))} == set()
    assert {page for page in PAGES if EXACT.get(page) is None} == set()
    assert set(EXACT) - paths - set(PAGES) == set()  # and none is left over


ANYONE = {path for path, needed in EXACT.items() if needed == "anyone"} | {"/assets/x"}


def test_nobody_gets_nothing_from_any_route(site: Site, calls: list[dict[str, Any]]) -> None:
    nobody = site.visitor()
    for path in sorted(routes(site.server) | set(PAGES)):
        for accept in ("*/*", "text/html"):
            answer = nobody.get(path, Accept=accept, Host="dashboard.example")
            if path in ANYONE:
                assert answer.status < 500
                assert not DATA.search(answer.body), path
            else:
                assert_nothing(answer)
                assert answer.status == (303 if accept == "text/html" else 401)
    for call in calls:
        assert_nothing(nobody.call(call))


def test_a_viewer_changes_nothing(site: Site, viewer: Visitor, manager: Visitor, calls: list[dict[str, Any]]) -> None:
    accepting = next(call for call in calls if call["inputs"][0]["id"] == "held")
    assert viewer.call(accepting).status == 403
    assert viewer.get("/connect?lang=en", Accept="text/html").status == 403
    assert "people with the role of manager" in viewer.get("/connect?lang=en", Accept="text/html").text
    assert viewer.form("/connect", {"step": "look", "source": "x.csv"}).status == 403
    assert_nothing(viewer.get("/metrics", Host="dashboard.example"))
    assert viewer.get("/metrics", Host="dashboard.example").status == 401
    assert manager.get("/metrics", Host="dashboard.example").status == 200
    assert manager.get("/connect?lang=en").status == 200
    assert [path for path in PAGES if viewer.get(path).status != 200] == []


def test_a_page_says_who_has_signed_in(viewer: Visitor) -> None:
    layout = json.loads(viewer.get("/_dash-layout", Referer=f"{viewer.address}/?lang=fr").body)
    said = json.dumps(layout)
    assert VIEWER in said
    assert '"/sign-out?lang=fr"' in said


def test_a_failed_sign_in_signs_nobody_out(site: Site) -> None:
    """Or any page could, by leading a browser there."""
    person = site.signed_in(VIEWER)
    assert person.get("/sign-in/back?code=x&state=y").status == 400
    assert person.get("/_dash-layout").status == 200


TRICKS = (
    "//_dash-layout", "/./_dash-layout", "/donor/../_dash-layout", "/assets/../_dash-layout", "/%2e%2e/_dash-layout",
    "/assets/%2e%2e/_dash-layout", "/assets/..%2f_dash-layout", "/assets/..;/_dash-layout", "/sign-in/..;/_dash-layout",
    "/_DASH-LAYOUT", "/_dash-layout/", "/_dash-layout%00", "/_dash-layout;x=1", "/_dash%2dlayout", "/%5fdash-layout",
    "/robots.txt/../_dash-layout", "/healthz/_dash-layout", "/_dash-layout?x#y", "/\\_dash-layout",
    "/sign-in//_dash-layout",
    "http://localhost/_dash-layout", "/donor/_dash-layout", "/_mcp", "/%ff%fe", "/" + "a/" * 900, "*",
)  # fmt: skip
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X")


@pytest.mark.parametrize("path", TRICKS)
def test_no_detour_and_no_verb_leads_inside(site: Site, path: str) -> None:
    nobody = site.visitor()
    for verb in VERBS:
        answer = nobody.ask(verb, path, Accept="*/*")
        assert 300 <= answer.status < 501, (verb, answer.status)  # 501 and 505 are the development server's own
        assert not DATA.search(answer.body), verb


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_breaks_a_route(site: Site, manager: Visitor, verb: str) -> None:
    for path in sorted(routes(site.server) | set(PAGES)):
        if path == "/sign-out":
            continue
        assert manager.ask(verb, path, b"" if verb == "POST" else None, **manager.own()).status < 501, path


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_For": "127.0.0.1", "X_Forwarded_Host": "localhost", "X_Forwarded_Proto": "https"},
        {"Forwarded": "for=127.0.0.1;host=localhost"},
        {"X_Real_Ip": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "evil.example:80"},
        {"Host": ""},
        {"Host": "a b\\c"},
        {"Host": "[::1"},
        {"X_Original_URL": "/healthz", "X_Rewrite_URL": "/healthz", "Host": "evil.example"},
        {"X_HTTP_Method_Override": "PUT", "Host": "evil.example"},
    ],
)
def test_no_header_makes_a_stranger_local_or_known(site: Site, headers: dict[str, str]) -> None:
    nobody = site.visitor()
    for path in ("/_dash-layout", "/metrics", "/readyz", "/connect"):
        assert_nothing(nobody.get(path, **headers))


def test_a_forged_name_of_the_host_leads_nobody_astray(site: Site) -> None:
    answer = site.visitor().get("/data", Accept="text/html", Host="evil.example")
    assert answer.headers["Location"].startswith("/sign-in?")


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


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x" * 300_000, {}, 413),
        (b"{}", {"Content_Length": "99999999999"}, 413),
        (b"{", {}, 400),
        (b"\xff\xfe\x00", {}, 400),
        (b"[" * 200_000, {}, 400),
        (b'{"output": ' + b"1" * 5_000 + b"}", {}, 400),
        (b"{}", {"Content_Type": "text/plain"}, 415),
        (b"{}", {"Content_Type": "multipart/form-data; boundary=x"}, 415),
        (b"", {"Content_Type": ""}, 415),
        (b"{}", {"X_CSRFToken": ""}, 403),
        (b"{}", {"X_CSRFToken": "forged.token"}, 403),
        (b"{}", {"Origin": "null"}, 403),
        (b"{}", {"Sec_Fetch_Site": "same-site"}, 403),
    ],
)
def test_a_body_that_no_page_sends_is_refused(
    viewer: Visitor, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert viewer.call(body, **headers).status == status


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\n" * 3_000),
        ("application/x-www-form-urlencoded", b"&" * 100_000),
        ("application/x-www-form-urlencoded", b"source=%ff%00&step=look&worksheet=" + b"w" * 9_000),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"x" * 1_200_000),
    ],
)
def test_a_form_that_no_page_sends_breaks_nothing(manager: Visitor, kind: str, body: bytes) -> None:
    for path in ("/connect", "/sign-in"):
        assert manager.ask("POST", path, body, Content_Type=kind, **manager.own()).status < 500


def test_questions_too_long_are_refused(viewer: Visitor) -> None:
    assert viewer.get("/?" + "a" * 9_000).status == 414
    assert viewer.get("/?" + "a=1&" * 1_500).status == 200


def test_there_is_no_door_for_machines(manager: Visitor) -> None:
    asked = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'
    for path in ("/_mcp", "/mcp", "/_dash-mcp"):
        answer = manager.ask("POST", path, asked, Content_Type="application/json", **manager.own())
        assert answer.status == 404
        assert b"jsonrpc" not in answer.body


def test_every_answer_asks_search_engines_to_stay_away_and_is_kept_nowhere(site: Site, viewer: Visitor) -> None:
    assert site.visitor().get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    for path in ("/", "/sign-in", "/nothing", "/healthz", "/_dash-layout", "/connect"):
        answer = viewer.get(path)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer.headers  # served without https


def test_payloads_spoiled_at_random_break_nothing(viewer: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """400 of the 10,000 that `make attack-doors` tries."""
    with caplog.at_level(logging.ERROR):
        found = attack(viewer, 400, seed=7)
    assert set(found) <= {200, 204, 400, 403, 404, 413, 415}
    assert found[200] > 20  # some are sound, and reach what computes
    assert [record for record in caplog.records if record.exc_info] == []  # and none fills the log
