"""The numbers of a review as plain data: what is signed, printed and exported. Counts only, no woman in it.

Unrounded; rates are fractions of 1; null = undefined or nobody there.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dashboard.follow_up import FollowUp
from dashboard.indicators import Indicator
from dashboard.movements import Flow, Route
from dashboard.restatement import Change, Part
from dashboard.review import Review
from dashboard.waterfall import Step, Waterfall

Json = dict[str, Any]


def review_report(review: Review, listed: FollowUp) -> Json:
    """Everything that the review's page shows of groups, ready for json.dumps."""
    head, moved = review.headline, review.movements
    return {
        "since": review.since.isoformat(),
        "as_of": review.today.isoformat(),
        "definition_version": review.definition_version,
        "cautions": list(review.cautions),
        "headline": {
            "points": head.points,
            "verdict_then": head.verdict_then,
            "verdict_now": head.verdict_now,
            "waterfall": _waterfall(head.waterfall),
        },
        "changes": [_change(change) for change in review.changes],
        "flows": [_flow(flow) for flow in (moved.whole, *moved.flows)],
        "routes": [_route(route) for route in moved.routes],
        "moved": moved.moved,
        "follow_up": follow_up_report(listed),
    }


def follow_up_report(listed: FollowUp) -> Json:
    """How many women need us, in all and by reason; a woman may have several."""
    return {
        "total": listed.total,
        "by_reason": dict(listed.by_reason),
        "without_contact": listed.without_contact,
    }


def _waterfall(found: Waterfall) -> Json:
    return {"start": asdict(found.start), "steps": [_step(step) for step in found.steps], "end": asdict(found.end)}


def _step(step: Step) -> Json:
    return {**asdict(step), "rate": step.rate}


def _change(change: Change) -> Json:
    readings = {"known": change.known, "restated": change.restated, "now": change.now}
    return {
        "id": change.id,
        **{name: _indicator(indicator) for name, indicator in readings.items()},
        "parts": _parts(change.parts),
        "kinds": _parts(change.kinds),
    }


def _indicator(found: Indicator) -> Json:
    names = ("unit", "numerator", "denominator", "value", "low", "high", "worst", "best", "open", "unknown")
    return {name: getattr(found, name) for name in names}


def _parts(parts: Mapping[Any, Part]) -> Json:
    return {name: asdict(part) for name, part in parts.items()}


def _flow(flow: Flow) -> Json:
    return asdict(flow)


def _route(route: Route) -> Json:
    return asdict(route)
