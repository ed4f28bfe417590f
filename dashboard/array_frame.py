"""A frame of numpy arrays that Narwhals takes as it takes one of pandas, DuckDB or Polars.

It knows no rule: it is handed the same expressions. A roster of a few hundred women is hundreds of operations on short
arrays, each of which costs pandas many times what it costs numpy; of many women it needs less memory, for a column is
made when it is first read. Narwhals asks of a frame what stands here under its own names (`with_columns`, `group_by`,
`__narwhals_lazyframe__`), no more than the counting rules use. Tested column by column against Narwhals on pandas.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd

from dashboard.array_expressions import Array, Expression, Namespace, Read, Value, Words, column


class Columns:
    """A lazy frame of arrays of equal length. Immutable but for the columns that have been made."""

    def __init__(self, height: int, terms: Mapping[str, Read], source: "Columns | None") -> None:
        self.height = height
        self._terms = terms
        self._source = source  # what the terms are evaluated on
        self._made: dict[str, Value] = {}

    @classmethod
    def of(cls, arrays: Mapping[str, Value], height: int) -> Self:
        """A frame of columns that are at hand."""
        found = cls(height, {name: column(name) for name in arrays}, None)
        found._made.update(arrays)
        return found

    def column(self, name: str) -> Value:
        """A column. Raises KeyError."""
        if name not in self._made:
            value = self._terms[name](self._source)
            whole = isinstance(value, Words) or np.ndim(value)
            self._made[name] = value if whole else np.full(self.height, value)
        return self._made[name]

    def with_columns(self, *expressions: Expression) -> "Columns":
        """The frame with more columns, or with others of the same name."""
        return Columns(self.height, {**{name: column(name) for name in self._terms}, **_terms(expressions)}, self)

    def select(self, *expressions: Expression) -> "Columns":
        """These columns only."""
        return Columns(self.height, _terms(expressions), self)

    def filter(self, condition: Expression) -> "Columns":
        """The rows for which a condition holds."""
        (rows,) = np.nonzero(np.broadcast_to(condition.only(self), self.height))
        return Columns(len(rows), {name: _some(name, rows) for name in self._terms}, self)

    def group_by(self, keys: Sequence[str], *, drop_null_keys: bool) -> "Groups":
        """The groups of rows that are equal in some columns."""
        return Groups(self, keys)

    def followed_by(self, others: Sequence["Columns"]) -> "Columns":
        """This frame and others of the same columns, one below the other."""
        items = [self, *others]
        return Columns(sum(item.height for item in items), {name: _stacked(name, items) for name in self._terms}, self)

    def collect(self, backend: Any) -> "Collected":
        """All columns, made."""
        return Collected({name: self.column(name) for name in self._terms})

    def __narwhals_lazyframe__(self) -> Self:
        return self

    def __narwhals_namespace__(self) -> Namespace:
        return Namespace()

    def _with_version(self, version: Any) -> Self:
        return self


def _terms(expressions: Sequence[Expression]) -> dict[str, Read]:
    return {name: term for expression in expressions for name, term in expression.terms.items()}


def _some(name: str, rows: Array) -> Read:
    return lambda frame: frame.column(name)[rows]


def _stacked(name: str, items: Sequence[Columns]) -> Read:
    def read(_: Any) -> Value:
        parts = [item.column(name) for item in items]
        return _one_below_the_other(parts) if isinstance(parts[0], Words) else np.concatenate(parts)

    return read


def _one_below_the_other(parts: Sequence[Words]) -> Words:
    labels = tuple(dict.fromkeys(label for part in parts for label in part.labels))
    place = {label: number for number, label in enumerate(labels)}
    codes = [np.array([place[label] for label in part.labels], dtype=np.int64)[part.codes] for part in parts]
    return Words(np.concatenate(codes), labels)


class Groups:
    """The groups of a frame's rows by some columns, in the order of the values of these."""

    def __init__(self, frame: Columns, keys: Sequence[str]) -> None:
        self._frame, self._keys = frame, keys
        number = np.zeros(frame.height, dtype=np.int64)
        for key in keys:  # numbered anew after each, so that the numbers stay small
            codes = _codes(frame.column(key))
            number = np.unique(number * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)[1]
        self._first, self._number = np.unique(number, return_index=True)[1], number

    def column(self, name: str) -> Value:
        """A column of the frame, with a value per row."""
        return self._frame.column(name)

    @property
    def sizes(self) -> Array:
        """Rows per group."""
        return np.bincount(self._number, minlength=len(self._first))

    def summed(self, value: Value) -> Array:
        """The sum per group of a column of whole numbers; exact up to 2**53."""
        return np.bincount(self._number, weights=value, minlength=len(self._first)).astype(np.int64)

    def agg(self, *expressions: Expression) -> Columns:
        """The keys and what is asked of each group, a row per group."""
        keys = {key: self._frame.column(key)[self._first] for key in self._keys}
        found = {name: term(self) for name, term in _terms(expressions).items()}
        return Columns.of({**keys, **found}, len(self._first))


def _codes(value: Value) -> Array:
    return value.codes if isinstance(value, Words) else np.unique(value, return_inverse=True)[1]


class Collected:
    """A frame that has been evaluated."""

    def __init__(self, columns: Mapping[str, Value]) -> None:
        self._columns = columns

    def to_pandas(self) -> pd.DataFrame:
        """The same as a frame of pandas."""
        return pd.DataFrame({name: _native(value) for name, value in self._columns.items()})

    def __narwhals_dataframe__(self) -> Self:
        return self


def _native(value: Value) -> Any:
    return pd.Categorical.from_codes(value.codes, pd.Index(value.labels)) if isinstance(value, Words) else value
