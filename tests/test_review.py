"""The review as a whole: what it says of the hand-written week, its cautions, and selections."""

from typing import Any

import pytest
from hypothesis import given, settings
from review_laws import assert_lawful
from rosters_at_random import two_rosters
from two_reviews import ROWS, SINCE, THEN, last_week, sheet, this_week
from women import AS_OF, PROGRAMME, tallied
from women_at_random import some_women

from dashboard.intervals import wilson
from dashboard.restatement import Part
from dashboard.review import review


def test_the_headline_by_hand() -> None:
    found = review(last_week(), this_week(), PROGRAMME, SINCE, AS_OF, rows=ROWS)
    head = found.headline
    assert (found.since, found.today, found.definition_version, found.cautions) == (SINCE, AS_OF, "t1", ())
    assert [one.value for one in (head.known, head.restated, head.now)] == [3 / 8, 4 / 7, 6 / 11]
    assert [(one.low, one.high) for one in (head.known, head.now)] == [wilson(3, 8), wilson(6, 11)]
    assert head.points == pytest.approx(6 / 11 - 3 / 8)
    assert (head.verdict_then, head.verdict_now) == ("below", "below")  # 97 %: even with every unknown a success
    assert head.waterfall.steps[0].kind == "erased"
    assert [change.id for change in found.changes][-4:] == [
        "time_to_insertion",
        "retention_3",
        "retention_6",
        "retention_12",
    ]
    assert found.movements.moved == 13


def test_as_signed_and_with_fewer_women_listed() -> None:
    found = review(last_week(), this_week(), PROGRAMME, SINCE, AS_OF, rows=ROWS, said=Part(3, 9), most=2)
    assert found.headline.waterfall.steps[0].code == "recounted"
    assert (len(found.movements.moves), found.movements.moved) == (2, 13)


def test_no_rate_then_is_no_difference() -> None:
    woman = {"start_date": -400, "completion_date": -92, "status": "seeking"}
    head = review(sheet({1: woman}), sheet({1: woman}), PROGRAMME, SINCE, AS_OF).headline
    assert (head.known.value, head.now.value, head.points, head.verdict_then) == (None, 0.0, None, "cannot_tell")


def test_new_codes_are_no_news() -> None:
    women = {number + 100: woman for number, woman in THEN.items()}
    assert review(sheet(THEN), sheet(women), PROGRAMME, SINCE, AS_OF).cautions == ("keys_changed",)
    assert review(sheet(THEN), sheet(THEN), PROGRAMME, AS_OF, AS_OF).cautions == ("same_day",)


def test_a_selection() -> None:
    then = {number: {**woman, "track": "t1" if number < 8 else "t2"} for number, woman in THEN.items()}
    found = review(sheet(then), sheet(then), PROGRAMME, SINCE, AS_OF, filters={"track": ("t1",)})
    alone = [woman for number, woman in then.items() if number < 8]
    assert found.movements.whole.end == tallied(*alone).women == 7
    assert found.headline.now.denominator == 5  # 3 to 7


@settings(max_examples=3, deadline=None)
@given(some_women, some_women)
def test_what_holds_of_random_histories(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    then, now = dict(enumerate(before, start=1)), dict(enumerate(after, start=3))
    assert_lawful(review(sheet(then), sheet(now), PROGRAMME, SINCE, AS_OF))


def test_and_of_a_selection_of_many() -> None:
    then, now = two_rosters(2000, 61)
    assert_lawful(review(sheet(then), sheet(now), PROGRAMME, SINCE, AS_OF, filters={"cohort": ("c1", "unspecified")}))
