"""The indicators that were promised, their targets by date, and how they are judged: from programme.toml."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from dashboard.model import Frozen, Words
from dashboard.schema import DIMENSIONS

PeriodKind = Literal["month", "quarter", "half_year", "project_year"]
IndicatorId = Literal[
    "applicants", "enrolled", "in_training", "completed", "completion", "certified", "certification", "insertion_90",
    "own_business", "dropout", "time_to_insertion", "retention_3", "retention_6", "retention_12",
]  # fmt: skip
"""What the tracking table can follow: the ids of indicators.indicators."""
COUNTS = frozenset({"applicants", "enrolled", "in_training", "completed", "certified"})
Unit = Literal["count", "rate", "days"]
Direction = Literal["+", "-"]
"""Whether the indicator is to rise or to fall."""


class DatedTarget(Frozen):
    """A value to be reached by a day."""

    by: date
    value: float


class Note(Frozen):
    """What the team says about the period in which a day lies: why more or less was reached than intended."""

    on: date
    text: Words


class Tracked(Frozen):
    """One indicator of the tracking table (field reference 3). Rates are fractions of 1 everywhere.

    `type`: cumulative = a count that grows towards its targets, each to be reached by its day; level and rate = the
    first target that is still ahead holds already. The last target is the final one. `agreed` is false while they are
    only proposed.
    """

    code: str
    indicator: IndicatorId
    name: Words
    level: Literal["impact", "outcome", "output", "activity"]
    direction: Direction = "+"
    type: Literal["cumulative", "level", "rate"]
    baseline: float | None = None
    baseline_date: date | None = None
    targets: Annotated[tuple[DatedTarget, ...], Field(min_length=1)]
    agreed: bool = False
    disaggregation: tuple[str, ...] = ()
    source: Words
    frequency: PeriodKind
    owner: Words
    notes: tuple[Note, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit of its indicator: women, a fraction of 1, or days."""
        return "days" if self.indicator == "time_to_insertion" else "count" if self.indicator in COUNTS else "rate"

    @property
    def final(self) -> DatedTarget:
        """The target of the whole project."""
        return self.targets[-1]

    @model_validator(mode="after")
    def _can_be_judged(self) -> Self:
        """Reject targets out of order or on the wrong side of the baseline, a wrong type, unknown dimensions."""
        days = [target.by for target in self.targets]
        if days != sorted(set(days)):
            raise ValueError(f"tracking.{self.code}: targets must be in order of date")
        if (self.type == "rate") != (self.unit == "rate"):
            raise ValueError(f"tracking.{self.code}: {self.indicator} is a {self.unit}, not a {self.type}")
        if self.unit == "rate" and any(not 0 <= target.value <= 1 for target in self.targets):
            raise ValueError(f"tracking.{self.code}: a rate is a fraction of 1, such as 0.85")
        sign = 1 if self.direction == "+" else -1
        if self.baseline is not None and any(sign * (target.value - self.baseline) < 0 for target in self.targets):
            raise ValueError(f"tracking.{self.code}: direction {self.direction!r} leads away from the targets")
        unknown = [name for name in self.disaggregation if name not in DIMENSIONS]
        if unknown:
            raise ValueError(f"tracking.{self.code}: unknown dimension {unknown[0]!r}")
        return self


class Periods(Frozen):
    """Reporting periods, counted from the project's start, not from January."""

    kind: PeriodKind = "half_year"
    start: date


class Lights(Frozen):
    """Shares of the target from which a light is green or amber; rates of fewer than `min_n` women are not judged."""

    green: Annotated[float, Field(gt=0)] = 0.90
    amber: Annotated[float, Field(gt=0)] = 0.75
    min_n: Annotated[int, Field(ge=1)] = 10

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.amber >= self.green:
            raise ValueError("lights: amber must be below green")
        return self
