"""The review's files over HTTP and from a terminal: a draft of the view, and what was signed, exactly."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from page_results import overview, shown
from paper_files import words
from review_papers import document, page
from women import PROGRAMME

from app import create_server
from callbacks import review_paper
from connectors.settings import ROOT, Settings
from connectors.store import StoreError
from dashboard.text import Text
from dashboard.view import View
from layouts.downloads import download_links, review_links
from layouts.markup import to_html
from layouts.places import REVIEW


class Service:
    """A service with one signed review, and a draft."""

    programme = PROGRAMME

    def __init__(self, **changed: Any) -> None:
        self.shown = shown("en", **changed)
        self.away = False

    def plain(self, search: str) -> Text:
        return Text("ar" if "lang=ar" in search else "en")

    def show(self, search: str, wait: float, path: str) -> Any:
        return self.shown

    def review_document(self, search: str, number: int | None) -> Any:
        if self.away:
            raise StoreError("store_unreachable", place="x")
        return document() if number in (None, 2) else None


def served(service: Service) -> Any:
    server = Flask("test")
    known: Any = service
    review_paper.register(server, known, lambda name: name, (StoreError,))
    review_paper.register_command(server, known, "en", (StoreError,))
    return server


def test_a_signed_review_is_the_file_of_its_document() -> None:
    client = served(Service(overview=None)).test_client()  # no roster is needed
    answer = client.get("/review.pdf?review=2&lang=ar")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert f'filename="{PROGRAMME.id}-review-2-2026-11-23-ar.pdf"' in answer.headers["Content-Disposition"]
    assert answer.data == page("ar")
    assert client.get("/review.xlsx?review=2").data.startswith(b"PK")


def test_the_view_is_a_draft() -> None:
    answer = served(Service()).test_client().get("/review.pdf?lang=en&cohort=c1")
    assert answer.headers["Content-Disposition"].endswith('-review-2-2026-11-23-en-draft.pdf"')
    assert "DRAFT, not signed" in words(answer.data)


@pytest.mark.parametrize("number", ["3", "0", "-1", "x", "٣", "9" * 5000])
def test_a_review_that_is_not_signed_is_one_sentence(number: str) -> None:
    answer = served(Service()).test_client().get(f"/review.pdf?review={number}")
    assert answer.status_code == 404
    assert "There is no signed review" in answer.text


def test_without_its_store_a_signed_review_says_why() -> None:
    service = Service()
    service.away = True
    answer = served(service).test_client().get("/review.xlsx?review=2&lang=ar")
    assert answer.status_code == 503
    assert 'dir="rtl"' in answer.text


def test_nothing_to_print_is_said() -> None:
    client = served(Service(overview=None)).test_client()
    assert client.get("/review.pdf").status_code == 503


def test_a_terminal_writes_the_same_bytes(tmp_path: Path) -> None:
    run = served(Service()).test_cli_runner().invoke
    made = run(args=["review-brief", str(tmp_path / "a.pdf"), "--review", "2", "--lang", "ar"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "a.pdf").read_bytes() == page("ar")
    assert run(args=["review-brief", str(tmp_path / "b.pdf")]).exit_code == 0
    refused = run(args=["review-brief", str(tmp_path / "c.pdf"), "--review", "7"])
    assert (refused.exit_code, len(refused.output.splitlines())) == (2, 1)
    assert not (tmp_path / "c.pdf").exists()


def test_the_page_links_to_its_files() -> None:
    html = to_html(review_links(Text("fr"), View("fr"), 3))
    for href in ("/review.pdf?lang=fr&amp;review=3", "/review.xlsx?lang=fr&amp;review=3"):
        assert f'href="{href}"' in html
    menu = to_html(download_links(shown("fr", overview(), page=REVIEW)))
    assert "/review.pdf?lang=fr" in menu
    assert "/review.pdf" not in to_html(download_links(shown("fr")))


def test_the_dashboard_serves_them(tmp_path: Path) -> None:
    server = create_server(Settings("demo", ROOT / "programme.toml", tmp_path, b"only for this test run", None))
    assert {"/review.pdf", "/review.xlsx"} <= {rule.rule for rule in server.url_map.iter_rules()}
    assert "review-brief" in server.cli.commands
