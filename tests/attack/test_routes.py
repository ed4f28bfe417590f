"""Whoever knocks, by whatever path, verb or name: he gets what is his and nothing else."""

import json
from typing import Any

import pytest
from knocking import Visitor

from attack.site import DATA, TOKEN, VIEWER, Site, assert_nothing, routes
from callbacks.gate import BELOW, EXACT, need
from layouts.places import PAGES


def test_every_route_of_the_server_has_an_entry_of_its_own(site: Site) -> None:
    """Dash's route for every other path answers with its pages: they are named one by one."""
    paths = routes(site.server)
    assert {"/connect", "/metrics", "/sign-in/google", "/_dash-layout", "/brief.pdf"} < paths
    assert {path for path in paths if need(path) is None} == set()
    assert {path for path in paths if path not in EXACT and not path.startswith((*BELOW, "/d/"))} == set()
    assert {page for page in PAGES if EXACT.get(page) is None} == set()
    assert set(EXACT) - paths - set(PAGES) == set()  # and none is left over


ANYONE = {path for path, needed in EXACT.items() if needed == "anyone"} | {"/assets/x", f"/d/{TOKEN}"}


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
                led = accept == "text/html" and not path.startswith("/donor/")  # who has a link has no account
                assert answer.status == (303 if led else 401)
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


TRICKS = (
    "//_dash-layout", "/./_dash-layout", "/donor/../_dash-layout", "/assets/../_dash-layout", "/%2e%2e/_dash-layout",
    "/assets/%2e%2e/_dash-layout", "/assets/..%2f_dash-layout", "/assets/..;/_dash-layout", "/sign-in/..;/_dash-layout",
    "/_DASH-LAYOUT", "/_dash-layout/", "/_dash-layout%00", "/_dash-layout;x=1", "/_dash%2dlayout", "/%5fdash-layout",
    "/robots.txt/../_dash-layout", "/healthz/_dash-layout", "/_dash-layout?x#y", "/\\_dash-layout",
    "/sign-in//_dash-layout",
    "http://localhost/_dash-layout", "/donor/_dash-layout", "/_mcp", "/%ff%fe", "/" + "a/" * 900, "*",
)  # fmt: skip
SUITES = ("~/metrics", "os/path.py", "dash/nothing.js", "dash/../../app.py", "dash/deps/%2e%2e/app.py", "%ff/x", "a/b")


@pytest.mark.parametrize("file", SUITES)
def test_a_file_that_dash_does_not_have_is_not_there(
    viewer: Visitor, donor: Visitor, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    for visitor, prefix in ((viewer, "/"), (donor, "/donor/")):
        answer = visitor.get(f"{prefix}_dash-component-suites/{file}")
        assert answer.status in (401, 404), answer.status
        assert b"import" not in answer.body
    assert [record for record in caplog.records if record.exc_info] == []


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
