"""Numbers that have not changed are not said more exactly the second time."""

import pytest
from release_counts_by_hand import IMPRINT, RULES, by_hand, released, told

from dashboard.disclosure import Refused, release
from dashboard.disclosure_draft import draft
from dashboard.release import Cell, Release

BOTH = ["all/closed", "all/inserted"]


def said(low: int, high: int, of: int = 29) -> Release:
    """A release that says "all/inserted" in a band, and "all/closed" exactly."""
    (made,) = released(by_hand({"closed": of, "inserted": of - 1}))
    banded = Cell(id="all/inserted", low=low, high=high, of=of)
    cells = tuple(banded if cell.id == banded.id else cell for cell in made.cells)
    return made.model_copy(update={"cells": cells})


def test_a_band_that_had_to_be_wide_does_not_get_narrow_by_itself() -> None:
    """28 of 29: the narrowest band is 25 to 29. The first release had to say 24 to 29; so does the second."""
    first = said(24, 29)
    again = by_hand({"closed": 29, "inserted": 28}, week=1)
    made = release(again, [first], RULES, IMPRINT)
    assert not isinstance(made, Refused)
    assert told(made, BOTH) == [29, (24, 29)]
    assert [made.by_id[name].since for name in BOTH] == [1, 1]


@pytest.mark.parametrize(
    ("old", "of", "hits", "state"),
    [
        ((24, 29), 29, 28, "kept"),  # wider: stays
        ((25, 29), 29, 26, "kept"),  # the same: stays
        ((0, 5), 29, 28, "banded"),  # at the other end: it is another number
        ((26, 29), 29, 28, "banded"),  # narrower than may be said now
        ((24, 29), 40, 39, "banded"),  # of other women
    ],
)
def test_only_a_band_of_the_same_women_that_holds_the_new_one_stays(
    old: tuple[int, int], of: int, hits: int, state: str
) -> None:
    counts = by_hand({"closed": of, "inserted": hits}, week=1)
    made = draft(counts.layout, counts.values, [said(*old)], RULES)
    assert made.states["all/inserted"] == state


def test_the_same_counts_twice_say_the_same() -> None:
    counts = {"started": 90, "completed": 71, "closed": 45, "inserted": 44}
    one = {"started": 46, "completed": 36, "closed": 25, "inserted": 24}
    parts = {"track:a": one, "track:b": {name: counts[name] - n for name, n in one.items()}}
    first, second = released(by_hand(counts, parts), by_hand(counts, parts, week=1))
    names = [cell.id for cell in first.cells]
    assert told(first, names) == told(second, names)
    assert second.news == 0
