"""The finding in one sentence, with its uncertainty or with why it is not shown more exactly."""

from dash import html

from dashboard.intervals import verdict
from dashboard.release import Rate, Release
from dashboard.release_cells import WHOLE
from dashboard.tables import interval
from dashboard.text import Text
from layouts.components import Node, aria, emphasised
from layouts.donor.against import judged_against, reached, reference_verdict
from layouts.donor.shown import DonorView
from layouts.donor.tables import tracked
from layouts.lights import light_words


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
    said = (_sure, _goal, _judged)
    return [words for words in (*(say(rate, release, view.text) for say in said), _open(release, view.text)) if words]


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


def _goal(rate: Rate, release: Release, text: Text) -> str:
    """The target, and how the rate stands to it; the target alone where its period has another number or none."""
    entry = next((entry for entry in tracked(release) if entry.indicator == "insertion_90"), None)
    target = judged_against(entry, release) if entry is not None else None
    if entry is None or target is None or rate.base == 0:
        return ""
    goal = text(f"donor.goal.{'agreed' if entry.agreed else 'proposed'}", target=text.percent(target))
    latest = release.rate(f"period:{release.layout.periods[-1].number}", entry.indicator)
    found = reached(entry, release).light
    if found is None or (latest.hits, latest.base) != (rate.hits, rate.base):
        return text("donor.goal.only", goal=goal)
    return text("donor.goal.judged", goal=goal, verdict=light_words(found, text))


def _judged(rate: Rate, release: Release, text: Text) -> str:
    """Whether the rate can be told from the reference, in words."""
    if rate.base is None or rate.base == 0 or (rate.hits is None and rate.at_least is None):
        return ""
    unknown = release.by_id.get(f"{WHOLE}/unknown")
    known = unknown.value if unknown is not None and unknown.since == rate.since else None  # of one and the same day
    found = reference_verdict(rate, known, release.reference)
    if found == "cannot_tell" and verdict(rate.interval, release.reference) == "below":
        return text("donor.verdict.not_known")  # as the interval above it says otherwise
    return text(f"donor.verdict.{found}")


def _open(release: Release, text: Text) -> str:
    cell = release.by_id.get(f"{WHOLE}/open")
    return text.plural("donor.open", cell.value) if cell is not None and cell.value else ""
