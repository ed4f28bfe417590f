"""Progress split from restatement: the hand-written week, each way in which a past is told otherwise, and the sums."""

from typing import Any

import pytest
from review_laws import assert_explained
from review_woman_by_woman import sides, told
from rosters_at_random import two_rosters
from two_reviews import SINCE, THEN, read, sheet, weeks
from women import AS_OF, PROGRAMME

from dashboard.individuals import ABSENT
from dashboard.readings import readings
from dashboard.restatement import KINDS, Change, Kind, Part, Rows, changes, kinds_of

CHANGES = {change.id: change for change in changes(*weeks())}


def test_the_insertion_rate_by_hand() -> None:
    found = CHANGES["insertion_90"]
    readings = (found.known, found.restated, found.now)
    assert [(one.numerator, one.denominator) for one in readings] == [(3, 8), (4, 7), (6, 11)]
    assert found.parts == {"restated": Part(1, -1), "time": Part(1, 4), "progress": Part(1, 0)}
    assert found.kinds == {
        "erased": Part(0, -1),
        "merged": Part(0, -1),
        "row_gone": Part(-1, -1),
        "row_back": Part(0, 1),
        "late_row": Part(1, 1),
        "withdrawn": Part(-1, 0),
        "correction": Part(1, 0),
        "late_entry": Part(1, 0),
    }


def test_other_indicators_by_hand() -> None:
    assert CHANGES["applicants"].parts == {"restated": Part(-1, 0), "time": Part(0, 0), "progress": Part(1, 0)}
    assert CHANGES["dropout"].parts == {"restated": Part(1, -1), "time": Part(0, 0), "progress": Part(1, 0)}
    assert CHANGES["dropout"].kinds["undated"] == Part(1, 0)
    assert CHANGES["in_training"].parts == {"restated": Part(-1, 0), "time": Part(0, 0), "progress": Part(-2, 0)}
    assert CHANGES["completed"].parts["progress"] == Part(1, 0)
    assert CHANGES["time_to_insertion"].parts == {}


def test_the_order_is_that_of_the_path() -> None:
    assert list(CHANGES)[:4] == ["applicants", "enrolled", "in_training", "completed"]
    assert list(CHANGES)[-1] == "retention_12"


def test_the_kind_of_each_woman() -> None:
    found, kinds = weeks()
    named = {code: KINDS[kind] for code, kind in zip(found.women.codes, kinds, strict=True) if kind != ABSENT}
    assert named == {
        "W2": "undated",
        "W7": "late_entry",
        "W8": "correction",
        "W9": "withdrawn",
        "W10": "row_gone",
        "W11": "erased",
        "W12": "late_row",
        "W14": "undated",
        "W15": "row_back",
        "W16": "contact",
        "W17": "merged",
        "W18": "undated",
    }


DONE = {"start_date": -400, "completion_date": -200}


TOLD: list[tuple[dict[str, Any], dict[str, Any], Kind | None]] = [
    ({**DONE, "first_work_date": -150}, DONE, "withdrawn"),
    ({**DONE, "first_work_date": -150, "status": "placed"}, {**DONE, "status": "seeking"}, "withdrawn"),
    ({**DONE, "first_work_date": -150}, {**DONE, "first_work_date": -90}, "correction"),
    ({**DONE, "first_work_date": -7}, {**DONE, "first_work_date": -6}, "correction"),  # no longer by then
    ({**DONE, "first_work_date": 3}, {**DONE, "first_work_date": -8}, "correction"),  # already then
    ({"start_date": -90, "planned_end": -9}, {"start_date": -90, "planned_end": 30}, "correction"),
    ({"start_date": -90, "planned_end": -9}, {"start_date": -90}, "correction"),
    (DONE, {**DONE, "first_work_date": -7}, "late_entry"),
    (DONE, {**DONE, "first_work_date": -150, "status": "placed"}, "late_entry"),
    (DONE, {**DONE, "status": "placed"}, "undated"),
    (DONE, {**DONE, "certificate": "yes"}, "undated"),
    (DONE, {**DONE, "last_contact": -2}, "contact"),
    ({"start_date": -90, "status": "dropped"}, {"start_date": -90, "status": "dropped", "vocational_start": -1},
     "overtaken"),
    (DONE, {**DONE, "first_work_date": -6}, "overtaken"),  # she surely had no work in her window
    ({**DONE, "status": "seeking"}, {**DONE, "status": "seeking", "first_work_date": -6}, None),
    (DONE, {**DONE, "wage": 3000.0}, None),
    ({**DONE, "first_work_date_earliest": -150, "first_work_date_latest": -121},
     {**DONE, "first_work_date_earliest": -150, "first_work_date_latest": -100}, "correction"),
    ({**DONE, "first_work_date": -120},
     {"start_date": -400, "first_work_date": -120, "completion_date_earliest": -330,
      "completion_date_latest": -200}, "correction"),
]  # fmt: skip


