"""Signing in to Google as a service account, with read-only rights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials

from connectors.base import SourceError
from connectors.google_faults import PassingError
from connectors.google_hosts import check_hosts
from connectors.google_line import Line, put_on_line

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
)


@dataclass(frozen=True, slots=True)
class Account:
    """A service account. `email` is the address to share a spreadsheet with."""

    email: str
    credentials: Any
    api_root: str | None  # where its file says Google's API is; None in files made by Google


def read_account(path: Path | None) -> Account:
    """The service account of a key file.

    Raises SourceError credentials_missing (no file is set), credentials_not_found, credentials_invalid,
    credentials_elsewhere (it would have us speak to somebody else than Google).
    """
    if path is None:
        raise SourceError("credentials_missing", setting="GOOGLE_APPLICATION_CREDENTIALS")
    try:
        info = json.loads(path.read_text(encoding="utf-8"))
        check_hosts(info)
        credentials = Credentials.from_service_account_info(info, scopes=SCOPES)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise SourceError("credentials_not_found", path=str(path)) from None
    except (OSError, ValueError, TypeError, AttributeError, KeyError, GoogleAuthError):
        raise SourceError("credentials_invalid", path=str(path)) from None
    return Account(credentials.service_account_email, credentials, info.get("api_root"))


def account_email(path: Path | None) -> str | None:
    """The address of the service account of a key file, whatever else is in it; None where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["client_email"] if path is not None else None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if isinstance(found, str) else None


def open_session(account: Account, line: Line) -> requests.Session:
    """A session that signs in when needed; every connection, the sign-in's too, keeps the line's time."""
    signing_in = requests.Session()
    put_on_line(signing_in, line)
    session: requests.Session = AuthorizedSession(  # type: ignore[no-untyped-call]
        account.credentials, auth_request=_TokenRequest(signing_in)
    )
    put_on_line(session, line)
    return session


class _TokenRequest(Request):
    """Asks for a token. Server faults are raised here, so that our own retry with its deadline handles them."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().__call__(*args, **kwargs)  # type: ignore[no-untyped-call]
        if answer.status >= 500 or answer.status == 429:
            raise PassingError("google_down")
        if not _is_token_answer(answer.headers, answer.data):
            raise SourceError("not_google")
        return answer


def _is_token_answer(headers: Mapping[str, str], body: bytes) -> bool:
    if "json" not in headers.get("Content-Type", "").lower():
        return False
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False
