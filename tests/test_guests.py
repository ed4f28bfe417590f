"""While guests are in the room the server sends no code, no link to a row and no text that may name a woman."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from knocking import Visitor, recorded, served, unlimited
from pypdf import PdfReader
from sheets_grid import Value
from sheets_server import SheetsServer

from app import create_server
from connectors.settings import ROOT, Settings
from connectors.store import open_store
from dashboard.guests import names_a_code
from layouts import ids
from layouts.places import PAGES, REVIEW

TODAY = date(2026, 11, 23)
HEADER: list[Value] = ["Code", "Début de formation", "Fin de formation", "Date d'embauche", "Statut"]
NAMED = "Appeler P-014 avant jeudi"
HARMLESS = "Deux employeurs de plus"


@pytest.mark.parametrize(
    "words",
    [
        "P-014",
        "voir P014.",
        "dossier 014",
        "الملف ٠١٤",
        "20417",
        "BK123456",
        "2024/015",
        "a1b2c3",
        "voir 3f9a0c ?",
        "la ligne 124",
        "السطر ١٢",
    ],
)
def test_what_looks_like_a_code_is_taken_for_one(words: str) -> None:
    assert names_a_code(words)


@pytest.mark.parametrize(
    "words",
    ["Forum de l’emploi, 6 employeurs", "le 23/11/2026 à 10:30", "90 jours", "فوج 2026", "M+3", "c2", "135 نساء", ""],
)
def test_years_days_and_small_numbers_are_not(words: str) -> None:
    assert not names_a_code(words)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, frozenset[str]]]:
    """A meeting about 24 women of a live sheet, with two decisions and notes, and their codes as pages show them."""
    folder = tmp_path_factory.mktemp("room")
    with SheetsServer() as sheets, unlimited():
        sheets.put("Base", [HEADER, *(row(number) for number in range(24))])
        sheets.put("Notes", [["Date", "Note"], [date(2026, 9, 1), NAMED], [date(2026, 10, 1), HARMLESS]])
        settings = Settings(
            sheets.address, ROOT / "programme.toml", folder / "data", b"only for this test run", sheets.key_file(folder)
        )
        with served(create_server(settings, lambda: TODAY)) as address:
            visitor = Visitor(address)
            while not json.loads(visitor.get("/readyz").body)["roster_version"]:
                visitor.get("/repair.csv")
            written(visitor)
            yield visitor, codes(settings)


def row(number: int) -> list[Value]:
    completed = TODAY - timedelta(days=60 + 3 * number)
    return [f"W-{number:03}", date(2026, 1, 5), completed, None, "en recherche"]


def codes(settings: Settings) -> frozenset[str]:
    store = open_store(settings.store_url)
    try:
        feed = store.feed("eclat", settings_key(settings))
        return frozenset(str(woman)[:6] for woman in feed.roster(feed.versions()[-1].number).frame["woman"])
    finally:
        store.close()


def settings_key(settings: Settings) -> str:
    from connectors.choose import source_key

    return source_key(settings.source)


def written(visitor: Visitor) -> None:
    """Two decisions and two notes, one of each with a code in its text, as the page's forms send them."""
    calls = {call["output"]: call for call in recorded(visitor, page=f"{REVIEW}?lang=fr")}
    due = (TODAY + timedelta(days=9)).isoformat()
    for words in (NAMED, HARMLESS):
        act(visitor, calls, "decide", {"text": words, "owner": "Nadia", "due": due, "about": ""})
        act(visitor, calls, "note", {"note": words})


def act(visitor: Visitor, calls: dict[str, Any], name: str, fields: dict[str, str]) -> None:
    call = calls[f"{ids.done_act(name)}.data"]
    call["inputs"][0]["value"] = fields
    assert json.loads(visitor.call(call).body)["response"][ids.done_act(name)]["data"]["done"]


def answers(visitor: Visitor, page: str, search: str) -> Iterator[tuple[str, str]]:
    """The page, its layout, and every callback it sets off, as if nothing were there yet."""
    address = f"{page}?{search}"
    yield page, visitor.get(address).text
    yield f"layout of {page}", visitor.get("/_dash-layout", Referer=visitor.address + address).text
    for call in recorded(visitor, page=address):
        named = call["inputs"][0]["id"]
        if named in ("held", "read-now") or str(named).startswith("ask-"):
            continue
        state = [part | ({"value": {}} if part["id"] == "shown" else {}) for part in call["state"]]
        yield f"{call['output'][:60]} of {page}", visitor.call(call | {"state": state}).text


def given_away(content: str, women: frozenset[str]) -> set[str]:
    """What guests must not see: codes standing alone, addresses of rows, texts that name someone."""
    content = content.replace("\\u003c", "<").replace("\\u003e", ">")  # as JSON may say it: a hexadecimal neighbour
    words = set(re.findall(r"(?<![0-9a-f])[0-9a-f]{6}(?![0-9a-f])", content)) & women
    words |= {match[0] for match in re.finditer(r"range=\D{0,9}\d", content)}
    return words | ({NAMED} if "P-014" in content else set()) | set(re.findall("woman:[0-9a-f]+", content))


def test_without_guests_the_meeting_has_codes_links_and_texts(room: tuple[Visitor, frozenset[str]]) -> None:
    visitor, women = room
    found = set[str]().union(*(given_away(said, women) for _, said in answers(visitor, REVIEW, "lang=fr")))
    assert len(found & women) > 10
    assert NAMED in found
    assert [word for word in found if word.startswith("range=A")]


@pytest.mark.parametrize("page", PAGES)
def test_with_guests_no_answer_has_any(room: tuple[Visitor, frozenset[str]], page: str) -> None:
    visitor, women = room
    given = list(answers(visitor, page, "lang=fr&guests=1"))
    assert len(given) > 3
    assert {name: found for name, said in given if (found := given_away(said, women))} == {}
    if page == REVIEW:
        assert any(HARMLESS in said for _, said in given)
        assert any("guests=1" in said for name, said in given if name.startswith("layout"))


def test_nor_has_the_paper(room: tuple[Visitor, frozenset[str]]) -> None:
    visitor, women = room
    for search, seen in (("lang=fr", True), ("lang=fr&guests=1", False)):
        pdf = PdfReader(io.BytesIO(visitor.get(f"/review.pdf?{search}").body))
        words = " ".join(page.extract_text() for page in pdf.pages)
        book = zipfile.ZipFile(io.BytesIO(visitor.get(f"/review.xlsx?{search}").body))
        cells = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist() if "xml" in name)
        assert ("P-014" in words, "P-014" in cells) == (seen, seen)
        assert "employeurs" in words
        assert not {code for code in women if re.search(rf"(?<![0-9a-f]){code}(?![0-9a-f])", words)}


def test_the_check_on_paper_stays_that_of_what_was_signed(room: tuple[Visitor, frozenset[str]]) -> None:
    visitor, _ = room
    calls = {call["output"]: call for call in recorded(visitor, page=f"{REVIEW}?lang=fr")}
    act(visitor, calls, "sign", {})
    checks = []
    for search in ("review=1&lang=en", "review=1&lang=en&guests=1"):
        pdf = PdfReader(io.BytesIO(visitor.get(f"/review.pdf?{search}").body))
        words = pdf.pages[0].extract_text()
        assert ("P-014" in words) == ("guests" not in search)
        checks += re.findall(r"check \W?([0-9a-f]{12})", words)
    assert len(checks) == 2
    assert len(set(checks)) == 1
