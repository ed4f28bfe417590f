"""Quartiles and moments of counted values against numpy on the unfolded list."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.spread import moments, quartiles

counted = st.dictionaries(st.integers(-50, 400), st.integers(0, 7), min_size=1, max_size=20)


def arrays(values: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(list(values), dtype=np.int64), np.array(list(values.values()), dtype=np.int64)


@given(counted)
def test_quartiles_are_those_of_the_unfolded_list(values: dict[int, int]) -> None:
    unfolded = [value for value, n in values.items() for _ in range(n)]
    expected = np.quantile(unfolded, [0.25, 0.5, 0.75]) if unfolded else [None] * 3
    assert list(quartiles(*arrays(values))) == pytest.approx(list(expected))


@given(counted)
def test_moments_are_those_of_the_unfolded_list(values: dict[int, int]) -> None:
    unfolded = [value for value, n in values.items() for _ in range(n)]
    mean, variance = moments(*arrays(values))
    assert mean == (pytest.approx(np.mean(unfolded)) if unfolded else None)
    assert variance == (pytest.approx(np.var(unfolded, ddof=1)) if len(unfolded) > 1 else None)


def test_by_hand() -> None:
    # 3, 3, 7, 10: the median lies half way between 3 and 7, the upper quartile a quarter of the way from 7 to 10.
    assert quartiles(*arrays({10: 1, 3: 2, 7: 1})) == pytest.approx((3.0, 5.0, 7.75))
    assert quartiles(*arrays({5: 1})) == (5.0, 5.0, 5.0)
    assert moments(*arrays({5: 1})) == (5.0, None)
    assert moments(*arrays({2: 1, 4: 1})) == (3.0, 2.0)
