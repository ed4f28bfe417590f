"""The page that sums the programmes of a process: one row each, a total of those that count alike. No script."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dash import html

from dashboard.indicators import Indicator
from dashboard.portfolio import Portfolio, Row, Total
from dashboard.programme import LANGUAGES, Programme
from dashboard.text import NONE, Text
from layouts.components import Node, aria, data, emphasised, state_mark
from layouts.header import LANGUAGE_NAMES, STALE_MARKS
from layouts.index import head_html
from layouts.judgement import REFERENCE_WORDS, enrolled_state, insertion_state
from layouts.markup import to_html
from layouts.names import age_words
from layouts.shown import Reader

STYLES = ("portfolio.css",)
COLUMNS = ("programme", "enrolled", "completed", "closed", "inserted", "rate", "reference", "data")


@dataclass(frozen=True)
class PortfolioView:
    """What the page is given. `addresses` by programme, without a final slash; `head` carries the page's names."""

    found: Portfolio
    text: Text
    head: Programme
    today: date
    addresses: Mapping[str, str]
    reader: Reader | None = None


def portfolio_html(view: PortfolioView, asset: Callable[[str], str]) -> str:
    """The whole answer."""
    parts = [_headline(view), _table(view), *_notes(view)]
    return _document(parts, view.text, view.head, asset, _header(view))


def programmes_html(
    names: Mapping[str, Programme],
    addresses: Mapping[str, str],
    text: Text,
    head: Programme,
    asset: Callable[[str], str],
    key: str,
) -> str:
    """The answer to who may not see the sum, or asks for a page that is not there: one sentence, and the ways on."""
    links = [html.Li(_link(one, addresses[one.id], text)) for one in names.values()]
    home = [html.P(html.A(text("portfolio.title"), href=f"/?lang={text.lang}"))] if key == "missing" else []
    parts = [html.H1(text(f"portfolio.{key}.title")), html.P(text(f"portfolio.{key}.sentence"), className="lead")]
    return _document([*parts, *home, html.Ul(links, className="places-list")], text, head, asset, None)


def passing_html(address: str, programme: Programme, text: Text, head: Programme, asset: Callable[[str], str]) -> str:
    """The page between two hosts: browsers go on by themselves, and whoever does not follows the link."""
    words = text("portfolio.go_on", programme=text.isolate(programme.name[text.lang]))
    return _document([html.P(html.A(words, href=address), className="lead")], text, head, asset, None)


def _document(
    parts: Sequence[Node], text: Text, head: Programme, asset: Callable[[str], str], header: Node | None
) -> str:
    name = escape(text("portfolio.page_title", name=head.name[text.lang]))
    main = html.Main(list(parts), className="portfolio")
    page = html.Div([header or html.Header(_brand(text, head), className="page-header"), main], className="page")
    return f"""<!DOCTYPE html>
<html lang="{text.lang}" dir="{text.direction}">
<head>{head_html(text, name, asset, STYLES)}</head>
<body>{to_html(page)}</body>
</html>"""


def _brand(text: Text, head: Programme) -> Node:
    mark = html.Span(className="brand-mark", **aria(hidden="true"))
    names = [html.P(html.Bdi(head.name[text.lang]), className="brand-name")]
    if head.subtitle[text.lang]:
        names.append(html.P(head.subtitle[text.lang], className="brand-subtitle"))
    return html.Div([mark, html.Div(names)], className="brand")


def _header(view: PortfolioView) -> Node:
    text = view.text
    links = [
        html.A(
            LANGUAGE_NAMES[lang], href=f"/?lang={lang}", lang=lang,
            **(aria(current="true") if lang == text.lang else {}),
        )
        for lang in LANGUAGES
        if lang in view.head.languages
    ]  # fmt: skip
    day = html.P(text("page.as_of", date=text.date(view.today)), className="as-of-line")
    parts = [_brand(text, view.head), html.Div([day, *_reader(view)], className="data-line")]
    return html.Header(
        [*parts, html.Nav(links, className="languages", **aria(label=text("page.languages")))], className="page-header"
    )


