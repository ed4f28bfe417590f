"""The letter: the page's numbers by hand, the brief attached, headers that machines heed, and nobody's code in it."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from mail_server import MailServer, mail_server
from page_results import LANGS, shown
from paper_files import brief, words
from test_paper_brief import FEED, SAID

from app import create_server
from callbacks.mail import Letters, NothingToSendError
from connectors.choose import source_key
from connectors.mail_settings import mail_settings
from connectors.pseudonyms import Pseudonyms
from connectors.settings import Settings, settings_from_environment
from connectors.store import open_store
from dashboard.programme import Lang, load_programme
from layouts.shown import Shown

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CODES = [f"P-{number:03}" for number in range(14, 54)]
HEADER = "الرمز;تاريخ بداية التكوين;تاريخ نهاية التكوين;تاريخ الإدماج;Observations"


class Service:
    """Says what it is told to; the numbers of tests/page_results.py, which are by hand."""

    def __init__(self, lang: Lang = "en", **changed: Any) -> None:
        self.shown: Shown = shown(lang, **changed)
        self.programme = self.shown.programme
        self.asked: list[str] = []

    def show(self, search: str, wait: float) -> Shown:
        self.asked.append(search)
        return self.shown

    def read_again(self, wait: float) -> None:
        self.asked.append("again")


def written(service: Service, lang: Lang | None = "en", dashboard: str | None = None) -> EmailMessage:
    known: Any = service
    return Letters(known, "eclat@example.org", lang, dashboard).write("nadia@example.org", AT)


def body(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def attached(letter: EmailMessage) -> bytes:
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    return part.get_content()  # type: ignore[no-any-return]


def test_the_page_that_is_attached_says_the_numbers_of_the_page() -> None:
    service = Service(feed=FEED)
    letter = written(service)
    found = words(attached(letter))
    assert [said for said in SAID if said not in found] == []
    assert attached(letter) == brief(service.shown)


def test_the_letter_begins_with_the_finding_and_says_what_it_rests_on() -> None:
    lines = body(written(Service(feed=FEED))).split("\n\n")
    assert lines[0] == "40 of 45 women were in work within 90 days"
    assert "between 77% and 95%" in lines[1] and "12 more are still in their 90 days" in lines[2]
    assert lines[3] == "As of 23 November 2026 · Data version 0A1B2C3D · Definitions, version 2026.11"
    assert len(lines) == 6  # the attachment, and whom it is for; no way to a dashboard without an address


@pytest.mark.parametrize("lang", LANGS)
def test_both_forms_say_the_same_in_the_direction_of_the_language(lang: Lang) -> None:
    letter = written(Service(lang, feed=FEED), lang)
    html = body(letter, "html")
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in html
    assert html.count("<p>") == len(body(letter).split("\n\n")) == 6
    assert "40" in body(letter) and "45" in body(letter) and "0A1B2C3D" in html
    assert not set(body(letter)) & set("\u2066\u2067\u2068\u2069")
    assert "http" not in html  # nothing is loaded from anywhere
    assert letter["Content-Language"] == lang


def test_headers_that_machines_heed() -> None:
    letter = written(Service())
    assert (letter["To"], letter["Bcc"], letter["Auto-Submitted"]) == ("nadia@example.org", None, "auto-generated")
    assert letter["From"].addresses[0].addr_spec == "eclat@example.org"
    assert letter["Date"].datetime == AT
    assert letter["Message-ID"].endswith("@example.org>")
    assert written(Service())["Message-ID"] == letter["Message-ID"]
    raw = letter.as_bytes()
    assert raw.isascii() and max(map(len, raw.splitlines())) <= 998  # RFC 5322, 2.1.1


def test_it_is_in_the_programmes_language_unless_said() -> None:
    service = Service()
    written(service, None)
    written(service, "fr")
    assert ["lang=fr" in search for search in service.asked] == [service.programme.default_language == "fr", True]


def test_a_dashboard_with_an_address_is_one_click_away() -> None:
    lines = body(written(Service(), "en", "https://eclat.example.org")).split("\n\n")
    assert lines[-2].startswith("The dashboard: https://eclat.example.org/?lang=en")


def test_old_numbers_are_read_anew_and_else_said_to_be_old() -> None:
    service = Service(feed=replace(FEED, staleness="red", age=7200.0))
    said = body(written(service))
    assert service.asked[1] == "again"
    assert "could not be read again (read 2 hours ago)" in said


def test_nothing_to_count_is_no_letter() -> None:
    with pytest.raises(NothingToSendError):
        written(Service(overview=None))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A sheet of forty women whose codes, names and notes are in no letter."""
    rows = [
        f"{code};05/01/2026;{1 + n % 28:02}/06/2026;{'' if n % 3 else '20/07/2026'};SECRET-{n}"
        for n, code in enumerate(CODES)
    ]
    (tmp_path / "roster.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    data = {"DASHBOARD_DATA": str(tmp_path / "data"), "DASHBOARD_SECRET": "s" * 32}
    return settings_from_environment(data | {"DASHBOARD_SOURCE": str(tmp_path / "roster.csv")})


def mailing(settings: Settings, server: MailServer) -> Settings:
    environ = {
        "DASHBOARD_SMTP": f"smtp://eclat:s3cret@127.0.0.1:{server.port}",
        "DASHBOARD_MAIL_FROM": "eclat@example.org",
        "DASHBOARD_MAIL_TO": "nadia@example.org, samira@example.org",
        "DASHBOARD_MAIL_AT": "mon 07:30",
        "DASHBOARD_MAIL_LANG": "fr",
    }
    return replace(settings, mail=mail_settings(environ))


def run(settings: Settings, *arguments: str) -> Result:
    made = create_server(settings, today=lambda: TODAY)
    try:
        return made.test_cli_runner().invoke(args=["mail", *arguments], env={"LANG": "en"})
    finally:
        made.extensions["dashboard"].stop()


def test_sent_by_hand_it_arrives_without_a_code_of_anybody(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(account=("eclat", "s3cret")) as server:
        given = mailing(settings, server)
        done = run(given, "--now")
        (first, second) = server.letters
    assert (done.exit_code, first.recipient, second.recipient) == (0, "nadia@example.org", "samira@example.org")
    assert "took the brief for nadia@example.org: 250 2.0.0 queued as 1" in done.output
    letter = first.message
    page = words(attached(letter))
    assert "sur 40" in body(letter) and "Page 1 sur 1" in page  # of 40 women whose windows have closed
    programme = load_programme(given.programme)
    pseudonyms = Pseudonyms(given.secret, programme)
    marks = [*CODES, "SECRET", *(str(pseudonyms.of(code))[:6] for code in CODES)]
    everything = "\n".join((body(letter), body(letter, "html"), page, str(letter.items()), caplog.text))
    assert [mark for mark in marks if mark in everything] == []
    assert "s3cret" not in caplog.text + done.output
    store = open_store(given.store_url)
    assert [note.action for note in store.audits(9)].count("mail") == 2
    assert store.feed(programme.id, source_key(given.source)).head().version is not None
    store.close()


def test_a_refusal_is_one_sentence_and_the_others_get_theirs(settings: Settings) -> None:
    with mail_server(account=("eclat", "s3cret"), answers={"nadia@example.org": "550 5.1.1 unknown"}) as server:
        given = mailing(settings, server)
        done = run(given, "--now")
        assert [letter.recipient for letter in server.letters] == ["samira@example.org"]
        server.manners.account = ("eclat", "other")
        shut = run(given, "--now", "--to", "try@example.org")
    assert done.exit_code == 1
    assert "nadia@example.org: The mail server 127.0.0.1:" in done.output and "(550 5.1.1 unknown)" in done.output
    assert shut.exit_code == 1 and "refused name and password (535" in shut.output
    assert len(shut.output.splitlines()) == 1 and "s3cret" not in shut.output


def test_without_now_it_says_what_would_be_done(settings: Settings) -> None:
    with mail_server() as server:
        told = run(mailing(settings, server))
        assert server.letters == []
    assert told.exit_code == 0
    assert "at 07:30. To 2 addresses, through 127.0.0.1:" in told.output and "None has been sent yet." in told.output


@pytest.mark.parametrize(
    "wrong",
    [
        ["--to", "a@example.org"],
        ["--now", "--to", "a"],
        ["--now", "--to", "a@"],
        ["--now", "--to", "a..b@example.org"],
        ["--now", "--to", "A <a@b.org>"],
        ["--now", "--to", "a@b.c\nBcc: d@e.f"],
    ],
)
def test_what_is_no_address_is_refused(settings: Settings, wrong: list[str]) -> None:
    with mail_server() as server:
        assert run(mailing(settings, server), *wrong).exit_code == 2
        assert server.letters == []


def test_off_is_said(settings: Settings) -> None:
    done = run(settings, "--now")
    assert done.exit_code == 2 and "DASHBOARD_MAIL_AT are not set" in done.output


def test_machines_are_told_of_a_letter_that_did_not_go(settings: Settings) -> None:
    with mail_server() as server:
        given = mailing(settings, server)
        made = create_server(given, today=lambda: TODAY)
        client = made.test_client()
        assert client.get("/readyz").get_json()["mail_error"] is None
        store = open_store(given.store_url)
        book = store.mailings(load_programme(given.programme).id)
        book.take(AT, "nadia@example.org", AT)
        book.settle(AT, "nadia@example.org", "failed", at=AT, by="dashboard", code="mail_refused")
        store.close()
        answer = client.get("/readyz").get_json()
        made.extensions["dashboard"].stop()
    assert answer["mail_error"] == "mail_refused"
    assert "not sent: 1\nCause: mail_refused" in run(given).output
    assert "mail_error" not in create_server(settings, today=lambda: TODAY).test_client().get("/readyz").get_json()
