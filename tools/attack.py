"""Release small programmes that never were, week after week, and attack what was released (`make attack`).

Ends with status 1 if a number of too few women could be recovered, or if a weakened rule was not caught.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import repeat
from pathlib import Path
from random import Random

import click

from dashboard.disclosure import AT_ONCE, Refused, release
from dashboard.disclosure_attack import attack
from dashboard.disclosure_draft import draft
from dashboard.disclosure_rules import DisclosureRules
from dashboard.disclosure_witnesses import Witnesses
from dashboard.programme import load_programme
from dashboard.release import Release
from dashboard.release_assembly import assemble
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint
from tools.programmes_at_random import programme

SEED = 20261125
HASTY = 12
WEAKENED = ("primary", "forgetful")
RULES = DisclosureRules()


@dataclass(frozen=True)
class Campaign:
    """How programmes are released and attacked. `at_once`: as of disclosure.release."""

    seed: int = SEED
    weeks: int = 12
    weakened: str = ""
    at_once: int = HASTY


def released(
    counts: Counts, before: Sequence[Release], imprint: Imprint, plan: Campaign, seen: Witnesses
) -> Release | Refused:
    """One release by the rules, or by weakened ones: small cells hidden only, or without memory of earlier releases."""
    if plan.weakened == "primary":
        return assemble(draft(counts.layout, counts.values, before, RULES), counts, before, imprint)
    if plan.weakened == "forgetful":
        found = release(counts, (), RULES, imprint, plan.at_once)
        return found if isinstance(found, Refused) else found.model_copy(update={"number": len(before) + 1})
    return release(counts, before, RULES, imprint, plan.at_once, seen)


def attacked(number: int, plan: Campaign) -> tuple[Counter[str], list[str]]:
    """Release one programme week by week and attack the whole sequence: what happened, and what was recovered."""
    imprint = Imprint(load_programme(Path("programme.toml")), "attack", {})
    out: list[Release] = []
    truths = []
    seen = Witnesses()
    told: Counter[str] = Counter(programmes=1)
    for counts in programme(Random(plan.seed + number), plan.weeks):  # noqa: S311
        found = released(counts, out, imprint, plan, seen)
        if isinstance(found, Refused):
            told.update(reason.code for reason in found.reasons)
            continue
        out.append(found)
        truths.append(counts.values)
        told.update(releases=1, cells=len(found.cells), hidden=len(found.hidden), fresh=found.news)
        told.update(banded=sum(cell.banded for cell in found.cells))
    recovered = attack(out, truths, RULES)
    return told + Counter(recovered=len(recovered), broken=bool(recovered)), [str(found) for found in recovered]


def logged(log: Path | None, plan: Campaign) -> dict[int, Counter[str]]:
    """What a log tells of a campaign, by programme."""
    lines = log.read_text("utf-8").splitlines() if log and log.exists() else []
    found = [json.loads(line) for line in lines]
    return {one["number"]: Counter(one["told"]) for one in found if one["plan"] == asdict(plan)}


def carried_out(
    plan: Campaign, numbers: Sequence[int], processes: int
) -> Iterator[tuple[int, Counter[str], list[str]]]:
    """Attack one programme after another, or several at once."""
    if processes == 1:
        yield from ((number, *attacked(number, plan)) for number in numbers)
        return
    with ProcessPoolExecutor(processes) as pool:
        for number, (told, recovered) in zip(numbers, pool.map(attacked, numbers, repeat(plan)), strict=True):
            yield number, told, recovered


def noted(log: Path | None, plan: Campaign, number: int, told: Counter[str], recovered: Sequence[str]) -> None:
    """Write down at once what became of a programme: whoever stops a campaign loses one at most."""
    if log:
        line = json.dumps({"number": number, "plan": asdict(plan), "told": told, "recovered": recovered[:3]})
        with log.open("a", encoding="utf-8") as out:
            out.write(line + "\n")
    for found in recovered[:3] if not plan.weakened else ():
        click.echo(f"programme {number}: {found}")


@click.command()
@click.option("--programmes", default=2000, show_default=True)
@click.option("--weeks", default=12, show_default=True)
@click.option("--seed", default=SEED, show_default=True)
@click.option("--weakened", type=click.Choice(WEAKENED), help="A weaker rule; it has to be caught.")
@click.option(
    "--at-once", default=HASTY, show_default=True, help=f"As of disclosure.release; {AT_ONCE} in the dashboard."
)
@click.option("--first", default=0, show_default=True, help="Begin with this programme.")
@click.option("--processes", default=1, show_default=True)
@click.option("--log", type=click.Path(path_type=Path), help="A line for each programme; those in it are not repeated.")
def main(
    programmes: int,
    weeks: int,
    seed: int,
    weakened: str | None,
    at_once: int,
    first: int,
    processes: int,
    log: Path | None,
) -> None:
    """Attack random programmes and say what was recovered; with --programmes 0, what the log tells so far."""
    plan = Campaign(seed, weeks, weakened or "", at_once)
    done = logged(log, plan)
    begun = time.process_time()
    numbers = [number for number in range(first, first + programmes) if number not in done]
    for number, told, recovered in carried_out(plan, numbers, processes):
        done[number] = told
        noted(log, plan, number, told, recovered)
    total = sum(done.values(), Counter[str]())
    click.echo(f"{plan}: {dict(total)}, {time.process_time() - begun:.0f} s of processor time now")
    if bool(total["broken"]) != bool(weakened):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
