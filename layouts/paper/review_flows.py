"""Side by side on the review's page: the stock and flow of every stage, and how many women need us and why."""

from dataclasses import dataclass

from dashboard.movements import Flow
from dashboard.palette import INK, LINE, MUTED, TEAL
from dashboard.readings import Cause
from dashboard.review_figures import Figures
from dashboard.text import NONE, Text
from layouts.paper.lines import Style
from layouts.paper.pen import Pen, Penned

HEAD, SMALL = Style(8, bold=True, colour=MUTED), Style(8, colour=MUTED)
CELL, STRONG, COUNT = Style(8.5), Style(8.5, bold=True), Style(10, bold=True, colour=TEAL)
ROW, APART, BETWEEN = 12.4, 12.0, 26.0
LEFT = 0.66  # of the page's width
ORDER: tuple[Cause, ...] = ("progress", "time", "restated")
COLUMNS = ("start", "came", "went", "end")


def told_flows(figures: Figures) -> list[Flow]:
    """The places that someone was or is in, and the whole roster."""
    return [flow for flow in figures.flows if flow.start or flow.end or flow.came or flow.went or not flow.place]


def flow_name(flow: Flow, figures: Figures, text: Text) -> str:
    """What a row is called."""
    return text("review.flow.whole") if flow.place is None else figures.names.place(flow.place, text.lang)


def moved_words(figures: Figures, text: Text) -> str:
    """How many women are elsewhere, and why."""
    parts = [
        text("figure.pair", name=text(f"review.cause.{cause}"), value=text.number(figures.moved_by[cause]))
        for cause in ORDER
        if figures.moved_by.get(cause)
    ]
    moved = text.plural("review.moved", figures.moved)
    return f"{moved} {text('list.separator').join(parts)}" if parts else moved


@dataclass(frozen=True)
class FlowsAndNeeds(Penned):
    """Nothing is compared in a first review: then there are only the women who need us."""

    figures: Figures
    text: Text

    def write(self, pen: Pen, y: float) -> float:
        """See `Penned`."""
        whole = pen.sheet.width
        if not self.figures.flows:
            return self._needs(pen, 0, y, whole)
        left = whole * LEFT - BETWEEN / 2
        return max(self._flows(pen, y, left), self._needs(pen, left + BETWEEN, y, whole - left - BETWEEN))

    def _flows(self, pen: Pen, y: float, width: float) -> float:
        text = self.text
        y = pen.title(text("review.flows"), 0, y, width)
        flows = told_flows(self.figures)
        columns = _columns([_cells(flow, text) for flow in flows], width, pen, text)
        for column, name in zip(columns, COLUMNS, strict=True):
            pen.put(text(f"review.flow.{name}"), column.end, y + 8, HEAD, "end")
        y += ROW
        for flow in flows:
            self._flow(flow, columns, pen, y, width)
            y += ROW
        return pen.say(moved_words(self.figures, text), 0, y + 2, width, SMALL)

    def _flow(self, flow: Flow, columns: "list[_Column]", pen: Pen, y: float, width: float) -> None:
        style, foot = CELL if flow.place else STRONG, y + ROW / 2 + 3
        pen.line(0, y, width, LINE if flow.place else INK)
        pen.put(flow_name(flow, self.figures, self.text), 0, foot, style)
        looks = (style, style, style, STRONG)
        for column, cell, look in zip(columns, _cells(flow, self.text), looks, strict=True):
            pen.number(cell, column.end, foot, look, column.digits)

    def _needs(self, pen: Pen, u: float, y: float, width: float) -> float:
        """Counts by reason; a woman may have several."""
        text, found = self.text, self.figures
        y = pen.title(text("review.step_title.attention"), u, y, width)
        said = text.plural("review_paper.needed", found.needed)
        y = pen.say(f"{said} {text('review_paper.several')}" if len(found.needed_by) > 1 else said, u, y, width, SMALL)
        widest = max((pen.sheet.measure(text.number(n), COUNT) for n in found.needed_by.values()), default=0)
        for reason, n in found.needed_by.items():
            foot = y + ROW / 2 + 4
            pen.number(text.number(n), u + widest, foot, COUNT, widest)
            pen.put(text(f"review.reason_name.{reason}"), u + widest + 7, foot, CELL)
            y += ROW + 1
        unheard = text.plural("review.without_contact", found.without_contact) if found.without_contact else ""
        return pen.say(unheard, u, y + 2, width, SMALL)


@dataclass(frozen=True)
class _Column:
    """Where a column ends, by reading, and how wide its widest number is."""

    end: float
    digits: float


def _cells(flow: Flow, text: Text) -> tuple[str, str, str, str]:
    """start + came - went = end"""
    came, went = (text.signed(n) if n else NONE for n in (flow.came, -flow.went))
    return text.number(flow.start), came, went, text.number(flow.end)


def _columns(rows: list[tuple[str, str, str, str]], width: float, pen: Pen, text: Text) -> list[_Column]:
    """As wide as their headings and numbers, from the end of the table."""
    columns, end = [], width
    for place in reversed(range(len(COLUMNS))):
        digits = max(pen.sheet.measure(row[place], STRONG) for row in rows)
        columns.append(_Column(end, digits))
        end -= max(digits, pen.sheet.measure(text(f"review.flow.{COLUMNS[place]}"), HEAD)) + APART
    return columns[::-1]
