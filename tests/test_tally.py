"""Filters and splits of a tally, and the size of what a filter reads."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from women import AS_OF, PROGRAMME, frame, items, programme_text, roster, tallied

from dashboard.programme import parse_programme
from dashboard.schema import DIMENSIONS
from dashboard.tally import tally

WOMEN: list[dict[str, Any]] = [
    {"cohort": "c1", "track": "t1", "vulnerability": "divorced|widow", "age_band": "18-24", "start_date": -300},
    {"cohort": "c1", "track": "t2", "vulnerability": "widow", "age_band": "<18", "start_date": -300},
    {"cohort": "c2", "track": "t1", "vulnerability": "divorced", "age_band": "25+", "start_date": -200},
    {"cohort": "c2", "track": "t1", "age_band": "25+", "start_date": -200},
    {"cohort": "c2", "track": "t9", "prefecture": "p1", "age_band": "25+", "start_date": -5},
    {"cohort": "pilot", "contact_date": -9},
    {"contact_date": -8},
    {"contact_date": 5, "cohort": "c1"},  # not there yet
]


def test_everyone_who_is_there() -> None:
    assert tallied(*WOMEN).women == 7
    assert tallied(*WOMEN, as_of=AS_OF + timedelta(5)).women == 8
    assert tallied(*WOMEN, as_of=AS_OF - timedelta(250)).women == 2
    assert tallied().women == 0


@pytest.mark.parametrize(
    ("filters", "women"),
    [
        ({}, 7),
        ({"cohort": ()}, 7),
        ({"cohort": ("c1",)}, 2),
        ({"cohort": ("c1", "c2")}, 5),
        ({"cohort": ("c1", "c1")}, 2),
        ({"cohort": ("unspecified",)}, 1),
        ({"cohort": ("nobody",)}, 0),
        ({"track": ("t1",)}, 3),
        ({"track": ("t1",), "cohort": ("c2",)}, 2),
        ({"vulnerability": ("widow",)}, 2),
        ({"vulnerability": ("widow", "divorced")}, 3),  # any of them, each woman once
        ({"vulnerability": ("unspecified",)}, 4),
        ({"vulnerability": ("divorced",), "track": ("t1",)}, 2),
        ({"prefecture": ("p1",)}, 1),
        ({"age_band": ("25+",)}, 3),
    ],
)
def test_where(filters: dict[str, tuple[str, ...]], women: int) -> None:
    assert tallied(*WOMEN).where(filters).women == women


def test_filters_add_up() -> None:
    whole = tallied(*WOMEN)
    assert whole.where({"track": ("t1",)}).where({"cohort": ("c2",)}).women == 2
    assert whole.where({"track": ("t1",)}).where({}).women == 3
    assert whole.women == 7  # the tally itself does not change


def test_split_in_the_programmes_order() -> None:
    found = tallied(*WOMEN).split("cohort")
    assert {name: part.women for name, part in found.items()} == {"c1": 2, "c2": 3, "pilot": 1, "unspecified": 1}
    assert list(found) == ["c1", "c2", "pilot", "unspecified"]
    assert list(tallied(*reversed(WOMEN)).split("track")) == ["t1", "t2", "t9", "unspecified"]
    assert list(tallied(*WOMEN).split("age_band")) == ["<18", "18-24", "25+", "unspecified"]
    assert list(tallied(*WOMEN).split("prefecture")) == ["p1", "unspecified"]


def test_split_by_vulnerability_overlaps() -> None:
    found = tallied(*WOMEN).split("vulnerability")
    assert {name: part.women for name, part in found.items()} == {"widow": 2, "divorced": 2, "unspecified": 4}
    assert list(found) == ["widow", "divorced", "unspecified"]


def test_a_criterion_that_comes_only_with_another_has_its_part() -> None:
    found = tallied({"vulnerability": "divorced|widow"}).split("vulnerability")
    assert {name: part.women for name, part in found.items()} == {"widow": 1, "divorced": 1}


def test_split_of_a_filtered_tally() -> None:
    part = tallied(*WOMEN).where({"track": ("t1",)})
    assert {name: group.women for name, group in part.split("cohort").items()} == {"c1": 1, "c2": 2}


def test_target_of_a_selection() -> None:
    whole = tallied(*WOMEN)
    assert whole.target == 30
    assert whole.where({}).target == 30
    assert whole.where({"cohort": ("c1",)}).target == 10
    assert whole.where({"cohort": ("c1", "c2")}).target == 20
    assert whole.where({"cohort": ("c1", "pilot")}).target is None
    assert whole.where({"cohort": ("c1",), "track": ("t1",)}).target is None
    assert whole.where({"track": ("t1",)}).target is None
    assert {name: part.target for name, part in whole.split("cohort").items()} == {
        "c1": 10,
        "c2": 10,
        "pilot": None,
        "unspecified": None,
    }


def test_a_cohort_without_target_has_none() -> None:
    programme = parse_programme(programme_text(items("cohorts", "c1")))
    assert tallied(*WOMEN, programme=programme).where({"cohort": ("c1",)}).target is None


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        tallied(*WOMEN).count("no such class")


def test_missing_dimensions_are_unspecified() -> None:
    women = roster(*WOMEN)
    women.frame["cohort"] = women.frame["cohort"].where(women.frame["cohort"] != "unspecified")
    assert list(tally(women, PROGRAMME, AS_OF).split("cohort")) == ["c1", "c2", "pilot", "unspecified"]


def test_the_roster_is_left_as_it_was() -> None:
    women = roster(*WOMEN)
    tally(women, PROGRAMME, AS_OF)
    assert women.frame.equals(frame(*WOMEN))


choices = {
    "cohort": st.sampled_from(["c1", "c2", "unspecified"]),
    "track": st.sampled_from(["t1", "t2"]),
    "prefecture": st.sampled_from(["p1", "p2"]),
    "age_band": st.sampled_from(["18-24", "25+"]),
    "vulnerability": st.sampled_from(["widow", "divorced", "divorced|widow", "unspecified"]),
}
some_women = st.lists(
    st.fixed_dictionaries({**choices, "start_date": st.integers(-400, 0)}, optional={"completion_date": st.just(-100)}),
    min_size=1,
    max_size=15,
)
some_filters = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(choice.filter(lambda value: "|" not in value), max_size=2).map(tuple)
        for name, choice in choices.items()
    },
)


@settings(max_examples=8)
@given(some_women, some_filters)
def test_a_filtered_tally_is_the_tally_of_the_filtered_women(
    women: list[dict[str, Any]], filters: dict[str, tuple[str, ...]]
) -> None:
    def matches(woman: dict[str, Any]) -> bool:
        return all(set(ids) & set(woman[name].split("|")) for name, ids in filters.items() if ids)

    part, alone = tallied(*women).where(filters), tallied(*(woman for woman in women if matches(woman)))
    assert {name: part.count(name) for name in part.cube.columns} == {
        name: alone.count(name) for name in part.cube.columns
    }
    assert sorted(zip(part.times.day, part.times.event, strict=True)) == sorted(
        zip(alone.times.day, alone.times.event, strict=True)
    )


def test_groups_are_no_more_than_there_are_combinations() -> None:
    many = [WOMEN[number % 7] for number in range(700)]
    cube = tallied(*many).cube
    assert len(cube.counts) == 7
    assert {len(codes) for codes in cube.codes.values()} == {7}
    assert set(cube.codes) == set(DIMENSIONS)


def test_before_the_first_day() -> None:
    assert tallied(*WOMEN, as_of=date(2000, 1, 1)).split("cohort") == {}
