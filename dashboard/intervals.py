"""Intervals for a proportion and what they allow to say: Wilson, Clopper-Pearson, verdicts. No scipy."""

import math
from typing import Literal

Verdict = Literal["below", "above", "cannot_tell"]
Interval = tuple[float, float]

LEVEL = 0.95
Z = 1.959963984540054  # standard normal quantile of (1 + LEVEL) / 2
_TINY = 1e-300  # keeps Lentz's continued fraction from dividing by nothing


def wilson(successes: int, n: int) -> Interval | None:
    """The 95 % score interval of Wilson (1927), as fractions of 1; None of 0.

    Raises ValueError unless 0 <= successes <= n.
    """
    if not _countable(successes, n):
        return None
    share, spread = successes / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    # At the ends the formula gives exactly 0 or 1; rounding may miss them.
    return (0.0 if successes == 0 else middle - half, 1.0 if successes == n else middle + half)


def clopper_pearson(successes: int, n: int) -> Interval | None:
    """The exact 95 % interval of Clopper and Pearson (1934), as fractions of 1; None of 0.

    Raises ValueError unless 0 <= successes <= n.
    """
    if not _countable(successes, n):
        return None
    tail = (1 - LEVEL) / 2
    low = 0.0 if successes == 0 else beta_quantile(tail, successes, n - successes + 1)
    high = 1.0 if successes == n else beta_quantile(1 - tail, successes + 1, n - successes)
    return low, high


def verdict(interval: Interval | None, reference: float) -> Verdict:
    """Whether a rate can be told from a reference: only an interval that excludes it decides, never the point."""
    if interval is None:
        return "cannot_tell"
    low, high = interval
    return "above" if low > reference else "below" if high < reference else "cannot_tell"


def needed(n: int, rate: float) -> int:
    """The fewest successes of n with which a rate is reached."""
    return math.ceil(n * rate - 1e-9)  # 0.9 * 10 is 9, whatever binary fractions make of it


def binomial_at_most(successes: int, n: int, rate: float) -> float:
    """The probability of at most so many successes of n when each has the given rate."""
    if successes < 0:
        return 0.0
    return 1.0 if successes >= n else 1 - beta_cdf(rate, successes + 1, n - successes)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) for a, b > 0, to about 14 digits (NIST DLMF 8.17)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side only
        return 1 - beta_cdf(1 - x, b, a)
    return _front(x, a, b) * _fraction(x, a, b) / a


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x at which I_x(a, b) equals a probability between 0 and 1, for a, b > 0.

    Newton's steps, halved whenever one would leave the interval that is known to hold x.
    """
    low, high, x = 0.0, 1.0, a / (a + b)
    while True:
        error = beta_cdf(x, a, b) - probability
        low, high = (low, x) if error > 0 else (x, high)
        slope = _front(x, a, b) / (x * (1 - x))
        newton = x - error / slope if slope else low
        after = newton if low < newton < high else (low + high) / 2
        if abs(after - x) <= 1e-15 or not low < after < high:
            return after
        x = after


def _countable(successes: int, n: int) -> bool:
    """Whether there is anyone to count. Raises ValueError on counts that cannot be."""
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n}")
    return n > 0


def _front(x: float, a: float, b: float) -> float:
    """x^a (1 - x)^b / B(a, b)."""
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(logarithm)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of DLMF 8.17.22 by Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1 / _away(1 + term * d), _away(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _away(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
