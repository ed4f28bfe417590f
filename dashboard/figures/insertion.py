"""Insertion by cohort: on the start side the women by outcome, on the end side the rate with its uncertainty."""

from typing import Any

from dashboard.figures.frame import (
    Edges,
    add_key,
    add_line,
    add_notes,
    at,
    domain,
    key_height,
    lines,
    note,
    pixel_rows,
    plain_axis,
    sheet,
    span,
)
from dashboard.figures.picture import Figure, Trace
from dashboard.figures.sentence import sentence_figure, wrap
from dashboard.figures.states import NAME, ROW, STATES, THICK, bars, counts, key, middle, women
from dashboard.indicators import Indicator, Outcomes
from dashboard.palette import INK, MUTED, PAPER, TEAL, TRACK
from dashboard.programme import Programme
from dashboard.tables import ALL, Cohorts, closed_rate, cohort_name, days, header, interval
from dashboard.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Text

SHARES, RATES = (0.0, 0.48), (0.55, 0.945)  # the parts of the width, by reading direction
_NAME_LETTERS = 22  # in a line, so that a name and its n end before the rates begin


def insertion_figure(cohorts: Cohorts, programme: Programme, text: Text) -> Figure:
    """One row a cohort in the order given; a row keyed ALL pools them.

    A cohort none of whose windows has closed gets words where the others get a rate.
    """
    if not any(women(outcomes) for outcomes, _ in cohorts.values()):
        return sentence_figure("figure.insertion.empty", text)
    entries = key(cohorts, text)
    edges = Edges(start=4, end=4, top=46, bottom=30 + key_height(entries))
    figure = sheet(text, ROW * len(cohorts), edges)
    figure["layout"].update(barmode="overlay", yaxis=pixel_rows(ROW * len(cohorts)) | {"domain": [0, 1]})
    figure["layout"].update(xaxis=_share_axis(text), xaxis2=_rate_axis(text))
    figure["data"].append(_touch(cohorts, programme, text))
    figure["data"].extend([bars(cohorts, state, fill) for state, fill in STATES])
    figure["data"].extend(_rates(cohorts, programme, text))
    _add_reference(figure, programme, text)
    words = (*_headings(programme, text), *_names(cohorts, programme, text), *counts(cohorts, text))
    add_notes(figure, (*words, *_rate_labels(cohorts, text)))
    add_key(figure, entries, text, below=28)
    return figure


def _share_axis(text: Text) -> dict[str, Any]:
    return plain_axis(range=span(0, 1, text), domain=domain(*SHARES, text), visible=False)


def _rate_axis(text: Text) -> dict[str, Any]:
    """0 to 100 %, drawn even when every rate lies near its end: a cut axis would make small gaps look large."""
    ticks = [0, 0.5, 1]
    words = [text.label(text.percent(tick)) for tick in ticks]
    place = {"range": span(0, 1, text), "domain": domain(*RATES, text), "anchor": "y", "showgrid": True}
    return plain_axis(tickvals=ticks, ticktext=words, tickangle=0, **place)


