"""What lies one click deeper than the overview: asked for by the page that shows it, counted then and not before."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.accounting import Account
from dashboard.alternatives import Alternative
from dashboard.decisions import Annotation
from dashboard.earnings import Earnings
from dashboard.gaps import GapTable
from dashboard.measures import Dropout, Retention, Satisfaction, StepTime
from dashboard.repair import Repair
from dashboard.soft_skills import SoftSkills
from dashboard.targets import RateTarget, Targets
from dashboard.tracking import Tracking
from dashboard.two_times import PeriodsThen
from layouts.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Measures:
    """The results of the folded sections."""

    retention: tuple[Retention, ...]
    dropout: Dropout
    earnings: Earnings
    soft_skills: SoftSkills
    satisfaction: Satisfaction
    steps: tuple[StepTime, ...]
    gaps: tuple[GapTable, ...]


def no_meeting() -> Meeting:
    """Where reviews are not asked for. Raises LookupError."""
    raise LookupError("there is no review of this view")


@dataclass(frozen=True, slots=True)
class Deeper:
    """The questions that a view can be asked; each answer is counted at its first call."""

    rate_target: Callable[[], RateTarget]  # cheap: of the view's own tally
    targets: Callable[[], Targets]
    measures: Callable[[], Measures]
    alternatives: Callable[[], tuple[Alternative, ...]]
    tracking: Callable[[], Tracking]
    account: Callable[[], Account]
    repair: Callable[[], Repair]  # of the whole sheet, today
    periods_then: Callable[[], PeriodsThen] = dict  # the table's periods as they were known when they ended
    meeting: Callable[[], Meeting] = no_meeting  # the weekly review
    annotations: Callable[[], tuple[Annotation, ...]] = tuple  # days that charts mark: for staff alone
