"""One view of the programme, counted: what the page, the report and every export show, from the same place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.funnel import FunnelStage, funnel, stocks
from dashboard.indicators import Indicator, Outcomes, indicators, outcomes, retention
from dashboard.survival import Curve, curve
from dashboard.tally import Filters, Tally


@dataclass(frozen=True, slots=True)
class Slice:
    """Every result for one group of women."""

    indicators: dict[str, Indicator]
    outcomes: Outcomes
    funnel: tuple[FunnelStage, ...]
    stocks: dict[str, int]
    curve: Curve
    retention: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # stage -> answer -> women


@dataclass(frozen=True, slots=True)
class Overview:
    """A view counted: everyone in it, the same a week before, and each cohort."""

    as_of: date
    women: int  # women in the view, applicants included
    whole: Slice
    before_as_of: date
    before: dict[str, Indicator]  # the indicators as of `before_as_of`, from the same roster
    cohorts: dict[str, Slice]


def overview(now: Tally, before: Tally, filters: Filters) -> Overview:
    """Count a view. `before` is the tally of the same roster `rules.change_days` earlier."""
    view, earlier = now.where(filters), before.where(filters)
    return Overview(
        as_of=view.as_of,
        women=view.women,
        whole=results(view),
        before_as_of=earlier.as_of,
        before=indicators(earlier),
        cohorts={cohort: results(part) for cohort, part in view.split("cohort").items()},
    )


def results(tally: Tally) -> Slice:
    """Every result of one tally."""
    times = curve(tally)
    return Slice(
        indicators=indicators(tally, times),
        outcomes=outcomes(tally),
        funnel=funnel(tally),
        stocks=stocks(tally),
        curve=times,
        retention=retention(tally),
    )
