"""The insertion rate over time with its interval, and a numbered mark on each day that staff wrote something about.

Time runs left to right in every language. What a mark says stands in its hover, and in the list below the figure.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from dashboard.decisions import Annotation
from dashboard.figures.curve import BAND
from dashboard.figures.frame import Edges, add_notes, add_shapes, lines, note, plain_axis, sheet
from dashboard.figures.picture import Figure, Trace
from dashboard.figures.sentence import sentence_figure, wrap
from dashboard.guests import names_a_code
from dashboard.palette import CLAY, INK, MUTED, PAPER, TEAL
from dashboard.tables import Table, interval
from dashboard.text import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, Text
from dashboard.trend import Trend, TrendPoint

HEIGHT = 190  # px of the plot
LEVELS, LIFT = 3, 24  # rows of marks above the plot, and px from one to the next
NEAR = 0.09  # of the width: marks closer than this to each other stand in different rows
MONTHS_BETWEEN = 2  # labels of the time axis
_LETTERS = 42  # of a mark's text in one line of its hover


def trend_figure(found: Trend, text: Text) -> Figure:
    """The line, its interval, the marks; a sentence where no rate is known on any of the days."""
    points = [point for point in found.points if point.rate.value is not None]
    if not points:
        return sentence_figure("review.fall.none", text)
    top = 12 + LIFT * (max(levels(found), default=-1) + 1)
    figure = sheet(text, HEIGHT, Edges(start=48, end=52, top=top, bottom=34))
    figure["layout"].update(xaxis=_time(found.points, text), yaxis=_rates(text))
    figure["data"].extend([_band(points), _line(points, text)])
    _mark(figure, found, text)
    add_notes(figure, [_newest(points[-1], text)])
    return figure


def _time(points: Sequence[TrendPoint], text: Text) -> dict[str, Any]:
    """Days as whole numbers; labelled where a month begins."""
    first, last = points[0].on, points[-1].on
    months = [
        day
        for number in range(first.toordinal(), last.toordinal() + 1)
        if (day := date.fromordinal(number)).day == 1 and day.month % MONTHS_BETWEEN == last.month % MONTHS_BETWEEN
    ]
    words = [text.label(text.months()[day.month - 1]) for day in months]
    line = {"showline": True, "linecolor": MUTED, "ticks": "outside", "tickcolor": MUTED, "ticklen": 4}
    edge = max(1, (last - first).days) * 0.02
    around = [first.toordinal() - edge, last.toordinal() + edge]
    return plain_axis(range=around, tickvals=[day.toordinal() for day in months], ticktext=words, tickangle=0, **line)


def _rates(text: Text) -> dict[str, Any]:
    shares = [0, 0.25, 0.5, 0.75, 1]
    words = [text.label(text.percent(share)) for share in shares]
    side = {"side": "right" if text.rtl else "left", "ticklabelstandoff": 6}
    return plain_axis(range=[0, 1.02], tickvals=shares, ticktext=words, showgrid=True, **side)


def _band(points: Sequence[TrendPoint]) -> Trace:
    known = [point for point in points if point.rate.low is not None and point.rate.high is not None]
    days = [point.on.toordinal() for point in known]
    bounds = [*(point.rate.high for point in known), *(point.rate.low for point in reversed(known))]
    return Trace(
        type="scatter",
        name="interval", mode="lines", x=[*days, *reversed(days)], y=bounds, fill="toself", fillcolor=BAND,
        line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip


def _line(points: Sequence[TrendPoint], text: Text) -> Trace:
    return Trace(
        type="scatter",
        name="rate",
        mode="lines+markers",
        x=[point.on.toordinal() for point in points],
        y=[point.rate.value for point in points],
        line={"color": TEAL, "width": 2.5},
        marker={"color": TEAL, "size": 6},
        hovertext=[lines([f"<b>{text.date(point.on)}</b>", *_said(point, text)], text) for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _said(point: TrendPoint, text: Text) -> tuple[str, str, str]:
    """The rate, what it is of, its interval."""
    rate = point.rate
    of = text("review.of", k=text.number(rate.numerator), n=text.number(rate.denominator))
    return text.percent(rate.value, 1), of, interval(rate.low, rate.high, text)


def _newest(point: TrendPoint, text: Text) -> dict[str, Any]:
    """The last rate beside the end of its line, where time ends."""
    place: dict[str, Any] = {"x": point.on.toordinal(), "xref": "x", "y": point.rate.value, "yref": "y"}
    said = note(text.percent(point.rate.value, 1), text, weight=700, size=13, color=INK, **place)
    inside = {"xanchor": "right", "yanchor": "top", "yshift": -8} if text.rtl else {"xanchor": "left", "xshift": 9}
    return said | inside


def _mark(figure: Figure, found: Trend, text: Text) -> None:
    """A thin dashed line on each day, and above the plot the numbers of what was written on it."""
    rows, numbers = levels(found), range(1, len(found.marks) + 1)
    days = [
        [*of_day] for _, of_day in groupby(zip(numbers, found.marks, rows, strict=True), key=lambda mark: mark[1].on)
    ]
    add_shapes(figure, [_dash([mark for _, mark, _ in day]) for day in days])
    add_notes(figure, [_number(day[0][0], [mark for _, mark, _ in day], day[0][2], text) for day in days])


def levels(found: Trend) -> list[int]:
    """The row of each mark, 0 the lowest: the first in which nothing stands too near before it, and one for a day."""
    width = max(1, (found.points[-1].on - found.points[0].on).days)
    last: dict[int, date] = {}
    rows: list[int] = []
    for place, mark in enumerate(found.marks):
        if place and mark.on == found.marks[place - 1].on:
            rows.append(rows[-1])
            continue
        free = (row for row in range(LEVELS) if row not in last or (mark.on - last[row]).days >= NEAR * width)
        row = next(free, len(rows) % LEVELS)
        last[row] = mark.on
        rows.append(row)
    return rows


def _dash(marks: Sequence[Annotation]) -> dict[str, Any]:
    line = {"color": _colour(marks), "width": 1, "dash": "dash"}
    day = marks[0].on.toordinal()
    return {"type": "line", "x0": day, "x1": day, "xref": "x", "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _colour(marks: Sequence[Annotation]) -> str:
    return CLAY if any(mark.source == "decision" for mark in marks) else MUTED


def _number(first: int, marks: Sequence[Annotation], row: int, text: Text) -> dict[str, Any]:
    """The numbers of a day that the list below goes by; the words in its hover, unless they may name someone.

    A meeting decides several things on a day: boxes of their own would stand upon each other.
    """
    said = str(first) if len(marks) == 1 else f"{LEFT_TO_RIGHT_ISOLATE}{first}–{first + len(marks) - 1}{POP_ISOLATE}"
    day = marks[0].on.toordinal()
    words = note(f"<b>{said}</b>", text, side="center", x=day, xref="x", y=1, yref="paper", size=12)
    box = {"yanchor": "bottom", "yshift": 2 + LIFT * row, "bgcolor": PAPER, "bordercolor": _colour(marks)}
    hover = "<br>".join(mark_hover(mark, text) for mark in marks)
    return words | box | {"borderwidth": 1, "borderpad": 2, "hovertext": hover, "captureevents": True}


def mark_hover(mark: Annotation, text: Text) -> str:
    """Day, kind and words of a mark."""
    head = [f"<b>{text.date(mark.on)}</b>", text(f"review.mark.{mark.source}")]
    said = [] if names_a_code(mark.text) else wrap(_plain(mark.text), _LETTERS).split("<br>")
    return lines([*head, *said], text)


def _plain(words: str) -> str:
    """Words that plotly takes for words and not for its own marks."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def trend_table(found: Trend, text: Text) -> Table:
    """The same points in figures."""
    headers = tuple(text(f"review.trend.column.{name}") for name in ("day", "rate", "of", "interval"))
    return Table(headers, tuple((text.date(point.on), *_said(point, text)) for point in found.points))
