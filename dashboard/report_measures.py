"""The numbers one click deeper as plain data: what `flask report` adds to the overview. Unrounded; null = undefined."""

from typing import Any

from dashboard.alternatives import alternatives
from dashboard.earnings import earnings
from dashboard.gaps import Gap, GapTable, gaps
from dashboard.measures import Retention, dropout, retentions, satisfaction, time_between
from dashboard.report_targets import plain
from dashboard.soft_skills import soft_skills
from dashboard.tally import Tally

Json = dict[str, Any]


def report_measures(tally: Tally) -> Json:
    """`retention`, `time_between`, `dropout`, `earnings`, `soft_skills`, `satisfaction`, `gaps`, `alternatives`.

    Rates are indicators as in the report: numerator, denominator, value, low, high, worst, best, open, unknown.
    """
    return {
        "retention": {found.stage: _retention(found) for found in retentions(tally)},
        "time_between": [plain(found) for found in time_between(tally)],
        "dropout": plain(dropout(tally)),
        "earnings": plain(earnings(tally)),
        "soft_skills": plain(soft_skills(tally)),
        "satisfaction": plain(satisfaction(tally)),
        "gaps": [_gaps(found) for found in gaps(tally)],
        "alternatives": [plain(found) for found in alternatives(tally)],
    }


def _retention(found: Retention) -> Json:
    """The answers as the report of each cohort names them, and the rates."""
    return {
        "days": found.days,
        "same_employer": found.with_same,
        "working": found.working,
        "not_working": found.not_working,
        "unknown": found.unknown,
        "not_due": found.not_due,
        "undated": found.undated,
        "known_only": found.known_only,
        "rates": {"any_employer": plain(found.any_employer), "same_employer": plain(found.same_employer)},
    }


def _gaps(found: GapTable) -> Json:
    return {
        "id": found.dimension,
        "overlapping": found.overlapping,
        "least": found.least,
        "compared": found.compared,
        "by_chance": found.by_chance,
        "groups": [_gap(gap) for gap in found.groups],
    }


def _gap(found: Gap) -> Json:
    """One group on one line: its rate with interval, the others, the difference with interval, and what to say."""
    return {
        "id": found.group,
        "numerator": found.rate.numerator,
        "denominator": found.rate.denominator,
        "rate": found.rate.value,
        "low": found.rate.low,
        "high": found.rate.high,
        "worst": found.rate.worst,
        "best": found.rate.best,
        "open": found.rate.open,
        "unknown": found.rate.unknown,
        "others_numerator": found.others.numerator,
        "others_denominator": found.others.denominator,
        "difference": found.difference,
        "difference_low": found.low,
        "difference_high": found.high,
        "state": found.state,
    }
