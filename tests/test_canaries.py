"""What a sheet holds beyond the mapped columns appears nowhere: canaries in every such cell, looked for in everything.

In every page, callback and file of the whole server, in its log down to the last detail, its numbers and files. And
in everything that people outside get, where words typed into columns that are read must not stand either.
"""

import io
import json
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from knocking import Visitor, recorded, served, unlimited
from pypdf import PdfReader
from pypdf.generic import StreamObject
from sheets_grid import Value
from sheets_server import SheetsServer

import donor_app
from app import create_server
from connectors.logs import log_settings
from connectors.settings import ROOT, Settings
from connectors.store import open_store
from dashboard.programme import LANGUAGES
from layouts.places import PAGES

TODAY = date(2026, 11, 23)
READABLE = ("release", "link")  # what docs/donor-role.sql lets the donors' process read, but for counts of attempts
MARK = "canari"  # in lower case and Latin letters, so that no way of writing it escapes
HEADER: list[Value] = [
    "Code", "Nom et prénom", "CIN", "Téléphone", "Adresse", "Début de formation", "Fin de formation",
    "Date d'embauche", "Observations", "Colonne libre", "Date de naissance", "Situation familiale", "Motif d'abandon",
    "Promotion", "Filière",
]  # fmt: skip
TYPED = "perruche"  # typed as the name of a cohort or track: management sees what was typed, nobody outside does


def row(number: int) -> list[Value]:
    """A woman; every cell that no field is mapped to, and her code, would give itself away."""
    completed = date(2026, 5, 29) + timedelta(days=number)
    hired = completed + timedelta(days=20) if number % 3 else None
    who = [f"{MARK}-{part}-{number}" for part in ("code", "nom", "cin", "tel", "rue")]
    told = [f"{MARK}-note-{number}", f"{MARK}-libre-{number}", f"{MARK}-ne", f"{MARK}-veuve", f"{MARK}-motif-{number}"]
    return [*who, date(2026, 1, 5), completed, hired, *told, f"{TYPED}-promo-{number % 3}", f"{TYPED}-track"]


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, Path, list[str]]]:
    """A visitor of the server that reads them, its data folder, and all that was logged."""
    folder, lines = tmp_path_factory.mktemp("sheet"), []
    form = log_settings("json")["formatters"]["said"]
    as_json = form["()"](form["fmt"], rename_fields=form["rename_fields"])

    class Everything(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.getMessage()} {record.exc_info}")
            lines.append(as_json.format(record))

    handler, root = Everything(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with SheetsServer() as sheets, unlimited():
        sheets.put("Base", [HEADER, *(row(number) for number in range(24)), [f"{MARK}-code-1", *[f"{MARK}-x"] * 12]])
        settings = Settings(
            sheets.address, ROOT / "programme.toml", folder / "data", b"only for this test run", sheets.key_file(folder)
        )
        with served(create_server(settings, lambda: TODAY)) as address:
            yield Visitor(address), folder / "data", lines
    root.removeHandler(handler)
    root.setLevel(level)


def answers(visitor: Visitor) -> Iterator[tuple[str, bytes]]:
    """Every page, layout and file in every language, and every callback of every page."""
    for lang in LANGUAGES:
        for page in PAGES:
            yield page, visitor.get(f"{page}?lang={lang}").body
            # The words around are the language's, what is filled into them is the same in all.
            calls = recorded(visitor, page=f"{page}?lang={lang}") if lang == "fr" else []
            yield f"layout of {page}", visitor.get("/_dash-layout", Referer=f"{visitor.address}{page}?lang={lang}").body
            for call in calls:
                if call["inputs"][0]["id"] not in ("held", "read-now"):
                    yield f"{call['output'][:40]} of {page}", visitor.call(call | _first(call)).body
        for file in ("/repair.csv", "/connect"):
            yield file, visitor.get(f"{file}?lang={lang}").body
        for page in ("/releases", "/links", "/releases?verify=7F3K-9Q2M"):
            yield page, visitor.get(f"{page}{'&' if '?' in page else '?'}lang={lang}").body
    for path in ("/_dash-dependencies", "/pulse", "/metrics", "/readyz"):
        yield path, visitor.get(path).body


def _first(call: dict[str, Any]) -> dict[str, Any]:
    """As if nothing were on the page yet: everything is sent."""
    return {"state": [part | ({"value": {}} if part["id"] == "shown" else {}) for part in call["state"]]}


def hidden_in(name: str, content: bytes) -> list[str]:
    return [name] if MARK.encode() in content.lower() else []


def test_no_answer_holds_one(canaries: tuple[Visitor, Path, list[str]]) -> None:
    visitor, _, _ = canaries
    wait_for_roster(visitor)
    given = list(answers(visitor))
    assert len(given) > 50
    assert all(content for _, content in given)
    assert [found for name, content in given for found in hidden_in(name, content)] == []


def wait_for_roster(visitor: Visitor) -> None:
    """The page waits a while itself."""
    for _ in range(20):
        if json.loads(visitor.get("/readyz").body)["roster_version"]:
            return
        visitor.get("/repair.csv")
    raise AssertionError("no roster was read")


def test_no_file_to_print_or_to_count_with_holds_one(canaries: tuple[Visitor, Path, list[str]]) -> None:
    visitor, _, _ = canaries
    wait_for_roster(visitor)
    for lang in LANGUAGES:
        for file in ("/brief.pdf?parts=tables&", "/review.pdf?"):
            assert_not_in_pdf(visitor.get(f"{file}lang={lang}").body, MARK)
        for file in ("/workbook.xlsx", "/review.xlsx"):
            assert_not_in_book(visitor.get(f"{file}?lang={lang}").body, MARK)


def assert_not_in_pdf(content: bytes, *marks: str) -> None:
    """Its words, its metadata, and every stream in plain."""
    pdf = PdfReader(io.BytesIO(content))
    words = "".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
    assert len(words) > 500
    streams = [pdf.get_object(number + 1) for number in range(len(pdf.xref.get(0, {})) or 400)]
    plain = b"".join(one.get_data() for one in streams if isinstance(one, StreamObject))
    assert len(plain) > 5_000
    for mark in marks:
        assert mark not in words.lower()
        assert mark.encode() not in plain.lower()


def assert_not_in_book(content: bytes, *marks: str) -> None:
    book = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: book.read(name).lower() for name in book.namelist()}
    assert len(parts) > 5
    assert [(name, mark) for name, part in parts.items() for mark in marks if mark.encode() in part] == []


