"""Bodies, forms and payloads that no page of ours sends break nothing; and what every answer says."""

import logging
from urllib.parse import quote

import pytest
from fuzz_callbacks import attack
from knocking import Visitor

from attack.site import DATA, Site
from connectors.settings import SOURCE_FILE


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


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 30, "9" * 10, "-1", "²"])
def test_numbers_that_nothing_has_break_nothing(manager: Visitor, number: str) -> None:
    for action in ("rotate", "revoke"):
        assert manager.form("/links", {"action": action, "link": number}).status < 500
    assert manager.form("/links", {"action": "new", "label": "B.", "language": "en", "shows": number}).status < 500
    for path in ("/releases/preview?number=", "/review.pdf?review="):
        assert manager.get(path + quote(number)).status < 500


def test_a_sheet_is_not_connected_from_another_sites_page_nor_by_too_much(site: Site, manager: Visitor) -> None:
    for step in ("look", "preview", "write", "key"):
        form = {"step": step, "source": "https://docs.google.com/spreadsheets/d/x"}
        for evil in (
            {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
            {"Origin": "null"},
            {"Sec_Fetch_Site": "same-site"},
        ):
            answer = manager.form("/connect", form, **evil)
            assert (answer.status, DATA.search(answer.body)) == (403, None)
        assert manager.form("/connect", form | {"worksheet": "w" * 1_000_001}).status == 413
        unsaid = {"Content_Type": "application/x-www-form-urlencoded", "Content_Length": "99999999999"}
        assert manager.ask("POST", "/connect", b"step=look", **manager.own() | unsaid).status == 413
    assert not (site.data / SOURCE_FILE).exists()


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
