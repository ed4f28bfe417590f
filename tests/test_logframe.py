"""The tracking table in programme.toml: what is refused, and that the shipped lines can be followed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from promise import END, START, entry, promised, started
from pydantic import ValidationError
from women import tallied

from dashboard.indicators import indicators
from dashboard.logframe import COUNTS, Lights
from dashboard.programme import Programme, ProgrammeError, load_programme, parse_programme

SHIPPED = Path(__file__).resolve().parent.parent / "programme.toml"


@pytest.fixture(scope="module")
def eclat() -> Programme:
    return load_programme(SHIPPED)


def test_what_is_shipped(eclat: Programme) -> None:
    assert eclat.periods is not None
    assert (eclat.periods.kind, eclat.periods.start) == ("half_year", START)
    assert (eclat.lights.green, eclat.lights.amber, eclat.lights.min_n) == (0.90, 0.75, 10)
    assert not any(line.agreed for line in eclat.tracking)  # the contract is not known
    assert len({line.code for line in eclat.tracking}) == len(eclat.tracking)
    assert {line.level for line in eclat.tracking} == {"impact", "outcome", "output", "activity"}
    enrolled = next(line for line in eclat.tracking if line.indicator == "enrolled")
    assert [(target.by, target.value) for target in enrolled.targets] == [
        (mark.date, mark.enrolled) for mark in eclat.targets.milestones
    ]
    assert enrolled.final.value == eclat.targets.enrolled


def test_the_declared_reference_is_not_a_target(eclat: Programme) -> None:
    line = next(line for line in eclat.tracking if line.indicator == "insertion_90")
    assert eclat.reference.rate not in [target.value for target in line.targets]


def test_every_indicator_can_be_followed_in_its_own_unit() -> None:
    for name, found in indicators(tallied(started(-5))).items():
        kinds = {"rate": "rate", "count": "cumulative", "days": "level"}
        assert entry(name, (END, 0.5), type=kinds[found.unit]).unit == found.unit
    counts = {name for name, found in indicators(tallied()).items() if found.unit == "count"}
    assert counts == COUNTS


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"indicator": "happiness"}, "Input should be"),
        ({"targets": ()}, "at least 1"),
        ({"targets": ({"by": END, "value": 0.5}, {"by": START, "value": 0.4})}, "order of date"),
        ({"targets": ({"by": END, "value": 0.5}, {"by": END, "value": 0.6})}, "order of date"),
        ({"targets": ({"by": END, "value": 85},)}, "fraction of 1"),
        ({"targets": ({"by": END, "value": -0.1},)}, "fraction of 1"),
        ({"baseline": 0.9}, "away from the targets"),
        ({"baseline": 0.3, "direction": "-"}, "away from the targets"),
        ({"type": "cumulative"}, "is a rate, not a cumulative"),
        ({"indicator": "enrolled"}, "is a count, not a rate"),
        ({"disaggregation": ("track", "shoe_size")}, "unknown dimension 'shoe_size'"),
        ({"colour": "blue"}, "Extra inputs"),
    ],
)
def test_a_line_that_cannot_be_judged_is_refused(changed: dict[str, Any], told: str) -> None:
    line = entry("insertion_90", (END, 0.5)).model_dump() | changed
    with pytest.raises(ValidationError, match=told):
        type(entry("insertion_90", (END, 0.5))).model_validate(line)


def test_a_target_that_equals_the_baseline_is_allowed() -> None:
    assert entry("dropout", (END, 0.1), baseline=0.1, direction="-").baseline == 0.1


@pytest.mark.parametrize("shares", [{"green": 0.75}, {"amber": 0.90}, {"amber": 0.95}, {"amber": 0}, {"min_n": 0}])
def test_lights_are_in_order(shares: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Lights.model_validate(shares)


def test_a_table_needs_a_start() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(text.replace('[periods]\nkind = "half_year"', '[gone]\nkind = "half_year"'))
    assert caught.value.params["place"] == "gone"
    lines = promised(entry("insertion_90", (date(2027, 1, 1), 0.5))).model_dump() | {"periods": None}
    with pytest.raises(ValidationError, match="needs the project's start"):
        Programme.model_validate(lines)
