"""The roster frame: which columns it has, of which type."""

from collections.abc import Mapping

import pandas as pd
from pandas.api.types import pandas_dtype

from dashboard.schema import BOUNDED_DATES, DIMENSIONS, FIELDS, UNSPECIFIED, Kind

TEXT, DAY, NUMBER = "string", "Int64", "Float64"

# Whether PyArrow is installed beside pandas must not change how texts are kept: it refuses some that sheets hold.
pd.set_option("mode.string_storage", "python")

_BANDED = ("key", "birth_date", "age", "district")  # read, then replaced by what is less personal


def _types() -> dict[str, str]:
    types = {"woman": TEXT, "sheet": TEXT, "row": DAY, **dict.fromkeys(DIMENSIONS, TEXT)}
    for field in FIELDS:
        if field.id not in (*_BANDED, *DIMENSIONS):
            types[field.id] = {Kind.DATE: DAY, Kind.NUMBER: NUMBER}.get(field.kind, TEXT)
        if field.id in BOUNDED_DATES:
            types |= {f"{field.id}_earliest": DAY, f"{field.id}_latest": DAY}
    return types


FRAME_TYPES: Mapping[str, str] = _types()
"""Column -> pandas type, in the order of the frame."""

FRAME_COLUMNS: tuple[str, ...] = tuple(FRAME_TYPES)


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with exactly the promised columns and types; missing dimensions are "unspecified"."""
    columns = {name: _column(frame[name], kind) for name, kind in FRAME_TYPES.items()}
    result = pd.DataFrame(columns).reset_index(drop=True)
    for dimension in DIMENSIONS:
        result[dimension] = result[dimension].fillna(UNSPECIFIED)
    return result


def _column(column: pd.Series, kind: str) -> pd.Series:
    numeric = column.astype("float64") if kind in (DAY, NUMBER) else column
    return numeric.astype(pandas_dtype(kind))
