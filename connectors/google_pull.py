"""One pull of a live spreadsheet: find the headers once, then two requests each time, and only mapped columns.

Between the two requests staff may insert a column. So every range asked for begins with its header, which is compared
with the one remembered before a single value below it is used (connectors.google_columns).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from connectors.assemble import choose_worksheets
from connectors.base import Merge, SourceError, address
from connectors.google_columns import read_columns
from connectors.google_plan import Api, Columns, Plan, Worksheet
from connectors.locate import RowReader, Table, locate, table
from connectors.note_columns import notebook, notes_table
from connectors.survey import MOST_SHEETS, look_at
from dashboard.mapping import Inspection, likely_sheets
from dashboard.programme import Programme
from dashboard.roster import Cell

T = TypeVar("T")
Search = Callable[[str, RowReader, Sequence[Merge], Programme], T]


def pull(
    api: Api, plan: Plan | None, programme: Programme, *, locate_again: bool = False
) -> tuple[Plan, list[Columns]]:
    """The plan as it is now and the mapped columns of each worksheet that it reads, the one of the notes last.

    With a plan that still holds: two requests (three where cells below a header are merged). If asked to locate again,
    one more, and the headers of worksheets that are new are looked for. With a plan that no longer holds, or none, all
    headers are. Raises SourceError headers_moved if they move even then, worksheet_missing, empty_sheet, no_header,
    header_clash, required_missing.
    """
    known = plan
    for _ in range(2):
        try:
            if known is not None and locate_again:
                known = _surveyed(api, known, programme, {worksheet.gid: worksheet for worksheet in known.worksheets})
            current = (known and _rechecked(api, known, programme)) or _surveyed(api, plan, programme)
            columns = read_columns(api, current.read)
        except SourceError as error:
            if error.code != "bad_range":
                raise
            columns = None
        if columns is not None:
            return current, columns
        known = None
    raise SourceError("headers_moved")


def inspect(api: Api, programme: Programme) -> Inspection:
    """The worksheets and their headers, and which of them seem to hold the roster.

    One row a request, as in any search for a header. Raises SourceError empty_sheet where there is no worksheet.
    """
    metadata = api.metadata()
    sheets = _by_title(metadata)
    by_name = [sheet["properties"]["title"] for sheet in choose_worksheets(sheets, programme)]
    seen = _in_step(api, list(islice(sheets.values(), MOST_SHEETS)), look_at, programme)
    label = metadata["properties"]["title"]
    return Inspection("google_sheets", label, tuple(seen), likely_sheets(seen, by_name, programme))


def _surveyed(
    api: Api, before: Plan | None, programme: Programme, known: Mapping[int, Worksheet] | None = None
) -> Plan:
    """The worksheets there are; the headers of those not known are located."""
    metadata = api.metadata()
    chosen = choose_worksheets(_by_title(metadata), programme)
    if before is not None:
        _refuse_lost(before, {sheet["properties"]["sheetId"] for sheet in chosen})
    found = {gid: worksheet.table for gid, worksheet in (known or {}).items()}
    unknown = [sheet for sheet in chosen if sheet["properties"]["sheetId"] not in found]
    located = _in_step(api, unknown, locate, programme)
    found |= {sheet["properties"]["sheetId"]: new for sheet, new in zip(unknown, located, strict=True) if new}
    worksheets = tuple(_worksheet(sheet, found) for sheet in chosen if sheet["properties"]["sheetId"] in found)
    if not worksheets:
        raise SourceError("empty_sheet", worksheet=chosen[0]["properties"]["title"])
    properties = metadata["properties"]
    notes, unheaded = _notes(api, _by_title(metadata), programme)
    return Plan(properties["title"], properties.get("locale"), worksheets, notes, unheaded)


def _notes(api: Api, sheets: Mapping[str, Any], programme: Programme) -> tuple[Worksheet | None, str | None]:
    """The worksheet of the notes with its columns, or its title where its first row does not name them."""
    sheet = notebook(sheets, programme)
    if sheet is None:
        return None, None
    title = sheet["properties"]["title"]
    rows = api.values([address(title, "1:1")], by_columns=False)[0]
    found = notes_table(title, rows[0] if rows else (), programme)
    return (None, title) if found is None else (Worksheet(sheet["properties"]["sheetId"], found, ()), None)


def _worksheet(sheet: Mapping[str, Any], found: Mapping[int, Table]) -> Worksheet:
    """A worksheet under the title and with the merged cells that it has now."""
    properties = sheet["properties"]
    gid = properties["sheetId"]
    return Worksheet(gid, replace(found[gid], title=properties["title"]), _merges(sheet))


def _by_title(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Worksheets with cells, those in view before hidden ones; charts on sheets of their own have no grid."""
    grids = [sheet for sheet in metadata.get("sheets", ()) if "gridProperties" in sheet["properties"]]
    grids.sort(key=lambda sheet: (sheet["properties"].get("hidden", False), sheet["properties"].get("index", 0)))
    return {sheet["properties"]["title"]: sheet for sheet in grids}


