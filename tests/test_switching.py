"""Connected here, used everywhere: the running dashboard takes the new source up, and so do its other processes."""

import logging
import time
from datetime import date
from pathlib import Path

import pytest
from connect_pages import assigned, read_forms, send, settings_in
from flask.testing import FlaskClient
from strangers import FIELDS, workbook

from app import create_server
from connectors.settings import Settings

TODAY = date(2026, 11, 23)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "home")


def client(settings: Settings) -> FlaskClient:
    return create_server(settings, lambda: TODAY).test_client()


def page(client: FlaskClient) -> str:
    return client.get("/_dash-layout", headers={"Referer": "http://localhost/?lang=en"}).get_data(as_text=True)


def shows(client: FlaskClient, words: str, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while words not in page(client):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def connect(client: FlaskClient, source: str) -> None:
    forms = read_forms(send(client, [("source", source), ("step", "look")]))
    done = send(client, [*assigned(forms, FIELDS), ("step", "write")])
    assert "20 beneficiaries were read." in done.get_data(as_text=True)


def test_all_processes_show_the_sheet_that_was_connected_in_one(settings: Settings, tmp_path: Path) -> None:
    here, there = client(settings), client(settings)
    assert shows(here, "connect?lang=en") and shows(there, "connect?lang=en")
    connect(here, str(workbook(tmp_path / "roster.xlsx")))
    assert shows(here, "roster.xlsx", 1)
    assert shows(there, "roster.xlsx")
    assert "connect?lang=en" not in page(there)


def test_a_programme_that_does_not_load_is_not_used(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    running = client(settings)
    assert shows(running, "connect?lang=en")
    text = settings.programme.read_text("utf-8")
    with caplog.at_level(logging.WARNING):
        settings.programme.write_text("id = 'x'\n[rules\n", encoding="utf-8")
        assert running.get("/healthz").status_code == 200
        end = time.monotonic() + 10
        while "programme_not_toml" not in caplog.text and time.monotonic() < end:
            time.sleep(0.05)
    assert "programme_not_toml" in caplog.text
    assert "connect?lang=en" in page(running)
    settings.programme.write_text(text.replace('en = "ÉCLAT"', 'en = "RENAMED"', 1), encoding="utf-8")
    assert shows(running, "RENAMED")
