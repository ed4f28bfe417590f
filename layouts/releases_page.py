"""The page on which management publishes: what is due, the next release, what has been published, codes verified."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import html

from dashboard.disclosure import Refusal
from dashboard.programme import LANGUAGES, Programme
from dashboard.publishing import StoredRelease
from dashboard.text import NONE, Text
from layouts.components import Node, aria, notice
from layouts.connect_frame import form_page
from layouts.header import LANGUAGE_NAMES
from layouts.markup import entry, hidden, submit
from layouts.releases_shown import Due, Listed, Verified

ADDRESS, PREVIEW, LINKS = "/releases", "/releases/preview", "/links"
COMMAND = "flask --app app release verify 7F3K-9Q2M release.pdf"
STYLES = ("vendor/cairo.css", "page.css", "connect.css", "releases.css")


def releases_html(
    listed: Listed | None, said: Sequence[Node], text: Text, programme: Programme, asset: Callable[[str], str]
) -> str:
    """The whole answer. `said`: what has to be put right; `listed` None: nothing can be read."""
    parts: list[Node] = [html.H2(text("release.title")), html.P(text("release.lead"), className="lead"), *said]
    if listed is not None:
        parts += [*_new(listed, text), _due(listed.due, text), _next(listed, text), _list(listed, text)]
        parts.append(_verify(listed.verified, text))
    return document(parts, ADDRESS, "release.title", text, programme, asset)


def document(
    parts: Sequence[Node], address: str, title: str, text: Text, programme: Programme, asset: Callable[[str], str]
) -> str:
    """A page of managers' forms: the head, the way to the two pages and back, and its parts."""
    body = html.Div(
        [_header(address, text, programme), html.Main(parts, className="connect releases")], className="page"
    )
    return form_page(body, title, STYLES, text, programme, asset)


def refusal_words(reason: Refusal, text: Text) -> str:
    """Why nothing is published, and what to do next."""
    return text(f"release.refused.{reason.code}")


def _header(address: str, text: Text, programme: Programme) -> Node:
    mark = html.Span(className="brand-mark", **aria(hidden="true"))
    name = html.H1([html.Bdi(programme.name[text.lang]), html.Span(text("release.view"), className="brand-view")])
    names = html.Div([name, html.P(programme.subtitle[text.lang], className="brand-subtitle")])
    brand = html.Div([mark, names], className="brand")
    places = [
        html.A(text(key), href=f"{to}?lang={text.lang}", **(aria(current="page") if to == address else {}))
        for to, key in ((ADDRESS, "release.title"), (LINKS, "link.title"), ("/", "connect.back"))
    ]
    languages = [
        html.A(LANGUAGE_NAMES[lang], href=f"{address}?lang={lang}", lang=lang, **_current(lang == text.lang))
        for lang in programme.languages
    ]
    return html.Header(
        [
            brand,
            html.Nav(places, className="languages doors-places", **aria(label=text("release.places"))),
            html.Nav(languages, className="languages", **aria(label=text("page.languages"))),
        ],
        className="page-header",
    )


def _current(is_current: bool) -> dict[str, Any]:
    return aria(current="true") if is_current else {}


def _new(listed: Listed, text: Text) -> list[Node]:
    found = next((one for one in listed.published if str(one.number) == listed.new), None)
    if found is None:
        return []
    return [notice(text("release.done", number=text.number(found.number), code=text.isolate(found.code)))]


def _due(due: Due, text: Text) -> Node:
    """The policy, and whether a release is due."""
    last, policy, when = due_words(due, text)
    return html.P([last, " ", policy, " ", html.Strong(when)], className="due" + (" due-now" if due.is_due else ""))


def due_words(due: Due, text: Text) -> tuple[str, str, str]:
    """When the last release was published, the programme's policy, and when the next one is due."""
    last = text("release.last", date=text.date(due.last)) if due.last else text("release.none_yet")
    return last, text(f"release.policy.{due.policy}"), _when(due, text)


def _when(due: Due, text: Text) -> str:
    if due.policy == "on_sign_off":
        return text("release.signed", date=text.date(due.on)) if due.on else text("release.not_signed")
    if due.is_due:
        return text("release.is_due")
    return text("release.due_on", date=text.date(due.on)) if due.on else ""


def _next(listed: Listed, text: Text) -> Node:
    """The next release: the day, what it would show, the note, preview and publish."""
    draft = listed.draft
    title = html.H3(text("release.next", number=text.number(draft.number)))
    parts: list[Node] = [title, _day(listed, text)]
    if draft.release is None:
        parts += [html.P(refusal_words(reason, text), className="banner") for reason in draft.reasons]
        return html.Section(parts, className="next-release")
    cells = draft.release.cells
    counts = {
        "shown": sum(not cell.hidden for cell in cells),
        "hidden": len(draft.release.hidden),
        "new": draft.new,
    }
    parts.append(html.P(text("release.counts", **{name: text.number(n) for name, n in counts.items()})))
    return html.Section([*parts, _form(listed, text)], className="next-release")


