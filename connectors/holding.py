"""What is held back until a person lets it pass or it is gone: most often it is a filter, a slip or a half-finished
move, seldom the truth (field reference 5.2, No. 36).
"""

from datetime import datetime

from connectors.content import fault_hash
from connectors.pulling import Failure, Reading
from dashboard.history import Head, Held
from dashboard.roster import Roster

SHARE = 0.1  # of the rows
FEWEST = 3  # rows: fewer may be deleted at any time
STRUCTURE = ("required_missing", "header_clash")  # faults of the header row: someone is rearranging the sheet


def dropped(reading: Reading, before: Roster | None) -> Held | None:
    """A reading that lacks much of what was there; None if it may be published."""
    if before is None:
        return None
    had, has = filled_rows(before), filled_rows(reading.roster)
    if had - has < FEWEST or has >= (1 - SHARE) * had:
        return None
    return Held("rows_dropped", {"before": had, "after": has}, reading.at, reading.content_hash, acceptable=True)


def broken(failure: Failure, head: Head) -> Held | None:
    """A header row that cannot be read any more. There is nothing to let pass; without a good roster it is an error."""
    if failure.code not in STRUCTURE or head.version is None:
        return None
    content = fault_hash(failure.code, sorted(failure.params.items()))
    return Held(failure.code, dict(failure.params), failure.at, content, acceptable=False)


def waits_for_pull(head: Head) -> bool:
    """Whether a person has let pass what is held, and it has not been published yet."""
    return head.held is not None and head.held.content_hash == head.accepted_hash


def since(held: Held, head: Head) -> datetime:
    """When it began: a drop that is edited meanwhile is still the same drop."""
    return head.held.since if head.held is not None and head.held.code == held.code else held.since


def filled_rows(roster: Roster) -> int:
    """Rows that are about a woman, or would be if they had a code."""
    return roster.reconciliation.rows_read - roster.reconciliation.skipped
