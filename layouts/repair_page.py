"""What staff can mend in the sheet: what costs most first, each cell with its address, its age and a link to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from dash import html

from dashboard.repair import Group, Mend, Range, Repair
from dashboard.roster import Finding
from dashboard.text import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, Text
from layouts.components import Node, aria, message
from layouts.repair_words import known_words
from layouts.shown import Shown

CELLS = 12  # addresses of one kind and age shown at first; the others are one click away
CSV = "/repair.csv"
_HERE = "\0"  # stands for the cell at the beginning of a finding's sentence
_INDICATOR = {"work_kind": "own_business", "certificate": "certification"}
_WITHOUT_COST = ("doubtful", "other")


def repair_page(shown: Shown) -> list[Node]:
    """The page's content: of the whole sheet and of today, whatever the view."""
    found, text = shown.deeper.repair(), shown.text
    if not found.groups:
        return [_head(found, shown), message(text("repair.empty"), "", text("repair.empty_next"), "empty")]
    manner = _manner(found)
    return [_head(found, shown), *(_group(group, manner, shown) for group in found.groups)]


@dataclass(frozen=True)
class _Manner:
    """How cells are written: with their worksheet where there are several, with their age where ages differ."""

    several: bool
    aged: bool
    since: date | None  # of all of them, where they have one age


def _manner(found: Repair) -> _Manner:
    mends = [mend for group in found.groups for kind in group.kinds for mend in kind]
    sheets, days = {mend.finding.sheet for mend in mends}, {mend.since for mend in mends}
    return _Manner(len(sheets) > 1, len(days) > 1, next(iter(days)) if len(days) == 1 else None)


def _head(found: Repair, shown: Shown) -> Node:
    """What it costs as a whole, how much has been mended, and the list to take away."""
    text, source = shown.text, shown.feed.source
    linked = source is not None and source.url is not None
    title = html.H2(text("repair.title"), id="repair-title")
    lead = html.P(text("repair.lead" if linked else "repair.lead_file"), className="subtitle")
    download = html.A(text("repair.download"), href=f"{CSV}?lang={text.lang}", className="repair-download")
    counted = [text.plural("repair.found", found.findings), text.plural("repair.mended", found.mended)]
    since = _manner(found).since
    if since is not None:
        today = since == shown.today
        counted.insert(1, text("repair.all_new") if today else text("repair.all_since", date=text.date(since)))
    progress = html.P([*(html.Span(words) for words in counted if words), download], className="repair-progress")
    parts = [html.Div([title, lead], className="card-head"), *whole_words(found, text), progress]
    return html.Section(parts, className="card repair-head", **aria(labelledby="repair-title"))


def whole_words(found: Repair, text: Text) -> list[Node]:
    """How many cells keep how many women out of the insertion rate, and between what it could lie."""
    whole = found.whole
    if not whole.women:
        return [html.P(text("repair.nothing_costs"), className="repair-whole")] if found.groups else []
    kept_by = text.plural("repair.kept_by", whole.cells)
    said = [html.P(text.plural("repair.whole", whole.women, kept_by=kept_by), className="repair-whole")]
    return [*said, *([html.P(range_words(whole, whole.rate, text))] if whole.rate else [])]


def range_words(group: Group, rate: Range, text: Text) -> str:
    """What mending a group could make of its rate."""
    name = text(f"indicator.{_INDICATOR.get(group.id, 'insertion_90')}")
    high, low = text.percent(rate.high, 1), text.percent(rate.low, 1)
    if rate.now is None:
        return text("repair.range_new", name=name, low=low, high=high)
    less, more = (text.signed((end - rate.now) * 100, 1) for end in (rate.low, rate.high))
    now = text.percent(rate.now, 1)
    if rate.low == rate.now:
        return text("repair.range_up", name=name, now=now, high=high, more=more)
    return text("repair.range", name=name, now=now, low=low, high=high, less=less, more=more)


def cost_words(group: Group, text: Text) -> list[str]:
    """Whom a group concerns, and what it could make of a rate."""
    if group.id in _WITHOUT_COST:
        return []
    if not group.women:  # a whole column's finding says itself what it costs
        whole = any(mend.finding.row is None for kind in group.kinds for mend in kind)
        return [] if whole else [text("repair.no_cost")]
    cells = text.plural("repair.cells", group.cells)
    said = [text.plural(f"repair.cost.{group.id}", group.women, cells=cells)]
    return [*said, range_words(group, group.rate, text)] if group.rate else said


def _group(group: Group, manner: _Manner, shown: Shown) -> Node:
    text, name = shown.text, f"repair-{group.id.replace('_', '-')}"
    title = html.H3(text(f"repair.group.{group.id}"), id=name)
    cost = [html.P(words, className="repair-cost") for words in cost_words(group, text)]
    lines = [line for kind in group.kinds for line in _kind(kind, manner, shown)]
    return html.Section([title, *cost, html.Ul(lines)], className="repair-group", **aria(labelledby=name))


