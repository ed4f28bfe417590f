"""Other people's definitions of "placed", computed on the same women, so that the reader sees how far they differ.

Never a headline. Each has the sentences alternative.<id>.name, .numerator, .denominator and .why in
locales/*/alternatives.po.
"""

from dataclasses import dataclass
from typing import Literal

from dashboard.funnel import reached
from dashboard.indicators import Outcomes, outcomes
from dashboard.intervals import clopper_pearson, wilson
from dashboard.survival import curve, incidence_on
from dashboard.tally import Tally

Reason = Literal["no_women", "no_inactive_status", "not_closed", "curve_too_short"]
Honesty = Literal["ours", "published", "misleading"]
"""`ours`: the programme's rate and its companion. `published`: somebody's official definition. `misleading`: a common
shortcut, shown so that it is recognised."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One definition computed. An estimated share (Kaplan-Meier) has no numerator; `reason` says why there is no value.

    `value` counts the unknown as misses, as `worst` does, unless the definition itself leaves them out.
    """

    id: str
    honesty: Honesty
    numerator: int | None
    denominator: int | None
    value: float | None
    low: float | None = None  # 95 % interval: Wilson, for Kaplan-Meier log-log
    high: float | None = None
    worst: float | None = None  # every unknown counted as a miss
    best: float | None = None  # every unknown counted as a success
    unknown: int = 0  # in the denominator, answer not known
    still_open: int = 0  # in no denominator yet: their window or quarter has not closed
    reason: Reason | None = None  # why there is no value: alternative.reason.<code>

    @property
    def keys(self) -> tuple[str, str, str, str]:
        """The keys of its sentences: name, numerator, denominator, why it differs."""
        name = f"alternative.{self.id}"
        return f"{name}.name", f"{name}.numerator", f"{name}.denominator", f"{name}.why"


def alternatives(tally: Tally) -> tuple[Alternative, ...]:
    """Ours first, then what others publish, then the shortcuts."""
    found = outcomes(tally)
    unknown = found.unknown + found.undated
    return (
        _share("insertion_90", "ours", found.inserted, found.closed, unknown=unknown, still_open=found.open),
        _kaplan_meier(tally),
        _ministry(tally),
        _second_quarter(tally),
        _long_window(tally),
        *_shortcuts(found, tally),
    )


def _share(
    name: str,
    honesty: Honesty,
    hits: int,
    n: int,
    *,
    unknown: int = 0,
    still_open: int = 0,
    reason: Reason = "no_women",
) -> Alternative:
    """A share of counted women, with its Wilson interval; `reason` is why there may be nobody to count."""
    if not n:
        nobody: Reason = "not_closed" if still_open else reason
        return Alternative(name, honesty, None, None, None, still_open=still_open, reason=nobody)
    low, high = wilson(hits, n) or (None, None)
    worst, best = hits / n, (hits + unknown) / n
    return Alternative(name, honesty, hits, n, worst, low, high, worst, best, unknown, still_open)


def _kaplan_meier(tally: Tally) -> Alternative:
    """1 - S(window). Without a value where nobody was followed so far, unless all were inserted before."""
    window, times = tally.programme.rules.window_days, tally.times
    point, n = incidence_on(curve(tally), window), int(times.n.sum())
    followed = int(times.n[times.day >= window].sum())
    if not followed and (point is None or point.incidence < 1):
        return Alternative("kaplan_meier", "ours", None, n or None, None, reason="curve_too_short" if n else "no_women")
    if point is not None:
        return Alternative("kaplan_meier", "ours", None, n, point.incidence, point.low, point.high)
    low, high = clopper_pearson(0, followed) or (None, None)  # nobody inserted: Greenwood says nothing
    return Alternative("kaplan_meier", "ours", None, n, 0.0, low, high)


def _ministry(tally: Tally) -> Alternative:
    """Moroccan vocational-training ministry: ever worked by the day asked, of those who want to work."""
    if not any(status.inactive for status in tally.programme.statuses):
        return Alternative("ministry", "published", None, None, None, reason="no_inactive_status")
    return _share("ministry", "published", tally.fact("active_placed"), tally.fact("active_completed"))


def _second_quarter(tally: Tally) -> Alternative:
    """As the American WIOA: at work in the second quarter after the quarter of leaving, of all who left."""
    working, without, unknown, later = (
        tally.fact(f"exits__{state}") for state in ("working", "not_working", "unknown", "open")
    )
    n = working + without + unknown
    return _share("second_quarter", "published", working, n, unknown=unknown, still_open=later)


def _long_window(tally: Tally) -> Alternative:
    """As the boot-camps' CIRR: placed within 180 days, of all who completed so long ago."""
    closed, inserted = tally.fact("long__closed"), tally.fact("long__inserted")
    unknown = tally.fact("long__unknown") + tally.fact("long__undated")
    return _share("long_window", "published", inserted, closed, unknown=unknown, still_open=tally.fact("long__open"))


def _shortcuts(found: Outcomes, tally: Tally) -> tuple[Alternative, ...]:
    """What a hasty tile would show (field reference 1.3)."""
    placed = found.inserted + found.open_inserted
    known = found.inserted + found.closed_without
    return (
        _share("ever_placed", "misleading", reached("placed", tally), reached("completed", tally)),
        _share("placed_of_all", "misleading", placed, found.closed + found.open),
        _share("matured_or_placed", "misleading", placed, found.closed + found.open_inserted),
        _share("known_only", "misleading", found.inserted, known, still_open=found.open),
    )
