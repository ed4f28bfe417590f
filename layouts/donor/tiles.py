"""The key indicators of a release: each with what it is out of, or with the reason why it is not shown."""

from dash import html

from dashboard.release import Release
from dashboard.release_cells import WHOLE
from dashboard.release_measures import COUNTS
from dashboard.tables import interval
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.donor.numbers import count_words, median_words, rate_of, rate_words, told
from layouts.donor.shown import DonorView


def tiles(release: Release, view: DonorView) -> Node:
    """A tile per indicator of the release, the median last."""
    found = [
        _count(name, release, view) if name in COUNTS else _rate(name, release, view)
        for name in release.layout.indicators
    ]
    found.append(_median(release, view.text))
    return html.Section(found, className="tiles", **aria(label=view.text("tiles.region")))


def _count(name: str, release: Release, view: DonorView) -> Node:
    text, cell = view.text, release.count(WHOLE, name)
    out_of = (
        text("tile.enrolled.of", target=text.number(release.target)) if name == "enrolled" and release.target else ""
    )
    value = told(count_words(cell, text), hidden=cell.hidden, since=cell.since, text=text)
    return _tile(name, value, [out_of], text, hidden=cell.hidden)


def _rate(name: str, release: Release, view: DonorView) -> Node:
    text, rate = view.text, release.rate(WHOLE, name)
    hidden = rate.reason is not None and rate.base != 0
    value = told(rate_words(rate, text), hidden=hidden, since=rate.since, text=text)
    sure = text("donor.interval", interval=interval(*rate.interval, text)) if rate.interval else ""
    none = text("donor.reason.not_mature") if rate.base == 0 else ""
    return _tile(name, value, [rate_of(rate, text), sure, none], text, hidden=hidden)


def _median(release: Release, text: Text) -> Node:
    median = release.median
    hidden = median.reason is not None
    value = told(median_words(median, text), hidden=hidden, since=median.since, text=text)
    rounded = text("donor.rounded", step=text.number(median.step)) if median.days is not None else ""
    return _tile("time_to_insertion", value, [rounded], text, hidden=hidden or median.days is None)


def _tile(name: str, value: Node, said: list[str], text: Text, *, hidden: bool) -> Node:
    label = html.H2(html.A(text(f"donor.indicator.{name}"), href=f"#def-{name}"), className="tile-label")
    size = "tile-value tile-words" if hidden else "tile-value"
    lines = [html.P(words, className="tile-of") for words in said if words]
    return html.Article([label, html.P(value, className=size), *lines], className=f"tile tile-{name.replace('_', '-')}")
