"""What a donor reads: every number of a release, and words where there is none; never a blank, never a 0."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from hand_made_release import LANGS, MASKED, PROGRAMME, hand_made, view

from callbacks import donor
from callbacks.donor import create_app, donor_html
from dashboard.model import Lang
from dashboard.release import Cell
from dashboard.text import Text
from layouts.donor.shown import DonorView, Published


def rows(page: str, card: str) -> list[list[str]]:
    """The cells of a card's first table as plain words."""
    body = page.split(f'data-card="{card}"')[1].split("</table>")[0].split("<tbody>")[1]
    return [
        [
            re.sub(r"<[^>]*>|[\u2066-\u2069▨]", "", cell).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_hidden_is_said_in_words(lang: Lang) -> None:
    page = donor_html(view(lang))
    path = rows(page, "path")
    assert [row[2] for row in path[:3]] == ["210", MASKED[lang], "135"]
    assert path[3][2].startswith("83") and "1" in path[3][2]  # the figure of release 1
    assert "path-hidden" in page and "--part" not in page.split("path-hidden")[1].split("</td>")[0]
    for row in ([row[0], row[2]] for row in path):  # between them lies the bar, which is decoration
        assert all(row), row
    for row in (*rows(page, "breakdowns"), *rows(page, "tracking"), *(row[:3] for row in rows(page, "cohorts"))):
        assert all(row), row


def test_bands_zeros_and_nobody_are_told_apart() -> None:
    cohorts = rows(donor_html(view()), "cohorts")
    assert [row[2] for row in cohorts] == [MASKED["en"], "at least 85%", "—", "92%"]
    assert cohorts[1][4] == "—"  # a band has no interval: it would tell the number
    assert cohorts[3][1] == "65 of 71"
    breakdown = rows(donor_html(view()), "breakdowns")
    assert breakdown[0][1:] == [MASKED["en"]] * 3
    assert breakdown[2][1:] == ["0", "0", "—"]


def test_the_page_has_no_script_and_every_anchor_leads_somewhere() -> None:
    page = donor_html(view("fr"))
    assert (
        "<script" not in page
        and "javascript:" not in page
        and " on" not in "".join(re.findall(r"<[^>]*\bon\w+=", page))
    )
    wanted = set(re.findall(r'href="#([\w-]+)"', page))
    assert len(wanted) >= 6 and wanted <= set(re.findall(r'id="([\w-]+)"', page))


def test_nothing_published_yet_is_said() -> None:
    for lang in LANGS:
        page = donor_html(DonorView(PROGRAMME, Text(lang), None))
        assert Text(lang)("donor.nothing") in page and "release.pdf" not in page


def test_a_note_is_escaped_and_shown_in_another_language_where_there_is_none() -> None:
    release = hand_made(note={"ar": "", "fr": "<b>Bonjour</b>", "en": ""})
    assert "&lt;b&gt;Bonjour&lt;/b&gt;" in donor_html(view("ar", release))


def test_too_few_closed_windows_hide_the_finding() -> None:
    cells = tuple(
        Cell(id=c.id, reason="too_few") if c.id in ("all/closed", "all/inserted") else c for c in hand_made().cells
    )
    page = donor_html(view("en", hand_made().model_copy(update={"cells": cells})))
    assert Text("en")("donor.finding.hidden", days="90") in page


def server_of(found: Published | None) -> Flask:
    server = Flask("donor", static_folder=None)
    create_app(server, lambda: found, PROGRAMME)
    return server


def test_the_app_serves_its_page_and_nothing_else() -> None:
    client = server_of(view().published).test_client()
    page = client.get("/donor/?lang=fr")
    assert page.status_code == 200 and '<html lang="fr"' in page.text
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    for path in ("/donor/data", "/donor/repair.csv", "/donor/release.json"):
        assert client.get(path).status_code == 404
    assert client.get("/donor/_dash-dependencies").json == []
    assert client.get("/donor/_dash-layout").json == {
        "props": {"children": None},
        "type": "Div",
        "namespace": "dash_html_components",
    }
    assert server_of(None).test_client().get("/donor/release.pdf").status_code == 404


def test_the_app_has_no_callback_and_no_other_source() -> None:
    app = create_app(Flask("donor", static_folder=None), lambda: None, PROGRAMME)
    assert app.callback_map == {}
    tree = ast.parse(Path(donor.__file__).read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    ours = {name for name in modules if name.partition(".")[0] in ("callbacks", "connectors", "dashboard", "layouts")}
    assert {name for name in ours if not name.startswith("layouts.donor.")} == {
        "callbacks.asset_files",
        "callbacks.kept",
        "callbacks.media_types",
        "dashboard.programme",
        "dashboard.text",
    }
    assert set(create_app.__annotations__) == {"server", "published", "programme", "return"}
