"""What stands in the workbook: sheets of values, before anything is written.

Numbers are numbers, rates fractions of 1, dates dates. Nothing here is about one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.indicators import Indicator
from dashboard.tables import Cell, Grid, Share, Spread, curve_grid, funnel_grid, header, insertion_grid
from dashboard.text import Text
from dashboard.tracking import Row
from layouts.charts import cohort_outcomes
from layouts.headline import finding, qualifications
from layouts.lights import light_words
from layouts.paper.facts import definitions_table
from layouts.paper.head import spans
from layouts.paper.meta import data_version, selection, source_words
from layouts.shown import Shown
from layouts.tile import Tile
from layouts.tiles import tiles
from layouts.tracking_page import LEVELS

Written = str | int | float | date | Share | None
"""What a cell holds: words, a count, days, a date, a rate, nothing."""

BRIEF = ("indicator", "said", "value", "numerator", "denominator", "low", "high", "worst", "best", "open", "unknown")
TRACKED = ("code", "indicator", "level", "unit", "baseline", "target", "target_due", "actual", "actual_on")
TRACKED_MORE = ("numerator", "denominator", "low", "high", "achieved", "variance", "state", "agreed")


@dataclass(frozen=True)
class Leaf:
    """One sheet: its tab's name, sentences over the table, headings and rows. `prose`: columns of long words."""

    id: str
    name: str
    sentences: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[Written, ...], ...]
    prose: bool = False


def leaves(shown: Shown) -> list[Leaf]:
    """The sheets of a view. Raises LookupError where no roster has been counted."""
    return [
        brief_leaf(shown),
        funnel_leaf(shown),
        insertion_leaf(shown),
        curve_leaf(shown),
        tracking_leaf(shown),
        definitions_leaf(shown),
        about_leaf(shown),
    ]


def brief_leaf(shown: Shown) -> Leaf:
    """The headline, and the indicators of the tiles with everything that qualifies them."""
    text, found = shown.text, shown.counted
    headline = "".join(span.words for span in spans(finding(shown)))
    before = text("workbook.before", date=text.date(found.before_as_of))
    headers = (*(text(f"workbook.{name}") for name in BRIEF), before, text("workbook.state"))
    rows = tuple(_indicator(tile, shown) for tile in tiles(shown))
    return Leaf("brief", text("workbook.brief"), (headline, *qualifications(shown)), headers, rows)


def _indicator(tile: Tile, shown: Shown) -> tuple[Written, ...]:
    now = shown.counted.whole.indicators[tile.id]
    before = shown.counted.before.get(tile.id)
    state = "" if tile.state == "no_target" else shown.text(f"state.{tile.state_words or tile.state}")
    said = " ".join(part for part in (tile.value, tile.unit, tile.out_of) if part)
    return (
        tile.label,
        said,
        _in_unit(now.value, now),
        now.numerator,
        now.denominator,
        *(_in_unit(bound, now) for bound in (now.low, now.high)),
        *(_in_unit(bound, now) for bound in (now.worst, now.best)),
        now.open,
        now.unknown,
        _in_unit(before.value, before) if before else None,
        state,
    )


def _in_unit(value: float | None, indicator: Indicator) -> Written:
    if value is None:
        return None
    return Share(value) if indicator.unit == "rate" else value


def funnel_leaf(shown: Shown) -> Leaf:
    """The path, a row a stage."""
    grid = funnel_grid(shown.counted.whole.funnel, shown.programme, shown.text)
    return _leaf("funnel", grid, shown.text)


def insertion_leaf(shown: Shown) -> Leaf:
    """Insertion, a row a cohort."""
    return _leaf("insertion", insertion_grid(cohort_outcomes(shown.counted), shown.programme, shown.text), shown.text)


def curve_leaf(shown: Shown) -> Leaf:
    """Time to insertion, a row a day with an event, and beside it the corners of the step line."""
    text = shown.text
    leaf = _leaf("curve", curve_grid(shown.counted.whole.curve), text)
    corners = _corners(leaf.rows)
    blank: tuple[Written, ...] = (None,) * (len(leaf.headers) + 1)
    rows = [*leaf.rows, *[blank[:-1]] * (len(corners) - len(leaf.rows))]
    drawn = (text("workbook.drawn", name=header(name, text)) for name in ("day", "incidence"))
    return Leaf(
        leaf.id,
        leaf.name,
        leaf.sentences,
        (*leaf.headers, "", *drawn),
        tuple((*row, None, *corner) for row, corner in zip(rows, corners, strict=False)),
    )


