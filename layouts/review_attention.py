"""The review's third step: who needs the team this week, in the order of what can still be changed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dash import html

from dashboard.follow_up import OPEN, Case, FollowUp, Reason
from dashboard.stakes import Stake
from dashboard.tables import cohort_name, stage_name
from dashboard.text import Text
from layouts.components import Node, data
from layouts.meeting import Meeting
from layouts.names import choice_name
from layouts.review_headline import step_head
from layouts.review_words import code, place_words
from layouts.shown import Shown

LISTED = 12  # women of a group at first; the others are one click away
LATE = "overdue"


def attention_step(meeting: Meeting, shown: Shown) -> list[Node]:
    """The list with its totals by reason."""
    found, text = meeting.listed, shown.text
    head = step_head(3, text("review.step_title.attention"), text)
    said = [text.plural("review.listed", found.total)]
    if sum(found.by_reason.values()) > found.total:  # whoever adds up the reasons finds more women than there are
        said.append(text("review_paper.several"))
    lead = html.P(" ".join(said), className="lead-line")
    groups = [_group(can_change, list(cases), meeting, shown) for can_change, cases in _grouped(found)]
    left = found.total - len(found.cases)
    more = [html.P(text.plural("review.not_listed", left), className="aside-note")] if left > 0 else []
    return [*head, lead, _reasons(found, text), *groups, *more, *_unknown(found, text)]


def _grouped(found: FollowUp) -> Iterator[tuple[int, Sequence[Case]]]:
    for can_change, cases in groupby(found.cases, key=lambda case: case.can_change):
        yield can_change, list(cases)


def _reasons(found: FollowUp, text: Text) -> Node:
    """How many women there are for each reason; a woman may have several."""
    items = [
        html.Li([html.Strong(text.number(n)), html.Span(text(f"review.reason_name.{reason}"))])
        for reason, n in found.by_reason.items()
    ]
    return html.Ul(items, className="reasons")


def _unknown(found: FollowUp, text: Text) -> list[Node]:
    """What the list cannot know."""
    said = [text.plural("review.without_contact", found.without_contact)] if found.without_contact else []
    said += [text(f"review.not_mapped.{name}") for name in found.not_mapped]
    return [html.P(" ".join(said), className="aside-note")]


def _group(can_change: int, cases: Sequence[Case], meeting: Meeting, shown: Shown) -> Node:
    text = shown.text
    title = html.H3([text(f"review.can_change.{can_change}"), " ", html.Small(text.number(len(cases)))])
    lines = [_line(case, meeting, shown) for case in cases]
    parts: list[Node] = [title, html.Ul(lines[:LISTED], className="cases")]
    if len(lines) > LISTED:
        summary = html.Summary(text.plural("review.more_women", len(lines) - LISTED))
        details = html.Details([summary, html.Ul(lines[LISTED:], className="cases")], id=f"cases-{can_change}")
        parts.append(details)
    return html.Section(parts, className=f"case-group can-change-{can_change}")


def _line(case: Case, meeting: Meeting, shown: Shown) -> Node:
    text = shown.text
    track = choice_name("track", case.track, shown.programme, text)
    cohort = cohort_name(case.cohort, shown.programme, text)
    where = html.Span(" · ".join([place_words(case.place, shown), cohort, track]), className="case-where")
    reasons = html.Ul([_reason(reason, case, shown) for reason in case.reasons], className="case-reasons")
    parts = [html.Div([code(case.woman, case.sheet, case.row, meeting, text), where], className="case-who"), reasons]
    return html.Li([*parts, *_stake(case, text)], **data(reason=case.reasons[0].code))


def _reason(reason: Reason, case: Case, shown: Shown) -> Node:
    """Days and why. A marked day is not the end of anything: it is coming, and what is left is said beside it."""
    text = shown.text
    left = reason.days_left
    ahead = "review.days_until" if reason.code == "mark" else "review.days_left"
    days = text.plural("review.days_over", -left) if left < 0 else text.plural(ahead, left)
    mark = html.Strong(days if left else text("review.today"), className="days" + (" days-over" if left < 0 else ""))
    if reason.code == "outcome_unknown" and case.undated:
        return html.Li([mark, html.Span(text("review.reason.outcome_undated"))])
    said = [reason_words(reason, shown)]
    if reason.code == "mark" and case.window_left is not None:
        said.append(text.plural("review.window_left", case.window_left))
    return html.Li([mark, html.Span(text("list.separator").join(said))])


def reason_words(reason: Reason, shown: Shown) -> str:
    """Why a woman is on the list."""
    text, programme = shown.text, shown.programme
    values = {
        "window_closing": {"window": text.number(programme.rules.window_days)},
        "mark": {"mark": text.number(reason.mark or 0)},
        "no_contact": {"limit": text.number(programme.review.contact_days)},
        "overdue_stage": {"place": stage_name(reason.stage or "", programme, text)},
        "check_due": {"place": stage_name(reason.stage or "", programme, text)},
    }
    return text(f"review.reason.{reason.code}", **values.get(reason.code, {}))


def _stake(case: Case, text: Text) -> list[Node]:
    """What she does to the rate of the view, and to that of her cohort."""
    found = [("review.stake", case.whole), ("review.stake_cohort", case.of_cohort)]
    said = [text(key, **_points(stake, text)) for key, stake in found if stake is not None]
    if not said:
        return []
    key = "review.stake_lead_open" if case.can_change == OPEN else "review.stake_lead_unknown"
    return [html.P([html.Span(text(key)), " ", text("list.separator").join(said)], className="case-stake")]


def _points(stake: Stake, text: Text) -> dict[str, str]:
    """The rate with her in work and without, and the points between."""
    ends = {"inserted": text.percent(stake.inserted, 1), "missed": text.percent(stake.missed, 1)}
    return {**ends, "points": text.number(stake.points * 100, 1)}
