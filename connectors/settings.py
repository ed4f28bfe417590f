"""Settings from the environment, checked at start: a bad one stops the start with one sentence."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from connectors.door_settings import DoorSettings, door_settings
from connectors.mail_settings import MailSettings, mail_settings
from connectors.settings_error import SettingsError as SettingsError

ROOT = Path(__file__).resolve().parent.parent
# In the data folder: the source that was connected last, and the service account's key if it was handed in there.
SOURCE_FILE, KEY_FILE = "source", "service-account.json"
# There too: what tells whether the secret is still the one that a real roster's pseudonyms were made with.
CHECK_FILE = "pseudonyms.check"
HISTORY_FILE = "history.sqlite3"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the roster is, whose programme it is, and how the server runs."""

    source: str
    programme: Path
    data: Path  # what the dashboard writes: secret, history
    secret: bytes  # keys pseudonyms and cookies
    credentials: Path | None  # Google service account
    host: str = "127.0.0.1"
    port: int = 8050
    max_age: float = 15.0  # seconds after which the source is asked again
    demo_history: bool = (
        False  # whether the demo comes with its half year of history, which costs seconds at first start
    )
    source_is_set: bool = False  # by DASHBOARD_SOURCE, which wins over the source chosen on the page
    store: str = ""  # URL of the history; may hold a password
    keep_days: int = 0  # after which what was replaced is dropped from history; 0: never
    amber: float = 10.0  # minutes since the last good look at the source: the data are called old
    red: float = 60.0  # minutes: too old to rely on
    doors: DoorSettings = field(default_factory=DoorSettings)  # who signs in and how
    shared: Path | None = None  # the data folder of all programmes, where one process serves several
    address: str = ""  # that a browser opens, where neither the doors nor `host` say it
    entrance: str = ""  # where one signs in, if that is elsewhere
    mail: MailSettings | None = None  # the brief by e-mail; None: off

    @property
    def store_url(self) -> str:
        """Where history is kept: the URL given, else a file in the data folder."""
        return self.store or f"sqlite:///{self.common.resolve() / HISTORY_FILE}"

    @property
    def common(self) -> Path:
        """Where everything is kept that is not one programme's alone: sign-ins, history, requests to Google."""
        return self.shared or self.data

    @property
    def reached_at(self) -> str:
        """The address that a browser opens, without a final slash."""
        host = "localhost" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104  where it listens
        return self.doors.address or self.address or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def entered_at(self) -> str:
        """The address at which one signs in, without a final slash."""
        return self.entrance or self.reached_at


