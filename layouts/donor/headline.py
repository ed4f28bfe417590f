"""The finding in one sentence, with its uncertainty or with why it is not shown more exactly."""

from dash import html

from dashboard.release import Rate, Release
from dashboard.release_cells import WHOLE
from dashboard.tables import interval
from dashboard.text import Text
from layouts.components import Node, aria, emphasised
from layouts.donor.against import reference_verdict
from layouts.donor.shown import DonorView


def headline(release: Release, view: DonorView) -> Node:
    """The finding, what it is compared with, and who is still in her days."""
    parts: list[Node] = [html.P(emphasised(*sentence(release, view)), className="finding")]
    parts += [html.P(words, className="lead-line") for words in lead_lines(release, view)]
    return html.Section(parts, className="headline donor-headline", **aria(label=view.text("headline.region")))


def sentence(release: Release, view: DonorView) -> tuple[str, str]:
    """The finding, and the part of it to stress."""
    return _finding(release.rate(WHOLE, "insertion_90"), view.text.number(view.programme.rules.window_days), view.text)


def lead_lines(release: Release, view: DonorView) -> list[str]:
    """How sure one can be, and who is not counted yet."""
    rate = release.rate(WHOLE, "insertion_90")
    return [
        words
        for words in (_sure(rate, release, view.text), _judged(rate, release, view.text), _open(release, view.text))
        if words
    ]


def _finding(rate: Rate, days: str, text: Text) -> tuple[str, str]:
    if rate.rate is not None:
        k = text.number(rate.hits)
        return text("donor.finding.exact", k=k, n=text.number(rate.base), days=days), k
    if rate.base is None:
        return text("donor.finding.hidden", days=days), ""
    if rate.at_least is not None:
        share = text.percent(rate.at_least)
        return text("donor.finding.at_least", rate=share, n=text.number(rate.base), days=days), share
    if rate.at_most is not None:
        share = text.percent(rate.at_most)
        return text("donor.finding.at_most", rate=share, n=text.number(rate.base), days=days), share
    return text("donor.finding.none" if rate.base == 0 else "donor.finding.hidden", days=days), ""


def _sure(rate: Rate, release: Release, text: Text) -> str:
    """How sure one can be, beside the declared reference; a band has no interval, which would tell its number."""
    reference = text.percent(release.reference)
    if rate.interval is None:
        return text("donor.band_lead", reference=reference) if rate.base else ""
    said = {"interval": interval(*rate.interval, text), "reference": reference}
    return text("donor.sure", rate=text.percent(rate.rate), **said)


def _judged(rate: Rate, release: Release, text: Text) -> str:
    """Whether the rate can be told from the reference, in words."""
    if rate.base is None or rate.base == 0 or (rate.hits is None and rate.at_least is None):
        return ""
    unknown = release.by_id.get(f"{WHOLE}/unknown")
    known = unknown.value if unknown is not None and unknown.since == rate.since else None  # of one and the same day
    found = reference_verdict(rate, known, release.reference)
    return text(f"donor.verdict.{found}")


def _open(release: Release, text: Text) -> str:
    cell = release.by_id.get(f"{WHOLE}/open")
    return text.plural("donor.open", cell.value) if cell is not None and cell.value else ""
