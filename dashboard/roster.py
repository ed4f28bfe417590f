"""The roster: typed rows, what could not be read, and the account of every row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import pandas as pd

from dashboard.engine import Engine
from dashboard.programme import Programme

T = TypeVar("T")

Cell = str | float | int | bool | None
"""A cell as a connector hands it over. Real dates are serial day numbers (1 = 1899-12-31), never date objects."""

COLOURED_FIELD = "status"
"""The field whose column is looked at for colours that say something (field reference 5.2, No. 25)."""

PARTIAL_KEY = "…"
"""Stands in the key column where a woman is known by several columns and one of them is empty."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where a roster came from; nothing in it is personal."""

    kind: str  # "demo" | "file" | "google_sheets" | "warehouse"
    label: str  # what to call it on the page: file name or spreadsheet title
    fetched_at: datetime  # UTC
    url: str | None = None  # the spreadsheet's address without fragment, for links to a cell
    locale: str | None = None  # the spreadsheet's locale, "en_US"
    version: str | None = None  # what the source calls its version


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One mapped column below its header. `values[0]` is the cell in the sheet's row `RawSheet.first_row`."""

    field: str  # id in dashboard.schema
    header: str  # as typed
    letter: str  # "H"
    values: list[Cell]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The mapped columns of one worksheet, all padded to the same length."""

    title: str
    header_row: int  # 1-based; the last row of a two-row header
    first_row: int  # 1-based sheet row of values[0]
    columns: tuple[RawColumn, ...]
    gid: int | None = None  # Google's id of the worksheet
    merges: tuple[tuple[str, int, int], ...] = ()  # (column letter, first row, last row) of merged cells
    hidden_rows: int = 0
    coloured: tuple[str, ...] = ()  # letters of columns in which colour or strikethrough differs from woman to woman


@dataclass(frozen=True, slots=True)
class RawNotes:
    """The worksheet of dated notes: its columns "note_date" and "note_text", or the finding that says why not."""

    title: str
    sheet: RawSheet | None = None
    fault: str = "notes_missing"  # where there is no `sheet`


@dataclass(frozen=True, slots=True)
class RawTable:
    """What a source returns: mapped columns only, keys already pseudonymised."""

    source: SourceInfo
    sheets: tuple[RawSheet, ...]
    unread: tuple[str, ...] = ()  # headers that are mapped to nothing: their columns were never asked for
    notes: RawNotes | None = None  # None: none are asked for, or the source has one table only


class Severity(StrEnum):
    """What became of the cell or row (field reference 5.2)."""

    NORMALISED = "normalised"
    WARNING = "warning"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something staff can look at, with its address. Never carries a participant's value."""

    code: str  # key of a sentence: "finding.<code>"
    severity: Severity
    sheet: str
    column: str | None = None  # letter; None for a finding about a row
    row: int | None = None  # None for a finding about a column
    field: str | None = None
    gid: int | None = None
    params: tuple[tuple[str, str | int], ...] = ()  # addresses and counts only

    @property
    def cell(self) -> str:
        """The address as spreadsheets write it: `'المستفيدات'!H27`."""
        place = f"{self.column or ''}{self.row or ''}"
        title = self.sheet.replace("'", "''")
        return f"'{title}'!{place}" if place else f"'{title}'"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every row read ends in exactly one class: rows_read = used + duplicates_merged + quarantined + skipped."""

    rows_read: int
    used: int
    duplicates_merged: int
    quarantined: int
    skipped: int  # blank, section and total rows


@dataclass(frozen=True, slots=True)
class FieldCount:
    """Every filled cell ends as parsed or as rejected: filled = parsed + rejected."""

    filled: int
    parsed: int
    rejected: int


@dataclass(frozen=True, slots=True)
class DatedNote:
    """What staff wrote about a day. Free text: it is for staff alone and is in no release."""

    on: date
    text: str


@dataclass(frozen=True)
class Roster:
    """Typed rows of women, one each, with the account of how they were read.

    `frame` columns: `woman` (pseudonym), `sheet`, `row`, the dimensions of `schema.DIMENSIONS` (text,
    "unspecified" where missing; vulnerability ids joined by "|"), every date field as Int64 days since
    1970-01-01, `<date>_earliest`/`<date>_latest` for `schema.BOUNDED_DATES`, and the remaining fields as
    `schema.Kind` says, missing as <NA>. Birth date, age and district are dropped once banded.
    Every column is present even where the sheet has none. Where an `engine` holds the women, the frame has no row:
    whoever lists women finds none, and `counted` counts them.
    """

    frame: pd.DataFrame
    findings: tuple[Finding, ...]
    reconciliation: Reconciliation
    fields: Mapping[str, FieldCount]
    source: SourceInfo
    unread: tuple[str, ...] = ()
    notes: tuple[DatedNote, ...] = ()  # of the worksheet of notes, in the order of days
    gids: Mapping[str, int] = field(default_factory=dict)  # Google's id of each worksheet that was read, by title
    engine: Engine | None = None  # what holds the women of a roster larger than a sheet

    def counted(self, how: Callable[[Any, Programme, date], T], programme: Programme, as_of: date) -> T:
        """What a way of counting makes of the women, as of a day."""
        if self.engine is None:
            return how(self.frame, programme, as_of)
        return self.engine.counted(how, programme, as_of)

    @property
    def rows(self) -> int:
        """How many women there are."""
        return len(self.frame) if self.engine is None else self.engine.rows
