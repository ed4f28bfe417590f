"""What the target still allows: one quiet line under the headline, the arithmetic behind it on a click."""

from collections.abc import Sequence

from dash import html

from dashboard.tables import interval
from dashboard.targets import Allowance, EnrolmentTarget, RateTarget
from dashboard.text import NONE, Text
from layouts.components import MARKS, Node, State, aria, definition_link
from layouts.places import definition_address
from layouts.rates import facts
from layouts.shown import Shown

CLOSINGS = 8  # days on which windows end, listed; the rest are summed
MILESTONES: dict[str, State] = {"met": "on_track", "ahead": "on_track", "missed": "off_track", "coming": "no_target"}


def target_line(shown: Shown) -> list[Node]:
    """The line; nothing of fewer women than a rate is judged on."""
    found, text = shown.deeper.rate_target(), shown.text
    if found.completers < shown.programme.lights.min_n:
        return []
    more = html.Span(text("target.more"), className="target-more")
    return [html.Span([target_sentence(found, text), " ", more])]


def target_more(shown: Shown) -> list[Node]:
    """What unfolds from the line."""
    found, text = shown.deeper.targets(), shown.text
    if not found.insertion.completers:
        return []
    title = text("target.rate_title", rate=text.percent(found.insertion.rate))
    columns = [_column(title, _insertion(found.insertion, text))]
    if found.enrolment is not None:
        columns.append(_column(text("target.enrolment_title"), _enrolment(found.enrolment, text)))
    address = definition_address("target", shown.view)
    link = definition_link(address, text("card.definition"), text("target.region"))
    return [html.Div(columns, className="target-columns"), link]


def _column(title: str, pairs: Sequence[tuple[str, Node]]) -> Node:
    return html.Div([html.H3(title), facts(pairs)])


def target_sentence(found: RateTarget, text: Text) -> str:
    """What can still become of the rate, in one sentence."""
    rate = text.percent(found.rate)
    if found.reach == "met":
        return text("target.met", rate=rate)
    if found.reach == "out_of_reach":
        return text.plural("target.out_of_reach", found.completers, rate=rate, best=text.percent(found.best))
    if found.reach == "only_unknown":
        return text.plural("target.only_unknown", found.unknown, rate=rate)
    if found.so_far.left < 1:
        return text("target.no_miss_left", rate=rate)
    return text.plural("target.misses_left", found.so_far.left, rate=rate)


def _insertion(found: RateTarget, text: Text) -> list[tuple[str, Node]]:
    rate = text.percent(found.rate)
    counts = {name: text.number(getattr(found, name)) for name in ("inserted", "missed", "unknown", "waiting")}
    pairs: list[tuple[str, Node]] = [
        (
            text("target.completers"),
            [text.number(found.completers), html.Small(text("target.completers_are", **counts))],
        ),
        (text("target.final"), [interval(found.worst, found.best, text), html.Small(text("target.final_means"))]),
        (text("target.recorded"), text.percent(found.best_recorded)),
        (text("target.needed", rate=rate), text.number(found.still_needed)),
        (text("target.allowed"), _allowance(found.so_far, text)),
    ]
    if found.promised is not None:
        pairs.append(
            (text("target.allowed_promised", n=text.number(found.promised.n)), _allowance(found.promised, text))
        )
    if found.out_of_reach_after is not None:
        pairs.append((text("target.last_day", rate=rate), text.date(found.out_of_reach_after)))
    if found.decided_by is not None:
        pairs.append((text("target.decided_by"), text.date(found.decided_by)))
    if found.closings:
        pairs.append((text("target.closings"), _closings(found, text)))
    return pairs


def _allowance(found: Allowance, text: Text) -> list[Node]:
    words = text(
        "target.left",
        allowed=text.number(found.allowed),
        missed=text.number(found.allowed - found.left_at_best),
        unknown=text.number(found.left_at_best - found.left),
    )
    return [text.number(max(0, found.left)), html.Small(words)]


def _closings(found: RateTarget, text: Text) -> Node:
    items = [
        html.Li([html.Span(text.date(closing.day, "day")), html.Bdi(text.number(closing.women))])
        for closing in found.closings[:CLOSINGS]
    ]
    rest = sum(closing.women for closing in found.closings[CLOSINGS:])
    if rest:
        items.append(html.Li([html.Span(text("target.later")), html.Bdi(text.number(rest))]))
    return html.Ul(items, className="closings")


def _enrolment(found: EnrolmentTarget, text: Text) -> list[tuple[str, Node]]:
    done = text("rates.of", k=text.number(found.enrolled), n=text.number(found.target))
    pairs: list[tuple[str, Node]] = [
        (text("target.enrolled"), done),
        (text("target.remaining"), text.number(found.remaining)),
    ]
    pairs.append((text("target.pace"), _pace(found.pace, text)))
    if found.remaining and found.end is not None:
        pairs.append((text("target.pace_needed", date=text.date(found.end)), _pace(found.pace_needed, text)))
    if found.milestones:
        pairs.append((text("target.milestones"), _milestones(found, text)))
    return pairs


def _pace(pace: float | None, text: Text) -> str:
    return NONE if pace is None else text("target.a_month", n=text.number(pace, 1))


def _milestones(found: EnrolmentTarget, text: Text) -> Node:
    items = []
    for milestone in found.milestones:
        state = MILESTONES[milestone.state]
        icon = html.Span(MARKS[state], className="state-icon", **aria(hidden="true"))
        mark = html.Span(
            [icon, text(f"target.milestone.{milestone.state}")], className=f"state state-{state.replace('_', '-')}"
        )
        counts = text("rates.of", k=text.number(milestone.enrolled), n=text.number(milestone.target))
        items.append(html.Li([html.Span(text.date(milestone.date)), html.Bdi(counts), mark]))
    return html.Ul(items, className="closings")