@pytest.fixture(scope="module")
def donors(canaries: tuple[Visitor, Path, list[str]]) -> Iterator[tuple[Visitor, Visitor, Path]]:
    """A release of the sheet and a link, made on the pages; a donor of the dashboard, one of the process apart."""
    manager, data, _ = canaries
    wait_for_roster(manager)
    page = manager.get("/releases?lang=fr").text
    fields = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("mark", "as_of")}
    form = {name: found.group(1) for name, found in fields.items() if found is not None}
    assert manager.form("/releases?lang=fr", {**form, "note_fr": "Bonjour"}).status == 303
    made = manager.form("/links?lang=fr", {"action": "new", "label": "B.", "language": "fr"}).text
    token = re.search(r"/d/([\w-]{43})", made)
    assert token is not None
    store = f"sqlite:///{data / 'history.sqlite3'}"
    with unlimited():
        apart = donor_app.create_server({"DASHBOARD_STORE": store, "DASHBOARD_DONOR_SECRET": "s" * 16})
    with served(apart) as address:
        both = Visitor(manager.address), Visitor(address)
        for donor in both:
            assert donor.get(token.group(0)).status == 303
        yield *both, data


def test_nothing_that_people_outside_get_holds_one(donors: tuple[Visitor, Visitor, Path]) -> None:
    """Neither the cells that are not read, nor words that were typed into those that are."""
    for donor, lang in ((donor, lang) for donor in donors[:2] for lang in LANGUAGES):
        page = donor.get(f"/donor/?lang={lang}")
        csv = donor.get(f"/donor/release.csv?lang={lang}")
        assert (page.status, csv.status) == (200, 200)
        assert b"24" in page.body and len(csv.body) > 5_000
        for answer in (page, csv, donor.get("/donor/_dash-layout"), donor.get("/donor/nothing")):
            assert MARK not in answer.text.lower() and TYPED not in answer.text.lower()
        assert_not_in_pdf(donor.get(f"/donor/release.pdf?lang={lang}").body, MARK, TYPED)
        assert_not_in_book(donor.get(f"/donor/release.xlsx?lang={lang}").body, MARK, TYPED)


def test_no_row_that_the_donors_process_reads_holds_one(donors: tuple[Visitor, Visitor, Path]) -> None:
    store = open_store(f"sqlite:///{donors[2] / 'history.sqlite3'}")
    with store.database.reading() as connection:
        rows = [str(row) for name in READABLE for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
    store.close()
    assert len(rows) >= 2
    assert [row[:200] for row in rows if MARK in row.lower() or TYPED in row.lower()] == []


def test_the_preview_and_the_list_of_managers_hold_one_as_little(
    canaries: tuple[Visitor, Path, list[str]], donors: tuple[Visitor, Visitor, Path]
) -> None:
    manager = canaries[0]
    for lang in LANGUAGES:
        for path in ("/releases", "/links", "/releases/preview?number=1"):
            answer = manager.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert (answer.status, hidden_in(path, answer.body)) == (200, [])


def test_no_line_of_the_log_holds_one(canaries: tuple[Visitor, Path, list[str]]) -> None:
    visitor, _, lines = canaries
    wait_for_roster(visitor)
    assert len(lines) > 20
    assert [line[:200] for line in lines if MARK in line.lower()] == []


def test_nothing_that_is_kept_holds_one(canaries: tuple[Visitor, Path, list[str]]) -> None:
    visitor, data, _ = canaries
    wait_for_roster(visitor)
    files = [path for path in data.rglob("*") if path.is_file()]
    assert "history.sqlite3" in {path.name for path in files}
    assert [found for path in files for found in hidden_in(path.name, path.read_bytes())] == []
    store = open_store(f"sqlite:///{data / 'history.sqlite3'}")
    with store.database.reading() as connection:
        packed = [row[0] for row in connection.exec_driver_sql("SELECT body FROM document")]
    store.close()
    assert len(packed) >= 3
    assert [found for body in packed for found in hidden_in("document", zlib.decompress(body))] == []
