"""The time to insertion as a step line with its interval. Time runs left to right in every language."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.curve import runs, tick_days
from dashboard.palette import LINE, MUTED, TEAL
from dashboard.programme import Programme
from dashboard.survival import Curve, CurvePoint
from dashboard.tables import days, drawn
from dashboard.text import Text
from layouts.paper.lines import Style
from layouts.paper.sheet import Sheet
from layouts.paper.titled import Titled

BAND = "#DBE8E9"  # teal, thinned, on white
SMALL, LABEL, SHARE = Style(8, colour=MUTED), Style(8, bold=True, colour=TEAL), Style(10, bold=True, colour=TEAL)
LEAST = 84.0  # points of the plot, at least
_AXIS = 26.0  # beside the plot, for the shares


@dataclass(frozen=True)
class CurveChart:
    """The share inserted by each day, and how many women are still followed."""

    titled: Titled
    curve: Curve
    programme: Programme
    text: Text

    def height(self, sheet: Sheet, width: float) -> float:
        """What it takes under its title, at least."""
        return LEAST + 14 + 4 * sheet.leading(8)

    def draw(self, sheet: Sheet, u: float, y: float, width: float, height: float) -> None:
        """Draw it under its title."""
        text, until = self.text, self.curve.drawn_until
        if until is None:
            words = text("figure.curve.empty", n=text.number(self.programme.rules.min_at_risk))
            sheet.paragraph(words, u, y + 12, width, SMALL)
            return
        last = max(until, self.programme.rules.window_days)
        plot = _Plot(sheet, u, y + 12, width, height - 14 - 3 * sheet.leading(8), last, text)
        plot.frame(tick_days(last))
        points = drawn(self.curve)
        for run in runs(points, until):
            plot.band(run)
        plot.steps(points, until)
        self._window(plot, points, until)
        self._median(plot)
        self._at_risk(plot)

    def _window(self, plot: "_Plot", points: Sequence[CurvePoint], until: int) -> None:
        """The end of the window, and the share inserted by then where it is known."""
        sheet, text, window = plot.sheet, self.text, self.programme.rules.window_days
        x = plot.at(window)
        sheet.dotted(x, plot.top, x, plot.foot)
        words = text("figure.curve.window", days=days(window, text))
        middle = sheet.measure(words, Style(8)) / 2
        sheet.put(words, min(x, plot.right - middle), plot.top - 3, Style(8), "center")
        if window > until:
            return
        share = next((point.incidence for point in reversed(points) if point.day <= window), 0.0)
        sheet.dot(x, plot.level(share), 3.0, TEAL)
        value = text.percent(share)
        sheet.put(value, x - 5 - sheet.measure(value, SHARE) / 2, plot.level(share) - 4, SHARE, "center")

    def _median(self, plot: "_Plot") -> None:
        """A guide from 50 % down to the day by which half are inserted, labelled at its foot."""
        day, until, text = self.curve.median, self.curve.drawn_until, self.text
        if day is None or until is None or day > until:
            return
        sheet, x = plot.sheet, plot.at(day)
        sheet.line(x, plot.level(0.5), x, plot.foot, TEAL, 0.8)
        sheet.dot(x, plot.level(0.5), 2.6, TEAL)
        words = text("figure.curve.median", days=days(day, text))
        half = sheet.measure(words, LABEL) / 2 + 4
        sheet.put(words, x + (half if day <= plot.last / 2 else -half), plot.foot - 4, LABEL, "center")

    def _at_risk(self, plot: "_Plot") -> None:
        """Under the days: what they count, then the women still followed on each of them while they are enough."""
        sheet, text, curve = plot.sheet, self.text, self.curve
        step, start = sheet.leading(8), sheet.x(plot.u)
        y = plot.foot + 3 + step
        sheet.put(text("figure.curve.days"), start, y + sheet.foot_of(8), SMALL)
        sheet.put(text("figure.curve.at_risk"), start, y + step + sheet.foot_of(8), SMALL)
        for day in tick_days(plot.last):
            if curve.drawn_until is not None and day <= curve.drawn_until and day in curve.at_risk_on:
                n = text.number(curve.at_risk_on[day])
                sheet.put(n, plot.at(day), y + 2 * step + sheet.foot_of(8), Style(8), "center")


@dataclass(frozen=True)
class _Plot:
    """The plot's own places: days across from the left, shares up from the foot."""

    sheet: Sheet
    u: float
    top: float
    width: float
    height: float
    last: int
    text: Text

    @property
    def foot(self) -> float:
        """Where the share is 0."""
        return self.top + self.height - 2 * self.sheet.leading(8)

    @property
    def _left(self) -> float:
        return self.sheet.left(self.u, self.width) + (6.0 if self.text.rtl else _AXIS)

    @property
    def right(self) -> float:
        """Where the last day is."""
        return self._left + self.width - _AXIS - 6

    def at(self, day: float) -> float:
        """Where a day is."""
        return self._left + day / self.last * (self.right - self._left)

    def level(self, share: float) -> float:
        """Where a share is."""
        return self.foot - share * (self.foot - self.top)

    def frame(self, ticks: Sequence[int]) -> None:
        """Grid, shares on the reader's side, days below."""
        sheet, text = self.sheet, self.text
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = self.level(share)
            sheet.line(self._left, y, self.right, y, LINE if share else MUTED)
            x = self.right + 4 if text.rtl else self._left - 4
            sheet.put(text.percent(share), x, y + 2.8, SMALL, "end")
        for day in ticks:
            sheet.line(self.at(day), self.foot, self.at(day), self.foot + 2.5, MUTED)
            sheet.put(text.number(day), self.at(day), self.foot + 2 + sheet.foot_of(8), SMALL, "center")

    def band(self, run: Sequence[tuple[int, int, float, float]]) -> None:
        """The interval over a stretch of days: along the upper bounds, back along the lower ones."""
        upper = [(day, high) for start, end, _, high in run for day in (start, end)]
        lower = [(day, low) for start, end, low, _ in reversed(run) for day in (end, start)]
        self.sheet.polygon([(self.at(day), self.level(bound)) for day, bound in (*upper, *lower)], BAND)

    def steps(self, points: Sequence[CurvePoint], until: int) -> None:
        """The share rises at each day with an event and is level between; it starts at nobody on day 0."""
        corners, share = [(self.at(0), self.level(0))], 0.0
        for point in points:
            corners += [(self.at(point.day), self.level(share)), (self.at(point.day), self.level(point.incidence))]
            share = point.incidence
        self.sheet.path([*corners, (self.at(until), self.level(share))], TEAL, 1.6)
