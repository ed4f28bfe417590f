"""The donor's own process on a real PostgreSQL, with a role that can read releases and links and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from flask import Flask
from hand_made_release import AT, PROGRAMME, hand_made, stored
from psycopg.errors import InsufficientPrivilege

from callbacks.tokens import password_hash, token_hash
from connectors.store import Store, open_store
from dashboard.publishing import NewLink
from donor_app import create_server
from store.histories import record, roster, row

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "donor-role.sql"
ROLE, TOKEN, GUARDED = "dashboard_donor", "t" * 43, "g" * 43
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 15)", "Accept": "text/html"}


@pytest.fixture(scope="module")
def database(postgres: str) -> Iterator[str]:
    """A database with a history, a release and a link, and the role made by the script."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE donors")
    parts = urlsplit(postgres)
    url = parts._replace(path="/donors").geturl()
    store = open_store(url)
    record(store.feed(PROGRAMME.id, "demo"), roster([row("a" * 20, 2)]), 1)
    store.releases(PROGRAMME.id).publish(stored(hand_made(1)))
    store.links(PROGRAMME.id).new(NewLink("one", "fr"), token_hash(TOKEN), by="me", at=AT)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SCRIPT.read_bytes())
    yield url
    store.close()


def address_of(url: str) -> dict[str, str]:
    """What the process is told."""
    return {"DASHBOARD_STORE": url, "DASHBOARD_DONOR_SECRET": "s" * 16}


@pytest.fixture
def as_donor(database: str) -> str:
    parts = urlsplit(database)
    return parts._replace(netloc=f"{ROLE}@{parts.netloc.rpartition('@')[2]}").geturl()


@pytest.fixture
def owner(database: str) -> Iterator[Store]:
    store = open_store(database)
    yield store
    store.close()


def test_the_role_serves_the_donors_view(as_donor: str, owner: Store) -> None:
    server = create_server(address_of(as_donor))
    client = server.test_client()
    assert client.get(f"/d/{TOKEN}").headers["Location"] == "/donor/?lang=fr"
    page = client.get("/donor/", headers=PHONE)
    assert page.status_code == 200 and "<strong>65</strong>" in page.text
    assert client.get("/donor/release.csv").status_code == 200
    found = owner.links(PROGRAMME.id).find(1)
    assert found is not None and found.views == 1
    owner.links(PROGRAMME.id).revoke(1, by="me", at=AT)
    assert client.get("/donor/", headers=PHONE).status_code == 401
    for path in ("/", "/repair.csv", "/releases", "/donor/_dash-layout"):  # nothing but the donor's page is served
        answer = client.get(path, headers=PHONE, follow_redirects=True)
        assert answer.status_code == 401 and "<strong>65" not in answer.text
    server.extensions["dashboard"].stop()


def typed(server: Flask, password: str) -> int:
    own = {**PHONE, "Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    return server.test_client().post(f"/d/{GUARDED}", data={"password": password}, headers=own).status_code


def test_tries_of_a_password_are_counted_for_all_processes_with_the_roles_rights(as_donor: str, owner: Store) -> None:
    guarded = NewLink("two", "fr", password_hash=password_hash("open sesame 1"))
    owner.links(PROGRAMME.id).new(guarded, token_hash(GUARDED), by="me", at=AT)
    one, other = create_server(address_of(as_donor)), create_server(address_of(as_donor))
    assert [typed(server, "wrong") for server in (one, other, one)] == [403] * 3
    assert [typed(other, "") for _ in range(6)] == [403] * 6
    assert [typed(server, "open sesame 1") for server in (one, other)] == [303, 429]
    for server in (one, other):
        server.extensions["dashboard"].stop()
    with owner.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT key, hits FROM attempt").all()
    assert sorted(hits for _, hits in kept)[-1] == 11
    assert not any(GUARDED in key or "127.0.0.1" in key for key, _ in kept)


def refused(url: str, statement: str) -> bool:
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement.encode())
        except InsufficientPrivilege:
            return True
    return False


def test_the_role_reads_nothing_else_and_changes_nothing_else(as_donor: str, database: str) -> None:
    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    tables = {str(name) for (name,) in names}
    assert {"feed", "person", "state", "audit", "document", "version", "pull"} <= tables
    readable = {table for table in tables if not refused(as_donor, f"SELECT * FROM {table} LIMIT 1")}
    assert readable == {"release", "link", "attempt"}
    for statement in (
        "UPDATE release SET document = ''",
        "DELETE FROM release",
        "DELETE FROM link",
        "UPDATE link SET revoked_at = NULL",
        "UPDATE link SET token_hash = ''",
        "INSERT INTO link SELECT * FROM link",
        "DELETE FROM attempt",
        "TRUNCATE attempt",
        "UPDATE attempt SET key = ''",
        "CREATE TABLE mine (id int)",
        "COPY release TO PROGRAM 'cat'",
    ):
        assert refused(as_donor, statement), statement
    assert not refused(as_donor, "UPDATE link SET views = views, last_seen = last_seen")
