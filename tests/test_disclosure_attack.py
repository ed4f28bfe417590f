"""What two releases in hand give away to who knows what is true; the releases are written by hand."""

from collections.abc import Mapping

import pytest
from release_counts_by_hand import RULES, by_hand, released

from dashboard.disclosure_attack import attack, change
from dashboard.release import Cell, Release

NOBODY = {"completed": 0, "closed": 0, "inserted": 0}
A, B = "track:a/started", "track:b/started"
Women = tuple[int, int]


def told(number: int, women: Women) -> tuple[Release, Mapping[str, int]]:
    """A release that says how many women there are, and nothing of the two tracks that they are in."""
    tracks = {"track:a": {"started": women[0]}, "track:b": {"started": women[1]}}
    counts = by_hand({"started": sum(women), **NOBODY}, tracks, number)
    (one,) = released(counts)
    cells = [Cell(id=name, value=n) for name, n in counts.values.items() if name not in (A, B)]
    cells += [Cell(id=name, reason="too_few") for name in (A, B)]
    return one.model_copy(update={"number": number, "cells": tuple(cells)}), counts.values


def recovered(*women: Women) -> list[object]:
    releases, truths = zip(*(told(number, found) for number, found in enumerate(women, 1)), strict=True)
    return [*attack(releases, truths, RULES)]


def test_three_more_women_came_to_one_of_two_tracks_or_to_both() -> None:
    """0 to 3 of them to each: fewer than five possible values."""
    found = recovered((30, 30), (33, 30))
    assert change(((A, 1),), 2, 1) in found
    assert change((("all/started", 1),), 2, 1) in found


def test_nine_more_women_may_have_come_to_either_track() -> None:
    assert recovered((30, 30), (33, 36)) == []


@pytest.mark.parametrize("after", [(31, 29), (34, 26)])
def test_who_believes_a_wrong_assumption_has_recovered_nothing(after: Women) -> None:
    """60 and 60 again: who takes for granted that nobody is ever struck off finds that nobody moved, which is wrong."""
    assert recovered((30, 30), after) == []


def test_who_does_not_make_the_wrong_assumption_may_still_find_out() -> None:
    """Of the 60 of the first release 2 were struck off: the two tracks have lost 0 to 2 women each, or so it seems."""
    assert change((("all/started", 1),), 2, 1) in recovered((30, 30), (29, 29))
