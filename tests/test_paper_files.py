"""The files over HTTP and from a terminal: the same view as the page, and a sentence where there is none."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from page_results import overview, shown
from paper_files import copied, pictures
from pypdf import PdfReader
from test_service import Source, board
from werkzeug.test import Client

from app import create_server
from callbacks.paper import register, wants_tables
from connectors.settings import ROOT, Settings
from dashboard.programme import LANGUAGES
from layouts.downloads import download_links
from layouts.markup import to_html
from layouts.messages import error_words
from layouts.no_file import why
from layouts.shown import Feed


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("data")
    settings = Settings("demo", ROOT / "programme.toml", data, b"only for this test run", None)
    return create_server(settings, lambda: date(2026, 11, 23))


@pytest.fixture(scope="module")
def client(server: Flask) -> Client:
    return server.test_client()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_demo_is_one_page_and_kept_as_a_picture(client: Client, lang: str) -> None:
    answer = client.get(f"/brief.pdf?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="eclat-brief-2026-11-23-{lang}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(pictures(answer.data, f"demo-{lang}")) == 1
    assert "P-0" not in copied(answer.data)


def test_the_address_is_the_view(client: Client) -> None:
    answer = client.get("/brief.pdf?lang=en&as_of=2026-11-01&cohort=c1")
    assert "eclat-brief-2026-11-01-en-selection.pdf" in answer.headers["Content-Disposition"]
    said = copied(answer.data)
    assert "As of 1 November 2026" in said and "Selection: Cohort: Cohort 1" in said
    assert "Page 1 of 1" in said


def test_tables_are_asked_for(client: Client) -> None:
    assert len(PdfReader(io.BytesIO(client.get("/brief.pdf?lang=fr&parts=tables").data)).pages) > 1
    assert wants_tables("?parts=a,tables") and not wants_tables("?lang=fr") and not wants_tables("")


def test_the_workbook_is_a_spreadsheet(client: Client) -> None:
    answer = client.get("/workbook.xlsx?lang=ar")
    assert answer.status_code == 200 and answer.data.startswith(b"PK")
    assert "eclat-workbook-2026-11-23-ar.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_roster_the_page_says_so_in_the_readers_language() -> None:
    empty = Flask("test")
    register(empty, board(Source()), lambda name: f"/assets/{name}")
    for path in ("/brief.pdf", "/workbook.xlsx"):
        answer = empty.test_client().get(f"{path}?lang=fr")
        assert answer.status_code == 503
        assert "n’a pas encore été lu" in answer.text and 'lang="fr"' in answer.text


def test_nobody_in_the_view_is_no_file() -> None:
    nobody = shown("en", replace(overview(), women=0))
    empty = Flask("test")
    register(empty, SimpleNamespace(show=lambda *asked: nobody), lambda name: name)  # type: ignore[arg-type]
    answer = empty.test_client().get("/brief.pdf?lang=en")
    assert answer.status_code == 404
    assert "No woman matches this selection" in answer.text


def test_a_roster_that_cannot_be_read_says_why() -> None:
    fault = SimpleNamespace(code="file_missing", params={"path": "roster.csv"})
    view = shown("fr", overview=None, feed=Feed(error=fault))
    assert why(view) == error_words(fault, view.text)
    assert "roster.csv" in why(view)


def test_the_menu_names_three_files_of_the_view() -> None:
    html = to_html(download_links(shown("ar")))
    for href in ("/brief.pdf?lang=ar", "/brief.pdf?lang=ar&amp;parts=tables", "/workbook.xlsx?lang=ar"):
        assert f'href="{href}"' in html


def test_a_terminal_writes_both(server: Flask, tmp_path: Path) -> None:
    run = server.test_cli_runner().invoke
    made = run(args=["brief", str(tmp_path / "a.pdf"), "--lang", "ar", "--as-of", "2026-11-01", "--source", "demo"])
    assert made.exit_code == 0, made.output
    assert "نونبر 2026" in copied((tmp_path / "a.pdf").read_bytes()).replace("نونرب", "نونبر")
    made = run(args=["workbook", str(tmp_path / "a.xlsx"), "--source", "demo"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


def test_a_source_that_cannot_be_read_is_one_sentence(server: Flask, tmp_path: Path) -> None:
    made = server.test_cli_runner().invoke(
        args=["brief", str(tmp_path / "a.pdf"), "--source", str(tmp_path / "no.csv")]
    )
    assert made.exit_code == 2 and len(made.output.splitlines()) == 1
    assert not (tmp_path / "a.pdf").exists()


def test_starting_does_not_wait_for_what_writes_files() -> None:
    code = (
        "import app, sys; sys.exit('fpdf' in sys.modules or 'uharfbuzz' in sys.modules or 'xlsxwriter' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
