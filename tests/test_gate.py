"""One gate, shut by default: every route of both apps has an entry, and everything else stays outside."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from dash import Dash, Input, Output, html
from flask import Flask
from flask.testing import FlaskClient

from callbacks.csrf import Tokens
from callbacks.gate import Doors, install_gate, need, person
from callbacks.roles import LOCAL, Person

# What Chromium says: other kinds are as welcome to it.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
UPDATE = "/_dash-update-component"


@dataclass
class Visitor:
    """Whom the gate takes a request to come from."""

    who: Person | None = LOCAL
    link: bool = False
    token: bool = True
    called: list[str] = field(default_factory=list)


def dash_app(server: Flask, name: str, prefix: str, visitor: Visitor) -> Dash:
    app = Dash(name, server=server, url_base_pathname=prefix, use_pages=False, pages_folder="", enable_mcp=False)  # type: ignore[arg-type]
    app.layout = html.Div()
    for output in ("said", "changed"):

        @app.callback(Output(f"{name}-{output}", "children"), Input("asked", "data"))
        def answer(asked: Any, output: str = output) -> str:
            visitor.called.append(output)
            return f"secret of {name}"

    return app


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def client(visitor: Visitor) -> FlaskClient:
    server = Flask("gate", static_folder=None)
    apps = {"/": dash_app(server, "management", "/", visitor), "/donor/": dash_app(server, "donor", "/donor/", visitor)}

    @server.get("/sign-in")
    def sign_in() -> str:
        return "door"

    @server.route("/connect", methods=["GET", "POST"])
    def connect() -> str:
        return str(person())

    doors = Doors(
        person=lambda _: visitor.who,
        donor=lambda _: visitor.link,
        callbacks=lambda prefix: apps[prefix].callback_map,
        token=lambda _: visitor.token,
        managers_only=frozenset({"management-changed.children"}),
    )
    install_gate(server, doors)
    return server.test_client()


def posted(name: str = "management-said", **parts: Any) -> dict[str, Any]:
    given = {"output": f"{name}.children", "outputs": {"id": name, "property": "children"}}
    return given | {"inputs": [{"id": "asked", "property": "data", "value": "x"}], "changedPropIds": []} | parts


def update(client: FlaskClient, path: str = UPDATE, name: str = "management-said", **parts: Any) -> Any:
    return client.post(path, json=posted(name, **parts), headers=OWN)


VIEWER, MANAGER = Person("p-014@example.org", "viewer"), Person("p-015@example.org", "manager")
MANAGEMENT = ("/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/pulse", "/data", "/repair.csv", "/connect")
DONOR = ("/donor/", "/donor/_dash-layout", "/donor/_dash-dependencies", "/donor/_reload-hash", "/donor/anything")


@pytest.mark.parametrize("path", [*MANAGEMENT, *DONOR, "/metrics", "/readyz", "/nothing", "/_mcp", "/_dash-x"])
def test_nobody_gets_nothing(client: FlaskClient, visitor: Visitor, path: str) -> None:
    visitor.who = None
    answer = client.get(path, environ_overrides={"REMOTE_ADDR": "192.0.2.9"})
    assert (answer.status_code, answer.data) == (401, b"")


def test_a_browser_that_wants_a_page_is_led_to_the_door_and_back(client: FlaskClient, visitor: Visitor) -> None:
    visitor.who = None
    answer = client.get("/data?lang=fr", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?to=/data?lang%3Dfr&lang=fr")
    assert client.get("/donor/", headers={"Accept": "text/html"}).status_code == 401


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        (VIEWER, "/_dash-layout", 200),
        (VIEWER, "/connect", 403),
        (MANAGER, "/connect", 200),
        (VIEWER, "/metrics", 401),
        (VIEWER, "/donor/_dash-layout", 403),
        (MANAGER, "/donor/_dash-layout", 403),
        (VIEWER, "/nothing", 404),
        (VIEWER, "/_mcp", 404),
    ],
)
def test_each_role_gets_what_is_its_own(
    client: FlaskClient, visitor: Visitor, who: Person, path: str, status: int
) -> None:
    visitor.who = who
    assert client.get(path, environ_overrides={"REMOTE_ADDR": "192.0.2.9"}).status_code == status


@pytest.mark.parametrize("path", MANAGEMENT)
def test_a_link_opens_the_donors_pages_and_nothing_of_managements(
    client: FlaskClient, visitor: Visitor, path: str
) -> None:
    visitor.who, visitor.link = None, True
    assert client.get("/donor/_dash-layout").status_code == 200
    assert client.get(path).status_code == 401
    assert update(client).status_code == 401
    assert update(client, "/donor" + UPDATE, "management-said").status_code == 404
    assert visitor.called == []
    assert update(client, "/donor" + UPDATE, "donor-said").status_code == 200


def test_what_changes_something_for_everyone_is_for_managers(client: FlaskClient, visitor: Visitor) -> None:
    for who, status in ((None, 401), (VIEWER, 403), (MANAGER, 200)):
        visitor.who = who
        assert update(client, name="management-changed").status_code == status
    assert visitor.called == ["changed"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        (OWN, 200),
    ],
)
def test_another_sites_page_changes_nothing(
    client: FlaskClient, visitor: Visitor, headers: dict[str, str], status: int
) -> None:
    assert client.post(UPDATE, json=posted(), headers=headers).status_code == status
    assert len(visitor.called) == (status == 200)


def test_a_callback_without_our_token_is_refused(client: FlaskClient, visitor: Visitor) -> None:
    visitor.token = False
    assert update(client).status_code == 403
    assert visitor.called == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "x", "content_type": "text/plain"}, 415),
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ({"data": b" " * 400_000 + b"{}", "content_type": "application/json"}, 413),
        ({"data": b" " * 2_000_000, "content_type": "application/json"}, 413),
        ({"json": {"output": "other.children"}}, 404),
        ({"json": []}, 400),
    ],
)
def test_malformed_bodies_are_refused_before_anything_reads_them(
    client: FlaskClient, visitor: Visitor, sent: dict[str, Any], status: int
) -> None:
    assert client.post(UPDATE, headers=OWN, **sent).status_code == status
    assert visitor.called == []


@pytest.mark.parametrize(
    "path",
    [
        "//_dash-layout", "/donor/../_dash-layout", "/donor/%2e%2e/_dash-layout", "/donor/..;/_dash-layout",
        "/./_dash-layout", "/d/" + "A" * 42,
        "/donor//_dash-layout", "/assets/../_dash-layout", "/assets/..%2f_dash-layout", "/d/../_dash-layout",
        "/_DASH-LAYOUT",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_detour_leads_to_managements_layout(client: FlaskClient, visitor: Visitor, path: str, method: str) -> None:
    visitor.who, visitor.link = None, True
    answer = client.open(path, method=method)
    assert answer.status_code < 500
    assert b"secret" not in answer.data
    assert b"props" not in answer.data or path.startswith("/donor/")


@pytest.mark.parametrize(
    ("path", "needed"), [("/data/", "viewer"), ("/", "viewer"), ("//", None), ("/assets", None), ("/d/x", None)]
)
def test_a_final_slash_changes_nothing(path: str, needed: str | None) -> None:
    assert need(path) == needed


def test_a_token_holds_only_with_its_own_cookie_and_our_signature() -> None:
    server, tokens, other = Flask("csrf"), Tokens(b"one key", secure=False), Tokens(b"another key", secure=False)
    tokens.install(server)
    server.add_url_rule("/", "page", lambda: "<html></html>")
    client = server.test_client()
    made = client.get("/").headers["Set-Cookie"].partition(";")[0].partition("=")[2]

    def holds(cookie: str, header: str, checked_by: Tokens = tokens) -> bool:
        with server.test_request_context(
            "/", headers={"Cookie": f"_csrf_token={cookie}", "X-CSRFToken": header}
        ) as asked:
            return checked_by.holds(asked.request)

    assert holds(made, made)
    assert not holds(made, "")
    assert not holds(made, made[:-1])
    assert not holds("planted", "planted")
    assert not holds("", "")
    assert not holds(made, made, other)
    assert "Set-Cookie" not in client.get("/").headers
