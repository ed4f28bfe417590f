"""What differs between two versions of the demo, found from the frames alone."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
from demo_expectations import (
    ANCHOR,
    Corrected,
    Moved,
    Week,
)

from connectors.demo_grid import COLUMNS, HEADER_ROW
from connectors.demo_past import Past
from dashboard.programme import load_programme
from dashboard.roster import Roster

PROGRAMME = load_programme(Path(__file__).resolve().parents[2] / "programme.toml")
SECRET = b"a secret of the tests"
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
WEEKDAYS = [ANCHOR + timedelta(days=more) for more in range(7)]
DATED = {
    "contact_date": "contact", "selection_date": "eligible", "enrol_date": "enrolled", "start_date": "softskills",
    "vocational_start": "training", "internship_start": "internship", "completion_date": "completed",
    "certificate_date": "certified", "first_work_date": "placed", "exit_date": "exit",
}  # fmt: skip
COLUMN = {field: place for place, (_, field) in enumerate(COLUMNS)}


def before_anchor(day: int) -> int:
    return (ANCHOR - date(1970, 1, 1)).days - day


def stages(roster: Roster, codes: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """(code, stage) -> its day, counted back from ANCHOR."""
    found = {}
    for row in roster.frame.to_dict("records"):
        code, hired = codes[row["woman"]], row["first_work_date_latest"]
        for field, stage in DATED.items():
            if not pd.isna(row[field]):
                found[code, stage] = before_anchor(int(row[field]))
        for months, days in ((3, 90), (6, 180), (12, 365)):
            if row[f"check_{months}"] in ("same_employer", "working") and not pd.isna(hired):
                found[code, f"retained_{months}"] = before_anchor(int(hired)) - days
    return found


def week(rosters: Mapping[date, Roster], codes: Mapping[str, str], start: date, end: date) -> Week:
    """What differs between the versions of two days."""
    before, after = stages(rosters[start], codes), stages(rosters[end], codes)
    first = (ANCHOR - start).days
    new = {Moved(code, stage, day) for (code, stage), day in after.items() if (code, stage) not in before}
    women = [{codes[woman] for woman in rosters[day].frame["woman"]} for day in (start, end)]
    return Week(
        progress=frozenset(moved for moved in new if moved.day < first),
        late=frozenset(moved for moved in new if moved.day >= first),
        corrected=corrected(before, after),
        taken_out=frozenset(Moved(*key, day) for key, day in before.items() if key not in after),
        rows=frozenset(women[1] - women[0]),
    )


def corrected(before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]) -> frozenset[Corrected]:
    return frozenset(Corrected(*key, day, after[key]) for key, day in before.items() if after.get(key, day) != day)


def insertion(roster: Roster, as_of: date) -> tuple[int, int]:
    """Inserted within 90 days, and closed windows, counted from the frame alone."""
    frame, day = roster.frame, (as_of - date(1970, 1, 1)).days
    closed = frame[frame["completion_date"] + 90 <= day]
    return int((closed["first_work_date_latest"] - closed["completion_date"] <= 90).sum()), len(closed)


def cells_of(past: Past, day: date) -> dict[object, tuple[object, ...]]:
    return {row[COLUMN["key"]]: row for row in past.grid(day)[0].rows[HEADER_ROW:]}
