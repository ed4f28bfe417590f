"""The numbers of a review as plain data: those of the result, and nobody's row."""

import json

from programme_limits import PROGRAMME
from two_reviews import ROWS, SINCE, last_week, this_week
from women import AS_OF

from dashboard.follow_up import follow_up
from dashboard.review import review
from dashboard.review_report import Json, review_report
from dashboard.tally import tally


def numbers() -> Json:
    then, now = last_week(), this_week()
    listed = follow_up(now, tally(now, PROGRAMME, AS_OF))
    return review_report(review(then, now, PROGRAMME, SINCE, AS_OF, rows=ROWS), listed)


FOUND = numbers()


def test_the_hand_written_week() -> None:
    assert (FOUND["since"], FOUND["as_of"], FOUND["definition_version"]) == ("2026-11-16", "2026-11-23", "t1")
    fall = FOUND["headline"]["waterfall"]
    assert (fall["start"], fall["end"]) == ({"numerator": 3, "denominator": 8}, {"numerator": 6, "denominator": 11})
    assert fall["steps"][-1] == {
        "code": "matured_unknown", "kind": None, "women": 1, "numerator": 0, "denominator": 1,
        "numerator_after": 6, "denominator_after": 11, "rate": 6 / 11,
    }  # fmt: skip
    insertion = next(change for change in FOUND["changes"] if change["id"] == "insertion_90")
    assert [insertion[name]["value"] for name in ("known", "restated", "now")] == [3 / 8, 4 / 7, 6 / 11]
    assert insertion["parts"]["time"] == {"numerator": 1, "denominator": 4}
    assert FOUND["flows"][0]["place"] is None
    assert (FOUND["flows"][0]["start"], FOUND["flows"][0]["end"], FOUND["moved"]) == (16, 16, 13)
    assert FOUND["follow_up"]["by_reason"]["outcome_unknown"] == 1


def test_no_woman_is_in_it() -> None:
    written = json.dumps(FOUND, allow_nan=False)
    assert json.loads(written) == FOUND
    assert not [code for code in (f'"W{number}"' for number in range(1, 20)) if code in written]
    assert "sheet" not in written
