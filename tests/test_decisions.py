"""Decisions: their faults, and how they are replayed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from women import tallied

from dashboard.decisions import (
    Annotation,
    Concerned,
    Decision,
    Measure,
    Since,
    Values,
    annotations,
    faults,
    measure,
    replay,
)
from dashboard.indicators import indicators

MADE, DUE = date(2026, 11, 16), date(2026, 11, 23)
CALL = Decision("d1", "Call the two", "Amina", DUE, MADE, "r1")
NOBODY = Values({}, {})
WORKS: dict[str, Any] = {"start_date": -400, "completion_date": -200, "first_work_date": -150}
SEEKS: dict[str, Any] = {"start_date": -400, "completion_date": -200, "status": "seeking"}


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [(date(2026, 11, 22), "open", 1), (DUE, "open", 0), (date(2026, 11, 24), "late", -1)],
)
def test_open_until_its_day_and_late_after_it(today: date, state: str, left: int) -> None:
    (found,) = replay([CALL], today, NOBODY)
    assert (found.state, found.days_left) == (state, left)


def test_closed_decisions() -> None:
    done = replace(CALL, closed_on=DUE, outcome="Both called")
    late = replace(CALL, closed_on=date(2026, 11, 25), outcome="One called")
    assert [found.state for found in replay([done], date(2026, 11, 30), NOBODY)] == ["closed"]
    assert [found.state for found in replay([late], date(2026, 11, 30), NOBODY)] == ["closed_late"]
    # On an earlier day it had not been closed yet, nor made.
    assert [found.state for found in replay([late], date(2026, 11, 24), NOBODY)] == ["late"]
    assert replay([late], date(2026, 11, 15), NOBODY) == ()


def test_the_order_in_which_they_are_talked_about() -> None:
    made = [
        replace(CALL, id="closed early", closed_on=MADE, outcome="x"),
        replace(CALL, id="open", due=date(2026, 12, 1)),
        replace(CALL, id="closed last", closed_on=date(2026, 11, 27), outcome="x"),
        replace(CALL, id="late", due=date(2026, 11, 20)),
        replace(CALL, id="open sooner", due=date(2026, 11, 28)),
        replace(CALL, id="later", due=date(2026, 11, 21)),
    ]
    found = replay(made, date(2026, 11, 28), NOBODY)
    order = ["late", "later", "open sooner", "open", "closed last", "closed early"]
    assert [one.decision.id for one in found] == order


def test_what_happened_to_the_number_since() -> None:
    before, after = (indicators(tallied(*women)) for women in ([WORKS, SEEKS], [WORKS, WORKS, SEEKS, WORKS]))
    made = replace(CALL, indicator="insertion_90", measure=measure(before["insertion_90"]))
    (found,) = replay([made], DUE, Values(after, {}))
    assert made.measure is not None
    assert (made.measure.numerator, made.measure.denominator, made.measure.value) == (1, 2, 0.5)
    assert found.now == measure(after["insertion_90"])
    assert found.change == pytest.approx(0.25)


def test_an_undefined_number_has_not_changed() -> None:
    made = replace(CALL, indicator="insertion_90", measure=Measure(0, 0, None))
    (found,) = replay([made], DUE, Values(indicators(tallied(WORKS)), {}))
    assert (found.change, found.now is not None) == (None, True)
    (found,) = replay([made], DUE, NOBODY)
    assert (found.change, found.now) == (None, None)


def test_what_became_of_the_women() -> None:
    made = replace(CALL, women=(Concerned("W1", "followup"), Concerned("W2", "followup"), Concerned("W3", "lost")))
    (found,) = replay([made], DUE, Values({}, {"W1": "placed", "W2": "followup", "W9": "placed"}))
    assert found.women == (
        Since("W1", "followup", "placed"),
        Since("W2", "followup", "followup"),
        Since("W3", "lost", None),
    )
    assert [woman.moved for woman in found.women] == [True, False, True]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"text": " "}, "text_missing"),
        ({"owner": ""}, "owner_missing"),
        ({"due": date(2026, 11, 15)}, "due_before_made"),
        ({"closed_on": date(2026, 11, 15), "outcome": "x"}, "closed_before_made"),
        ({"closed_on": DUE}, "closed_without_outcome"),
        ({"closed_on": DUE, "outcome": "\n"}, "closed_without_outcome"),
    ],
)
def test_what_is_wrong_with_a_decision(wrong: dict[str, object], fault: str) -> None:
    assert faults(replace(CALL, **wrong)) == (fault,)  # type: ignore[arg-type]


def test_nothing_is_wrong() -> None:
    assert faults(CALL) == ()
    assert faults(replace(CALL, due=MADE, closed_on=MADE, outcome="Done")) == ()


def test_days_to_mark_on_a_chart() -> None:
    written = [(date(2026, 11, 20), "Exam"), (date(2026, 10, 1), "New employer")]
    assert annotations([CALL], written) == (
        Annotation(date(2026, 10, 1), "New employer", "sheet"),
        Annotation(MADE, "Call the two", "decision"),
        Annotation(date(2026, 11, 20), "Exam", "sheet"),
    )
