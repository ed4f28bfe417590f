"""Differences of proportions and paired means against published tables and statsmodels."""

import math

import numpy as np
import pytest
from reference_intervals import difference_interval, paired_interval
from scipy import stats  # type: ignore[import-untyped]

from dashboard.differences import mean_interval, newcombe, student_quantile


@pytest.mark.parametrize(
    ("counts", "interval"),
    [  # Newcombe 1998 (differences), table II, method 10
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_is_the_published_table(counts: tuple[int, int, int, int], interval: tuple[float, float]) -> None:
    assert newcombe(*counts) == pytest.approx(interval, abs=5e-5)


def test_newcombe_agrees_with_statsmodels_on_many_tables() -> None:
    dice = np.random.default_rng(7)
    for _ in range(200):
        n, m = (int(size) for size in dice.integers(1, 140, 2))
        x, y = int(dice.integers(0, n + 1)), int(dice.integers(0, m + 1))
        assert newcombe(x, n, y, m) == pytest.approx(difference_interval(x, n, y, m), abs=1e-9)


def test_the_other_way_round_is_the_mirror_image() -> None:
    low, high = newcombe(7, 12, 30, 33) or (math.nan, math.nan)
    assert newcombe(30, 33, 7, 12) == pytest.approx((-high, -low))


def test_nobody_cannot_be_compared() -> None:
    assert newcombe(0, 0, 3, 5) is None
    assert newcombe(3, 5, 0, 0) is None


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(1, 12.706205), (2, 4.302653), (9, 2.262157), (30, 2.042272), (200, 1.971896)]
)
def test_student_quantiles_are_those_of_the_printed_tables(freedom: int, quantile: float) -> None:
    assert student_quantile(freedom) == pytest.approx(quantile, abs=1e-6)
    assert student_quantile(freedom) == pytest.approx(float(stats.t.ppf(0.975, freedom)), rel=1e-10)


def test_a_mean_has_the_interval_of_statsmodels() -> None:
    gains = np.array([12.0, 7.5, 0.0, -3.0, 21.0, 9.0, 9.0])
    ours = mean_interval(float(gains.mean()), float(gains.var(ddof=1)), len(gains))
    assert ours == pytest.approx(paired_interval(gains.tolist()))


def test_one_woman_has_no_interval() -> None:
    assert mean_interval(4.0, 0.0, 1) is None
    assert mean_interval(4.0, 0.0, 2) == (4.0, 4.0)
