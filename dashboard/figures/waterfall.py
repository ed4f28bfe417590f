"""From the old headline to the new one: two rates with their intervals, and between them what moved the rate.

The ends are points on a scale and the steps differences between two places of it: no bar begins at zero, so the scale
need not either, and it is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

from dashboard.figures.frame import Edges, add_notes, at, lines, note, pixel_rows, plain_axis, sheet, span
from dashboard.figures.picture import Figure, Trace
from dashboard.figures.sentence import sentence_figure
from dashboard.indicators import Indicator
from dashboard.intervals import wilson
from dashboard.palette import CLAY, INK, MUTED, TEAL
from dashboard.review import Headline
from dashboard.tables import Table
from dashboard.text import NONE, Text
from dashboard.waterfall import Step

ROW = 50  # px: words above a mark
NAME, MARK, THICK = 12, 34, 16  # px from the top of a row to its words, to its mark; thickness of a step
STEPS, TICKS = (0.05, 0.1, 0.2), 5  # between two marks of the scale, as fractions of 1; how many of these at most
START = 18  # px in the start margin: half of the first mark of the scale
ROOM = 64  # px in the end margin for the rate after each step


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the figure and of its table. Rates are fractions of 1."""

    words: str
    counts: str  # "65 of 71", or what a step adds to both
    before: float
    after: float
    end: Indicator | None = None  # with its interval; of the first and the last row

    @property
    def points(self) -> float:
        """What the row moves."""
        return self.after - self.before


def waterfall_lines(head: Headline, since: str, today: str, text: Text) -> tuple[Line, ...]:
    """The rows, top down; none where one of the ends is of nobody. `since` and `today` are days in words."""
    first, last = head.waterfall.start_rate, head.now.value
    if first is None or last is None:
        return ()
    start = head.waterfall.start
    counts = text("review.of", k=text.number(start.numerator), n=text.number(start.denominator))
    rows = [Line(text("review.fall.start", date=since), counts, first, first, _as_signed(head))]
    for step in head.waterfall.steps:
        before = rows[-1].after
        after = before if step.rate is None else step.rate
        rows.append(Line(step_words(step, text), _added(step, text), before, after))
    now = text("review.of", k=text.number(head.now.numerator), n=text.number(head.now.denominator))
    return (*rows, Line(text("review.fall.end", date=today), now, last, last, head.now))


def _as_signed(head: Headline) -> Indicator:
    """The old headline with its interval: as the last review signed it, where it did."""
    start = head.waterfall.start
    if (start.numerator, start.denominator) == (head.known.numerator, head.known.denominator):
        return head.known
    low, high = wilson(start.numerator, start.denominator) or (None, None)
    return replace(head.known, numerator=start.numerator, denominator=start.denominator, low=low, high=high)


def step_words(step: Step, text: Text) -> str:
    """What a step is, and of how many women."""
    if step.code == "restated":
        name = text("review.step.restated", kind=text(f"review.kind.{step.kind}"))
    else:
        name = text(f"review.step.{step.code}")
    return text.plural("review.step.women", step.women, name=name)


def _added(step: Step, text: Text) -> str:
    return text("review.added", k=text.signed(step.numerator), n=text.signed(step.denominator))


def waterfall_figure(rows: Sequence[Line], text: Text) -> Figure:
    """One row each: points with whiskers for the ends, floating bars for the steps."""
    if not rows:
        return sentence_figure("review.fall.none", text)
    height = ROW * len(rows)
    figure = sheet(text, height, Edges(start=START, end=ROOM, top=8, bottom=34))
    figure["layout"].update(yaxis=pixel_rows(height), xaxis=_scale(rows, text))
    figure["data"].append(_ends(rows, text))
    figure["data"].append(_steps(rows, text))
    add_notes(figure, _words(rows, text))
    return figure


def _scale(rows: Sequence[Line], text: Text) -> dict[str, Any]:
    values = [value for row in rows for value in (row.before, row.after)]
    values += [value for row in rows if row.end for value in (row.end.low, row.end.high) if value is not None]
    low, high = max(0.0, floor(min(values) * 20) / 20), min(1.0, ceil(max(values) * 20) / 20)
    step = next(step for step in STEPS if step >= (high - low) / TICKS)
    ticks = [tick * step for tick in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    labels = [text.label(text.percent(tick)) for tick in ticks]
    axis = plain_axis(range=span(low, high, text), tickvals=ticks, ticktext=labels, side="bottom")
    return axis | {"showgrid": True, "ticklabelstandoff": 6, "ticklabeloverflow": "allow"}


def _middle(row: int) -> int:
    return ROW * row + MARK


def _ends(rows: Sequence[Line], text: Text) -> Trace:
    ends = [(number, row, row.end) for number, row in enumerate(rows) if row.end is not None]
    up = [0 if end.high is None else max(0.0, end.high - row.after) for _, row, end in ends]
    down = [0 if end.low is None else max(0.0, row.after - end.low) for _, row, end in ends]
    whiskers = {"type": "data", "symmetric": False, "array": up, "arrayminus": down}
    return Trace(
        type="scatter",
        name="ends",
        x=[row.after for _, row, _ in ends],
        y=[_middle(number) for number, _, _ in ends],
        mode="markers",
        marker={"size": 14, "color": TEAL, "line": {"width": 0}},
        error_x=whiskers | {"color": MUTED, "thickness": 1.5, "width": 5},
        hovertext=[_hover(row, text) for _, row, _ in ends],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _steps(rows: Sequence[Line], text: Text) -> Trace:
    steps = [(number, row) for number, row in enumerate(rows) if row.end is None]
    return Trace(
        type="waterfall",
        name="steps",
        orientation="h",
        base=rows[0].after,
        x=[row.points for _, row in steps],
        y=[_middle(number) for number, _ in steps],
        width=THICK,
        measure=["relative"] * len(steps),
        increasing={"marker": {"color": TEAL}},
        decreasing={"marker": {"color": CLAY}},
        connector={"line": {"color": MUTED, "width": 1, "dash": "dot"}},
        textposition="none",
        hovertext=[_hover(row, text) for _, row in steps],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(row: Line, text: Text) -> str:
    return lines([f"<b>{row.words}</b>", row.counts, said(row, text)], text)


def said(row: Line, text: Text) -> str:
    """The rate of an end, the points of a step."""
    return text.percent(row.after, 1) if row.end else text("amount.points", change=text.signed(row.points * 100, 1))


def _words(rows: Sequence[Line], text: Text) -> list[dict[str, Any]]:
    start: dict[str, Any] = {"x": at(0, text), "xref": "paper", "yref": "y"}
    end = start | {"x": at(1, text)}
    found = []
    for number, row in enumerate(rows):
        weight = 700 if row.end else 400
        found.append(note(row.words, text, y=ROW * number + NAME, weight=weight, **start))
        value = text.percent(row.after, 1) if row.end else text.signed(row.points * 100, 1)
        mark = note(value, text, side="end", y=_middle(number), weight=700, color=INK, size=14, **end)
        found.append(mark | {"xshift": -ROOM if text.rtl else ROOM})
    return found


def waterfall_table(rows: Sequence[Line], text: Text) -> Table:
    """The same rows in figures."""
    headers = tuple(text(f"review.fall.column.{name}") for name in ("row", "counts", "points", "after"))
    body = tuple(
        (
            row.words,
            row.counts,
            NONE if row.end else text.signed(row.points * 100, 1),
            text.percent(row.after, 1),
        )
        for row in rows
    )
    return Table(headers, body)
