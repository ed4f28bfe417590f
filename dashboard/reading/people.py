"""Rows become women: rows with one key are one woman, unless they cannot be (field reference 5.2, No. 28 and 29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from dashboard.reading.catalogue import SEVERITY
from dashboard.roster import Finding
from dashboard.schema import BOUNDED_DATES, FIELDS, Kind

Record = dict[str, Any]

# A woman who enrols again keeps what she had reached: of each of these the earliest date counts.
_EARLIEST = frozenset(field.id for field in FIELDS if field.stage and field.kind is Kind.DATE)
# What happened in an enrolment that was followed by another says nothing about where she is now.
_OF_LAST_ENROLMENT = ("cohort", "track", "status", "planned_end", "exit_date", "exit_reason")
# These describe the first job and stay with its date.
_OF_FIRST_JOB = ("work_kind", "wage", "weekly_hours", "check_3", "check_6", "check_12")
# What two rows of one woman must agree on: of two enrolments, who she is; of one, all but what changes by itself.
_LASTING = ("birth_date", "district", "vulnerability")
_CHANGING = ("key", "last_contact", "age")
_COMPARED = tuple(field.id for field in FIELDS if field.id not in _CHANGING)
_ONE_TYPO = 1  # parts (year, month, day) in which two spellings of one birth date may differ


@dataclass(frozen=True)
class People:
    """One row per woman, the findings about rows that met, and how many rows were merged into another."""

    frame: pd.DataFrame
    findings: tuple[Finding, ...]
    merged: int


def one_row_each(frame: pd.DataFrame, letters: Sequence[Mapping[str, str]], gids: Sequence[int | None]) -> People:
    """Merge rows on equal keys. `letters[sheet_number]` gives the column of each field, for addresses.

    `frame` has the roster columns, `birth_date`, and `sheet_number`; its order is the order of the sheets.
    """
    repeated = frame["woman"].duplicated(keep=False)
    if not repeated.any():
        return People(frame, (), 0)
    meeting = _Meeting(letters, gids)
    rows = frame[repeated].astype(object)
    records = cast(list[Record], rows.where(rows.notna(), None).to_dict("records"))
    groups: dict[str, list[Record]] = {}
    for place, record in zip(rows.index, records, strict=True):
        groups.setdefault(record["woman"], []).append(record | {"place": place})
    women = [woman for group in groups.values() for woman in meeting.women(group)]
    merged = pd.DataFrame(women).set_index("place")[frame.columns].astype(frame.dtypes.to_dict())
    result = pd.concat([frame[~repeated], merged]).sort_index()
    return People(result, tuple(meeting.findings), len(rows) - len(women))


class _Meeting:
    """Rows of one key, told apart or merged."""

    def __init__(self, letters: Sequence[Mapping[str, str]], gids: Sequence[int | None]) -> None:
        self.letters, self.gids = letters, gids
        self.findings: list[Finding] = []

    def women(self, rows: list[Record]) -> list[Record]:
        """The women behind rows of one key: one, or more where birth dates say so (No. 29)."""
        persons: list[list[Record]] = []
        for row in rows:
            same = next((person for person in persons if _may_be_one(person[0], row)), None)
            if same is not None:
                same.append(row)
                continue
            if persons:
                self._add("same_key_two_women", row, "key", persons[0][0])
            persons.append([row])
        found = [self._merge(person) if len(person) > 1 else person[0] for person in persons]
        for number, woman in enumerate(found[1:], start=2):
            woman["woman"] = f"{woman['woman']}~{number}"
        return found

    def _merge(self, rows: list[Record]) -> Record:
        """One record of a woman's rows: the last enrolment, with what the others add."""
        starts = [row["start_date"] for row in rows if row["start_date"] is not None]
        latest = max(starts, default=0)  # a row without a start belongs to the enrolment that goes on
        rows = sorted(rows, key=lambda row: (latest if row["start_date"] is None else row["start_date"], row["place"]))
        last = rows[-1]
        again = any(_other_enrolment(row, last) for row in rows)
        for row in rows[:-1]:
            self._add("re_enrolled" if _other_enrolment(row, last) else "duplicate_merged", row, "key", last)
            self._compare(row, last)
        woman = dict(last)
        for name in woman:
            if name not in _OF_LAST_ENROLMENT or not again:
                woman[name] = next((row[name] for row in reversed(rows) if row[name] is not None), None)
        _take_earliest(woman, rows)
        woman |= {name: last[name] for name in ("place", "sheet", "row", "sheet_number", "woman")}
        if any(row["certificate"] == "yes" for row in rows):
            woman["certificate"] = "yes"
        contacts = [row["last_contact"] for row in rows if row["last_contact"] is not None]
        woman["last_contact"] = max(contacts, default=None)
        return woman

    def _compare(self, row: Record, last: Record) -> None:
        """Warn of cells that disagree; what differs by nature between two enrolments is not compared."""
        compared = _LASTING if _other_enrolment(row, last) else _COMPARED
        for field in compared:
            column = "prefecture" if field == "district" else field
            if None not in (row[column], last[column]) and row[column] != last[column]:
                self._add("duplicate_conflict", row, field, last)

    def _add(self, code: str, row: Record, field: str, other: Record) -> None:
        """A finding about a row's cell and the same field's cell in another row."""
        there = self._cell(code, other, field, ())
        self.findings.append(self._cell(code, row, field, (("other", there.cell),)))

    def _cell(self, code: str, row: Record, field: str, params: tuple[tuple[str, str | int], ...]) -> Finding:
        number = row["sheet_number"]
        letter = self.letters[number].get(field) or self.letters[number].get("key")
        return Finding(code, SEVERITY[code], row["sheet"], letter, row["row"], field, self.gids[number], params)


def _may_be_one(one: Record, other: Record) -> bool:
    """Whether two birth dates may be one, mistyped: day and month swapped, or one part of three wrong."""
    if one["birth_date"] is None or other["birth_date"] is None:
        return True
    parts = [_parts(int(record["birth_date"])) for record in (one, other)]
    swapped = (parts[0][0], parts[0][2], parts[0][1]) == parts[1]
    return swapped or sum(a != b for a, b in zip(*parts, strict=True)) <= _ONE_TYPO


def _parts(day: int) -> tuple[int, int, int]:
    stamp = pd.Timestamp(day, unit="D")
    return stamp.year, stamp.month, stamp.day


def _other_enrolment(row: Record, last: Record) -> bool:
    """Whether two rows tell of two enrolments rather than of one, typed twice."""
    return None not in (row["start_date"], last["start_date"]) and row["start_date"] != last["start_date"]


def _take_earliest(woman: Record, rows: Sequence[Record]) -> None:
    """Set every stage's date to the earliest the rows give; vague ones stay vague."""
    for name in _EARLIEST:
        low, high = (f"{name}_earliest", f"{name}_latest") if name in BOUNDED_DATES else (name, name)
        dated = [row for row in rows if row[low] is not None]
        if not dated:
            continue
        first = min(dated, key=lambda row: (row[low], row[name] is None))
        woman |= {key: first[key] for key in (name, low, high)}
        if name == "first_work_date":
            woman |= {key: first[key] for key in _OF_FIRST_JOB if first[key] is not None}
