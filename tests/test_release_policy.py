"""`publish` in `[disclosure]`: when a release may be published, said and kept to by the page and in a terminal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask, g
from hand_made_release import PROGRAMME, hand_made, stored

from app import create_server
from callbacks import release_command, releases_page
from callbacks.releasing import Desk, Publisher
from callbacks.roles import Person
from connectors.demo import DemoSource
from connectors.settings import ROOT, Settings
from connectors.store import StoreError, open_store
from dashboard.disclosure_rules import Policy
from dashboard.model import LANGUAGES
from dashboard.programme import Programme
from dashboard.publishing import StoredRelease
from dashboard.reading import read
from dashboard.signed_review import Basis, SignedReview
from dashboard.text import Text
from layouts.releases_page import due_words

TODAY = date(2026, 11, 23)  # a Monday
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def ruled(policy: Policy) -> Programme:
    rules = PROGRAMME.disclosure.model_copy(update={"publish": policy})
    return PROGRAMME.model_copy(update={"disclosure": rules})


class Shelf:
    """Releases in memory."""

    def __init__(self, *made: StoredRelease) -> None:
        self.made = list(made)

    def all(self) -> list[StoredRelease]:
        return self.made

    def by_code(self, code: str) -> StoredRelease | None:
        return None

    def publish(self, made: StoredRelease) -> None:
        self.made.append(made)


@pytest.mark.parametrize(
    ("policy", "moment", "signed", "due", "allows"),
    [
        ("by_hand", "2026-11-23T09:01", None, None, True),
        ("monthly", "2026-11-30T23:59", None, "2026-12-01", False),
        ("monthly", "2026-12-01T00:00", None, "2026-12-01", True),
        ("quarterly", "2026-12-31T12:00", None, "2027-01-01", False),
        ("quarterly", "2027-01-01T08:00", None, "2027-01-01", True),
        ("on_sign_off", "2026-12-31T12:00", None, None, False),
        ("on_sign_off", "2026-12-31T12:00", "2026-11-23T08:59", None, False),  # that one has had its release
        ("on_sign_off", "2026-11-23T09:30", "2026-11-23T09:20", "2026-11-23", True),  # the same day, but after it
        ("on_sign_off", "2026-12-31T12:00", "2026-11-30T10:00", "2026-11-30", True),
    ],
)
def test_when_a_release_may_follow_the_one_of_monday_at_nine(
    policy: Policy, moment: str, signed: str | None, due: str | None, allows: bool
) -> None:
    shelf = Shelf(replace(stored(hand_made(1)), published_at=at("2026-11-23T09:00")))
    signature = at(signed) if signed else None
    found = Publisher(
        Desk(lambda: None, lambda: ruled(policy), lambda: shelf, lambda: at(moment), lambda: signature), b"k"
    ).due()
    assert (found.last, found.on.isoformat() if found.on else None) == (TODAY, due)
    assert (found.allows, found.is_due) == (allows, allows and policy != "by_hand")
    for lang in LANGUAGES:
        said, (_, _, when) = Text(lang), due_words(found, Text(lang))
        if policy == "on_sign_off" and due is None:
            assert when == said("release.not_signed")
        elif due is not None and policy != "on_sign_off" and allows:
            assert when == said("release.is_due")
        elif due is not None:
            assert said.date(date.fromisoformat(due)) in when


@pytest.mark.parametrize(
    ("policy", "allows"), [("by_hand", True), ("monthly", True), ("quarterly", True), ("on_sign_off", False)]
)
def test_only_a_signature_is_waited_for_with_the_first(policy: Policy, allows: bool) -> None:
    desk = Desk(lambda: None, lambda: ruled(policy), Shelf, lambda: at("2026-11-23T09:00"))
    assert Publisher(desk, b"k").due().allows is allows


def test_the_page_and_the_terminal_wait_for_a_signature(tmp_path: Path) -> None:
    roster = read(DemoSource(PROGRAMME, b"s" * 32, lambda: TODAY).fetch(), PROGRAMME, TODAY)
    store, signed = open_store(f"sqlite:///{tmp_path / 'history.sqlite3'}"), [None, at("2026-11-23T08:00")]
    shelf, said = store.releases(PROGRAMME.id), Text("en")
    desk = Desk(
        lambda: roster, lambda: ruled("on_sign_off"), lambda: shelf, lambda: at("2026-11-23T09:00"), lambda: signed[0]
    )
    publisher, server = Publisher(desk, b"k" * 32), Flask("pages", static_folder=None)
    releases_page.register(server, publisher, str, (StoreError,))
    release_command.register(server, lambda _: publisher, "en", (StoreError,))

    @server.before_request
    def known() -> None:
        g.person = Person("m@example.org", "manager")

    client, runner, draft = server.test_client(), server.test_cli_runner(), publisher.draft()
    form = {"mark": draft.mark, "as_of": draft.as_of.isoformat()}
    shown = client.get("/releases?lang=en").text
    assert said("release.not_signed") in shown and said("release.preview") in shown
    assert said("release.publish", number="1") not in shown
    refused = client.post("/releases?lang=en", data=form, headers=OWN)
    assert refused.status_code == 409 and said("release.refused.release_not_due") in refused.text
    assert said("release.not_signed") in runner.invoke(args=["release", "preview"]).output
    typed = runner.invoke(args=["release", "publish", "--yes"])
    assert typed.exit_code == 1 and said("release.refused.release_not_due") in typed.output
    assert shelf.count() == 0
    signed.pop(0)
    assert said("release.publish", number="1") in client.get("/releases?lang=en").text
    assert client.post("/releases?lang=en", data=form, headers=OWN).status_code == 303
    assert shelf.count() == 1
    store.close()


def test_the_dashboard_asks_its_own_book_of_reviews(tmp_path: Path) -> None:
    """The whole server, and a review that was signed in its store."""
    file = tmp_path / "programme.toml"
    file.write_text(
        (ROOT / "programme.toml").read_text("utf-8").replace('publish = "by_hand"', 'publish = "on_sign_off"')
    )
    settings, said = Settings("demo", file, tmp_path / "data", b"only for this test", None), Text("en")
    server = create_server(settings, lambda: TODAY)
    client, runner = server.test_client(), server.test_cli_runner()
    assert said("release.not_signed") in client.get("/releases?lang=en").text
    store = open_store(settings.store_url)
    book = store.reviews(PROGRAMME.id, "demo")
    moment = datetime.now(UTC)
    basis = Basis(TODAY, 1, "c" * 64, PROGRAMME.id, "p" * 64, "1.0", {}, TODAY, 1)
    signed = SignedReview(str(book.book().open_number), moment, "p-014", basis, {"report": {}, "review": None}, (), ())
    book.sign(signed, counted=book.counted(), at=moment)
    store.close()
    day = said.date(moment.astimezone().date())
    assert said("release.signed", date=day) in client.get("/releases?lang=en").text
    assert Text("fr")("release.signed", date=Text("fr").date(moment.astimezone().date())) in " ".join(
        client.get("/releases?lang=fr").text.split()
    )
    listed = runner.invoke(args=["release", "preview"], env={"LANG": "en"}).output
    assert any(
        Text(lang)("release.signed", date=Text(lang).date(moment.astimezone().date())) in listed for lang in LANGUAGES
    )
    server.extensions["dashboard"].stop()
