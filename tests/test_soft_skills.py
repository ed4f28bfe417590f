"""The gain in soft skills of hand-written rosters, against statsmodels on the same pairs."""

from typing import Any

import numpy as np
import pytest
from deeper_women import deeper
from reference_intervals import paired_interval
from statsmodels.stats.proportion import proportion_confint

from dashboard.soft_skills import soft_skills

DONE = {"start_date": -300, "completion_date": -50}
PAIRS = [(40, 55), (52, 60), (61.5, 61.5), (70, 66), (100, 100), (48, 100), (33.25, 41), (40, 55)]


def scored(before: float | None = None, after: float | None = None, **more: Any) -> dict[str, Any]:
    scores = {"pre_score": before, "post_score": after}
    return DONE | more | {name: score for name, score in scores.items() if score is not None}


OTHERS = [
    scored(40),  # completed without a second test
    scored(None, 70),
    {"start_date": -90, "status": "in_training", "pre_score": 30.0},
    {"start_date": -90, "exit_date": -30, "pre_score": 30.0},
    {"start_date": -90, "status": "in_training", "post_score": 30.0},
    scored(),
    {"contact_date": -30, "pre_score": 10.0, "post_score": 90.0},  # has not started
]


def test_the_whole_roster() -> None:
    found = soft_skills(deeper(*(scored(*pair) for pair in PAIRS), *OTHERS))
    gains = np.array([after - before for before, after in PAIRS])
    assert found.pairs == 8
    assert found.mean_gain == pytest.approx(gains.mean())
    assert (found.low, found.high) == pytest.approx(paired_interval(gains.tolist()))
    assert (found.improved.numerator, found.improved.denominator) == (5, 8)
    assert (found.improved.low, found.improved.high) == pytest.approx(proportion_confint(5, 8, method="wilson"))
    assert (found.awaiting, found.lost, found.without) == (1, 4, 1)
    assert (found.ceiling_before, found.ceiling_after) == (1, 2)


def test_few_pairs() -> None:
    one = soft_skills(deeper(scored(0, 12.5)))
    assert (one.pairs, one.mean_gain, one.low, one.high) == (1, 12.5, None, None)  # a score of 0 is a score
    none = soft_skills(deeper(scored(40)))
    assert (none.pairs, none.mean_gain, none.improved.value, none.lost) == (0, None, None, 1)
    same = soft_skills(deeper(scored(10, 15), scored(20, 25)))
    assert (same.mean_gain, same.low, same.high) == (5.0, 5.0, 5.0)
