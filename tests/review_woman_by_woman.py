"""An independent telling of what happened to a woman between two reviews, one woman at a time in plain Python.

Written from the docstring of dashboard.readings, on top of woman_by_woman; exact dates only.
"""

from collections.abc import Mapping
from typing import Any

from woman_by_woman import CHECKS, DATES, Reading
from women import PROGRAMME

Woman = Mapping[str, Any]
DAYS = (*DATES.values(), "planned_end", "last_contact", "exit_date")
HAPPENS = (*DATES.values(), "exit_date")
CLOSED = ("inserted", "closed_without", "unknown", "undated")


def seen(woman: Woman | None, day: int) -> tuple[str | None, str | None]:
    """Where a woman is on a day (0 = today) and her outcome; nothing of one who is not there."""
    if woman is None:
        return None, None
    moved = {name: value - day if name in DAYS else value for name, value in woman.items()}
    reading = Reading(moved, PROGRAMME)
    return (reading.place(), reading.outcome()) if reading.there else (None, None)


def held_back(woman: Woman | None, since: int) -> Woman | None:
    """A woman as if nothing dated after `since` and until today had come yet."""
    if woman is None:
        return None
    found = dict(woman)
    for name in HAPPENS:
        if name in woman and since < woman[name] <= 0:
            found[name] = woman[name] - since
    for check, after in CHECKS.values():
        if "first_work_date" in woman and since < woman["first_work_date"] + after <= 0:
            found.pop(check, None)
    return found


def told(then: Woman | None, now: Woman | None, since: int) -> list[tuple[str | None, str | None]]:
    """Her place and outcome in the four readings."""
    return [seen(then, since), seen(now, since), seen(held_back(now, since), 0), seen(now, 0)]


def cause(places: list[str | None]) -> str | None:
    """Why she moved; None where she did not."""
    known, restated, waited, now = places
    if known == now:
        return None
    return "restated" if restated == now else "time" if waited == now else "progress"


def sides(outcome: str | None) -> tuple[int, int]:
    """What she adds to both sides of the insertion rate."""
    return int(outcome == "inserted"), int(outcome in CLOSED)
