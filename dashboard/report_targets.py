"""What `flask report` prints of targets, tracking and the account: plain data, unrounded, null = undefined."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dashboard.accounting import Account, Step, account
from dashboard.roster import Roster
from dashboard.tally import Counted, Tally
from dashboard.targets import targets
from dashboard.tracking import Actual, Row, tracking

Json = dict[str, Any]


def report_targets(tally: Tally, on: Counted, roster: Roster) -> Json:
    """`targets`, `tracking` and `accounting` of a view, ready for json.dumps. Dates are ISO 8601."""
    table = tracking(on, tally.programme, tally.as_of)
    return {
        "targets": plain(targets(tally, on)),
        "tracking": {
            "period": table.kind,
            "lights": table.lights.model_dump(),
            "rows": [_row(row) for row in table.rows],
        },
        "accounting": _account(account(tally, roster)),
    }


def plain(value: Any) -> Any:
    """A frozen result as dictionaries, lists, numbers and texts, under the names of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _row(row: Row) -> Json:
    entry = row.entry
    return {
        "id": entry.code,
        "indicator": entry.indicator,
        "level": entry.level,
        "unit": entry.unit,
        "direction": entry.direction,
        "type": entry.type,
        "agreed": entry.agreed,
        "baseline": entry.baseline,
        "final_target": row.final_target,
        "final_achieved": row.final_achieved,
        "periods": [_actual(actual) for actual in row.actuals],
    }


def _actual(actual: Actual) -> Json:
    names = (
        *("value", "added", "numerator", "denominator", "low", "high", "open", "unknown"),
        *("target", "target_due", "achieved", "variance", "variance_share", "judged"),
    )
    period = actual.period
    head = {"id": period.number, "first": period.first, "last": period.last, "as_of": actual.as_of}
    found = {**head, **{name: getattr(actual, name) for name in names}}
    light = {"light": actual.light.colour, "reason": actual.light.reason}
    return {**{name: plain(value) for name, value in found.items()}, **light}


def _account(found: Account) -> Json:
    return {
        "line": [_step(step) for step in found.line],
        "denominators": {branch.indicator: [_step(step) for step in branch.steps] for branch in found.branches},
        "inserted": dict(found.inserted),
        "from_placement": found.from_placement,
        "evidence": plain(found.evidence),
    }


def _step(step: Step) -> Json:
    return {"id": step.id, "n": step.n, "leaving": dict(step.leaving)}
