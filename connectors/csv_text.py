"""CSV as staff save it: any usual encoding, commas, semicolons or tabs."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from charset_normalizer import from_bytes

from connectors.base import SourceError
from connectors.locate import MAX_ROWS
from dashboard.programme import Programme
from dashboard.reading.headers import match_header
from dashboard.roster import Cell

DELIMITERS = (",", ";", "\t", "|")
# What spreadsheet programs on Moroccan computers write besides Unicode: Arabic and Western European Windows.
CODE_PAGES = ("cp1256", "cp1252")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 65_536


def csv_rows(data: bytes, path: Path, programme: Programme) -> Callable[[], Iterator[Sequence[Cell]]]:
    """Rows of a CSV, every cell text as it stands (decimals untouched). Each call starts at the first row.

    Raises SourceError not_a_spreadsheet, encoding_unknown; while rows are read also csv_broken.
    """
    encoding = _encoding(data, path, programme)
    delimiter, _ = _delimiter(data, encoding, programme)
    return lambda: _rows(data, encoding, delimiter, path)


def _rows(data: bytes, encoding: str, delimiter: str, path: Path) -> Iterator[Sequence[Cell]]:
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as text:
        # Strict: a quotation mark that is never closed would otherwise swallow the rest of the file in silence.
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            yield from reader
        except csv.Error:
            raise SourceError("csv_broken", path=str(path), line=reader.line_num) from None


def _encoding(data: bytes, path: Path, programme: Programme) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _proven(data, encoding, path)
    if b"\0" in data[:_SAMPLE]:
        raise SourceError("not_a_spreadsheet", path=str(path))
    try:
        return _proven(data, "utf-8", path)
    except SourceError:
        return _code_page(data, programme)


def _proven(data: bytes, encoding: str, path: Path) -> str:
    """The encoding, if the whole file is written in it."""
    try:
        with io.TextIOWrapper(io.BytesIO(data), encoding=encoding) as text:
            while text.read(_SAMPLE):
                pass
    except UnicodeError:
        raise SourceError("encoding_unknown", path=str(path)) from None
    return encoding


def _code_page(data: bytes, programme: Programme) -> str:
    """The code page under which more headers are known; where they tie, the one whose text looks likelier."""
    best = from_bytes(data[:_SAMPLE], cp_isolation=list(CODE_PAGES)).best()
    likelier = best.encoding if best is not None else CODE_PAGES[0]
    pages = sorted(CODE_PAGES, key=lambda page: page != likelier)
    return max(pages, key=lambda page: _delimiter(data, page, programme)[1])


def _delimiter(data: bytes, encoding: str, programme: Programme) -> tuple[str, tuple[int, int]]:
    """The delimiter under which a row near the top has most known headers, and failing that most cells.

    Counting signs misleads where cells hold decimal commas or sentences; headers hold neither.
    """
    scores = {delimiter: _score(data, encoding, delimiter, programme) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best, scores[best]


def _score(data: bytes, encoding: str, delimiter: str, programme: Programme) -> tuple[int, int]:
    text = data[:_SAMPLE].decode(encoding, errors="replace")
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MAX_ROWS))
    except csv.Error:
        return 0, 0
    return max(((match_header(row, programme).known, len(row)) for row in rows), default=(0, 0))
