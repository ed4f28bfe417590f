"""What the promise still allows: misses left before a rate is out of reach, and the pace that enrolment needs.

Arithmetic only, no forecast: every number says what follows if a stated thing happens (field reference 1.4, 3).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dashboard.indicators import Outcomes, indicators, judged, outcomes
from dashboard.intervals import Verdict, needed
from dashboard.programme import Milestone, Programme
from dashboard.tally import Counted, Tally

Reach = Literal["met", "open", "only_unknown", "out_of_reach"]
"""met: whatever comes. open: depends on open windows. only_unknown: only if women of unknown outcome prove inserted.
out_of_reach: whatever comes."""

MilestoneState = Literal["met", "missed", "ahead", "coming"]
"""met or missed on its day; ahead: not due and reached already; coming: not due."""

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Closing:
    """Women without work whose window ends on a day; work that starts on that day still counts."""

    day: date
    women: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """Misses that a rate allows among so many women, and how many are left.

    `left` counts every unknown outcome as a miss, as the rate itself does; `left_at_best` counts none. Below 0 the
    rate is out of reach on that reading.
    """

    n: int
    allowed: int  # n - the fewest insertions that make the rate
    left: int
    left_at_best: int


@dataclass(frozen=True, slots=True)
class RateTarget:
    """What insertion_90 over all dated completers so far (windows closed and open) can still become.

    inserted + missed + unknown + waiting = completers. Rates are fractions of 1, None without completers.
    """

    rate: float  # the reference, as a fraction of 1
    verdict: Verdict  # of the interval over closed windows: never of the point
    completers: int  # with a completion date, window closed or open
    inserted: int  # in their window, closed or open
    missed: int  # window closed without insertion
    unknown: int  # window closed, outcome unknown or undated
    waiting: int  # window open, not inserted yet
    so_far: Allowance  # among the completers so far
    promised: Allowance | None  # among all women promised, if every one completed; None for a selection of women
    worst: float | None  # nobody waiting is inserted, every unknown is a miss
    best: float | None  # everybody waiting is inserted, every unknown too
    best_recorded: float | None  # everybody waiting is inserted, every unknown is a miss
    still_needed: int  # more insertions that make the rate, unknown counted as misses; 0 = made
    reach: Reach
    out_of_reach_after: date | None  # last day on which the rate can be met if nobody more is inserted; only if "open"
    decided_by: date | None  # last day of the last open window: the rate of these completers is final then
    closings: tuple[Closing, ...]  # of those waiting, by day


@dataclass(frozen=True, slots=True)
class MilestoneStatus:
    """A milestone of enrolment. `enrolled` counts women as of the milestone's day, or of the as-of day before it."""

    date: date
    target: int
    enrolled: int
    state: MilestoneState


@dataclass(frozen=True, slots=True)
class EnrolmentTarget:
    """Enrolment against the promise. Intakes come once a year, so that a pace is arithmetic, not a plan.

    Paces are women a month of 30.44 days; None where the start or end is not known, or no time is past or left.
    """

    target: int
    enrolled: int
    remaining: int  # 0 once the promise is kept
    end: date | None
    days_left: int | None  # to the end, the last day included; 0 after it
    pace: float | None  # since the project's start
    pace_needed: float | None  # from tomorrow to the end; 0 once the promise is kept
    milestones: tuple[MilestoneStatus, ...]  # in order; none for a selection of women


@dataclass(frozen=True, slots=True)
class Targets:
    """Target arithmetic of one view."""

    insertion: RateTarget
    enrolment: EnrolmentTarget | None  # None where the selection has no target


def targets(tally: Tally, on: Counted) -> Targets:
    """Target arithmetic of a tally. `on` counts the same roster and selection on the days of past milestones."""
    return Targets(rate_target(tally), enrolment_target(tally, on))


