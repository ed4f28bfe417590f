"""What became of the women beside insertion: dropout, retention, time between stages, satisfaction.

Each function takes a tally and is called when its part of the page is opened; nothing here goes back to the women.
Earnings and soft skills are in modules of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.facts import LEARNING, STEPS
from dashboard.funnel import reached
from dashboard.indicators import Indicator, rate
from dashboard.indicators import retention as answers_by_stage
from dashboard.intervals import wilson
from dashboard.path import horizon
from dashboard.schema import UNSPECIFIED
from dashboard.spread import quartiles
from dashboard.survival import curve
from dashboard.tally import Tally


@dataclass(frozen=True, slots=True)
class Dropout:
    """Women who started and left before completing. `by_stage` and `by_reason` each sum to `rate.numerator`."""

    rate: Indicator  # dropouts / started
    by_stage: Mapping[str, int]  # furthest stage reached -> women, in the order of the path, stages from the start on
    by_reason: Mapping[str, int]  # reason -> women, in the programme's order, "unspecified" last; zeros left out
    left_for_job: int  # started and left because they found work: no dropout


@dataclass(frozen=True, slots=True)
class Retention:
    """Women placed on a known day, asked so many days later whether they work.

    `any_employer` and `same_employer` share the denominator: hired at least `days` ago, those without an answer
    included. At worst none of these works, at best all do; for the same employer, at best those at work whose
    employer is not recorded are with the first one too.
    """

    stage: str  # "retained_3", "retained_6", "retained_12"
    days: int
    any_employer: Indicator
    same_employer: Indicator
    with_same: int  # the answers; these four sum to the denominator
    working: int  # at work, not recorded as with the same employer
    not_working: int
    unknown: int
    not_due: int  # hired, horizon not reached: in no denominator
    undated: int  # placed without a day of hiring: in no denominator

    @property
    def known_only(self) -> float | None:
        """At work of those with an answer: a label beside the rate, never the headline."""
        answered = self.with_same + self.working + self.not_working
        return (self.with_same + self.working) / answered if answered else None


@dataclass(frozen=True, slots=True)
class StepTime:
    """Days from one stage to a later one, of women whose dates of both are known.

    `observed` quartiles are of women who made the step; those still waiting would lengthen them, and are counted
    beside. `kaplan_meier` (the step to work) has the waiting in; a quartile not reached is None.
    """

    start: str  # stage ids
    end: str
    method: Literal["observed", "kaplan_meier"]
    n: int  # women behind the quartiles
    lower: float | None  # days in which a quarter of them made the step
    median: float | None
    upper: float | None  # three quarters
    waiting: int  # dated at `start`, not at `end`, neither gone nor further on
    reversed: int = 0  # the later stage is dated first: left out


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Women who completed and rated the programme in one of the two highest grades."""

    satisfied: Indicator  # satisfied / responders; worst and best count all who completed
    response: Indicator  # responders / completed
    before_completing: int  # answers of women who have not completed: in neither


def dropout(tally: Tally) -> Dropout:
    """Who left training, how far they had come and why."""
    found = rate("dropout", tally.count("dropout"), tally.count("started"))
    reasons = {reason.id: tally.fact(f"dropout_for__{reason.id}") for reason in tally.programme.exit_reasons}
    reasons[UNSPECIFIED] = tally.count("dropout") - sum(reasons.values())
    return Dropout(
        rate=found,
        by_stage={stage: tally.fact(f"dropout_at__{stage}") for stage in LEARNING},
        by_reason={reason: n for reason, n in reasons.items() if n},
        left_for_job=tally.fact("left_for_job_started"),
    )


def retentions(tally: Tally) -> tuple[Retention, ...]:
    """At work 3, 6 and 12 months after hiring."""
    undated = tally.count("placed__undated")
    return tuple(_retention(stage, found, undated, tally) for stage, found in answers_by_stage(tally).items())


def _retention(stage: str, found: Mapping[str, int], undated: int, tally: Tally) -> Retention:
    same, working, unknown, later = (found[name] for name in ("same_employer", "working", "unknown", "not_due"))
    due, name = sum(found.values()) - later, stage.replace("retained", "retention")
    return Retention(
        stage=stage,
        days=horizon(stage, tally.programme),
        any_employer=rate(name, same + working, due, unknown=unknown, still_open=later),
        same_employer=rate(f"{name}_same", same, due, unknown=unknown + working, still_open=later),
        with_same=same,
        working=working,
        not_working=found["not_working"],
        unknown=unknown,
        not_due=later,
        undated=undated,
    )


def time_between(tally: Tally) -> tuple[StepTime, ...]:
    """Days between consecutive stages, from first contact to certificate, and to work.

    Besides the consecutive stages: from first contact to the start, and from the start to completion.
    """
    return (*(_step(number, tally) for number in range(len(STEPS))), _step_to_work(tally))


def _step(number: int, tally: Tally) -> StepTime:
    start, end = STEPS[number]
    table = tally.table("steps")
    rows = table["step"] == number
    lower, median, upper = quartiles(table["day"][rows], table["n"][rows])
    return StepTime(
        start=start,
        end=end,
        method="observed",
        n=int(table["n"][rows].sum()),
        lower=lower,
        median=median,
        upper=upper,
        waiting=tally.fact(f"waiting__{start}__{end}"),
        reversed=tally.fact(f"reversed__{start}__{end}"),
    )


def _step_to_work(tally: Tally) -> StepTime:
    """From completion to work: Kaplan-Meier, for the women still looking are most of what there is to know."""
    found = curve(tally)
    lower, median, upper = (
        next((float(point.day) for point in found.points if point.incidence >= share - 1e-12), None)
        for share in (0.25, 0.5, 0.75)
    )
    working = sum(point.events for point in found.points)
    return StepTime("completed", "placed", "kaplan_meier", found.n, lower, median, upper, waiting=found.n - working)


def satisfaction(tally: Tally) -> Satisfaction:
    """The two highest grades, of those who answered; what those who did not answer would have said is not known."""
    completed, rated, satisfied = reached("completed", tally), tally.fact("rated"), tally.fact("satisfied")
    return Satisfaction(
        satisfied=share_of_known("satisfaction", satisfied, rated, completed),
        response=rate("satisfaction_response", rated, completed),
        before_completing=tally.fact("rated_early"),
    )


def share_of_known(name: str, hits: int, known: int, everyone: int) -> Indicator:
    """A share of those with an answer, whose worst and best are of everyone: nobody, or all, of the silent are hits."""
    low, high = wilson(hits, known) or (None, None)
    silent = everyone - known
    return Indicator(
        id=name,
        unit="rate",
        numerator=hits,
        denominator=known,
        value=hits / known if known else None,
        low=low,
        high=high,
        worst=hits / everyone if everyone else None,
        best=(hits + silent) / everyone if everyone else None,
        unknown=silent,
    )
