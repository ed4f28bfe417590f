"""What a sheet holds beyond the mapped columns appears nowhere: canaries in every such cell, looked for in everything.

In every page, callback and file of the whole server, in its log down to the last detail, its numbers, and its files.
"""

import io
import json
import logging
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from knocking import Visitor, recorded, served, unlimited
from pypdf import PdfReader
from sheets_grid import Value
from sheets_server import SheetsServer

from app import create_server
from connectors.settings import ROOT, Settings
from connectors.store import open_store
from dashboard.programme import LANGUAGES
from layouts.places import PAGES

TODAY = date(2026, 11, 23)
MARK = "canari"  # in lower case and Latin letters, so that no way of writing it escapes
HEADER: list[Value] = [
    "Code", "Nom et prénom", "CIN", "Téléphone", "Adresse", "Début de formation", "Fin de formation",
    "Date d'embauche", "Observations", "Colonne libre", "Date de naissance",
]  # fmt: skip


def row(number: int) -> list[Value]:
    """A woman; every cell that no field is mapped to, and her code, would give itself away."""
    completed = date(2026, 5, 29) + timedelta(days=number)
    hired = completed + timedelta(days=20) if number % 3 else None
    who = [f"{MARK}-{part}-{number}" for part in ("code", "nom", "cin", "tel", "rue")]
    return [*who, date(2026, 1, 5), completed, hired, f"{MARK}-note-{number}", f"{MARK}-libre-{number}", f"{MARK}-ne"]


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, Path, list[str]]]:
    """A visitor of the server that reads them, its data folder, and all that was logged."""
    folder, lines = tmp_path_factory.mktemp("sheet"), []

    class Everything(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.getMessage()} {record.exc_info}")

    handler, root = Everything(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with SheetsServer() as sheets, unlimited():
        sheets.put("Base", [HEADER, *(row(number) for number in range(24)), [f"{MARK}-code-1", *[f"{MARK}-x"] * 10]])
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
        pdf = PdfReader(io.BytesIO(visitor.get(f"/brief.pdf?lang={lang}&parts=tables").body))
        words = "".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
        assert len(words) > 1_000
        assert MARK not in words.lower()
        book = zipfile.ZipFile(io.BytesIO(visitor.get(f"/workbook.xlsx?lang={lang}").body))
        assert [found for name in book.namelist() for found in hidden_in(name, book.read(name))] == []


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
