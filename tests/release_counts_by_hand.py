"""Counts written by hand for the disclosure tests: whatever groups and measures a case needs."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from dashboard.disclosure import Refused, release
from dashboard.disclosure_rules import DisclosureRules
from dashboard.programme import load_programme
from dashboard.release import Breakdown, Layout, Release
from dashboard.release_cells import cells
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint
from dashboard.release_measures import VALUE

RULES = DisclosureRules()
IMPRINT = Imprint(load_programme(Path(__file__).parent.parent / "programme.toml"), "v7", {"fr": "Une note."})
FIRST = date(2026, 6, 30)
Women = Mapping[str, int]


def by_hand(whole: Women, groups: Mapping[str, Women] | None = None, week: int = 0) -> Counts:
    """Counts of all women, by measure, and of groups ("track:a"), of which every measure not given is 0."""
    parts = groups or {}
    dimensions: dict[str, list[str]] = {}
    for group in parts:
        name, _, value = group.partition(":")
        dimensions.setdefault(name, []).append(value)
    layout = Layout(
        stages=(),
        indicators=(),
        measures=tuple(measure for measure in VALUE if measure in whole),
        dimensions=tuple(Breakdown(id=name, values=tuple(values)) for name, values in dimensions.items()),
    )
    given = {f"all/{measure}": n for measure, n in whole.items()}
    given |= {f"{group}/{measure}": n for group, women in parts.items() for measure, n in women.items()}
    return Counts(FIRST + timedelta(weeks=week), layout, {name: given.get(name, 0) for name in cells(layout)})


def released(*found: Counts, rules: DisclosureRules = RULES) -> list[Release]:
    """Releases of one count after another."""
    out: list[Release] = []
    for counts in found:
        one = release(counts, out, rules, IMPRINT)
        assert not isinstance(one, Refused), one
        out.append(one)
    return out


def told(one: Release, names: Sequence[str]) -> list[int | tuple[int | None, int | None] | str | None]:
    """What is said of some cells: the number, the band, or the reason."""
    found = [one.by_id[name] for name in names]
    return [
        cell.value if cell.value is not None else (cell.low, cell.high) if cell.banded else cell.reason
        for cell in found
    ]
