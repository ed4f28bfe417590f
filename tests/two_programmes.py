"""Two small programmes in one process: casa with 3 of 4 women inserted, fes with 1 of 6."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import Client, TestResponse

from app import create_servers
from callbacks.hosts import Hosts
from connectors.programmes import several_from_environment

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
HEADER = ("الرمز", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", "تاريخ الإدماج")
ENDED = "29/05/2026"
NAMES = {"casa": "Atlas de Casa", "fes": "Jardin de Fès"}
SECRET = "only for this test run, of 32 letters"


def write_roster(path: Path, inserted: int, closed: int) -> Path:
    """Women who all ended on one day, the first few at work a month later."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for number in range(closed):
            hired = "29/06/2026" if number < inserted else ""
            writer.writerow((f"{path.stem.upper()}-{number:03}", "الفوج 1", "03/11/2025", ENDED, hired))
    return path


def write_programme(folder: Path, name: str, more: Mapping[str, str] | None = None) -> Path:
    """The shipped programme under another id and name; `more` replaces further texts."""
    text = (ROOT / "programme.toml").read_text("utf-8").replace('id = "eclat"', f'id = "{name}"', 1)
    start, end = text.index("\nname = {") + 1, text.index("\nsubtitle")
    said = NAMES.get(name, name)
    text = f'{text[:start]}name = {{ ar = "{said}", fr = "{said}", en = "{said}" }}{text[end:]}'
    for old, new in (more or {}).items():
        text = text.replace(old, new, 1)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of both; nobody has to sign in unless told otherwise."""
    programmes = folder / "programmes"
    programmes.mkdir(exist_ok=True)
    for name in NAMES:
        write_programme(programmes, name)
    return {
        "DASHBOARD_PROGRAMMES": str(programmes),
        "DASHBOARD_DATA": str(folder / "data"),
        "DASHBOARD_SECRET": SECRET,
        "DASHBOARD_SIGN_IN": "none",
        "DASHBOARD_SOURCE_CASA": str(write_roster(folder / "casa.csv", 3, 4)),
        "DASHBOARD_SOURCE_FES": str(write_roster(folder / "fes.csv", 1, 6)),
    } | more


def served(environ: Mapping[str, str]) -> Hosts:
    """All servers, with what they read shown already."""
    several = several_from_environment(environ)
    assert several is not None
    hosts = create_servers(several, lambda: TODAY)
    for server in hosts.servers.values():
        background: Any = server.extensions.get("dashboard")  # type: ignore[attr-defined]
        if background is not None:
            background.service.show("?lang=fr", 20)
    return hosts


class Visitor:
    """A browser: its cookies are each host's own."""

    def __init__(self, hosts: Hosts) -> None:
        self.client = Client(hosts)
        self.hosts = hosts

    def get(self, host: str, path: str, **headers: str) -> TestResponse:
        """An answer, not followed."""
        asked = {"Host": host, "Accept": BROWSER} | headers
        return self.client.get(
            path, headers=asked, environ_base={"REMOTE_ADDR": "127.0.0.1"}, base_url=f"http://{host}"
        )

    def post(self, host: str, path: str, **form: str) -> TestResponse:
        """A form of the host's own page."""
        own = {"Host": host, "Accept": BROWSER, "Sec-Fetch-Site": "same-origin", "Origin": f"http://{host}"}
        base = f"http://{host}"
        return self.client.post(path, data=form, headers=own, environ_base={"REMOTE_ADDR": "127.0.0.1"}, base_url=base)

    def sit(self, host: str, session: Mapping[str, Any]) -> None:
        """Have a session that a server has signed."""
        server: Any = next(one for name, one in self.hosts.servers.items() if name == host)
        serializer = SecureCookieSessionInterface().get_signing_serializer(server)
        assert serializer is not None
        self.client.set_cookie("session", serializer.dumps(dict(session)), domain=host)

    def cookie(self, host: str, name: str = "session", path: str = "/") -> str | None:
        """A cookie's value."""
        found = self.client.get_cookie(name, domain=host, path=path)
        return None if found is None else found.value
