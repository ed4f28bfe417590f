"""The review's fourth step: what was decided, what became of it, and the form for what is decided now."""

from collections.abc import Iterator, Sequence

from dash import html

from dashboard.decisions import Measure, Replayed
from dashboard.movements import Move
from dashboard.reviews import LONGEST
from dashboard.text import Text
from layouts.amounts import Unit, amount, distance
from layouts.components import Node, aria, data
from layouts.markup import entry, hidden, submit
from layouts.meeting import Meeting
from layouts.review_headline import step_head
from layouts.review_words import code, code_words, indicator_name, place_words, typed
from layouts.shown import Shown

STATE_MARKS = {"late": "■", "open": "○", "closed": "●", "closed_late": "●"}
WOMAN, INDICATOR = "woman:", "indicator:"
ALL_CLOSED = 8  # closed decisions that are shown


def decisions_step(meeting: Meeting, shown: Shown) -> list[Node]:
    """Open decisions replayed, the form, then closed ones."""
    text = shown.text
    running = [one for one in meeting.replayed if one.state in ("late", "open")]
    ended = [one for one in meeting.replayed if one.state not in ("late", "open")]
    late = sum(one.state == "late" for one in running)
    lead = text.plural("review.decisions_open", len(running)) if running else text("review.decisions_none")
    if late:
        lead = f"{lead} {text.plural('review.decisions_late', late)}"
    parts = [*step_head(4, text("review.step_title.decisions"), text), html.P(lead, className="lead-line")]
    parts.append(html.Ul([_decision(one, meeting, shown) for one in running], className="decisions"))
    parts.append(decision_form(meeting, shown) if meeting.writable and shown.may_manage else not_here(meeting, shown))
    if ended:
        summary = html.Summary(text.plural("review.decisions_closed", len(ended)))
        lines = html.Ul([_decision(one, meeting, shown) for one in ended[:ALL_CLOSED]], className="decisions")
        parts.append(html.Details([summary, lines], id="decisions-closed"))
    return parts


def not_here(meeting: Meeting, shown: Shown) -> Node:
    """Why there is nothing to fill in: it is for managers, or the review is not today's."""
    key = "review.managers_only" if meeting.writable else "review.not_now"
    return html.P(shown.text(key), className="aside-note")


def _decision(found: Replayed, meeting: Meeting, shown: Shown) -> Node:
    text, decision = shown.text, found.decision
    before, _, after = text("review.made", owner="\0", date=text.date(decision.made_on, "day")).partition("\0")
    made = html.Span([before, typed(decision.owner, shown), after], className="decision-made")
    parts: list[Node] = [
        html.Div([_state(found, text), made], className="decision-head"),
        html.P(typed(decision.text, shown), className="decision-text"),
        *_number_since(found, text),
        *_women_since(found, meeting, shown),
    ]
    if decision.closed_on is not None:
        closed = text("review.closed_on", date=text.date(decision.closed_on, "day"))
        parts.append(html.P([closed, " ", typed(decision.outcome or "", shown)], className="decision-outcome"))
    elif meeting.writable and shown.may_manage:
        parts.append(_close_form(found, text))
    return html.Li(parts, className=f"decision decision-{found.state.replace('_', '-')}", **data(decision=decision.id))


def _state(found: Replayed, text: Text) -> Node:
    icon = html.Span(STATE_MARKS[found.state], className="state-icon", **aria(hidden="true"))
    due = html.Small(f" · {text.date(found.decision.due, 'day')}")
    return html.Span([icon, state_words(found, text), due], className=f"state state-decision-{found.state}")


def state_words(found: Replayed, text: Text) -> str:
    """How late a decision is, how soon it is due, or that it is closed."""
    if found.state == "late":
        return text.plural("review.late", -found.days_left)
    if found.state == "open":
        return text.plural("review.due_in", found.days_left) if found.days_left else text("review.due_today")
    return text(f"review.state.{found.state}")


def _number_since(found: Replayed, text: Text) -> Iterator[Node]:
    """What became of the indicator that a decision is about."""
    if said := number_since(found, text):
        yield html.P(said, className="decision-since")


def number_since(found: Replayed, text: Text) -> str:
    """The same in words; nothing of a decision about no indicator."""
    decision = found.decision
    if decision.indicator is None:
        return ""
    unit = _unit(decision.indicator)
    values = {
        "name": indicator_name(decision.indicator, text),
        "then": _measured(decision.measure, unit, text),
        "now": _measured(found.now, unit, text),
    }
    if found.change is None:
        return text("review.number_since", **values)
    return text("review.number_changed", change=distance(found.change, unit, text), **values)


def _unit(indicator: str) -> Unit:
    if indicator == "time_to_insertion":
        return "days"
    return "count" if indicator in ("applicants", "enrolled", "in_training", "completed", "certified") else "rate"


