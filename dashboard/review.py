"""The weekly review: two rosters -> what changed, why, and who moved (field reference 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.indicators import Indicator, judged
from dashboard.individuals import ABSENT
from dashboard.intervals import Verdict
from dashboard.movements import MOST, Movements, movements
from dashboard.programme import Programme
from dashboard.readings import Readings, readings
from dashboard.restatement import Change, Part, Rows, changes, kinds_of
from dashboard.roster import Roster
from dashboard.tally import Filters
from dashboard.waterfall import HEADLINE, Waterfall, waterfall

Caution = Literal["keys_changed", "same_day"]
"""keys_changed  no woman of then is in the sheet now: the codes were changed, and nothing can be compared.
same_day      both reviews are of one day: whatever differs is restated.
"""


@dataclass(frozen=True, slots=True)
class Headline:
    """The insertion rate then (as known then, and as known now) and now, and the way from the one to the other.

    Nearly the same women are in all three, so that their intervals, which overlap, are no test of the difference.

    `points` = now - known, a fraction of 1 (0.01 is one point); None where one of them has no window closed.
    """

    known: Indicator
    restated: Indicator
    now: Indicator
    points: float | None
    verdict_then: Verdict  # against the programme's reference
    verdict_now: Verdict
    waterfall: Waterfall


@dataclass(frozen=True)
class Review:
    """What changed between two reviews of one selection of women."""

    since: date  # the last review's day
    today: date
    definition_version: str
    headline: Headline
    changes: tuple[Change, ...]
    movements: Movements
    cautions: tuple[Caution, ...]


def review(
    then: Roster,
    now: Roster,
    programme: Programme,
    since: date,
    today: date,
    *,
    filters: Filters | None = None,
    rows: Rows | None = None,
    said: Part | None = None,
    most: int = MOST,
) -> Review:
    """Compare the roster as it was known on the last review's day, as of that day, with that of today.

    `rows`: what is remembered of rows beyond the two rosters. `said`: the headline as the last review signed it.
    `most`: women listed. Raises ValueError where `since` comes after `today`.
    """
    found = readings(then, now, programme, since, today, filters)
    kinds = kinds_of(found, then, now, rows or Rows())
    changed = changes(found, kinds)
    headline = next(change for change in changed if change.id == HEADLINE)
    return Review(
        since=since,
        today=today,
        definition_version=programme.rules.version,
        headline=_headline(headline, waterfall(found, kinds, said), programme.reference.rate),
        changes=changed,
        movements=movements(found, kinds, then, now, programme, most),
        cautions=tuple(_cautions(found)),
    )


def _headline(found: Change, steps: Waterfall, reference: float) -> Headline:
    before, after = found.known.value, found.now.value
    return Headline(
        known=found.known,
        restated=found.restated,
        now=found.now,
        points=None if before is None or after is None else after - before,
        verdict_then=judged(found.known, reference),
        verdict_now=judged(found.now, reference),
        waterfall=steps,
    )


def _cautions(found: Readings) -> Iterator[Caution]:
    then, now = found.women.then != ABSENT, found.women.now != ABSENT
    if then.any() and now.any() and not (then & now).any():
        yield "keys_changed"
    if found.since == found.today:
        yield "same_day"