def _reader(view: PortfolioView) -> list[Node]:
    """Who has signed in, and the way out."""
    if view.reader is None:
        return []
    text = view.text
    name = html.Span(text("sign_in.who", name=text.isolate(view.reader.name)), className="reader-name")
    out = html.Button(text("sign_in.out"), type="submit", className="sign-out")
    form = html.Form(out, method="post", action=f"/sign-out?lang={text.lang}")
    return [html.Div([name, form], className="reader")]


def _headline(view: PortfolioView) -> Node:
    """What can be said of all of them: one sentence for the largest sum, and what it is a sum of."""
    text = view.text
    title = html.H1(text("portfolio.title"), className="kicker")
    if not view.found.totals:
        return html.Section([title, html.P(text("portfolio.nothing"), className="finding")], className="sum")
    total = view.found.totals[0]
    said = [html.P(_finding(total, text), className="finding")]
    low, high = total.insertion.low, total.insertion.high
    if total.insertion.denominator and low is not None and high is not None:
        said.append(html.P(text("headline.interval", low=text.percent(low), high=text.percent(high))))
    count = len(total.programmes)
    enrolled = text.plural("headline.enrolled_target", total.enrolled, target=text.number(total.target))
    said.append(html.P(f"{text.plural('portfolio.of_programmes', count)} {enrolled}"))
    return html.Section([title, *said], className="sum")


def _finding(total: Total, text: Text) -> list[Node]:
    rate, days = total.insertion, text.number(total.definition[0])
    if not rate.denominator or rate.numerator is None:
        return [text("headline.no_closed_window", days=days)]
    number = text.isolate(text.number(rate.numerator))
    key = "headline.insertion" if rate.numerator > 2 else "headline.insertion_few"
    return emphasised(text.plural(key, rate.denominator, k=number, days=days), number)


def _table(view: PortfolioView) -> Node:
    text = view.text
    head = html.Tr([html.Th(text(f"portfolio.column.{name}"), scope="col") for name in COLUMNS])
    rows = [_row(row, view) for row in view.found.rows]
    several = len(view.found.totals) > 1
    sums = [_total(total, text, several) for total in view.found.totals]
    caption = html.Caption(text("portfolio.caption"), className="visually-hidden")
    table = html.Table(
        [caption, html.Thead(head), html.Tbody(rows), html.Tfoot(sums)], className="figures portfolio-table"
    )
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=text("portfolio.caption")))


def _cells(first: Node, cells: Mapping[str, Sequence[Node]], text: Text, class_name: str = "") -> Node:
    """A row. Each cell carries the name of its column, which a narrow screen shows beside it."""
    others = [
        html.Td(html.Span(list(cells[name])), **data(label=text(f"portfolio.column.{name}"), column=name))
        for name in COLUMNS[1:]
    ]
    return html.Tr([html.Th(first, scope="row"), *others], className=class_name)


def _link(programme: Programme, address: str, text: Text) -> Node:
    lang = text.lang if text.lang in programme.languages else programme.default_language
    return html.A(html.Bdi(programme.name[text.lang]), href=f"{address}/?lang={lang}")


def _row(row: Row, view: PortfolioView) -> Node:
    text, programme = view.text, row.member.programme
    name = [_link(programme, view.addresses[row.id], text), html.Small(programme.subtitle[text.lang])]
    reference = text.percent(programme.reference.rate)
    if row.enrolled is None or row.insertion is None:
        empty: dict[str, Sequence[Node]] = {column: [NONE] for column in COLUMNS[1:]}
        return _cells(name, {**empty, "reference": [reference], "data": _data(row, text)}, text, "is-absent")
    state = enrolled_state(row.enrolled, programme, view.today)
    target = text("portfolio.of_target", target=text.number(programme.targets.enrolled))
    cells: dict[str, Sequence[Node]] = {
        "enrolled": [
            text.number(row.enrolled.numerator),
            html.Small(target),
            state_mark(state, text(f"state.{state}")),
        ],
        "completed": [text.number(row.completed)],
        **_outcomes(row.insertion, text),
        "reference": [reference],
        "data": _data(row, text),
    }
    judged = insertion_state(row.insertion, programme.reference.rate, programme.lights)
    words = text(f"state.{REFERENCE_WORDS.get(judged, judged)}")
    cells["rate"] = [*cells["rate"], state_mark(judged, words)]
    return _cells(name, cells, text, "is-absent" if row.absence else "")


