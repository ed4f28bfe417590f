"""Every week of the demo's past, reviewed: stocks and flows balance; the last one says what was worked out by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

import pytest
from demo_expectations import ANCHOR, LAST, LAST_WEEK, RATE_NOW, RATE_ON_LAST, RATE_ON_LAST_RESTATED
from demo_weeks import NOW, PROGRAMME, SECRET
from review_laws import assert_lawful

from connectors.demo_history import replay
from dashboard.history import Held, Version
from dashboard.indicators import Indicator
from dashboard.movements import Route
from dashboard.review import Review, review
from dashboard.roster import Roster


@dataclass
class Shelf:
    """A feed that keeps rosters as they come."""

    rosters: dict[date, Roster] = field(default_factory=dict)

    def versions(self) -> Sequence[Version]:
        return ()

    def record(
        self,
        roster: Roster,
        *,
        at: datetime,
        read_on: date,
        content_hash: str,
        source_version: str | None,
        seconds: float,
        after: int | None,
    ) -> Version:
        self.rosters[read_on] = roster
        rows = roster.reconciliation.rows_read
        return Version(len(self.rosters), at, read_on, content_hash, source_version, len(roster.frame), rows)

    def hold(self, held: Held) -> None:
        pass

    def forget(self) -> None:
        self.rosters.clear()


@pytest.fixture(scope="module")
def rosters() -> dict[date, Roster]:
    """By the day on which they were read, oldest first."""
    shelf = Shelf()
    replay(shelf, PROGRAMME, SECRET, ANCHOR, NOW)
    return shelf.rosters


@pytest.fixture(scope="module")
def between(rosters: dict[date, Roster]) -> Callable[[date, date], Review]:
    return lambda since, today: review(rosters[since], rosters[today], PROGRAMME, since, today)


def test_every_week_balances(rosters: dict[date, Roster], between: Callable[[date, date], Review]) -> None:
    mondays = [day for day in rosters if day.weekday() == 0]
    weeks = [between(since, today) for since, today in pairwise(mondays)]
    for since, found in zip(mondays, weeks, strict=False):
        assert_lawful(found)
        assert (found.since, found.cautions) == (since, ())
    for before, after in pairwise(weeks):  # what one week ends with is what the next one starts from
        ends = {flow.place: flow.end for flow in before.movements.flows if flow.end}
        assert {flow.place: flow.start for flow in after.movements.flows if flow.start} == ends
    assert all(found.movements.moved for found in weeks)


def sides(found: Indicator) -> tuple[int | None, int | None]:
    return found.numerator, found.denominator


def test_the_last_week_is_as_worked_out_by_hand(between: Callable[[date, date], Review]) -> None:
    found = between(LAST, ANCHOR)
    head = found.headline
    rates = [sides(one) for one in (head.known, head.restated, head.now)]
    assert rates == [RATE_ON_LAST, RATE_ON_LAST_RESTATED, RATE_NOW]
    steps = [(step.code, step.kind, step.numerator, step.denominator) for step in head.waterfall.steps]
    assert steps == [("restated", "late_entry", 1, 0), ("matured_inserted", None, 9, 9)]  # P-085; P-086 to P-095


@pytest.mark.parametrize(
    ("indicator", "stage", "sign"),
    [
        ("applicants", "contact", 1),
        ("certified", "certified", 1),
        ("retention_3", "retained_3", 1),
        ("in_training", "exit", -1),
    ],
)
def test_steps_forward_are_those_of_the_story(
    between: Callable[[date, date], Review], indicator: str, stage: str, sign: int
) -> None:
    parts = next(change.parts for change in between(LAST, ANCHOR).changes if change.id == indicator)
    assert parts["progress"].numerator == sign * sum(step.stage == stage for step in LAST_WEEK.progress)


def test_who_moved_is_as_worked_out_by_hand(between: Callable[[date, date], Review]) -> None:
    """Late: P-202; P-085, P-087, P-103; P-172. Taken out: P-105. A certificate moves nobody, nor a corrected end."""
    assert set(between(LAST, ANCHOR).movements.routes) == {
        Route(None, "contact", "progress", None, 6),
        Route("contact", "eligible", "progress", None, 3),
        Route("training", "internship", "progress", None, 4),
        Route("training", "dropped", "progress", None, 1),
        Route("followup", "placed", "progress", None, 2),
        Route("contact", "eligible", "restated", "late_entry", 1),
        Route("followup", "placed", "restated", "late_entry", 3),
        Route("softskills", "dropped", "restated", "late_entry", 1),
        Route("placed", "followup", "restated", "withdrawn", 1),
    }