def _refuse_lost(before: Plan, gids: set[int]) -> None:
    """A worksheet that was read and is no longer would take its women out of every number in silence."""
    for worksheet in before.worksheets:
        if worksheet.gid not in gids:
            raise SourceError("worksheet_missing", worksheet=worksheet.table.title)


class _RowWanted(Exception):
    """A search cannot go on without one more row."""


def _in_step(api: Api, sheets: Sequence[Mapping[str, Any]], search: Search[T], programme: Programme) -> list[T]:
    """The result of a search in each worksheet. A request asks for one row of each whose search is not over."""
    rows: dict[str, list[Sequence[Cell]]] = {sheet["properties"]["title"]: [] for sheet in sheets}
    results: dict[str, T] = {}
    while True:
        for sheet in sheets:
            title = sheet["properties"]["title"]
            if title not in results:
                with suppress(_RowWanted):
                    results[title] = search(title, _rows_so_far(sheet, rows[title]), _merges(sheet), programme)
        wanting = [title for title in rows if title not in results]
        if not wanting:
            return [results[title] for title in rows]
        ranges = [address(title, f"{len(rows[title]) + 1}:{len(rows[title]) + 1}") for title in wanting]
        for title, found in zip(wanting, api.values(ranges, by_columns=False), strict=True):
            rows[title].append(found[0] if found else [])


def _rows_so_far(sheet: Mapping[str, Any], rows: Sequence[Sequence[Cell]]) -> RowReader:
    """Searches ask for rows in order, from 1: begun anew with one row more, each goes one row further."""
    last = sheet["properties"]["gridProperties"].get("rowCount", 0)

    def row(number: int) -> Sequence[Cell] | None:
        if number > last:
            return None
        if number > len(rows):
            raise _RowWanted
        return rows[number - 1]

    return row


def _merges(sheet: Mapping[str, Any]) -> tuple[Merge, ...]:
    """Google counts from 0 and excludes the end; a bound it leaves out is the edge of the sheet."""
    grid = sheet["properties"]["gridProperties"]
    return tuple(
        Merge(
            merge.get("startRowIndex", 0) + 1,
            merge.get("endRowIndex", grid.get("rowCount", 0)),
            merge.get("startColumnIndex", 0) + 1,
            merge.get("endColumnIndex", grid.get("columnCount", 0)),
        )
        for merge in sheet.get("merges", ())
    )


def _rechecked(api: Api, plan: Plan, programme: Programme) -> Plan | None:
    """The plan with columns where the remembered header rows now have them; None if one is no header any more."""
    if plan.merged_below:
        plan = _with_merges(plan, api.metadata())
    found = api.values([_header_range(worksheet.table) for worksheet in plan.read], by_columns=False)
    try:
        worksheets = tuple(
            replace(worksheet, table=_table_again(worksheet.table, rows, programme))
            for worksheet, rows in zip(plan.worksheets, found, strict=False)
        )
    except SourceError:
        return None  # locating it anew says what is wrong, or finds where it went
    return _renoted(replace(plan, worksheets=worksheets), found[len(worksheets) :], programme)


def _renoted(plan: Plan, found: Sequence[Sequence[Sequence[Cell]]], programme: Programme) -> Plan | None:
    """The plan with the columns of the notes where their header has them now; None if it names them no more."""
    if plan.notes is None:
        return plan
    rows, title = found[0], plan.notes.table.title
    again = notes_table(title, rows[0] if rows else (), programme)
    return None if again is None else replace(plan, notes=replace(plan.notes, table=again))


def _with_merges(plan: Plan, metadata: Mapping[str, Any]) -> Plan:
    sheets = {sheet["properties"]["sheetId"]: sheet for sheet in _by_title(metadata).values()}
    return replace(
        plan,
        worksheets=tuple(
            replace(worksheet, merges=_merges(sheets[worksheet.gid])) if worksheet.gid in sheets else worksheet
            for worksheet in plan.worksheets
        ),
    )


def _header_range(located: Table) -> str:
    return address(located.title, f"{located.first_row}:{located.last_row}")


def _table_again(remembered: Table, rows: Sequence[Sequence[Cell]], programme: Programme) -> Table:
    padded = [*rows, *[[]] * (len(remembered.header) - len(rows))]
    return table(remembered.title, remembered.first_row, padded, programme)
