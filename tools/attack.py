"""Release small programmes that never were, week after week, and attack what was released (`make attack`).

Ends with status 1 if a number of too few women could be recovered, or if a weakened rule was not caught.
"""

import time
from collections import Counter
from collections.abc import Sequence
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


def released(
    counts: Counts, before: Sequence[Release], imprint: Imprint, weakened: str, at_once: int, seen: Witnesses
) -> Release | Refused:
    """One release by the rules, or by weakened ones: small cells hidden only, or without memory of earlier releases."""
    if weakened == "primary":
        return assemble(draft(counts.layout, counts.values, before, RULES), counts, before, imprint)
    if weakened == "forgetful":
        found = release(counts, (), RULES, imprint, at_once)
        return found if isinstance(found, Refused) else found.model_copy(update={"number": len(before) + 1})
    return release(counts, before, RULES, imprint, at_once, seen)


def campaign(
    seed: int, weeks: int, imprint: Imprint, weakened: str = "", at_once: int = HASTY
) -> tuple[Counter[str], list[str]]:
    """Release one programme week by week and attack the whole sequence: what happened, and what was recovered."""
    out: list[Release] = []
    truths = []
    seen = Witnesses()
    told: Counter[str] = Counter(programmes=1)
    for counts in programme(Random(seed), weeks):  # noqa: S311
        found = released(counts, out, imprint, weakened, at_once, seen)
        if isinstance(found, Refused):
            told.update(reason.code for reason in found.reasons)
            continue
        out.append(found)
        truths.append(counts.values)
        told.update(releases=1, cells=len(found.cells), hidden=len(found.hidden), fresh=found.news)
        told.update(banded=sum(cell.banded for cell in found.cells))
    recovered = attack(out, truths, RULES)
    return told + Counter(recovered=len(recovered), broken=bool(recovered)), [str(found) for found in recovered]


@click.command()
@click.option("--programmes", default=2000, show_default=True)
@click.option("--weeks", default=12, show_default=True)
@click.option("--seed", default=SEED, show_default=True)
@click.option("--weakened", type=click.Choice(WEAKENED), help="A weaker rule; it has to be caught.")
@click.option(
    "--at-once", default=HASTY, show_default=True, help=f"As of disclosure.release; {AT_ONCE} in the dashboard."
)
@click.option("--first", default=0, show_default=True, help="Begin with this programme.")
def main(programmes: int, weeks: int, seed: int, weakened: str | None, at_once: int, first: int) -> None:
    """Attack random programmes and say what was recovered."""
    imprint = Imprint(load_programme(Path("programme.toml")), "attack", {})
    total: Counter[str] = Counter()
    begun = time.perf_counter()
    for number in range(first, first + programmes):
        told, recovered = campaign(seed + number, weeks, imprint, weakened or "", at_once)
        total += told
        for found in recovered[:3] if not weakened else ():
            click.echo(f"programme {number}: {found}")
        if (number + 1) % 10 == 0:
            click.echo(f"{number + 1}: {dict(total)} {time.perf_counter() - begun:.0f} s", err=True)
    click.echo(f"seed {seed}, {weeks} weeks: {dict(total)}, {time.perf_counter() - begun:.0f} s")
    if bool(total["broken"]) != bool(weakened):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
