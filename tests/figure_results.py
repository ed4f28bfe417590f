"""Hand-made results for the tests of figures, tables and captions: counts only, each sum checked by eye."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec

import plotly.graph_objects as go

from dashboard import figures
from dashboard.figures.picture import Figure
from dashboard.figures.trend import trend_figure as as_sent_trend
from dashboard.figures.waterfall import waterfall_figure as as_sent_waterfall
from dashboard.funnel import FunnelStage
from dashboard.indicators import Indicator, Outcomes
from dashboard.programme import Programme, load_programme
from dashboard.survival import Curve, CurvePoint
from dashboard.text import Text

P = ParamSpec("P")
PROGRAMME: Programme = load_programme(Path(__file__).parent.parent / "programme.toml")

STAGES = (
    FunnelStage("contact", 60, 60, 0, 0, now=5, of_first=1.0, of_previous=None),
    FunnelStage("enrolled", 45, 40, 5, 0, now=4, of_first=0.75, of_previous=0.75),
    FunnelStage("completed", 30, 24, 2, 4, now=9, of_first=0.5, of_previous=2 / 3),
    FunnelStage("placed", 21, 21, 0, 0, now=21, of_first=0.35, of_previous=0.7),
)


def rate(numerator: int, denominator: int, low: float, high: float, worst: float, best: float) -> Indicator:
    value = numerator / denominator
    return Indicator("insertion_90", "rate", numerator, denominator, value, low, high, worst, best)


# Field reference 1.4: 45 completers, 40 placed, 2 not, 3 unknown: worst 88.9 %, best 95.6 %.
CLOSED = (
    Outcomes(inserted=40, closed_without=2, unknown=2, undated=1, open=0, open_inserted=0),
    rate(40, 45, 0.765, 0.952, 40 / 45, 43 / 45),
)
HALF_OPEN = (
    Outcomes(inserted=8, closed_without=2, unknown=0, undated=0, open=10, open_inserted=4),
    rate(8, 10, 0.49, 0.943, 0.8, 0.8),
)
# A value that must not be shown: no window has closed.
ALL_OPEN = (
    Outcomes(inserted=0, closed_without=0, unknown=0, undated=0, open=12, open_inserted=3),
    Indicator("insertion_90", "rate", 0, 0, 0.97, 0.9, 1.0, 0.0, 1.0, open=12),
)
NOBODY = (Outcomes(0, 0, 0, 0, 0, 0), Indicator("insertion_90", "rate", 0, 0, None))
COHORTS = {"c1": CLOSED, "c2": HALF_OPEN, "c3": ALL_OPEN}

# Five or more at risk until day 75 (field reference 1.3, the golden example); days 90 and 120 may not be shown.
CURVE = Curve(
    points=(
        CurvePoint(12, 12, 1, 1 / 12, 0.012, 0.461),
        CurvePoint(30, 11, 2, 0.25, 0.091, 0.583),
        CurvePoint(45, 8, 1, 0.34375, None, None),
        CurvePoint(60, 7, 1, 0.4375, 0.21, 0.755),
        CurvePoint(75, 5, 1, 0.55, 0.287, 0.84),
        CurvePoint(90, 3, 1, 0.70, 0.3959, 0.9436),
        CurvePoint(120, 2, 1, 0.85, 0.5, 0.99),
    ),
    n=12,
    drawn_until=75,
    at_risk_on={0: 12, 15: 11, 30: 11, 45: 8, 60: 7, 75: 5, 90: 3, 120: 2},
    median=75.0,
    median_low=30.0,
    median_high=None,
)
NO_CURVE = Curve((), n=3, drawn_until=None, at_risk_on={0: 3}, median=None, median_low=None, median_high=None)

EN, AR = Text("en"), Text("ar")
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def plain(words: str) -> str:
    """Words without the marks that hold their direction."""
    return words.translate(_ISOLATES)


def drawn(make: Callable[P, Figure]) -> Callable[P, go.Figure]:
    """A figure as plotly's own classes take it: what they do not know, or take otherwise, is a ValueError."""

    def made(*args: P.args, **kwargs: P.kwargs) -> go.Figure:
        return go.Figure(make(*args, **kwargs))

    return made


curve_figure, funnel_figure = drawn(figures.curve_figure), drawn(figures.funnel_figure)
insertion_figure = drawn(figures.insertion_figure)
trend_figure, waterfall_figure = drawn(as_sent_trend), drawn(as_sent_waterfall)


def trace(figure: go.Figure, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name == name)


def words(figure: go.Figure) -> list[str]:
    return [plain(note.text) for note in figure.layout.annotations]
