"""The review's first step: what the headline was and is, what moved it, and every indicator then and now."""

from collections.abc import Iterator
from datetime import date

from dash import html

from dashboard.captions import Caption
from dashboard.figures import waterfall_figure
from dashboard.figures.waterfall import waterfall_lines, waterfall_table
from dashboard.indicators import Indicator, judged
from dashboard.restatement import Change
from dashboard.review import Headline, Review
from dashboard.text import Text
from dashboard.waterfall import Step
from layouts import ids
from layouts.amounts import distance
from layouts.charts import Chart
from layouts.components import Node, aria, data, emphasised, message, notice
from layouts.judgement import telling_digits
from layouts.meeting import Meeting
from layouts.places import definition_address
from layouts.review_words import indicator_name, value_cell
from layouts.shown import Shown

SINCE = "review-since"


def headline_step(meeting: Meeting, shown: Shown) -> list[Node]:
    """What the step says above its figure."""
    found, text = meeting.changed, shown.text
    head = step_head(1, text("review.step_title.headline"), text, _chooser(meeting, shown))
    if found is None:
        return [*head, message(text("review.nothing"), "", text("review.nothing_next"), "empty")]
    first = html.P(change_words(found, shown), className="finding")
    rest = [html.P(said) for said in qualifications(found.headline, shown.programme.reference.rate, text)]
    return [*head, *_cautions(meeting, shown), html.Div([first, html.Div(rest, className="qualifications")])]


def step_head(number: int, title: str, text: Text, *more: Node) -> list[Node]:
    """The heading of a step; it takes the focus when the meeting comes to it."""
    kicker = html.P(text("review.step", n=text.number(number), of=text.number(5)), className="kicker")
    heading = html.H2(title, id=ids.step_title(number), tabIndex=-1)
    return [html.Div([html.Div([kicker, heading]), *more], className="step-head")]


def _chooser(meeting: Meeting, shown: Shown) -> Node:
    """The day that the review compares with."""
    text = shown.text
    signed = {one.as_of: one.number for one in meeting.book.signed}
    options = []
    for day in meeting.days:
        words = text.date(day, "full" if day.weekday() == 0 else "long")
        if day in signed:
            words = text("review.signed_day", date=words, n=text.number(signed[day]))
        options.append(html.Option(words, value=day.isoformat(), selected=day == meeting.since))
    select = html.Select(options, id=SINCE, className="form-select as-of-select", disabled=not options)
    label = html.Label(text("review.since"), htmlFor=SINCE, className="filter-name")
    return html.Div([label, select], className="since")


def _cautions(meeting: Meeting, shown: Shown) -> Iterator[Node]:
    text = shown.text
    if meeting.refused is not None:
        yield notice(text("review.refused", date=text.date(meeting.refused)))
    for caution in meeting.changed.cautions if meeting.changed else ():
        yield notice(text(f"review.caution.{caution}"))


def change_words(found: Review, shown: Shown) -> list[Node]:
    """The headline of change in one sentence, its number set strong."""
    return change_sentence(found.headline, found.since, shown.programme.rules.window_days, shown.text)


def change_sentence(head: Headline, since: date, window_days: int, text: Text) -> list[Node]:
    """The same, of a headline alone."""
    days = text.number(window_days)
    if head.now.value is None:
        return [text("headline.no_closed_window", days=days)]
    now = text("review.of", k=text.number(head.now.numerator), n=text.number(head.now.denominator))
    rate = text.percent(head.now.value, 1)
    start = head.waterfall.start
    if head.waterfall.start_rate is None:
        return emphasised(text("review.change.first", now=now, rate=rate, days=days), rate)
    then = text("review.of", k=text.number(start.numerator), n=text.number(start.denominator))
    points = text.signed((head.now.value - head.waterfall.start_rate) * 100, 1)
    values = {"now": now, "rate": rate, "then": then, "before": text.percent(head.waterfall.start_rate, 1)}
    if round(head.now.value - head.waterfall.start_rate, 3) == 0:
        said = {name: values[name] for name in ("now", "rate", "then")}
        return emphasised(text("review.unchanged", date=text.date(since, "day"), days=days, **said), rate)
    sentence = text("review.change", points=points, date=text.date(since, "day"), days=days, **values)
    return emphasised(sentence, rate)


