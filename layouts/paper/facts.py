"""What paper tells beyond the charts, as tables: the indicators tracked, and how every number is counted."""

from dashboard.programme import Programme
from dashboard.tables import Table
from dashboard.text import NONE, Text
from dashboard.tracking import Row, Tracking
from layouts.amounts import amount, distance, spread
from layouts.definitions import DEFINED, PARTS, definition_words
from layouts.lights import light_words

TRACKED = ("indicator", "baseline", "target", "actual", "denominator", "interval", "achieved", "variance", "light")


def tracking_table(found: Tracking, text: Text) -> Table:
    """One row an indicator, as of the day of the view."""
    heads = {name: f"workbook.{name}" for name in TRACKED} | {"light": "tracking.column.light"}
    heads["interval"] = "paper.interval"
    rows = tuple(_tracked(row, text) for row in found.rows)
    return Table(tuple(text(heads[name]) for name in TRACKED), rows)


def _tracked(row: Row, text: Text) -> tuple[str, ...]:
    entry, now, unit = row.entry, row.current, row.entry.unit
    name = f"{text.isolate(entry.code)} {entry.name[text.lang]}"
    if now is None:
        return name, amount(entry.baseline, unit, text), *(NONE,) * 7
    return (
        name,
        amount(entry.baseline, unit, text),
        amount(now.target, unit, text),
        amount(now.value, unit, text),
        NONE if now.denominator is None else text.number(now.denominator),
        NONE if unit == "count" else spread(now.low, now.high, unit, text),
        text.percent(now.achieved),
        distance(now.variance, unit, text),
        light_words(now.light, text),
    )


def definitions_table(programme: Programme, text: Text) -> Table:
    """One row an indicator: its name, numerator, denominator, anchor, window, exclusions and source."""
    heads = (text("workbook.indicator"), *(text(f"definitions.{part}") for part in PARTS))
    rows = tuple(tuple(definition_words(name, part, programme, text) for part in ("name", *PARTS)) for name in DEFINED)
    return Table(heads, rows)
