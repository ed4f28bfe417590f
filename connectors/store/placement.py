"""Who stands in which row of which sheet: one document a version, told as runs of the version before where it can be.

A line inserted at the top of a sheet moves everyone below by one row: two runs, whatever the length of the sheet.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
_WHOLE, _RUNS = "whole", "runs"
_FEWEST = 8  # rows per run on average: with shorter ones the whole is hardly longer


@dataclass(frozen=True, eq=False, slots=True)
class Placement:
    """The rows of a roster in their order: the person's id, the number of the sheet in `titles`, the sheet's row."""

    persons: Ints
    sheets: Ints  # -1: none
    rows: Ints  # -1: none
    titles: tuple[str, ...]

    @property
    def hash(self) -> str:
        """The same exactly for the same rows, however they are packed."""
        digest = hashlib.sha256(json.dumps(self.titles).encode())
        for column in (self.persons, self.sheets, self.rows):
            digest.update(column.astype("<i8").tobytes())
        return digest.hexdigest()

    def without(self, persons: Sequence[int]) -> "Placement":
        """The same rows without those of some persons."""
        kept = ~np.isin(self.persons, persons)
        return Placement(self.persons[kept], self.sheets[kept], self.rows[kept], self.titles)

    def columns(self) -> dict[str, "pd.Series[Any]"]:
        """The columns `sheet` and `row` of the roster frame."""
        titles = np.array([*self.titles, None], dtype=object)
        rows = pd.array(self.rows, dtype="Int64")
        rows[self.rows < 0] = pd.NA
        return {"sheet": pd.Series(titles[self.sheets], dtype="string"), "row": pd.Series(rows)}


def placement_of(frame: pd.DataFrame, persons: Ints) -> Placement:
    """The placement of a roster frame whose rows are about `persons`."""
    sheets, titles = pd.factorize(frame["sheet"])
    rows = frame["row"].fillna(-1).to_numpy(dtype=np.int64)
    return Placement(persons, sheets.astype(np.int64), rows, tuple(map(str, titles)))


def packed(placement: Placement, base: Placement | None = None) -> tuple[bytes, bool]:
    """A placement as bytes, and whether they need the base to be read."""
    runs = None if base is None else _runs(placement, base)
    if runs is None:
        columns = (placement.persons, placement.sheets, placement.rows)
        return _pack(
            {"form": _WHOLE, "titles": placement.titles}, [np.diff(column, prepend=0) for column in columns]
        ), False
    return _pack({"form": _RUNS, "titles": placement.titles}, runs), True


def unpacked(body: bytes, base: Placement | None = None) -> Placement:
    """What was packed. `base` is the placement that it was packed with."""
    head, columns = _unpack(body)
    titles = tuple(head["titles"])
    if head["form"] == _WHOLE:
        persons, sheets, rows = (np.cumsum(column) for column in columns)
        return Placement(persons, sheets, rows, titles)
    if base is None:
        raise ValueError("the base is missing")
    starts, lengths, shifts, sheets, strangers = columns
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    known = np.repeat(starts >= 0, lengths)
    at = np.where(known, np.repeat(starts, lengths) + offsets, 0)
    persons, rows = np.zeros(len(at), dtype=np.int64), np.repeat(shifts, lengths)
    persons[known], persons[~known] = base.persons[at[known]], strangers
    rows[known] += base.rows[at[known]]
    return Placement(persons, np.repeat(sheets, lengths), rows, titles)


def _runs(new: Placement, base: Placement) -> list[Ints] | None:
    """Runs of rows that stood one below the other already: start in the base (-1: did not stand there), length, by how
    many rows they moved, sheet; then the persons who did not stand there. None where there are too many runs.
    """
    size = len(new.persons)
    lookup = np.full(int(max(new.persons.max(initial=0), base.persons.max(initial=0))) + 1, -1, dtype=np.int64)
    lookup[base.persons] = np.arange(len(base.persons))
    starts = lookup[new.persons]
    known = starts >= 0
    shifts = new.rows.copy()
    shifts[known] -= base.rows[starts[known]]
    begins = np.ones(size, dtype=bool)
    begins[1:] = (starts[1:] != starts[:-1] + 1) | (shifts[1:] != shifts[:-1]) | (new.sheets[1:] != new.sheets[:-1])
    begins |= ~known
    first = np.flatnonzero(begins)
    if len(first) * _FEWEST > size:
        return None
    lengths = np.diff(first, append=size)
    return [starts[first], lengths, shifts[first], new.sheets[first], new.persons[~known]]


def _pack(head: dict[str, Any], columns: Sequence[Ints]) -> bytes:
    """A line of JSON, then the columns byte by byte (all lowest bytes, then all second lowest …), compressed."""
    line = json.dumps({**head, "sizes": [len(column) for column in columns]}).encode()
    planes = [column.astype("<i8").view(np.uint8).reshape(-1, 8).T.tobytes() for column in columns]
    return zlib.compress(b"".join([line, b"\n", *planes]))


def _unpack(body: bytes) -> tuple[dict[str, Any], list[Ints]]:
    line, _, rest = zlib.decompress(body).partition(b"\n")
    head = json.loads(line)
    columns, start = [], 0
    for size in head["sizes"]:
        planes = np.frombuffer(rest, dtype=np.uint8, count=size * 8, offset=start).reshape(8, -1)
        columns.append(np.ascontiguousarray(planes.T).view("<i8").reshape(-1).astype(np.int64))
        start += size * 8
    return head, columns
