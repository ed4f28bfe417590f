"""The management view as blocks: one page for the brief, and the tables on further pages if they are asked for."""

from dashboard.captions import curve_caption, funnel_caption, insertion_caption
from dashboard.tables import curve_table, funnel_table, insertion_table
from layouts import ids
from layouts.charts import cohort_outcomes
from layouts.paper.blocks import Content, Page
from layouts.paper.curve_chart import CurveChart
from layouts.paper.facts import definitions_table, tracking_table
from layouts.paper.funnel_chart import FunnelChart
from layouts.paper.head import head_block, headline_block, target_blocks
from layouts.paper.insertion_chart import InsertionChart
from layouts.paper.pair import Pair
from layouts.paper.table_block import TableBlock
from layouts.paper.tiles import Tiles
from layouts.paper.titled import Titled
from layouts.shown import Shown
from layouts.tiles import tiles


def overview_page(shown: Shown) -> Page:
    """The brief of a view. Raises LookupError where no roster has been counted."""
    return Page(
        (
            head_block(shown),
            headline_block(shown),
            *target_blocks(shown),
            Tiles(tuple(tiles(shown)), shown.text),
            funnel_block(shown),
            pair_block(shown),
        )
    )


def funnel_block(shown: Shown) -> FunnelChart:
    """The path of a view."""
    found, programme, text = shown.counted, shown.programme, shown.text
    stages = found.whole.funnel
    caption = funnel_caption(stages, found.as_of, programme, text)
    return FunnelChart(Titled(text(f"card.{ids.FUNNEL}"), caption), stages, programme, text)


def pair_block(shown: Shown) -> Pair:
    """Insertion by cohort and time to insertion of a view."""
    found, programme, text = shown.counted, shown.programme, shown.text
    cohorts, curve = cohort_outcomes(found), found.whole.curve
    insertion = Titled(text(f"card.{ids.INSERTION}"), insertion_caption(cohorts, found.as_of, programme, text))
    times = Titled(text(f"card.{ids.CURVE}"), curve_caption(curve, found.as_of, programme, text))
    return Pair(
        InsertionChart(insertion, cohorts, programme, text),
        CurveChart(times, curve, programme, text),
    )


def table_blocks(shown: Shown) -> list[Content]:
    """The figures of the charts, the indicators tracked and the definitions, as tables."""
    found, programme, text = shown.counted, shown.programme, shown.text
    blocks: list[Content] = [
        TableBlock(text(f"card.{ids.FUNNEL}"), funnel_table(found.whole.funnel, programme, text), text),
        TableBlock(text(f"card.{ids.INSERTION}"), insertion_table(cohort_outcomes(found), programme, text), text),
        TableBlock(text(f"card.{ids.CURVE}"), curve_table(found.whole.curve, programme, text), text),
        TableBlock(text("workbook.tracking"), tracking_table(shown.deeper.tracking(), text), text),
        TableBlock(text("definitions.title"), definitions_table(programme, text), text, prose=True),
    ]
    return [block for block in blocks if isinstance(block, TableBlock) and block.table.rows]


def overview_blocks(shown: Shown, tables: bool = False) -> list[Content]:
    """The brief of a view on one page; with `tables`, its figures as tables on the pages after it."""
    return [overview_page(shown), *(table_blocks(shown) if tables else [])]
