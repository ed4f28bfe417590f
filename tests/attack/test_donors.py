"""A donor's cookie, tried on everything that management has; and management's callbacks, tried on the donor's app."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fuzz_donors import DASHS, FILES, Donor, attack
from hand_made_release import PROGRAMME
from knocking import UPDATE, Answer, Visitor, served, unlimited

from attack.site import DATA, MANAGER, VIEWER, Site, assert_nothing, publish, routes
from attack.test_routes import ANYONE, TRICKS, VERBS
from connectors.settings import Settings
from donor_app import create_server
from layouts.places import PAGES


def callback_map(site: Site, prefix: str = "/") -> dict[str, Any]:
    """What the server itself calls: Dash keeps its app in the function that answers."""
    cells = site.server.view_functions[prefix + UPDATE].__closure__ or ()
    return {name: one for name, one in cells[0].cell_contents.callback_map.items() if "callback" in one}


def managements(site: Site) -> list[str]:
    """Every path that is not for anyone and not the donor's."""
    return sorted(path for path in routes(site.server) | set(PAGES) if path not in ANYONE and "/donor/" not in path)


def test_a_donor_gets_nothing_from_any_route_of_management(site: Site, donor: Visitor) -> None:
    assert {"/", "/repair.csv", "/releases", "/links", "/_dash-layout", "/brief.pdf"} < set(managements(site))
    for path in managements(site):
        for accept in ("*/*", "text/html"):
            answer = donor.get(path, Accept=accept, Host="dashboard.example")
            assert_nothing(answer)
            assert answer.status in (401, 303), path
    assert donor.get("/donor/").status == 200


def test_a_donor_calls_no_callback_of_management(site: Site, donor: Visitor, calls: list[dict[str, Any]]) -> None:
    assert {call["output"] for call in calls} == set(callback_map(site))  # each of them, as the server has them
    assert callback_map(site, "/donor/") == {}
    for call in calls:
        assert_nothing(donor.call(call))
        replayed = donor.call(call, "/donor/")
        assert replayed.status == 404, call["output"]
        assert replayed.body == b""


def test_a_manager_is_no_donor_and_his_callbacks_are_not_the_donors_apps(
    manager: Visitor, calls: list[dict[str, Any]]
) -> None:
    assert manager.get("/donor/").status == 403
    for call in calls:
        assert manager.call(call, "/donor/").status == 403


def test_both_cookies_together_open_no_more_than_each(site: Site, donor: Visitor, calls: list[dict[str, Any]]) -> None:
    both = site.signed_in(VIEWER)
    both.cookies["donor"] = donor.cookies["donor"]
    assert both.get("/donor/").status == 200
    assert {both.call(call, "/donor/").status for call in calls} == {404}
    assert both.get("/releases").status == both.get("/links").status == both.get("/connect").status == 403


BELOW = tuple(
    f"/donor/{between}{path}"
    for between in ("../", "%2e%2e/", "..;/", "..%2f", "/", "%5c..%5c", "./../", "release.csv/../../", "x;/../../")
    for path in ("_dash-layout", "repair.csv", "releases")
    # "/donor/_dash-layout" is the donor's own, and holds nothing.
)
OTHER = (
    "/donor/_dash-component-suites/..%2f..%2fapp.py", "/donor/_dash-component-suites/dash/%2e%2e/%2e%2e/app.py",
    "/donor/_dash-component-suites/os/path.py", "/donor/assets/..%2f..%2fprogramme.toml", "/donor/assets/../../app.py",
    "/donor;/releases", "/Donor/", "/donor%2f", "/donor%2f..%2freleases", "/donor/release.csv/../../repair.csv",
)  # fmt: skip


def own_answers(donor: Visitor) -> set[bytes]:
    """What a donor may have, whatever the detour."""
    return {donor.get(path).body for path in ("/donor/", *DASHS)} | {b""}


@pytest.mark.parametrize("path", [*TRICKS, *BELOW, *OTHER])
def test_no_detour_leads_a_donor_out_of_his_place(donor: Visitor, path: str) -> None:
    own = own_answers(donor)
    for verb in ("GET", "POST", "HEAD", "PUT", "OPTIONS"):
        answer = donor.ask(verb, path, Accept="*/*")
        assert answer.status < 501, (verb, answer.status)
        assert answer.body in own or not DATA.search(answer.body), (verb, answer.body[:200])


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_opens_more_to_a_donor(site: Site, donor: Visitor, verb: str) -> None:
    for path in managements(site):
        answer = donor.ask(verb, path, b"" if verb == "POST" else None, **donor.own(), Host="dashboard.example")
        assert 300 <= answer.status < 501, path  # the development server does not know every verb
        assert not DATA.search(answer.body), path
    for path in ("/donor/", *FILES, *DASHS, "/donor/_dash-update-component"):
        assert donor.ask(verb, path, b"" if verb == "POST" else None, **donor.own()).status < 501, path


Shut = Callable[[Site, int], object]


