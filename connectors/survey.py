"""A worksheet as it looks from outside: where its header is and what its columns are called, values left alone.

The search is that of connectors.locate, so it never goes further down than a reading would. Where it ends at a row
that holds values instead of headers, nothing of that row is passed on.
"""

import re
from collections.abc import Sequence

from connectors.base import Merge, column_letter
from connectors.locate import Head, RowReader, find_head
from dashboard.mapping import SeenHeader, SeenSheet
from dashboard.programme import Programme
from dashboard.reading.headers import name_columns
from dashboard.roster import Cell

MOST_SHEETS = 12  # worksheets looked at; a spreadsheet with more has the roster among the first
_LONGEST = 80  # characters: headers are short, sentences are somebody's words
# A date, a number as long as a phone's, an ID card, an e-mail address: what stands below headers.
_VALUE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\+?\d[\d .-]{5,}|[A-Za-z]{1,3}[-_ ]?\d{2,7}|[^\s@]+@[^\s@]+|[-+]?\d+(?:[.,]\d+)?"
)


def look_at(title: str, row: RowReader, merges: Sequence[Merge], programme: Programme) -> SeenSheet:
    """A worksheet's header, known or not. Raises what `row` raises."""
    head = find_head(row, merges, programme)
    if head is None or not head.rows:
        return SeenSheet(title, None)
    if not head.recognised and _like_data(head):
        return SeenSheet(title, None, like_data=True)
    named = name_columns(head.rows, programme)
    headers = (SeenHeader(column_letter(number), name, field) for number, (name, field) in enumerate(named, 1))
    return SeenSheet(title, head.last_row, tuple(header for header in headers if header.text and not _is_value(header)))


def _like_data(head: Head) -> bool:
    """Whether a row that no header is known of holds values. One is enough: to show it would be to show a person."""
    return any(_is_value_cell(cell) for cell in head.rows[-1])


def _is_value_cell(cell: Cell) -> bool:
    if isinstance(cell, str):
        text = cell.strip()
        return _VALUE.fullmatch(text) is not None or len(text) > _LONGEST
    return cell is not None


def _is_value(header: SeenHeader) -> bool:
    return header.field is None and _is_value_cell(header.text)
