"""Random small programmes, released week after week and attacked; `make attack` does the same with more of them."""

from pathlib import Path

import pytest

from dashboard.disclosure import AT_ONCE
from dashboard.programme import load_programme
from dashboard.release_imprint import Imprint
from tools.attack import SEED, WEAKENED, campaign

IMPRINT = Imprint(load_programme(Path("programme.toml")), "attack", {})


@pytest.mark.parametrize("number", range(15))
def test_nothing_is_recovered(number: int) -> None:
    told, recovered = campaign(SEED + number, 3, IMPRINT)
    assert recovered == []
    assert told["releases"] == 3
    assert told["fresh"] > 0


@pytest.mark.parametrize("number", range(2))
def test_nothing_is_recovered_of_what_the_dashboard_would_publish(number: int) -> None:
    assert campaign(SEED + number, 3, IMPRINT, at_once=AT_ONCE)[1] == []


def test_a_later_release_does_not_give_away_what_an_earlier_one_did_not_show() -> None:
    """The 9th release told of 4 women between two periods, neither of which the 7th had shown."""
    assert campaign(SEED + 18, 9, IMPRINT)[1] == []


@pytest.mark.parametrize("weakened", WEAKENED)
def test_a_weakened_rule_is_caught(weakened: str) -> None:
    assert any(campaign(SEED + number, 5, IMPRINT, weakened)[1] for number in range(3))
