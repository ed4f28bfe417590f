"""The donor's page, in the order in which it is read: finding, tiles, path, cohorts, tables, what is not shown, how."""

from dash import html

from dashboard.release import Release
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.donor.defined import definitions
from layouts.donor.headline import headline
from layouts.donor.numbers import reason_words
from layouts.donor.shown import DonorView, Published
from layouts.donor.tables import breakdowns, cohorts, path, tracking
from layouts.donor.tiles import tiles
from layouts.header import LANGUAGE_NAMES

FILES = ("pdf", "xlsx", "csv")


def donor_page(view: DonorView) -> Node:
    """Everything."""
    if view.published is None:
        return html.Div([_header(view), html.Main(_nothing(view.text), className="message")], className="page donor")
    release = view.published.release
    main = [
        *_preview(view),
        headline(release, view),
        *_note(release, view.text),
        tiles(release, view),
        path(release, view),
        cohorts(release, view),
        breakdowns(release, view),
        *tracking(release, view),
        _hidden(release, view.text),
        definitions(release, view),
    ]
    return html.Div([_header(view), html.Main(main), _footer(view.published, view)], className="page donor")


def _header(view: DonorView) -> Node:
    text, programme = view.text, view.programme
    name = html.H1([html.Bdi(programme.name[text.lang]), html.Span(text("donor.view"), className="brand-view")])
    subtitle = html.P(programme.subtitle[text.lang], className="brand-subtitle")
    brand = html.Div(
        [html.Span(className="brand-mark", **aria(hidden="true")), html.Div([name, subtitle])], className="brand"
    )
    return html.Header([brand, _stamp(view), _languages(view)], className="page-header")


def _stamp(view: DonorView) -> Node:
    """Which release it is, and the day its numbers are about."""
    if view.published is None:
        return html.Div(className="data-line")
    text, release = view.text, view.published.release
    day = html.P(text("page.as_of", date=text.date(release.as_of)), className="as-of-line")
    number, published = text.number(release.number), text.date(view.published.published_on)
    said = text("donor.release_before" if view.preview else "donor.release", number=number, date=published)
    return html.Div([day, html.P([html.Span(said), *_ways(view)], className="feed")], className="data-line")


def _ways(view: DonorView) -> list[Node]:
    """What a reader looks for and would scroll long for: the files, and what is hidden."""
    files = [html.A(view.text("donor.files"), href="#files")] if view.files and not view.preview else []
    return [*files, html.A(view.text("donor.go_hidden"), href="#hidden-title")]


def _languages(view: DonorView) -> Node:
    links = []
    for lang in view.programme.languages:
        current = aria(current="true") if lang == view.text.lang else {}
        links.append(html.A(LANGUAGE_NAMES[lang], href=view.address(lang), lang=lang, **current))
    return html.Nav(links, className="languages", **aria(label=view.text("page.languages")))


def _preview(view: DonorView) -> list[Node]:
    return [html.P(view.text("donor.preview"), className="notice", role="status")] if view.preview else []


def note_of(release: Release, text: Text) -> list[str]:
    """What management says about a release, by paragraphs; in another language where it is not said in this one."""
    words = release.note.get(text.lang) or next((said for said in release.note.values() if said), "")
    return [part.strip() for part in words.splitlines() if part.strip()]


def _note(release: Release, text: Text) -> list[Node]:
    paragraphs = [html.P(part, dir="auto") for part in note_of(release, text)]
    if not paragraphs:
        return []
    title = html.H2(text("donor.note"), id="note-title")
    return [html.Section([title, *paragraphs], className="card narrative", **aria(labelledby="note-title"))]


def _nothing(text: Text) -> list[Node]:
    return [html.H2(text("donor.nothing")), html.P(text("donor.nothing_next"), className="message-sentence")]


def protected_lines(release: Release, text: Text) -> list[str]:
    """How many numbers are not shown, by reason, and what is never shown outside."""
    lines = []
    for reason in ("too_few", "not_mature", "not_recorded"):
        n = sum(cell.reason == reason for cell in release.hidden)
        if n:
            words = {"name": text.plural("donor.hidden_count", n), "value": reason_words(reason, text)}
            lines.append(text("figure.pair", **words))
    bands = [text("donor.band_note")] if any(cell.banded for cell in release.cells) else []
    return [*lines, *bands, *(text(f"donor.left_out.{left.code}") for left in release.left_out)]


def _hidden(release: Release, text: Text) -> Node:
    """What is not shown, and why."""
    lines = [html.Li(line) for line in protected_lines(release, text)]
    title = html.H2(text("donor.protected"), id="hidden-title")
    lead = html.P(text("donor.protected_lead"), className="subtitle")
    return html.Section(
        [html.Div([title, lead], className="card-head"), html.Ul(lines, className="plain-list")],
        className="card protected",
        **aria(labelledby="hidden-title"),
    )


def _footer(published: Published, view: DonorView) -> Node:
    """Files, versions and the code by which a print or a file is verified later."""
    text, release, programme = view.text, published.release, view.programme
    partners = text("footer.partners", operator=programme.operator[text.lang], funder=programme.funder[text.lang])
    lines = [html.P(versions(published, text), className="versions"), html.P(partners), html.P(text("donor.privacy"))]
    return html.Footer([*([] if view.preview or not view.files else [_file_links(release, view)]), *lines])


def _file_links(release: Release, view: DonorView) -> Node:
    text = view.text
    links = [
        html.A(text(f"donor.file.{kind}"), href=f"{view.prefix}release.{kind}?lang={text.lang}", className="file-link")
        for kind in FILES
    ]
    lead = text("donor.files_lead", number=text.number(release.number))
    return html.Nav([html.P(lead), *links], className="files", id="files", **aria(label=text("donor.files")))


def versions(published: Published, text: Text) -> str:
    """Which data and definitions, and the code; before it is published there is none."""
    release = published.release
    known = {
        "data": text.isolate(release.data_version),
        "definitions": text.isolate(release.definition_version),
        "number": text.number(release.number),
    }
    if not published.code:
        return text("donor.versions_before", **known)
    return text("donor.versions", **known, code=text.isolate(published.code))
