"""What was true and what was known: the same day counted from the knowledge of then and of now.

A number is *restated* where staff have entered or mended something about a past day after that day: the two counts of
the day differ, and a reader who remembers the first must be told (field reference 2, "late corrections").
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.indicators import Indicator, indicators
from dashboard.tally import Tally
from dashboard.tracking import Actual, Period, Tracking


@dataclass(frozen=True, slots=True)
class Restated:
    """One indicator of one day that is counted differently now: as it was known at the end of that day, and as now."""

    then: Indicator
    now: Indicator


def restated(then: Mapping[str, Indicator], now: Mapping[str, Indicator]) -> dict[str, Restated]:
    """The indicators of a day that differ between the knowledge of then and of now, by their ids."""
    both = ((name, then[name], now[name]) for name in now if name in then)
    return {name: Restated(before, after) for name, before, after in both if counts(before) != counts(after)}


def counts(found: Indicator) -> tuple[int | float | None, ...]:
    """What an indicator was counted from; a median has only its value."""
    return found.numerator, found.denominator, found.value


KnownThen = Callable[[date], Tally | None]
"""The tally of a selection as of a day, from what was known at the end of that day; None where it is not remembered."""

PeriodsThen = Mapping[int, Mapping[str, Indicator]]
"""Number of a reporting period -> the indicators of its last day as they were known at its end."""


def periods_then(table: Tracking, known: KnownThen) -> PeriodsThen:
    """The ended periods of a tracking table as they were known when they ended, where that is remembered."""
    ended = (period for period in table.periods if period.last <= table.as_of)
    return dict(_counted((period.number, known(period.last)) for period in ended))


def _counted(found: Iterable[tuple[int, Tally | None]]) -> Iterable[tuple[int, Mapping[str, Indicator]]]:
    return ((number, indicators(tally)) for number, tally in found if tally is not None)


@dataclass(frozen=True, slots=True)
class Told:
    """One period of an indicator: the value that was told when it ended, and the value that is known of it now."""

    period: Period
    told: float | None
    now: float | None
    restated: bool


def told(actual: Actual, indicator: str, then: PeriodsThen) -> Told:
    """A period's value as it was known when it ended; as it is known now where that is not remembered."""
    before = then.get(actual.period.number, {}).get(indicator)
    if before is None:
        return Told(actual.period, actual.value, actual.value, restated=False)
    return Told(actual.period, before.value, actual.value, restated=before.value != actual.value)
