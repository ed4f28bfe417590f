"""A short mark of what a roster says, for paper: two sheets of paper with the same mark show the same data."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from dashboard.roster import Roster

DIGITS = 5  # in each half: said aloud in any language; of a thousand versions two share a mark once in 20,000 rosters
_AT_ONCE = 20_000  # rows: bounds the memory that their text takes


def fingerprint(roster: Roster) -> str:
    """Equal for equal rows at equal addresses, whenever they were read and on whatever machine.

    The pseudonyms are left out: they depend on a machine's secret, and two women never share a row. Of rows that an
    engine holds, the engine's own mark is taken.
    """
    digest = hashlib.sha256()
    for text in csv_text(roster.frame.drop(columns="woman")) if roster.engine is None else [roster.engine.mark]:
        digest.update(text.encode())
    number = int.from_bytes(digest.digest()) % 10 ** (2 * DIGITS)
    first, second = divmod(number, 10**DIGITS)
    return f"{first:0{DIGITS}}-{second:0{DIGITS}}"


def csv_text(frame: pd.DataFrame) -> Iterator[str]:
    """What `frame.to_csv(index=False)` says of a roster's columns, a piece at a time and each distinct value once."""
    yield _line(frame.columns)
    for start in range(0, len(frame), _AT_ONCE):
        part = frame.iloc[start : start + _AT_ONCE]
        rows = zip(*(_fields(part[name]) for name in part.columns), strict=True)
        yield "".join([f"{row}\n" for row in map(",".join, rows)])


def _fields(column: "pd.Series") -> list[str]:
    """Each value of a column as it stands between commas, a missing one as nothing."""
    codes, known = pd.factorize(column)
    texts = [_line((value, ""))[:-2] if isinstance(value, str) else str(value) for value in known.tolist()]
    fields: list[str] = np.array([*texts, ""], dtype=object)[codes].tolist()
    return fields


def _line(values: Iterable[object]) -> str:
    """A line of CSV. A text is never told alone: an empty one would be quoted, which beside others it is not."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()
