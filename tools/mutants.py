"""Change the counting code in small ways, a fixed sample of them, and see whether the tests notice (mutmut).

Which modules and tests take part stands in pyproject.toml. A mutant that survives is either equivalent to the code or
shows what no test holds: read it with `mutmut show <name>`.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

FOLDER = Path("mutants/dashboard")
SEED = 20261123
FIRST = "dashboard.intervals.x_needed__mutmut_1"  # any mutant: running it writes them all and times the tests
STATES = {0: "survived", 1: "killed", 3: "killed", 33: "no tests", 36: "timeout", -24: "timeout", 24: "timeout"}

Codes = Mapping[str, int | None]
"""Name of a mutant -> how its tests ended, None where they have not run."""


def read_codes(folder: Path) -> dict[str, Codes]:
    """The mutants of each module, by its name."""
    metas = sorted(folder.glob("*.py.meta"))
    found = {meta.name.removesuffix(".py.meta"): json.loads(meta.read_text("utf-8")) for meta in metas}
    return {module: meta["exit_code_by_key"] for module, meta in found.items() if meta["exit_code_by_key"]}


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
        alive += [name for name, what in states.items() if what in ("survived", "no tests", "suspicious")]
        lines.append(f"{module:<12} of {len(found):>4}: {_told(counts)}")
    return [*lines, f"{'all':<12} of {sum(map(len, codes.values())):>4}: {_told(total)}", *sorted(alive)]


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in counts.most_common()) or "none sampled"


def _mutmut(names: Sequence[str], seconds: float, children: int) -> None:
    """Run some mutants. What has run when the time is over is kept."""
    command = [sys.executable, "-m", "mutmut", "run", *names, "--max-children", str(children)]
    try:
        subprocess.run(command, check=False, timeout=seconds, stdout=subprocess.DEVNULL)  # noqa: S603
    except subprocess.TimeoutExpired:
        click.echo("The time is over.", err=True)


@click.command()
@click.option("--each", default=32, show_default=True, help="At most so many mutants of every module; 9999: all.")
@click.option("--minutes", default=25.0, show_default=True, help="Stop after so long.")
@click.option("--seed", default=SEED, show_default=True, help="Which mutants are drawn.")
@click.option("--children", default=1, show_default=True, help="Mutants tested at the same time.")
def main(each: int, minutes: float, seed: int, children: int) -> None:
    """Draw mutants, test them and say what became of them. Ends with status 1 if one was noticed by no test."""
    _mutmut([FIRST], minutes * 60, children)
    chosen = sample(read_codes(FOLDER), each, seed)
    _mutmut(chosen, minutes * 60, children)
    codes = read_codes(FOLDER)
    click.echo("\n".join(summary(codes, chosen)))
    drawn = set(chosen)
    ends = [code for found in codes.values() for name, code in found.items() if name in drawn]
    sys.exit(int(any(state(code) in ("survived", "no tests", "suspicious") for code in ends)))


if __name__ == "__main__":
    main()
