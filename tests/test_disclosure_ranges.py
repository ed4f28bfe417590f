"""Which ranges tell something."""

import pytest

from dashboard.disclosure_ranges import Need, Span


@pytest.mark.parametrize(
    ("low", "high", "few", "zero", "told"),
    [
        (0, 4, 0, False, False),  # five values are enough
        (0, 3, 0, False, True),
        (7, 8, 0, False, True),  # the true number is known to be too small for others
        (5, 6, 5, False, False),  # surely many
        (4, 6, 5, False, True),  # perhaps few
        (-6, -5, 5, False, False),
        (-6, -4, 5, False, True),
        (0, 0, 5, False, False),  # surely nobody
        (0, 0, 5, True, True),  # none of them tells of each
        (0, 1, 5, False, True),
    ],
)
def test_a_narrow_range_tells_of_few_women(low: int, high: int, few: int, zero: bool, told: bool) -> None:
    assert Need(5, few, zero).told_by(Span(low, high)) is told


def test_the_known_part_of_a_sum_counts() -> None:
    assert not Need(5, 5, known=12).told_by(Span(-4, -3))
    assert Need(5, 5, known=3).told_by(Span(-4, -3))


def test_a_range_that_may_be_wider_is_never_harmless() -> None:
    assert Need(5, 5).told_by(Span(5, 6, sure=False))
    assert Need(5, 5).told_by(Span(0, 40, sure=False))
    assert not Need(5).missed_by(Span(0, 1, sure=False))
