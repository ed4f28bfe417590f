"""Second step of connecting a sheet: which column holds what. Whatever holds nothing is personal and never read."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.mapping import Clash, Column, Edit, Gap, Inspection, SeenSheet, gaps
from dashboard.schema import FIELDS
from dashboard.text import Text
from layouts.components import Node, aria, data
from layouts.connect_frame import FORM, posting, problem
from layouts.markup import entry, hidden, submit

_MARKS = {"exact": "●", "synonym": "●", "fuzzy": "▲", "chosen": "●", "none": "–", "personal": "–"}


def columns_step(
    source: str,
    inspection: Inspection,
    columns: Sequence[Column],
    edit: Edit,
    said: list[Node],
    text: Text,
) -> list[Node]:
    """The worksheets, and every header with the field it holds so far."""
    title = html.H2(text("connect.columns_title"))
    head = html.Div([title, html.P(text("connect.columns_lead"), className="lead")], className="card-head")
    form = html.Form(
        [
            # The first button of a form answers the Enter key: it must never write or forget anything.
            submit("", "visually-hidden", name="step", value="columns", tabIndex="-1", **aria(hidden="true")),
            hidden("source", source),
            _required(inspection, edit, text),
            _worksheets(inspection, edit, text),
            _table(columns, edit, text),
            _onward(text),
        ],
        id=FORM,
        method="post",
        action=posting(text),
    )
    return [head, html.P(html.Bdi(inspection.label), className="source-name"), *said, form]


def problems(missing: Sequence[Gap], clashes: Sequence[Clash], sheets: int, text: Text) -> list[Node]:
    """What keeps the sheet from being read, in words."""
    return [problem(words) for words in (*gap_words(missing, sheets, text), *clash_words(clashes, text))]


def no_header_words(sheet: SeenSheet, text: Text) -> str:
    """Why a worksheet shows no headers."""
    return text("connect.like_data") if sheet.like_data else text("connect.no_header")


def gap_words(found: Iterable[Gap], sheets: int, text: Text) -> list[str]:
    """What is missing, a sentence for each worksheet, which is named where others are more complete."""
    missing: dict[str, list[str]] = {}
    for gap in found:
        missing.setdefault(gap.sheet, []).append(text.isolate(text(f"field.{gap.field}")))
    if len(missing) == sheets and len(set(map(tuple, missing.values()))) == 1:
        return [_gap("", next(iter(missing.values())), 1, text)]
    return [_gap(sheet, fields, sheets, text) for sheet, fields in missing.items()]


def clash_words(clashes: Iterable[Clash], text: Text) -> list[str]:
    """What is there twice, a sentence each."""
    return [_clash(clash, text) for clash in clashes]


def _gap(sheet: str, fields: Sequence[str], sheets: int, text: Text) -> str:
    listed = _listed(fields, text)
    if sheets == 1:
        return text.plural("connect.gap", len(fields), fields=listed)
    return text.plural("connect.gap_sheet", len(fields), fields=listed, sheet=text.isolate(sheet))


def _clash(clash: Clash, text: Text) -> str:
    letters = text.isolate(_listed(clash.letters, text))
    field = text.isolate(text(f"field.{clash.field}"))
    return text("connect.clash", letters=letters, field=field, sheet=text.isolate(clash.sheet))


def _required(inspection: Inspection, edit: Edit, text: Text) -> Node:
    """The required fields, each with the column that holds it or as still to be chosen."""
    open_fields = {gap.field for gap in gaps(edit, inspection.sheets_of(edit.worksheets))}
    held = {field: header for header, field in edit.fields.items() if field is not None}
    items = [
        _need(field.id, held.get(field.id, ""), field.id in open_fields, text) for field in FIELDS if field.required
    ]
    words = html.P(text("connect.needed"), className="needed-title")
    keyless = html.P(text("connect.needed_key"), className="muted needed-key", hidden="key" not in open_fields)
    return html.Div([words, html.Ul(items, **data(open=text("connect.needed_open"))), keyless], className="needed")


def _need(field: str, header: str, is_open: bool, text: Text) -> Node:
    mark = html.Span("○" if is_open else "●", className="state-icon", **aria(hidden="true"))
    chosen = html.Bdi(text("connect.needed_open") if is_open else header, className="needed-by")
    parts = [mark, html.Span(text(f"field.{field}"), className="needed-name"), chosen]
    return html.Li(parts, className="is-open" if is_open else "is-held", **data(field=field))


def _listed(words: Iterable[str], text: Text) -> str:
    return ("، " if text.rtl else ", ").join(words)


def _worksheets(inspection: Inspection, edit: Edit, text: Text) -> Node:
    if len(inspection.sheets) == 1:
        return html.Div([hidden("worksheet", title) for title in edit.worksheets])
    boxes = [
        _worksheet(number, sheet, sheet.title in edit.worksheets, text)
        for number, sheet in enumerate(inspection.sheets)
    ]
    show = submit(text("connect.worksheets_show"), "button quiet", name="step", value="columns")
    return html.Fieldset([html.Legend(text("connect.worksheets")), *boxes, show], className="worksheets")


def _worksheet(number: int, sheet: SeenSheet, chosen: bool, text: Text) -> Node:
    box = entry(
        {
            "type": "checkbox",
            "class": "form-check-input",
            "name": "worksheet",
            "value": sheet.title,
            "id": f"worksheet-{number}",
            "checked": chosen,
            "disabled": sheet.header_row is None,
        }
    )
    label = html.Label(
        [html.Bdi(sheet.title), html.Span(_seen(sheet, text), className="muted")], htmlFor=f"worksheet-{number}"
    )
    return html.Div([box, label], className="worksheet")


def _seen(sheet: SeenSheet, text: Text) -> str:
    if sheet.header_row is None:
        return no_header_words(sheet, text)
    row = text("connect.header_row", row=text.isolate(str(sheet.header_row)))
    return f"{row} · {text.plural('connect.headers', len(sheet.headers))}"


def _table(columns: Sequence[Column], edit: Edit, text: Text) -> Node:
    titles = ("connect.column", "connect.holds", "connect.sure")
    head = html.Tr(
        [
            *(html.Th(text(title), scope="col") for title in titles),
            html.Th(html.Span(text("connect.make_never"), className="visually-hidden"), scope="col"),
        ]
    )
    several = len(edit.worksheets) > 1
    rows = [_row(number, column, edit, several, text) for number, column in enumerate(columns)]
    # What the script writes where a choice replaces the proposal.
    words: dict[str, Any] = {f"data-{kind}": text(f"connect.confidence_{kind}") for kind in ("chosen", "none")}
    return html.Table([html.Thead(head), html.Tbody(rows)], className="mapping", **words)


def _row(number: int, column: Column, edit: Edit, several: bool, text: Text) -> Node:
    field = edit.fields.get(column.header)
    header = html.Th(
        [
            hidden("column", column.header),
            html.Div(html.Bdi(column.header), className="header-words"),
            _where(column, several),
        ],
        scope="row",
    )
    label = text("connect.meaning_of", header=text.isolate(column.header))
    select = html.Select(
        _options(field, text), name="field", id=f"field-{number}", className="form-select", **aria(label=label)
    )
    never = submit(
        text("connect.make_never"),
        "quiet-link make-never",
        name="never",
        value=column.header,
        formAction=f"{posting(text)}#column-{number}",
        **aria(label=text("connect.make_never_of", header=text.isolate(column.header)), controls=f"field-{number}"),
    )
    cells = [header, html.Td(select), html.Td(_confidence(column, field, text), className="sure"), html.Td(never)]
    return html.Tr(cells, id=f"column-{number}", className="is-read" if field else "is-left")


def _where(column: Column, several: bool) -> Node:
    title, letter = column.places[0]
    return html.Bdi(
        f"{title}!{letter}" if several else letter, className="cell muted", dir="ltr" if not several else "auto"
    )


def _options(chosen: str | None, text: Text) -> list[Node]:
    def option(field: str) -> Node:
        return html.Option(text(f"field.{field}"), value=field, selected=field == chosen)

    required = [option(field.id) for field in FIELDS if field.required]
    others = [option(field.id) for field in FIELDS if not field.required]
    return [
        html.Option(text("connect.never"), value="", selected=chosen is None),
        html.Optgroup(required, label=text("connect.required")),
        html.Optgroup(others, label=text("connect.optional")),
    ]


def _confidence(column: Column, field: str | None, text: Text) -> Node:
    """How sure the proposal is, as mark and word."""
    if field is None:
        kind = "personal" if column.personal else "none"
    elif column.field == field and column.confidence is not None:
        kind = column.confidence.value
    else:
        kind = "chosen"
    mark = html.Span(_MARKS[kind], className="state-icon", **aria(hidden="true"))
    return html.Span([mark, text(f"connect.confidence_{kind}")], className=f"state confidence-{kind}")


def _onward(text: Text) -> Node:
    onward = submit(text("connect.try"), "button", name="step", value="preview")
    return html.Div([onward, html.A(text("connect.other_source"), href=posting(text))], className="onward")