def test_how_a_past_is_told_otherwise() -> None:
    then = {number: before for number, (before, _, _) in enumerate(TOLD)}
    now = {number: after for number, (_, after, _) in enumerate(TOLD)}
    kinds = kinds_of(read(then, now), sheet(then), sheet(now), Rows())
    for (before, after, expected), kind in zip(TOLD, kinds, strict=True):
        assert (KINDS[kind] if kind != ABSENT else None) == expected, (before, after)


def test_a_follow_up_answered_when_due_is_progress_and_unanswered_is_time() -> None:
    hired = {"start_date": -400, "completion_date": -100, "first_work_date": -93, "status": "placed"}
    then = {1: hired, 2: hired}
    now = {1: {**hired, "check_3": "working"}, 2: hired}
    found = {change.id: change for change in changed(then, now)}["retention_3"]
    assert found.parts == {"restated": Part(0, 0), "time": Part(0, 2), "progress": Part(1, 0)}


def changed(then: dict[int, Any], now: dict[int, Any]) -> tuple[Change, ...]:
    found = read(then, now)
    return changes(found, kinds_of(found, sheet(then), sheet(now), Rows()))


@pytest.mark.parametrize("seed", [11])
def test_the_parts_are_those_of_each_woman(seed: int) -> None:
    then, now = two_rosters(1500, seed)
    expected = {"restated": [0, 0], "time": [0, 0], "progress": [0, 0]}
    for number in {*then, *now}:
        four = [sides(outcome) for _, outcome in told(then.get(number), now.get(number), -7)]
        for cause, before, after in zip(expected, four, four[1:], strict=False):
            expected[cause] = [total + after[i] - before[i] for i, total in enumerate(expected[cause])]
    every = changed(then, now)
    for change in every:
        assert_explained(change)
    found = next(change for change in every if change.id == "insertion_90")
    assert {cause: [part.numerator, part.denominator] for cause, part in found.parts.items()} == expected
    assert all(any(part) for part in expected.values())  # the rosters try every cause


def test_an_unchanged_week_changes_nothing() -> None:
    for change in changed({19: THEN[19]}, {19: THEN[19]}):
        assert set(change.parts.values()) <= {Part(0, 0)}
        assert change.kinds == {}


def test_a_woman_who_changes_groups_is_a_correction() -> None:
    then: dict[int, Any] = {1: {**DONE, "cohort": "c1"}, 2: {**DONE, "cohort": "c2"}}
    now: dict[int, Any] = {1: {**DONE, "cohort": "c2"}, 2: {**DONE, "cohort": "c2"}}
    rosters = sheet(then), sheet(now)
    found = readings(*rosters, PROGRAMME, SINCE, AS_OF, {"cohort": ("c2",)})
    kinds = kinds_of(found, *rosters, Rows())
    assert [KINDS[kind] if kind != ABSENT else None for kind in kinds] == ["correction", None]
