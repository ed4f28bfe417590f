"""The plug-in that tries mutants, on tests that look at the name of the mutant themselves."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TESTS = """
import os, signal

ALIVE = os.environ.get

def test_first():
    assert ALIVE("MUTANT_UNDER_TEST") not in ("m.days.x_f__mutmut_1", "m.days.x_f__mutmut_2")

def test_second():
    if ALIVE("MUTANT_UNDER_TEST") == "m.days.x_f__mutmut_4":
        signal.raise_signal(signal.SIGXCPU)
    assert ALIVE("MUTANT_UNDER_TEST") != BROKEN
"""
NAMES = [*(f"m.days.x_f__mutmut_{number}" for number in (1, 2, 3, 4)), "m.days.x_g__mutmut_1", "m.days.x_h__mutmut_1"]


def tried(folder: Path, broken: str = "nothing", budget: float = 1) -> tuple[int, dict[str, int]]:
    """The exit status of pytest and what it wrote of six mutants."""
    both = ["test_days.py::test_first", "test_days.py::test_second"]
    plan = {
        "names": NAMES,
        "tests": {"m.days.x_f": both, "m.days.x_g": both[1:]},
        "seconds": dict.fromkeys(both, 0.01),
        "results": "results.json",
        "until": 60,
        "budget": budget,
    }
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    (folder / "test_days.py").write_text(f"BROKEN = {broken!r}\n{TESTS}", "utf-8")
    options = ["-p", "no:cacheprovider", "-p", "no:dash", "-p", "tools.mutant_session", "--mutants", "plan.json"]
    command = [sys.executable, "-m", "pytest", "-q", *options, "test_days.py"]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    results = folder / "results.json"
    return done.returncode, json.loads(results.read_text("utf-8")) if results.exists() else {}


def test_each_mutant_ends_as_its_tests_say_and_earlier_results_stay(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text('{"earlier": 1}', "utf-8")
    status, codes = tried(tmp_path)
    assert status == 0
    assert codes == {"earlier": 1, **dict(zip(NAMES, (1, 1, 0, -24, 0, 33), strict=True))}


def test_a_survivor_does_not_take_every_test(tmp_path: Path) -> None:
    _, codes = tried(tmp_path, budget=0.015)  # one of the two tests
    assert codes == dict(zip(NAMES, (1, 1, 0, 0, 0, 33), strict=True))


def test_nothing_is_tried_with_tests_that_fail_anyway(tmp_path: Path) -> None:
    status, codes = tried(tmp_path, broken="")
    assert status != 0
    assert codes == {}
