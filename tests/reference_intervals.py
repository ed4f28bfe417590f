"""Intervals by statsmodels, an implementation that we did not write, as plain pairs."""

from collections.abc import Sequence

from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import DescrStatsW


def difference_interval(hits: int, n: int, other_hits: int, of_others: int) -> tuple[float, float]:
    """Of hits/n - other_hits/of_others, Newcombe's hybrid."""
    low, high = confint_proportions_2indep(  # type: ignore[no-untyped-call]
        hits, n, other_hits, of_others, method="newcomb", compare="diff"
    )
    return float(low), float(high)


def paired_interval(differences: Sequence[float]) -> tuple[float, float]:
    """Of the mean of differences, by Student's t."""
    low, high = DescrStatsW(list(differences)).tconfint_mean()  # type: ignore[no-untyped-call]
    return float(low), float(high)
