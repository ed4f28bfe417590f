"""Dates in a text: the search may stop once nothing is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reading.moments import _NOTHING, _PATTERNS, find_moments


@given(st.text(alphabet=_NOTHING, max_size=12))
def test_where_all_is_taken_no_pattern_finds_anything(rest: str) -> None:
    assert not any(pattern.search(rest) for pattern in _PATTERNS)


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("2025-03-02", [2]),
        ("2025-03-02 10:30", [2]),
        ("2/3/2025", [2]),
        ("2/3/2025 4/5/2025", [2, 4]),
        ("2025-03-02 4 mars 2025", [2, 4]),
        ("du 3/2 au 5/6/2025", [3, 5]),
    ],
)
def test_dates_beside_one_another_are_all_found(key: str, days: list[int]) -> None:
    assert [moment.day for moment in find_moments(key).found] == days
