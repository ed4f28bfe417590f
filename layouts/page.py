"""The pages, assembled: what is built once, and what every change of view or roster renders anew."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from dashboard.figures.picture import Figure, blank
from dashboard.schema import DIMENSIONS
from layouts import ids
from layouts.charts import card, card_foot, card_head, charts
from layouts.components import Node, aria, message
from layouts.data_page import data_page
from layouts.definitions_page import definitions_page
from layouts.downloads import download_links
from layouts.filters import filters
from layouts.header import age_line, as_of_line, footer, header
from layouts.headline import headline
from layouts.markup import to_html
from layouts.messages import banner, has_results, instead, messages, notices
from layouts.parts import Digests, Made, digests
from layouts.places import DATA, DEFINITIONS, INDICATORS, OVERVIEW, PAGES, REPAIR, REVIEW
from layouts.quality import quality
from layouts.repair_page import repair_page
from layouts.review_page import review_drawn, review_results
from layouts.shown import Shown
from layouts.target_line import target_line, target_more
from layouts.themes import themes, themes_waiting
from layouts.tiles import tile_contents, tile_grid
from layouts.tracking_page import tracking_page

STEADY = ("as_of", "downloads", "notices", "banner", "instead", "hidden", "pace")  # of the frame
SOON, LATER = 2_000, 15_000  # ms between questions to the server: while there is no roster yet, afterwards


CONTENTS = {INDICATORS: tracking_page, DEFINITIONS: definitions_page, DATA: data_page, REPAIR: repair_page}


def management_page(shown: Shown, made: Made | None = None) -> Node:
    """The whole page for a view. Its controls are built once; the rest is updated in place.

    `made` is `prepared(shown)` where that is there already; only the overview has any.
    """
    text = shown.text
    made = made or (prepared(shown) if shown.page == OVERVIEW else Made({}, {}))
    skip = html.A(text("page.skip"), href=f"#{ids.RESULTS}", className="skip-link")
    hidden = not has_results(shown) and shown.page != DEFINITIONS
    main = html.Main(
        [
            html.Div(instead(shown), id=ids.INSTEAD, role="status"),
            html.Div(_results(shown, made), id=ids.RESULTS, hidden=hidden, tabIndex=-1),
        ]
    )
    parts = [*_wiring(shown, made), skip, header(shown), _filters(shown), messages(shown), main]
    return html.Div([*parts, footer(shown)], className=f"page page-{PAGES[shown.page]}")


def prepared(shown: Shown) -> Made:
    """The overview's parts, with what tells each from another."""
    parts = rendered(shown)
    return Made(parts, digests(parts))


def _wiring(shown: Shown, made: Made) -> list[Node]:
    return [
        dcc.Location(id=ids.LOCATION, refresh=False),
        dcc.Store(id=ids.ASKED, data=shown.search),
        dcc.Store(id=ids.SHOWN, data=mark(shown)),
        dcc.Store(id=ids.AGAIN, data=0),
        dcc.Store(id=ids.HELD, data=""),
        dcc.Store(id=ids.PAGE, data=shown.page),
        dcc.Store(id=ids.PARTS, data=made.digests | steady_digests(framed(shown))),
        dcc.Store(id=ids.DRAWN, data=begun(shown, made)),
        *([dcc.Store(id=ids.UNFOLD, data=0), dcc.Store(id=ids.FOLDED)] if shown.page == OVERVIEW else []),
        dcc.Store(id=ids.CHANGED, data=state(shown)),
        dcc.Interval(id=ids.TICK, interval=pace(shown)),
        *(dcc.Store(id=ids.asked_act(act)) for act in ids.ACTS),
        *(dcc.Store(id=ids.done_act(act)) for act in ids.ACTS),
    ]


def mark(shown: Shown) -> dict[str, Any]:
    """What is on the page, so that an unchanged page is not sent again."""
    return {
        "search": shown.search,
        "version": shown.feed.edition,
        "error": shown.feed.error.code if shown.feed.error else "",
        "held": shown.feed.held.content_hash if shown.feed.held else "",
        "stale": shown.feed.staleness,
        "today": shown.today.isoformat(),
        "book": shown.book,
        "choices": {dimension: list(choices) for dimension, choices in shown.choices.items()},
    }


def state(shown: Shown) -> list[Any]:
    """What, beside the view, the results depend on."""
    told = mark(shown)
    return [told["version"], told["error"], told["today"], told["book"]]


def pace(shown: Shown) -> int:
    """How soon the page asks again, in ms."""
    return SOON if shown.feed.version == 0 and shown.feed.error is None else LATER


