"""Rosters of women who do not exist, of any size, as the reading side would hand them over."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from dashboard.reading.frame import typed
from dashboard.roster import FieldCount, Finding, Reconciliation, Roster, Severity, SourceInfo
from dashboard.schema import FIELDS

SHEET = "المستفيدات"
FETCHED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FINDINGS_SHARE = 0.01  # of the women have a cell that could not be read
_FIRST_DAY = 20_000  # days since 1970: October 2024

_TEXTS: dict[str, tuple[str, ...]] = {
    "cohort": ("p1", "p2", "p3", "p4", "p5", "p6"),
    "track": ("sales", "hotel", "care", "sewing", "unspecified"),
    "prefecture": ("anfa", "ain_chock", "hay_hassani", "sidi_bernoussi", "unspecified"),
    "age_band": ("18_24", "25_29", "30_34", "35_44"),
    "vulnerability": ("single_mother", "single_mother|violence", "school_leaver", "unspecified"),
    "education": ("none", "primary", "lower_secondary", "upper_secondary"),
    "certificate": ("yes", "no", "pending"),
    "status": ("in_training", "completed", "working", "lost", "unmapped"),
    "work_kind": ("salaried", "own_business"),
    "check_3": ("same_employer", "working", "not_working"),
    "check_6": ("same_employer", "working", "not_working"),
    "check_12": ("same_employer", "working", "not_working"),
    "exit_reason": ("family", "health", "moved"),
}
# Dates in the order of a woman's way, with the share of women who have each.
_DATES = {
    "contact_date": 1.0,
    "selection_date": 0.95,
    "enrol_date": 0.9,
    "start_date": 0.9,
    "vocational_start": 0.8,
    "internship_start": 0.6,
    "planned_end": 0.9,
    "completion_date": 0.7,
    "certificate_date": 0.6,
    "first_work_date": 0.5,
    "last_contact": 0.9,
}
_NUMBERS = {"wage": (2500, 6000), "weekly_hours": (20, 48), "pre_score": (20, 60), "post_score": (40, 95)}


def roster(women: int, seed: int = 1) -> Roster:
    """A roster of `women` on one sheet, one row each: 24 columns beside the key, four fifths of the cells filled."""
    dice = np.random.default_rng(seed)
    columns = {"woman": _pseudonyms(women, dice), "sheet": SHEET, "row": np.arange(2, women + 2)}
    frame = pd.DataFrame(columns)
    for name, words in _TEXTS.items():
        frame[name] = np.array(words, dtype=object)[dice.integers(0, len(words), women)]
    days = _FIRST_DAY + dice.integers(0, 700, women)
    for name, share in _DATES.items():
        days = days + dice.integers(0, 40, women)
        frame[name] = np.where(dice.random(women) < share, days, np.nan)
    for name, (low, high) in _NUMBERS.items():
        frame[name] = np.where(dice.random(women) < 0.6, dice.integers(low, high, women), np.nan)
    for name in ("completion_date", "first_work_date"):
        frame[f"{name}_earliest"] = frame[f"{name}_latest"] = frame[name]
    frame["exit_date"] = frame["satisfaction"] = np.nan
    return _around(typed(frame), dice)


def _pseudonyms(women: int, dice: np.random.Generator) -> list[str]:
    return [f"{high:010x}{low:010x}" for high, low in dice.integers(0, 1 << 40, (women, 2)).tolist()]


def _around(frame: pd.DataFrame, dice: np.random.Generator) -> Roster:
    women = len(frame)
    rows = np.flatnonzero(dice.random(women) < FINDINGS_SHARE) + 2
    findings = tuple(
        Finding("date_unreadable", Severity.REJECTED, SHEET, "H", int(row), "completion_date", 0) for row in rows
    )
    source = SourceInfo("google_sheets", "synthetic", FETCHED)
    counts = {field.id: FieldCount(women, women, 0) for field in FIELDS}
    return Roster(frame, findings, Reconciliation(women, women, 0, 0, 0), counts, source)


def with_cells_changed(before: Roster, cells: int, seed: int = 2) -> Roster:
    """The roster with the wage of as many women changed."""
    frame = before.frame.copy()
    rows = np.random.default_rng(seed).choice(len(frame), cells, replace=False)
    frame.loc[rows, "wage"] = np.random.default_rng(seed).integers(10_000, 20_000, cells).astype(float)
    return replace(before, frame=frame)


def with_a_line_on_top(before: Roster, seed: int = 3) -> Roster:
    """The roster with a woman more in the sheet's first row, all others one row further down."""
    first = before.frame.iloc[[0]].assign(woman=_pseudonyms(1, np.random.default_rng(seed)))
    rest = before.frame.assign(row=before.frame["row"] + 1)
    frame = pd.concat([first, rest], ignore_index=True).astype(before.frame.dtypes.to_dict())
    findings = tuple(replace(finding, row=(finding.row or 0) + 1) for finding in before.findings)
    count = replace(before.reconciliation, rows_read=len(frame), used=len(frame))
    return replace(before, frame=frame, findings=findings, reconciliation=count)