def _kind(kind: Sequence[Mend], manner: _Manner, shown: Shown) -> list[Node]:
    """One line for every sentence that the findings of a kind need.

    Cells that each contradict another one of their own row share a sentence, which then names the other's column.
    """
    lines: dict[str, list[Mend]] = {}
    for mend in kind:
        lines.setdefault(sentence(_beside(mend.finding), shown.text), []).append(mend)
    return [_line(words, mends, manner, shown) for words, mends in lines.items()]


def _beside(finding: Finding) -> Finding:
    """The finding with the column alone of a second cell in its own row."""
    row, here = str(finding.row or ""), finding.cell.rpartition("!")[0] + "!"
    params = dict(finding.params)
    other = params.get("other")
    if not isinstance(other, str) or not row or not other.startswith(here):
        return finding
    column = other.removeprefix(here).removesuffix(row)
    return replace(finding, params=tuple((params | {"other": column}).items())) if column.isalpha() else finding


def _line(words: str, mends: Sequence[Mend], manner: _Manner, shown: Shown) -> Node:
    text, severity = shown.text, mends[0].finding.severity
    mark = html.Span(text(f"severity.{severity}"), className=f"severity severity-{severity}")
    costing, others = [mend for mend in mends if mend.costs], [mend for mend in mends if not mend.costs]
    if len(mends) == 1:
        words = sentence(mends[0].finding, text)
    said = html.Span(words, className="finding-words")
    parts: list[Node] = [mark, said, *_known(mends[0].finding, shown), *_ages(costing, manner, shown)]
    if costing and others:
        parts.append(html.P(text("repair.no_cost_cells"), className="repair-aside"))
    return html.Li([*parts, *_ages(others, manner, shown)])


def _known(finding: Finding, shown: Shown) -> list[Node]:
    """The words that would have been understood, folded."""
    words = known_words(finding, shown.programme, shown.text)
    if not words:
        return []
    listed = html.P((" · ").join(map(shown.text.isolate, words)))
    return [html.Details([html.Summary(shown.text("repair.known")), listed], className="repair-known")]


def _ages(mends: Iterable[Mend], manner: _Manner, shown: Shown) -> list[Node]:
    """The cells by the day they were first seen, the oldest first."""
    by_day: dict[date | None, list[Mend]] = {}
    for mend in mends:
        by_day.setdefault(mend.since, []).append(mend)
    return [_cells(by_day[day], day, manner, shown) for day in sorted(by_day, key=lambda day: day or shown.today)]


def _cells(mends: Sequence[Mend], since: date | None, manner: _Manner, shown: Shown) -> Node:
    text = shown.text
    ordered = sorted(mends, key=lambda mend: (mend.finding.sheet, mend.finding.row or 0, mend.finding.column or ""))
    aged = since is not None and manner.aged
    age = [html.Span(since_words(since, shown), className="repair-age")] if since and aged else []
    parts: list[Node] = [*age, *_places(ordered[:CELLS], manner)]
    if len(ordered) > CELLS:
        summary = html.Summary(text.plural("repair.more_cells", len(ordered) - CELLS))
        parts.append(html.Details([summary, html.Div(_places(ordered[CELLS:], manner), className="cells")]))
    return html.Div(parts, className="cells repair-cells")


def _places(mends: Sequence[Mend], manner: _Manner) -> list[Node]:
    """The cells, after the name of their worksheet where there are several."""
    if not manner.several:
        return [_cell(mend) for mend in mends]
    parts: list[Node] = []
    for sheet, found in groupby(mends, key=lambda mend: mend.finding.sheet):
        first, *others = map(_cell, found)
        parts += [html.Span([html.Bdi(sheet, className="repair-sheet"), first], className="repair-first"), *others]
    return parts


def since_words(since: date, shown: Shown) -> str:
    """How long a finding has stood."""
    if since == shown.today:
        return shown.text("repair.new")
    return shown.text("repair.since", date=shown.text.date(since))


def _cell(mend: Mend) -> Node:
    """The address of a cell; a link where the spreadsheet has one."""
    finding = mend.finding
    place = f"{finding.column or ''}{finding.row or ''}"
    words = html.Bdi(place or finding.cell, className="cell", dir="ltr")
    if mend.link is None:
        return words
    return html.A(words, href=mend.link, target="_blank", rel="noreferrer")


def sentence(finding: Finding, text: Text) -> str:
    """What a finding says, without the address it begins with; other addresses and counts are all it can hold."""
    here = finding.cell.rpartition("!")[0] + "!"  # said only of cells on another worksheet
    values = {
        name: text.number(value) if isinstance(value, int) else value.removeprefix(here)
        for name, value in finding.params
    }
    isolated = {name: f"{LEFT_TO_RIGHT_ISOLATE}{value}{POP_ISOLATE}" for name, value in values.items()}
    words = text(f"finding.{finding.code}", cell=_HERE, **isolated)
    rest = words.removeprefix(_HERE).lstrip(" :\u00a0\u202f")
    return (rest[:1].upper() + rest[1:]).replace(_HERE, f"{LEFT_TO_RIGHT_ISOLATE}{finding.cell}{POP_ISOLATE}")
