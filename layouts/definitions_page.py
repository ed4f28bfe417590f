"""How every number is counted, what other definitions would give, and the passport of the declared reference."""

from collections.abc import Sequence

from dash import html

from dashboard.alternatives import Alternative
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.definitions import definitions, passport
from layouts.rates import RateRow, rate_tables
from layouts.shown import Shown

HONESTY = ("ours", "published", "misleading")


def definitions_page(shown: Shown) -> list[Node]:
    """The page's content for a view. The definitions stand even where there is no roster to count."""
    compared = [_comparison(shown.deeper.alternatives(), shown)] if shown.overview is not None else []
    return [definitions(shown.programme, shown.text), *compared, _reference(shown)]


def _comparison(found: Sequence[Alternative], shown: Shown) -> Node:
    text = shown.text
    title, lead = html.H2(text("compare.title"), id="compare-title"), html.P(text("compare.lead"), className="subtitle")
    rate = text.percent(shown.programme.reference.rate)
    mark = (shown.programme.reference.rate, text("compare.mark", rate=rate))
    groups = {
        text(f"compare.{honesty}"): [_row(item, text) for item in found if item.honesty == honesty]
        for honesty in HONESTY
    }
    table = rate_tables(groups, text("compare.caption"), text, mark, text("compare.counted"), text("compare.name"))
    parts = [html.Div([title, lead], className="card-head"), table]
    return html.Section(parts, className="card compare", **aria(labelledby="compare-title"))


def _row(item: Alternative, text: Text) -> RateRow:
    name, numerator, denominator, why = item.keys
    counted = html.Dl(
        [
            html.Dt(text("definitions.numerator")), html.Dd(text(numerator)),
            html.Dt(text("definitions.denominator")), html.Dd(text(denominator)),
        ]
    )  # fmt: skip
    said: list[Node] = [html.P(text(why), className="why")]
    if item.reason is not None:
        said.insert(0, html.P(text(f"alternative.reason.{item.reason}"), className="no-value"))
    folded = html.Details([html.Summary(text("compare.how")), counted])
    return RateRow(text(name), item, html.Div([*said, folded]), f"honesty-{item.honesty}")


def _reference(shown: Shown) -> Node:
    text = shown.text
    title = html.H2(
        text("definitions.reference", rate=text.percent(shown.programme.reference.rate)), id="reference-title"
    )
    head = html.Div([title, html.P(text("passport.lead"), className="subtitle")], className="card-head")
    return html.Section(
        [head, passport(shown.programme, text)], className="card passport", **aria(labelledby="reference-title")
    )
