"""Wilson and Clopper-Pearson against Newcombe's published examples and scipy; verdicts; what 97 % means."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom  # type: ignore[import-untyped]
from statsmodels.stats.proportion import proportion_confint

from dashboard.intervals import (
    beta_cdf,
    beta_quantile,
    binomial_at_most,
    clopper_pearson,
    needed,
    verdict,
    wilson,
)

# Newcombe (1998), Statistics in Medicine 17: 857-872, table I; field reference 1.4.
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("successes", "n", "score", "exact"), NEWCOMBE)
def test_newcombe(successes: int, n: int, score: tuple[float, float], exact: tuple[float, float]) -> None:
    assert wilson(successes, n) == pytest.approx(score, abs=5e-5)
    assert clopper_pearson(successes, n) == pytest.approx(exact, abs=5e-5)


def test_matured_women_of_the_golden_example() -> None:
    assert wilson(6, 8) == pytest.approx((0.409, 0.929), abs=5e-4)
    assert clopper_pearson(6, 8) == pytest.approx((0.349, 0.968), abs=5e-4)


def test_nobody_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert clopper_pearson(0, 0) is None


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (1, 0)])
def test_impossible_counts_are_refused(interval: object, successes: int, n: int) -> None:
    assert callable(interval)
    with pytest.raises(ValueError, match=f"{successes} of {n}"):
        interval(successes, n)


def test_the_ends_are_exact() -> None:
    for n in range(1, 200):
        assert wilson(0, n)[0] == 0.0  # type: ignore[index]
        assert wilson(n, n)[1] == 1.0  # type: ignore[index]
        assert clopper_pearson(0, n)[0] == 0.0  # type: ignore[index]
        assert clopper_pearson(n, n)[1] == 1.0  # type: ignore[index]


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_as_statsmodels_has_them(counts: tuple[int, int]) -> None:
    successes, n = counts
    assert wilson(successes, n) == pytest.approx(proportion_confint(successes, n, method="wilson"), abs=1e-9)
    assert clopper_pearson(successes, n) == pytest.approx(proportion_confint(successes, n, method="beta"), abs=1e-9)


@given(st.floats(0, 1), st.floats(0.5, 300), st.floats(0.5, 300))
def test_incomplete_beta_as_scipy_has_it(x: float, a: float, b: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(beta.cdf(x, a, b), rel=1e-9, abs=1e-12)


def test_incomplete_beta_by_hand() -> None:
    assert beta_cdf(0.3, 1, 1) == pytest.approx(0.3)  # uniform
    assert beta_cdf(0.5, 2, 1) == pytest.approx(0.25)  # x squared
    assert beta_cdf(0, 3, 4) == 0
    assert beta_cdf(1, 3, 4) == 1
    assert beta_quantile(0.25, 2, 1) == pytest.approx(0.5)


def test_large_counts() -> None:
    assert clopper_pearson(399_990, 400_000) == pytest.approx(
        (beta.ppf(0.025, 399_990, 11), beta.ppf(0.975, 399_991, 10)), abs=1e-12
    )


@pytest.mark.parametrize(
    ("n", "least", "interval"),
    [(15, 15, None), (30, 30, None), (45, 44, (0.884, 0.996)), (135, 131, (0.926, 0.988))],
)
def test_what_97_per_cent_takes(n: int, least: int, interval: tuple[float, float] | None) -> None:
    assert needed(n, 0.97) == least
    assert (least - 1) / n < 0.97 <= least / n
    if interval:
        assert wilson(least, n) == pytest.approx(interval, abs=5e-4)


def test_needed_does_not_stumble_over_binary_fractions() -> None:
    assert needed(10, 0.9) == 9
    assert needed(100, 0.07) == 7  # 100 * 0.07 is 7.000000000000001
    assert needed(0, 0.97) == 0


def test_how_far_chance_goes() -> None:
    # Field reference 1.4: a true 97 % shows 42 of 45 or fewer in 15 % of cohorts, a true 90 % 15 of 15 in 21 %.
    assert binomial_at_most(42, 45, 0.97) == pytest.approx(0.1522, abs=5e-5)
    assert 1 - binomial_at_most(14, 15, 0.9) == pytest.approx(0.9**15)
    assert binomial_at_most(-1, 5, 0.4) == 0
    assert binomial_at_most(5, 5, 0.4) == 1
    assert binomial_at_most(0, 5, 0.4) == pytest.approx(0.6**5)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(-1, n), st.just(n))), st.floats(0.01, 0.99))
def test_binomial_as_scipy_has_it(counts: tuple[int, int], rate: float) -> None:
    assert binomial_at_most(*counts, rate) == pytest.approx(binom.cdf(*counts, rate), abs=1e-10)


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        ((0.90, 0.96), "below"),
        ((0.98, 0.99), "above"),
        ((0.90, 0.97), "cannot_tell"),  # the reference itself is not excluded
        ((0.97, 0.99), "cannot_tell"),
        ((0.90, 0.99), "cannot_tell"),
        (None, "cannot_tell"),
    ],
)
def test_verdict_by_interval(interval: tuple[float, float] | None, said: str) -> None:
    assert verdict(interval, 0.97) == said


def test_twenty_of_twenty_cannot_be_told_from_the_reference() -> None:
    assert verdict(wilson(20, 20), 0.97) == "cannot_tell"
    assert verdict(wilson(38, 45), 0.97) == "below"  # Wilson high .9226
    assert verdict(wilson(400, 400), 0.97) == "above"  # low .9905


def test_wilson_is_the_set_of_rates_that_the_score_test_keeps() -> None:
    low, high = wilson(7, 23)  # type: ignore[misc]
    for end in (low, high):
        assert abs(7 / 23 - end) / math.sqrt(end * (1 - end) / 23) == pytest.approx(1.959963984540054)
