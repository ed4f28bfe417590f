"""Rosters written by hand for the counting tests: a few women, days counted from the as-of day."""

from collections.abc import Hashable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from dashboard.counting import classified
from dashboard.outcome import STATES
from dashboard.programme import Programme, parse_programme
from dashboard.reading.frame import FRAME_TYPES
from dashboard.roster import Reconciliation, Roster, SourceInfo
from dashboard.schema import DIMENSIONS, UNSPECIFIED
from dashboard.tally import Tally, tally

AS_OF = date(2026, 11, 23)
A = (AS_OF - date(1970, 1, 1)).days
_DAYS = frozenset(name for name, kind in FRAME_TYPES.items() if kind == "Int64" and name != "row")

_STATUSES = (  # id, stage it proves, place, staff are in touch, kind of work
    ("contacted", "contact", "contact", True, None),
    ("in_training", "softskills", "training", True, None),
    ("on_internship", "internship", "internship", True, None),
    ("finished", "completed", "completed", False, None),
    ("certified", "certified", "certified", False, None),
    ("seeking", "completed", "followup", True, None),
    ("waiting", None, "followup", True, None),
    ("placed", "placed", "placed", True, "salaried"),
    ("business", "placed", "business", True, "own_business"),
    ("job_lost", "placed", "followup", True, "salaried"),
    ("dropped", None, "dropped", False, None),
    ("lost", None, "lost", False, None),
    ("declined", None, "declined", False, None),
    ("deceased", None, "deceased", False, None),
)
STAGES = (
    *("contact", "eligible", "enrolled", "softskills", "training", "internship", "completed", "certified", "placed"),
    *("retained_3", "retained_6", "retained_12"),
)
EVIDENCE_LETTERS = {"D": "dated", "I": "inferred", "U": "undated"}
STOCKS = ("followup", "business", "dropped", "lost", "declined", "deceased")


def _words(name: str) -> str:
    return f'{{ ar = "{name}", fr = "{name}", en = "{name}" }}'


def items(table: str, *ids: str, more: str = "") -> str:
    return "".join(f'[[{table}]]\nid = "{name}"\nname = {_words(name)}\n{more}\n' for name in ids)


def _status(name: str, reached: str | None, now: str, active: bool, kind: str | None) -> str:
    lines = [f'now = "{now}"', f"active = {str(active).lower()}"]
    lines += [f'reached = "{reached}"'] if reached else []
    lines += [f'kind = "{kind}"'] if kind else []
    return items("statuses", name, more="\n".join(lines))


def programme_text(cohorts: str = "") -> str:
    """A small programme as TOML: the path of the real one, cohorts c1 and c2 with 10 places each."""
    head = "\n".join(f"{name} = {_words(name)}" for name in ("name", "subtitle", "operator", "funder"))
    return "\n".join(
        (
            f'id = "test"\ndefault_language = "fr"\nage_bands = [18, 25]\n{head}',
            '[rules]\nversion = "t1"\n[targets]\nenrolled = 30',
            f"[reference]\nrate = 0.97\npassport = {_words('declared')}",
            '[sheet]\nyes = ["oui"]\nno = ["non"]\npending = ["en cours"]\ntotals = ["total"]',
            '[sheet.headers]\nkey = ["code"]',
            cohorts or items("cohorts", "c1", "c2", more="target = 10"),
            items("tracks", "t1", "t2"),
            items("prefectures", "p1"),
            items("vulnerability", "widow", "divorced"),
            items("stages", *STAGES),
            items("now", *STOCKS),
            *(_status(*status) for status in _STATUSES),
        )
    )


PROGRAMME: Programme = parse_programme(programme_text())


def frame(*women: Mapping[str, Any]) -> pd.DataFrame:
    """The roster frame of women given by the fields they have; the rest is missing.

    Days are counted from the as-of day: -90 = ninety days before it. An exact bounded date fills both its ends.
    """
    rows = [_row(number, woman) for number, woman in enumerate(women)]
    columns = {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in FRAME_TYPES.items()}
    return pd.DataFrame(columns)


def _row(number: int, woman: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(woman) - set(FRAME_TYPES)
    assert not unknown, f"no such field: {unknown}"
    row = {"woman": f"P-{number:03d}", "sheet": "S", "row": number + 2, **dict.fromkeys(DIMENSIONS, UNSPECIFIED)}
    row |= {name: A + value if name in _DAYS else value for name, value in woman.items()}
    for name in ("completion_date", "first_work_date"):
        if name in row:
            row |= {f"{name}_earliest": row[name], f"{name}_latest": row[name]}
    return row


def roster(*women: Mapping[str, Any]) -> Roster:
    """A roster of hand-written women."""
    source = SourceInfo("file", "test", datetime(2026, 11, 23, tzinfo=UTC))
    return Roster(frame(*women), (), Reconciliation(len(women), len(women), 0, 0, 0), {}, source)


def classified_women(*women: Mapping[str, Any], programme: Programme = PROGRAMME, as_of: date = AS_OF) -> pd.DataFrame:
    """Every column that counting adds, one row per woman who is there by the as-of day."""
    day = (as_of - date(1970, 1, 1)).days
    return classified(frame(*women), programme, day).collect().to_pandas()


def reach(*women: Mapping[str, Any], programme: Programme = PROGRAMME, as_of: date = AS_OF) -> list[str]:
    """The evidence of each of the twelve stages per woman: D dated, I inferred, U undated, - not reached."""
    return evidence_in(classified_women(*women, programme=programme, as_of=as_of))


def now(*women: Mapping[str, Any], programme: Programme = PROGRAMME, as_of: date = AS_OF) -> list[str | None]:
    """The place each woman is in now."""
    return places_in(classified_women(*women, programme=programme, as_of=as_of))


def outcomes_of(*women: Mapping[str, Any], as_of: date = AS_OF) -> list[str | None]:
    """The outcome of each woman in her window, None without a completion date."""
    return outcomes_in(classified_women(*women, as_of=as_of))


def evidence_in(table: pd.DataFrame) -> list[str]:
    """As `reach`, of classified women."""
    return ["".join(_evidence(row, stage) for stage in STAGES) for row in table.to_dict("records")]


def _evidence(row: Mapping[Hashable, Any], stage: str) -> str:
    return _only([letter for letter, name in EVIDENCE_LETTERS.items() if row[f"{stage}__{name}"]]) or "-"


def _only(found: list[str]) -> str | None:
    """Classes of one topic exclude each other."""
    assert len(found) <= 1, found
    return found[0] if found else None


def places_in(table: pd.DataFrame) -> list[str | None]:
    """As `now`, of classified women."""
    rows = table.to_dict("records")
    return [_only([name for name in (*STAGES, *STOCKS) if row[f"now__{name}"]]) for row in rows]


def outcomes_in(table: pd.DataFrame) -> list[str | None]:
    """As `outcomes_of`, of classified women."""
    return [_only([state for state in STATES if row[f"outcome__{state}"]]) for row in table.to_dict("records")]


def tallied(*women: Mapping[str, Any], as_of: date = AS_OF, programme: Programme = PROGRAMME) -> Tally:
    """The tally of hand-written women."""
    return tally(roster(*women), programme, as_of)
