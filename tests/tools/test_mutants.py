"""Drawing mutants and telling what became of them; mutmut itself is not run here."""

import json
from pathlib import Path

from tools.mutants import Codes, plan, read_codes, sample, state, summary

CODES: dict[str, Codes] = {"days": {"d1": 1, "d2": 0, "d3": None}, "path": {"p1": 1, "p2": 33, "p3": -24, "p4": 7}}


def test_a_sample_is_the_same_for_the_same_seed_and_from_every_module() -> None:
    names = {"a": [f"a{n}" for n in range(50)], "b": ["b0", "b1"]}
    drawn = sample(names, 5, 1)
    assert drawn == sample(names, 5, 1) != sample(names, 5, 2)
    assert len(set(drawn)) == 7
    assert {"b0", "b1"} < set(drawn)


def test_states() -> None:
    assert [state(code) for code in (None, 0, 1, 33, -24, 7)] == [
        *("not run", "survived", "killed", "no tests", "timeout", "suspicious"),
    ]


def test_summary_names_those_that_no_test_noticed() -> None:
    assert summary(CODES, ["d1", "d2", "p1", "p2", "p3"]) == [
        "days               of    3: 1 killed, 1 survived",
        "path               of    4: 1 killed, 1 no tests, 1 timeout",
        "all                of    7: 2 killed, 1 survived, 1 no tests, 1 timeout",
        "d2",
        "p2",
    ]


def test_modules_without_mutants_are_left_out(tmp_path: Path) -> None:
    for name, codes in {**CODES, "roster": {}}.items():
        (tmp_path / f"{name}.py.meta").write_text(json.dumps({"exit_code_by_key": codes}), "utf-8")
    tried = {name: code for codes in CODES.values() for name, code in codes.items() if code is not None}
    assert read_codes(tmp_path, tried) == CODES


def test_a_plan_has_what_mutmut_knows_of_the_tests() -> None:
    stats = {"tests_by_mangled_function_name": {"days.x_f": ["a"]}, "duration_by_test": {"a": 0.5}, "more": 1}
    found = plan(["days.x_f__mutmut_1"], stats, 2, 10)
    assert found == {
        "names": ["days.x_f__mutmut_1"],
        "tests": {"days.x_f": ["a"]},
        "seconds": {"a": 0.5},
        "results": "results.json",
        "until": 120,
        "budget": 10,
    }
