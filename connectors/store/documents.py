"""Findings, the account and the source of a roster as compact documents, and back.

Nothing in them is personal, unless staff wrote it into the worksheet of notes.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from dashboard.history import Held
from dashboard.roster import DatedNote, FieldCount, Finding, Reconciliation, Roster, Severity, SourceInfo

Kind = tuple[Any, ...]
"""All of a finding but its row and params."""


def compact(value: Any) -> str:
    """JSON without white space, in ASCII."""
    return json.dumps(value, separators=(",", ":"))


def content_address(kind: str, text: str) -> str:
    """The name of a document: the same exactly for the same content."""
    return hashlib.sha256(f"{kind}\0{text}".encode()).hexdigest()


def compressed(text: str) -> bytes:
    """A document's text as it is kept."""
    return zlib.compress(text.encode())


def expanded(body: bytes) -> str:
    """The text of a kept document."""
    return zlib.decompress(body).decode()


def findings_text(findings: Sequence[Finding]) -> str:
    """Findings by columns. A row is told as the distance from the last finding of its kind: when a line is inserted at
    the top of a sheet, only the first of each kind changes.
    """
    kinds: dict[Kind, int] = {}
    rows: dict[Kind, int] = {}
    which, steps, params = [], [], []
    for place, finding in enumerate(findings):
        kind = (finding.code, finding.severity.value, finding.sheet, finding.column, finding.field, finding.gid)
        which.append(kinds.setdefault(kind, len(kinds)))
        steps.append(None if finding.row is None else finding.row - rows.get(kind, 0))
        rows[kind] = rows.get(kind, 0) if finding.row is None else finding.row
        if finding.params:
            params.append([place, finding.params])
    return compact({"kinds": list(kinds), "which": which, "steps": steps, "params": params})


def findings_from(text: str) -> tuple[Finding, ...]:
    """The findings of a document."""
    told = json.loads(text)
    params = {place: tuple((name, value) for name, value in pairs) for place, pairs in told["params"]}
    rows = [0] * len(told["kinds"])
    kinds = [(code, Severity(severity), *rest) for code, severity, *rest in told["kinds"]]
    findings = []
    for place, (which, step) in enumerate(zip(told["which"], told["steps"], strict=True)):
        rows[which] += step or 0
        code, severity, sheet, column, field, gid = kinds[which]
        row = None if step is None else rows[which]
        findings.append(Finding(code, severity, sheet, column, row, field, gid, params.get(place, ())))
    return tuple(findings)


def account_text(roster: Roster) -> str:
    """What became of rows and cells, which columns were not read, the dated notes, the worksheets' ids."""
    fields = {name: [count.filled, count.parsed, count.rejected] for name, count in roster.fields.items()}
    told: dict[str, Any] = {"rows": asdict(roster.reconciliation), "fields": fields, "unread": roster.unread}
    if roster.notes:
        told["notes"] = [[note.on.isoformat(), note.text] for note in roster.notes]
    if roster.gids:
        told["gids"] = dict(roster.gids)
    return compact(told)


def notes_from(text: str) -> tuple[DatedNote, ...]:
    """The dated notes of an account; none of one that is older than notes."""
    return tuple(DatedNote(date.fromisoformat(day), words) for day, words in json.loads(text).get("notes", ()))


def gids_from(text: str) -> dict[str, int]:
    """The worksheets' ids of an account; none of one that is older than they are."""
    return dict(json.loads(text).get("gids", {}))


def account_from(text: str) -> tuple[Reconciliation, dict[str, FieldCount], tuple[str, ...]]:
    """The account of a document."""
    told = json.loads(text)
    fields = {name: FieldCount(*counts) for name, counts in told["fields"].items()}
    return Reconciliation(**told["rows"]), fields, tuple(told["unread"])


def account_without(text: str, women: int) -> str:
    """An account with the rows of some women taken out. Cells are counted by column and stay as they were."""
    told = json.loads(text)
    rows = Reconciliation(**told["rows"])
    rows = replace(rows, rows_read=rows.rows_read - women, used=rows.used - women)
    return compact({**told, "rows": asdict(rows)})


def source_text(source: SourceInfo) -> str:
    """Where a roster came from."""
    return compact({**asdict(source), "fetched_at": source.fetched_at.isoformat()})


def source_from(text: str) -> SourceInfo:
    """The source of a document."""
    told = json.loads(text)
    return SourceInfo(**{**told, "fetched_at": datetime.fromisoformat(told["fetched_at"])})


def held_text(held: Held) -> str:
    """A reading that is held back."""
    return compact({**asdict(held), "params": params_of(held.params), "since": held.since.isoformat()})


def held_from(text: str) -> Held:
    """The held reading of a document."""
    told = json.loads(text)
    return Held(**{**told, "since": datetime.fromisoformat(told["since"])})


def params_of(params: Mapping[str, str | int]) -> dict[str, str | int]:
    """Parameters of a sentence as JSON has them."""
    return dict(params)