def _measured(found: Measure | None, unit: Unit, text: Text) -> str:
    if found is None:
        return amount(None, unit, text)
    if unit != "rate":
        return amount(found.value, unit, text)
    of = text("review.of", k=text.number(found.numerator), n=text.number(found.denominator))
    return f"{text.percent(found.value, 1)} ({of})"


def _women_since(found: Replayed, meeting: Meeting, shown: Shown) -> Iterator[Node]:
    """Where the women are whom a decision is about."""
    text = shown.text
    for woman in found.women:
        place = meeting.places.get(woman.woman)
        address = (place.sheet, place.row) if place else ("", 0)
        name = code(woman.woman, *address, meeting, text, in_sheet=place is not None)
        if woman.moved:
            said = text("review.woman_moved", then=place_words(woman.then, shown), now=place_words(woman.now, shown))
        else:
            said = text("review.woman_same", now=place_words(woman.now, shown))
        yield html.P([name, " ", said], className="decision-since")


def _close_form(found: Replayed, text: Text) -> Node:
    name = f"close-{found.decision.id}"
    field = entry(_field("outcome", name, required=True))
    label = html.Label(text("review.form.outcome"), htmlFor=f"{name}-outcome")
    form = html.Form(
        [hidden("id", found.decision.id), label, field, submit(text("review.form.close"), "act")],
        id=name,
        className="close-form",
        **data(act="close"),
    )
    return html.Details([html.Summary(text("review.form.close_title")), form], id=f"{name}-details")


def _field(name: str, form: str, *, required: bool = False) -> dict[str, str | int | bool]:
    plain: dict[str, str | int | bool] = {"type": "text", "name": name, "id": f"{form}-{name}", "autocomplete": "off"}
    return plain | {"maxlength": LONGEST[name], "required": required, "class": "form-control", "dir": "auto"}


def decision_form(meeting: Meeting, shown: Shown) -> Node:
    """Text, owner, day, and whom or what it is about."""
    text, form = shown.text, "decide"
    words = html.Textarea(
        id=f"{form}-text",
        name="text",
        maxLength=LONGEST["text"],
        required=True,
        rows=2,
        className="form-control",
        dir="auto",
        **aria(describedby="decide-reminder"),
    )
    due: dict[str, str | int | bool] = {"type": "date", "name": "due", "id": f"{form}-due", "required": True}
    due |= {"min": shown.today.isoformat(), "class": "form-control"}
    about = html.Select(_about(meeting, shown), id=f"{form}-about", name="about", className="form-select")
    reminder = html.Small(text("review.form.no_names"), id="decide-reminder", className="reminder")
    fields = [
        _labelled("text", words, text, reminder),
        _labelled("owner", entry(_field("owner", form, required=True)), text),
        _labelled("due", entry(due), text),
        _labelled("about", about, text),
    ]
    title = html.H3(text("review.form.title"))
    return html.Form(
        [title, html.Div(fields, className="fields"), submit(text("review.form.decide"), "act")],
        id=form,
        className="decide-form",
        **data(act="decide"),
    )


def _labelled(name: str, field: Node, text: Text, *more: Node) -> Node:
    label = html.Label(text(f"review.form.{name}"), htmlFor=f"decide-{name}")
    return html.Div([label, field, *more], className=f"field field-{name}")


def _about(meeting: Meeting, shown: Shown) -> list[Node]:
    """Nothing in particular, an indicator, or a woman on one of the lists."""
    text = shown.text
    found = [html.Option(text("review.form.about_nothing"), value="")]
    indicators = [html.Option(indicator_name(name, text), value=f"{INDICATOR}{name}") for name in _indicators(shown)]
    group = html.Optgroup(indicators, label=text("review.form.about_indicator"))
    if meeting.guests:
        return [*found, group]
    women = [_woman_option(woman, sheet, row, meeting, text) for woman, sheet, row in _women(meeting)]
    return [*found, group, html.Optgroup(women, label=text("review.form.about_woman"), **data(code="true"))]


def _indicators(shown: Shown) -> Sequence[str]:
    return list(shown.counted.whole.indicators)


def _women(meeting: Meeting) -> list[tuple[str, str, int]]:
    """The women of both lists, each once, those who need the team first."""
    listed = [(case.woman, case.sheet, case.row) for case in meeting.listed.cases]
    moves: Sequence[Move] = meeting.changed.movements.moves if meeting.changed else ()
    moved = [(move.woman, move.sheet, move.row) for move in moves if move.in_sheet]
    return list(dict.fromkeys([*listed, *moved]))


def _woman_option(woman: str, sheet: str, row: int, meeting: Meeting, text: Text) -> Node:
    address = f"{sheet} {row}" if meeting.several else text.number(row)
    return html.Option(text("review.form.woman", code=code_words(woman), row=address), value=f"{WOMAN}{woman}")
