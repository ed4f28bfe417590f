"""A release in the making: what is said of every cell, from most to least, and never more than before."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dashboard.disclosure_rules import DisclosureRules
from dashboard.release import BAND_STEP, Cell, Layout, Release
from dashboard.release_cells import cell, complements, groups, least, split, value
from dashboard.release_measures import CUMULATIVE, RATES

State = Literal["fresh", "banded", "kept", "hidden"]
_BASE = dict(RATES.values())
_ROUNDING = 1e-9
_EMPTY = Cell(id="")
_WIDEST = 0.75  # a band says at least "75 % or more"; of a few women it may have to say less from the start


@dataclass
class Draft:
    """What would be said of each cell. `last`: what the latest release said; `shown`: every number ever said of it."""

    number: int
    layout: Layout
    values: Mapping[str, int]
    rules: DisclosureRules
    last: Mapping[str, Cell]
    shown: Mapping[str, Sequence[Cell]]
    states: dict[str, State] = field(default_factory=dict)
    bands: dict[str, tuple[int, int]] = field(default_factory=dict)

    def fresh(self) -> dict[str, int]:
        """The cells whose true numbers would be said."""
        return {name: self.values[name] for name, state in self.states.items() if state == "fresh"}

    def told(self) -> dict[str, int]:
        """Every number that would stand there, old ones included."""
        old = {name: self.last[name].value for name, state in self.states.items() if state == "kept"}
        return self.fresh() | {name: number for name, number in old.items() if number is not None}

    def least(self, name: str) -> int:
        """The smallest number of women of this cell's group that may be told from none."""
        return least(split(name)[0], self.rules)

    def cumulative(self, name: str) -> bool:
        """Whether it never falls, so that every two of its numbers tell who came between."""
        return split(name)[1] in CUMULATIVE

    def base_of(self, name: str) -> str | None:
        """The denominator of a numerator; None of other cells."""
        group, measure = split(name)
        base = cell(group, _BASE[measure]) if measure in _BASE else None
        return base if base in self.values else None

    def worth(self, name: str) -> tuple[bool, int, int, int, str]:
        """How much readers would miss a cell: least what they have not been shown so far."""
        seen = not (name in self.last and self.last[name].hidden)
        return (seen, *value(name, self.values[name]))

    def withhold(self, name: str, wholly: bool = False) -> None:
        """Say less of a cell: a wider band, the old figure where too few women have changed, else nothing.

        Of the numerators that it is the denominator of no band is said any more, `wholly`.
        """
        wider = None if wholly else self.wider(name)
        if wider:
            self.bands[name] = wider
            return
        old = self.last.get(name, _EMPTY)
        self.states[name] = "kept" if self.states[name] in ("fresh", "banded") and self.nearly(name, old) else "hidden"
        self.bands.pop(name, None)
        group, measure = split(name)
        for hits, base in complements(groups(self.layout)[group]):
            if base == measure and self.states.get(cell(group, hits)) in ("fresh", "banded"):
                self.withhold(cell(group, hits), wholly=True)

    def wider(self, name: str) -> tuple[int, int] | None:
        """The band of a cell by one step wider; None where there is none, or it would say nearly nothing."""
        base = self.base_of(name)
        return _wider(self.bands[name], self.values[base]) if base and self.states[name] == "banded" else None

    def nearly(self, name: str, old: Cell) -> bool:
        """Whether an old figure may stand in for the new one: the difference is of too few women to be told."""
        if old.hidden:
            return False
        base, few = self.base_of(name), self.least(name)
        if base is None or old.of is None:
            return old.value is not None and abs(self.values[name] - old.value) < few
        if old.value is None:
            return abs(self.values[base] - old.of) < few
        rise, of = self.values[name] - old.value, self.values[base] - old.of
        return abs(rise) < few or abs(of - rise) < few


def draft(layout: Layout, values: Mapping[str, int], previous: Sequence[Release], rules: DisclosureRules) -> Draft:
    """What may be said of each cell by itself; what follows from several together is not looked at yet."""
    last = previous[-1].by_id if previous else {}
    shown: dict[str, list[Cell]] = {}
    for found in (found for release in previous for found in release.cells if found.value is not None):
        shown.setdefault(found.id, []).append(found)
    made = Draft(len(previous) + 1, layout, values, rules, last, shown)
    for group, measures in groups(layout).items():
        hits = {cell(group, part) for part, _ in complements(measures)}
        plain = [name for name in (cell(group, measure) for measure in measures) if name not in hits]
        made.states |= {name: _plain(made, name) for name in plain}
        for name in sorted(hits):
            _numerator(made, name)
    if previous and not _stirred(made):
        made.states = {name: "hidden" if last.get(name, _EMPTY).hidden else "kept" for name in made.states}
        made.bands.clear()
    return made


