"""The same day counted from the knowledge of then and of now."""

from dataclasses import replace
from datetime import date

import pytest
from page_results import count, rate, shown
from truth_results import LAST, NOW, TRACKING, deeper
from women import AS_OF, tallied

from dashboard.indicators import Indicator
from dashboard.programme import Lang
from dashboard.tally import Tally
from dashboard.text import Text
from dashboard.two_times import Restated, Told, periods_then, restated, told
from layouts.tile import restated_line
from layouts.tracking_page import tracking_page

ENROLLED = TRACKING.rows[1]


def test_an_indicator_is_restated_if_anything_it_is_counted_from_has_changed() -> None:
    then = {
        "enrolled": count("enrolled", 44),
        "insertion_90": rate("insertion_90", 20, 40),
        "dropout": rate("dropout", 1, 9),
    }
    now = {
        "enrolled": count("enrolled", 44),
        "insertion_90": rate("insertion_90", 21, 42),
        "dropout": rate("dropout", 1, 9),
    }
    # 20 of 40 and 21 of 42 are the same 50 %: counted otherwise all the same.
    assert restated(then, now) == {"insertion_90": Restated(then["insertion_90"], now["insertion_90"])}


def test_an_interval_alone_is_no_restatement() -> None:
    then, now = rate("dropout", 1, 9, low=0.1), rate("dropout", 1, 9, low=0.2)
    assert restated({"dropout": then}, {"dropout": now}) == {}


def test_only_ended_periods_that_are_remembered_are_counted_from_what_was_known_then() -> None:
    asked: list[date] = []

    def known(day: date) -> Tally | None:
        asked.append(day)
        return tallied({"start_date": -200}, {"start_date": -100}, as_of=AS_OF)

    table = replace(TRACKING, periods=(LAST, NOW))
    found = periods_then(table, known)
    assert asked == [LAST.last]  # the period under way has no end to be told at
    assert found[LAST.number]["enrolled"].numerator == 2
    assert periods_then(table, lambda _: None) == {}


def test_a_period_tells_its_value_of_then_and_that_it_is_restated() -> None:
    now = ENROLLED.actuals[0]
    then = {now.period.number: {"enrolled": count("enrolled", 40)}}
    assert told(now, "enrolled", then) == Told(now.period, 40, now.value, restated=True)
    same = {now.period.number: {"enrolled": count("enrolled", int(now.value or 0))}}
    assert told(now, "enrolled", same) == Told(now.period, now.value, now.value, restated=False)
    assert told(now, "enrolled", {}) == Told(now.period, now.value, now.value, restated=False)


def words(node: object) -> str:
    if isinstance(node, str | int | float):
        return str(node)
    if isinstance(node, list | tuple):
        return "".join(map(words, node))
    return words(getattr(node, "children", None) or "")


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_a_trend_draws_what_was_told_and_rings_what_is_known_now(lang: Lang) -> None:
    ended = next(actual for actual in ENROLLED.actuals if actual.period == LAST)
    then: dict[int, dict[str, Indicator]] = {LAST.number: {"enrolled": count("enrolled", int(ended.value or 0) - 1)}}
    page = tracking_page(shown(lang, depth=deeper(periods_then=then)))
    said = Text(lang).plural("trend.restated", 1)
    assert said in words(page)
    assert said not in words(tracking_page(shown(lang)))


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_a_tile_says_what_was_known_then_with_its_counts(lang: Lang) -> None:
    found = {"insertion_90": Restated(rate("insertion_90", 38, 45), rate("insertion_90", 40, 45))}
    said = words(restated_line("insertion_90", shown(lang, restated=found)))
    assert "38" in said
    assert "45" in said
    assert "40" not in said
    assert restated_line("dropout", shown(lang, restated=found)) == []
