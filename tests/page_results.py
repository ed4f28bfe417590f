"""Hand-made views for the tests of layouts: counts only, each sum checked by eye."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from figure_results import COHORTS, CURVE, NO_CURVE, PROGRAMME, STAGES
from truth_results import deeper

from dashboard.indicators import Indicator, Outcomes
from dashboard.overview import Overview, Slice
from dashboard.programme import Lang
from dashboard.roster import Finding, Reconciliation, Severity, SourceInfo
from dashboard.survival import Curve
from dashboard.text import Text
from dashboard.view import View
from layouts.shown import Feed, Shown

TODAY = date(2026, 11, 23)
BEFORE = date(2026, 11, 16)
LANGS: tuple[Lang, ...] = ("ar", "fr", "en")

# Field reference 1.4: 40 of 45 placed, 3 not known; 12 windows open, 5 of those women already at work.
OUTCOMES = Outcomes(inserted=40, closed_without=2, unknown=2, undated=1, open=12, open_inserted=5)
NOBODY = Outcomes(0, 0, 0, 0, 0, 0)


def count(name: str, value: int, **more: Any) -> Indicator:
    return Indicator(name, "count", value, None, value, **more)


def rate(name: str, numerator: int, denominator: int, **more: Any) -> Indicator:
    value = numerator / denominator if denominator else None
    return Indicator(name, "rate", numerator, denominator, value, **more)


def indicators(**changed: Indicator) -> dict[str, Indicator]:
    """104 enrolled of 135: 39 in training, 57 completed, 8 left."""
    found = [
        count("enrolled", 104, target=135),
        count("in_training", 39),
        count("completed", 57),
        count("certified", 50),
        rate("completion", 57, 60),
        rate("certification", 50, 57, open=6),
        rate("insertion_90", 40, 45, low=0.765, high=0.952, worst=40 / 45, best=43 / 45, open=12, unknown=3),
        rate("own_business", 4, 45),
        rate("dropout", 8, 104),
        Indicator("time_to_insertion", "days", None, 57, 75.0, 30.0, None),
    ]
    return {indicator.id: indicator for indicator in found} | changed


EMPTY = {
    "enrolled": count("enrolled", 0, target=135),
    "in_training": count("in_training", 0),
    "completed": count("completed", 0),
    "certified": count("certified", 0),
} | {name: rate(name, 0, 0) for name in ("completion", "certification", "insertion_90", "own_business", "dropout")}
EMPTY["time_to_insertion"] = Indicator("time_to_insertion", "days", None, 0, None)


def overview(
    found: Mapping[str, Indicator] | None = None,
    before: Mapping[str, Indicator] | None = None,
    outcomes: Outcomes = OUTCOMES,
    curve: Curve = CURVE,
    women: int = 130,
) -> Overview:
    whole = Slice(dict(found or indicators()), outcomes, STAGES, {}, curve)
    parts = {
        cohort: replace(whole, outcomes=results, indicators=indicators(insertion_90=insertion))
        for cohort, (results, insertion) in COHORTS.items()
    }
    return Overview(TODAY, women, whole, BEFORE, dict(before or indicators()), parts)


NO_OVERVIEW = overview(EMPTY, EMPTY, NOBODY, NO_CURVE, women=10)

FINDINGS = (
    Finding("future_date", Severity.REJECTED, "المستفيدات", "H", 27, gid=5),
    Finding("no_key", Severity.QUARANTINED, "المستفيدات", None, 31, gid=5),
    Finding("trimmed", Severity.NORMALISED, "المستفيدات", "C", None, params=(("count", 12),)),
)
FEED = Feed(
    version=1,
    source=SourceInfo("file", "roster.xlsx", datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
    age=130.0,
    reconciliation=Reconciliation(141, 130, 2, 1, 8),
    unread=("الهاتف", "CIN"),
)
CHOICES = {"cohort": ("c1", "c2", "c3"), "track": tuple(track.id for track in PROGRAMME.tracks)}


def shown(lang: Lang = "en", result: Overview | None = None, **changed: Any) -> Shown:
    """A view of `result` (the usual one if not given), everything else as it mostly is."""
    given: dict[str, Any] = {
        "programme": PROGRAMME,
        "text": Text(lang),
        "today": TODAY,
        "search": f"?lang={lang}",
        "view": View(lang),
        "feed": FEED,
        "choices": CHOICES,
        "days": (TODAY, BEFORE),
        "overview": result or overview(),
        "depth": deeper(),
    }
    if "overview" in changed and changed["overview"] is None:
        changed.setdefault("depth", None)
    return Shown(**given | changed)
