"""Two programmes on two hosts: nothing of one at the other's, one sign-in for both, and a page that sums them."""

import json
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from two_programmes import NAMES, Visitor, environment, served

from callbacks.gate import need
from callbacks.hosts import Hosts, host_of
from callbacks.passes import SECONDS, Passes
from connectors.one_time import OneTime
from dashboard.keys import derived

BARE, CASA, FES = "localhost", "casa.localhost", "fes.localhost"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    made = served(environment(tmp_path_factory.mktemp("open")))
    yield made
    made.running.stop()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hosts, Path]]:
    """Both with Google accounts: one for all, one for casa alone."""
    folder = tmp_path_factory.mktemp("guarded")
    environ = environment(
        folder,
        DASHBOARD_SIGN_IN="google",
        DASHBOARD_SIGN_IN_CLIENT_ID="client",
        DASHBOARD_SIGN_IN_CLIENT_SECRET="client's secret",
        DASHBOARD_ADDRESS="http://localhost",
        DASHBOARD_PEOPLE="all@example.org=viewer",
        DASHBOARD_MANAGERS_CASA="casa@example.org",
    )
    made = served(environ)
    yield made, folder / "data"
    made.running.stop()


def session(name: str) -> dict[str, Any]:
    return {"who": name, "since": time.time(), "turn": 0, "number": f"session of {name}"}


def plain(page: str) -> str:
    """The words of a page, without marks that only order them."""
    words = unescape(re.sub(r"<[^>]+>", " ", page))
    return " ".join(re.sub("[\u2066-\u2069]", "", words).split())


def test_neither_shows_the_others_name_or_numbers(hosts: Hosts) -> None:
    visitor = Visitor(hosts)
    for host, name, other in ((CASA, "casa", "fes"), (FES, "fes", "casa")):
        page = visitor.get(host, "/?lang=fr").text
        layout = visitor.get(host, "/_dash-layout", Referer=f"http://{host}/?lang=fr").text
        said = plain(page) + json.dumps(json.loads(layout), ensure_ascii=False)
        finding = {"casa": "sur 4 se sont insérées", "fes": "sur 6 femmes"}
        for whose, seen in ((name, True), (other, False)):
            assert (NAMES[whose] in said) is seen
            assert (finding[whose] in said) is seen
        files = visitor.get(host, "/repair.csv?lang=fr").text
        assert other.upper() not in files


@pytest.mark.parametrize(
    "host", ["example.org", "rabat.localhost", "casa.localhost.example.org", "x.casa.localhost", "casa_localhost", ""]
)
def test_an_unknown_host_is_answered_without_a_word(hosts: Hosts, host: str) -> None:
    answer = Visitor(hosts).get(CASA, "/healthz", Host=host)
    assert (answer.status_code, answer.data) == (404, b"")


def test_the_port_and_the_case_of_a_host_do_not_matter(hosts: Hosts) -> None:
    assert host_of("Casa.LOCALHOST:8050") == CASA
    assert host_of("[::1]:8050") == "[::1]"
    for bad in ("casa.localhost:x", "casa.localhost/..", "casa.localhost,evil", "a b", "-casa.localhost"):
        assert host_of(bad) == "", bad
    assert Visitor(hosts).get(CASA, "/healthz", Host="Casa.localhost:1").status_code == 200


def test_a_proxys_word_for_the_host_is_worth_nothing_where_there_is_no_public_address(hosts: Hosts) -> None:
    told = Visitor(hosts).get(CASA, "/?lang=fr", **{"X-Forwarded-Host": FES}).text
    assert NAMES["fes"] not in unescape(told)


def test_the_portfolio_pools_by_hand(hosts: Hosts) -> None:
    words = plain(Visitor(hosts).get(BARE, "/?lang=en").text)
    assert "4 of 10 women were in work within 90 days" in words
    # Wilson for 4 of 10 with z = 1.959964: 16.8 % to 68.7 %. The mean of 75 % and 16.7 % would be 45.8 %.
    assert "Total of 2 programmes 10 of 270 planned 10 10 4 40% 95%: 17% to 69%" in words
    assert "Atlas de Casa From training to employment 4 of 135 planned ■ off track 4 4 3 75% 95%: 30% to 95%" in words


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_rows_lead_to_the_programmes_own_address_in_the_same_language(hosts: Hosts, lang: str) -> None:
    page = Visitor(hosts).get(BARE, f"/?lang={lang}").text
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page
    assert f'href="http://casa.localhost:8050/?lang={lang}"' in page
    assert "<script" not in page


