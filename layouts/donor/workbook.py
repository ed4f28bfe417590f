"""A release as an XLSX workbook: numbers where they are shown, words where they are not."""

from dashboard.release import Cell, Rate, Release
from dashboard.release_cells import WHOLE
from dashboard.release_measures import COUNTS, RATES
from dashboard.tables import Share, stage_name
from dashboard.text import Text
from layouts.donor.against import reached
from layouts.donor.defined import definitions_table
from layouts.donor.headline import lead_lines, sentence
from layouts.donor.numbers import count_words, median_words, rate_words, since_words
from layouts.donor.page import note_of, protected_lines
from layouts.donor.paper import meta_of
from layouts.donor.shown import DonorView
from layouts.donor.tables import STAGE_OF, cohort_groups, period_name, reached_heads, tracked, tracking_notes
from layouts.donor.tiles import indicators
from layouts.names import choice_name
from layouts.paper.workbook import leaves_xlsx
from layouts.paper.workbook_leaves import Leaf, Written

Row = tuple[Written, ...]


def release_xlsx(view: DonorView) -> bytes:
    """The file. Equal releases make equal bytes. Raises LookupError where there is none."""
    return leaves_xlsx(leaves(view), meta_of(view), view.text)


def leaves(view: DonorView) -> list[Leaf]:
    """The sheets of a release."""
    release = view.release
    found = [
        _indicators(release, view),
        _path(release, view),
        _cohorts(release, view),
        _breakdowns(release, view),
        _tracking(release, view),
        _definitions(release, view),
        _about(view),
    ]
    return [leaf for leaf in found if leaf.rows]


def count_cell(cell: Cell, text: Text) -> Written:
    """A number of women; a band or the reason as words, so that nothing can be added up."""
    if cell.value is None or cell.since is not None:
        return count_words(cell, text) + since_words(cell.since, text)
    return cell.value


def rate_cells(rate: Rate, text: Text) -> Row:
    """Rate, numerator, denominator, and both ends of the interval. A band or the reason stands in place of the rate."""
    low, high = rate.interval or (None, None)
    exact = rate.rate is not None and rate.since is None
    value: Written = Share(rate.rate) if exact else rate_words(rate, text) + since_words(rate.since, text)
    ends = (None if end is None else Share(end) for end in (low, high))
    return value, rate.hits, rate.base, *ends


def _indicators(release: Release, view: DonorView) -> Leaf:
    text = view.text
    headers = (text("workbook.indicator"), *_rate_heads(text))
    rows: list[Row] = []
    for name in indicators(release):
        label = text(f"donor.indicator.{name}")
        if name in RATES:
            rows.append((label, *rate_cells(release.rate(WHOLE, name), text)))
        elif name in COUNTS:
            rows.append((label, count_cell(release.count(WHOLE, name), text), *(None,) * 4))
        else:
            said = median_words(release.median, text) + since_words(release.median.since, text)
            rows.append((label, said, *(None,) * 4))
    sentences = (sentence(release, view)[0], *lead_lines(release, view), *note_of(release, text))
    return Leaf("brief", text("donor.sheet.indicators"), sentences, headers, tuple(rows))


def _rate_heads(text: Text) -> tuple[str, ...]:
    return tuple(text(f"workbook.{name}") for name in ("value", "numerator", "denominator", "low", "high"))


def _path(release: Release, view: DonorView) -> Leaf:
    text = view.text
    rows: list[Row] = [
        (stage_name(STAGE_OF[m], view.programme, text), count_cell(release.by_id[f"{WHOLE}/{m}"], text))
        for m in release.layout.stages
    ]
    return Leaf("path", text("donor.path"), (), (text("donor.stage"), text("donor.women")), tuple(rows))


def _cohorts(release: Release, view: DonorView) -> Leaf:
    text = view.text
    rows = tuple(
        (name, *rate_cells(release.rate(group, "insertion_90"), text)) for name, group in cohort_groups(release, view)
    )
    return Leaf("cohorts", text("donor.cohorts"), (), (text("filter.cohort"), *_rate_heads(text)), rows)


def _breakdowns(release: Release, view: DonorView) -> Leaf:
    text = view.text
    rows: list[Row] = []
    for breakdown in release.layout.dimensions:
        for value in breakdown.values:
            group = f"{breakdown.id}:{value}"
            counts = (count_cell(release.by_id[f"{group}/{m}"], text) for m in ("started", "completed"))
            names = (text(f"filter.{breakdown.id}"), choice_name(breakdown.id, value, view.programme, text))
            rows.append((*names, *counts, *rate_cells(release.rate(group, "insertion_90"), text)))
    counted = (text(f"donor.column.{name}") for name in ("started", "completed"))
    headers = (text("donor.sheet.breakdown"), text("donor.sheet.group"), *counted, *_rate_heads(text))
    return Leaf("breakdowns", text("donor.breakdowns"), (text("donor.breakdowns_lead"),), headers, tuple(rows))


def _tracking(release: Release, view: DonorView) -> Leaf:
    text, periods = view.text, release.layout.periods
    rows: list[Row] = []
    for entry in tracked(release):
        target = entry.final.value
        goal: Written = Share(target) if entry.unit == "rate" else target
        actual = (_actual(entry.indicator, f"period:{period.number}", release, text) for period in periods)
        found = reached(entry, release)
        share: Written = found.words(text)[0] if found.share is None else Share(found.share)
        rows.append((entry.code, entry.name[text.lang], goal, share, found.words(text)[1], *actual))
    names = (period_name(period, release, text) for period in periods)
    first = (text("workbook.code"), text("workbook.indicator"), text("tracking.column.target"))
    headers = (*first, *reached_heads(text), *names)
    return Leaf(
        "tracking",
        text("donor.tracking"),
        (text("donor.tracking_lead"), *tracking_notes(release, text)),
        headers,
        tuple(rows),
    )


def _actual(indicator: str, group: str, release: Release, text: Text) -> Written:
    if indicator in COUNTS:
        return count_cell(release.count(group, indicator), text)
    return rate_cells(release.rate(group, indicator), text)[0] if indicator in RATES else None


def _definitions(release: Release, view: DonorView) -> Leaf:
    table = definitions_table(release, view)
    return Leaf("definitions", view.text("workbook.definitions"), (), table.headers, table.rows, prose=True)


def _about(view: DonorView) -> Leaf:
    """What the workbook is about, and what it does not show."""
    text, release, published = view.text, view.release, view.published
    rows: list[Row] = [
        (text("workbook.programme"), view.programme.name[text.lang]),
        (text("donor.csv.release"), release.number),
        (text("workbook.as_of"), release.as_of),
        (text("donor.sheet.published_on"), published.published_on if published else None),
        (text("workbook.data_version"), release.data_version),
        (text("workbook.definition_version"), release.definition_version),
        (text("donor.csv.check_code"), published.code if published else ""),
        *((text("donor.protected"), line) for line in protected_lines(release, text)),
    ]
    name = text("donor.sheet.about")
    return Leaf(
        "about", name, (text("donor.protected_lead"), text("donor.privacy")), (name, ""), tuple(rows), prose=True
    )
