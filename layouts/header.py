"""Above and below every page: name, day and age of the data, languages, pages, partners."""

from dataclasses import replace

from dash import html

from dashboard.programme import LANGUAGES, Lang, Programme
from dashboard.schema import DIMENSIONS
from dashboard.staleness import Staleness
from dashboard.text import Text
from dashboard.view import View
from layouts import ids
from layouts.components import Node, aria
from layouts.downloads import downloads
from layouts.names import age_words, choice_name, source_name, times_words
from layouts.navigation import navigation
from layouts.places import WHOLE_SHEET, address
from layouts.shown import Read, Shown

STALE_MARKS = {"amber": "▲", "red": "■"}
LANGUAGE_NAMES: dict[Lang, str] = {"ar": "العربية", "fr": "Français", "en": "English"}


def header(shown: Shown) -> Node:
    """What the programme is, the day and age of the data, languages and pages."""
    text, programme = shown.text, shown.programme
    brand = html.Div(
        [
            html.Span(className="brand-mark", **aria(hidden="true")),
            html.Div(
                [
                    html.H1(
                        [html.Bdi(programme.name[text.lang]), html.Span(text("page.view"), className="brand-view")]
                    ),
                    html.P(programme.subtitle[text.lang], className="brand-subtitle"),
                ]
            ),
        ],
        className="brand",
    )
    data = html.Div(
        [
            html.P(as_of_line(shown), id=ids.AS_OF_LINE, className="as-of-line"),
            html.P([html.Span(age_line(shown), id=ids.AGE), _read_now(text)], className="feed"),
            html.P(id=ids.READING, className="reading-status", role="status"),
            *reader(shown),
        ],
        className="data-line",
    )
    links = language_links(shown.page, shown.view, text, programme)
    pages = navigation(shown.page, shown.view, text)
    return html.Header([brand, data, links, downloads(shown), pages], className="page-header")


def reader(shown: Shown) -> list[Node]:
    """Who has signed in, and the way out: a form, because a link could be followed by what only looks at links."""
    if shown.reader is None:
        return []
    text = shown.text
    said = text("sign_in.who", name=text.isolate(shown.reader.name))
    name = html.Span(said, className="reader-name", title=shown.reader.name)
    out = html.Button(text("sign_in.out"), type="submit", className="sign-out")
    form = html.Form(out, method="post", action=f"/sign-out?lang={text.lang}")
    return [html.Div([name, form], className="reader")]


def _read_now(text: Text) -> Node:
    return html.Button(text("page.read_now"), id=ids.READ_NOW, type="button", className="read-now", n_clicks=0)


def reading_words(read: Read, text: Text) -> str:
    """What came of "read now"."""
    if read.failed:
        return text("reading.failed")
    if read.before == read.after:
        return text("reading.pending") if read.pending else text("reading.same")
    return text("reading.changed", version=text.number(read.after))


def language_links(page: str, view: View, text: Text, programme: Programme) -> Node:
    """The same view in another language: a plain link, because direction and style sheet change with it."""
    links = []
    for lang in (lang for lang in LANGUAGES if lang in programme.languages):
        current = aria(current="true") if lang == text.lang else {}
        href = address(page, replace(view, lang=lang))
        name = LANGUAGE_NAMES[lang]
        links.append(html.A(name, href=href, id={"type": ids.LANGUAGE_LINK, "lang": lang}, lang=lang, **current))
    return html.Nav(links, className="languages", **aria(label=text("page.languages")))


def footer(shown: Shown) -> Node:
    """Who stands behind it."""
    text, programme = shown.text, shown.programme
    names = {"operator": programme.operator[text.lang], "funder": programme.funder[text.lang]}
    said = [html.P(text("footer.partners", **names)), html.P(text("footer.privacy"))]
    return html.Footer([*said, *(_for_managers(shown) if shown.may_manage else [])])


def _for_managers(shown: Shown) -> list[Node]:
    """The ways to pages that others are refused."""
    text = shown.text
    publishing = html.P(html.A(text("release.invite"), href=f"/releases?lang={text.lang}"))
    return [publishing, *_invitation(shown)]


def _invitation(shown: Shown) -> list[Node]:
    """To connect a sheet of one's own, as long as the demo is shown or nothing can be."""
    source, text = shown.feed.source, shown.text
    if source is not None and source.kind != "demo":
        return []
    return [html.P(html.A(text("connect.invite"), href=f"/connect?lang={text.lang}"))]


def as_of_line(shown: Shown) -> str:
    """The day the numbers are about, and the women chosen: a printed page must say both."""
    text = shown.text
    if shown.page in WHOLE_SHEET:  # whatever the address says: what there is to mend is told of the sheet as it is
        return times_words(shown.today, None, text)
    chosen = [
        choice_name(dimension, choice, shown.programme, text)
        for dimension in DIMENSIONS
        for choice in shown.view.filters.get(dimension, ())
    ]
    return " · ".join([times_words(shown.as_of, shown.view.known, text), *chosen])


def age_line(shown: Shown) -> list[Node]:
    """Where the roster came from and how long ago it was read."""
    text, feed = shown.text, shown.feed
    if feed.source is None or feed.age is None:
        return []
    name: Node = html.Bdi(source_name(feed.source, text))
    if feed.source.url:
        name = html.A(name, href=feed.source.url, target="_blank", rel="noreferrer")
    before, _, after = text("page.source", source="\0").partition("\0")
    versions = html.Span(_versions(shown), className="on-paper")
    return [before, name, after, " · ", *_age(feed.age, feed.staleness, text), versions]


def _age(seconds: float, staleness: Staleness, text: Text) -> list[Node]:
    """The age of the data; old data is called so in words and with a mark, not by colour alone."""
    said = age_words(seconds, text)
    if staleness == "fresh":
        return [said]
    mark = html.Span(STALE_MARKS[staleness], className="state-icon", **aria(hidden="true"))
    return [html.Span([mark, said, " · ", text(f"age.{staleness}")], className=f"stale stale-{staleness}")]


def _versions(shown: Shown) -> str:
    """What a printed page must say and a page on a screen need not."""
    text, rules = shown.text, shown.programme.rules
    data = text("paper.data_version", version=text.isolate(shown.feed.fingerprint))
    return f" · {data} · {text('definitions.version', version=text.isolate(rules.version))}"
