"""Counts in plain lists, to be compared whatever engine made them."""

from typing import Any

from dashboard.counting import Cube
from dashboard.detail import Detail


def told(cube: Cube) -> Any:
    """Everything that a cube says, in plain lists."""
    codes = {name: found.tolist() for name, found in cube.codes.items()}
    tables = [
        sorted(zip(*(found.tolist() for found in table.values()), strict=True)) for table in (cube.times, cube.waiting)
    ]
    return cube.labels, codes, dict(cube.columns), cube.counts.tolist(), tables


def told_detail(detail: Detail) -> Any:
    """Everything that the counts beyond the first page say, in plain lists."""
    tables = {
        name: sorted(zip(*(found.tolist() for found in columns.values()), strict=True))
        for name, columns in detail.tables.items()
    }
    return dict(detail.columns), detail.counts.tolist(), tables
