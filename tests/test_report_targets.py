"""What the report says of targets, tracking and the account: names, types and a few numbers by hand."""

import json
from datetime import date
from typing import Any

import pytest
from promise import END, completed, entry, promised, started
from women import AS_OF, roster

from dashboard.report_targets import report_targets
from dashboard.tally import counted, tally

ENROLLED = entry("enrolled", (date(2026, 11, 19), 2), (END, 4), type="cumulative", baseline=0, agreed=True)
PROGRAMME = promised(ENROLLED, entry("insertion_90", (END, 0.5)))
WOMEN = (started(-10), started(-2), completed(-100, first_work_date=-90), completed(-20))


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    people = roster(*WOMEN)
    made = report_targets(tally(people, PROGRAMME, AS_OF), counted(people, PROGRAMME, {}), people)
    read: dict[str, Any] = json.loads(json.dumps(made, allow_nan=False))
    return read


def test_targets(found: dict[str, Any]) -> None:
    insertion, enrolment = found["targets"]["insertion"], found["targets"]["enrolment"]
    assert (insertion["completers"], insertion["inserted"], insertion["reach"]) == (2, 1, "open")
    assert insertion["so_far"] == {"n": 2, "allowed": 0, "left": 0, "left_at_best": 0}  # 80 % of 2 is 2
    assert insertion["out_of_reach_after"] == insertion["decided_by"] == "2027-02-01"  # 70 days on
    assert insertion["closings"] == [{"day": "2027-02-01", "women": 1}]
    assert (enrolment["enrolled"], enrolment["remaining"], enrolment["end"]) == (4, 6, "2027-11-19")
    assert enrolment["milestones"][1] == {"date": "2026-11-19", "target": 4, "enrolled": 3, "state": "missed"}


def test_tracking(found: dict[str, Any]) -> None:
    table = found["tracking"]
    assert (table["period"], table["lights"]) == ("half_year", {"green": 0.9, "amber": 0.75, "min_n": 10})
    enrolled, rate = table["rows"]
    assert {name: enrolled[name] for name in ("id", "indicator", "level", "unit", "direction", "type", "agreed")} == {
        "id": "enrolled",
        "indicator": "enrolled",
        "level": "outcome",
        "unit": "count",
        "direction": "+",
        "type": "cumulative",
        "agreed": True,
    }
    assert (enrolled["baseline"], enrolled["final_target"], enrolled["final_achieved"]) == (0, 4, 1)
    assert [period["value"] for period in enrolled["periods"]] == [0, 0, 1, 3, 4]
    assert enrolled["periods"][-1] == {
        "id": 5,
        "first": "2026-11-20",
        "last": "2027-05-19",
        "as_of": "2026-11-23",
        "value": 4,
        "added": 1,
        "numerator": 4,
        "denominator": None,
        "low": None,
        "high": None,
        "open": 0,
        "unknown": 0,
        "target": 4,
        "target_due": "2027-11-19",
        "achieved": 1,
        "variance": 0,
        "variance_share": 0,
        "judged": 2,
        "light": "green",
        "reason": None,
    }
    last = rate["periods"][-1]
    assert (last["value"], last["denominator"], last["light"], last["reason"]) == (1, 1, "grey", "small_n")


def test_accounting(found: dict[str, Any]) -> None:
    told = found["accounting"]
    assert [step["id"] for step in told["line"]] == [
        *("rows_read", "used", "known", "selected", "started", "completed", "completion_dated", "window_closed"),
        "inserted",
    ]
    assert told["line"][6] == {"id": "completion_dated", "n": 2, "leaving": {"open_inserted": 0, "open_waiting": 1}}
    assert told["denominators"]["insertion_90"] == [{"id": "window_closed", "n": 1, "leaving": {}}]
    assert told["inserted"] == {"salaried": 0, "own_business": 0, "other": 1}
    assert told["from_placement"] == 0
    stage = {row["stage"]: row for row in told["evidence"]}["placed"]
    assert stage == {
        "stage": "placed",
        "dated": 1,
        "inferred": 0,
        "undated": 0,
        "contradicted": 0,
        "rejected": 0,
    }
