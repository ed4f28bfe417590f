"""Time from completing the training to first work: the share inserted by each day, and how many are still followed."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.frame import Edges, add_line, add_notes, at, lines, note, plain_axis, sheet
from dashboard.figures.picture import Figure, Trace
from dashboard.figures.sentence import sentence_figure
from dashboard.palette import INK, MUTED, PAPER, TEAL
from dashboard.programme import Programme
from dashboard.survival import Curve, CurvePoint
from dashboard.tables import days, drawn, header, interval
from dashboard.text import Text

HEIGHT = 260  # px of the plot
BAND = "rgba(11,100,112,0.14)"  # teal, thinned


def curve_figure(curve: Curve, programme: Programme, text: Text) -> Figure:
    """A rising step line with its interval, the window and the median. Time runs left to right in every language.

    Nothing is drawn after the last day with enough women at risk; with no such day a sentence says so.
    """
    if curve.drawn_until is None:
        return sentence_figure("figure.curve.empty", text, n=text.number(programme.rules.min_at_risk))
    window, until = programme.rules.window_days, curve.drawn_until
    last = max(until, window)
    figure = sheet(text, HEIGHT, Edges(start=48, end=14, top=26, bottom=92))
    figure["layout"].update(xaxis=_days_axis(last, text), yaxis=_share_axis(text))
    points = drawn(curve)
    figure["data"].append(_band(points, until))
    figure["data"].append(_steps(points, until))
    figure["data"].append(_touch(points, text))
    _add_window(figure, points, window, until, text)
    _add_median(figure, curve, last, text)
    _add_at_risk(figure, curve, last, text)
    return figure


def tick_days(last: int) -> list[int]:
    """The days that are labelled: every month at first, every quarter later: what fits on a phone."""
    if last <= 240:
        return list(range(0, last + 1, 30))
    later = range(180, last + 1, 90 if last <= 540 else 180)
    return [0, 30, 60, 90, *later] if last <= 400 else [0, 90, *later]


def _days_axis(last: int, text: Text) -> dict[str, Any]:
    ticks = tick_days(last)
    words = [text.label(text.number(day)) for day in ticks]
    line = {"showline": True, "linecolor": MUTED, "ticks": "outside", "tickcolor": MUTED, "ticklen": 4}
    return plain_axis(range=[0, last], tickvals=ticks, ticktext=words, tickangle=0, **line)


def _share_axis(text: Text) -> dict[str, Any]:
    shares = [0, 0.25, 0.5, 0.75, 1]
    words = [text.label(text.percent(share)) for share in shares]
    side = {"side": "right" if text.rtl else "left", "ticklabelstandoff": 6}
    return plain_axis(range=[0, 1], tickvals=shares, ticktext=words, showgrid=True, **side)


def _steps(points: Sequence[CurvePoint], until: int) -> Trace:
    """The share rises at each day with an event and is level between; it starts at nobody on day 0."""
    line = {"color": TEAL, "width": 2.5, "shape": "hv"}
    x = [0, *(point.day for point in points), until]
    shares = [0.0, *(point.incidence for point in points)]
    shares.append(shares[-1])
    return Trace(type="scatter", name="incidence", mode="lines", x=x, y=shares, line=line, hoverinfo="skip")


def _band(points: Sequence[CurvePoint], until: int) -> Trace:
    """The interval as a filled outline: up the upper bounds, back down the lower ones, a break where undefined."""
    x: list[float | None] = []
    y: list[float | None] = []
    for run in runs(points, until):
        upper = [(day, high) for start, end, _, high in run for day in (start, end)]
        lower = [(day, low) for start, end, low, _ in reversed(run) for day in (end, start)]
        x += [*(day for day, _ in (*upper, *lower)), None]
        y += [*(bound for _, bound in (*upper, *lower)), None]
    return Trace(
        type="scatter",
        name="interval",
        mode="lines",
        x=x,
        y=y,
        fill="toself",
        fillcolor=BAND,
        line={"width": 0},
        hoverinfo="skip",
    )


def runs(points: Sequence[CurvePoint], until: int) -> list[list[tuple[int, int, float, float]]]:
    """Stretches of days (start, end, low, high) without a gap in the interval."""
    runs: list[list[tuple[int, int, float, float]]] = [[]]
    ends = [*(point.day for point in points[1:]), until]
    for point, end in zip(points, ends, strict=False):
        if point.low is None or point.high is None:
            runs.append([])
        else:
            runs[-1].append((point.day, end, point.low, point.high))
    return [run for run in runs if run]


def _touch(points: Sequence[CurvePoint], text: Text) -> Trace:
    """Unseen points on the line that carry the hover."""
    return Trace(
        type="scatter",
        name="points",
        mode="markers",
        x=[point.day for point in points],
        y=[point.incidence for point in points],
        marker={"size": 14, "color": "rgba(0,0,0,0)"},
        hovertext=[_hover(point, text) for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(point: CurvePoint, text: Text) -> str:
    values = {
        "day": text.number(point.day),
        "incidence": text.percent(point.incidence),
        "confidence": interval(point.low, point.high, text),
        "at_risk": text.number(point.at_risk),
        "events": text.number(point.events),
    }
    return lines([text("figure.pair", name=header(key, text), value=value) for key, value in values.items()], text)


def _add_window(figure: Figure, points: Sequence[CurvePoint], window: int, until: int, text: Text) -> None:
    """The end of the window as a line with its label on it, and the share inserted by then where it is known."""
    style = {"color": INK, "width": 1.2, "dash": "dot"}
    add_line(figure, x0=window, x1=window, y0=0, y1=1, yref="paper", line=style, layer="below")
    words = text("figure.curve.window", days=days(window, text))
    place: dict[str, Any] = {"x": window, "xref": "x", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 3}
    place["xanchor"] = "center" if window < 0.9 * until else "right"  # at the edge it would be cut
    add_notes(figure, [note(words, text, side="center", size=12, **place)])
    if window > until:
        return
    share = next((point.incidence for point in reversed(points) if point.day <= window), 0.0)
    _add_dot(figure, window, share)
    place = {"x": window, "y": share, "xanchor": "right", "yanchor": "bottom", "xshift": -8, "yshift": 2}
    add_notes(figure, [note(text.percent(share), text, weight=700, size=16, color=TEAL, **place)])


def _add_dot(figure: Figure, day: float, share: float) -> None:
    dot = {"color": TEAL, "size": 10, "line": {"color": PAPER, "width": 2}}
    figure["data"].append(
        Trace(type="scatter", name="mark", mode="markers", x=[day], y=[share], marker=dot, hoverinfo="skip")
    )


def _add_median(figure: Figure, curve: Curve, last: int, text: Text) -> None:
    """A guide from 50 % down to the day by which half are inserted, labelled at its foot."""
    if curve.median is None or curve.drawn_until is None or curve.median > curve.drawn_until:
        return
    day = curve.median
    style = {"color": TEAL, "width": 1}
    add_line(figure, x0=day, x1=day, y0=0, y1=0.5, line=style)
    _add_dot(figure, day, 0.5)
    words = text("figure.curve.median", days=days(day, text))
    near = day <= last / 2
    place: dict[str, Any] = {"x": day, "y": 0, "yanchor": "bottom", "yshift": 5, "bgcolor": PAPER}
    place |= {"xanchor": "left" if near else "right", "xshift": 5 if near else -5}
    add_notes(figure, [note(words, text, size=12, color=TEAL, weight=600, **place)])


def _add_at_risk(figure: Figure, curve: Curve, last: int, text: Text) -> None:
    """Under the days: what they count, then the women still followed on each of them while they are enough."""
    words: dict[str, Any] = {"x": at(0, text), "xref": "paper", "y": 0, "yref": "paper", "size": 12, "color": MUTED}
    notes = [note(text("figure.curve.days"), text, yshift=-36, shift=-40, **words)]
    notes.append(note(text("figure.curve.at_risk"), text, yshift=-60, shift=-40, **words))
    for day in tick_days(last):
        if curve.drawn_until is None or day > curve.drawn_until or day not in curve.at_risk_on:
            continue
        place: dict[str, Any] = {"x": day, "xref": "x", "y": 0, "yref": "paper", "yshift": -80}
        notes.append(note(text.number(curve.at_risk_on[day]), text, side="center", size=12, **place))
    add_notes(figure, notes)
