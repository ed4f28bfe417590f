"""A finished draft -> the release that it says."""

import math
from collections.abc import Sequence

from dashboard.disclosure_draft import Draft
from dashboard.release import Cell, LeftOut, Median, Release
from dashboard.release_cells import WHOLE
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint

LEFT_OUT = (LeftOut(id="curve", code="curve_reveals"),)
_MEDIAN_STEP = 15  # days


def assemble(made: Draft, counts: Counts, previous: Sequence[Release], imprint: Imprint) -> Release:
    """The release that a draft says."""
    said = [_cell(made, name, previous) for name in made.states]
    absent = [Cell(id=f"{WHOLE}/{measure}", reason="not_recorded") for measure in counts.missing]
    return Release(
        number=made.number,
        as_of=counts.as_of,
        layout=counts.layout,
        cells=(*said, *absent),
        median=_median(made, counts, previous),
        left_out=LEFT_OUT,
        **imprint.fields(counts.layout),
    )


def _cell(made: Draft, name: str, previous: Sequence[Release]) -> Cell:
    state, base = made.states[name], made.base_of(name)
    if state == "kept":
        old = made.last[name]
        return old.model_copy(update={"since": old.since or previous[-1].number})
    if state == "hidden":
        return Cell(id=name, reason="too_few")
    of = made.values[base] if base and made.states[base] == "fresh" else None
    if state == "banded":
        low, high = made.bands[name]
        return Cell(id=name, low=low, high=high, of=of)
    return Cell(id=name, value=made.values[name], of=of)


def _median(made: Draft, counts: Counts, previous: Sequence[Release]) -> Median:
    """Said anew only where enough more windows have closed, of enough women, and in steps that no one day shows in."""
    closed, last = f"{WHOLE}/closed", previous[-1].median if previous else Median(reason="not_mature")
    days, low, high = counts.median
    if made.states.get(closed) != "fresh" or made.values[closed] < 2 * made.rules.min_base:
        return last if last.days is None else last.model_copy(update={"since": last.since or previous[-1].number})
    if days is None:
        return Median(reason="not_mature")
    return Median(
        days=_MEDIAN_STEP * round(days / _MEDIAN_STEP),
        low=None if low is None else _MEDIAN_STEP * math.floor(low / _MEDIAN_STEP),
        high=None if high is None else _MEDIAN_STEP * math.ceil(high / _MEDIAN_STEP),
    )
