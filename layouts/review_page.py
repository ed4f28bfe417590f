"""The weekly review: five steps on one page, which a meeting shows one after the other (review.js)."""

from dash import dcc, html

from layouts import ids
from layouts.charts import Chart, card_head, config, graph_style
from layouts.components import Node, aria, data, table_twin
from layouts.markup import to_html
from layouts.meeting import Meeting
from layouts.messages import has_results
from layouts.review_attention import attention_step
from layouts.review_decisions import decisions_step
from layouts.review_headline import fall, headline_step, then_and_now
from layouts.review_movement import movement_step
from layouts.review_sign import sign_step
from layouts.review_trend import marks_list, trend_chart
from layouts.shown import Shown

STEPS = ("headline", "movement", "attention", "decisions", "sign")


def review_results(shown: Shown) -> list[Node]:
    """The frame of the page: the first step with its figures, room for the others, and the meeting's bar."""
    made = review_charts(shown)
    fallen = _card(ids.FALL, shown, made.get(ids.FALL))
    over_time = _card(ids.TREND, shown, made.get(ids.TREND), html.Div(id=ids.MARKS))
    parts = [html.Div(id=ids.REVIEW_HEAD), fallen, over_time, html.Div(id=ids.REVIEW_THEN)]
    first = html.Div(parts, className="step", **data(step="1"))
    return [_open(shown), first, html.Div(id=ids.CONTENT), meeting_bar(shown)]


def review_charts(shown: Shown) -> dict[str, Chart]:
    """The figures of a view by card; without those that have nothing to show."""
    if not has_results(shown):
        return {}
    meeting = shown.deeper.meeting()
    made = {ids.FALL: fall(meeting, shown), ids.TREND: trend_chart(meeting, shown)}
    return {name: chart for name, chart in made.items() if chart is not None}


def _card(name: str, shown: Shown, chart: Chart | None, *below: Node) -> Node:
    """The frame of a figure, filled if there is one."""
    graph = dcc.Graph(
        figure=chart.figure if chart else {},
        id=ids.figure(name),
        config=config(shown.text.lang),
        style=graph_style(chart),
        className="chart",
    )
    head = html.Div(card_head(name, shown, chart), id=ids.head(name), className="card-head")
    foot = html.Div(review_foot(shown, chart), id=ids.twin(name), className="card-foot")
    label = aria(labelledby=f"{name}-title")
    return html.Section([head, graph, *below, foot], className=f"card card-{name}", **label)


def review_foot(shown: Shown, chart: Chart | None) -> list[Node]:
    """The table twin of a figure."""
    if chart is None or not chart.twin.rows:
        return []
    return [table_twin(chart.twin, chart.caption.title, shown.text("card.table"))]


def review_drawn(shown: Shown) -> dict[str, str]:
    """The HTML of the page's parts, by the id of their container."""
    if not has_results(shown):
        return dict.fromkeys((ids.REVIEW_HEAD, ids.MARKS, ids.REVIEW_THEN, ids.CONTENT), "")
    meeting = shown.deeper.meeting()
    return {
        ids.REVIEW_HEAD: to_html(headline_step(meeting, shown)),
        ids.MARKS: to_html(marks_list(meeting, shown)),
        ids.REVIEW_THEN: to_html(then_and_now(meeting, shown)),
        ids.CONTENT: to_html(_steps(meeting, shown)),
    }


def _steps(meeting: Meeting, shown: Shown) -> list[Node]:
    made = (movement_step, attention_step, decisions_step, sign_step)
    return [
        html.Section(
            step(meeting, shown), className="step card", **data(step=str(n)), **aria(labelledby=ids.step_title(n))
        )
        for n, step in enumerate(made, 2)
    ]


def _open(shown: Shown) -> Node:
    """The way into the meeting, and the codes that a guest must not see."""
    text = shown.text
    start = html.Button(text("review.meeting.start"), type="button", className="act", **data(meeting="start"))
    hide = html.Button(
        text("review.meeting.codes"), type="button", className="act act-second", **data(meeting="codes"),
        **aria(pressed=str(shown.view.guests).lower()),
    )  # fmt: skip
    said = html.P(id=ids.SAID, className="said", role="status")
    return html.Div([start, hide, said], className="review-bar")


def meeting_bar(shown: Shown) -> Node:
    """The steps, the timer and the keys of a meeting; there only in the meeting's mode."""
    text = shown.text
    steps = [
        html.Button(
            [
                html.Span(text.number(n), className="step-number"),
                html.Span(text(f"review.step_name.{name}"), className="step-label"),
            ],
            type="button",
            **data(go=str(n)),
        )
        for n, name in enumerate(STEPS, 1)
    ]
    back, on = (
        html.Button(mark, type="button", **data(meeting=name), **aria(label=text(f"review.meeting.{name}")))
        for name, mark in (("back", "→" if text.rtl else "←"), ("on", "←" if text.rtl else "→"))
    )
    timer = html.Button(
        [
            html.Span("◷ ", **aria(hidden="true")),
            html.Span("00:00", id="meeting-time", role="timer"),
            html.Span(f" {text('review.meeting.timer')}", className="visually-hidden"),
        ],
        type="button",
        title=text("review.meeting.timer"),
        **data(meeting="timer"),
        **aria(pressed="false"),
    )
    pressed = aria(pressed=str(shown.view.guests).lower())
    codes = html.Button(text("review.meeting.codes"), type="button", **data(meeting="codes"), **pressed)
    help_ = html.Button("?", type="button", **data(meeting="help"), **aria(label=text("review.meeting.help")))
    end = html.Button(text("review.meeting.end"), type="button", **data(meeting="end"))
    bar = html.Nav(
        [
            html.Div([back, *steps, on], className="bar-steps"),
            html.Div([timer, codes, help_, end], className="bar-more"),
        ],
        className="meeting-bar",
        **aria(label=text("review.meeting.region")),
    )
    return html.Div([bar, _help(shown)])


def _help(shown: Shown) -> Node:
    text = shown.text
    keys = (("→ ←", "move"), ("1–5", "digits"), ("Home End", "ends"), ("H", "codes"), ("T", "timer"), ("Esc", "end"))
    rows = [
        node
        for keys_, name in keys
        for node in (html.Dt(html.Kbd(keys_, dir="ltr")), html.Dd(text(f"review.key.{name}")))
    ]
    title = html.H2(text("review.meeting.help"), id="meeting-help-title")
    return html.Div(
        [title, html.Dl(rows)],
        id="meeting-help",
        className="meeting-help",
        role="dialog",
        hidden=True,
        tabIndex=-1,
        **aria(labelledby="meeting-help-title"),
    )