def test_machines_are_told_of_all_programmes_at_the_bare_host_alone(hosts: Hosts) -> None:
    visitor = Visitor(hosts)
    told = visitor.get(BARE, "/readyz").get_json()
    assert told["status"] == "ready"
    assert {name: one["staleness"] for name, one in told["programmes"].items()} == {"casa": "fresh", "fes": "fresh"}
    numbers = visitor.get(BARE, "/metrics").text
    assert 'dashboard_roster_version{programme="casa"} 1.0' in numbers
    assert 'dashboard_pulls_total{outcome="recorded",programme="fes"} 1.0' in numbers
    assert visitor.get(CASA, "/metrics").status_code == 404
    assert visitor.get(CASA, "/readyz").get_json()["roster_version"] == 1


def test_a_link_of_one_programme_opens_nothing_at_the_other(hosts: Hosts) -> None:
    visitor = Visitor(hosts)
    form = {"action": "new", "label": "Fondation", "language": "fr", "shows": "", "until": "", "password": ""}
    made = visitor.post(CASA, "/links?lang=fr", **form)
    found = re.search(r"/d/[A-Za-z0-9_-]{43}", made.text)
    assert found is not None
    donor = Visitor(hosts)
    elsewhere = donor.get(FES, found.group())
    assert elsewhere.status_code in (404, 410)
    assert donor.cookie(FES, "donor", "/donor/") is None
    here = donor.get(CASA, found.group(), **{"User-Agent": "Mozilla/5.0"})
    assert here.status_code == 303
    cookie = donor.cookie(CASA, "donor", "/donor/")
    assert cookie is not None
    donor.client.set_cookie("donor", cookie, domain=FES, path="/donor/")  # carried over by hand
    assert donor.get(FES, "/donor/").status_code in (401, 403)


def test_who_manages_one_programme_is_not_told_of_the_others_by_machines_doors(guarded: tuple[Hosts, Path]) -> None:
    one = Visitor(guarded[0])
    one.sit(BARE, session("casa@example.org"))
    for path in ("/metrics", "/readyz"):
        answer = one.get(BARE, path, **{"X-Forwarded-For": "192.0.2.7"})  # from another computer
        assert (answer.status_code, "fes" in answer.text) == (303, False)


@pytest.mark.parametrize(
    "written", ["{folder}/fes.csv", "file://{folder}/fes.csv", "{folder}/data/../fes.csv", '"{folder}/fes.csv"']
)
def test_who_manages_one_programme_cannot_connect_anothers_sheet(guarded: tuple[Hosts, Path], written: str) -> None:
    hosts, data = guarded
    one, source = Visitor(hosts), written.format(folder=data.parent)
    one.sit(CASA, session("casa@example.org"))
    for step in ("look", "preview", "write"):
        page = one.post(CASA, "/connect?lang=en", step=step, source=source, worksheet="fes").text
        assert "This is the source of another programme" in page
        assert "الفوج" not in page
    own = one.post(CASA, "/connect?lang=en", step="look", source=str(data.parent / "casa.csv")).text
    assert "الفوج" in own


def test_who_may_see_all_sees_the_sum_and_who_may_see_one_is_led_there(guarded: tuple[Hosts, Path]) -> None:
    everyone, one = Visitor(guarded[0]), Visitor(guarded[0])
    everyone.sit(BARE, session("all@example.org"))
    one.sit(BARE, session("casa@example.org"))
    assert "4 of 10 women" in plain(everyone.get(BARE, "/?lang=en").text)
    told = one.get(BARE, "/?lang=en").text
    assert NAMES["casa"] in unescape(told)
    assert NAMES["fes"] not in unescape(told)
    assert "of 10" not in plain(told)
    assert Visitor(guarded[0]).get(BARE, "/").status_code == 303


def test_a_session_is_worth_at_another_host_what_its_owner_may_there(guarded: tuple[Hosts, Path]) -> None:
    visitor = Visitor(guarded[0])
    visitor.sit(CASA, session("casa@example.org"))
    assert visitor.get(CASA, "/?lang=en").status_code == 200
    cookie = visitor.cookie(CASA)
    assert visitor.get(FES, "/?lang=en").status_code == 303  # a browser does not send it there
    assert cookie is not None
    visitor.client.set_cookie("session", cookie, domain=FES)
    assert visitor.get(FES, "/?lang=en").status_code == 303  # and by hand it opens nothing


