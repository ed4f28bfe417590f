"""Numbers of a release in words: shown, banded, or hidden with the reason. Never blank, never 0 for what is hidden."""

from dash import html

from dashboard.release import Cell, Median, Rate
from dashboard.text import NONE, Text
from layouts.components import Node, aria

HIDDEN = "▨"  # beside every word that stands for a number


def count_words(cell: Cell, text: Text) -> str:
    """A count, a band of counts, or what is said instead."""
    if cell.value is not None:
        return text.number(cell.value)
    if cell.banded:
        return text("donor.between", low=text.number(cell.low), high=text.number(cell.high))
    return reason_words(cell.reason, text)


def rate_words(rate: Rate, text: Text) -> str:
    """A rate, a band of rates ("at least 90 %"), or what is said instead; a rate of nobody is "—"."""
    if rate.rate is not None:
        return text.percent(rate.rate)
    if rate.at_least is not None:
        return text("donor.at_least", rate=text.percent(rate.at_least))
    if rate.at_most is not None:
        return text("donor.at_most", rate=text.percent(rate.at_most))
    return NONE if rate.base == 0 else reason_words(rate.reason, text)


def rate_of(rate: Rate, text: Text) -> str:
    """What a rate is out of: "43 of 45", "of 45" beside a band, nothing where that is hidden too."""
    if rate.base is None or rate.base == 0:
        return ""
    n = text.number(rate.base)
    return text("donor.of_n", n=n) if rate.hits is None else text("rates.of", k=text.number(rate.hits), n=n)


def median_words(median: Median, text: Text) -> str:
    """A rounded median with its interval, or what is said instead."""
    if median.days is None:
        return reason_words(median.reason, text) if median.reason else text("donor.not_reached")
    return text("donor.about_days", days=text.number(median.days))


def reason_words(reason: str | None, text: Text) -> str:
    """Why a number is not shown."""
    return text(f"donor.reason.{reason or 'too_few'}")


def since_words(since: int | None, text: Text) -> str:
    """That a number repeats an earlier release, for where words stand alone; "" where it does not."""
    return f" ({text('donor.since', number=text.number(since))})" if since is not None else ""


def told(words: str, *, hidden: bool, since: int | None, text: Text) -> Node:
    """A number on the page: marked where it is hidden, and where it repeats an earlier release."""
    if hidden:
        mark = html.Span(HIDDEN, className="hidden-mark", **aria(hidden="true"))
        return html.Span([mark, words], className="hidden-number")
    if since is None:
        return html.Bdi(words)
    repeated = html.Small(text("donor.since", number=text.number(since)), className="repeated")
    return html.Span([html.Bdi(words), " ", repeated])


def told_count(cell: Cell, text: Text) -> Node:
    """A count as it stands in a table."""
    return told(count_words(cell, text), hidden=cell.hidden, since=cell.since, text=text)


def told_rate(rate: Rate, text: Text) -> Node:
    """A rate as it stands in a table."""
    hidden = rate.reason is not None and rate.base != 0
    return told(rate_words(rate, text), hidden=hidden, since=rate.since, text=text)
