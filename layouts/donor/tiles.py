"""The key indicators of a release: each with what it is out of, or with the reason why it is not shown."""

from dataclasses import dataclass

from dash import html

from dashboard.release import Release
from dashboard.release_cells import WHOLE
from dashboard.release_measures import COUNTS
from dashboard.tables import interval
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.donor.defined import anchor
from layouts.donor.numbers import count_words, median_words, rate_of, rate_words, since_words, told
from layouts.donor.shown import DonorView


@dataclass(frozen=True, slots=True)
class Said:
    """An indicator in words. `hidden`: words stand in place of a number; `long`: words stand beside it."""

    value: str
    lines: tuple[str, ...]
    since: int | None
    hidden: bool = False
    long: bool = False

    def alone(self, text: Text) -> str:
        """The value where nothing but words can stand."""
        return self.value + since_words(self.since, text)


def indicator_words(name: str, release: Release, view: DonorView) -> Said:
    """A tile's indicator: a count, a rate, or the median time to insertion."""
    if name == "time_to_insertion":
        return _median(release, view.text)
    return _count(name, release, view.text) if name in COUNTS else _rate(name, release, view.text)


def indicators(release: Release) -> tuple[str, ...]:
    """The indicators of the tiles, the median last."""
    return (*release.layout.indicators, "time_to_insertion")


def tiles(release: Release, view: DonorView) -> Node:
    """A tile per indicator of the release."""
    found = [_tile(name, indicator_words(name, release, view), view.text) for name in indicators(release)]
    return html.Section(found, className="tiles", **aria(label=view.text("tiles.region")))


def _count(name: str, release: Release, text: Text) -> Said:
    cell, target = release.count(WHOLE, name), release.target if name == "enrolled" else None
    out_of = (text("tile.enrolled.of", target=text.number(target)),) if target else ()
    return Said(count_words(cell, text), out_of, cell.since, cell.hidden, cell.banded)


def _rate(name: str, release: Release, text: Text) -> Said:
    rate = release.rate(WHOLE, name)
    sure = text("donor.interval", interval=interval(*rate.interval, text)) if rate.interval else ""
    none = text("donor.reason.not_mature") if rate.base == 0 else ""
    lines = tuple(words for words in (rate_of(rate, text), sure, none) if words)
    banded = rate.at_least is not None or rate.at_most is not None
    hidden = rate.reason is not None and rate.base != 0
    return Said(rate_words(rate, text), lines, rate.since, hidden, banded)


def _median(release: Release, text: Text) -> Said:
    median = release.median
    rounded = (text("donor.rounded", step=text.number(median.step)),) if median.days is not None else ()
    return Said(median_words(median, text), rounded, median.since, median.days is None, long=True)


def _tile(name: str, said: Said, text: Text) -> Node:
    label = html.H2(html.A(text(f"donor.indicator.{name}"), href=f"#{anchor(name)}"), className="tile-label")
    size = "tile-value" + (" tile-words" if said.hidden else " tile-long" if said.long else "")
    value = html.P(told(said.value, hidden=said.hidden, since=said.since, text=text), className=size)
    lines = [html.P(words, className="tile-of") for words in said.lines]
    return html.Article([label, value, *lines], className=f"tile tile-{name.replace('_', '-')}")
