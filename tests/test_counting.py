"""The counting of random rosters against the same rules read woman by woman; what a count promises."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from woman_by_woman import Reading
from women import AS_OF, PROGRAMME, STAGES, A, classified_women, evidence_in, frame, outcomes_in, places_in, tallied
from women_at_random import many_women, some_women

from dashboard.counting import classes, count
from dashboard.schema import DIMENSIONS


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_rules_woman_by_woman(seed: int) -> None:
    women = many_women(2000, seed)
    found = classified_women(*women)
    alone = [reading for reading in (Reading(woman, PROGRAMME) for woman in women) if reading.there]
    spells = [(row["day"], row["event"]) if row["timed"] else None for row in found.to_dict("records")]
    results = zip(evidence_in(found), places_in(found), outcomes_in(found), spells, strict=True)
    for woman, result in zip(alone, results, strict=True):
        evidence = "".join(woman.evidence()[stage] for stage in STAGES)
        assert result == (evidence, woman.place(), woman.outcome(), woman.spell()), woman.woman


@settings(max_examples=10)
@given(some_women)
def test_counts_are_sums_over_women(women: list[dict[str, Any]]) -> None:
    table, tally = classified_women(*women), tallied(*women)
    for name in (name for topic in classes(PROGRAMME) for name in topic):
        assert tally.count(name) == int(table[name].sum()), name
    timed = table[table["timed"].astype(bool)]
    assert int(tally.times.n.sum()) == len(timed)
    assert (tally.times.day * tally.times.n).sum() == timed["day"].sum()


def test_a_cube_knows_its_groups() -> None:
    women = [{"cohort": "c1", "vulnerability": "divorced|widow"}, {"cohort": "c2"}, {"cohort": "c1"}]
    cube = count(frame(*women), PROGRAMME, AS_OF)
    assert cube.labels["cohort"] == ("c1", "c2")
    assert cube.labels["vulnerability"] == ("divorced|widow", "unspecified")
    assert cube.labels["track"] == ("unspecified",)
    assert cube.matching("cohort", ["c1"]).sum() == 2
    assert cube.matching("vulnerability", ["widow"]).sum() == 1
    assert cube.matching("vulnerability", ["divorced|widow"]).sum() == 0  # a criterion, never a combination
    assert cube.matching("track", []).sum() == 0
    assert cube.counts[:, cube.columns["women"]].tolist() == [1, 1, 1]


def test_times_belong_to_their_group() -> None:
    women = [
        {"cohort": "c2", "completion_date": -50, "first_work_date": -40},
        {"cohort": "c1", "completion_date": -50, "first_work_date": -30, "work_kind": "own_business"},
        {"cohort": "c1", "completion_date": -50, "first_work_date": -30, "work_kind": "own_business"},
    ]
    cube = count(frame(*women), PROGRAMME, AS_OF)
    cohort = np.array(cube.labels["cohort"])[cube.codes["cohort"][cube.times["group"]]]
    rows = sorted(zip(cohort, *(cube.times[name] for name in ("follow", "day", "event", "n")), strict=True))
    assert rows == [("c1", 50, 20, 2, 2), ("c2", 50, 10, 3, 1)]


def test_a_missing_value_is_the_unspecified_one_wherever_that_stands() -> None:
    whole = tallied({"cohort": None}, {"cohort": "unspecified"}, {"cohort": "c1"})
    assert {cohort: part.women for cohort, part in whole.split("cohort").items()} == {"c1": 1, "unspecified": 2}


def test_an_empty_roster() -> None:
    cube = count(frame(), PROGRAMME, AS_OF)
    assert len(cube.counts) == 0
    assert cube.columns["women"] >= 0


def test_no_column_of_a_woman_leaves_the_engine() -> None:
    cube = count(frame({"cohort": "c1", "first_work_date": -3}), PROGRAMME, AS_OF)
    assert set(cube.labels) == set(DIMENSIONS)
    assert not {"woman", "row", "sheet"} & set(cube.columns)


def test_columns_that_counting_does_not_read_may_hold_anything() -> None:
    plain = frame({"start_date": -3})
    other = plain.assign(wage=pd.Series([9999.0], dtype="Float64"), exit_reason=pd.Series(["family"], dtype="string"))
    one, two = count(plain, PROGRAMME, AS_OF), count(other, PROGRAMME, AS_OF)
    assert one.counts.tolist() == two.counts.tolist()
    assert A == 20780  # the as-of day of the tests, 2026-11-23, counted by hand: 56 years, 14 leap days, 326 days
