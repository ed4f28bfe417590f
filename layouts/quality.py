"""From the sheet to the numbers: where every row went, and what staff can mend, with the address of its cell.

The overview shows the line and counts what is to be mended; the data page lists it.
"""

from collections.abc import Iterable, Sequence

from dash import html

from dashboard.roster import Finding, Reconciliation, Severity, SourceInfo
from dashboard.text import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, Text
from layouts.components import Node
from layouts.places import DATA, address
from layouts.shown import Shown

ORDER = (Severity.QUARANTINED, Severity.REJECTED, Severity.WARNING)
GROUPS, CELLS = 8, 12  # shown at first; further groups are one click away, further cells are counted
CELL = "\0"  # stands for the cell until its link takes the place
TERMS = ("rows_read", "used", "duplicates_merged", "quarantined", "skipped")


def quality(shown: Shown) -> list[Node]:
    """The reconciliation line, and how many findings there are to act on."""
    text, feed = shown.text, shown.feed
    if feed.reconciliation is None:
        return []
    title = html.H2(text("quality.title"), id="quality-title")
    head = html.Div([title, html.P(text("quality.lead"), className="subtitle")], className="card-head")
    return [head, reconciliation_line(feed.reconciliation, text), _to_mend(shown)]


def _to_mend(shown: Shown) -> Node:
    text, found = shown.text, sum(map(len, grouped(shown.feed.findings)))
    words = text.plural("quality.findings", found) if found else text("quality.nothing")
    link = html.A(text("quality.to_data"), href=address(DATA, shown.view))
    return html.P([html.Strong(words), " ", link], className="to-mend")


def reconciliation_line(account: Reconciliation, text: Text) -> Node:
    """rows read = used + duplicates merged + quarantined + skipped, as an equation."""
    signs = ("", "=", "+", "+", "+")
    terms = []
    for sign, term in zip(signs, TERMS, strict=True):
        number = html.Span(text.number(getattr(account, term)), className="term-number")
        words = html.Span(text.plural(f"quality.{term}", getattr(account, term)), className="term-words")
        mark = [html.Span(sign, className="term-sign")] if sign else []
        terms.append(html.Li([*mark, html.Div([number, words])], className=f"term term-{term.replace('_', '-')}"))
    return html.Ul(terms, className="reconciliation")


def grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that staff can act on, one list per code, the gravest and then the most frequent first."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity in ORDER:
            groups.setdefault((finding.severity, finding.code), []).append(finding)
    return [groups[key] for key in sorted(groups, key=lambda key: (ORDER.index(key[0]), -len(groups[key]), key[1]))]


def findings_list(shown: Shown) -> Node:
    """What staff can mend, by kind, each with its cells."""
    text, groups = shown.text, grouped(shown.feed.findings)
    if not groups:
        return html.P(text("quality.nothing"), className="findings")
    title = html.H3(text.plural("quality.findings", sum(map(len, groups))))
    if shown.view.guests:  # every cell is in the row of a woman
        return html.Div([title, html.P(text("guests.no_cells"))], className="findings")
    items = [_group(group, shown.feed.source, text) for group in groups]
    parts = [title, html.Ul(items[:GROUPS])]
    if len(items) > GROUPS:
        summary = html.Summary(text.plural("quality.more_groups", len(items) - GROUPS))
        parts.append(html.Details([summary, html.Ul(items[GROUPS:])], className="more-groups"))
    return html.Div(parts, className="findings")


def _group(group: Sequence[Finding], source: SourceInfo | None, text: Text) -> Node:
    first, *others = group
    severity = html.Span(text(f"severity.{first.severity}"), className=f"severity severity-{first.severity}")
    parts = [severity, html.Span(finding_words(first, source, text), className="finding-words")]
    if others:
        parts.append(_more_cells(others, source, text))
    return html.Li(parts)


def finding_words(finding: Finding, source: SourceInfo | None, text: Text) -> list[Node]:
    """The sentence of a finding with its cell linked; addresses and counts are all it can hold."""
    values = {name: text.number(value) if isinstance(value, int) else value for name, value in finding.params}
    isolated = {name: f"{LEFT_TO_RIGHT_ISOLATE}{value}{POP_ISOLATE}" for name, value in values.items()}
    before, found, after = text(f"finding.{finding.code}", cell=CELL, **isolated).partition(CELL)
    return [before, _cell(finding, finding.cell, source), after] if found else [before]


def _more_cells(others: Sequence[Finding], source: SourceInfo | None, text: Text) -> Node:
    cells: list[Node] = [_cell(finding, _short(finding), source) for finding in others[:CELLS]]
    if len(others) > CELLS:
        cells.append(html.Span(text.plural("quality.beyond", len(others) - CELLS)))
    summary = html.Summary(text.plural("quality.more_cells", len(others)))
    return html.Details([summary, html.Div(cells, className="cells")], className="more-cells")


def _short(finding: Finding) -> str:
    """The address without its sheet; a finding about a whole sheet has only that."""
    return f"{finding.column or ''}{finding.row or ''}" or finding.sheet


def _cell(finding: Finding, words: str, source: SourceInfo | None) -> Node:
    """The address of a cell; a link that opens the spreadsheet there where it has an address of its own."""
    address = html.Bdi(words, className="cell", dir="ltr")  # as the spreadsheet writes it
    if source is None or source.url is None or finding.gid is None:
        return address
    place = f"&range={finding.column or ''}{finding.row or ''}" if finding.row else ""
    return html.A(address, href=f"{source.url}#gid={finding.gid}{place}", target="_blank", rel="noreferrer")


def unread_line(headers: Sequence[str], text: Text) -> str:
    """The columns that were never asked for, by their headers."""
    separator = "، " if text.rtl else ", "
    return text("quality.unread", headers=separator.join(text.isolate(header) for header in headers))


def net_wages(findings: Iterable[Finding]) -> int:
    """How many wages of the whole sheet stand under a header that says net: they are compared with nothing."""
    counts = (dict(finding.params).get("count", 0) for finding in findings if finding.code == "wage_net")
    return sum(count for count in counts if isinstance(count, int))
