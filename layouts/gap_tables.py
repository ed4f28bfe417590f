"""Insertion by group of women: each group with its interval, in the programme's order, and what can be told apart."""

from collections.abc import Sequence

from dash import html

from dashboard.gaps import Gap, GapTable
from dashboard.text import Text
from layouts.components import Node
from layouts.names import choice_name
from layouts.rates import Mark, RateRow, rate_table
from layouts.shown import Shown


def gap_section(tables: Sequence[GapTable], shown: Shown) -> tuple[str, Sequence[Node]]:
    """The line that is always seen, and a table per dimension."""
    text = shown.text
    apart = [gap for table in tables for gap in table.groups if gap.state in ("higher", "lower")]
    compared = sum(table.compared for table in tables)
    if not compared:
        return text("theme.gaps.none"), [_lead(tables, text), *(_dimension(table, shown) for table in tables)]
    counts = {"compared": text.number(compared)}
    finding = text.plural("theme.gaps.apart", len(apart), **counts) if apart else text("theme.gaps.no_gap", **counts)
    return finding, [_lead(tables, text), *(_dimension(table, shown) for table in tables)]


def _lead(tables: Sequence[GapTable], text: Text) -> Node:
    least = text.number(max((table.least for table in tables), default=0))
    chance = text.number(sum(table.by_chance for table in tables), 1)
    return html.P(text("theme.gaps.lead", least=least, chance=chance), className="lead-line")


def _dimension(table: GapTable, shown: Shown) -> Node:
    text = shown.text
    rows = [
        RateRow(
            choice_name(table.dimension, gap.group, shown.programme, text),
            gap.rate,
            _said(gap, text),
            f"gap-{gap.state}",
        )
        for gap in table.groups
    ]
    caption = text("theme.gaps.caption", dimension=text(f"filter.{table.dimension}"))
    parts: list[Node] = [
        rate_table(rows, caption, text, _everyone(shown), text("theme.gaps.said"), text(f"filter.{table.dimension}"))
    ]
    if table.overlapping:
        parts.append(html.P(text("theme.gaps.overlapping"), className="aside-note"))
    return html.Div(parts, className="gap-dimension")


def _everyone(shown: Shown) -> Mark | None:
    """The rate of all women of the view, to compare the groups with."""
    rate = shown.counted.whole.indicators["insertion_90"]
    if not rate.denominator or rate.value is None:
        return None
    return rate.value, shown.text("theme.gaps.everyone", rate=shown.text.percent(rate.value))


def _said(gap: Gap, text: Text) -> Node:
    words = text(f"theme.gaps.{gap.state}")
    if gap.state not in ("higher", "lower") or gap.difference is None or gap.low is None or gap.high is None:
        return words
    values = {
        "difference": text.signed(gap.difference * 100),
        "low": text.signed(gap.low * 100),
        "high": text.signed(gap.high * 100),
    }
    return html.Div([html.Strong(words), html.Small(text("theme.gaps.by", **values))])
