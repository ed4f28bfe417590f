"""The four readings: by hand, woman by woman, and what must hold whatever a roster says."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from review_woman_by_woman import told
from rosters_at_random import two_rosters
from two_reviews import NOW, SINCE, THEN, last_week, read, sheet, this_week, weeks
from women import AS_OF, PROGRAMME, A, frame

from dashboard.individuals import ABSENT
from dashboard.outcome import STATES
from dashboard.path import places
from dashboard.readings import Reading, Readings, delayed, readings
from dashboard.tally import tally

PLACES = (*places(PROGRAMME), None)
NAMES = (*STATES, None)


def said(found: Readings) -> dict[str, list[tuple[str | None, str | None]]]:
    """Place and outcome of each woman in each reading."""
    four = (found.known, found.restated, found.waited, found.now)
    return {
        code: [(PLACES[one.place[woman]], NAMES[one.outcome[woman]]) for one in four]
        for woman, code in enumerate(found.women.codes)
    }


def test_by_hand() -> None:
    found = said(weeks()[0])
    assert found["W1"] == [("followup", "open"), ("followup", "open"), ("followup", "open"), ("placed", "open")]
    assert [place for place, _ in found["W2"]] == ["training", "internship", "internship", "completed"]
    assert [outcome for _, outcome in found["W3"]] == ["open", "open", "inserted", "inserted"]
    assert [outcome for _, outcome in found["W4"]] == ["open", "open", "closed_without", "inserted"]
    assert [outcome for _, outcome in found["W5"]] == ["open", "open", "closed_without", "closed_without"]
    assert [outcome for _, outcome in found["W6"]] == ["open", "open", "unknown", "unknown"]
    assert found["W7"] == [("followup", "closed_without"), *[("placed", "inserted")] * 3]
    assert found["W10"] == [("placed", "inserted"), *[(None, None)] * 3]
    assert found["W12"] == [(None, None), *[("placed", "inserted")] * 3]
    assert found["W13"] == [(None, None), (None, None), (None, None), ("contact", None)]
    assert [outcome for _, outcome in found["W16"]] == ["unknown", *["closed_without"] * 3]
    assert [place for place, _ in found["W18"]] == ["training", "softskills", "softskills", "dropped"]
    assert len(found) == len({*THEN, *NOW})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_woman_by_woman(seed: int) -> None:
    then, now = two_rosters(1000, seed)
    found = said(read(then, now))
    for number in {*then, *now}:
        expected = told(then.get(number), now.get(number), -7)
        assert found[f"W{number}"] == expected, (then.get(number), now.get(number))


def test_the_tallies_are_those_of_the_rosters() -> None:
    then, now = last_week(), this_week()
    found, _ = weeks()
    pairs = (
        (found.tally_known, found.known, tally(then, PROGRAMME, SINCE)),
        (found.tally_restated, found.restated, tally(now, PROGRAMME, SINCE)),
        (found.tally_now, found.now, tally(now, PROGRAMME, AS_OF)),
    )
    for counted, reading, alone in pairs:
        for name, flags in reading.flags.items():
            assert counted.count(name) == int(flags.sum()) == alone.count(name), name


def same(one: Reading, other: Reading) -> bool:
    equal = [np.array_equal(one.place, other.place), np.array_equal(one.outcome, other.outcome)]
    return all([*equal, *(np.array_equal(flags, other.flags[name]) for name, flags in one.flags.items())])


def test_the_same_roster_is_never_restated() -> None:
    _, now = two_rosters(500, 4)
    found = read(now, now)
    assert same(found.known, found.restated)
    assert not same(found.restated, found.waited)
    assert not same(found.waited, found.now)


def test_on_one_day_everything_is_restated() -> None:
    then, now = two_rosters(500, 5)
    found = readings(sheet(then), sheet(now), PROGRAMME, AS_OF, AS_OF)
    assert same(found.restated, found.waited)
    assert same(found.waited, found.now)
    assert not same(found.known, found.restated)


def test_without_fresh_dates_there_is_no_progress() -> None:
    _, now = two_rosters(500, 6)
    days = ("contact_date", "selection_date", "enrol_date", "start_date", "vocational_start", "internship_start",
            "completion_date", "certificate_date", "first_work_date", "exit_date")  # fmt: skip
    old = {
        number: {
            name: value - 7 if name in days and -7 < value <= 0 else value
            for name, value in woman.items()
            if not name.startswith("check")
        }
        for number, woman in now.items()
    }
    found = read(old, old)
    assert same(found.waited, found.now)
    assert not same(found.restated, found.waited)  # windows and plans still pass


def test_a_selection() -> None:
    then = {1: {"cohort": "c1", "start_date": -90}, 2: {"cohort": "c2", "start_date": -90}}
    now = {1: {"cohort": "c2", "start_date": -90}, 2: {"cohort": "c2", "start_date": -90}}
    found = readings(sheet(then), sheet(now), PROGRAMME, SINCE, AS_OF, {"cohort": ("c2",)})
    assert [one == ABSENT for one in found.known.place] == [True, False]
    assert [one == ABSENT for one in found.now.place] == [False, False]
    assert (found.tally_known.women, found.tally_restated.women, found.tally_now.women) == (1, 2, 2)


def test_empty_rosters() -> None:
    assert read({}, {}).women.codes == ()
    assert read({}, {1: {"start_date": -3}}).tally_now.women == 1
    assert read({1: {"start_date": -30}}, {}).tally_known.women == 1


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="comes after"):
        readings(last_week(), this_week(), PROGRAMME, AS_OF + timedelta(days=1), AS_OF)


def held(*women: dict[str, object]) -> pd.DataFrame:
    return delayed(frame(*women), PROGRAMME, A - 7, A)


def test_what_is_held_back() -> None:
    found = held({"start_date": -7, "completion_date": -6, "exit_date": 0, "certificate_date": 1, "enrol_date": -8})
    row = found.drop(columns="row").select_dtypes("Int64").iloc[0].dropna()
    days = {str(name): int(day) - A for name, day in row.items()}
    assert days == {
        "start_date": -7,
        "completion_date": 1,
        "completion_date_earliest": 1,
        "completion_date_latest": 1,
        "exit_date": 7,
        "certificate_date": 1,
        "enrol_date": -8,
    }


def test_neither_plans_nor_calls_are_held_back() -> None:
    found = held({"planned_end": -3, "last_contact": -3})
    assert [int(found[name].iloc[0]) - A for name in ("planned_end", "last_contact")] == [-3, -3]


def test_a_vague_date_dates_from_its_last_day() -> None:
    found = held(
        {"first_work_date_earliest": -30, "first_work_date_latest": -1},
        {"first_work_date_earliest": -5, "first_work_date_latest": 20},
        {"first_work_date_earliest": -60, "first_work_date_latest": -7},
    )
    ends = [[int(found[f"first_work_date_{end}"].iloc[row]) - A for end in ("earliest", "latest")] for row in range(3)]
    assert ends == [[-23, 6], [-5, 20], [-60, -7]]
    assert found["first_work_date"].isna().all()


def test_an_answer_is_as_old_as_the_day_it_was_due() -> None:
    found = held(
        {"first_work_date": -93, "check_3": "working", "check_6": "working"},  # due three days ago; not due
        {"first_work_date": -97, "check_3": "working"},  # due on the day of the last review
        {"check_3": "working"},  # nobody knows when it was due
    )
    assert found["check_3"].isna().tolist() == [True, False, False]
    assert found["check_6"].isna().tolist() == [False, True, True]
