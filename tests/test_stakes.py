"""What one woman does to the rate, by hand."""

import pytest
from women import tallied

from dashboard.stakes import Stake, stake_of

DONE = {"start_date": -400, "completion_date": -200}
WORKS = {**DONE, "first_work_date": -150}
SEEKS = {**DONE, "status": "seeking"}
OPEN = {"start_date": -300, "completion_date": -80}


def test_an_open_window_joins_the_rate_when_it_closes() -> None:
    stake = stake_of(tallied(WORKS, WORKS, SEEKS, OPEN), waiting=True)
    assert stake == Stake(now=2 / 3, inserted=3 / 4, missed=2 / 4)
    assert stake.points == pytest.approx(1 / 4)


def test_an_unknown_outcome_is_in_the_rate_already() -> None:
    stake = stake_of(tallied(WORKS, WORKS, SEEKS, DONE), waiting=False)
    assert stake == Stake(now=2 / 4, inserted=3 / 4, missed=2 / 4)


def test_the_first_window() -> None:
    assert stake_of(tallied(OPEN), waiting=True) == Stake(None, 1.0, 0.0)
    with pytest.raises(ValueError, match="no window"):
        stake_of(tallied(OPEN), waiting=False)


def test_it_is_what_counting_says_when_the_window_has_closed() -> None:
    stake = stake_of(tallied(WORKS, SEEKS, OPEN), waiting=True)
    then = tallied(WORKS, SEEKS, {**DONE, "first_work_date": -120}), tallied(WORKS, SEEKS, SEEKS)
    rates = [tally.count("outcome__inserted") / tally.women for tally in then]
    assert [stake.inserted, stake.missed] == rates
