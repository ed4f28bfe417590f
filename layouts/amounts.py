"""Values in words: counts, rates and days, their distance to a target, and the interval round them."""

from typing import Literal

from dashboard.tables import days, interval
from dashboard.text import NONE, Text

Unit = Literal["count", "rate", "days"]


def amount(value: float | None, unit: Unit, text: Text) -> str:
    """A value in its unit; "—" where there is none."""
    if value is None:
        return NONE
    if unit == "rate":
        return text.percent(value)
    return days(value, text) if unit == "days" else text.number(value)


def distance(value: float | None, unit: Unit, text: Text) -> str:
    """A signed difference: percentage points for rates, else the unit's own; "—" where there is none."""
    if value is None:
        return NONE
    if unit == "rate":
        return text("amount.points", change=text.signed(value * 100, 1))
    return text("amount.days", change=text.signed(value)) if unit == "days" else text.signed(value)


def spread(low: float | None, high: float | None, unit: Unit, text: Text) -> str:
    """The 95 % interval of a value; an interval of days may be open above."""
    if unit == "rate":
        return interval(low, high, text)
    if low is None or unit == "count":
        return NONE
    if high is None:
        return text("amount.at_least", low=days(low, text))
    return text("amount.between", low=text.number(low), high=days(high, text))
