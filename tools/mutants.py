"""Change the counting code in small ways and see whether the tests notice: mutmut makes the mutants, we try them.

Which modules and tests take part stands in pyproject.toml. What has been tried is kept in mutants/results.json, so that
a run can be stopped and goes on where it was. A mutant that survives is either equivalent to the code or shows what no
test holds: read it with `mutmut show <name>`; docs/mutants.md lists the equivalent ones with the reason.
"""

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

ROOT = Path("mutants")
FOLDER = ROOT / "dashboard"
RESULTS = ROOT / "results.json"
SEED = 20261123
FIRST = "dashboard.intervals.x_needed__mutmut_1"  # any mutant: running it writes them all and times the tests
STATES = {0: "survived", 1: "killed", 33: "no tests", -24: "timeout"}
ALIVE = ("survived", "no tests")

Codes = Mapping[str, int | None]
"""Name of a mutant -> how its tests ended, None where they have not run."""


def read_codes(folder: Path, tried: Mapping[str, int]) -> dict[str, Codes]:
    """The mutants of each module, by its name, and what came of those that have been tried."""
    metas = sorted(folder.glob("*.py.meta"))
    names = {meta.name.removesuffix(".py.meta"): json.loads(meta.read_text("utf-8")) for meta in metas}
    found = {module: {name: tried.get(name) for name in meta["exit_code_by_key"]} for module, meta in names.items()}
    return {module: codes for module, codes in found.items() if codes}


def sample(mutants: Mapping[str, Iterable[str]], each: int, seed: int) -> list[str]:
    """At most so many mutants of every module, the same ones for the same seed, in a shuffled order."""
    chance = random.Random(seed)  # noqa: S311
    chosen = [name for names in mutants.values() for name in chance.sample(sorted(names), min(each, len(list(names))))]
    chance.shuffle(chosen)
    return chosen


def state(code: int | None) -> str:
    """What became of a mutant, from the exit status of its tests."""
    return "not run" if code is None else STATES.get(code, "suspicious")


def summary(codes: Mapping[str, Codes], names: Iterable[str]) -> list[str]:
    """A line per module, one for all, and the names of those that no test noticed."""
    wanted, total, alive = set(names), Counter[str](), list[str]()
    lines = []
    for module, found in codes.items():
        states = {name: state(code) for name, code in found.items() if name in wanted}
        counts = Counter(states.values())
        total += counts
        alive += [name for name, what in states.items() if what in ALIVE]
        lines.append(f"{module:<18} of {len(found):>4}: {_told(counts)}")
    return [*lines, f"{'all':<18} of {sum(map(len, codes.values())):>4}: {_told(total)}", *sorted(alive)]


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in counts.most_common()) or "none sampled"


def results() -> dict[str, int]:
    """What has been tried so far."""
    found: dict[str, int] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    return found


def _written() -> None:
    """Have mutmut write the mutants and note which tests reach which function."""
    command = [sys.executable, "-m", "mutmut", "run", FIRST, "--max-children", "1"]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603


def plan(names: Sequence[str], stats: Mapping[str, Any], minutes: float, budget: float) -> dict[str, Any]:
    """What tools.mutant_session is to try; `stats` are those of mutmut."""
    return {
        "names": list(names),
        "tests": stats["tests_by_mangled_function_name"],
        "seconds": stats["duration_by_test"],
        "results": RESULTS.name,
        "until": minutes * 60,
        "budget": budget,
    }


def _try(names: Sequence[str], minutes: float, budget: float) -> None:
    stats = json.loads((ROOT / "mutmut-stats.json").read_text("utf-8"))
    (ROOT / "plan.json").write_text(json.dumps(plan(names, stats, minutes, budget)), "utf-8")
    tests = sorted({test.partition("::")[0] for test in stats["duration_by_test"]})
    options = ["--hypothesis-profile=mutants", "-q", "-p", "no:cacheprovider", "-p", "tools.mutant_session"]
    command = [sys.executable, "-m", "pytest", *options, "--mutants", "plan.json", *tests]
    subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603


@click.command()
@click.option("--each", default=32, show_default=True, help="At most so many mutants of every module; 9999: all.")
@click.option("--minutes", default=25.0, show_default=True, help="Stop after so long.")
@click.option("--seed", default=SEED, show_default=True, help="Which mutants are drawn.")
@click.option("--module", "modules", multiple=True, help="Only mutants of this module, as in --module path.")
@click.option("--again", is_flag=True, help="Try those that no test noticed once more, with the tests of today.")
@click.option("--budget", default=10.0, show_default=True, help="Seconds of tests for one mutant at most.")
def main(each: int, minutes: float, seed: int, modules: tuple[str, ...], again: bool, budget: float) -> None:
    """Draw mutants, try those not tried yet and say what became of them. Ends with status 1 if one was not noticed."""
    _written()
    every = {name: codes for name, codes in read_codes(FOLDER, results()).items() if not modules or name in modules}
    chosen = sample(every, each, seed)
    before = results()
    waiting = [name for name in chosen if name not in before or (again and state(before[name]) in ALIVE)]
    if waiting:
        shutil.copytree("tests", ROOT / "tests", dirs_exist_ok=True)
        _try(waiting, minutes, budget)
    codes = read_codes(FOLDER, results())
    click.echo("\n".join(summary(codes, chosen)))
    sys.exit(int(any(state(results().get(name)) in ALIVE for name in chosen)))


if __name__ == "__main__":
    main()
