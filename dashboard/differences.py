"""Intervals for a difference of two proportions and for a mean, from counts. No scipy."""

import math

from dashboard.intervals import LEVEL, Interval, beta_quantile, wilson


def newcombe(first: int, of_first: int, second: int, of_second: int) -> Interval | None:
    """The 95 % hybrid score interval of first/of_first - second/of_second; None where either is of nobody.

    Newcombe, Statistics in Medicine 1998;17:873-890, method 10: from the point, the root of the squared distances
    to those ends of the two Wilson intervals that lie towards the end that is wanted.
    """
    ends, other_ends = wilson(first, of_first), wilson(second, of_second)
    if ends is None or other_ends is None:
        return None
    share, other = first / of_first, second / of_second
    down = math.hypot(share - ends[0], other_ends[1] - other)
    up = math.hypot(ends[1] - share, other - other_ends[0])
    return share - other - down, share - other + up


def mean_interval(mean: float, variance: float, n: int) -> Interval | None:
    """The 95 % interval of Student (1908), mean +- t s / sqrt(n) with n - 1 degrees of freedom; None for n < 2.

    `variance` is that of the sample, with n - 1 below the line. For paired scores: of the differences.
    """
    if n < 2:
        return None
    half = student_quantile(n - 1) * math.sqrt(variance / n)
    return mean - half, mean + half


def student_quantile(freedom: int) -> float:
    """The t that Student's distribution stays within, on both sides, with probability LEVEL.

    freedom / (freedom + t^2) follows Beta(freedom / 2, 1 / 2) (NIST DLMF 8.17 and its relation to Student's t).
    """
    x = beta_quantile(1 - LEVEL, freedom / 2, 0.5)
    return math.sqrt(freedom * (1 / x - 1))
