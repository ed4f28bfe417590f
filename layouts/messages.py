"""What is said above the results or in their place: notices, a banner over old data, loading, errors, nobody."""

from dataclasses import replace

from dash import html

from dashboard.schema import DIMENSIONS
from dashboard.text import Text
from layouts import ids
from layouts.charts import SKELETON_HEIGHT
from layouts.components import Node, data, message, notice
from layouts.names import age_words
from layouts.places import INDICATORS, OVERVIEW, REPAIR, REVIEW, WHOLE_SHEET, address
from layouts.shown import Fault, Shown

LISTS, WAREHOUSE = (REVIEW, REPAIR), "warehouse"
MARKED = (OVERVIEW, INDICATORS)  # the pages on which a number that has been restated is marked


def messages(shown: Shown) -> Node:
    """Room for what is said above the results."""
    parts = [
        html.P(shown.text("page.offline"), id=ids.OFFLINE, className="banner", hidden=True, **data(pulse=shown.pulse)),
        html.Div(notices(shown), id=ids.NOTICES, role="status"),
        html.Div(banner(shown), id=ids.BANNER, role="alert"),
    ]
    return html.Div(parts, className="messages")


def notices(shown: Shown) -> list[Node]:
    """What in the address could not be used."""
    text = shown.text
    said = [notice(text(f"notice.{item.code}", what=_what(item.parameter, text))) for item in shown.notices]
    return [*said, *_remembering(shown)]


def _remembering(shown: Shown) -> list[Node]:
    """That the page shows what was known on a past day, what has been restated since, and the way back to now."""
    text, view = shown.text, shown.view
    if shown.past is None or view.known is None or shown.page in WHOLE_SHEET:
        return []
    said = text("known.showing", date=text.date(view.known, "full"), version=text.number(shown.past.number))
    back = html.A(text("known.back"), href=address(shown.page, replace(view, known=None)), **data(in_place="true"))
    return [html.P([html.Strong(said), " ", *_changed(shown), back], className="notice remembering")]


def _changed(shown: Shown) -> list[Node]:
    """How many indicators are counted differently now; only on the pages that mark them."""
    if shown.page not in MARKED:
        return []
    text = shown.text
    return [text.plural("known.restated", len(shown.restated)) if shown.restated else text("known.same"), " "]


def _what(parameter: str, text: Text) -> str:
    return (
        text(f"filter.{parameter}")
        if parameter in (*DIMENSIONS, "as_of", "known", "period", "since")
        else text.isolate(parameter)
    )


def error_words(error: Fault, text: Text) -> str:
    """What happened, where, and what to do next."""
    return text(f"error.{error.code}", **{name: text.isolate(str(value)) for name, value in error.params.items()})


def banner(shown: Shown) -> list[Node]:
    """Above the last good data when a newer reading failed."""
    return [*_held(shown), *_failed(shown)]


def _failed(shown: Shown) -> list[Node]:
    text, feed = shown.text, shown.feed
    if feed.error is None or feed.version == 0:
        return []
    lead = text("banner.stale", age=age_words(feed.age or 0, text))
    return [html.P([html.Strong(lead), " ", error_words(feed.error, text)], className="banner")]


def _held(shown: Shown) -> list[Node]:
    """A reading that is held back: what it would change, and who may let it pass. Waiting needs no button."""
    text, held = shown.text, shown.feed.held
    if held is None:
        return []
    parts: list[Node] = [html.Strong(text("banner.held")), " ", error_words(held, text)]
    if not held.acceptable:
        parts += [" ", text("banner.held_stay")]
    elif shown.reader is not None and not shown.reader.may_manage:
        parts += [" ", text("banner.held_manager")]
    else:
        button = html.Button(
            text("banner.accept"), id=ids.ACCEPT, type="button", n_clicks=0, **data(held=held.content_hash)
        )
        parts += [" ", text("banner.held_next"), " ", button]
    return [html.P(parts, className="banner banner-held")]


def instead(shown: Shown) -> list[Node]:
    """In place of the results: still reading, cannot be read, or nobody in the view."""
    text, feed = shown.text, shown.feed
    if has_results(shown):
        return []
    if shown.overview is not None and lists_beyond(shown):
        why = text("warehouse.no_list.why")
        return [message(text("warehouse.no_list.title"), why, text("warehouse.no_list.next"), "empty")]
    if shown.overview is not None:
        return [message(text("empty.no_match"), "", text("empty.no_match_next"), "empty")]
    if feed.error is not None:
        return [message(text("empty.error"), error_words(feed.error, text), text("empty.error_next"), "error")]
    waiting = message(text("empty.loading"), "", text("empty.loading_next"), "wait")
    return [waiting, html.Div(className="skeleton", style={"--height": f"{SKELETON_HEIGHT}px"})]


def has_results(shown: Shown) -> bool:
    """Whether there is anybody to count in the view, or a roster where the page is about all of it."""
    if shown.overview is None or lists_beyond(shown):
        return False
    return shown.overview.women > 0 or shown.page in WHOLE_SHEET


def lists_beyond(shown: Shown) -> bool:
    """Whether the page lists women, and they are in a warehouse, of which only counts come here."""
    return shown.page in LISTS and in_warehouse(shown)


def in_warehouse(shown: Shown) -> bool:
    """Whether the women are in a warehouse."""
    return shown.feed.source is not None and shown.feed.source.kind == WAREHOUSE