@pytest.mark.parametrize(
    "shut",
    [
        lambda site, number: site.donors.desk.revoke(number, "me"),
        lambda site, number: site.donors.desk.rotate(number, "me"),
    ],
    ids=["revoked", "rotated"],
)
def test_nothing_is_replayed_once_a_link_is_shut(site: Site, calls: list[dict[str, Any]], shut: Shut) -> None:
    number, token = site.donors.new()
    visitor = site.donor(token)
    thief = Visitor(site.address, dict(visitor.cookies))
    assert thief.get("/donor/release.csv").status == 200
    shut(site, number)
    for one in (visitor, thief):
        for path in ("/donor/", *FILES, *DASHS):
            answer = one.get(path)
            assert (answer.status, answer.body) == (401, b""), path
        assert_nothing(one.call(calls[0], "/donor/"))
    assert site.visitor().get(f"/d/{token}").status == 404


def test_a_link_ends_at_its_moment_and_takes_its_cookie_with_it(site: Site) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.6)
    _, token = site.donors.new(expires_at=soon)
    visitor = site.donor(token)
    while datetime.now(UTC) < soon:
        pass
    assert visitor.get("/donor/").status == visitor.get("/donor/release.pdf").status == 401
    assert site.visitor().get(f"/d/{token}").status == 404


def test_a_cookie_of_one_link_does_not_open_another(site: Site, donor: Visitor, manager: Visitor) -> None:
    """Cookies are not interchangeable with sessions either."""
    for planted in (manager.cookies["session"], donor.cookies["donor"][:-4], "1." + donor.cookies["donor"]):
        assert Visitor(site.address, {"donor": planted}).get("/donor/").status == 401
    assert_nothing(Visitor(site.address, {"session": donor.cookies["donor"]}).get("/_dash-layout"))


def test_a_link_with_a_password_opens_by_nothing_else(site: Site) -> None:
    number, token = site.donors.new(password="open sesame 1")
    stranger = site.visitor()
    assert stranger.get(f"/d/{token}").status == 200
    assert "donor" not in stranger.cookies
    for path in ("/donor/", *FILES):
        assert_nothing(stranger.get(path))
    evil = {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"}
    assert stranger.form(f"/d/{token}", {"password": "open sesame 1"}, **evil).status == 403
    assert stranger.form(f"/d/{token}", {"password": "x" * 5_000}).status == 413
    assert stranger.form(f"/d/{token}", {"password": "open sesame 1"}).status == 303
    assert stranger.get("/donor/").status == 200
    site.donors.desk.revoke(number, "me")
    assert stranger.get("/donor/").status == 401


def own(site: Site, visitor: Visitor) -> Donor:
    return Donor(visitor, site.donors.token(), site.donors.token(password="p" * 12))


def test_requests_spoiled_at_random_give_a_donor_nothing_but_what_is_his(
    site: Site, donor: Visitor, calls: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    """400 of the 10,000 that `make attack-doors` tries."""
    with caplog.at_level(logging.ERROR):
        found = attack(own(site, donor), calls, 400, seed=7)
    assert found[200] > 20  # some are sound
    assert found[401] > 50 and found[404] > 20
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Donor, str]]:
    """A donor of the process that serves the donor's view alone; its address."""
    settings = Settings("demo", Path("x"), tmp_path_factory.mktemp("apart"), b"x", None)
    donors = publish(settings)
    with unlimited():
        server = create_server({"DASHBOARD_STORE": settings.store_url, "DASHBOARD_DONOR_SECRET": "s" * 16})
    with served(server) as address:
        yield Donor(donors.entered(Visitor(address)), donors.token(), donors.token(password="p" * 12)), address
    donors.close()


def test_the_donors_own_process_has_nothing_of_managements(
    site: Site, apart: tuple[Donor, str], calls: list[dict[str, Any]], manager: Visitor
) -> None:
    donor, address = apart
    planted = Visitor(address, {**manager.cookies, **donor.visitor.cookies})
    for visitor in (Visitor(address), planted):
        for path in managements(site):
            answer = visitor.get(path)
            assert_nothing(answer)
        assert {visitor.call(call).status for call in calls} == {401}
    assert {planted.call(call, "/donor/").status for call in calls} == {404}
    assert planted.get("/donor/").status == 200
    # A cookie that the dashboard has signed is not this process's, and the other way round.
    assert Visitor(address, {"donor": site.donor().cookies["donor"]}).get("/donor/").status == 401
    assert Visitor(site.address, {"donor": donor.visitor.cookies["donor"]}).get("/donor/").status == 401


def test_requests_spoiled_at_random_break_the_donors_own_process_as_little(
    apart: tuple[Donor, str], calls: list[dict[str, Any]]
) -> None:
    assert attack(apart[0], calls, 200, seed=8)[200] > 10


def test_the_two_kinds_of_answer_are_told_apart(donor: Visitor, manager: Visitor) -> None:
    """Or the tests above would pass whatever was answered."""

    def marked(answer: Answer) -> bool:
        return bool(DATA.search(answer.body))

    assert marked(manager.get("/_dash-layout")) and marked(manager.get("/workbook.xlsx"))
    assert PROGRAMME.name["en"] in donor.get("/donor/").text
    assert MANAGER not in donor.get("/donor/").text
