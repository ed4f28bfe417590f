"""The path, cohorts, breakdowns and tracking table of a release: bars drawn from what is shown, beside its words."""

from collections.abc import Sequence

from dash import html

from dashboard.achievement import Light
from dashboard.logframe import Tracked
from dashboard.release import Cell, Rate, Release, ReleasePeriod
from dashboard.release_cells import WHOLE
from dashboard.release_measures import COUNTS, RATES, STAGE_MEASURES
from dashboard.tables import interval, stage_name
from dashboard.text import NONE, Text
from layouts.amounts import amount
from layouts.components import Node, aria, data
from layouts.donor.against import reached
from layouts.donor.numbers import count_words, rate_of, rate_words, since_words, told_count, told_rate
from layouts.donor.shown import DonorView
from layouts.lights import light_words
from layouts.names import choice_name
from layouts.spark import whisker
from layouts.tile import place

STAGE_OF = {measure: stage for stage, measure in STAGE_MEASURES.items()}


def path(release: Release, view: DonorView) -> Node:
    """How many women reached each stage. A hidden stage has a hatched line of no length that could be measured."""
    text = view.text
    cells = [(measure, release.by_id[f"{WHOLE}/{measure}"]) for measure in release.layout.stages]
    most = max((cell.value for _, cell in cells if cell.value is not None), default=0)
    rows = [
        html.Tr(
            [
                html.Th(stage_name(STAGE_OF[measure], view.programme, text), scope="row"),
                html.Td(_bar(cell, most), className="bar-cell"),
                html.Td(told_count(cell, text)),
            ]
        )
        for measure, cell in cells
    ]
    heads = [text("donor.stage"), text("donor.reached_bar"), text("donor.women")]
    return _card("path", [_table(heads, rows, text("donor.path"))], text)


def _bar(cell: Cell, most: int) -> Node:
    if cell.value is None:
        return html.Div(className="path-bar path-hidden", **aria(hidden="true"))
    return html.Div(className="path-bar", style={"--part": place(cell.value, most or 1)}, **aria(hidden="true"))


def cohorts(release: Release, view: DonorView) -> Node:
    """The insertion rate by cohort beside the declared reference."""
    text = view.text
    rows = [
        _rate_row(name, release.rate(group, "insertion_90"), release.reference, text)
        for name, group in cohort_groups(release, view)
    ]
    scale = text("rates.scale_mark", mark=text("compare.mark", rate=text.percent(release.reference)))
    heads = [text("filter.cohort"), text("rates.count"), text("rates.rate"), scale, text("rates.interval")]
    return _card("cohorts", [_table(heads, rows, text("donor.cohorts"))], text)


def cohort_groups(release: Release, view: DonorView) -> list[tuple[str, str]]:
    """(name, group) of each cohort, all of them last."""
    found = next((found for found in release.layout.dimensions if found.id == "cohort"), None)
    values = found.values if found is not None else ()
    named = [(choice_name("cohort", value, view.programme, view.text), f"cohort:{value}") for value in values]
    return [*named, (view.text("donor.everyone"), WHOLE)]


def _rate_row(name: str, rate: Rate, reference: float, text: Text) -> Node:
    low, high = rate.interval or (None, None)
    drawn: Node = whisker(low, rate.rate, high, reference) if rate.rate is not None else _band(rate, reference)
    cells = {
        "of": rate_of(rate, text) or NONE,
        "rate": html.Strong(told_rate(rate, text)),
        "drawn": drawn,
        "limits": interval(low, high, text) if low is not None else NONE,
    }
    named = (
        html.Td(cell, className=f"cell-{place}" + (" cell-none" if cell == NONE else ""))
        for place, cell in cells.items()
    )
    return html.Tr([html.Th(name, scope="row"), *named])


def _band(rate: Rate, reference: float) -> Node:
    """A band as wide as what is said of it."""
    if rate.at_least is not None:
        return whisker(rate.at_least, None, 1.0, reference)
    return whisker(0.0, None, rate.at_most, reference) if rate.at_most is not None else NONE


def breakdowns(release: Release, view: DonorView) -> Node:
    """One table per breakdown, one at a time: nothing is crossed."""
    text = view.text
    parts: list[Node] = []
    for breakdown in release.layout.dimensions:
        rows = [_group_row(breakdown.id, value, release, view) for value in breakdown.values]
        name = text(f"filter.{breakdown.id}")
        heads = [name, *(text(f"donor.column.{column}") for column in ("started", "completed", "insertion_90"))]
        several = [html.P(text("donor.several"), className="aside-note")] if breakdown.id == "vulnerability" else []
        table = _table(heads, rows, name)
        parts.append(
            html.Details([html.Summary(name), table, *several], id=f"by-{breakdown.id}", className="breakdown")
        )
    return _card("breakdowns", parts, text)


