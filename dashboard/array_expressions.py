"""What an expression of Narwhals becomes on numpy arrays; dashboard.array_frame holds the arrays and says why.

The names of the methods are those by which Narwhals calls an engine. There are no nulls.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

Value = Any
"""What a term comes to: an array, Words, or one value for every row."""

Read = Callable[[Any], Value]
"""A term: the value that it has on a frame, or on the groups of one."""

_TYPES: Mapping[Any, Any] = {nw.Int32: np.int32, nw.Int64: np.int64, nw.Float64: np.float64}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of text: the labels, each once, and the position in them of the text of every row."""

    codes: npt.NDArray[np.int64]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: Array) -> "Words":
        return Words(self.codes[rows], self.labels)

    def __eq__(self, other: object) -> Array:  # type: ignore[override]
        return self.among([other])

    def __ne__(self, other: object) -> Array:  # type: ignore[override]
        return ~self.among([other])

    def among(self, values: Sequence[object]) -> Array:
        """Whether the text of each row is one of some."""
        hits = np.array([label in values for label in self.labels], dtype=bool)
        found: Array = hits[self.codes]
        return found


def operation(function: Callable[..., Value]) -> Any:
    """A method that applies a function to the values of an expression and of its arguments."""
    return lambda this, *others: this.with_function(function, *others)


class Expression:
    """One or several terms by name. Immutable but for Narwhals' note on it."""

    _opt_metadata: Any = None  # what Narwhals knows of the expression

    def __init__(self, terms: Mapping[str, Read]) -> None:
        self.terms = terms

    @property
    def _metadata(self) -> Any:
        return self._opt_metadata

    @property
    def only(self) -> Read:
        """The only term. Raises ValueError if there are several."""
        (term,) = self.terms.values()
        return term

    def with_function(self, function: Callable[..., Value], *others: "Expression") -> "Expression":
        """A function of each term and of the only terms of others."""
        rest = [other.only for other in others]
        return Expression({name: _applied(function, term, rest) for name, term in self.terms.items()})

    def broadcast(self) -> "Expression":
        """The same: one value stands for every row anyway."""
        return Expression(self.terms)

    def alias(self, name: str) -> "Expression":
        """The only term under another name."""
        return Expression({name: self.only})

    def cast(self, dtype: Any) -> "Expression":
        """Numbers of another type. Raises KeyError if the counting rules do not use it."""
        kind = _TYPES[dtype]
        return self.with_function(lambda value: np.asarray(value).astype(kind))

    def is_in(self, other: Sequence[Any]) -> "Expression":
        """Whether each value is one of some."""
        return self.with_function(lambda value: _among(value, other))

    def is_between(self, lower: "Expression", upper: "Expression", closed: str) -> "Expression":
        """Whether each value lies between two. Raises NotImplementedError unless both of them count."""
        if closed != "both":
            raise NotImplementedError(closed)
        return self.with_function(lambda value, low, high: (value >= low) & (value <= high), lower, upper)

    def sum(self) -> "Expression":
        """The sum over each group."""
        return Expression({name: _summed(term) for name, term in self.terms.items()})

    __and__, __or__ = map(operation, (operator.and_, operator.or_))
    __invert__ = operation(np.logical_not)
    __lt__, __le__, __gt__, __ge__ = map(operation, (operator.lt, operator.le, operator.gt, operator.ge))
    __eq__, __ne__ = map(operation, (operator.eq, operator.ne))
    __add__, __sub__, __mul__ = map(operation, (operator.add, operator.sub, operator.mul))
    __truediv__, __floordiv__, __mod__ = map(operation, (operator.truediv, operator.floordiv, operator.mod))
    __rsub__ = operation(lambda right, left: left - right)


def _applied(function: Callable[..., Value], term: Read, others: Sequence[Read]) -> Read:
    return lambda frame: function(term(frame), *[other(frame) for other in others])


def _among(value: Value, values: Sequence[Any]) -> Array:
    return value.among(values) if isinstance(value, Words) else np.isin(value, values)


def _summed(term: Read) -> Read:
    return lambda groups: groups.summed(term(groups))


def column(name: str) -> Read:
    """The term that reads a column."""
    return lambda frame: frame.column(name)


class Namespace:
    """The functions that expressions start from."""

    def col(self, *names: str) -> Expression:
        """Columns by name."""
        return Expression({name: column(name) for name in names})

    def lit(self, value: Any, dtype: Any) -> Expression:
        """One value for every row."""
        found = np.bool_(value) if isinstance(value, bool) else value  # ~True is -2 in Python
        literal = Expression({"literal": lambda _: found})
        return literal.cast(dtype) if dtype else literal

    def len(self) -> Expression:
        """How many rows each group has."""
        return Expression({"len": lambda groups: groups.sizes})

    def all_horizontal(self, *conditions: Expression, ignore_nulls: bool) -> Expression:
        """Whether all of some conditions hold."""
        return reduce(operator.and_, conditions)

    def when_then(self, condition: Expression, value: Expression, otherwise: Expression) -> Expression:
        """One value where a condition holds, another where it does not."""
        (name,) = value.terms
        return condition.with_function(np.where, value, otherwise).alias(name)

    def concat(self, items: Sequence[Any], *, how: str) -> Any:
        """Frames of the same columns, one below the other."""
        if how != "vertical":
            raise NotImplementedError(how)
        return items[0].followed_by(items[1:])
