"""A release as PDF: the page's numbers and words, what is hidden included, made without a browser."""

from dashboard.captions import Caption
from dashboard.release import Release
from dashboard.release_cells import WHOLE
from dashboard.tables import Table, interval, stage_name
from dashboard.text import NONE, Text
from layouts.components import emphasised
from layouts.donor.against import reached
from layouts.donor.defined import definitions_table
from layouts.donor.headline import lead_lines, sentence
from layouts.donor.numbers import count_words, rate_of, rate_words, since_words
from layouts.donor.page import note_of, protected_lines, versions
from layouts.donor.path_bars import PathBar, PathBars
from layouts.donor.shown import DonorView
from layouts.donor.tables import (
    STAGE_OF,
    actual_words,
    cohort_groups,
    goal_words,
    period_name,
    reached_heads,
    tracked,
    tracking_notes,
)
from layouts.donor.tiles import indicator_words, indicators
from layouts.names import choice_name
from layouts.paper.blocks import Content
from layouts.paper.brief import brief_pdf
from layouts.paper.head import Head, Headline, spans
from layouts.paper.meta import Meta
from layouts.paper.table_block import TableBlock
from layouts.paper.tiles import Tiles
from layouts.paper.titled import Titled
from layouts.tile import Tile


def release_pdf(view: DonorView) -> bytes:
    """The file. Equal releases make equal bytes. Raises LookupError where there is none, PaperError fonts_missing."""
    return brief_pdf(blocks(view), view.text, meta_of(view))


def meta_of(view: DonorView) -> Meta:
    """As-of date, release, versions and check code; what every page says at its foot."""
    text, programme, release = view.text, view.programme, view.release
    name, day = programme.name[text.lang], text.date(release.as_of)
    said = versions(view.published, text) if view.published else ""
    return Meta(
        title=text("donor.paper_title", programme=name, number=text.number(release.number), date=day),
        author=programme.operator[text.lang],
        subject=programme.subtitle[text.lang],
        as_of=release.as_of,
        foot=(text("page.as_of", date=day), said, text("donor.hidden_foot", n=text.number(len(release.hidden)))),
    )


def blocks(view: DonorView) -> list[Content]:
    """Everything that the page says, as blocks."""
    release, text = view.release, view.text
    tables = [
        (text("donor.cohorts"), cohorts_table(release, view), False),
        *((text(f"filter.{d.id}"), breakdown_table(d.id, release, view), False) for d in release.layout.dimensions),
        (text("donor.tracking"), tracking_table(release, view), False),
        (text("donor.tracking_notes"), notes_table(release, text), True),
        (text("donor.protected"), protected_table(release, text), True),
        (text("definitions.title"), definitions_table(release, view), True),
    ]
    found = [TableBlock(title, table, text, prose=prose) for title, table, prose in tables if table.rows]
    return [*_first(release, view), *found]


def _first(release: Release, view: DonorView) -> list[Content]:
    text, programme = view.text, view.programme
    day = text("page.as_of", date=text.date(release.as_of))
    published = view.published.published_on if view.published else release.as_of
    number = text("donor.release", number=text.number(release.number), date=text.date(published))
    head = Head(programme.name[text.lang], programme.subtitle[text.lang], day, number)
    finding = tuple(spans(emphasised(*sentence(release, view))))
    note = note_of(release, text)
    said = [*lead_lines(release, view), *([f"{text('donor.note')}: {line}" for line in note[:1]]), *note[1:]]
    tiles = Tiles(tuple(_tile(name, release, view) for name in indicators(release)), text)
    return [head, Headline(finding, tuple(said)), tiles, path_bars(release, view)]


def _tile(name: str, release: Release, view: DonorView) -> Tile:
    found = indicator_words(name, release, view)
    return Tile(name, view.text(f"donor.indicator.{name}"), found.alone(view.text), "", details=found.lines)


def path_bars(release: Release, view: DonorView) -> PathBars:
    """The path as bars; a hidden stage is hatched over the whole width."""
    text, cells = view.text, [(m, release.by_id[f"{WHOLE}/{m}"]) for m in release.layout.stages]
    most = max((cell.value for _, cell in cells if cell.value is not None), default=0) or 1
    bars = tuple(
        PathBar(
            stage_name(STAGE_OF[measure], view.programme, text),
            count_words(cell, text) + since_words(cell.since, text),
            None if cell.value is None else cell.value / most,
        )
        for measure, cell in cells
    )
    caption = Caption(text("donor.path"), text("donor.path_lead"), "")
    return PathBars(Titled("", caption), bars)


def cohorts_table(release: Release, view: DonorView) -> Table:
    """The insertion rate by cohort."""
    text = view.text
    heads = tuple(text(key) for key in ("filter.cohort", "rates.rate", "rates.count", "rates.interval"))
    rows = []
    for name, group in cohort_groups(release, view):
        rate = release.rate(group, "insertion_90")
        low, high = rate.interval or (None, None)
        rows.append((name, rate_words(rate, text) + since_words(rate.since, text), rate_of(rate, text) or NONE,
                     interval(low, high, text)))  # fmt: skip
    return Table(heads, tuple(rows))


def breakdown_table(dimension: str, release: Release, view: DonorView) -> Table:
    """Women started, completed and inserted by one dimension."""
    text = view.text
    columns = ("started", "completed", "insertion_90")
    heads = (text(f"filter.{dimension}"), *(text(f"donor.column.{column}") for column in columns))
    values = next(found.values for found in release.layout.dimensions if found.id == dimension)
    rows = []
    for value in values:
        group = f"{dimension}:{value}"
        counts = [release.by_id[f"{group}/{measure}"] for measure in columns[:2]]
        said = [count_words(cell, text) + since_words(cell.since, text) for cell in counts]
        name = choice_name(dimension, value, view.programme, text)
        rows.append((name, *said, actual_words("insertion_90", group, release, text)))
    return Table(heads, tuple(rows))


def tracking_table(release: Release, view: DonorView) -> Table:
    """The indicator tracking table; without rows where nothing is tracked."""
    text, periods = view.text, release.layout.periods
    heads = (text("tracking.column.indicator"), text("tracking.column.target"), *reached_heads(text))
    rows = tuple(
        (
            f"{text.isolate(entry.code)} {entry.name[text.lang]}",
            goal_words(entry, text),
            *reached(entry, release).words(text),
            *(actual_words(entry.indicator, f"period:{period.number}", release, text) for period in periods),
        )
        for entry in tracked(release)
    )
    return Table((*heads, *(period_name(period, release, text) for period in periods)), rows)


def notes_table(release: Release, text: Text) -> Table:
    """How the tracking table is read; without rows where there is nothing to say."""
    return Table((text("donor.tracking_lead"),), tuple((note,) for note in tracking_notes(release, text)))


def protected_table(release: Release, text: Text) -> Table:
    """What is not shown, and why."""
    return Table((text("donor.protected_lead"),), tuple((line,) for line in protected_lines(release, text)))
