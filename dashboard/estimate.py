"""Kaplan-Meier and Aalen-Johansen on counts, in numpy: no randomness, ties exact, events on day 0 counted.

On one day events come before censorings. Tested against statsmodels and the published tables of field reference 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.intervals import Z

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_ROUNDING = 1e-9  # a sum of terms that is 1 may miss it by so much; that of a million women is further off


@dataclass(frozen=True)
class KaplanMeier:
    """One entry per day with an event. `greenwood` = cumulative sum of d / (n (n - d)), infinite once S is 0."""

    day: Numbers
    at_risk: Numbers  # just before the day
    events: Numbers
    survival: Floats  # S(day)
    greenwood: Floats

    def se(self) -> Floats:
        """Greenwood's standard error of S; 0 where S is 0."""
        return self.survival * np.sqrt(np.where(self.survival > 0, self.greenwood, 0.0))

    def interval(self) -> tuple[Floats, Floats]:
        """The 95 % log-log interval of S, S^exp(+-z se*), se* = sqrt(greenwood) / |ln S|; NaN where S is 0."""
        inside = (self.survival > 0) & (self.survival < 1)
        s = np.where(inside, self.survival, np.nan)
        width = np.exp(Z * np.sqrt(np.where(inside, self.greenwood, np.nan)) / np.abs(np.log(s)))
        return s**width, s ** (1 / width)


@dataclass(frozen=True)
class Incidence:
    """Aalen-Johansen F of one cause on the days of a KaplanMeier, with the delta-method standard error."""

    value: Floats
    se: Floats

    def interval(self) -> tuple[Floats, Floats]:
        """The 95 % interval F^exp(+-z se / (F ln F)) (Pintilie 2006); NaN where F is 0 or 1."""
        inside = (self.value > 0) & (self.value < 1 - _ROUNDING) & (self.se > 0)
        f = np.where(inside, self.value, np.nan)
        width = np.exp(Z * np.where(inside, self.se, np.nan) / (f * np.abs(np.log(f))))
        return f**width, f ** (1 / width)


def kaplan_meier(days: Numbers, events: Numbers, counts: Numbers) -> KaplanMeier:
    """The product-limit estimate of counts by day; `events` 0 = censored, any other number = an event.

    The three arrays have equal length and need no order. Raises ValueError if they differ in length.
    """
    day, at_risk, hits = _table(days, events != 0, counts)
    left = at_risk - hits
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(hits / (at_risk * left.astype(np.float64)))
    return KaplanMeier(day, at_risk, hits, np.cumprod(left / at_risk, dtype=np.float64), greenwood)


def aalen_johansen(days: Numbers, events: Numbers, counts: Numbers) -> Mapping[int, Incidence]:
    """F_j(t) = sum of S(u-) d_j / n per cause j in `events`, with variance by Marubini and Valsecchi, 10.12."""
    whole = kaplan_meier(days, events, counts)
    before = np.concatenate([[1.0], whole.survival[:-1]])
    causes = [int(cause) for cause in np.unique(events) if cause != 0]
    return {cause: _incidence(whole, before, _hits(whole.day, days, counts, events == cause)) for cause in causes}


def at_risk(days: Numbers, counts: Numbers, on: Numbers) -> Numbers:
    """Women still followed just before each of some days."""
    order = np.argsort(days)
    ended = np.concatenate([[0], np.cumsum(counts[order])])
    found: Numbers = ended[-1] - ended[np.searchsorted(days[order], on, side="left")]
    return found


def _table(days: Numbers, hit: npt.NDArray[np.bool_], counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The days with an event, women at risk and events on them."""
    if not len(days) == len(hit) == len(counts):
        raise ValueError("days, events and counts differ in length")
    found = np.unique(days[hit & (counts > 0)])
    return found, at_risk(days, counts, found), _hits(found, days, counts, hit)


def _hits(on: Numbers, days: Numbers, counts: Numbers, hit: npt.NDArray[np.bool_]) -> Numbers:
    """Events of one kind on each of some days."""
    hit = hit & (counts > 0)
    places = np.searchsorted(on, days[hit])
    return np.bincount(places, weights=counts[hit], minlength=len(on)).astype(np.int64)


def _incidence(whole: KaplanMeier, before: Floats, hits: Numbers) -> Incidence:
    n = whole.at_risk.astype(np.float64)
    value = np.cumsum(before * hits / n)
    left = n - whole.events
    # On the day that ends the table nobody is left, and F does not change after it: its term is nil.
    a = np.divide(whole.events, n * left, out=np.zeros_like(n), where=left > 0)
    b = before**2 * (n - hits) * hits / n**3
    c = before * hits / n**2
    spread = value**2 * np.cumsum(a) - 2 * value * np.cumsum(value * a) + np.cumsum(value**2 * a)
    cross = value * np.cumsum(c) - np.cumsum(value * c)
    return Incidence(value, np.sqrt(np.maximum(spread + np.cumsum(b) - 2 * cross, 0.0)))
