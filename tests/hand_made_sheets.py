"""What a careful colleague would read in the ten sheets of hand_made_grids, written down by hand from the cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from doors import DOORS, TITLE, Door, Grid, Merge
from hand_made_grids import (
    ALL_TEXT,
    ARABIC,
    BROKEN,
    COHORTS,
    EMPTY_HEADER,
    FRENCH,
    TITLE_BLOCK,
    TWO_ROWS,
    US_DATES,
    many_rows,
)
from raw_rosters import day


@dataclass(frozen=True)
class HandMade:
    """A spreadsheet and what is in it. `account` is rows read, used, merged, quarantined, skipped."""

    name: str
    sheets: Mapping[str, Grid]
    account: tuple[int, int, int, int, int]
    values: Mapping[str, Sequence[Any]]
    found: Sequence[
        tuple[str, str]
    ] = ()  # what staff have to look at, (code, cell); titles only where there are several
    unread: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    doors: tuple[Door, ...] = DOORS
    only_csv: Sequence[tuple[str, str]] | None = None  # where a CSV shows something else
    counts: Mapping[str, int] = field(default_factory=dict)  # findings by code, of a sheet too long to list


SHEETS: tuple[HandMade, ...] = (
    HandMade(
        "arabic_only",
        {TITLE: ARABIC},
        account=(5, 4, 0, 0, 1),
        values={
            "row": [2, 3, 4, 5],
            "cohort": ["c1"] * 4,
            "track": ["early_childhood", "school_life", "nursing", "early_childhood"],
            "age_band": ["25-34", "18-24", "unspecified", "unspecified"],
            "vulnerability": ["widow", "no_income|single_mother", "divorced", "unspecified"],
            "start_date": [day("2024-11-20")] * 4,
            "completion_date": [day("2025-06-30"), day("2025-06-30"), None, None],
            "completion_date_earliest": [day("2025-06-30"), day("2025-06-30"), None, day("2025-06-21")],
            "completion_date_latest": [day("2025-06-30"), day("2025-06-30"), None, day("2025-06-30")],
            "certificate": ["yes", "no", "pending", "yes"],
            "first_work_date": [day("2025-07-15"), None, None, None],
            "first_work_date_earliest": [day("2025-07-15"), None, None, day("2025-09-01")],
            "first_work_date_latest": [day("2025-07-15"), None, None, day("2025-09-30")],
            "work_kind": ["salaried", None, None, "own_business"],
            "status": ["placed", "seeking", "dropped", "business"],
        },
        found=[("district_unknown", "F4"), ("date_vague", "I5"), ("date_vague", "K5"), ("total_row", "A6")],
        unread=("الاسم الكامل", "ملاحظات"),
    ),
    HandMade(
        "french_only",
        {"Bénéficiaires": FRENCH},
        account=(6, 4, 0, 0, 2),
        values={
            "row": [2, 3, 4, 5],
            "track": ["school_life", "nursing", "unspecified", "school_life"],
            "age_band": ["25-34", "18-24", "35-44", "unspecified"],
            "education": ["bac", "lower_secondary", "higher", "bac"],
            "completion_date": [day("2025-06-30"), day("2025-06-30"), None, None],
            "certificate": ["yes", "yes", "pending", "no"],
            "first_work_date": [day("2025-07-14"), None, None, None],
            "first_work_date_earliest": [day("2025-07-14"), day("2025-09-21"), None, None],
            "first_work_date_latest": [day("2025-07-14"), day("2025-09-30"), None, None],
            "work_kind": ["salaried", "own_business", None, None],
            "wage": [3500.0, 2800.0, None, None],
            "status": ["placed", "placed", "dropped", "seeking"],
        },
        found=[
            ("date_vague", "K3"), ("number_ambiguous", "M3"), ("category_unknown", "E4"), ("date_impossible", "F5"),
            ("before_start", "I5"), ("number_outside_range", "M5"), ("total_row", "A7"),
        ],
        unread=("Nom et prénom", "Téléphone"),
    ),
    HandMade(
        "one_worksheet_per_cohort",
        COHORTS,
        account=(5, 4, 1, 0, 0),
        values={
            "sheet": ["فوج 1", "Promo 2", "Promo 2", "فوج 9"],
            "row": [2, 2, 3, 2],
            "cohort": ["c1", "c2", "c2", "فوج 9"],
            "start_date": [day("2025-01-06"), day("2026-01-05"), day("2025-01-06"), day("2026-09-01")],
            "completion_date": [day("2025-06-30"), None, None, None],
        },
        found=[("re_enrolled", "'فوج 1'!A3")],
        doors=("xlsx", "sheets"),
    ),
    HandMade(
        "two_row_header",
        {TITLE: TWO_ROWS},
        account=(3, 3, 0, 0, 0),
        values={
            "row": [3, 4, 5],
            "cohort": ["c1"] * 3,
            "check_3": ["working", "not_working", None],
            "check_6": ["same_employer", None, None],
            "completion_date": [day("2025-06-30"), day("2025-06-30"), None],
            "first_work_date": [day("2025-07-20"), day("2025-07-20"), None],
            "wage": [3200.0, 3100.0, None],
        },
        found=[("check_unknown", "G4")],
        unread=("Dates de la formation / Remarque",),
        merges=((1, 2, 1, 1), (1, 2, 2, 2), (1, 1, 3, 5), (1, 1, 6, 7), (1, 1, 8, 9)),
        doors=("xlsx", "sheets"),
    ),
    HandMade(
        "title_block",
        {TITLE: TITLE_BLOCK},
        account=(7, 3, 0, 1, 3),
        values={"row": [7, 9, 11], "cohort": ["c1", "c1", "c2"], "completion_date": [day("2025-06-30"), None, None]},
        found=[("section_row", "B10"), ("no_key", "B12"), ("total_row", "B13")],
        unread=("ر.ت",),
    ),
    HandMade(
        "us_locale_dates",
        {TITLE: US_DATES},
        account=(4, 4, 0, 0, 0),
        values={
            "start_date": [day("2025-05-03"), day("2025-03-25"), day("2025-03-20"), day("2025-03-31")],
            "first_work_date": [None, day("2025-07-15"), None, day("2025-07-25")],
        },
        found=[("day_month_column", "B"), ("day_month_cell", "B2"), ("date_month_first", "D5")],
        only_csv=[("date_month_first", "D5")],  # no real dates there, so nothing was swapped
    ),
    HandMade(
        "everything_as_text",
        {TITLE: ALL_TEXT},
        account=(3, 3, 0, 0, 0),
        values={
            "cohort": ["c1", "c2", "c2"],
            "start_date": [day("2025-01-06")] * 3,
            "completion_date": [day("2025-06-30")] * 3,
            "certificate": ["yes", "no", "yes"],
            "first_work_date": [day("2025-07-15"), None, None],
            "wage": [3200.0, None, 3200.5],
            "pre_score": [12.5, 0.0, None],
        },
        found=[("text_beside_date", "D4"), ("number_outside_range", "H4")],
    ),
    HandMade(
        "broken_formulas",
        {TITLE: BROKEN},
        account=(4, 3, 0, 1, 0),
        values={
            "row": [2, 4, 5],
            "cohort": ["c1", "unspecified", "c1"],
            "start_date": [None, day("2025-01-06"), None],
            "completion_date": [day("2025-06-30"), None, day("2025-06-30")],
            "status": ["placed", None, "seeking"],
            "wage": [None, None, None],
        },
        found=[
            ("no_key", "A3"), ("broken_formula", "A3"), ("broken_formula", "B4"), ("cohort_gaps", "B"),
            ("broken_formula", "C2"), ("formula_text", "C5"), ("broken_formula", "D4"), ("broken_formula", "F2"),
            ("broken_formula", "G4"),
        ],
    ),
    HandMade(
        "twelve_thousand_rows",
        {TITLE: many_rows()},
        # 8 without a code; 12 would meet the one before, but 4 of these (3000, 6000, ...) have no code.
        account=(12_000, 11_984, 8, 8, 0),
        values={},
        counts={"no_key": 8, "re_enrolled": 8, "date_impossible": 120},
    ),
    HandMade(
        "empty",
        {TITLE: EMPTY_HEADER},
        account=(0, 0, 0, 0, 0),
        values={"woman": [], "cohort": [], "start_date": []},
    ),
)  # fmt: skip