def _stirred(made: Draft) -> bool:
    """Whether a figure that is out would change, or there are new cells; else nothing is said that was not said."""
    fresh = (name for name, state in made.states.items() if state in ("fresh", "banded"))
    return any(not made.last[name].hidden if name in made.last else made.values[name] for name in fresh)


def _plain(made: Draft, name: str) -> State:
    """A number that is no numerator."""
    number, few, old = made.values[name], made.least(name), made.last.get(name, _EMPTY)
    if made.nearly(name, old):
        return "kept"
    lowest = 0 if few > made.rules.min_count else 1
    told = [found.value or 0 for found in made.shown.get(name, ())] if made.cumulative(name) else []
    exposing = any(0 < abs(number - earlier) < few for earlier in told)
    return "hidden" if lowest <= number < few or exposing else "fresh"


def _numerator(made: Draft, name: str) -> None:
    """A numerator: exact if both it and the rest are many, and so are their changes; else a band; else nothing."""
    base, old = made.base_of(name) or "", made.last.get(name, _EMPTY)
    hits, of, few = made.values[name], made.values[base], made.least(name)
    if of == 0 and made.states[base] != "hidden":
        made.states[name] = made.states[base]
        return
    if hits == old.value and of == old.of:
        made.states[name] = "kept"
        return
    restated = made.states[base] == "kept" and made.last[base].value == of
    if made.states[base] != "fresh" and not restated:
        made.states[name] = "kept" if made.nearly(name, old) else "hidden"
        return
    _against(made, name, base, few, old)
    if made.states[name] in ("fresh", "banded") and restated:
        made.states[base] = "fresh"  # the same number, said again for the new numerator


def _against(made: Draft, name: str, base: str, few: int, old: Cell) -> None:
    """A numerator whose denominator is said."""
    hits, of = made.values[name], made.values[base]
    if min(hits, of - hits) < few:
        band = band_of(hits, of, few) if of >= made.rules.min_base else None
        same = old.of == of and _holds(old, band)
        if band and not same:
            made.bands[name] = band
        made.states[name] = "kept" if same else "banded" if band else "hidden"
        return
    changes = [(hits - (found.value or 0), of - (found.of or 0)) for found in made.shown.get(name, ()) if found.of]
    exposing = any(0 < abs(rise) < few or 0 < abs(more - rise) < few for rise, more in changes)
    made.states[name] = "fresh" if not exposing else "kept" if made.nearly(name, old) else "hidden"


def _holds(old: Cell, band: tuple[int, int] | None) -> bool:
    """Whether a band that was said holds one that would be said now: to say the narrower one after the wider, of the
    same denominator, would tell more of the same women than was held to be safe."""
    return (
        band is not None and old.low is not None and old.high is not None and old.low <= band[0] <= band[1] <= old.high
    )


def _wider(band: tuple[int, int], of: int) -> tuple[int, int] | None:
    """A band by one step wider, while it still says that most are on one side of a quarter."""
    outer = max(band[1] - band[0], 1)
    steps = math.floor((1 - outer / of) / BAND_STEP + _ROUNDING) - 1
    after = math.floor(of * (1 - steps * BAND_STEP) + _ROUNDING)
    if steps * BAND_STEP < _WIDEST or after == outer:
        return None
    return (0, after) if band[0] == 0 else (of - after, of)


def band_of(hits: int, of: int, few: int) -> tuple[int, int] | None:
    """The narrowest band at the end of the scale, in whole steps, that leaves at least `few` values possible."""
    if max(hits, of - hits) < few or of < 2 * few - 1:
        return None
    steps = math.floor((1 - (few - 1) / of) / BAND_STEP + _ROUNDING)
    outer = math.floor(of * (1 - steps * BAND_STEP) + _ROUNDING)
    return (0, outer) if hits < few else (of - outer, of)
