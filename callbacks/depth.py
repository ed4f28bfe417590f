"""What a view can be asked beyond its overview; every answer is counted when it is asked for, and kept."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from callbacks.kept import Kept
from dashboard.accounting import account
from dashboard.alternatives import alternatives
from dashboard.earnings import earnings
from dashboard.gaps import gaps
from dashboard.measures import dropout, retentions, satisfaction, time_between
from dashboard.programme import Programme
from dashboard.repair import Repair
from dashboard.roster import Roster
from dashboard.soft_skills import soft_skills
from dashboard.tally import Counted, Tally, tallies
from dashboard.targets import rate_target, targets
from dashboard.tracking import tracking
from dashboard.two_times import KnownThen, periods_then
from dashboard.view import View
from layouts.deeper import Deeper, Measures

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A view of one version of a roster, and the tally of everyone on its day."""

    roster: Roster
    version: Hashable  # what stands for the roster in an answer's key
    programme: Programme
    view: View
    as_of: date
    everyone: Callable[[], Tally]
    repair: Callable[[], Repair]  # of the whole roster, today
    known_then: KnownThen = lambda _: None  # everyone as of a day, from what was known at its end

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer depends on, the reporting period aside."""
        return self.version, self.as_of, tuple(sorted(self.view.filters.items()))


def deeper(asked: Asked, kept: Kept) -> Deeper:
    """The questions; none is answered yet."""
    on, kind = _counted(asked, kept), asked.view.period

    def selected() -> Tally:
        return asked.everyone().where(asked.view.filters)

    def then(day: date) -> Tally | None:
        found = asked.known_then(day)
        return found.where(asked.view.filters) if found is not None else None

    def once(name: Hashable, make: Callable[[], T]) -> Callable[[], T]:
        return lambda: kept.get((name, *asked.key), make)

    table = once(("tracking", kind), lambda: tracking(on, asked.programme, asked.as_of, kind))
    return Deeper(
        rate_target=once("rate_target", lambda: rate_target(selected())),
        targets=once("targets", lambda: targets(selected(), on)),
        measures=once("measures", lambda: measures(selected())),
        alternatives=once("alternatives", lambda: alternatives(selected())),
        tracking=table,
        periods_then=once(("periods_then", kind), lambda: periods_then(table(), then)),
        account=once("account", lambda: account(selected(), asked.roster)),
        repair=asked.repair,
    )


def measures(tally: Tally) -> Measures:
    """The results of the folded sections."""
    return Measures(
        retention=retentions(tally),
        dropout=dropout(tally),
        earnings=earnings(tally),
        soft_skills=soft_skills(tally),
        satisfaction=satisfaction(tally),
        steps=time_between(tally),
        gaps=gaps(tally),
    )


def _counted(asked: Asked, kept: Kept) -> Counted:
    """Tallies of the view's women; those of everyone on the same days serve every selection."""

    def count(days: Sequence[date]) -> Sequence[Tally]:
        key = ("tallies", asked.version, tuple(days))
        everyone = kept.get(key, lambda: tallies(asked.roster, asked.programme, days))
        return [found.where(asked.view.filters) for found in everyone]

    return count
