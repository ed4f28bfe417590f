"""Quartiles, mean and variance of counted values, without unfolding the counts."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
QUARTILES = (0.25, 0.5, 0.75)


def quartiles(values: Numbers, counts: Numbers, shares: Sequence[float] = QUARTILES) -> tuple[float | None, ...]:
    """The quantiles of values that occur so many times each; None of nothing.

    Between two observations by a straight line (Hyndman and Fan 1996, definition 7, as numpy and R do by default).
    """
    n = int(counts.sum())
    if not n:
        return tuple(None for _ in shares)
    order = np.argsort(values)
    ends, sorted_values = np.cumsum(counts[order]), values[order].astype(np.float64)
    positions = [share * (n - 1) for share in shares]
    return tuple(_between(position, ends, sorted_values) for position in positions)


def moments(values: Numbers, counts: Numbers) -> tuple[float | None, float | None]:
    """Mean and sample variance (n - 1 below the line); the variance None for fewer than two, both None of nothing."""
    n = int(counts.sum())
    if not n:
        return None, None
    mean = float((values * counts).sum() / n)
    squares = float(((values - mean) ** 2 * counts).sum())
    return mean, (squares / (n - 1) if n > 1 else None)


def _between(position: float, ends: Numbers, values: npt.NDArray[np.float64]) -> float:
    """The value at a place, counted from 0, in the unfolded and sorted list."""
    before = int(position)
    low, high = (
        values[np.searchsorted(ends, place, side="right").clip(max=len(ends) - 1)] for place in (before, before + 1)
    )
    return float(low + (high - low) * (position - before))
