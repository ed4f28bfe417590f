"""What is said above the results or in their place: notices, a banner over old data, loading, errors, nobody."""

from dash import html

from dashboard.schema import DIMENSIONS
from dashboard.text import Text
from layouts import ids
from layouts.charts import SKELETON_HEIGHT
from layouts.components import Node, message, notice
from layouts.names import age_words
from layouts.places import WHOLE_SHEET
from layouts.shown import Fault, Shown


def messages(shown: Shown) -> Node:
    """Room for what is said above the results."""
    return html.Div(
        [html.Div(notices(shown), id=ids.NOTICES, role="status"), html.Div(banner(shown), id=ids.BANNER, role="alert")],
        className="messages",
    )


def notices(shown: Shown) -> list[Node]:
    """What in the address could not be used."""
    text = shown.text
    return [notice(text(f"notice.{item.code}", what=_what(item.parameter, text))) for item in shown.notices]


def _what(parameter: str, text: Text) -> str:
    return text(f"filter.{parameter}") if parameter in (*DIMENSIONS, "as_of", "period") else text.isolate(parameter)


def error_words(error: Fault, text: Text) -> str:
    """What happened, where, and what to do next."""
    return text(f"error.{error.code}", **{name: text.isolate(str(value)) for name, value in error.params.items()})


def banner(shown: Shown) -> list[Node]:
    """Above the last good data when a newer reading failed."""
    text, feed = shown.text, shown.feed
    if feed.error is None or feed.version == 0:
        return []
    lead = text("banner.stale", age=age_words(feed.age or 0, text))
    return [html.P([html.Strong(lead), " ", error_words(feed.error, text)], className="banner")]


def instead(shown: Shown) -> list[Node]:
    """In place of the results: still reading, cannot be read, or nobody in the view."""
    text, feed = shown.text, shown.feed
    if has_results(shown):
        return []
    if shown.overview is not None:
        return [message(text("empty.no_match"), "", text("empty.no_match_next"), "empty")]
    if feed.error is not None:
        return [message(text("empty.error"), error_words(feed.error, text), text("empty.error_next"), "error")]
    waiting = message(text("empty.loading"), "", text("empty.loading_next"), "wait")
    return [waiting, html.Div(className="skeleton", style={"--height": f"{SKELETON_HEIGHT}px"})]


def has_results(shown: Shown) -> bool:
    """Whether there is anybody to count in the view, or a roster where the page is about all of it."""
    return shown.overview is not None and (shown.overview.women > 0 or shown.page in WHOLE_SHEET)