def qualifications(head: Headline, reference: float, text: Text) -> Iterator[str]:
    """What part of it is news and what is a retold past; the interval, the verdict, and what they cannot say."""
    if parts := split_words(head, text):
        yield text("review.split", parts=text("list.separator").join(parts))
    if certain := certainty(head.now, reference, text):
        yield certain
        yield text("review.no_test")


def certainty(rate: Indicator, reference: float, text: Text) -> str:
    """The interval of a rate and what it says about the declared reference; nothing of nobody."""
    if rate.low is None or rate.high is None or not rate.denominator:
        return ""
    digits = telling_digits(rate, reference, text)
    low, high = text.percent(rate.low, digits), text.percent(rate.high, digits)
    verdict = text(f"headline.{judged(rate, reference)}", reference=text.percent(reference))
    return f"{text('headline.interval', low=low, high=high)} {verdict}"


def split_words(head: Headline, text: Text) -> list[str]:
    """Points by cause, in the order of the steps; they add up to the whole."""
    before, sums = head.waterfall.start_rate, {"restated": 0.0, "since": 0.0}
    seen: set[str] = set()
    if before is None:
        return []
    for step in head.waterfall.steps:
        after = before if step.rate is None else step.rate
        sums[_part(step)] += after - before
        seen.add(_part(step))
        before = after
    return [text(f"review.split.{name}", points=text.signed(sums[name] * 100, 1)) for name in sums if name in seen]


def _part(step: Step) -> str:
    return "restated" if step.code in ("restated", "recounted") else "since"


def fall(meeting: Meeting, shown: Shown) -> Chart | None:
    """The waterfall with its words and its table."""
    found, text = meeting.changed, shown.text
    if found is None:
        return None
    rows = waterfall_lines(found.headline, text.date(found.since, "day"), text.date(found.today, "day"), text)
    of = text("review.of", k=text.number(found.headline.now.numerator), n=text.number(found.headline.now.denominator))
    caption = Caption(
        title=text("review.fall.title"),
        subtitle=text("review.fall.subtitle", of=of, date=text.date(found.today)),
        description=text("list.separator").join(f"{row.words}: {row.counts}" for row in rows)
        or text("review.fall.none"),
    )
    return Chart(caption, waterfall_figure(rows, text), waterfall_table(rows, text))


def then_and_now(meeting: Meeting, shown: Shown) -> list[Node]:
    """Every indicator as it was known then, as that day is known now, and now."""
    found, text = meeting.changed, shown.text
    if found is None:
        return []
    columns = [
        text("review.column.indicator"),
        text("review.column.known", date=text.date(found.since, "day")),
        text("review.column.restated", date=text.date(found.since, "day")),
        text("review.column.now", date=text.date(found.today, "day")),
        text("review.column.change"),
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in columns]))
    body = html.Tbody([_row(change, shown) for change in found.changes])
    title = text("review.then_now")
    table = html.Table(
        [html.Caption(title, className="visually-hidden"), head, body], className="figures then-now-table"
    )
    scroll = html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=title))
    return [html.Section([html.H3(title), html.P(text("review.then_now_lead"), className="subtitle"), scroll])]


def _row(change: Change, shown: Shown) -> Node:
    text = shown.text
    name = html.A(indicator_name(change.id, text), href=definition_address(change.id, shown.view))
    cells = [value_cell(one, text) for one in (change.known, change.restated, change.now)]
    marked = [html.Span("↻ ", className="restated-mark", **aria(hidden="true"))] if _told(change) else []
    cells[1].children = [*marked, *cells[1].children]
    words = distance(_difference(change.known, change.now), change.now.unit, text)
    return html.Tr([html.Th(name, scope="row"), *cells, html.Td(words)], **data(indicator=change.id))


def _told(change: Change) -> bool:
    """Whether the old day is known otherwise now."""
    one, other = change.known, change.restated
    return (one.numerator, one.denominator, one.value) != (other.numerator, other.denominator, other.value)


def _difference(before: Indicator, after: Indicator) -> float | None:
    return None if before.value is None or after.value is None else after.value - before.value
