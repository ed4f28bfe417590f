"""The review's last step: its notes, what is frozen by signing, and the reviews that were signed before."""

from dash import html

from dashboard.reviews import LONGEST, Note, Signed
from dashboard.text import Text
from layouts.components import Node, aria, data
from layouts.downloads import review_links
from layouts.markup import hidden, submit
from layouts.meeting import Acted, Meeting
from layouts.messages import error_words
from layouts.review_decisions import not_here
from layouts.review_headline import step_head
from layouts.review_words import typed
from layouts.shown import Shown

EARLIER = 6  # signed reviews that are listed


def sign_step(meeting: Meeting, shown: Shown) -> list[Node]:
    """Notes, the sign-off, earlier reviews."""
    text = shown.text
    parts: list[Node] = [*step_head(5, text("review.step_title.sign"), text)]
    if meeting.signed_today is not None:
        parts += _signed_today(meeting.signed_today, shown)
    parts.append(_notes(meeting, shown))
    parts.append(_sign(meeting, shown) if meeting.writable and shown.may_manage else not_here(meeting, shown))
    return [*parts, _paper(shown), *_earlier(meeting, shown)]


def _paper(shown: Shown) -> Node:
    """The review of the view as files: a draft, since nobody has signed it."""
    links = html.P(review_links(shown.text, shown.view), className="review-files")
    return html.Section([html.H3(shown.text("review.draft_files")), links])


def _signed_today(found: Signed, shown: Shown) -> list[Node]:
    """What was signed today, with its files: below it the page is about the next review already."""
    text = shown.text
    hour = found.signed_at.astimezone().strftime("%H:%M")
    said = text("review.signed_today", n=text.number(found.number), hour=text.isolate(hour))
    words = html.P([html.Span("✓ ", **aria(hidden="true")), said], className="notice signed-today", role="status")
    return [words, html.P(review_links(text, shown.view, found.number), className="review-files")]


def _notes(meeting: Meeting, shown: Shown) -> Node:
    text = shown.text
    lines = [_note(note, meeting, shown) for note in meeting.book.notes]
    parts: list[Node] = [html.H3(text("review.notes"))]
    parts.append(html.Ul(lines, className="notes") if lines else html.P(text("review.no_notes"), className="subtitle"))
    if meeting.writable and shown.may_manage:
        field = html.Textarea(
            id="note-note",
            name="note",
            maxLength=LONGEST["note"],
            required=True,
            rows=2,
            className="form-control",
            dir="auto",
            **aria(describedby="note-reminder"),
        )
        label = html.Label(text("review.form.note"), htmlFor="note-note")
        reminder = html.Small(text("review.form.no_names"), id="note-reminder", className="reminder")
        button = submit(text("review.form.add_note"), "act act-second")
        form = html.Form([label, field, reminder, button], id="note", className="note-form", **data(act="note"))
        parts.append(form)
    return html.Section(parts, className="review-notes")


def _note(note: Note, meeting: Meeting, shown: Shown) -> Node:
    words, text = typed(note.text, shown), shown.text
    if not (meeting.writable and shown.may_manage):
        return html.Li(words)
    button = submit(text("review.form.strike"), "act act-plain")
    form = html.Form([hidden("id", str(note.id)), button], id=f"strike-{note.id}", **data(act="strike"))
    return html.Li([words, form])


def _sign(meeting: Meeting, shown: Shown) -> Node:
    """What signing freezes, each with its value, and the button."""
    text = shown.text
    facts = [
        ("as_of", text.date(meeting.as_of)),
        ("since", text.date(meeting.since) if meeting.since else text("review.first")),
        ("version", text.number(shown.feed.version)),
        ("definition", text.isolate(shown.programme.rules.version)),
        ("decisions", text.number(sum(one.state in ("late", "open") for one in meeting.replayed))),
        ("notes", text.number(len(meeting.book.notes))),
    ]
    rows = [node for name, said in facts for node in (html.Dt(text(f"review.frozen.{name}")), html.Dd(said))]
    number = text.number(meeting.book.open_number)
    asked = data(sure=text("review.form.sign_sure"), again=text("review.form.sign_again", n=number))
    style = "act" if meeting.signed_today is None else "act act-second"  # signed twice on a day is seldom meant
    button = submit(text("review.form.sign", n=number), style, **asked)
    selection = [html.P(text("review.frozen_selection"), className="aside-note")] if shown.view.filters else []
    lead = html.P(text("review.sign_lead"), className="lead-line")
    form = html.Form(
        [html.P(className="sure", role="alert"), button], id="sign", className="sign-form", **data(act="sign")
    )
    return html.Section(
        [html.H3(text("review.sign")), lead, html.Dl(rows, className="facts-list"), *selection, form],
        className="review-sign",
    )


def _earlier(meeting: Meeting, shown: Shown) -> list[Node]:
    text = shown.text
    if not meeting.book.signed:
        return []
    lines = [_signed(one, shown) for one in reversed(meeting.book.signed[-EARLIER:])]
    return [html.Section([html.H3(text("review.earlier")), html.Ul(lines, className="signed-list")])]


def _signed(found: Signed, shown: Shown) -> Node:
    text = shown.text
    said = text("review.signed", n=text.number(found.number), date=text.date(found.as_of, "full"))
    check = html.Small(text("review.check", check=found.check[:12]), dir="auto")
    files = html.P(review_links(text, shown.view, found.number), className="review-files")
    return html.Li([said, " ", check, files])


def acted_words(acted: Acted, text: Text) -> str:
    """What came of something that the book was asked to keep, and what to do next."""
    if acted.error is not None:
        return error_words(acted.error, text)
    if acted.faults:
        return " ".join(text(f"review.fault.{fault}") for fault in acted.faults)
    if acted.act == "sign":
        return text("review.done.sign", n=text.number(acted.number))
    return text(f"review.done.{acted.act}")
