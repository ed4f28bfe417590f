"""Random small programmes, released week after week and attacked; `make attack` does the same with more of them."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.disclosure import AT_ONCE
from tools.attack import HASTY, WEAKENED, Campaign, attacked, logged, main


@pytest.mark.parametrize("number", range(15))
def test_nothing_is_recovered(number: int) -> None:
    told, recovered = attacked(number, Campaign(weeks=3))
    assert recovered == []
    assert told["releases"] == 3
    assert told["fresh"] > 0


@pytest.mark.parametrize("number", range(2))
def test_nothing_is_recovered_of_what_the_dashboard_would_publish(number: int) -> None:
    assert attacked(number, Campaign(weeks=3, at_once=AT_ONCE))[1] == []


@pytest.mark.parametrize("at_once", [HASTY, AT_ONCE])
def test_a_later_release_does_not_give_away_what_an_earlier_one_did_not_show(at_once: int) -> None:
    """The 9th release told of 4 women between two periods, neither of which the 7th had shown; none need be refused."""
    told, recovered = attacked(18, Campaign(weeks=9, at_once=at_once))
    assert (told["releases"], recovered) == (9, [])


@pytest.mark.parametrize("weakened", WEAKENED)
def test_a_weakened_rule_is_caught(weakened: str) -> None:
    assert any(attacked(number, Campaign(weeks=5, weakened=weakened))[1] for number in range(3))


def test_a_campaign_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    log, options = tmp_path / "log", ["--weeks", "1", "--log"]
    assert CliRunner().invoke(main, ["--programmes", "2", *options, str(log)]).exit_code == 0
    before = log.read_text("utf-8").splitlines()
    CliRunner().invoke(main, ["--programmes", "3", *options, str(log)])
    assert log.read_text("utf-8").splitlines()[:-1] == before
    found = logged(log, Campaign(weeks=1))
    assert list(found) == [0, 1, 2]
    assert (
        str(dict(sum(found.values(), Counter())))
        in CliRunner().invoke(main, ["--programmes", "0", *options, str(log)]).output
    )


def test_several_processes_do_what_one_does() -> None:
    one, two = (CliRunner().invoke(main, ["--programmes", "2", "--weeks", "1", "--processes", n]) for n in "12")
    assert "'releases': 2" in one.output
    assert one.output.partition("}")[0] == two.output.partition("}")[0]
