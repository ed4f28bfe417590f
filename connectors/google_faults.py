"""What can go wrong between here and Google, as a SourceError each; PassingError where trying again may help."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from connectors.base import PassingError as PassingError
from connectors.base import SourceError

CAPTIVE_PORTAL = 511  # "network authentication required"
# Google's words in the body of an error, in lower case -> code. Its status alone does not tell these apart.
_SAID = (
    ("unable to parse range", "bad_range"),
    ("exceeds grid limits", "bad_range"),
    ("operation is not supported for this document", "not_native"),
    ("has not been used in project", "api_disabled"),
    ("service_disabled", "api_disabled"),
    ("ratelimitexceeded", "quota"),
    ("rate limit exceeded", "quota"),
)
_STATUS = {400: "google_refused", 401: "credentials_revoked", 403: "not_shared", 404: "not_found", 429: "quota"}
# What Drive says to an account that may read the spreadsheet but not its file's metadata, or has no Drive API.
DRIVE_IS_SILENT = frozenset(("not_found", "not_shared", "api_disabled", "google_refused"))
_PASSING = frozenset(("quota", "google_down"))


def fault_of_response(response: requests.Response, now: datetime | None = None) -> SourceError:
    """The fault that an answer with an error status stands for."""
    status = response.status_code
    if status == CAPTIVE_PORTAL or (status < 500 and status != 429 and not is_json(response)):
        return SourceError("not_google")
    code = "google_down" if status >= 500 else _said(response) or _STATUS.get(status, "google_refused")
    if code in _PASSING:
        return PassingError(code, _retry_after(response, now or datetime.now(UTC)))
    return SourceError(code, status=status) if code == "google_refused" else SourceError(code)


def fault_of(error: requests.RequestException | GoogleAuthError) -> SourceError:
    """The fault that an exception of the network or of signing in stands for."""
    if isinstance(error, RefreshError):
        return _sign_in_fault(error)
    if isinstance(error, GoogleAuthError):
        cause = error.__cause__
        return fault_of(cause) if isinstance(cause, requests.RequestException) else SourceError("credentials_invalid")
    if isinstance(error, requests.exceptions.SSLError | requests.TooManyRedirects):
        return SourceError("not_google")
    if isinstance(error, requests.Timeout) or _has_reason(error, ReadTimeoutError):
        return PassingError("timeout")
    if isinstance(error, requests.exceptions.ProxyError) or _has_reason(error, NewConnectionError):
        return PassingError("no_network")
    return PassingError("connection_lost")


def is_json(response: requests.Response) -> bool:
    """Whether an answer says it is JSON; a page of a hotel's network says it is HTML."""
    return "json" in response.headers.get("Content-Type", "").lower()


def _said(response: requests.Response) -> str | None:
    body = response.text.lower()
    return next((code for words, code in _SAID if words in body), None)


def _sign_in_fault(error: RefreshError) -> SourceError:
    """A refused sign-in: Google names clock skew in its description, all else means the key no longer works."""
    said = json.dumps(error.args[1:], default=str).lower()
    if "iat" in said or "short-lived" in said:
        return SourceError("clock_wrong")
    return SourceError("credentials_revoked")


def _has_reason(error: BaseException, kind: type[HTTPError]) -> bool:
    """Whether an exception wraps one of a kind, at any depth: requests nests those of urllib3."""
    wrapped = [getattr(error, "reason", None), *error.args]
    return any(
        isinstance(inner, kind) or (isinstance(inner, BaseException) and _has_reason(inner, kind)) for inner in wrapped
    )


def _retry_after(response: requests.Response, now: datetime) -> float | None:
    """Seconds to wait, from either form of the header (RFC 9110, 10.2.3); None if there is none or it is unreadable."""
    header = response.headers.get("Retry-After", "").strip()
    if header.isdecimal():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):
        return None
