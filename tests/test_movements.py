"""Stocks and flows: the hand-written week, the identity, and the same counted woman by woman."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from review_laws import assert_balanced
from review_woman_by_woman import cause, told
from rosters_at_random import two_rosters
from two_reviews import last_week, read, sheet, this_week, weeks
from women import AS_OF, PROGRAMME

from dashboard.evidence import Evidence
from dashboard.funnel import stocks
from dashboard.movements import Move, Movements, Route, movements
from dashboard.restatement import Rows, kinds_of
from dashboard.tally import tally

WEEK = movements(*weeks(), last_week(), this_week(), PROGRAMME)
FLOWS = {flow.place: flow for flow in (WEEK.whole, *WEEK.flows)}
MOVES = {move.woman: move for move in WEEK.moves}


def day(number: int) -> date:
    return AS_OF + timedelta(days=number)


@pytest.mark.parametrize(
    ("place", "start", "came", "went", "end"),
    [
        ("contact", 0, 1, 0, 1),
        ("training", 3, 0, 3, 0),
        ("completed", 1, 1, 0, 2),
        ("followup", 6, 2, 5, 3),
        ("placed", 5, 4, 2, 7),
        ("lost", 1, 0, 0, 1),
        ("dropped", 0, 2, 0, 2),
        (None, 16, 3, 3, 16),
    ],
)
def test_flows_by_hand(place: str | None, start: int, came: int, went: int, end: int) -> None:
    found = FLOWS[place]
    assert (found.start, found.came, found.went, found.end) == (start, came, went, end)


def test_what_moved_them_by_hand() -> None:
    assert FLOWS["placed"].came_by == {"restated": 2, "time": 0, "progress": 2}
    assert FLOWS["followup"].went_by == {"restated": 3, "time": 0, "progress": 2}
    assert FLOWS["dropped"].came_by == {"restated": 1, "time": 0, "progress": 1}
    assert FLOWS[None].came_by == {"restated": 2, "time": 0, "progress": 1}
    assert FLOWS[None].went_by == {"restated": 3, "time": 0, "progress": 0}
    assert FLOWS["placed"].restated == 5  # 3, 7, 8, 12 and 19
    assert {place for place, flow in FLOWS.items() if not (flow.start or flow.end)} >= {"retained_3", "deceased"}


def test_routes_by_hand() -> None:
    assert set(WEEK.routes) == {
        Route("followup", "placed", "progress", None, 2),
        Route("training", "completed", "progress", None, 1),
        Route("training", "dropped", "progress", None, 1),
        Route(None, "contact", "progress", None, 1),
        Route("followup", "placed", "restated", "late_entry", 1),
        Route("placed", "followup", "restated", "withdrawn", 1),
        Route("placed", None, "restated", "row_gone", 1),
        Route("followup", None, "restated", "erased", 1),
        Route("followup", None, "restated", "merged", 1),
        Route(None, "placed", "restated", "late_row", 1),
        Route(None, "followup", "restated", "row_back", 1),
        Route("training", "dropped", "restated", "undated", 1),
    }


def test_who_moved_by_hand() -> None:
    assert WEEK.moved == len(WEEK.moves) == 13
    assert [move.cause for move in WEEK.moves] == ["progress"] * 5 + ["restated"] * 8
    assert MOVES["W1"] == Move(
        "W1", "S", 1, True, "followup", "followup", "placed", "progress", None,
        (Evidence("first_work_date", None, day(-3)), Evidence("status", "seeking", "placed")),
    )  # fmt: skip
    assert MOVES["W9"].evidence == (
        Evidence("first_work_date", day(-150), None),
        Evidence("status", "placed", "seeking"),
    )
    assert (MOVES["W10"].row, MOVES["W10"].in_sheet, MOVES["W10"].went_to) == (10, False, None)
    assert (MOVES["W12"].in_sheet, MOVES["W12"].came_from, MOVES["W12"].restated) == (True, None, "placed")
    assert MOVES["W14"].evidence == (Evidence("status", "in_training", "dropped"),)
    # Her status of then has been written over: that does not put her anywhere else then.
    assert (MOVES["W2"].came_from, MOVES["W2"].restated, MOVES["W2"].went_to) == ("training", "training", "completed")


def moved(then: dict[int, Any], now: dict[int, Any], most: int = 200) -> Movements:
    found, rosters = read(then, now), (sheet(then), sheet(now))
    return movements(found, kinds_of(found, *rosters, Rows()), *rosters, PROGRAMME, most)


def test_a_plan_that_passes_moves_a_woman_without_anything_happening() -> None:
    woman = {"start_date": -200, "planned_end": -3, "first_work_date": -50, "status": "in_training"}
    (move,) = moved({1: woman}, {1: woman}).moves
    assert (move.came_from, move.went_to, move.cause) == ("training", "placed", "time")
    assert move.evidence == (Evidence("planned_end", due=AS_OF - timedelta(days=3)),)


def test_a_retold_past_and_a_step_since() -> None:
    then = {1: {"start_date": -90, "status": "in_training"}}
    now = {1: {"start_date": -90, "completion_date": -20, "first_work_date": -2, "status": "placed"}}
    (move,) = moved(then, now).moves
    assert (move.came_from, move.restated, move.went_to) == ("training", "followup", "placed")
    assert (move.cause, move.kind) == ("progress", None)


def test_lists_end_and_counts_do_not() -> None:
    then, now = two_rosters(400, 31)
    whole, short = moved(then, now, most=10**6), moved(then, now, most=7)
    assert len(whole.moves) == whole.moved == short.moved > 7
    assert short.moves == whole.moves[:7]
    assert short.flows == whole.flows


@pytest.mark.parametrize("seed", [41])
def test_the_same_woman_by_woman(seed: int) -> None:
    then, now = two_rosters(1500, seed)
    expected: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for number in {*then, *now}:
        places = [place for place, _ in told(then.get(number), now.get(number), -7)]
        if places[0] != places[-1]:
            expected[places[0], places[-1], cause(places)] += 1
    found = moved(then, now)
    counted: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for route in found.routes:
        counted[route.came_from, route.went_to, route.cause] += route.women
    assert counted == expected
    assert_balanced(found)
    before = stocks(tally(sheet(then), PROGRAMME, AS_OF - timedelta(days=7)))
    after = stocks(tally(sheet(now), PROGRAMME, AS_OF))
    assert {flow.place: (flow.start, flow.end) for flow in found.flows if flow.place in {*before, *after}} == {
        place: (before.get(place, 0), after.get(place, 0)) for place in {*before, *after}
    }


def test_a_review_of_nobody() -> None:
    found = moved({}, {})
    assert (found.moved, found.routes, found.whole.end) == (0, (), 0)
