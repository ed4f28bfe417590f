"""The waterfall: the hand-written week step by step, and sums that are exact whatever happens."""

from typing import Any

import pytest
from review_laws import assert_adds_up
from rosters_at_random import two_rosters
from two_reviews import read, sheet, weeks

from dashboard.restatement import Part, Rows, kinds_of
from dashboard.waterfall import Waterfall, waterfall


def test_by_hand() -> None:
    found = waterfall(*weeks())
    steps = [(step.code, step.kind, step.women, step.numerator_after, step.denominator_after) for step in found.steps]
    assert (found.start, found.start_rate) == (Part(3, 8), 3 / 8)
    assert steps == [
        ("restated", "erased", 1, 3, 7),
        ("restated", "merged", 1, 3, 6),
        ("restated", "row_gone", 1, 2, 5),
        ("restated", "row_back", 1, 2, 6),
        ("restated", "late_row", 1, 3, 7),
        ("restated", "withdrawn", 1, 2, 7),
        ("restated", "correction", 1, 3, 7),
        ("restated", "late_entry", 1, 4, 7),
        ("matured_inserted", None, 2, 6, 9),
        ("matured_without", None, 1, 6, 10),
        ("matured_unknown", None, 1, 6, 11),
    ]
    assert [step.rate for step in found.steps][-3:] == [6 / 9, 6 / 10, 6 / 11]
    assert found.end == Part(6, 11)


def test_what_the_last_review_signed_comes_first() -> None:
    found = waterfall(*weeks(), said=Part(4, 8))
    first = found.steps[0]
    assert found.start == Part(4, 8)
    assert (first.code, first.numerator, first.denominator, first.numerator_after) == ("recounted", -1, 0, 3)
    assert found.steps[-1].denominator_after == 11
    assert waterfall(*weeks(), said=Part(3, 8)) == waterfall(*weeks())


def test_rates_of_nobody() -> None:
    done = {"start_date": -400, "completion_date": -92, "status": "seeking"}
    found = fall({1: done}, {1: done})
    assert found.start_rate is None
    assert [(step.code, step.rate) for step in found.steps] == [("matured_without", 0.0)]


def fall(then: dict[int, Any], now: dict[int, Any]) -> Waterfall:
    found = read(then, now)
    return waterfall(found, kinds_of(found, sheet(then), sheet(now), Rows()))


@pytest.mark.parametrize("seed", [51])
def test_it_adds_up_of_many(seed: int) -> None:
    found = fall(*two_rosters(3000, seed))
    assert_adds_up(found)
    assert {step.code for step in found.steps} == {
        "restated",
        *(f"matured_{end}" for end in ("inserted", "without", "unknown")),
    }
