"""What one woman does to the insertion rate: counts with her in it, once as a success and once as a miss."""

from dataclasses import dataclass

from dashboard.indicators import outcomes
from dashboard.tally import Tally


@dataclass(frozen=True, slots=True)
class Stake:
    """The insertion rate now and with her, all else as it is; fractions of 1. `now` is None of no window closed."""

    now: float | None
    inserted: float  # found work in her window
    missed: float  # did not

    @property
    def points(self) -> float:
        """What is at stake, as a fraction of 1 (0.01 is one point)."""
        return self.inserted - self.missed


def stake_of(tally: Tally, *, waiting: bool) -> Stake:
    """The stake of a woman of the tally: `waiting` in an open window, which is in no rate until it closes.

    Else her window has closed and she is counted as a miss for want of an answer: she is in the denominator already.
    Raises ValueError of a closed window where the tally has none.
    """
    found = outcomes(tally)
    hits, closed = found.inserted, found.closed
    with_her = closed + 1 if waiting else closed
    if not with_her:
        raise ValueError("no window has closed in this tally")
    return Stake(hits / closed if closed else None, (hits + 1) / with_her, hits / with_her)
