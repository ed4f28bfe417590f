"""The settings of the weekly e-mail: through which server, from whom, to whom, when. Off by default."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from connectors.door_settings import LOOPBACK
from connectors.settings_error import SettingsError
from dashboard.model import LANGUAGES, Lang

NEEDED = ("DASHBOARD_SMTP", "DASHBOARD_MAIL_FROM", "DASHBOARD_MAIL_TO", "DASHBOARD_MAIL_AT")
LANGUAGE = "DASHBOARD_MAIL_LANG"
EXAMPLE = "smtp://user:password@mail.example.org:587"
PORTS = {"smtp": 587, "smtps": 465}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AT = re.compile(rf"({'|'.join(DAYS)})\s+([01]?\d|2[0-3]):([0-5]\d)")
# What can stand in a header and on an SMTP line without being quoted: one address, nothing of a list or a comment.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322, 3.2.3
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:[A-Za-z0-9-]{{1,63}}\.)+[A-Za-z0-9-]{{2,63}}")
# A name or an address: of anything else the socket raises UnicodeError, which is no OSError.
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail. `tls`: from the first byte, after STARTTLS, or not at all, on this computer only."""

    host: str
    port: int
    tls: Literal["from_start", "starttls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """A day of the week, Monday 0, and a time of this place."""

    weekday: int
    at: time

    def last(self, now: datetime) -> datetime:
        """The newest such moment that is not after `now`, by the clock on the wall: without an offset."""
        here = now.replace(tzinfo=None)
        day = here.date() - timedelta(days=(here.weekday() - self.weekday) % 7)
        due = datetime.combine(day, self.at)
        return due if due <= here else due - timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Who sends the brief to whom, and when. `lang` None: the programme's default language."""

    server: MailServer
    sender: str
    recipients: tuple[str, ...]
    at: WeeklyTime
    lang: Lang | None = None


def mail_settings(environ: Mapping[str, str]) -> MailSettings | None:
    """From DASHBOARD_SMTP, DASHBOARD_MAIL_FROM, _TO, _AT and _LANG; None where none of them is set.

    Raises SettingsError mail_incomplete, mail_server_unreadable, mail_address_unreadable, mail_at_unreadable,
    mail_lang_unknown. None of them carries the value of DASHBOARD_SMTP: there is a password in it.
    """
    given = {name: environ.get(name, "").strip() for name in (*NEEDED, LANGUAGE)}
    if not any(given.values()):
        return None
    missing = [name for name in NEEDED if not given[name]]
    if missing:
        raise SettingsError("mail_incomplete", settings=", ".join(missing))
    senders = _addresses(given["DASHBOARD_MAIL_FROM"], "DASHBOARD_MAIL_FROM")
    if len(senders) != 1:
        raise SettingsError("mail_address_unreadable", setting="DASHBOARD_MAIL_FROM", place=2)
    return MailSettings(
        _server(given["DASHBOARD_SMTP"]),
        senders[0],
        _addresses(given["DASHBOARD_MAIL_TO"], "DASHBOARD_MAIL_TO"),
        _weekly(given["DASHBOARD_MAIL_AT"]),
        _language(given[LANGUAGE]),
    )


def _is_address(told: str) -> bool:
    """Whether mail can be sent to it: name@example.org, without a name beside it."""
    return _ADDRESS.fullmatch(told) is not None and len(told) <= 254


def _addresses(told: str, setting: str) -> tuple[str, ...]:
    """The addresses of a list, each once."""
    found: dict[str, str] = {}
    for place, address in enumerate(filter(None, (part.strip() for part in re.split(r"[,;\n]", told))), 1):
        if not _is_address(address):
            raise SettingsError("mail_address_unreadable", setting=setting, place=place)
        found.setdefault(address.lower(), address)
    if not found:
        raise SettingsError("mail_address_unreadable", setting=setting, place=1)
    return tuple(found.values())


def _server(told: str) -> MailServer:
    try:
        parts = urlsplit(told)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:  # a port that is no number; the fault itself would quote what stands there
        raise _unreadable() from None
    host = parts.hostname or ""
    if not port or not _HOST.fullmatch(host) or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _unreadable()
    user, password = _account(parts)
    plain: Literal["starttls", "none"] = "none" if host in LOOPBACK else "starttls"
    return MailServer(host, port, "from_start" if parts.scheme == "smtps" else plain, user, password)


def _account(parts: SplitResult) -> tuple[str, str]:
    """Name and password, in which signs may be written as %40; both or neither."""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password) or not (user + password).isascii():
        raise _unreadable()
    return user, password


def _unreadable() -> SettingsError:
    return SettingsError("mail_server_unreadable", setting="DASHBOARD_SMTP", example=EXAMPLE)


def _weekly(told: str) -> WeeklyTime:
    found = _AT.fullmatch(told.lower())
    if found is None:
        raise SettingsError("mail_at_unreadable", setting="DASHBOARD_MAIL_AT", example="mon 07:30")
    return WeeklyTime(DAYS.index(found[1]), time(int(found[2]), int(found[3])))


def _language(told: str) -> Lang | None:
    found = next((lang for lang in LANGUAGES if lang == told.lower()), None)
    if told and found is None:
        raise SettingsError("mail_lang_unknown", setting=LANGUAGE, choices=", ".join(LANGUAGES))
    return found
