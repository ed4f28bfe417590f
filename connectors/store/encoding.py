"""Women's values as text and back: a list in JSON for each, typed again by dashboard.reading.frame.

Where she stands in the sheets is told apart (connectors.store.placement), so that moving rows changes no one's values.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import pandas_dtype

from connectors.store.bulk import CHUNK
from dashboard.reading.frame import FRAME_COLUMNS, FRAME_TYPES, TEXT
from dashboard.schema import DIMENSIONS, UNSPECIFIED

Positions = npt.NDArray[np.int64]

PLACE = ("woman", "sheet", "row")
VALUE_TYPES: Mapping[str, str] = {name: kind for name, kind in FRAME_TYPES.items() if name not in PLACE}
"""Columns that are a woman's values -> pandas type."""

LAYOUT = tuple(VALUE_TYPES)
"""What the places of a list stand for. It is kept beside the lists: a later dashboard may know other fields."""

# A dimension is never missing but "unspecified", so that is its null; were it ever missing, it would be this.
_MISSING = 0


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with all columns of the roster, in order and typed; the same object where it is so already.

    Raises ValueError where it has columns that no roster has, or one woman twice.
    """
    if not frame["woman"].is_unique:
        raise ValueError("a woman stands in two rows of a roster")
    if tuple(frame.columns) == FRAME_COLUMNS and all(frame[name].dtype == kind for name, kind in FRAME_TYPES.items()):
        return frame
    if strange := set(frame.columns) - set(FRAME_COLUMNS):
        raise ValueError(f"columns that no roster has: {', '.join(sorted(strange))}")
    missing = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    columns = {name: frame.get(name, missing).astype(pandas_dtype(kind)) for name, kind in FRAME_TYPES.items()}
    return pd.DataFrame(columns).reset_index(drop=True)


def encoded(frame: pd.DataFrame) -> Iterator[tuple[int, list[str]]]:
    """The values of the rows, a chunk at a time with the position of its first row."""
    columns = [(name, frame[name].array) for name in LAYOUT]
    bounds = [*range(0, len(frame), CHUNK), len(frame)]
    for start, stop in pairwise(bounds):
        parts = [_fragments(name, pd.Series(values[start:stop])) for name, values in columns]
        yield start, [f"[{','.join(row)}]" for row in zip(*parts, strict=True)]


def _fragments(name: str, column: "pd.Series[Any]") -> list[str]:
    """The value of every row as JSON."""
    codes, known = pd.factorize(column)
    texts = _written(known.tolist(), VALUE_TYPES[name] == TEXT)
    missing = "null"
    if name in DIMENSIONS:
        missing = str(_MISSING)
        texts = ["null" if value == UNSPECIFIED else text for value, text in zip(known, texts, strict=True)]
    fragments: list[str] = np.array([*texts, missing], dtype=object)[codes].tolist()
    return fragments


def _written(values: list[Any], are_texts: bool) -> list[str]:
    """Each value as JSON. Numbers hold no comma, so that many are written at once and told apart again."""
    if are_texts or not values:
        return [json.dumps(value) for value in values]
    return json.dumps(values)[1:-1].split(", ")


class Decoder:
    """Collects encoded values, in any order, and gives them back as typed columns."""

    def __init__(self) -> None:
        self._parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in VALUE_TYPES}

    def add(self, texts: Sequence[str], layout: Sequence[str] = LAYOUT) -> None:
        """Decode a chunk of lists. Fields that are not known any more are left out, others are missing."""
        columns = dict(zip(layout, zip(*json.loads(f"[{','.join(texts)}]"), strict=True), strict=True))
        unsaid = (None,) * len(texts)
        for name, kind in VALUE_TYPES.items():
            values = columns.get(name, unsaid)
            self._parts[name].append(_shared(name, values) if kind == TEXT else np.array(values, dtype="float64"))

    def columns(self) -> dict[str, "pd.Series[Any]"]:
        """Typed columns, in the order in which they were added."""
        result = {}
        for name, kind in VALUE_TYPES.items():
            parts = self._parts[name]
            values = np.concatenate(parts) if parts else np.empty(0, dtype=object if kind == TEXT else "float64")
            result[name] = pd.Series(values).astype(pandas_dtype(kind))
        return result


def _shared(name: str, values: Sequence[str | int | None]) -> npt.NDArray[Any]:
    """Texts as an array in which equal ones are one object: a third of the memory."""
    codes, known = pd.factorize(np.asarray(values, dtype=object))
    said: list[Any] = [None if name in DIMENSIONS and value == _MISSING else value for value in known]
    unsaid = UNSPECIFIED if name in DIMENSIONS else None
    shared: npt.NDArray[Any] = np.array([*said, unsaid], dtype=object)[codes]
    return shared


def differing(old: pd.DataFrame, positions: Positions, new: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows of `new` have other values than the rows of `old` at `positions`; -1 has none and differs."""
    result = positions < 0
    at = np.where(result, 0, positions)
    for name in VALUE_TYPES if len(old) else ():
        was, now = old[name].array.take(at), new[name].array
        other = pd.array(was != now, dtype="boolean").fillna(False).to_numpy(dtype=bool)
        result = result | other | (was.isna() != now.isna())
    return result


def positions_of(women: "pd.Series[Any]", among: "pd.Series[Any]") -> Positions:
    """Where each of the women stands in another column, -1 where she does not."""
    if women.equals(among):
        return np.arange(len(women), dtype=np.int64)
    found: Positions = pd.Index(among).get_indexer(pd.Index(women)).astype(np.int64)
    return found