def _corners(rows: Sequence[tuple[Written, ...]]) -> list[tuple[Written, Written]]:
    """From nobody on day 0 up at each day with an event, level between."""
    corners: list[tuple[Written, Written]] = [(0, Share(0.0))]
    for day, _, _, share, *_ in rows:
        corners += [(day, corners[-1][1]), (day, share)]
    return corners if rows else []


def tracking_leaf(shown: Shown) -> Leaf:
    """The indicators tracked, as of the day of the view."""
    text, found = shown.text, shown.deeper.tracking()
    headers = tuple(text(f"workbook.{name}") for name in (*TRACKED, *TRACKED_MORE))
    rows = tuple(_tracked(row, text) for level in LEVELS for row in found.rows if row.entry.level == level)
    return Leaf("tracking", text("workbook.tracking"), (), headers, rows)


def _tracked(row: Row, text: Text) -> tuple[Written, ...]:
    entry, now = row.entry, row.current

    def unit(value: float | None) -> Written:
        return Share(value) if entry.unit == "rate" and value is not None else value

    first: tuple[Written, ...] = (
        entry.code,
        entry.name[text.lang],
        text(f"level.{entry.level}"),
        text(f"workbook.unit.{entry.unit}"),
        unit(entry.baseline),
    )
    agreed = text("workbook.yes" if entry.agreed else "workbook.no")
    if now is None:
        return (*first, *(None,) * 11, agreed)
    return (
        *first,
        unit(now.target),
        now.target_due,
        unit(now.value),
        now.as_of,
        now.numerator,
        now.denominator,
        unit(now.low),
        unit(now.high),
        None if now.achieved is None else Share(now.achieved),
        unit(now.variance),
        light_words(now.light, text),
        agreed,
    )


def definitions_leaf(shown: Shown) -> Leaf:
    """How every number is counted."""
    text = shown.text
    table = definitions_table(shown.programme, text)
    version = text("definitions.version", version=shown.programme.rules.version)
    return Leaf("definitions", text("workbook.definitions"), (version,), table.headers, table.rows, prose=True)


def about_leaf(shown: Shown) -> Leaf:
    """What the workbook is about and where it comes from."""
    text, programme = shown.text, shown.programme
    rows: tuple[tuple[Written, ...], ...] = (
        (text("workbook.programme"), programme.name[text.lang]),
        (text("workbook.as_of"), shown.as_of),
        *(((text("workbook.known"), shown.view.known),) if shown.view.known else ()),
        (text("workbook.women"), shown.counted.women),
        (text("workbook.selection"), selection(shown)),
        (text("workbook.data_version"), data_version(shown)),
        (text("workbook.definition_version"), programme.rules.version),
        (text("workbook.source"), source_words(shown)),
    )
    name = text("workbook.about")
    return Leaf("about", name, (text("workbook.privacy"),), (name, ""), rows, prose=True)


def _leaf(name: str, grid: Grid, text: Text) -> Leaf:
    """A table twin; an interval takes two columns, so that both its ends are numbers."""
    wide = {place for row in grid.rows for place, cell in enumerate(row) if isinstance(cell, Spread)}
    headers: list[str] = []
    for place, column in enumerate(grid.columns):
        words = header(column, text)
        both = (text("workbook.interval_low", name=words), text("workbook.interval_high", name=words))
        headers += both if place in wide else (words,)
    rows = tuple(tuple(value for cell in row for value in _flat(cell)) for row in grid.rows)
    return Leaf(name, text(f"workbook.{name}"), (), tuple(headers), rows)


def _flat(cell: Cell) -> tuple[Written, ...]:
    if isinstance(cell, Spread):
        return tuple(None if end is None else Share(end) for end in (cell.low, cell.high))
    return (None,) if isinstance(cell, Share) and cell.value is None else (cell,)
