"""A small promise for the tests of targets and tracking: 10 women in two years, a reference of 80 %."""

from datetime import date
from typing import Any

from women import PROGRAMME

from dashboard.logframe import DatedTarget, Periods, Tracked
from dashboard.model import Words
from dashboard.programme import Milestone, Programme, Reference, Targets

WORDS = Words(ar="ا", fr="a", en="a")
START, END = date(2024, 11, 20), date(2027, 11, 19)
MILESTONES = (
    Milestone(date=date(2026, 11, 19), enrolled=4),
    Milestone(date=date(2025, 11, 19), enrolled=2),  # order in the file is free
    Milestone(date=END, enrolled=10),
)


def promised(*tracked: Tracked, rate: float = 0.8, enrolled: int = 10, **changed: Any) -> Programme:
    """The test programme with a promise and a tracking table."""
    promise = {
        "reference": Reference(rate=rate, passport=WORDS),
        "targets": Targets(enrolled=enrolled, milestones=MILESTONES, end=END),
        "periods": Periods(kind="half_year", start=START),
        "tracking": tracked,
    }
    return PROGRAMME.model_copy(update={**promise, **changed})


def entry(indicator: str, *targets: tuple[date, float], **more: Any) -> Tracked:
    """A line of the tracking table; rates by default."""
    made = {"code": indicator, "name": WORDS, "level": "outcome", "type": "rate", "source": WORDS, "owner": WORDS}
    ordered = tuple(DatedTarget(by=by, value=value) for by, value in targets)
    return Tracked(**{**made, "indicator": indicator, "targets": ordered, "frequency": "half_year", **more})


def started(day: int, **more: Any) -> dict[str, Any]:
    """A woman who started so many days before or after the as-of day."""
    return {"start_date": day, **more}


def completed(day: int, **more: Any) -> dict[str, Any]:
    """A woman who completed on a day, a hundred days after she started."""
    return {"start_date": day - 100, "completion_date": day, **more}
