"""The path of the women as bars: who ever reached each stage, on what evidence, and who is there now.

Bars and not go.Funnel: a funnel's centred blocks have no common baseline to compare lengths on, and cannot carry the
three kinds of evidence side by side.
"""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.frame import (
    Edges,
    add_key,
    add_notes,
    at,
    key_height,
    lines,
    marker,
    note,
    pixel_rows,
    plain_axis,
    sheet,
    span,
)
from dashboard.figures.picture import Figure, Trace
from dashboard.figures.sentence import sentence_figure
from dashboard.funnel import FunnelStage
from dashboard.palette import DATED_STAGE, INFERRED_STAGE, INK, MUTED, TRACK, UNDATED_STAGE, Fill
from dashboard.programme import Programme
from dashboard.tables import header, stage_name
from dashboard.text import Text

ROW = 46  # px: a name above a bar
NAME, BAR, THICK = 12, 34, 15  # px from the top of a row to the middle of its name, of its bar; the bar's thickness
COLUMN = 46  # px of each of the three columns in the end margin
COLUMNS = ("of_first", "of_previous", "now")
EVIDENCE: tuple[tuple[str, Fill], ...] = (
    ("dated", DATED_STAGE),
    ("inferred", INFERRED_STAGE),
    ("undated", UNDATED_STAGE),
)


def funnel_figure(stages: Sequence[FunnelStage], programme: Programme, text: Text) -> Figure:
    """One bar a stage, top to bottom in order; length = women who ever reached it, pattern = the evidence.

    Stages with no woman at all become a sentence instead.
    """
    if not any(stage.reached for stage in stages):
        return sentence_figure("figure.funnel.empty", text)
    entries = key(stages, text)
    edges = Edges(start=4, end=_column(len(COLUMNS) - 0.5, stages, text), top=44, bottom=8 + key_height(entries))
    figure = sheet(text, ROW * len(stages), edges)
    most = max(stage.reached for stage in stages)
    figure["layout"].update(barmode="overlay", yaxis=pixel_rows(ROW * len(stages)))
    figure["layout"].update(xaxis=plain_axis(range=span(0, most, text), visible=False))
    figure["data"].append(_track(stages, most, programme, text))
    figure["data"].extend([_bars(stages, evidence, fill) for evidence, fill in EVIDENCE])
    add_notes(figure, (*_headings(stages, text), *_names(stages, programme, text), *_numbers(stages, text)))
    add_key(figure, entries, text, below=8)
    return figure


def _middles(stages: Sequence[FunnelStage]) -> list[int]:
    return [ROW * row + BAR for row in range(len(stages))]


def _bars(stages: Sequence[FunnelStage], evidence: str, fill: Fill) -> Trace:
    """The part of each bar that rests on one kind of evidence; it begins where the stronger evidence ends."""
    before = [name for name, _ in EVIDENCE][: [name for name, _ in EVIDENCE].index(evidence)]
    people = [getattr(stage, evidence) for stage in stages]
    return Trace(
        type="bar",
        name=evidence,
        x=people,
        base=[sum(getattr(stage, name) for name in before) for stage in stages],
        y=_middles(stages),
        width=THICK,
        orientation="h",
        marker=marker(fill, people),
        hoverinfo="skip",
    )


def _track(stages: Sequence[FunnelStage], most: int, programme: Programme, text: Text) -> Trace:
    """The whole that each bar is a part of; it also carries the row's hover, so that a short bar is easy to touch."""
    return Trace(
        type="bar",
        name="track",
        x=[most] * len(stages),
        y=_middles(stages),
        width=THICK,
        orientation="h",
        marker={"color": TRACK, "line": {"width": 0}},
        hovertext=[_hover(stage, programme, text) for stage in stages],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(stage: FunnelStage, programme: Programme, text: Text) -> str:
    said = [f"<b>{stage_name(stage.stage, programme, text)}</b>"]
    said.append(text("figure.pair", name=header("reached", text), value=text.number(stage.reached)))
    for evidence, _ in EVIDENCE:
        if count := getattr(stage, evidence):
            said.append(text("figure.pair", name=header(evidence, text), value=text.number(count)))
    shares = {"of_first": stage.of_first, "of_previous": stage.of_previous}
    said += [text("figure.pair", name=header(key, text), value=text.percent(rate)) for key, rate in shares.items()]
    said.append(text("figure.pair", name=header("now", text), value=text.number(stage.now)))
    return lines(said, text)


def _headings(stages: Sequence[FunnelStage], text: Text) -> list[dict[str, Any]]:
    """What the columns hold, over the first row."""
    end: dict[str, Any] = {"x": at(1, text), "xref": "paper", "y": 1, "yref": "paper", "yanchor": "bottom"}
    start = end | {"x": at(0, text)}
    reached = note(text("figure.funnel.reached"), text, size=12, color=MUTED, yshift=4, **start)
    columns = [
        note(text(f"figure.funnel.{column}"), text, side="center", shift=_column(k, stages, text), **end)
        | {"font": {"size": 12, "color": MUTED}, "yshift": 4}
        for k, column in enumerate(COLUMNS)
    ]
    return [reached, *columns]


def _column(k: float, stages: Sequence[FunnelStage], text: Text) -> int:
    """Px from the end of the plot to the middle of a column; before the columns is room for the longest bar's count."""
    longest = max(len(text.number(stage.reached)) for stage in stages)
    return round(13 + 9 * longest + COLUMN * (k + 0.5))


def _names(stages: Sequence[FunnelStage], programme: Programme, text: Text) -> list[dict[str, Any]]:
    place: dict[str, Any] = {"x": at(0, text), "xref": "paper", "yref": "y"}
    return [
        note(stage_name(stage.stage, programme, text), text, y=ROW * row + NAME, **place)
        for row, stage in enumerate(stages)
    ]


def _numbers(stages: Sequence[FunnelStage], text: Text) -> list[dict[str, Any]]:
    """The count at the end of each bar, and its row in the columns."""
    numbers: list[dict[str, Any]] = []
    for stage, y in zip(stages, _middles(stages), strict=True):
        count = text.number(stage.reached)
        numbers.append(note(count, text, shift=6, x=stage.reached, xref="x", y=y, yref="y", weight=700, size=14))
        cells = (text.percent(stage.of_first), text.percent(stage.of_previous), text.number(stage.now))
        place: dict[str, Any] = {"x": at(1, text), "xref": "paper", "y": y, "yref": "y"}
        for k, cell in enumerate(cells):
            colour = INK if COLUMNS[k] == "now" else MUTED
            numbers.append(note(cell, text, side="center", shift=_column(k, stages, text), color=colour, **place))
    return numbers


def key(stages: Sequence[FunnelStage], text: Text) -> list[tuple[Fill, str]]:
    """The kinds of evidence there are; nothing to explain where every stage has its date."""
    present = [
        (fill, text(f"figure.funnel.{name}")) for name, fill in EVIDENCE if any(getattr(s, name) for s in stages)
    ]
    return present if len(present) > 1 else []
