"""Third and fourth step of connecting a sheet: what reading it gives, and what has been written."""

from collections.abc import Sequence

from dash import html

from dashboard.mapping import Edit, Written
from dashboard.roster import Finding, Roster, SourceInfo
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.connect_frame import FORM, carried, posting, problem
from layouts.markup import submit
from layouts.quality import finding_words, grouped, reconciliation_line


def trial_step(source: str, edit: Edit, roster: Roster, text: Text) -> list[Node]:
    """Where every row goes and how many cells of each column are understood; nothing is written yet."""
    title = html.H2(text("connect.preview_title"))
    head = html.Div([title, html.P(text("connect.preview_lead"), className="lead")], className="card-head")
    nobody = [problem(text("connect.preview_none"))] if roster.reconciliation.used == 0 else []
    parts = [head, *nobody, reconciliation_line(roster.reconciliation, text), _cells(edit, roster, text)]
    return [*parts, *_findings(roster, text), _left(edit, text), _decide(source, edit, text)]


def done_step(written: Written, text: Text) -> list[Node]:
    """What has changed, and where to go now."""
    title = html.H2(text("connect.done_title" if written.overruled_by is None else "connect.overruled_title"))
    women = html.P(text.plural("connect.done_women", written.women), className="lead")
    overruled = written.overruled_by and problem(text("connect.overruled", source=text.isolate(written.overruled_by)))
    kept = [text("connect.done_programme", path=text.isolate(written.programme))]
    if written.backup is not None:
        kept.append(text("connect.done_backup", path=text.isolate(written.backup)))
    onward = html.P(
        html.A(text("connect.done_open"), href=f"/?lang={text.lang}", className="button"), className="onward"
    )
    notes = [html.P(words, className="muted") for words in kept]
    return [html.Div([title, women], className="card-head"), *([overruled] if overruled else []), onward, *notes]


def _cells(edit: Edit, roster: Roster, text: Text) -> Node:
    titles = ("connect.column", "connect.cells_filled", "connect.cells_read", "connect.cells_rejected")
    head = html.Tr([html.Th(text(title), scope="col") for title in titles])
    read = [(header, field) for header, field in edit.fields.items() if field is not None]
    rows = [_cell_row(header, field, roster, text) for header, field in read]
    table = html.Table([html.Caption(text("connect.cells")), html.Thead(head), html.Tbody(rows)], className="figures")
    return html.Div(table, className="table-scroll")


def _cell_row(header: str, field: str, roster: Roster, text: Text) -> Node:
    count = roster.fields[field]
    name = html.Th([text(f"field.{field}"), html.Div(html.Bdi(header), className="muted")], scope="row")
    rejected = html.Td(text.number(count.rejected), className="some" if count.rejected else "")
    return html.Tr([name, html.Td(text.number(count.filled)), html.Td(text.number(count.parsed)), rejected])


def _findings(roster: Roster, text: Text) -> list[Node]:
    groups = grouped(roster.findings)
    if not groups:
        return []
    title = html.H3(text.plural("connect.findings", sum(map(len, groups))))
    items = html.Ul([_group(group, roster.source, text) for group in groups])
    return [
        html.Section([title, html.P(text("connect.findings_later"), className="muted"), items], className="findings")
    ]


def _group(group: Sequence[Finding], source: SourceInfo, text: Text) -> Node:
    """A kind of finding: what it says of its first cell, and how many there are."""
    first = group[0]
    severity = html.Span(text(f"severity.{first.severity}"), className=f"severity severity-{first.severity}")
    count = html.Span(text.plural("connect.finding_count", len(group)), className="muted")
    return html.Li([severity, html.Span(finding_words(first, source, text), className="finding-words"), count])


def _left(edit: Edit, text: Text) -> Node:
    left = [text.isolate(header) for header, field in edit.fields.items() if field is None]
    words = ("، " if text.rtl else ", ").join(left)
    return html.P(text("connect.unread", headers=words), className="unread") if left else None


def _decide(source: str, edit: Edit, text: Text) -> Node:
    change = submit(text("connect.change"), "button quiet", name="step", value="columns")
    write = submit(text("connect.write"), "button", name="step", value="write")
    buttons = html.Div([write, change], className="onward")
    # The first button of a form answers the Enter key: it must not be the one that writes.
    enter = submit("", "visually-hidden", name="step", value="preview", tabIndex="-1", **aria(hidden="true"))
    return html.Form([enter, *carried(source, edit), buttons], id=FORM, method="post", action=posting(text))
