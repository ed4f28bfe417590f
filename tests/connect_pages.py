"""The page `/connect` served alone, and a reader of its forms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks import connect_command, connect_page
from callbacks.delivery import install_delivery
from connectors.base import SourceError
from connectors.connecting import Desk
from connectors.settings import Settings, SettingsError
from dashboard.programme import Lang, ProgrammeError, load_programme

FAULTS = (SourceError, ProgrammeError, SettingsError)
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def connect_server(
    settings: Settings, told: list[Settings] | None = None, lang: Lang = "en", note: Callable[[], None] = lambda: None
) -> Flask:
    """A server that has nothing but the page and the command; `told` gets the settings after each writing, `note` is
    what both call once a sheet is connected."""
    programme = load_programme(settings.programme)
    desk = Desk(settings, lambda: date(2026, 11, 23), (told if told is not None else []).append)
    server = Flask("connect", static_folder=None)
    install_delivery(server, lambda _: [])
    connect_page.register(server, desk, lambda: programme, lambda name: f"/assets/{name}", FAULTS, note)
    connect_command.register(server, desk, lang, FAULTS, note)
    return server


@dataclass
class Forms(HTMLParser):
    """What a page's forms would send, and its words."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    _select: str = ""
    _first: str | None = None
    _in_alert: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and (given.get("type") in ("hidden", "text") or "checked" in given):
            self.fields.append((name, value))
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and "selected" in given:
            self._first = value
        elif tag == "button":
            self.buttons.append((name, value))
        self._in_alert = self._in_alert or given.get("role") == "alert"

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.fields.append((self._select, self._first or ""))
        self._in_alert = self._in_alert and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._in_alert:
            self.alerts.append(data)

    @property
    def mapping(self) -> dict[str, str]:
        """Header -> field as shown; "" is never."""
        columns = [value for name, value in self.fields if name == "column"]
        return dict(zip(columns, (value for name, value in self.fields if name == "field"), strict=True))


def read_forms(answer: TestResponse) -> Forms:
    forms = Forms()
    forms.feed(answer.get_data(as_text=True))
    return forms


def send(client: FlaskClient, fields: list[tuple[str, str]], lang: str = "en", **headers: str) -> TestResponse:
    """Send a form as our own page would; `headers` replace what the browser says."""
    from urllib.parse import urlencode

    return client.post(
        f"/connect?lang={lang}",
        data=urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers=OWN | {name.replace("_", "-"): value for name, value in headers.items()},
    )


def with_fields(forms: Forms, **_: str) -> list[tuple[str, str]]:
    """Everything the page would send, without a button."""
    return [pair for pair in forms.fields if pair[0] != "step"]


def assigned(forms: Forms, fields: dict[str, str]) -> list[tuple[str, str]]:
    """What the page would send after these headers were given these fields."""
    sent: list[tuple[str, str]] = []
    header = ""
    for name, value in forms.fields:
        header = value if name == "column" else header
        sent.append((name, fields.get(header, value) if name == "field" else value))
    return [pair for pair in sent if pair[0] != "step"]


def settings_in(folder: Path, credentials: Path | None = None, **more: object) -> Settings:
    """Settings whose programme and data lie in a folder of the test."""
    import shutil

    from connectors.settings import ROOT

    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "programme.toml", folder / "programme.toml")
    return Settings(
        "demo",
        folder / "programme.toml",
        folder / "data",
        b"a secret of the tests",
        credentials,
        **more,  # type: ignore[arg-type]
    )
