"""Nineteen women at two reviews a week apart, by hand. Days are counted from today: the last review is day -7."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from women import AS_OF, PROGRAMME, roster

from dashboard.individuals import Numbers
from dashboard.programme import Programme
from dashboard.readings import Readings, readings
from dashboard.restatement import Rows, kinds_of
from dashboard.roster import Finding, Roster, Severity

SINCE = AS_OF - timedelta(days=7)
Woman = Mapping[str, Any]
OLD: Woman = {"start_date": -400}

# What the last review knew, and what is known now; a woman who is left out of one of them is not in that sheet.
THEN: dict[int, Woman] = {
    1: {**OLD, "completion_date": -60, "status": "seeking"},
    2: {"start_date": -200, "status": "in_training"},
    3: {**OLD, "completion_date": -92, "first_work_date": -50, "status": "placed"},
    4: {**OLD, "completion_date": -94, "status": "seeking"},
    5: {**OLD, "completion_date": -93, "status": "seeking"},
    6: {**OLD, "completion_date": -95, "status": "lost"},
    7: {**OLD, "completion_date": -200, "status": "seeking"},
    8: {**OLD, "completion_date": -200, "first_work_date": -105, "status": "placed"},
    9: {**OLD, "completion_date": -200, "first_work_date": -150, "status": "placed"},
    10: {**OLD, "completion_date": -180, "first_work_date": -170, "status": "placed"},
    11: {**OLD, "completion_date": -180, "status": "seeking"},
    14: {"start_date": -100, "status": "in_training"},
    16: {**OLD, "completion_date": -200, "status": "finished", "last_contact": -150},
    17: {**OLD, "completion_date": -300, "status": "seeking"},
    18: {"start_date": -60, "status": "in_training"},
    19: {**OLD, "completion_date": -300, "first_work_date": -290, "status": "placed"},
}
NOW: dict[int, Woman] = {
    1: {**THEN[1], "first_work_date": -3, "status": "placed"},  # found work
    2: {**THEN[2], "completion_date": -2, "status": "finished"},  # completed
    3: THEN[3],  # her window closed, she had work before
    4: {**THEN[4], "first_work_date": -5, "status": "placed"},  # found work the day before her window closed
    5: THEN[5],  # her window closed without work
    6: THEN[6],  # her window closed, and nobody knows
    7: {**THEN[7], "first_work_date": -150, "status": "placed"},  # work of long ago, entered this week
    8: {**THEN[8], "first_work_date": -115},  # ten days earlier: 85 after completion and not 95
    9: {**OLD, "completion_date": -200, "status": "seeking"},  # she had not found work after all
    12: {**OLD, "completion_date": -150, "first_work_date": -140, "status": "placed"},  # forgotten until now
    13: {"contact_date": -3, "status": "contacted"},  # came this week
    14: {**THEN[14], "status": "dropped"},  # left, nobody wrote when
    15: {**OLD, "completion_date": -120, "status": "seeking"},  # had been in the sheet before, and is back
    16: {**THEN[16], "last_contact": -1},  # called: no work, her window closed long ago
    18: {**THEN[18], "exit_date": -1, "status": "dropped"},  # left yesterday
    19: THEN[19],
}
# 10 is in the sheet no more, 11 asked to be erased, 17 was entered twice and is one row now.
ROWS = Rows(erased={"W11"}, before={"W15", "W1"})
_MERGED = Finding("duplicate_merged", Severity.WARNING, "S", row=17)


def sheet(women: Mapping[int, Woman], *findings: Finding) -> Roster:
    """A roster of numbered women: woman 7 is "W7" and stands in row 7."""
    numbered = ({"woman": f"W{number}", **woman} for number, woman in women.items())
    found = roster(*numbered)
    found.frame["row"] = list(women)
    found.frame["row"] = found.frame["row"].astype("Int64")
    return replace(found, findings=findings)


def last_week() -> Roster:
    """The roster that the last review saw."""
    return sheet(THEN)


def this_week() -> Roster:
    """The roster of today, its rows in another order."""
    return sheet(dict(reversed(NOW.items())), _MERGED)


@cache
def weeks() -> tuple[Readings, Numbers]:
    """The readings of the two reviews, and how each woman's past was told otherwise."""
    then, now = last_week(), this_week()
    found = readings(then, now, PROGRAMME, SINCE, AS_OF)
    return found, kinds_of(found, then, now, ROWS)


def read(then: Mapping[int, Woman], now: Mapping[int, Woman], programme: Programme = PROGRAMME) -> Readings:
    """The readings of two hand-written rosters a week apart."""
    return readings(sheet(then), sheet(now), programme, SINCE, AS_OF)
