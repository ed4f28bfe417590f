"""The small programme of the hand-written rosters, with minimum wages, exit reasons and women who seek no work."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from women import AS_OF, frame, items, programme_text, tallied

from dashboard.detail import detailed
from dashboard.programme import Programme, parse_programme
from dashboard.tally import Tally

SMIG = "".join(
    f"[[smig]]\nsince = {since}\nhourly = {hourly}\n"
    for since, hourly in (("2023-09-01", 16.29), ("2025-01-01", 17.10), ("2026-01-01", 17.92))
)
DEEPER: Programme = parse_programme(
    programme_text().replace('version = "t1"', 'version = "t1"\nmin_group = 3')
    + SMIG
    + items("exit_reasons", "family", "health", "job", "pregnancy")
    + items("statuses", "inactive", more='now = "followup"\nactive = true\ninactive = true')
)


def deeper(*women: Mapping[str, Any], as_of: date = AS_OF) -> Tally:
    """The tally of hand-written women in that programme."""
    return tallied(*women, as_of=as_of, programme=DEEPER)


def days_to(day: date) -> int:
    """A day as the rosters count it: from the as-of day."""
    return (day - AS_OF).days


def detailed_women(*women: Mapping[str, Any], as_of: date = AS_OF) -> pd.DataFrame:
    """Every column that counting adds, one row per woman who is there by the as-of day."""
    return detailed(frame(*women), DEEPER, (as_of - date(1970, 1, 1)).days).collect().to_pandas()


def class_of(table: pd.DataFrame, prefix: str, states: Sequence[str]) -> list[str | None]:
    """The class of each woman, of classes that exclude each other."""
    found = [[state for state in states if row[f"{prefix}__{state}"]] for _, row in table.iterrows()]
    assert all(len(states) <= 1 for states in found), found
    return [states[0] if states else None for states in found]