def settings_from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings from DASHBOARD_SOURCE, DASHBOARD_PROGRAMME, DASHBOARD_DATA, DASHBOARD_SECRET, DASHBOARD_SECRET_ROTATED,
    DASHBOARD_REFRESH_SECONDS, DASHBOARD_STORE, DASHBOARD_KEEP_DAYS, DASHBOARD_STALE_AMBER, DASHBOARD_STALE_RED,
    GOOGLE_APPLICATION_CREDENTIALS, HOST, PORT, those of the doors (connectors.door_settings) and of the mail
    (connectors.mail_settings). Raises SettingsError.
    """
    data = Path(environ.get("DASHBOARD_DATA") or ROOT / "data")
    given = environ.get("DASHBOARD_SOURCE")
    source = given or remembered_source(data) or "demo"
    amber = _number(environ, "DASHBOARD_STALE_AMBER", 10, 1, 525_600)
    host, demo = environ.get("HOST") or "127.0.0.1", source.strip().lower() == "demo"
    return Settings(
        source=source,
        programme=Path(environ.get("DASHBOARD_PROGRAMME") or ROOT / "programme.toml"),
        data=data,
        secret=_checked_secret(environ, data, keep=not demo),
        credentials=_credentials(environ.get("GOOGLE_APPLICATION_CREDENTIALS"), data),
        host=host,
        port=_number(environ, "PORT", 8050, 1, 65535),
        max_age=_number(environ, "DASHBOARD_REFRESH_SECONDS", 15, 5, 86400),
        demo_history=True,
        source_is_set=bool(given),
        store=environ.get("DASHBOARD_STORE") or "",
        keep_days=_number(environ, "DASHBOARD_KEEP_DAYS", 0, 0, 36500),
        amber=amber,
        red=_number(environ, "DASHBOARD_STALE_RED", max(60, amber), amber, 525_600),
        doors=door_settings(environ, demo=demo, host=host),
        mail=mail_settings(environ),
    )


def renewed(settings: Settings) -> Settings:
    """Settings with what the data folder says now. Raises SettingsError."""
    kept = None if settings.source_is_set else remembered_source(settings.data)
    return replace(
        settings, source=kept or settings.source, credentials=settings.credentials or _credentials(None, settings.data)
    )


def remembered_source(data: Path) -> str | None:
    """The source that was connected last (connectors.connecting keeps it in the data folder); None if none was."""
    try:
        return (data / SOURCE_FILE).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError):
        raise SettingsError("source_not_readable", path=str(data / SOURCE_FILE)) from None


def _credentials(given: str | None, data: Path) -> Path | None:
    """The key file of a service account: the one named, else the one handed in on the page."""
    kept = data / KEY_FILE
    return Path(given) if given else kept if kept.exists() else None


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError("setting_not_a_number", setting=name, low=low, high=high)
    return int(text)


def _checked_secret(environ: Mapping[str, str], data: Path, keep: bool) -> bytes:
    """The secret given, else the one kept in the data folder, made there at first start (mode 0600).

    Another secret gives every woman another pseudonym. So where a real roster has been read (`keep` notes that one is
    about to be), another than last time is taken only if DASHBOARD_SECRET_ROTATED says that this is meant.
    """
    given, rotated = environ.get("DASHBOARD_SECRET"), environ.get("DASHBOARD_SECRET_ROTATED") == "yes"
    check = data / CHECK_FILE
    known = _known_check(check)  # before the secret is looked for: another process writes it after its secret
    secret = _given_secret(given) if given is not None else _own_secret(data, make=known is None or rotated)
    proof = hmac.new(secret, b"these pseudonyms", hashlib.sha256).hexdigest()
    if known is not None and not rotated and not hmac.compare_digest(known, proof):
        raise SettingsError("secret_changed", path=str(check), setting="DASHBOARD_SECRET_ROTATED=yes")
    if known != proof and (keep or known is not None):
        _keep_check(check, proof, needed=given is None or known is not None)
    return secret


def _given_secret(given: str) -> bytes:
    if len(given) < 16:
        raise SettingsError("secret_too_short", setting="DASHBOARD_SECRET", characters=16)
    return given.encode()


def _own_secret(data: Path, make: bool) -> bytes:
    """The secret of the data folder. With pseudonyms made already (`make` is False) a missing one is never replaced."""
    path = data / "secret"
    if not make and not path.exists():
        raise SettingsError("secret_missing", path=str(path), setting="DASHBOARD_SECRET_ROTATED=yes")
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _kept_secret(path)
    except OSError as error:
        raise _not_writable(data, error) from None


def _known_check(check: Path) -> str | None:
    """What the secret of the last start proved itself with; None at the first start."""
    try:
        return check.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError):
        return ""  # damaged: equal to no proof, so the start asks a person


def _keep_check(check: Path, proof: str, needed: bool) -> None:
    """Remember the secret by its proof. A given secret works without a data folder: nothing is kept there either."""
    draft = check.with_name(f"{check.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        check.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(proof)
        draft.replace(check)
    except OSError as error:
        if needed:
            raise _not_writable(check.parent, error) from None


def _not_writable(data: Path, error: OSError) -> SettingsError:
    return SettingsError("data_not_writable", path=str(data), detail=error.strerror or "")


def _kept_secret(path: Path) -> bytes:
    """Read the kept secret; make it if there is none. Two processes that start together end with the same one."""
    draft = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # fails where another process was first, and never shows half a secret
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    secret = path.read_bytes().strip()
    if len(secret) < 16:
        raise SettingsError("secret_damaged", path=str(path))
    return secret
