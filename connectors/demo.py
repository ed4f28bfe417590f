"""The built-in demo: a synthetic roster that goes through the same door as a live sheet."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime

from connectors.assemble import choose_worksheets, raw_sheet, unread_headers
from connectors.base import SourceError
from connectors.demo_grid import SEED, Worksheet, demo_grid
from connectors.locate import Table, locate
from connectors.pseudonyms import Pseudonyms
from dashboard.programme import Programme
from dashboard.roster import Cell, RawSheet, RawTable, SourceInfo


class DemoSource:
    """About 210 applicants of whom 135 started, always at the same distance from `today()`."""

    def __init__(
        self,
        programme: Programme,
        secret: bytes,
        today: Callable[[], date],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._programme = programme
        self._pseudonyms = Pseudonyms(secret, programme)
        self._today = today
        self._now = now

    def fetch(self) -> RawTable:
        """Write the demo sheet in memory and read its mapped columns.

        Raises SourceError no_header, header_clash or required_missing where the programme's headers are not the demo's.
        """
        today = self._today()
        worksheets = {worksheet.title: worksheet for worksheet in demo_grid(today)}
        read = [self._read(worksheet) for worksheet in choose_worksheets(worksheets, self._programme)]
        return RawTable(
            SourceInfo("demo", "demo", self._now(), locale="fr_MA", version=f"{SEED}-{today.isoformat()}"),
            tuple(sheet for _, sheet in read),
            unread_headers(table for table, _ in read),
        )

    def _read(self, worksheet: Worksheet) -> tuple[Table, RawSheet]:
        rows: Iterator[Sequence[Cell]] = iter(worksheet.rows)
        table = locate(worksheet.title, lambda _number: next(rows, None), worksheet.merges, self._programme)
        if table is None:
            raise SourceError("empty_sheet", worksheet=worksheet.title)
        below = worksheet.rows[table.last_row :]
        columns = {number: [row[number - 1] for row in below] for _, number, _ in table.columns}
        return table, raw_sheet(table, columns, self._pseudonyms, worksheet.merges)
