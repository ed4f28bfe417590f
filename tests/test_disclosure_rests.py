"""What a table leaves unsaid is a group of its own to whoever subtracts: it must not be of too few women."""

from release_counts_by_hand import RULES, by_hand, released, told

from dashboard.disclosure_attack import attack, published, small_rests

TRACKS = [f"track:{name}/started" for name in "abcd"]
WHOLE = {"completed": 0, "closed": 0, "inserted": 0}
TWO_AND_TWO = by_hand(
    WHOLE | {"started": 135},
    {"track:a": {"started": 60}, "track:b": {"started": 71}, "track:c": {"started": 2}, "track:d": {"started": 2}},
)


def test_two_hidden_groups_are_not_known_to_be_four_women_together() -> None:
    (one,) = released(TWO_AND_TWO)
    assert told(one, ["all/started"]) == [135]
    said = told(one, TRACKS)
    assert said[2:] == ["too_few", "too_few"]
    shown = [found for found in said if isinstance(found, int)]
    assert len(shown) == 1  # the other large group is withheld as well: what is left unsaid is of 62 or of 75 women
    assert 135 - sum(shown) in (64, 75)


def test_the_attack_finds_the_rest_of_a_table_by_subtraction() -> None:
    (one,) = released(TWO_AND_TWO)
    careless = one.model_copy(
        update={
            "cells": tuple(
                cell.model_copy(update={"value": TWO_AND_TWO.values[cell.id], "reason": None, "fresh": True})
                if cell.id in TRACKS[:2]
                else cell
                for cell in one.cells
            )
        }
    )
    rest = ((TRACKS[2], 1), (TRACKS[3], 1))
    assert list(small_rests(published(careless), TWO_AND_TWO.values, RULES)) == [rest]
    assert (("1|" + TRACKS[2], 1), ("1|" + TRACKS[3], 1)) in attack([careless], [TWO_AND_TWO.values], RULES)
    assert not attack([one], [TWO_AND_TWO.values], RULES)


def test_a_rest_of_enough_women_stays_unsaid_as_it_is() -> None:
    counts = by_hand(
        WHOLE | {"started": 139},
        {"track:a": {"started": 60}, "track:b": {"started": 71}, "track:c": {"started": 4}, "track:d": {"started": 4}},
    )
    (one,) = released(counts)
    assert told(one, TRACKS) == [60, 71, "too_few", "too_few"]
