"""From the source setting to the source.

What speaks with Google is loaded for a spreadsheet only: it takes a third of the time of a start.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.base import RosterSource, SourceError
from connectors.demo import DemoSource
from connectors.finding_memory import MEMORY_FILE, save
from connectors.google_address import spreadsheet_id
from connectors.google_quota import LEDGER, Quota
from connectors.quota import Shares
from connectors.table_file import SUFFIXES, TableFile
from connectors.warehouse.address import is_warehouse, parse_address
from dashboard.programme import Programme

if TYPE_CHECKING:
    from connectors.google_sheets import GoogleSheets

FILE, GOOGLE = "file:", "google_sheets:"  # what the key of a history begins with
ADDRESSES = ("http://", "https://", "docs.google.com/", "drive.google.com/")


def open_source(
    spec: str,
    programme: Programme,
    secret: bytes,
    credentials: Path | None,
    today: Callable[[], date],
    data: Path | None = None,
    shares: Shares | None = None,
    quota: Quota | None = None,
) -> RosterSource:
    """The source a setting names; nothing is read yet.

    `spec` is "demo", a path ending in .csv or .xlsx, or the address or id of a Google spreadsheet. `credentials` is the
    key file of a Google service account. Raises SourceError source_unknown, or wrong_id for an address without an id.
    Processes with the same `data` folder count their requests to Google together, unless another `quota` is given;
    `shares` divides what an account may read among its spreadsheets.
    """
    if spec.strip().lower() == "demo":
        keep = partial(save, path=data / MEMORY_FILE) if data is not None else lambda _: None
        return DemoSource(programme, secret, today, keep=keep)
    return open_sheet(spec, programme, secret, credentials, data, shares, quota)


def source_key(spec: str) -> str:
    """What the history of a source goes by, however it is written. Raises SourceError."""
    spec = spec.strip()
    if spec.lower() == "demo":
        return "demo"
    if is_warehouse(spec):
        return f"warehouse:{parse_address(spec).label}"
    if Path(spec).suffix.lower() in SUFFIXES and not _is_address(spec):
        return f"{FILE}{_in_full(spec).resolve()}"
    return f"{GOOGLE}{spreadsheet_id(spec)}"


def _in_full(spec: str) -> Path:
    try:
        return Path(spec).expanduser()
    except RuntimeError:  # "~name/…" of nobody here
        raise SourceError("source_unknown", source=spec) from None


def _is_address(spec: str) -> bool:
    """Whether it is one on the web, whatever its end looks like."""
    return spec.lower().startswith(ADDRESSES)


def open_sheet(
    spec: str,
    programme: Programme,
    secret: bytes,
    credentials: Path | None,
    data: Path | None = None,
    shares: Shares | None = None,
    quota: Quota | None = None,
) -> "GoogleSheets | TableFile":
    """The file or spreadsheet a setting names; nothing is read yet. Raises SourceError source_unknown, wrong_id."""
    spec = spec.strip()
    if not spec.isprintable():
        raise SourceError("source_unknown", source=ascii(spec))
    if not _is_address(spec) and Path(spec).suffix.lower() in SUFFIXES:
        return TableFile(_in_full(spec), programme, secret)
    from connectors.google_sheets import GoogleSheets

    if quota is None and data is not None:
        quota = Quota(ledger=data / LEDGER)
    if _is_address(spec):
        return GoogleSheets(spec, programme, secret, credentials, quota=quota, shares=shares)
    try:
        return GoogleSheets(spreadsheet_id(spec), programme, secret, credentials, quota=quota, shares=shares)
    except SourceError:
        raise SourceError("source_unknown", source=spec) from None
