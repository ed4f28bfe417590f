"""A release's numbers against the declared reference and the agreed targets.

From what is published and nothing else: whoever has the release can work out the same, so that it tells nothing new.
Where a number is hidden or banded nothing is said of it; a light of the true number would narrow the band.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.achievement import Light, achieved, light
from dashboard.intervals import Interval, Verdict, verdict, wilson
from dashboard.logframe import Tracked
from dashboard.release import Rate, Release
from dashboard.release_measures import COUNTS, RATES
from dashboard.text import NONE, Text
from layouts.lights import light_words


def reference_verdict(rate: Rate, unknown: int | None, reference: float) -> Verdict:
    """Whether a rate lies below or above the reference, as far as what is published can tell.

    As management judges it: "below" must hold even if every unknown outcome were a success. `unknown` None: their
    number is not published, and each miss may be one.
    """
    if rate.at_least is not None:
        return "above" if rate.at_least > reference else "cannot_tell"
    if rate.hits is None or rate.base is None or rate.interval is None:
        return "cannot_tell"  # of a band's upper end too: misses may be unknown outcomes
    best = rate.base if unknown is None else min(rate.base, rate.hits + unknown)
    at_best = wilson(best, rate.base) or rate.interval
    return verdict((rate.interval[0], at_best[1]), reference)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an indicator has come by the latest period: the share of the final target, and its light."""

    share: float | None
    light: Light | None  # None where the number is not published

    def words(self, text: Text) -> tuple[str, str]:
        """Both as they stand in a table."""
        share = NONE if self.share is None else text.percent(self.share)
        return share, NONE if self.light is None else light_words(self.light, text)


def reached(entry: Tracked, release: Release) -> Reached:
    """An entry of the tracking table in the latest period."""
    if not release.layout.periods:
        return Reached(None, None)
    period = release.layout.periods[-1]
    value, n, interval = _published(entry.indicator, f"period:{period.number}", release)
    if value is None:
        return Reached(None, None)
    target = _due(entry, period.as_of, period.last)
    share = None if target is None else achieved(value, target, entry.baseline, entry.direction)
    judged = light(value, target, share, entry.direction, release.lights, n, interval)
    if target is None:
        judged = Light("grey", "too_early")
    return Reached(achieved(value, entry.final.value, entry.baseline, entry.direction), judged)


def judged_against(entry: Tracked, release: Release) -> float | None:
    """The target by which an entry is judged in the latest period; None where none has fallen due."""
    period = release.layout.periods[-1] if release.layout.periods else None
    return None if period is None else _due(entry, period.as_of, period.last)


def _published(indicator: str, group: str, release: Release) -> tuple[float | None, int | None, Interval | None]:
    """Value, denominator and interval of an indicator, where they are shown exactly."""
    if indicator in COUNTS:
        return release.count(group, indicator).value, None, None
    if indicator not in RATES:
        return None, None, None
    rate = release.rate(group, indicator)
    return rate.rate, rate.base, rate.interval


def _due(entry: Tracked, as_of: date, last: date) -> float | None:
    """What it is judged against: of a growing count the last target that has fallen due, else the one that holds."""
    if entry.type == "cumulative":
        due = [target.value for target in entry.targets if target.by <= as_of]
        return due[-1] if due else None
    return next((target for target in entry.targets if target.by >= last), entry.final).value