def framed(shown: Shown) -> dict[str, Any]:
    """What is on every page and depends on the view or the state of the roster, by the name of its output."""
    return {
        "age": age_line(shown),
        "as_of": as_of_line(shown),
        "downloads": download_links(shown),
        "notices": notices(shown),
        "banner": banner(shown),
        "instead": instead(shown),
        "hidden": not has_results(shown) and shown.page != DEFINITIONS,
        "pace": pace(shown),
        "shown": mark(shown),
        "changed": state(shown),
    }


def steady_digests(frame: Mapping[str, Any]) -> Digests:
    """What tells parts of the frame from any others: most stay the same from one view to the next."""
    return digests({f"frame.{name}": to_html(frame[name]) for name in STEADY})


def rendered(shown: Shown) -> dict[str, str | Figure]:
    """Every part of the overview that depends on the view or the roster, by the id of its container: HTML or a figure.

    A tree of Dash components costs a browser some milliseconds for each of them: these have hundreds.
    """
    found = charts(shown) if has_results(shown) else {}
    on_tiles = tile_contents(shown) if found else {}
    words = {
        ids.HEADLINE: headline(shown) if found else [],
        ids.TARGET: target_line(shown) if found else [],
        ids.QUALITY: quality(shown),
    }
    words |= {ids.tile(name): on_tiles.get(name, []) for name in ids.TILE_NAMES}
    words |= {ids.head(name): card_head(name, shown, found.get(name)) for name in ids.CARDS}
    figures = {ids.figure(name): found[name].figure if found else blank() for name in ids.CARDS}
    return {name: to_html(part) for name, part in words.items()} | figures


def begun(shown: Shown, made: Made) -> dict[str, Any]:
    """What the page begins with. The overview's words are in the first response: page.js takes them from there."""
    return made.figures if shown.page == OVERVIEW else drawn(shown)


def in_words(shown: Shown, made: Made) -> dict[str, str]:
    """What the first response holds beside the components; the overview's folded sections are counted afterwards."""
    if shown.page != OVERVIEW:
        return drawn(shown)
    return {ids.THEMES: to_html(themes_waiting(shown)) if has_results(shown) else "", **made.words} | twins(shown)


def drawn(shown: Shown) -> dict[str, str]:
    """The HTML of a page other than the overview, by the id of its container."""
    return review_drawn(shown) if shown.page == REVIEW else {ids.CONTENT: to_html(content(shown))}


def folded(shown: Shown) -> dict[str, str]:
    """The HTML of the overview's folded sections and tables, by the id of their container."""
    parts = (themes(shown), target_more(shown)) if has_results(shown) else ("", "")
    return {ids.THEMES: to_html(parts[0]), ids.TARGET_MORE: to_html(parts[1])} | twins(shown)


def twins(shown: Shown) -> dict[str, str]:
    """Below each of the overview's charts, its numbers as a table."""
    found = charts(shown) if has_results(shown) else {}
    return {ids.twin(name): to_html(card_foot(name, shown, found.get(name))) for name in ids.CARDS}


def content(shown: Shown) -> list[Node]:
    """What a page other than the overview shows of a view."""
    if not has_results(shown) and shown.page != DEFINITIONS:
        return []
    if shown.view.guests and shown.page == REPAIR:  # every line of it leads to the row of a woman
        return [message(shown.text("guests.not_here"), "", shown.text("guests.not_here_next"), "empty")]
    return CONTENTS[shown.page](shown)


def _filters(shown: Shown) -> Node:
    text = shown.text
    words: dict[str, Any] = {"data-all": text("filters.all"), "data-chosen": text("filters.chosen", n="{n}")}
    words |= {"data-separator": "، " if text.rtl else ", ", "data-dimensions": ",".join(DIMENSIONS)}
    region = aria(label=text("filters.region"))
    return html.Section(filters(shown), id=ids.FILTERS, className="filters", **words, **region)


def _results(shown: Shown, made: Made) -> list[Node]:
    if shown.page == REVIEW:
        return review_results(shown)
    if shown.page != OVERVIEW:
        return [html.Div(id=ids.CONTENT)]
    text, figures = shown.text, made.figures
    region = aria(label=text("headline.region"), live="polite")
    tiles_region = aria(label=text("tiles.region"))
    cards = {name: card(name, text, figures[ids.figure(name)]) for name in ids.CARDS}
    return [
        html.Section(id=ids.HEADLINE, className="headline", **region),
        html.Details(
            [html.Summary(id=ids.TARGET), html.Div(id=ids.TARGET_MORE)],
            className="target-line",
        ),
        html.Section(tile_grid(), id=ids.TILES, className="tiles", **tiles_region),
        cards[ids.FUNNEL],
        html.Div([cards[ids.INSERTION], cards[ids.CURVE]], className="pair"),
        html.Section(id=ids.THEMES, className="card themes", **aria(labelledby="themes-title")),
        html.Section(id=ids.QUALITY, className="card quality", **aria(labelledby="quality-title")),
    ]
