"""What the counting says of each woman, one row each: for the internal lists of the review, never for a figure.

The same expressions as everywhere (dashboard.counting); `SHARES` names which classes make up each indicator.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.counting import classified, collected
from dashboard.outcome import ANSWERS, STATES
from dashboard.path import EVIDENCE, RETAINED, places
from dashboard.programme import Programme
from dashboard.schema import UNSPECIFIED
from dashboard.tally import Filters

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

ABSENT = -1
"""The place of a woman who is not there: not in the roster, not come yet, or not in the selection."""

_CARRIER = "satisfaction"
"""A column that this counting hands on without reading it: it carries the position of the row, whatever the engine."""

_CLOSED = tuple(f"outcome__{state}" for state in STATES if state != "open")
_COMPLETED = tuple(f"completed__{evidence}" for evidence in EVIDENCE)


@dataclass(frozen=True, slots=True)
class Share:
    """The classes of counting.classes in which a woman adds one to an indicator; no denominator for counts."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()


def _retention(stage: str) -> Share:
    kept = tuple(f"{stage}__kept_{answer}" for answer in ANSWERS if answer != "not_working")
    return Share(kept, tuple(f"{stage}__kept_{answer}" for answer in (*ANSWERS, "unknown")))


SHARES: Mapping[str, Share] = {
    "applicants": Share(("women",)),
    "enrolled": Share(("started",)),
    "in_training": Share(("in_training",)),
    "completed": Share(_COMPLETED),
    "completion": Share(("due_completed",), ("due",)),
    "certified": Share(("paper__held",)),
    "certification": Share(("paper__held",), _COMPLETED),
    "insertion_90": Share(("outcome__inserted",), _CLOSED),
    "own_business": Share(("inserted__own_business",), _CLOSED),
    "dropout": Share(("dropout",), ("started",)),
    **{stage.replace("retained", "retention"): _retention(stage) for stage in RETAINED},
}
"""Every indicator that counts women, in the order of indicators.indicators; the median counts days."""

COUNTED = tuple(dict.fromkeys(name for share in SHARES.values() for name in (*share.numerator, *share.denominator)))


def individuals(frame: pd.DataFrame, programme: Programme, as_of: int, columns: Sequence[str]) -> pd.DataFrame:
    """Columns of counting.classified for each woman of a roster's frame who is there by a day (a day number).

    The index is her position in the frame, in rising order.
    """
    numbered = frame.assign(**{_CARRIER: np.arange(len(frame), dtype=np.float64)})
    found = collected(classified(numbered, programme, as_of).select(nw.col(_CARRIER, *columns)))
    return found.set_index(found.pop(_CARRIER).astype(np.int64)).sort_index()


def matching(frame: pd.DataFrame, filters: Filters) -> Flags:
    """Which women of a frame match every filtered dimension, as tally.Tally.where picks them."""
    chosen = np.ones(len(frame), dtype=bool)
    for dimension, ids in filters.items():
        codes, labels = pd.factorize(frame[dimension].fillna(UNSPECIFIED))
        hits = [not ids or not set(ids).isdisjoint(str(label).split("|")) for label in labels]
        chosen &= np.array(hits, dtype=bool)[codes]
    return chosen


def places_of(frame: pd.DataFrame, programme: Programme, as_of: int, women: Collection[str]) -> dict[str, str]:
    """Where some women (pseudonyms) are on a day (a day number); whoever is not there is left out."""
    some = frame[frame["woman"].isin(list(women))].reset_index(drop=True)
    found = individuals(some, programme, as_of, ("place",)) if len(some) else pd.DataFrame({"place": []})
    names = places(programme)
    codes = some["woman"].iloc[found.index]
    return {str(code): names[int(number)] for code, number in zip(codes, found["place"], strict=True)}
