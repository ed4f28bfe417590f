"""The numbers of a view as plain data: what `flask report` prints and exports read. Unrounded; null = undefined."""

from typing import Any

from dashboard.funnel import FunnelStage
from dashboard.indicators import Indicator, Outcomes, judged
from dashboard.overview import Overview, Slice
from dashboard.programme import Programme
from dashboard.roster import Finding, Roster
from dashboard.survival import Curve, CurvePoint

Json = dict[str, Any]


def report(overview: Overview, roster: Roster, programme: Programme) -> Json:
    """Everything that the page shows, ready for json.dumps. Rates are fractions of 1, the median is in days."""
    return {
        "programme": programme.id,
        "as_of": overview.as_of.isoformat(),
        "definition_version": programme.rules.version,
        "reconciliation": _reconciliation(roster),
        **_results(overview.whole, programme),
        "cohorts": [{"cohort": name, **_results(part, programme)} for name, part in overview.cohorts.items()],
        "findings": [_finding(finding) for finding in roster.findings],
    }


def _results(part: Slice, programme: Programme) -> Json:
    return {
        "indicators": [_indicator(indicator) for indicator in part.indicators.values()],
        "outcomes": _outcomes(part.outcomes),
        "verdict": _verdict(part.indicators["insertion_90"], programme),
        "retention": {stage: dict(answers) for stage, answers in part.retention.items()},
        "funnel": [_stage(stage) for stage in part.funnel],
        "stocks": dict(part.stocks),
        "curve": [_point(point) for point in part.curve.points],
        "median": _median(part.curve),
    }


def _reconciliation(roster: Roster) -> Json:
    account = roster.reconciliation
    return {
        "rows_read": account.rows_read,
        "used": account.used,
        "duplicates_merged": account.duplicates_merged,
        "quarantined": account.quarantined,
        "skipped": account.skipped,
    }


def _indicator(found: Indicator) -> Json:
    return {
        "id": found.id,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "rate": found.value if found.unit == "rate" else None,
        "low": found.low,
        "high": found.high,
        "worst": found.worst,
        "best": found.best,
        "open": found.open,
        "unknown": found.unknown,
        "unit": found.unit,
        "value": found.value,
        "target": found.target,
    }


def _outcomes(found: Outcomes) -> Json:
    return {
        "inserted": found.inserted,
        "closed_without": found.closed_without,
        "open": found.open,
        "unknown": found.unknown,
        "undated": found.undated,
        "open_inserted": found.open_inserted,
        "from_placement": found.from_placement,
        "no_completion_date": found.no_completion_date,
        "known_only": found.known_only,
    }


def _verdict(insertion: Indicator, programme: Programme) -> Json:
    """What the interval of insertion_90 says about the declared reference."""
    reference = programme.reference.rate
    return {"indicator": insertion.id, "reference": reference, "says": judged(insertion, reference)}


def _stage(found: FunnelStage) -> Json:
    return {
        "stage": found.stage,
        "reached": found.reached,
        "inferred": found.inferred,
        "now": found.now,
        "dated": found.dated,
        "undated": found.undated,
    }


def _point(point: CurvePoint) -> Json:
    return {
        "day": point.day,
        "at_risk": point.at_risk,
        "incidence": point.incidence,
        "low": point.low,
        "high": point.high,
        "events": point.events,
        "fallback": point.fallback,
        "by_outcome": {name: _by_outcome(name, point) for name in point.by_outcome},
    }


def _by_outcome(name: str, point: CurvePoint) -> Json:
    low, high = point.intervals.get(name, (None, None))
    return {"incidence": point.by_outcome[name], "low": low, "high": high}


def _median(curve: Curve) -> Json:
    return {"n": curve.n, "days": curve.median, "low": curve.median_low, "high": curve.median_high}


def _finding(finding: Finding) -> Json:
    return {"code": finding.code, "severity": finding.severity.value, "cell": finding.cell}
