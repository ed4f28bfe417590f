"""What the review's lists have in common: a woman's code, why something moved, and days in words."""

from collections.abc import Mapping

from dash import html

from dashboard.guests import names_a_code
from dashboard.indicators import Indicator
from dashboard.movements import Route
from dashboard.readings import Cause
from dashboard.tables import stage_name
from dashboard.text import Text
from layouts.amounts import amount, spread
from layouts.components import Node, aria, data
from layouts.meeting import Meeting
from layouts.shown import Shown

MARKS: Mapping[Cause, str] = {"progress": "▲", "time": "◷", "restated": "↻"}
SHORT = 6  # letters of a pseudonym that are shown: enough to tell the women of a programme apart


def code_words(woman: str) -> str:
    """What a woman is called on the screen."""
    return woman.partition("~")[0][:SHORT]


def code(woman: str, sheet: str, row: int, meeting: Meeting, text: Text, *, in_sheet: bool = True) -> Node:
    """A woman's code and the address of her row, a link where the spreadsheet has one; nothing while guests are there.

    review.js takes them out of a page that has been sent.
    """
    if meeting.guests:
        return ""
    quoted = sheet.replace("'", "''")
    address = f"'{quoted}'!{row}" if meeting.several else text("review.row", n=str(row))
    place: Node = html.Bdi(address, className="row-address")
    link = meeting.link(sheet, row) if in_sheet else None
    if link is not None:
        place = html.A(place, href=link, target="_blank", rel="noreferrer")
    parts = [html.Bdi(code_words(woman), className="woman-code", dir="ltr"), *([" ", place] if in_sheet else [])]
    return html.Span(parts, className="woman", **data(code="true"))


def typed(words: str, shown: Shown) -> Node:
    """What staff typed. Where it may name a woman, guests do not get it, and review.js takes it out of the page."""
    if not names_a_code(words):
        return html.Bdi(words)
    if shown.view.guests:
        return html.Span(shown.text("guests.instead"), className="not-for-guests")
    return html.Bdi(words, **data(code="true"))


def cause_mark(cause: Cause, words: str) -> Node:
    """A cause as icon and word: the colour only repeats them."""
    icon = html.Span(MARKS[cause], className="state-icon", **aria(hidden="true"))
    return html.Span([icon, words], className=f"cause cause-{cause}")


def place_words(place: str | None, shown: Shown) -> str:
    """A place on the path; None: not in the roster."""
    if place is None:
        return shown.text("review.nowhere")
    return stage_name(place, shown.programme, shown.text)


def way_words(came_from: str | None, went_to: str | None, shown: Shown) -> str:
    """From where to where."""
    text = shown.text
    if came_from is None:
        return text("review.came", place=place_words(went_to, shown))
    if went_to is None:
        return text("review.went", place=place_words(came_from, shown))
    return text("review.way", start=place_words(came_from, shown), end=place_words(went_to, shown))


def route_words(route: Route, shown: Shown) -> str:
    """How many went one way."""
    return shown.text.plural("review.women", route.women)


def indicator_name(name: str, text: Text) -> str:
    """An indicator in the lists of the review."""
    return text(f"review.indicator.{name}")


def exact(found: Indicator, text: Text) -> str:
    """A value as the review says it everywhere: rates with one decimal, on the page and on paper."""
    return text.percent(found.value, 1) if found.unit == "rate" else amount(found.value, found.unit, text)


def value_cell(found: Indicator, text: Text) -> Node:
    """A value with what it is out of and its interval."""
    parts: list[Node] = [html.Bdi(exact(found, text), className="then-now")]
    if found.unit == "rate":
        of = text("review.of", k=text.number(found.numerator), n=text.number(found.denominator))
        parts.append(html.Small(of))
    if found.unit != "count" and found.low is not None:
        parts.append(html.Small(spread(found.low, found.high, found.unit, text), className="interval"))
    return html.Td(parts)
