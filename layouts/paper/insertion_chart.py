"""Insertion by cohort: women by outcome on the reader's side, the rate with its interval on the other."""

from dataclasses import dataclass

from dashboard.figures.insertion import why_no_rate
from dashboard.figures.states import STATES, key, share_of, women
from dashboard.indicators import Indicator, Outcomes
from dashboard.palette import INK, LINE, MUTED, TEAL, TRACK
from dashboard.programme import Programme
from dashboard.tables import ALL, Cohorts, closed_rate, cohort_name, days
from dashboard.text import Text
from layouts.paper.lines import Style
from layouts.paper.sheet import Sheet
from layouts.paper.titled import Titled, draw_key, key_lines

MOST = 5  # cohorts shown, the latest; all of them are in the table
NAME, POOLED, SMALL = Style(8.5), Style(8.5, bold=True), Style(8, colour=MUTED)
ROW, THICK = 24.0, 9.5
SHARES, RATES = (0.0, 0.5), (0.57, 0.97)  # of the width
_DIGIT = 5.0  # points that one digit needs on a bar


@dataclass(frozen=True)
class InsertionChart:
    """One row a cohort, and one that pools them."""

    titled: Titled
    cohorts: Cohorts
    programme: Programme
    text: Text

    def shown(self) -> Cohorts:
        """The cohorts that there is room for."""
        own = [cohort for cohort in self.cohorts if cohort != ALL][-MOST:]
        return {cohort: found for cohort, found in self.cohorts.items() if cohort in own or cohort == ALL}

    def height(self, sheet: Sheet, width: float) -> float:
        """What it takes under its title."""
        entries = key_lines(key(self.shown(), self.text), sheet, width)
        headings = 2 * sheet.leading(8) + 2
        return headings + ROW * len(self.shown()) + sheet.leading(8) + 4 + len(entries) * (sheet.leading(8) + 1)

    def draw(self, sheet: Sheet, u: float, y: float, width: float) -> None:
        """Draw it under its title."""
        shown, text = self.shown(), self.text
        if not any(women(outcomes) for outcomes, _ in shown.values()):
            sheet.paragraph(text("figure.insertion.empty"), u, y + 12, width, SMALL)
            return
        y = self._headings(sheet, u, y, width)
        foot = y + ROW * len(shown)
        self._scale(sheet, u, y, foot, width)
        for row, (cohort, (outcomes, rate)) in enumerate(shown.items()):
            top = y + ROW * row
            self._name(sheet, cohort, outcomes, u, top)
            self._bar(sheet, outcomes, u + SHARES[0] * width, top + 12, (SHARES[1] - SHARES[0]) * width)
            self._rate(sheet, outcomes, rate, u, top, width)
        draw_key(key(shown, text), sheet, u, foot + sheet.leading(8) + 4, width)

    def _headings(self, sheet: Sheet, u: float, y: float, width: float) -> float:
        text, programme = self.text, self.programme
        foot = y + sheet.foot_of(8)
        sheet.put(text("figure.insertion.women"), sheet.x(u), foot, SMALL)
        window = text("figure.insertion.rate", days=days(programme.rules.window_days, text))
        sheet.put(window, sheet.x(u + RATES[0] * width), foot, SMALL)
        hidden = len(self.cohorts) - len(self.shown())
        if hidden:
            words = text("paper.earlier_cohorts", n=text.number(hidden))
            sheet.put(words, sheet.x(u), foot + sheet.leading(8), SMALL)
        reference = programme.reference.rate
        words = text("figure.insertion.reference", rate=text.percent(reference))
        sheet.put(words, sheet.x(u + width), foot + sheet.leading(8), Style(8), "end")
        return y + 2 * sheet.leading(8) + 2

    def _scale(self, sheet: Sheet, u: float, y: float, foot: float, width: float) -> None:
        """0 to 100 %, drawn even when every rate lies near its end, and the declared reference as a dotted line."""
        for share, side in ((0.0, "start"), (0.5, "center"), (1.0, "end")):
            x = sheet.x(u + _rate_at(share, width))
            sheet.line(x, y, x, foot, LINE)
            sheet.put(self.text.percent(share), x, foot + sheet.foot_of(8), SMALL, side)
        mark = sheet.x(u + _rate_at(self.programme.reference.rate, width))
        sheet.dotted(mark, y, mark, foot)

    def _name(self, sheet: Sheet, cohort: str, outcomes: Outcomes, u: float, top: float) -> None:
        text = self.text
        name = cohort_name(cohort, self.programme, text)
        words = text("figure.insertion.cohort", name=name, n=text.number(women(outcomes)))
        sheet.put(words, sheet.x(u), top + 9.5, POOLED if cohort == ALL else NAME)

    def _bar(self, sheet: Sheet, outcomes: Outcomes, u: float, y: float, whole: float) -> None:
        sheet.block(sheet.left(u, whole), y, whole, THICK, TRACK)
        for state, fill in STATES:
            wide = share_of(outcomes, state) * whole
            sheet.area(sheet.left(u, wide), y, wide, THICK, fill)
            count = self.text.number(getattr(outcomes, state))
            style = Style(8, bold=True, colour=fill.words)
            room = sheet.measure(count, style) + 4
            if wide > room + 1:
                if fill.pattern:  # on a pattern a number stands on a chip of its ground
                    sheet.block(sheet.x(u + wide / 2) - room / 2, y + 0.8, room, THICK - 1.6, fill.area)
                sheet.put(count, sheet.x(u + wide / 2), y + 7.6, style, "center")
            u += wide

    def _rate(self, sheet: Sheet, outcomes: Outcomes, rate: Indicator, u: float, top: float, width: float) -> None:
        """The rate and its n over the interval as a thin line; where no window has closed, that sentence."""
        text, value = self.text, closed_rate(rate)
        start = sheet.x(u + RATES[0] * width)
        if value is None:
            room = (1 - RATES[0]) * width
            sheet.block(sheet.left(u + RATES[0] * width, room), top + 2, room, 20, "#FFFFFF")
            sheet.paragraph(why_no_rate(outcomes, text), u + RATES[0] * width, top + 1, room, SMALL)
            return
        of = text("figure.insertion.of", part=text.number(rate.numerator), whole=text.number(rate.denominator))
        words = text("figure.insertion.rate_of", rate=text.percent(value), of=of)
        sheet.put(words, start, top + 9.5, POOLED)
        level = top + 12 + THICK / 2
        if rate.low is not None and rate.high is not None:
            low, high = (sheet.x(u + _rate_at(bound, width)) for bound in (rate.low, rate.high))
            sheet.line(low, level, high, level, INK, 1.0)
            for end in (low, high):
                sheet.line(end, level - 2, end, level + 2, INK, 1.0)
        sheet.dot(sheet.x(u + _rate_at(value, width)), level, 3.0, TEAL)


def _rate_at(share: float, width: float) -> float:
    return (RATES[0] + share * (RATES[1] - RATES[0])) * width