def rate_target(tally: Tally) -> RateTarget:
    """What insertion_90 of the completers so far can still become, against the programme's reference rate."""
    found, rate = outcomes(tally), tally.programme.reference.rate
    inserted, unknown = found.inserted + found.open_inserted, found.unknown + found.undated
    waiting, completers = found.open - found.open_inserted, found.closed + found.open
    so_far = _allowance(completers, found, rate)
    reach = _reach(needed(completers, rate) - inserted, waiting, unknown)
    closings = tuple(Closing(tally.as_of + timedelta(days), women) for days, women in sorted(tally.waiting.items()))
    return RateTarget(
        rate=rate,
        verdict=judged(indicators(tally)["insertion_90"], rate),
        completers=completers,
        inserted=inserted,
        missed=found.closed_without,
        unknown=unknown,
        waiting=waiting,
        so_far=so_far,
        promised=None if tally.target is None else _allowance(max(tally.target, completers), found, rate),
        worst=_share(inserted, completers),
        best=_share(inserted + waiting + unknown, completers),
        best_recorded=_share(inserted + waiting, completers),
        still_needed=max(0, needed(completers, rate) - inserted),
        reach=reach,
        out_of_reach_after=_day_of_miss(so_far.left + 1, closings) if reach == "open" else None,
        decided_by=closings[-1].day if closings else None,
        closings=closings,
    )


def _allowance(n: int, found: Outcomes, rate: float) -> Allowance:
    allowed = n - needed(n, rate)
    at_best = allowed - found.closed_without
    return Allowance(n, allowed, at_best - found.unknown - found.undated, at_best)


def _reach(short: int, waiting: int, unknown: int) -> Reach:
    """Whether the insertions that are short can still come, and from whom."""
    if short <= 0:
        return "met"
    if short <= waiting:
        return "open"
    return "only_unknown" if short <= waiting + unknown else "out_of_reach"


def _day_of_miss(miss: int, closings: tuple[Closing, ...]) -> date | None:
    """The day on which the so-manieth window closes; None if so many are not open."""
    closed = 0
    for closing in closings:
        closed += closing.women
        if closed >= miss:
            return closing.day
    return None


def _share(part: int, n: int) -> float | None:
    return part / n if n else None


def enrolment_target(tally: Tally, on: Counted) -> EnrolmentTarget | None:
    """Enrolment against the promise, its milestones as of their own day; None where the selection has no target."""
    if tally.target is None:
        return None
    programme, enrolled = tally.programme, tally.count("started")
    remaining = max(0, tally.target - enrolled)
    end, start = programme.targets.end, programme.periods.start if programme.periods else None
    days_left = max(0, (end - tally.as_of).days) if end else None
    days_past = (tally.as_of - start).days + 1 if start else 0
    return EnrolmentTarget(
        target=tally.target,
        enrolled=enrolled,
        remaining=remaining,
        end=end,
        days_left=days_left,
        pace=_pace(enrolled, days_past),
        pace_needed=_pace(remaining, days_left or 0) if remaining else 0.0,
        milestones=() if tally.filters else _milestones(tally, on),
    )


def _pace(women: int, days: int) -> float | None:
    return women / days * DAYS_A_MONTH if days > 0 else None


def _milestones(tally: Tally, on: Counted) -> tuple[MilestoneStatus, ...]:
    ordered = sorted(tally.programme.targets.milestones, key=lambda milestone: milestone.date)
    past = [milestone.date for milestone in ordered if milestone.date < tally.as_of]
    then = {day: found.count("started") for day, found in zip(past, on(past), strict=True)}
    now = tally.count("started")
    return tuple(_milestone(milestone, then.get(milestone.date, now), tally.as_of) for milestone in ordered)


def _milestone(milestone: Milestone, enrolled: int, as_of: date) -> MilestoneStatus:
    kept = enrolled >= milestone.enrolled
    coming: MilestoneState = "ahead" if kept else "coming"
    due: MilestoneState = "met" if kept else "missed"
    return MilestoneStatus(milestone.date, milestone.enrolled, enrolled, due if milestone.date <= as_of else coming)


def due_milestone(programme: Programme, as_of: date) -> Milestone | None:
    """The last milestone whose date has come."""
    past = [milestone for milestone in programme.targets.milestones if milestone.date <= as_of]
    return max(past, key=lambda milestone: milestone.date, default=None)


def next_milestone(programme: Programme, as_of: date) -> Milestone | None:
    """The first milestone still to come."""
    coming = [milestone for milestone in programme.targets.milestones if milestone.date > as_of]
    return min(coming, key=lambda milestone: milestone.date, default=None)