def _outcomes(rate: Indicator, text: Text) -> dict[str, Sequence[Node]]:
    """The base, the inserted and the rate with its interval; what is still open stands below the base."""
    still_open = [html.Small(text.plural("portfolio.open", rate.open))] if rate.open else []
    interval: list[Node] = []
    if rate.low is not None and rate.high is not None:
        between = text("portfolio.interval", low=text.percent(rate.low), high=text.percent(rate.high))
        interval = [html.Small(between)]
    return {
        "closed": [text.number(rate.denominator), *still_open],
        "inserted": [text.number(rate.numerator) if rate.denominator else NONE],
        "rate": [html.Strong(text.percent(rate.value)), *interval],
    }


def _data(row: Row, text: Text) -> list[Node]:
    """How old the data are, and what is the matter with them: in words, with a mark."""
    member, said = row.member, []
    if row.absence == "no_data":
        said.append(_stale("red", text("portfolio.no_data")))
    elif member.age is not None and member.staleness == "fresh":
        said.append(age_words(member.age, text))
    else:
        age = f"{age_words(member.age, text)} · " if member.age is not None else ""
        said.append(_stale(member.staleness, age + text(f"age.{member.staleness}")))
    if member.held:
        said.append(html.Small(text("portfolio.held")))
    elif member.fault is not None:
        said.append(html.Small(text("portfolio.fault")))
    return said


def _stale(staleness: str, words: str) -> Node:
    mark = html.Span(STALE_MARKS.get(staleness, ""), className="state-icon", **aria(hidden="true"))
    return html.Span([mark, words], className=f"stale stale-{staleness}")


def _total(total: Total, text: Text, several: bool) -> Node:
    name: list[Node] = [text.plural("portfolio.total", len(total.programmes))]
    if several:
        days, version = text.number(total.definition[0]), text.isolate(total.definition[1])
        name.append(html.Small(text("portfolio.counted_by", days=days, version=version)))
    target = html.Small(text("portfolio.of_target", target=text.number(total.target)))
    cells: dict[str, Sequence[Node]] = {
        "enrolled": [text.number(total.enrolled), target],
        "completed": [text.number(total.completed)],
        **_outcomes(total.insertion, text),
        "reference": [NONE],
        "data": [""],
    }
    return _cells(name, cells, text, "is-total")


def _notes(view: PortfolioView) -> list[Node]:
    """Who is in no total and why, who adds no outcome yet, and how the total is made."""
    text, found = view.text, view.found
    names = {row.id: text.isolate(row.member.programme.name[text.lang]) for row in found.rows}
    said: list[Node] = []
    for absence in ("no_data", "stale"):
        missing = [names[row.id] for row in found.absent if row.absence == absence]
        if missing:
            words = text(f"portfolio.absent.{absence}", names=_listed(missing, text))
            said.append(html.P(words, className="banner", role="status"))
    if len(found.totals) > 1:
        said.append(html.P(text("portfolio.definitions_differ"), className="banner"))
    immature = [names[one] for total in found.totals for one in total.immature]
    if immature:
        said.append(html.P(text("portfolio.immature", names=_listed(immature, text)), className="notice"))
    said.append(html.P(text("portfolio.how"), className="aside-note"))
    return said


def _listed(names: Sequence[str], text: Text) -> str:
    return ("، " if text.rtl else ", ").join(names)