def _group_row(dimension: str, value: str, release: Release, view: DonorView) -> Node:
    text, group = view.text, f"{dimension}:{value}"
    rate = release.rate(group, "insertion_90")
    share = [told_rate(rate, text), html.Small(rate_of(rate, text))]
    cells = [told_count(release.by_id[f"{group}/{measure}"], text) for measure in ("started", "completed")]
    name = html.Th(choice_name(dimension, value, view.programme, text), scope="row")
    return html.Tr([name, *(html.Td(cell) for cell in cells), html.Td(share)])


def tracking(release: Release, view: DonorView) -> list[Node]:
    """The indicator tracking table: target and actual of every period, from what is shown."""
    text, periods = view.text, release.layout.periods
    entries = tracked(release)
    if not entries or not periods:
        return []
    heads = [
        text("tracking.column.indicator"),
        text("tracking.column.target"),
        *reached_heads(text),
        *(period_name(period, release, text) for period in periods),
    ]
    rows = [_tracked_row(entry, heads[1:], release, text) for entry in entries]
    notes = [html.P(note, className="aside-note") for note in tracking_notes(release, text)]
    return [_card("tracking", [_table(heads, rows, text("tracking.title")), *notes], text)]


def _tracked_row(entry: Tracked, heads: Sequence[str], release: Release, text: Text) -> Node:
    """Every cell with its head: on a phone, where the row stands alone, it is said beside the number."""
    periods = (f"period:{period.number}" for period in release.layout.periods)
    cells: list[Node] = [
        goal_words(entry, text),
        *reached(entry, release).words(text),
        *(_actual(entry.indicator, period, release, text) for period in periods),
    ]
    name = html.Th([html.Span(text.isolate(entry.code), className="code"), " ", entry.name[text.lang]], scope="row")
    return html.Tr([name, *(html.Td(cell, **data(label=head)) for head, cell in zip(heads, cells, strict=True))])


def goal_words(entry: Tracked, text: Text) -> str:
    """The final target; of what should fall, the most that it may be."""
    goal = amount(entry.final.value, entry.unit, text)
    return goal if entry.direction == "+" else text("donor.at_most", rate=goal)


def tracking_notes(release: Release, text: Text) -> list[str]:
    """What has to be known to read the tracking table: targets that nobody has agreed on, and an open verdict."""
    entries = tracked(release)
    lights = [reached(entry, release).light for entry in entries]
    spans = Light("grey", "interval_spans_target")
    proposed = [text("tracking.proposed_note")] if any(not entry.agreed for entry in entries) else []
    return [*proposed, *([text("donor.spans_note", verdict=light_words(spans, text))] if spans in lights else [])]


def reached_heads(text: Text) -> tuple[str, str]:
    """The heads of the share of the final target and of the light."""
    return text("donor.column.achieved"), text("donor.column.light")


def tracked(release: Release) -> list[Tracked]:
    """The entries of the tracking table that a release has numbers for."""
    return [entry for entry in release.tracking if entry.indicator in release.layout.tracked]


def period_name(period: ReleasePeriod, release: Release, text: Text) -> str:
    """What a reporting period is called."""
    if release.period_kind == "month":
        return text.date(period.last, "month")
    return text(f"period.{release.period_kind}.one", n=text.number(period.number))


def _actual(indicator: str, group: str, release: Release, text: Text) -> Node:
    if indicator in COUNTS:
        return told_count(release.count(group, indicator), text)
    if indicator not in RATES:
        return NONE
    rate = release.rate(group, indicator)
    return html.Span([told_rate(rate, text), " ", html.Small(rate_of(rate, text))])


def actual_words(indicator: str, group: str, release: Release, text: Text) -> str:
    """A number of the tracking table or of a breakdown where nothing but words can stand."""
    if indicator in COUNTS:
        cell = release.count(group, indicator)
        return count_words(cell, text) + since_words(cell.since, text)
    if indicator not in RATES:
        return NONE
    rate = release.rate(group, indicator)
    of = rate_of(rate, text)
    return rate_words(rate, text) + (f" ({of})" if of else "") + since_words(rate.since, text)


def _table(heads: Sequence[str], rows: Sequence[Node], caption: str) -> Node:
    head = html.Thead(html.Tr([html.Th(cell, scope="col") for cell in heads]))
    hidden = html.Caption(caption, className="visually-hidden")
    table = html.Table([hidden, head, html.Tbody(list(rows))], className="figures donor-table")
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=caption))


def _card(name: str, parts: Sequence[Node], text: Text) -> Node:
    title = html.H2(text(f"donor.{name}"), id=f"{name}-title")
    lead = html.P(text(f"donor.{name}_lead"), className="subtitle")
    head = html.Div([title, lead], className="card-head")
    return html.Section(
        [head, *parts], className=f"card donor-{name}", **aria(labelledby=f"{name}-title"), **data(card=name)
    )
