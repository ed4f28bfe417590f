"""Typed results and Text -> figures. A figure never receives rows of people, and says nothing its table does not."""

from dashboard.figures.curve import curve_figure
from dashboard.figures.funnel import funnel_figure
from dashboard.figures.insertion import insertion_figure
from dashboard.figures.trend import trend_figure
from dashboard.figures.waterfall import waterfall_figure

__all__ = ["curve_figure", "funnel_figure", "insertion_figure", "trend_figure", "waterfall_figure"]
