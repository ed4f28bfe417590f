"""The settings of the doors: who signs in and how, under which address the dashboard is known. Checked at start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from connectors.settings_error import SettingsError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
KINDS: tuple[Literal["none", "one_time", "google"], ...] = ("none", "one_time", "google")
ROLES: tuple[Literal["viewer", "manager"], ...] = ("viewer", "manager")
GOOGLE = "https://accounts.google.com"
People = Mapping[str, Literal["viewer", "manager"]]
"""E-mail addresses in lower case, and their roles."""
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """How people sign in. `address` is the public one, without a final slash; None while only this computer asks."""

    kind: Literal["none", "one_time", "google"] = "none"
    people: People = field(default_factory=dict)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    issuer: str = GOOGLE
    address: str | None = None
    hours: float = 12.0

    @property
    def secure(self) -> bool:
        """Whether browsers reach the dashboard by https."""
        return self.address is not None and self.address.startswith("https://")


def door_settings(environ: Mapping[str, str], *, demo: bool, host: str) -> DoorSettings:
    """From DASHBOARD_SIGN_IN (none, one_time, google), DASHBOARD_PEOPLE ("a@x.org=manager, b@x.org=viewer"),
    DASHBOARD_SIGN_IN_CLIENT_ID, _CLIENT_SECRET, _ISSUER, DASHBOARD_ADDRESS and DASHBOARD_SESSION_HOURS.

    Raises SettingsError sign_in_unknown, sign_in_incomplete, people_unreadable, address_unreadable, address_not_https,
    setting_not_a_number, open_to_network.
    """
    client_id = environ.get("DASHBOARD_SIGN_IN_CLIENT_ID", "")
    kind = _kind(environ.get("DASHBOARD_SIGN_IN") or ("google" if client_id else "none" if demo else "one_time"))
    if kind == "none" and host not in LOOPBACK:
        raise SettingsError("open_to_network", host=host, setting="DASHBOARD_SIGN_IN=one_time")
    found = DoorSettings(
        kind=kind,
        people=people_of(environ.get("DASHBOARD_PEOPLE", ""), "DASHBOARD_PEOPLE"),
        client_id=client_id,
        client_secret=environ.get("DASHBOARD_SIGN_IN_CLIENT_SECRET", ""),
        issuer=environ.get("DASHBOARD_SIGN_IN_ISSUER") or GOOGLE,
        address=_public(environ.get("DASHBOARD_ADDRESS", "")),
        hours=_hours(environ.get("DASHBOARD_SESSION_HOURS") or "12"),
    )
    if kind == "google":
        _complete(found)
    return found


def _kind(told: str) -> Literal["none", "one_time", "google"]:
    found = next((kind for kind in KINDS if kind == told.strip().lower().replace("-", "_")), None)
    if found is None:
        raise SettingsError("sign_in_unknown", setting="DASHBOARD_SIGN_IN", choices=", ".join(KINDS))
    return found


def _complete(found: DoorSettings) -> None:
    """Signing in with an account takes a client, its secret, somebody who may, and the address to come back to."""
    wanted = {
        "DASHBOARD_SIGN_IN_CLIENT_ID": found.client_id,
        "DASHBOARD_SIGN_IN_CLIENT_SECRET": found.client_secret,
        "DASHBOARD_PEOPLE": found.people,
        "DASHBOARD_ADDRESS": found.address,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise SettingsError("sign_in_incomplete", settings=", ".join(missing))


def people_of(told: str, setting: str) -> People:
    """Addresses with roles as a setting writes them, "a@x.org=manager". Raises SettingsError people_unreadable."""
    people: dict[str, Literal["viewer", "manager"]] = {}
    for place, entry in enumerate(filter(None, (part.strip() for part in re.split(r"[,;\n]", told))), 1):
        address, _, wanted = (part.strip().lower() for part in entry.partition("="))
        role = next((role for role in ROLES if role == wanted), None)
        if role is None or not _ADDRESS.fullmatch(address):
            raise SettingsError("people_unreadable", setting=setting, place=place)
        people[address] = role
    return people


def _public(told: str) -> str | None:
    if not told:
        return None
    parts = urlsplit(told)
    plain = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if not plain or parts.query or parts.fragment or parts.username:
        raise SettingsError("address_unreadable", setting="DASHBOARD_ADDRESS", example="https://dashboard.example.org")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SettingsError("address_not_https", setting="DASHBOARD_ADDRESS")
    return told.rstrip("/")


def _hours(told: str) -> float:
    if not told.isdecimal() or not 1 <= int(told) <= 168:
        raise SettingsError("setting_not_a_number", setting="DASHBOARD_SESSION_HOURS", low=1, high=168)
    return float(told)
