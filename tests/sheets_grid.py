"""A spreadsheet that can be edited while it is served, as Google's Sheets v4 describes and cuts it."""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

SHEET_ID = "1" + "eclatLoopback" * 3 + "0000"
Value = str | int | float | bool | date | None


@dataclass(slots=True)
class Worksheet:
    """A worksheet. Merges are (first row, last row, first column, last column), from 1."""

    gid: int
    title: str
    rows: list[list[Value]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: dict[int, str] = field(default_factory=dict)  # row -> "hiddenByUser" or "hiddenByFilter"
    formats: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)  # (row, column) -> entered format


class Spreadsheet:
    """Worksheets under a lock; every edit raises the version."""

    def __init__(self) -> None:
        self.sheet_id = SHEET_ID
        self.title = "ÉCLAT"
        self.locale = "fr_FR"
        self.version = 1
        self.lock = threading.RLock()
        self._sheets: list[Worksheet] = []
        self._gids = 0

    def put(
        self,
        title: str,
        rows: Iterable[Sequence[Value]],
        merges: Iterable[tuple[int, int, int, int]] = (),
        *,
        hidden: bool = False,
    ) -> None:
        """Add a worksheet, or replace one. Merges are (first row, last row, first column, last column), from 1."""
        with self._changing():
            old = next((sheet for sheet in self._sheets if sheet.title == title), None)
            self._gids += 0 if old else 1
            gid = old.gid if old else 99 + self._gids
            new = Worksheet(gid, title, [list(row) for row in rows], list(merges), hidden)
            if old:
                self._sheets[self._sheets.index(old)] = new
            else:
                self._sheets.append(new)

    def set_cell(self, place: str, value: Value) -> None:
        """Write one cell: `'المستفيدات'!H5`, or `H5` on the first worksheet."""
        title, cell = _split(place)
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        with self._changing():
            rows = self._sheet(title).rows
            rows += [[] for _ in range(int(row) - len(rows))]
            cells = rows[int(row) - 1]
            cells += [None] * (_number(letters) - len(cells))
            cells[_number(letters) - 1] = value

    def insert_column(self, before: str, values: Sequence[Value], title: str | None = None) -> None:
        """Insert a column before a letter, as staff do."""
        with self._changing():
            for index, row in enumerate(self._sheet(title).rows):
                row += [None] * (_number(before) - 1 - len(row))
                row.insert(_number(before) - 1, values[index] if index < len(values) else None)

    def insert_row(self, before: int, values: Sequence[Value], title: str | None = None) -> None:
        with self._changing():
            self._sheet(title).rows.insert(before - 1, list(values))

    def hide_rows(self, rows: Iterable[int], by: str = "hiddenByUser", title: str | None = None) -> None:
        """Hide rows, or have a filter hide them."""
        with self._changing():
            self._sheet(title).hidden_rows |= dict.fromkeys(rows, by)

    def paint(self, cell: str, colour: dict[str, float] | None = None, *, struck: bool = False) -> None:
        """Colour a cell, or strike it through: {"red": 1.0}."""
        title, place = _split(cell)
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()  # type: ignore[union-attr]
        entered = ({"backgroundColor": colour} if colour is not None else {}) | (
            {"textFormat": {"strikethrough": True}} if struck else {}
        )
        with self._changing():
            self._sheet(title).formats[int(row), _number(letters)] = entered

    def grid(self, ranges: Sequence[str]) -> dict[str, Any]:
        """Sheets with the hidden rows and formats of ranges of one column."""
        found: dict[int, dict[str, Any]] = {}
        with self.lock:
            for name in ranges:
                title, place = _split(name)
                sheet = self._sheet(title)
                letters, top, bottom = re.fullmatch(r"([A-Z]+)(\d+):[A-Z]+(\d+)", place).groups()  # type: ignore[union-attr]
                rows = range(int(top), int(bottom) + 1)
                part = found.setdefault(sheet.gid, {"properties": {"sheetId": sheet.gid}, "data": []})
                part["data"].append(_grid(sheet, rows, _number(letters)))
        return {"sheets": list(found.values())}

    def rename(self, title: str, new: str) -> None:
        with self._changing():
            self._sheet(title).title = new

    def delete(self, title: str) -> None:
        with self._changing():
            self._sheets.remove(self._sheet(title))

    def metadata(self) -> dict[str, Any]:
        with self.lock:
            return {
                "spreadsheetId": self.sheet_id,
                "properties": {"title": self.title, "locale": self.locale, "timeZone": "Africa/Casablanca"},
                "sheets": [_metadata(index, sheet) for index, sheet in enumerate(self._sheets)],
            }

    def values(self, name: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        """One value range; None where the range cannot be parsed."""
        title, place = _split(name)
        bounds = re.fullmatch(r"([A-Z]*)(\d*):([A-Z]*)(\d*)", place)
        with self.lock:
            if bounds is None or not any(sheet.title == title for sheet in self._sheets):
                return None
            rows = _cut(self._sheet(title).rows, *bounds.groups())
        as_columns = query.get("majorDimension", ["ROWS"])[0] == "COLUMNS"
        lines = [list(line) for line in zip(*rows, strict=True)] if as_columns else rows
        unformatted = query.get("valueRenderOption", ["FORMATTED_VALUE"])[0] == "UNFORMATTED_VALUE"
        answer: dict[str, Any] = {"range": name, "majorDimension": "COLUMNS" if as_columns else "ROWS"}
        trimmed = _trimmed([_trimmed([_rendered(cell, unformatted) for cell in line], "") for line in lines], [])
        return answer | ({"values": trimmed} if trimmed else {})

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self.lock:
            yield
            self.version += 1

    def _sheet(self, title: str | None) -> Worksheet:
        return self._sheets[0] if title is None else next(sheet for sheet in self._sheets if sheet.title == title)


def masked(tree: Any, mask: str) -> Any:
    """The part of a tree that a field mask names: `properties(title),sheets(merges)`."""
    if isinstance(tree, list):
        return [masked(part, mask) for part in tree]
    kept: dict[str, Any] = {}
    for name, inner in _mask_parts(mask):
        if name in tree:
            kept[name] = masked(tree[name], inner) if inner else tree[name]
    return kept


def _mask_parts(mask: str) -> list[tuple[str, str]]:
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(mask + ","):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            name, _, inner = mask[start:place].partition("(")
            parts.append((name, inner[:-1]))
            start = place + 1
    return parts


def _metadata(index: int, sheet: Worksheet) -> dict[str, Any]:
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    properties: dict[str, Any] = {
        "sheetId": sheet.gid,
        "title": sheet.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": max(len(sheet.rows), 1000), "columnCount": 26},
    }
    found: dict[str, Any] = {"properties": properties | ({"hidden": True} if sheet.hidden else {})}
    if sheet.merges:
        found["merges"] = [
            {"sheetId": sheet.gid} | dict(zip(names, (top - 1, bottom, left - 1, right), strict=True))
            for top, bottom, left, right in sheet.merges
        ]
    return found


def _grid(sheet: Worksheet, rows: range, column: int) -> dict[str, Any]:
    formats = [sheet.formats.get((row, column)) for row in rows]
    return {
        "startRow": rows.start - 1,
        "rowMetadata": [
            {"pixelSize": 21} | ({sheet.hidden_rows[row]: True} if row in sheet.hidden_rows else {}) for row in rows
        ],
        "rowData": _trimmed([{"values": [{"userEnteredFormat": shape}]} if shape else {} for shape in formats], {}),
    }


def _split(name: str) -> tuple[str | None, str]:
    """`'it''s'!A1:B2` -> title and place."""
    quoted = re.fullmatch(r"'((?:[^']|'')*)'!(.+)|(?:([^'!]+)!)?([^!]+)", name)
    assert quoted is not None, name
    title, place, bare, rest = quoted.groups()
    return (title.replace("''", "'"), place) if place else (bare, rest)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cut(rows: list[list[Value]], left: str, top: str, right: str, bottom: str) -> list[list[Value]]:
    """The rows of a range, all as wide as the widest row; open ends reach to the edge."""
    width = max((len(row) for row in rows), default=0)
    chosen = rows[int(top) - 1 if top else 0 : int(bottom) if bottom else None]
    first, last = (_number(left) if left else 1), (_number(right) if right else width)
    return [(row + [None] * (last - len(row)))[first - 1 : last] for row in chosen]


def _rendered(cell: Value, unformatted: bool) -> str | int | float | bool:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return (cell - date(1899, 12, 30)).days if unformatted else cell.strftime("%d/%m/%Y")
    return cell if unformatted else str(cell)


def _trimmed(line: list[Any], empty: Any) -> list[Any]:
    while line and line[-1] == empty:
        line = line[:-1]
    return line
