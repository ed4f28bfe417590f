"""How long each finding has stood and how many have gone: a memory of addresses and days, never of what cells hold.

Rows move when staff sort the sheet or insert a line. So what disappears in one place and appears in another of the
same worksheet, field and kind is taken to have moved; only what disappears altogether has been mended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.roster import Finding, Roster, Severity

MOST = 5_000  # findings whose age is remembered
KEPT_DAYS = 70  # days for which the count of mended findings is kept
WEEK = 7

Kind = tuple[str, str, str]
"""Title of the worksheet, field and code of a finding; the field is empty for findings about a row."""


@dataclass(frozen=True)
class Memory:
    """What is remembered of the findings of one source.

    `since`: for each kind, sheet rows in rising order (0 for a whole column) with the day each was first seen.
    `mended`: findings that disappeared, by the day on which it was noticed.
    """

    source: str = ""
    since: Mapping[Kind, tuple[tuple[int, date], ...]] = field(default_factory=dict)
    mended: Mapping[date, int] = field(default_factory=dict)

    def first_seen(self, finding: Finding) -> date | None:
        """The day a finding was first seen; None where that is not remembered."""
        rows = self.since.get(kind(finding), ())
        return next((day for row, day in rows if row == (finding.row or 0)), None)

    def mended_lately(self, today: date) -> int:
        """Findings that disappeared in the seven days up to today."""
        return sum(count for day, count in self.mended.items() if today - timedelta(days=WEEK) < day <= today)


def kind(finding: Finding) -> Kind:
    """What a finding has in common with others that it may change places with."""
    return finding.sheet, finding.field or "", finding.code


def remember(memory: Memory, roster: Roster, today: date) -> Memory:
    """The memory after another reading. Of another source nothing is remembered yet, and nothing counts as mended."""
    source = roster.source.url or roster.source.label
    if source != memory.source:
        memory = Memory(source)
    found = _rows(roster.findings)
    present = {finding.sheet for finding in roster.findings} | set(roster.frame["sheet"].unique())
    since, gone, room = {}, 0, MOST
    for name in sorted({*found, *memory.since}):
        before = memory.since.get(name, ())
        now = _matched(before, found.get(name, []), today)
        gone += max(0, len(before) - len(now)) if name[0] in present else 0
        since[name] = now[:room]
        room -= len(since[name])
    mended = dict(memory.mended)
    if gone:
        mended[today] = mended.get(today, 0) + gone
    oldest = today - timedelta(days=KEPT_DAYS)
    return Memory(
        source,
        {name: rows for name, rows in since.items() if rows},
        {day: count for day, count in mended.items() if day > oldest},
    )


def _rows(findings: Iterable[Finding]) -> dict[Kind, list[int]]:
    """The rows of what staff can mend, by kind."""
    rows: dict[Kind, set[int]] = {}
    for finding in findings:
        if finding.severity is not Severity.NORMALISED:
            rows.setdefault(kind(finding), set()).add(finding.row or 0)
    return {name: sorted(found) for name, found in rows.items()}


def _matched(before: tuple[tuple[int, date], ...], rows: list[int], today: date) -> tuple[tuple[int, date], ...]:
    """Each row with the day it was first seen: its own, else that of one that has moved, else today."""
    known = dict(before)
    days = {row: known[row] for row in rows if row in known}
    moved = [day for row, day in before if row not in days]
    arrived = [row for row in rows if row not in days]
    days |= dict(zip(arrived, moved, strict=False))
    return tuple((row, days.get(row, today)) for row in rows)
