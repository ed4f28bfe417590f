"""A sudden drop of rows is held back: most often it is a filter, a slip or a half-finished move, seldom the truth."""

from dataclasses import dataclass

from dashboard.roster import Roster

SHARE = 0.1  # of the rows; field reference 5.2, No. 36
FEWEST = 3  # rows: fewer may be deleted at any time
CONFIRMATIONS = 2  # pulls that must find the same before a drop is believed


@dataclass(frozen=True, slots=True)
class Drop:
    """Rows there were, rows there are, and how many later pulls have found the same."""

    before: int
    after: int
    confirmed: int = 0


def held_drop(known: Drop | None, before: Roster, after: Roster, *, accepted: bool) -> Drop | None:
    """The drop for which `after` must not replace `before` yet; None if it may.

    `known` is the drop held already. It is believed once two more pulls have found the same number of rows, or one
    that someone asked for (`accepted`) who has seen the drop said.
    """
    had, has = filled_rows(before), filled_rows(after)
    if had - has < FEWEST or has >= (1 - SHARE) * had:
        return None
    if known is None or (known.before, known.after) != (had, has):
        return Drop(had, has)
    confirmed = known.confirmed + 1
    return None if accepted or confirmed >= CONFIRMATIONS else Drop(had, has, confirmed)


def filled_rows(roster: Roster) -> int:
    """Rows that are about a woman, or would be if they had a code."""
    return roster.reconciliation.rows_read - roster.reconciliation.skipped
