"""How an irregularity is written down: a grid of cells, what staff are told of it, and what is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from doors import DOORS, Door, Grid, Merge
from sheets_grid import Value

NAME = "C-NAME"  # stands in a column that is never read
HEADER: list[Value] = [
    "الرمز", "الاسم الكامل", "الفوج", "الشعبة", "تاريخ بداية التكوين",
    "تاريخ نهاية التكوين", "تاريخ الإدماج", "الحالة", "الشهادة", "الأجر",
]  # fmt: skip
FIELDS = ("cohort", "track", "start_date", "completion_date", "first_work_date", "status", "certificate", "wage")
START, END = date(2025, 1, 6), date(2025, 6, 30)


def woman(number: int, **cells: Value) -> list[Value]:
    """A row of HEADER; cells by field, blank where not given."""
    return [f"P-{number:03d}", NAME, *(cells.get(field) for field in FIELDS)]


@dataclass(frozen=True)
class Case:
    """A grid, the findings staff would see of it (code, cell), and values of columns of the frame."""

    number: int
    rows: Grid
    found: Sequence[tuple[str, str]] = ()
    values: dict[str, list[Any]] | None = None
    merges: tuple[Merge, ...] = ()
    doors: tuple[Door, ...] = DOORS
    # Findings of text that only a CSV has, or of real dates that only the others have.
    not_csv: Sequence[tuple[str, str]] = ()
    only_csv: Sequence[tuple[str, str]] = ()


def table(*rows: Sequence[Value]) -> list[Sequence[Value]]:
    return [HEADER, *rows]