def through(visitor: Visitor, host: str) -> Any:
    """From a programme's door by way of the bare host, as browsers go."""
    door = visitor.get(host, "/sign-in?to=/review&lang=en")
    on = door.headers["Refresh"].removeprefix("0; url=")
    assert on.startswith(f"http://{BARE}/go/")
    between = visitor.get(BARE, on.removeprefix(f"http://{BARE}"))
    if "Refresh" not in between.headers:
        return between
    back = between.headers["Refresh"].removeprefix("0; url=")
    assert back.startswith(f"http://{host}/sign-in/over?")
    return visitor.get(host, back.removeprefix(f"http://{host}"))


def test_whoever_has_signed_in_once_is_let_in_everywhere_until_she_signs_out_anywhere(
    guarded: tuple[Hosts, Path],
) -> None:
    visitor = Visitor(guarded[0])
    visitor.sit(BARE, session("all@example.org") | {"number": "to be ended"})
    for host in (CASA, FES):
        arrived = through(visitor, host)
        assert (arrived.status_code, arrived.headers["Location"]) == (303, "/review")
        assert visitor.get(host, "/?lang=en").status_code == 200
    assert visitor.post(CASA, "/sign-out").status_code == 303
    assert visitor.get(FES, "/?lang=en").status_code == 303
    assert visitor.get(BARE, "/?lang=en").status_code == 303


def test_nobody_is_let_in_who_is_not_on_the_list_or_comes_with_anothers_pass(guarded: tuple[Hosts, Path]) -> None:
    one = Visitor(guarded[0])
    one.sit(BARE, session("casa@example.org"))
    refused = through(one, FES)
    assert "Refresh" not in refused.headers
    assert one.get(FES, "/?lang=en").status_code == 303

    taken = Visitor(guarded[0])
    taken.sit(BARE, session("all@example.org"))
    on = taken.get(CASA, "/sign-in?to=/&lang=en").headers["Refresh"].removeprefix(f"0; url=http://{BARE}")
    back = taken.get(BARE, on).headers["Refresh"].removeprefix(f"0; url=http://{CASA}")
    thief = Visitor(guarded[0])
    thief.get(CASA, "/sign-in?to=/&lang=en")
    assert thief.get(CASA, back).status_code == 403  # another browser
    assert taken.get(FES, back).status_code == 403  # another programme
    assert taken.get(CASA, back).status_code == 303
    assert taken.get(CASA, back).status_code == 403  # once


def test_a_pass_is_good_for_a_minute(guarded: tuple[Hosts, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    late = Visitor(guarded[0])
    late.sit(BARE, session("all@example.org"))
    on = late.get(CASA, "/sign-in?to=/&lang=en").headers["Refresh"].removeprefix(f"0; url=http://{BARE}")
    back = late.get(BARE, on).headers["Refresh"].removeprefix(f"0; url=http://{CASA}")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + SECONDS + 2)
    assert late.get(CASA, back).status_code == 403


def test_a_pass_is_signed_with_a_key_of_its_own() -> None:
    assert derived(b"s" * 32, b"passes") != derived(b"s" * 32, b"sessions")
    assert Passes("casa", "http://localhost", "http://casa.localhost", b"k" * 32).made({}, "way", "en").startswith(
        "http://casa.localhost/sign-in/over?pass="
    )  # fmt: skip


def test_the_printed_address_signs_in_at_the_bare_host_for_all(tmp_path: Path) -> None:
    hosts = served(environment(tmp_path, DASHBOARD_SIGN_IN="one_time"))
    try:
        visitor, token = Visitor(hosts), OneTime(tmp_path / "data").make()
        assert visitor.post(BARE, "/sign-in", token=token).status_code == 303
        assert "4 of 10 women" in plain(visitor.get(BARE, "/?lang=en").text)
        address = visitor.get(CASA, "/sign-in?to=/&lang=en").headers["Refresh"]
        assert address.startswith("0; url=http://localhost:8050/go/casa?")
    finally:
        hosts.running.stop()


def test_every_route_of_the_bare_host_has_an_entry_in_the_gate(hosts: Hosts) -> None:
    server: Any = hosts.servers[BARE]
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    assert {"/", "/go/<programme>", "/metrics", "/sign-in/over"} <= rules
    assert {rule for rule in rules if need(re.sub(r"<[^>]+>", "x", rule)) is None} == set()
