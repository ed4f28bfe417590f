"""Age bands: the age when training started, so that nobody changes band from one week to the next."""

from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dashboard.programme import Programme
from dashboard.reading.columns import Floats, Texts
from dashboard.reading.dates import days as day_number
from dashboard.reading.table import Table

_REFERENCE_DATES = ("start_date", "enrol_date", "contact_date")


def age_band_ids(programme: Programme) -> tuple[str, ...]:
    """The ids of the bands in order: ages under the first band, each band, the open last one."""
    firsts = programme.age_bands
    if not firsts:
        return ()
    closed = [f"{first}-{after - 1}" for first, after in pairwise(firsts)]
    return (f"<{firsts[0]}", *closed, f"{firsts[-1]}+")


def age_bands(table: Table, programme: Programme, today: date) -> Texts:
    """The band of every row, from the birth date where it is known well enough, else from the age as typed (No. 27)."""
    then = np.full(len(table.keys), float(day_number(today)))
    for name in reversed(_REFERENCE_DATES):
        then = np.where(np.isnan(table.numbers[name]), then, table.numbers[name])
    eldest = _band(_years(table.low("birth_date"), then), programme)
    youngest = _band(_years(table.high("birth_date"), then), programme)
    typed = _band(table.numbers["age"], programme)
    known = (eldest == youngest) & (eldest >= 0)
    names = np.array([*age_band_ids(programme), None], dtype=object)
    recomputed = known & ~np.isnan(table.numbers["age"]) & table.women
    if recomputed.any():
        table.log.add("age_recomputed", letter=table.columns["age"].letter, field="age", count=int(recomputed.sum()))
    return names[np.where(known, eldest, typed)]


def _years(birth: Floats, then: Floats) -> Floats:
    """Completed years between two days."""
    years = np.full(len(birth), np.nan)
    both = ~np.isnan(birth) & ~np.isnan(then)
    first, last = (days[both].astype("int64").astype("datetime64[D]") for days in (birth, then))
    months = (last.astype("datetime64[M]") - first.astype("datetime64[M]")).astype(int)
    before_day = (last - last.astype("datetime64[M]")) < (first - first.astype("datetime64[M]"))
    years[both] = (months - before_day) // 12
    return years


def _band(ages: Floats, programme: Programme) -> npt.NDArray[np.intp]:
    """The number of the band of each age; -1, the last name, where there is no age or no bands."""
    bands = np.searchsorted(np.array(programme.age_bands, dtype=float), ages, side="right")
    return np.where(np.isnan(ages) | (len(programme.age_bands) == 0), -1, bands)