def _day(listed: Listed, text: Text) -> Node:
    """The day that its numbers are about."""
    earliest = listed.published[-1].release().as_of.isoformat() if listed.published else ""
    field = {"type": "date", "name": "as_of", "id": "as-of", "class": "form-control", "required": True}
    field |= {"value": listed.draft.as_of.isoformat(), "max": listed.today.isoformat()}
    field |= {"min": earliest} if earliest else {}
    parts = [
        hidden("lang", text.lang),
        html.Label(text("release.as_of"), htmlFor="as-of"),
        html.Div([entry(field), submit(text("release.look"), "button quiet")], className="one-line"),
    ]
    return html.Form(parts, method="get", action=ADDRESS, className="day-form")


def _form(listed: Listed, text: Text) -> Node:
    """Note, preview and, where the rule allows it, the button that publishes for ever: behind a box to be ticked."""
    draft, query, allows = listed.draft, f"?lang={text.lang}", listed.due.allows
    preview = {"formAction": PREVIEW + query, "formTarget": "_blank", "formNoValidate": True}
    button = submit(text("release.publish", number=text.number(draft.number)), "button")
    parts = [
        hidden("mark", draft.mark),
        hidden("as_of", draft.as_of.isoformat()),
        html.P(text("release.note_lead"), className="muted"),
        _notes(listed, text),
        html.P(text("release.for_ever" if allows else "release.refused.release_not_due"), className="muted"),
        *([_looked(text)] if allows else []),
        html.Div(
            [submit(text("release.preview"), "button quiet", **preview), *([button] if allows else [])],
            className="onward",
        ),
    ]
    return html.Form(parts, method="post", action=ADDRESS + query)


def _notes(listed: Listed, text: Text) -> Node:
    notes = [
        html.Div(
            [
                html.Label(text("release.note", language=LANGUAGE_NAMES[lang]), htmlFor=f"note-{lang}"),
                html.Textarea(
                    listed.note.get(lang, ""), id=f"note-{lang}", name=f"note_{lang}", rows=4, className="form-control",
                    lang=lang, dir="rtl" if lang == "ar" else "ltr",
                ),
            ]
        )
        for lang in LANGUAGES
    ]  # fmt: skip
    return html.Div(notes, className="notes")


def _looked(text: Text) -> Node:
    """What has to be done before: a release is not taken back, and neither is its note."""
    box = entry({"type": "checkbox", "required": True, "class": "form-check-input"})
    return html.Label([box, html.Span(text("release.looked"))], className="looked")


def _list(listed: Listed, text: Text) -> Node:
    """Everything that has been published, the newest first."""
    title = html.H3(text("release.list"))
    if not listed.published:
        return html.Section([title, html.P(text("release.none_listed"))])
    heads = [text(f"release.column.{name}") for name in ("number", "as_of", "published", "by", "code", "hidden", "see")]
    rows = [_row(one, text) for one in reversed(listed.published)]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    return html.Section([title, listing(head, rows, text("release.list"))])


def listing(head: Node, rows: Sequence[Node], caption: str) -> Node:
    """A table that scrolls inside the page."""
    said = html.Caption(caption, className="visually-hidden")
    table = html.Table([said, head, html.Tbody(list(rows))], className="figures")
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=caption))


def _row(one: StoredRelease, text: Text) -> Node:
    release = one.release()
    link = html.A(text("release.see"), href=f"{PREVIEW}?number={one.number}&lang={text.lang}")
    cells: list[Node] = [
        text.date(release.as_of),
        text.date(one.published_at.date()),
        html.Bdi(one.by),
        html.Code(one.code, dir="ltr"),
        text.number(len(release.hidden)),
        link,
    ]
    return html.Tr([html.Th(text.number(one.number), scope="row"), *(html.Td(cell) for cell in cells)])


def _verify(verified: Verified | None, text: Text) -> Node:
    """Whether a code is one of ours."""
    field = {"type": "text", "name": "verify", "id": "verify", "class": "form-control", "dir": "ltr", "maxlength": 40}
    field |= {"placeholder": "7F3K-9Q2M", "value": verified.typed if verified else "", "autocomplete": "off"}
    parts: list[Node] = [
        hidden("lang", text.lang),
        html.Label(text("release.code"), htmlFor="verify"),
        html.Div([entry(field), submit(text("release.verify"), "button quiet")], className="one-line"),
    ]
    said = [html.P(_verdict(verified, text), className="notice" if verified.sound else "banner")] if verified else []
    form = html.Form(parts, method="get", action=ADDRESS, className="verify")
    lead = html.P(text("release.verify_lead", command=text.isolate(COMMAND)), className="muted")
    return html.Section([html.H3(text("release.verify_title")), lead, form, *said])


def _verdict(verified: Verified, text: Text) -> str:
    if verified.release is None:
        return text("release.code_unknown", code=text.isolate(verified.typed))
    one = verified.release
    words = {"number": text.number(one.number), "as_of": text.date(one.release().as_of)}
    words |= {"date": text.date(one.published_at.date()), "by": text.isolate(one.by or NONE)}
    return text("release.code_good" if verified.sound else "release.code_unsound", **words)
