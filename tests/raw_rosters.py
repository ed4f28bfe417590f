"""A small programme and short ways to write down worksheets for the tests of the reading side."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.programme import Programme, load_programme
from dashboard.reading import read
from dashboard.roster import Cell, Finding, RawColumn, RawSheet, RawTable, Roster, SourceInfo

TODAY = date(2026, 11, 23)

PROGRAMME: Programme = load_programme(Path(__file__).with_name("data") / "trial_programme.toml")


def day(text: str) -> int:
    """Days since 1970-01-01 of an ISO date: what the frame holds."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def serial(text: str) -> int:
    """The serial number of an ISO date: what a real date is in a sheet. 45616 is 2024-11-20."""
    return (date.fromisoformat(text) - date(1899, 12, 30)).days


Columns = Mapping[str, Sequence[Cell]]


def lettered(columns: Columns) -> tuple[RawColumn, ...]:
    """Columns lettered from A in their order, each under its field's id."""
    return tuple(
        RawColumn(field, field, chr(ord("A") + number), list(cells))
        for number, (field, cells) in enumerate(columns.items())
    )


def sheet(
    title: str = "المستفيدات", *, first_row: int = 2, hidden_rows: int = 0, **columns: Sequence[Cell]
) -> RawSheet:
    """A worksheet of these columns; the header is in the row above the first."""
    return RawSheet(title, first_row - 1, first_row, lettered(columns), gid=7, hidden_rows=hidden_rows)


def table(*sheets: RawSheet, locale: str | None = None) -> RawTable:
    """What a source returns."""
    info = SourceInfo("file", "trial.xlsx", datetime(2026, 11, 23, 8, tzinfo=UTC), locale=locale)
    return RawTable(info, sheets)


def roster(*sheets: RawSheet, locale: str | None = None) -> Roster:
    """These worksheets, read."""
    return read(table(*sheets, locale=locale), PROGRAMME, TODAY)


def women(locale: str | None = None, **columns: Sequence[Cell]) -> Roster:
    """Women W1, W2, ... with these columns beside the key column A, read."""
    size = max(len(cells) for cells in columns.values())
    keys = [f"W{number}" for number in range(1, size + 1)]
    return roster(RawSheet("المستفيدات", 1, 2, lettered({"key": keys, **columns}), gid=7), locale=locale)


def values(read: Roster, column: str) -> list[object]:
    """A column of the frame as a list, None where missing."""
    return [
        None if missing else value for value, missing in zip(read.frame[column], read.frame[column].isna(), strict=True)
    ]


def said(read: Roster, *codes: str) -> list[tuple[str, str]]:
    """(code, address) of the findings, or of those with these codes; addresses without the worksheet."""
    return [(finding.code, place(finding)) for finding in read.findings if not codes or finding.code in codes]


def place(finding: Finding) -> str:
    """A finding's address without the worksheet: "H27", "H", ""."""
    return f"{finding.column or ''}{finding.row or ''}"


def counts(read: Roster, field: str) -> tuple[int, int, int]:
    """(filled, parsed, rejected) of a field."""
    count = read.fields[field]
    return count.filled, count.parsed, count.rejected
