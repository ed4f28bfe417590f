"""The review's trend: the rate over half a year, and what staff decided and wrote on the way."""

from dash import html

from dashboard.captions import Caption
from dashboard.decisions import Annotation
from dashboard.figures.trend import trend_figure, trend_table
from dashboard.text import Text
from dashboard.trend import Trend
from layouts.charts import Chart
from layouts.components import Node, aria
from layouts.meeting import Meeting
from layouts.review_words import typed
from layouts.shown import Shown


def trend_chart(meeting: Meeting, shown: Shown) -> Chart | None:
    """The figure with its words and its table; None where no rate was known on any of the days."""
    found, text = meeting.trend, shown.text
    known = [point for point in found.points if point.rate.value is not None] if found else []
    if found is None or not known:
        return None
    first, last = known[0], known[-1]
    values = {"before": text.percent(first.rate.value, 1), "now": text.percent(last.rate.value, 1)}
    of = text("review.of", k=text.number(last.rate.numerator), n=text.number(last.rate.denominator))
    caption = Caption(
        title=text("review.trend.title", date=text.date(first.on, "day"), **values),
        subtitle=text("review.trend.subtitle", of=of, date=text.date(last.on)),
        description=_described(found, text),
    )
    return Chart(caption, trend_figure(found, text), trend_table(found, text))


def _described(found: Trend, text: Text) -> str:
    said = [f"{text.date(point.on)}: {text.percent(point.rate.value, 1)}" for point in found.points]
    return text("list.separator").join(said)


def marks_list(meeting: Meeting, shown: Shown) -> list[Node]:
    """What the numbers on the figure stand for; nothing where there are none."""
    found, text = meeting.trend, shown.text
    if found is None or not found.marks:
        return []
    items = [_item(number, mark, shown) for number, mark in enumerate(found.marks, 1)]
    more = text.plural("review.marks_more", found.left_out) if found.left_out else ""
    parts: list[Node] = [html.H4(text("review.marks")), html.Ol(items, className="marks")]
    return [*parts, html.P(more, className="aside-note")] if more else parts


def _item(number: int, mark: Annotation, shown: Shown) -> Node:
    text = shown.text
    sign = html.Span(text.number(number), className=f"mark-number mark-{mark.source}", **aria(hidden="true"))
    day = html.Span(f"{text.date(mark.on)} · {text(f'review.mark.{mark.source}')}", className="mark-day")
    return html.Li([sign, html.Span([day, " ", typed(mark.text, shown)])])