def _touch(cohorts: Cohorts, programme: Programme, text: Text) -> Trace:
    """The whole of each cohort; it carries the row's hover, so that a thin part is easy to touch."""
    return Trace(
        type="bar",
        name="touch",
        x=[1] * len(cohorts),
        y=[middle(row) for row in range(len(cohorts))],
        width=THICK,
        orientation="h",
        marker={"color": TRACK, "line": {"width": 0}},
        hovertext=[_hover(cohort, *results, programme, text) for cohort, results in cohorts.items()],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(cohort: str, outcomes: Outcomes, rate: Indicator, programme: Programme, text: Text) -> str:
    name, window = cohort_name(cohort, programme, text), days(programme.rules.window_days, text)
    said = [f"<b>{name}</b>"]
    counts = [(state, getattr(outcomes, state)) for state, _ in STATES]
    heads = {"undated": "undated_outcome"}
    said += [_pair(heads.get(state, state), text.number(count), text) for state, count in counts if count]
    if outcomes.open_inserted:
        said.append(_pair("open_inserted", text.number(outcomes.open_inserted), text))
    if closed_rate(rate) is not None:
        said.append(_pair("rate", text.percent(rate.value), text))
        said.append(_pair("confidence", interval(rate.low, rate.high, text), text))
        said.append(_pair("bounds", interval(rate.worst, rate.best, text), text))
        said += wrap(text("figure.insertion.definition", days=window), 40).split("<br>")
    return lines(said, text)


def _pair(column: str, value: str, text: Text) -> str:
    return text("figure.pair", name=header(column, text), value=value)


def _rates(cohorts: Cohorts, programme: Programme, text: Text) -> list[Trace]:
    """The interval as a thin line with the rate as a point on it, for the cohorts that have a rate."""
    rated = [
        (row, rate, _hover(cohort, outcomes, rate, programme, text))
        for row, (cohort, (outcomes, rate)) in enumerate(cohorts.items())
        if closed_rate(rate) is not None
    ]
    whisker: dict[str, list[float | None]] = {"x": [], "y": []}
    for row, rate, _ in rated:
        whisker["x"] += [rate.low, rate.high, None]
        whisker["y"] += [middle(row), middle(row), None]
    points = {"x": [rate.value for _, rate, _ in rated], "y": [middle(row) for row, *_ in rated]}
    line = {"color": INK, "width": 1.5}
    dot = {"color": TEAL, "size": 12, "line": {"color": PAPER, "width": 2}}
    said = {"hovertext": [hover for *_, hover in rated], "hovertemplate": "%{hovertext}<extra></extra>"}
    track: dict[str, list[float | None]] = {"x": [0, 1, None] * len(rated), "y": whisker["y"]}
    pale = {"color": TRACK, "width": 8}
    return [
        Trace(type="scatter", name="scale", mode="lines", line=pale, hoverinfo="skip", xaxis="x2", **track),
        Trace(type="scatter", name="interval", mode="lines", line=line, hoverinfo="skip", xaxis="x2", **whisker),
        Trace(type="scatter", name="rate", mode="markers", marker=dot, xaxis="x2", cliponaxis=False, **points, **said),
    ]


def _add_reference(figure: Figure, programme: Programme, text: Text) -> None:
    """The declared reference: a dotted line in ink, its label standing on it. Not a target until the owner says so."""
    rate = programme.reference.rate
    line = {"color": INK, "width": 1.5, "dash": "dot"}
    add_line(figure, x0=rate, x1=rate, xref="x2", y0=0, y1=1, yref="paper", line=line)
    words = text("figure.insertion.reference", rate=text.percent(rate))
    place: dict[str, Any] = {"x": at(1, text), "xref": "paper", "y": 1, "yref": "paper"}
    place |= {"yanchor": "bottom", "yshift": 2}
    add_notes(figure, [note(words, text, side="end", size=12, **place)])


def _headings(programme: Programme, text: Text) -> list[dict[str, Any]]:
    place: dict[str, Any] = {"xref": "paper", "y": 1, "yref": "paper", "yanchor": "bottom", "size": 12, "color": MUTED}
    window = days(programme.rules.window_days, text)
    return [
        note(text("figure.insertion.women"), text, x=at(SHARES[0], text), yshift=22, **place),
        note(text("figure.insertion.rate", days=window), text, x=at(RATES[0], text), yshift=22, **place),
    ]


def _names(cohorts: Cohorts, programme: Programme, text: Text) -> list[dict[str, Any]]:
    """Each row's cohort and its number of completers: the bars are shares, so the n stands beside the name."""
    place: dict[str, Any] = {"x": at(0, text), "xref": "paper", "yref": "y", "yanchor": "bottom"}
    labels: list[dict[str, Any]] = []
    for row, (cohort, (outcomes, _)) in enumerate(cohorts.items()):
        name = _short(cohort_name(cohort, programme, text), text)
        words = text("figure.insertion.cohort", name=name, n=text.number(women(outcomes)))
        labels.append(note(words, text, y=ROW * row + NAME, weight=_weight(cohort), **place))
    return labels


def _short(name: str, text: Text) -> str:
    """A name in at most two lines, each isolated for itself: a line break inside an isolate would leave it open."""
    bare = name.strip(FIRST_STRONG_ISOLATE + POP_ISOLATE)
    return "<br>".join(text.isolate(line) for line in wrap(bare, _NAME_LETTERS, most=2).split("<br>"))


def _weight(cohort: str) -> int:
    return 700 if cohort == ALL else 400


def _rate_labels(cohorts: Cohorts, text: Text) -> list[dict[str, Any]]:
    """Over each interval its rate and n; where no window has closed, that sentence and no number."""
    place: dict[str, Any] = {"x": at(RATES[0], text), "xref": "paper", "yref": "y"}
    labels: list[dict[str, Any]] = []
    for row, (outcomes, rate) in enumerate(cohorts.values()):
        if (value := closed_rate(rate)) is None:
            words = wrap(why_no_rate(outcomes, text), 20)
            labels.append(note(words, text, y=middle(row), size=12, color=MUTED, bgcolor=PAPER, **place))
            continue
        of = text("figure.insertion.of", part=text.number(rate.numerator), whole=text.number(rate.denominator))
        words = text("figure.insertion.rate_of", rate=f"<b>{text.percent(value)}</b>", of=of)
        labels.append(note(words, text, y=ROW * row + NAME, yanchor="bottom", **place))
    return labels


def why_no_rate(outcomes: Outcomes, text: Text) -> str:
    """What is said where no window has closed."""
    if not outcomes.open:
        return text("figure.insertion.no_completer")
    return text.plural("figure.insertion.all_open", outcomes.open)
