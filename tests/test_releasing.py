"""Publishing from the demo roster: previewed, published as previewed, verified later, refused in words."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hand_made_release import PROGRAMME

from callbacks import link_command, links_page, release_command, releases_page
from callbacks.donor import MAKERS
from callbacks.links_page import LinksDesk
from callbacks.releases_page import shown
from callbacks.releasing import NO_NOTE, Desk, Publisher
from callbacks.roles import Person
from callbacks.tokens import token_hash
from connectors.demo import DemoSource
from connectors.store import Store, StoreError, open_store
from dashboard.publishing import StoredRelease
from dashboard.reading import read
from dashboard.roster import Roster
from dashboard.text import Text
from layouts.donor.shown import DonorView

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
MANAGER, VIEWER = Person("m@example.org", "manager"), Person("v@example.org", "viewer")


@pytest.fixture(scope="module")
def roster() -> Roster:
    return read(DemoSource(PROGRAMME, b"s" * 32, lambda: TODAY).fetch(), PROGRAMME, TODAY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'data' / 'history.sqlite3'}")
    yield made
    made.close()


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def publisher(store: Store, roster: Roster, now: list[datetime]) -> Publisher:
    desk = Desk(lambda: roster, lambda: PROGRAMME, lambda: store.releases(PROGRAMME.id), lambda: now[0])
    return Publisher(desk, b"k" * 32)


def publish(publisher: Publisher) -> StoredRelease:
    draft = publisher.draft()
    made = publisher.publish(draft.mark, draft.as_of, {**NO_NOTE, "fr": "Bonjour"}, "m@example.org")
    assert isinstance(made, StoredRelease)
    return made


def codes(draft: object) -> list[str]:
    return [reason.code for reason in getattr(draft, "reasons", ())]


def test_what_was_previewed_is_published_and_verified_by_its_code(publisher: Publisher) -> None:
    draft = publisher.draft()
    assert draft.release is not None and draft.new == draft.release.news > 100
    made = publish(publisher)
    assert (made.number, made.by, made.published_at) == (1, "m@example.org", NOW)
    assert made.release() == draft.release.model_copy(update={"note": {**NO_NOTE, "fr": "Bonjour"}})
    for typed in (made.code, made.code.lower().replace("-", " "), f" {made.code.replace('0', 'o').replace('1', 'l')} "):
        assert publisher.by_code(typed) == (made, True)
    assert publisher.by_code("0000-0000") is None and publisher.by_code("") is None


def test_nothing_is_published_twice_unseen_or_without_a_roster(publisher: Publisher, store: Store) -> None:
    draft = publisher.draft()
    assert codes(publisher.publish("another mark", TODAY, NO_NOTE, "m")) == ["release_changed"]
    assert codes(publisher.publish(draft.mark, TODAY - timedelta(days=40), NO_NOTE, "m")) == ["release_changed"]
    publish(publisher)
    assert codes(publisher.draft()) == ["release_nothing_new"]
    assert codes(publisher.draft(TODAY - timedelta(days=1))) == ["release_goes_back"]
    empty = Publisher(Desk(lambda: None, lambda: PROGRAMME, lambda: store.releases("x"), lambda: NOW), b"k")
    assert codes(empty.draft()) == ["release_no_roster"]


def test_a_document_that_was_changed_does_not_fit_its_code(publisher: Publisher, store: Store) -> None:
    made = publish(publisher)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE release SET document = replace(document, ':135', ':136')")
    found = publisher.by_code(made.code)
    assert found is not None and found[1] is False


class Pages:
    """Both pages for whoever is set."""

    def __init__(self, publisher: Publisher, store: Store, now: list[datetime]) -> None:
        self.who: Person | None = MANAGER
        server = Flask("pages", static_folder=None)
        desk = LinksDesk(lambda: store.links(PROGRAMME.id), lambda: now[0])
        releases_page.register(server, publisher, str, (StoreError,))
        links_page.register(server, desk, lambda: PROGRAMME, "https://d.example.org", str, (StoreError,))
        release_command.register(server, lambda _: publisher, "en", (StoreError,))
        link_command.register(server, desk, PROGRAMME, "http://127.0.0.1:8050", "en", (StoreError,))

        @server.before_request
        def known() -> None:
            g.person = self.who

        self.server = server
        self.client: FlaskClient = server.test_client()


@pytest.fixture
def pages(publisher: Publisher, store: Store, now: list[datetime]) -> Pages:
    return Pages(publisher, store, now)


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found.group(1)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_page_publishes_what_its_form_carries(pages: Pages, store: Store, lang: str) -> None:
    first = pages.client.get(f"/releases?lang={lang}").text
    box, preview = re.search(r'<input type="checkbox"[^>]*>', first), re.search(r"<button[^>]*/preview[^>]*>", first)
    assert box is not None and "required" in box[0]  # there is no way back
    assert preview is not None and "formnovalidate" in preview[0].lower()
    form = {"mark": value(first, "mark"), "as_of": value(first, "as_of"), "note_fr": "Un <mot>."}
    seen = pages.client.post(f"/releases/preview?lang={lang}", data=form, headers=OWN).text
    assert Text("fr" if lang == "fr" else lang)("donor.preview") in seen and "Un &lt;mot&gt;." in seen  # type: ignore[arg-type]
    assert "release.pdf" not in seen and store.releases(PROGRAMME.id).count() == 0
    answer = pages.client.post(f"/releases?lang={lang}", data=form, headers=OWN)
    assert answer.headers["Location"] == f"/releases?lang={lang}&published=1"
    made = store.releases(PROGRAMME.id).get()
    assert made is not None and made.by == MANAGER.name and made.release().note["fr"] == "Un <mot>."
    after = pages.client.get(answer.headers["Location"]).text
    assert made.code in after and "/releases/preview?number=1" in after
    assert "Un &lt;mot&gt;." in pages.client.get("/releases/preview?number=1&lang=fr").text
    again = pages.client.post("/releases?lang=en", data=form, headers=OWN)
    assert again.status_code == 409 and Text("en")("release.refused.release_nothing_new") in again.text
    assert (
        Text("en")("release.code_unknown", code="\u2068<b>\u2069").replace("<b>", "&lt;b&gt;")
        in pages.client.get("/releases?verify=<b>&lang=en").text
    )
    assert "notice" in pages.client.get(f"/releases?verify={made.code}&lang=en").text


@pytest.mark.parametrize("path", ["/releases", "/releases/preview", "/links"])
def test_only_managers_on_our_own_page(pages: Pages, store: Store, path: str) -> None:
    assert pages.client.post(path, data={"action": "new", "label": "x"}).status_code == 403
    for who in (VIEWER, None):
        pages.who = who
        assert pages.client.get(path).status_code == 403
        assert pages.client.post(path, data={"action": "new", "label": "x"}, headers=OWN).status_code == 403
    assert store.links(PROGRAMME.id).all() == []


def test_an_address_is_shown_once(pages: Pages, store: Store) -> None:
    form = {
        "action": "new",
        "label": " Fondation  <b> ",
        "language": "fr",
        "until": "2026-11-30",
        "password": "open sesame",
    }
    made = pages.client.post("/links?lang=en", data=form, headers=OWN).text
    token = re.search(r"https://d\.example\.org/d/([\w-]{43})", made)
    assert token is not None
    link = store.links(PROGRAMME.id).by_token(token_hash(token.group(1)))
    assert link is not None and (link.label, link.created_by) == ("Fondation <b>", MANAGER.name)
    assert link.expires_at == datetime(2026, 12, 1, tzinfo=UTC) and "open sesame" not in str(link.password_hash)
    later = pages.client.get("/links?lang=en").text
    assert token.group(1) not in later and "Fondation &lt;b&gt;" in later
    assert "30 November 2026" in later and "1 December" not in later  # the last day, not the midnight after it
    other = pages.client.post("/links", data={"action": "rotate", "link": "1"}, headers=OWN).text
    assert token.group(1) not in other and "/d/" in other
    pages.client.post("/links", data={"action": "revoke", "link": "1"}, headers=OWN)
    assert store.links(PROGRAMME.id).all()[0].revoked_at == NOW
    assert pages.client.post("/links?lang=en", data={"action": "revoke", "link": "1"}, headers=OWN).status_code == 409


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"label": " "}, "link.label_missing"),
        ({"label": "x" * 121}, "link.label_missing"),
        ({"label": "x", "password": "short"}, "link.password_short"),
        ({"label": "x", "until": "soon"}, "link.until_unreadable"),
        ({"label": "x", "until": "2026-11-22"}, "link.until_past"),
    ],
)
def test_what_makes_no_link_is_said(pages: Pages, store: Store, given: dict[str, str], key: str) -> None:
    answer = pages.client.post("/links?lang=en", data={"action": "new", **given}, headers=OWN)
    assert answer.status_code == 400 and Text("en")(key) in answer.text
    assert store.links(PROGRAMME.id).all() == []


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(pages: Pages) -> Run:
    def invoke(*words: str) -> tuple[int, str]:
        result = pages.server.test_cli_runner().invoke(args=words)
        return result.exit_code, result.output

    return invoke


def test_a_terminal_publishes_and_verifies(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    assert "Nothing has been published" in run("release", "list")[1]
    status, said = run("release", "preview", str(tmp_path / "next.html"), "--lang", "fr")
    assert status == 0 and "Next: release 1" in said and "Aperçu" in (tmp_path / "next.html").read_text("utf-8")
    assert run("release", "publish", "--note-en", "Hello", "--yes")[0] == 0
    made = publisher.published()[0]
    assert made.release().note["en"] == "Hello" and made.by.startswith("terminal")
    assert made.code in run("release", "list")[1]
    assert run("release", "publish", "--yes")[0] == 1
    file = tmp_path / "release.xlsx"
    file.write_bytes(MAKERS["xlsx"](DonorView(PROGRAMME, Text("fr"), shown(made))))
    status, said = run("release", "verify", made.code, str(file))
    assert status == 0 and "exactly release 1 as Excel in Français" in said
    file.write_bytes(io.BytesIO(file.read_bytes().replace(b"P", b"Q", 1)).getvalue())
    assert run("release", "verify", made.code, str(file))[0] == 1
    assert run("release", "verify", "0000-0000")[0] == 1


def test_a_terminal_makes_and_shuts_links(run: Run, store: Store) -> None:
    assert "no link yet" in run("link", "list")[1]
    status, said = run("link", "new", "Fondation", "--language", "fr", "--shows", "1")
    token = said.split("/d/")[1].split()[0]
    links = store.links(PROGRAMME.id)
    assert status == 0 and links.by_token(token_hash(token)) == links.find(1)
    assert "Fondation" in run("link", "list")[1] and token not in run("link", "list")[1]
    assert run("link", "rotate", "1")[0] == 0 and links.by_token(token_hash(token)) is None
    assert run("link", "revoke", "1")[0] == 0 and run("link", "revoke", "1")[0] == 2
    assert run("link", "new", "x", "--until", "2020-01-01")[0] == 2
