"""The review's second step: stocks and flows of every place, and who moved."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dash import html

from dashboard.evidence import Evidence
from dashboard.movements import Flow, Move
from dashboard.path import places
from dashboard.readings import CAUSES, Cause
from dashboard.text import NONE, Text
from layouts.components import Node, aria, data
from layouts.meeting import Meeting
from layouts.review_headline import step_head
from layouts.review_words import cause_mark, code, place_words, way_words
from layouts.shown import Shown

LISTED = 24  # women of one cause at first; the others are one click away
ORDER: tuple[Cause, ...] = ("progress", "time", "restated")


def movement_step(meeting: Meeting, shown: Shown) -> list[Node]:
    """The table of flows and the list of those who moved."""
    found, text = meeting.changed, shown.text
    head = step_head(2, text("review.step_title.movement"), text)
    if found is None:
        return [*head, html.P(text("review.nothing"), className="lead-line")]
    moved = found.movements
    lead = html.P(text.plural("review.moved", moved.moved), className="lead-line")
    lists = [_list(cause, moved.moves, meeting, shown) for cause in ORDER]
    left = moved.moved - len(moved.moves)
    more = [html.P(text.plural("review.not_listed", left), className="aside-note")] if left > 0 else []
    return [*head, lead, _flows((*moved.flows, moved.whole), shown), *filter(None, lists), *more]


def _flows(flows: Sequence[Flow], shown: Shown) -> Node:
    text, title = shown.text, shown.text("review.flows")
    names = ("place", "start", "came", "went", "end", *ORDER)
    head = [html.Th(_column(name, text), scope="col", className=f"flow-{name}") for name in names]
    body = [_flow(flow, shown) for flow in flows if flow.start or flow.end or flow.came or flow.went or not flow.place]
    table = html.Table(
        [html.Caption(title, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(body)],
        className="figures flows",
    )
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=title))


def _column(name: str, text: Text) -> Node:
    if name in CAUSES:
        return cause_mark(name, text(f"review.cause.{name}"))
    return text(f"review.flow.{name}")


def _flow(flow: Flow, shown: Shown) -> Node:
    """start + came - went = end, and both ways split by cause."""
    text = shown.text
    name = text("review.flow.whole") if flow.place is None else place_words(flow.place, shown)
    stocks = [
        html.Td(text.number(flow.start)),
        html.Td(_moved(flow.came, 1, text)),
        html.Td(_moved(flow.went, -1, text)),
        html.Td(html.Strong(text.number(flow.end))),
    ]
    split = [html.Td(_both(flow.came_by[cause], flow.went_by[cause], text)) for cause in ORDER]
    row = data(place=flow.place or "whole")
    return html.Tr([html.Th(name, scope="row"), *stocks, *split], className="" if flow.place else "flow-whole", **row)


def _moved(n: int, sign: int, text: Text) -> Node:
    return html.Bdi(text.signed(sign * n)) if n else html.Span(NONE, className="nothing")


def _both(came: int, went: int, text: Text) -> Node:
    said = [text.signed(n) for n in (came, -went) if n]
    return html.Bdi(" ".join(said)) if said else html.Span(NONE, className="nothing")


def _list(cause: Cause, moves: Sequence[Move], meeting: Meeting, shown: Shown) -> Node | None:
    """The women who moved for one cause, those who went the same way together."""
    text = shown.text
    some = sorted((move for move in moves if move.cause == cause), key=lambda move: _along(move, shown))
    if not some:
        return None
    title = html.H3([cause_mark(cause, text(f"review.cause_of.{cause}")), " ", html.Small(text.number(len(some)))])
    groups: list[Node] = []
    for _, same in groupby(some, key=lambda move: _along(move, shown)):
        women = list(same)
        groups.append(_group(_way(women[0], shown), women, meeting, shown))
    return html.Section([title, html.Ul(groups, className="ways")], className=f"moves moves-{cause}")


def _along(move: Move, shown: Shown) -> tuple[int, int]:
    """Where a way lies on the path, as in the table above: the same order in every language."""
    order = {None: -1} | {place: number for number, place in enumerate(places(shown.programme))}
    return order[move.came_from], order[move.went_to]


def _way(move: Move, shown: Shown) -> str:
    return way_words(move.came_from, move.went_to, shown)


def _group(words: str, moves: Sequence[Move], meeting: Meeting, shown: Shown) -> Node:
    text = shown.text
    lines = [html.Li(_line(move, meeting, shown)) for move in moves]
    parts: list[Node] = [html.P([html.Strong(words), " ", html.Small(text.plural("review.women", len(moves)))])]
    parts.append(html.Ul(lines[:LISTED], className="women"))
    if len(lines) > LISTED:
        summary = html.Summary(text.plural("review.more_women", len(lines) - LISTED))
        parts.append(html.Details([summary, html.Ul(lines[LISTED:], className="women")]))
    return html.Li(parts)


def _line(move: Move, meeting: Meeting, shown: Shown) -> list[Node]:
    text = shown.text
    said = list(evidence_words(move.evidence, shown))
    if move.kind is not None:
        said.insert(0, text(f"review.kind.{move.kind}"))
    words = html.Span(text("list.separator").join(said), className="move-words")
    return [code(move.woman, move.sheet, move.row, meeting, text, in_sheet=move.in_sheet), " ", words]


def evidence_words(found: Sequence[Evidence], shown: Shown) -> Iterator[str]:
    """The cells that speak for a move: days, and that a word changed; never the words of a reason."""
    text = shown.text
    for one in telling(found):
        name = text("review.window") if one.field == "window" else text(f"field.{one.field}")
        if one.due is not None:
            yield text("review.due", field=name, date=text.date(one.due, "day"))
        elif isinstance(one.then, str) or isinstance(one.now, str):
            yield text("review.word_changed", field=name)
        elif one.then is None and one.now is not None:
            yield text("review.dated", field=name, date=text.date(one.now, "day"))
        elif one.now is None and one.then is not None:
            yield text("review.undated", field=name, date=text.date(one.then, "day"))
        elif one.then is not None and one.now is not None:
            days = {"then": text.date(one.then, "day"), "now": text.date(one.now, "day")}
            yield text("review.redated", field=name, **days)


def telling(found: Sequence[Evidence]) -> list[Evidence]:
    """The cells that say most: dates of the path before the last contact, and words only where there is no date."""
    dated = [one for one in found if not isinstance(one.then or one.now, str)]
    path = [one for one in dated if one.field != "last_contact"]
    return path or dated or list(found)
