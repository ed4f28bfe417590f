"""Findings of one worksheet, collected with their addresses."""

from collections.abc import Callable, Iterable

from dashboard.reading.catalogue import SEVERITY
from dashboard.roster import Finding, RawSheet
from dashboard.schema import FIELD

LISTED = 1000  # cells listed one by one per column and code; the others are counted in one more finding

LetterOf = Callable[[int], str | None]
Params = tuple[tuple[str, str | int], ...]


class Log:
    """Collects findings. Parameters are addresses, counts and the field's own limits, never what a cell holds."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self._listed: list[Finding] = []

    def add(self, code: str, letter: str | None = None, field: str | None = None, count: int | None = None) -> None:
        """Add a finding about a column, or about the sheet (no letter)."""
        self._listed.append(self._finding(code, letter, None, field, () if count is None else (("count", count),)))

    def cell(self, code: str, letter: str | None, index: int, field: str | None, *params: tuple[str, int]) -> None:
        """Add a finding about one cell, `index` rows below the first data row."""
        self._listed.append(self._finding(code, letter, index, field, params))

    def cells(
        self, code: str, indices: Iterable[int], field: str | None, letter: LetterOf, other: LetterOf | None = None
    ) -> None:
        """Add a finding for each of the rows; `letter` gives the column of a row, `other` that of a second cell."""
        rows = [int(index) for index in indices]
        for index in rows[:LISTED]:
            beside = () if other is None else (("other", self._finding("no_key", other(index), index, None, ()).cell),)
            self._listed.append(self._finding(code, letter(index), index, field, beside))
        if len(rows) > LISTED:
            self.add(code, letter(rows[LISTED]), field, len(rows) - LISTED)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was added. Beyond LISTED cells of one kind in a column, a finding without a row counts the others."""
        return tuple(self._listed)

    def _finding(self, code: str, letter: str | None, index: int | None, field: str | None, params: Params) -> Finding:
        row = None if index is None else self.sheet.first_row + index
        if code == "number_outside_range" and field is not None:
            params = (*params, ("low", f"{FIELD[field].low:g}"), ("high", f"{FIELD[field].high:g}"))
        return Finding(code, SEVERITY[code], self.sheet.title, letter, row, field, self.sheet.gid, params)
