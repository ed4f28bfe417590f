"""From the headline of the last review to that of today: steps that add up exactly, in women, on both sides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dashboard.individuals import ABSENT, SHARES, Flags, Numbers
from dashboard.outcome import STATES
from dashboard.readings import Readings
from dashboard.restatement import KINDS, Kind, Part, steps_of

HEADLINE = "insertion_90"

StepCode = Literal["recounted", "restated", "matured_inserted", "matured_without", "matured_unknown", "other"]
"""recounted   the last review said something else of the same day than its roster gives today: women erased since, or
            another set of definitions.
restated    the past was told otherwise (dashboard.restatement), one step per kind.
matured_*   windows that closed between the reviews: inserted in them; not inserted; outcome unknown or undated.
other       anything else; nothing that the definitions know of.
"""

_OPEN = STATES.index("open")
_MATURED: Mapping[StepCode, tuple[int, ...]] = {
    "matured_inserted": (STATES.index("inserted"),),
    "matured_without": (STATES.index("closed_without"),),
    "matured_unknown": (STATES.index("unknown"), STATES.index("undated")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what it adds to both sides, and what they are after it. `rate` is None of no window closed."""

    code: StepCode
    kind: Kind | None  # of restated
    women: int  # whom it concerns
    numerator: int
    denominator: int
    numerator_after: int
    denominator_after: int

    @property
    def rate(self) -> float | None:
        """The rate after the step: pooled, never an average."""
        return self.numerator_after / self.denominator_after if self.denominator_after else None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Start plus all steps is the end, in the numerator and in the denominator."""

    start: Part
    steps: tuple[Step, ...]  # without those that concern nobody
    end: Part

    @property
    def start_rate(self) -> float | None:
        """The old headline."""
        return self.start.numerator / self.start.denominator if self.start.denominator else None


def waterfall(found: Readings, kinds: Numbers, said: Part | None = None) -> Waterfall:
    """The waterfall of insertion_90. `said`: both sides as the last review signed them, where it did."""
    known = _part(found.known.flags)
    start = said or known
    recount = Part(known.numerator - start.numerator, known.denominator - start.denominator)
    steps = [("recounted", None, _women_of(recount), recount), *_restated(found, kinds), *_since(found)]
    return Waterfall(start, tuple(_summed(start, steps)), _part(found.now.flags))


_Unsummed = tuple[StepCode, Kind | None, int, Part]


def _summed(start: Part, steps: Iterable[_Unsummed]) -> Iterator[Step]:
    hits, n = start.numerator, start.denominator
    for code, kind, women, part in steps:
        hits, n = hits + part.numerator, n + part.denominator
        if women:
            yield Step(code, kind, women, part.numerator, part.denominator, hits, n)


def _women_of(part: Part) -> int:
    """The fewest women who make such a difference."""
    return max(abs(part.numerator), abs(part.denominator), abs(part.denominator - part.numerator))


def _restated(found: Readings, kinds: Numbers) -> Iterator[_Unsummed]:
    """A step per kind of restatement."""
    hits, n = steps_of(SHARES[HEADLINE], found.known, found.restated)
    touched = (hits != 0) | (n != 0)
    for number, kind in enumerate(KINDS):
        yield "restated", kind, *_of(touched & (kinds == number), hits, n)


def _since(found: Readings) -> Iterator[_Unsummed]:
    """The steps from the last review's day, as it is known now, to today."""
    hits, n = steps_of(SHARES[HEADLINE], found.restated, found.now)
    touched = (hits != 0) | (n != 0)
    before = found.restated.outcome
    fresh = touched & ((before == _OPEN) | (before == ABSENT))
    for code, states in _MATURED.items():
        rows = fresh & np.isin(found.now.outcome, states)
        touched = touched & ~rows
        yield code, None, *_of(rows, hits, n)
    yield "other", None, *_of(touched, hits, n)


def _of(rows: Flags, hits: Numbers, n: Numbers) -> tuple[int, Part]:
    return int(rows.sum()), Part(int(hits[rows].sum()), int(n[rows].sum()))


def _part(flags: Mapping[str, Flags]) -> Part:
    share = SHARES[HEADLINE]
    return Part(*(sum(int(flags[name].sum()) for name in side) for side in (share.numerator, share.denominator)))
