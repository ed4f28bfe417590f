"""Rates side by side: counts, rate, dot and interval on 0 to 100 %, and what the unknown could change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dash import html

from dashboard.tables import interval
from dashboard.text import NONE, Text
from layouts.components import Node, aria, data
from layouts.spark import whisker


class Rate(Protocol):
    """A rate with its interval and bounds, as fractions of 1; None where undefined."""

    @property
    def numerator(self) -> int | None: ...  # noqa: D102
    @property
    def denominator(self) -> int | None: ...  # noqa: D102
    @property
    def value(self) -> float | None: ...  # noqa: D102
    @property
    def low(self) -> float | None: ...  # noqa: D102
    @property
    def high(self) -> float | None: ...  # noqa: D102
    @property
    def worst(self) -> float | None: ...  # noqa: D102
    @property
    def best(self) -> float | None: ...  # noqa: D102
    @property
    def unknown(self) -> int: ...  # noqa: D102


Mark = tuple[float, str]
"""A rate to compare with, and what it is."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """One line. `said` are words that go with it; `group` sets it apart from the line above."""

    name: Node
    rate: Rate
    said: Node = ""
    kind: str = ""


def of(rate: Rate, text: Text) -> str:
    """ "43 of 45"; only n where the share is estimated; "—" where there is nobody."""
    if not rate.denominator:
        return NONE
    if rate.numerator is None:
        return text("rates.n", n=text.number(rate.denominator))
    return text("rates.of", k=text.number(rate.numerator), n=text.number(rate.denominator))


def share(rate: Rate, text: Text) -> str:
    """The rate of somebody; a rate of nobody is "—"."""
    return text.percent(rate.value) if rate.denominator else NONE


def unknown_words(rate: Rate, text: Text) -> str:
    """What the women of unknown outcome could change; nothing where all is known."""
    if not rate.unknown or not rate.denominator or rate.worst is None or rate.best is None:
        return ""
    return text.plural("rates.unknown", rate.unknown, bounds=interval(rate.worst, rate.best, text))


def rate_table(
    rows: Sequence[RateRow], caption: str, text: Text, mark: Mark | None = None, said: str = "", name: str = ""
) -> Node:
    """Rates as a table that is its own chart. `said` heads the column of words; without it there is none."""
    return rate_tables({"": rows}, caption, text, mark, said, name)


def rate_tables(
    groups: Mapping[str, Sequence[RateRow]], caption: str, text: Text, mark: Mark | None, said: str, name: str
) -> Node:
    """Groups of rates, each under its name, on one scale. `mark` is a rate to compare with, dotted.

    The roles tell what the cards on a phone no longer look like.
    """
    heads = [name or text("rates.group"), text("rates.count"), text("rates.rate")]
    heads += [_scale(text, mark), text("rates.interval"), *([said] if said else [])]
    cells = [html.Th(cell, scope="col", role="columnheader") for cell in heads]
    head = html.Thead(html.Tr(cells, role="row"), role="rowgroup")
    bodies = [_group(title, rows, heads, text, mark) for title, rows in groups.items()]
    return html.Table([html.Caption(caption), head, *bodies], className="figures rates", role="table")


def _group(title: str, rows: Sequence[RateRow], heads: Sequence[Node], text: Text, mark: Mark | None) -> Node:
    lines = [_line(row, heads, text, mark) for row in rows]
    if title:
        cell = html.Th(title, scope="rowgroup", colSpan=len(heads), role="rowheader")
        lines.insert(0, html.Tr(cell, role="row", className="level-row"))
    return html.Tbody(lines, role="rowgroup")


def _scale(text: Text, mark: Mark | None) -> Node:
    ends = [html.Span(text.percent(0)), html.Span(text.percent(1))]
    words = text("rates.scale") if mark is None else text("rates.scale_mark", mark=mark[1])
    return html.Div(
        [html.Span(words, className="scale-words"), html.Div(ends, className="scale-ends", **aria(hidden="true"))]
    )


def _line(row: RateRow, heads: Sequence[Node], text: Text, mark: Mark | None) -> Node:
    rate = row.rate
    there = bool(rate.denominator) and rate.value is not None
    drawn = whisker(rate.low, rate.value, rate.high, mark[0] if mark else None) if there else ""
    cells = {"of": of(rate, text), "rate": html.Strong(share(rate, text)), "whisker": drawn}
    cells |= {"limits": html.Div(_limits(rate, text) if there else NONE), "said": row.said}
    values = [_cell(*cell, head) for cell, head in zip(cells.items(), heads[1:], strict=False)]
    name = html.Th(row.name, scope="row", role="rowheader")
    return html.Tr([name, *values], role="row", className=row.kind or None)


def _cell(name: str, node: Node, head: Node) -> Node:
    label = data(label=head) if isinstance(head, str) else {}
    return html.Td(node, className=f"rate-{name}", role="cell", **label)


def _limits(rate: Rate, text: Text) -> list[Node]:
    words = unknown_words(rate, text)
    return [interval(rate.low, rate.high, text), *([html.Small(words)] if words else [])]


def facts(pairs: Sequence[tuple[str, Node]]) -> Node:
    """Names and values, one under the other."""
    terms: list[Node] = []
    for name, value in pairs:
        terms += [html.Dt(name), html.Dd(value)]
    return html.Dl(terms, className="facts-list")


def bars(pairs: Sequence[tuple[str, int]], whole: int, title: str, text: Text) -> Node:
    """Counts as short bars, parts of a whole, in the order given."""
    items = [
        html.Li(
            [
                html.Span(name, className="bars-name"),
                html.Span(
                    className="bars-bar", style={"--part": f"{count / max(1, whole) * 100:.1f}%"}, **aria(hidden="true")
                ),
                html.Bdi(text.number(count), className="bars-count"),
            ]
        )
        for name, count in pairs
    ]
    return html.Div([html.H4(title), html.Ul(items)], className="bars")
