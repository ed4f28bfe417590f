"""Share of a target achieved and its traffic light (field reference 3)."""

from dataclasses import dataclass
from typing import Literal

from dashboard.intervals import Interval, verdict
from dashboard.logframe import Direction, Lights

Colour = Literal["green", "amber", "red", "grey"]
Reason = Literal["too_early", "small_n", "interval_spans_target", "no_target", "undefined"]

_ROUNDING = 1e-9  # 0.72 of 0.8 is nine tenths, whatever binary fractions make of it


@dataclass(frozen=True, slots=True)
class Light:
    """A traffic light; grey always has a reason, the other colours none."""

    colour: Colour
    reason: Reason | None = None


def achieved(value: float | None, target: float, baseline: float | None, direction: Direction) -> float | None:
    """The share of the way from the baseline to the target: never capped, negative where it went the wrong way.

    (value - baseline) / (target - baseline), as the EC's OPSYS has it, which for a falling indicator equals
    (baseline - value) / (baseline - target). Without a baseline a rising indicator starts from 0; a falling one has
    no share. None where the target equals the baseline: there is no way to go.
    """
    if value is None or (baseline is None and direction == "-"):
        return None
    start = baseline or 0.0
    return (value - start) / (target - start) if target != start else None


def light(
    value: float | None,
    target: float | None,
    share: float | None,
    direction: Direction,
    lights: Lights,
    n: int | None = None,
    interval: Interval | None = None,
) -> Light:
    """The light of a value against a target. `n` and `interval` are of rates and medians; counts have none.

    Grey where nobody can be counted yet, `n` is below `lights.min_n`, or the interval holds the target. Where no
    share is defined the side on which the whole interval lies decides.
    """
    if target is None:
        return Light("grey", "no_target")
    if value is None:
        return Light("grey", "too_early")
    if n is not None and n < lights.min_n:
        return Light("grey", "small_n")
    side = verdict(interval, target)
    if interval is not None and side == "cannot_tell":
        return Light("grey", "interval_spans_target")
    if share is not None:
        return Light(_colour(share, lights))
    if side == "cannot_tell":
        return Light("grey", "undefined")
    return Light("green" if (side == "above") == (direction == "+") else "red")


def _colour(share: float, lights: Lights) -> Colour:
    if share >= lights.green - _ROUNDING:
        return "green"
    return "amber" if share >= lights.amber - _ROUNDING else "red"
