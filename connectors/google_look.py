"""What staff see in a sheet and its values do not say: rows that are hidden, colours of the status column.

One small request without a single value (field reference 5.2, Nos. 25 and 33).
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.base import SourceError, address
from connectors.google_plan import Api
from connectors.pseudonyms import is_pseudonym
from dashboard.roster import COLOURED_FIELD, RawColumn, RawSheet

logger = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 3600.0
_ROWS = "rowMetadata(hiddenByUser,hiddenByFilter)"
_FORMATS = "rowData(values(userEnteredFormat(backgroundColor,textFormat(strikethrough))))"

Format = tuple[float, float, float, bool]  # red, green and blue of the background, from 0 to 1; struck through
PLAIN: Format = (1.0, 1.0, 1.0, False)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a worksheet: hidden rows among those read, and whether colours differ from woman to woman."""

    hidden_rows: int = 0
    coloured: bool = False


def look(api: Api, sheets: Sequence[RawSheet]) -> dict[int | None, Look]:
    """Look at worksheets just read, by Google's id of each: formats of the status column, hidden rows of all.

    Raises SourceError.
    """
    seen: dict[int | None, Look] = {}
    for fields, chosen in (
        (f"sheets(properties(sheetId),data({_ROWS},{_FORMATS}))", [sheet for sheet in sheets if _status(sheet)]),
        (f"sheets(properties(sheetId),data({_ROWS}))", [sheet for sheet in sheets if not _status(sheet)]),
    ):
        if chosen:
            found = api.grid([_range(sheet) for sheet in chosen], fields)
            grids = {part["properties"]["sheetId"]: part["data"][0] for part in found.get("sheets", ())}
            seen |= {sheet.gid: _look(sheet, grids.get(sheet.gid, {})) for sheet in chosen}
    return seen


def as_seen(sheet: RawSheet, seen: Look) -> RawSheet:
    """The worksheet with what was seen of it."""
    status = _status(sheet)
    coloured = (status.letter,) if status is not None and seen.coloured else ()
    return replace(sheet, hidden_rows=seen.hidden_rows, coloured=coloured)


class Looks:
    """What was last seen of a source's worksheets, looked at again every LOOK_AGAIN_SECONDS at most."""

    def __init__(self) -> None:
        self._seen: dict[int | None, Look] = {}
        self._at = float("-inf")

    def due(self, now: float) -> bool:
        """Whether it is time to look again; `now` in seconds since 1970."""
        return not 0 <= now - self._at < LOOK_AGAIN_SECONDS

    def on(self, api: Api, sheets: Sequence[RawSheet], now: float) -> tuple[RawSheet, ...]:
        """Worksheets just read, with what is seen of them. A failure costs the warning about it, not the roster."""
        if self.due(now):
            self._at = now
            try:
                self._seen = look(api, sheets)
            except SourceError as error:
                logger.warning("no look at hidden rows and colours: %s", error.code)
        return tuple(as_seen(sheet, self._seen.get(sheet.gid, Look())) for sheet in sheets)


def _status(sheet: RawSheet) -> RawColumn | None:
    return next((column for column in sheet.columns if column.field == COLOURED_FIELD), None)


def _range(sheet: RawSheet) -> str:
    """The status column, or any one that is read, from the first row below the header to the last row read."""
    letter = (_status(sheet) or sheet.columns[0]).letter
    last = sheet.first_row + max(_rows(sheet), 1) - 1
    return address(sheet.title, f"{letter}{sheet.first_row}:{letter}{last}")


def _rows(sheet: RawSheet) -> int:
    return len(sheet.columns[0].values)


def _look(sheet: RawSheet, grid: Mapping[str, Any]) -> Look:
    hidden = sum(bool(row.get("hiddenByUser") or row.get("hiddenByFilter")) for row in grid.get("rowMetadata", ()))
    return Look(hidden, _varies(sheet, grid.get("rowData", ())))


def _varies(sheet: RawSheet, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether women differ in format. Section and total rows are coloured as a matter of course: they do not count."""
    keys = next(column.values for column in sheet.columns if column.field == "key")
    formats = [_format(row) for row in rows] + [PLAIN] * (len(keys) - len(rows))
    return len({shape for key, shape in zip(keys, formats, strict=False) if is_pseudonym(key)}) > 1


def _format(row: Mapping[str, Any]) -> Format:
    """The format of a row's one cell. Google leaves out what is 0, and the whole colour where none was chosen."""
    entered = (row.get("values") or [{}])[0].get("userEnteredFormat", {})
    colour = entered.get("backgroundColor")
    struck = bool(entered.get("textFormat", {}).get("strikethrough"))
    if colour is None:
        return (*PLAIN[:3], struck)
    return colour.get("red", 0.0), colour.get("green", 0.0), colour.get("blue", 0.0), struck
