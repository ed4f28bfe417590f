"""The finding in words: how many were inserted, what is still open, what can be said at this number of women."""

from collections.abc import Iterable

from dash import html

from dashboard.indicators import Indicator, Outcomes, judged
from layouts.components import Node, emphasised
from layouts.dots import dots
from layouts.judgement import telling_digits
from layouts.shown import Shown


def headline(shown: Shown) -> list[Node]:
    """The headline, the sentences that qualify it, and one dot per woman who completed."""
    if shown.overview is None:
        return []
    first = html.P(finding(shown), className="finding")
    rest = [html.P(sentence) for sentence in qualifications(shown)]
    words = html.Div([first, html.Div(rest, className="qualifications")], className="headline-words")
    picture = dots(shown.counted.whole.outcomes, shown.text)
    return [words, picture] if picture is not None else [words]


def finding(shown: Shown) -> list[Node]:
    """The headline sentence, its number set strong."""
    rate = shown.counted.whole.indicators["insertion_90"]
    days = shown.text.number(shown.programme.rules.window_days)
    if not rate.denominator or rate.numerator is None:
        return [shown.text("headline.no_closed_window", days=days)]
    number = shown.text.isolate(shown.text.number(rate.numerator))
    # Arabic: after a number of one or two the verb comes first, where it does not agree in number.
    key = "headline.insertion" if rate.numerator > 2 else "headline.insertion_few"
    return emphasised(shown.text.plural(key, rate.denominator, k=number, days=days), number)


def qualifications(shown: Shown) -> list[str]:
    """What is open, unknown and undecided, then the rest of the programme in two sentences."""
    whole = shown.counted.whole
    rate = whole.indicators["insertion_90"]
    known = " ".join((*_interval(rate, shown), *_unknown(rate, shown)))
    more = " ".join((*_open(whole.outcomes, shown), *_others(shown)))
    return [sentences for sentences in (known, more) if sentences]


def _open(outcomes: Outcomes, shown: Shown) -> Iterable[str]:
    if outcomes.open:
        words = shown.text
        days = words.number(shown.programme.rules.window_days)
        yield words.plural("headline.open", outcomes.open, k=words.number(outcomes.open_inserted), days=days)


def _interval(rate: Indicator, shown: Shown) -> Iterable[str]:
    if not rate.denominator or rate.low is None or rate.high is None:
        return
    text, reference = shown.text, shown.programme.reference.rate
    digits = telling_digits(rate, reference, text)
    yield text("headline.interval", low=text.percent(rate.low, digits), high=text.percent(rate.high, digits))
    yield text(f"headline.{judged(rate, reference)}", reference=text.percent(reference))


def _unknown(rate: Indicator, shown: Shown) -> Iterable[str]:
    if rate.denominator and rate.unknown and rate.worst is not None and rate.best is not None:
        text = shown.text
        yield text.plural(
            "headline.unknown", rate.unknown, worst=text.percent(rate.worst), best=text.percent(rate.best)
        )


def _others(shown: Shown) -> Iterable[str]:
    text, found = shown.text, shown.counted.whole.indicators
    enrolled, dropout = found["enrolled"], found["dropout"]
    if enrolled.target:
        yield text.plural("headline.enrolled_target", enrolled.numerator or 0, target=text.number(enrolled.target))
    else:
        yield text.plural("headline.enrolled", enrolled.numerator or 0)
    if dropout.numerator:
        yield text.plural("headline.dropout", dropout.numerator)
