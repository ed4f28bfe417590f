"""The indicators of field reference 1.2, each with numerator, denominator, interval and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.funnel import reached
from dashboard.intervals import Verdict, verdict, wilson
from dashboard.outcome import KEPT
from dashboard.path import RETAINED
from dashboard.survival import Curve, curve
from dashboard.tally import Tally

Unit = Literal["count", "rate", "days"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. Rates are fractions of 1, None where undefined (0/0 is not 0)."""

    id: str
    unit: Unit
    numerator: int | None  # the count itself for counts; None for medians
    denominator: int | None
    value: float | None  # count, rate or median days; None = undefined or not reached
    low: float | None = None  # 95 % interval (Wilson for rates)
    high: float | None = None
    worst: float | None = None  # every unknown outcome counted as a miss
    best: float | None = None  # every unknown outcome counted as a success
    open: int = 0  # not decided yet: window, plan or horizon has not passed, certificate pending
    unknown: int = 0  # in the denominator, outcome not known (lost, undated)
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Completers by outcome in the window. The five states sum to all completers with a completion date.

    inserted + closed_without + unknown + undated = windows closed (the denominator of insertion_90).
    """

    inserted: int
    closed_without: int  # late hires included
    unknown: int  # window closed, no contact since, no job recorded
    undated: int  # said to work without a date, or with one too vague to tell
    open: int  # window still open, inserted already or not
    open_inserted: int  # of the open ones, already inserted
    from_placement: int = 0  # of the inserted, work started before completion: counted as day 0
    salaried: int = 0  # of the inserted
    own_business: int = 0  # of the inserted
    other: int = 0  # of the inserted, kind of work not recorded
    no_completion_date: int = 0  # completed by later stage or status only: in no denominator

    @property
    def closed(self) -> int:
        """Windows closed."""
        return self.inserted + self.closed_without + self.unknown + self.undated

    @property
    def known_only(self) -> float | None:
        """Inserted of those whose outcome is known; never a headline: the unknown are likelier without work."""
        known = self.inserted + self.closed_without
        return self.inserted / known if known else None


def indicators(tally: Tally, times: Curve | None = None) -> dict[str, Indicator]:
    """All indicators by id, in the order of the path. `times` is the tally's curve where it is at hand."""
    found = [
        _count("applicants", tally.women),
        _enrolled(tally),
        _count("in_training", tally.count("in_training")),
        _count("completed", reached("completed", tally)),
        _completion(tally),
        _count("certified", tally.count("paper__held")),
        _certification(tally),
        *_insertion(outcomes(tally)),
        rate("dropout", tally.count("dropout"), tally.count("started")),
        _time_to_insertion(times or curve(tally)),
        *(_retention(stage, answers) for stage, answers in retention(tally).items()),
    ]
    return {indicator.id: indicator for indicator in found}


def outcomes(tally: Tally) -> Outcomes:
    """The three-state outcomes (with unknown and undated) behind insertion_90."""
    return Outcomes(
        inserted=tally.count("outcome__inserted"),
        closed_without=tally.count("outcome__closed_without"),
        unknown=tally.count("outcome__unknown"),
        undated=tally.count("outcome__undated"),
        open=tally.count("outcome__open"),
        open_inserted=tally.count("open_inserted"),
        from_placement=tally.count("from_placement"),
        salaried=tally.count("inserted__salaried"),
        own_business=tally.count("inserted__own_business"),
        other=tally.count("inserted__other"),
        no_completion_date=tally.count("completed__inferred") + tally.count("completed__undated"),
    )


def judged(indicator: Indicator, reference: float) -> Verdict:
    """Whether a rate lies below or above a reference, as far as its interval can tell.

    Unknown outcomes count against either verdict: "below" must hold even if each of them was a success, "above" is
    said with each of them a miss, as the rate itself counts them.
    """
    n, hits = indicator.denominator, indicator.numerator
    if not n or hits is None or indicator.low is None or indicator.high is None:
        return "cannot_tell"
    best = min(n, hits + indicator.unknown)
    at_best = wilson(best, n)
    return verdict((indicator.low, at_best[1] if at_best else indicator.high), reference)


def _count(name: str, n: int) -> Indicator:
    return Indicator(name, "count", n, None, n)


def rate(name: str, hits: int, n: int, *, unknown: int = 0, maybe: int | None = None, still_open: int = 0) -> Indicator:
    """A rate with its Wilson interval and bounds; `maybe` = women who may yet prove hits (default: the unknown)."""
    low, high = wilson(hits, n) or (None, None)
    possible = unknown if maybe is None else maybe
    return Indicator(
        id=name,
        unit="rate",
        numerator=hits,
        denominator=n,
        value=hits / n if n else None,
        low=low,
        high=high,
        worst=hits / n if n else None,
        best=(hits + possible) / n if n else None,
        open=still_open,
        unknown=unknown,
    )


def _enrolled(tally: Tally) -> Indicator:
    """Women who started; `worst` counts those with a start date only, the others are shown to have started."""
    n, dated = tally.count("started"), tally.count("softskills__dated")
    return Indicator("enrolled", "count", n, None, n, worst=dated, best=n, unknown=n - dated, target=tally.target)


def _completion(tally: Tally) -> Indicator:
    """Completed of those whose planned end has come; the overdue stay in, the rest are open."""
    due = tally.count("due")
    return rate("completion", tally.count("due_completed"), due, still_open=tally.count("started") - due)


def _certification(tally: Tally) -> Indicator:
    """Certificates held of all who completed. Pending ones stay in the denominator and may yet come."""
    pending, unrecorded = tally.count("paper__pending"), tally.count("paper__unrecorded")
    return rate(
        "certification",
        tally.count("paper__held"),
        reached("completed", tally),
        unknown=unrecorded,
        maybe=unrecorded + pending,
        still_open=pending,
    )


def _insertion(found: Outcomes) -> tuple[Indicator, Indicator]:
    """Inserted, and inserted in an own business, of all windows closed."""
    unknown = found.unknown + found.undated
    return (
        rate("insertion_90", found.inserted, found.closed, unknown=unknown, still_open=found.open),
        rate("own_business", found.own_business, found.closed, unknown=unknown + found.other, still_open=found.open),
    )


def _time_to_insertion(found: Curve) -> Indicator:
    """The Kaplan-Meier median of all completers; no value while fewer than half are inserted."""
    return Indicator(
        "time_to_insertion", "days", None, found.n, found.median, low=found.median_low, high=found.median_high
    )


def retention(tally: Tally) -> dict[str, dict[str, int]]:
    """Women with a dated job per retention stage and answer; the answers of a stage share them all out."""
    return {stage: {answer: tally.count(f"{stage}__kept_{answer}") for answer in KEPT} for stage in RETAINED}


def _retention(stage: str, answers: Mapping[str, int]) -> Indicator:
    """At work, with any employer, of the women whose hiring lies so far back; no answer is a miss at worst."""
    return rate(
        stage.replace("retained", "retention"),
        answers["same_employer"] + answers["working"],
        sum(answers.values()) - answers["not_due"],
        unknown=answers["unknown"],
        still_open=answers["not_due"],
    )
