"""What has changed between the roster that is known and the one that was read."""

from dataclasses import dataclass

import numpy as np

from connectors.store.encoding import Positions, differing, positions_of
from dashboard.roster import Roster


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """Rows of the new frame by their places, and persons who are not in it any more."""

    before: Positions  # for each row of the new frame, its woman's row in the old one; -1 where she is not there
    changed: Positions  # rows of the new frame whose woman was there, with other values
    new: Positions  # rows of the new frame whose woman was not there
    gone: Positions  # rows of the old frame whose woman is not in the new one


def same_roster(one: Roster, other: Roster) -> bool:
    """Whether two rosters say the same, wherever and whenever they were fetched."""
    return (
        one.findings == other.findings
        and one.reconciliation == other.reconciliation
        and one.fields == other.fields
        and one.unread == other.unread
        and one.notes == other.notes
        and one.gids == other.gids
        and one.frame.equals(other.frame)
    )


def change_between(old: Roster | None, new: Roster) -> Change:
    """What has to be written so that `new` can be rebuilt beside `old`."""
    size = len(new.frame)
    if old is None:
        nowhere = np.full(size, -1, dtype=np.int64)
        return Change(nowhere, np.empty(0, np.int64), np.arange(size), np.empty(0, np.int64))
    before = positions_of(new.frame["woman"], old.frame["woman"])
    stays = np.zeros(len(old.frame), dtype=bool)
    stays[before[before >= 0]] = True
    other = differing(old.frame, before, new.frame)
    return Change(before, np.flatnonzero(other & (before >= 0)), np.flatnonzero(before < 0), np.flatnonzero(~stays))
