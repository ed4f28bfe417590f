"""What staff decided and wrote, on the small trends of the tracking table: a dashed line each, and a list below."""

from collections.abc import Sequence
from datetime import date

from dash import html

from dashboard.decisions import Annotation
from dashboard.guests import names_a_code
from dashboard.text import Text
from dashboard.tracking import Period
from dashboard.trend import MOST
from layouts.components import Node, aria
from layouts.review_words import typed
from layouts.shown import Shown


def marks_between(periods: Sequence[Period], shown: Shown) -> tuple[Annotation, ...]:
    """The newest marks between the ends of the first and the last of some periods: there a trend has a line."""
    if len(periods) < 2:
        return ()
    first, last = periods[0].last, periods[-1].last
    return tuple(mark for mark in shown.deeper.annotations() if first < mark.on <= last)[-MOST:]


def place_of(mark: Annotation, periods: Sequence[Period], as_of: date) -> float:
    """Where a mark stands on a trend: 0 is the end of the first period, 1 that of the second.

    The period that is under way ends, on the trend, on the as-of day.
    """
    number = next(number for number, period in enumerate(periods) if mark.on <= period.last)
    period = periods[number]
    end = min(period.last, as_of)
    return number - 1 + ((mark.on - period.first).days + 1) / ((end - period.first).days + 1)


def marks_title(marks: Sequence[Annotation], text: Text) -> str:
    """What a trend's hover says of its marks; a text that may name someone is only in the list."""
    return "\n".join(f"{text.date(mark.on)} · {_words(mark, text)}" for mark in marks)


def _words(mark: Annotation, text: Text) -> str:
    return text(f"review.mark.{mark.source}") if names_a_code(mark.text) else mark.text


def marks_section(marks: Sequence[Annotation], shown: Shown) -> list[Node]:
    """The list below the table; nothing where there are none."""
    if not marks:
        return []
    text = shown.text
    title = html.H3(text("review.marks"), id="tracking-marks-title")
    items = [html.Li([_head(mark, text), " ", typed(mark.text, shown)]) for mark in marks]
    return [
        html.Section([title, html.Ul(items, className="tracking-marks")], **aria(labelledby="tracking-marks-title"))
    ]


def _head(mark: Annotation, text: Text) -> Node:
    said = f"{text.date(mark.on)} · {text(f'review.mark.{mark.source}')}"
    return html.Small([html.Span("┊ ", **aria(hidden="true")), said])
