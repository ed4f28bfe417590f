"""From the sheet to the numbers: every row to every denominator, the evidence of stages, and what staff can mend."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dash import html

from dashboard.accounting import Account, Branch, Step
from dashboard.tables import stage_name
from dashboard.text import Text
from layouts.components import Node, aria
from layouts.messages import in_warehouse
from layouts.places import definition_address
from layouts.quality import findings_list, unread_line
from layouts.shown import Shown

EVIDENCE = ("dated", "inferred", "undated", "contradicted", "rejected")
SHADES = ("dated", "inferred", "undated")


def data_page(shown: Shown) -> list[Node]:
    """The page's content for a view."""
    found, text = shown.deeper.account(), shown.text
    sections = [
        _section("line", [_ladder(found, shown)], text),
        _section("denominators", [_branches(found, shown)], text),
        _section("evidence", [_evidence(found, shown)], text),
    ]
    kept = [html.P(text("warehouse.history"), className="notice")] if in_warehouse(shown) else []
    unread = [html.P(unread_line(shown.feed.unread, text), className="unread")] if shown.feed.unread else []
    return [*kept, *sections, _section("findings", [findings_list(shown), *unread], text)]


def _section(name: str, parts: Sequence[Node], text: Text) -> Node:
    title = html.H2(text(f"data.{name}.title"), id=f"data-{name}")
    head = html.Div([title, html.P(text(f"data.{name}.lead"), className="subtitle")], className="card-head")
    return html.Section([head, *parts], className=f"card account account-{name}", **aria(labelledby=f"data-{name}"))


def _ladder(found: Account, shown: Shown) -> Node:
    """The line, one step under the other, each as long as it is large; who leaves stands between."""
    most = max((step.n for step in found.line), default=0) or 1
    items: list[Node] = []
    for step in told(found.line):
        items.append(_step(step, most, shown.text))
        if gone := sum(step.leaving.values()):
            items.append(html.Li(_leaving(step.leaving, gone, shown), className="rung-leaving"))
    items.append(html.Li(_inserted(found, shown), className="rung-leaving rung-parts"))
    return html.Ol(items, className="ladder")


def told(line: Sequence[Step]) -> list[Step]:
    """The line without the steps that only a day in the past or a selection makes differ from the one before.

    A step that nobody leaves takes the place of the next of these, with whoever leaves that one.
    """
    kept: list[Step] = []
    for step in line:
        if step.id in ("known", "selected") and kept and not any(kept[-1].leaving.values()):
            kept[-1] = replace(kept[-1], leaving=step.leaving)
        else:
            kept.append(step)
    return kept


def _step(step: Step, most: int, text: Text) -> Node:
    bar = html.Span(className="rung-bar", style={"--part": f"{step.n / most * 100:.1f}%"}, **aria(hidden="true"))
    number = html.Bdi(text.number(step.n), className="rung-number")
    return html.Li(
        [number, html.Span(text(f"account.step.{step.id}"), className="rung-name"), bar],
        className=f"rung rung-{step.id.replace('_', '-')}",
    )


def _leaving(leaving: Mapping[str, int], gone: int, shown: Shown) -> Node:
    text = shown.text
    known = [(name, count) for name, count in leaving.items() if count]
    summary = html.Summary([html.Span(text.signed(-gone), className="rung-minus"), html.Span(_said(known, shown))])
    lines = [
        html.Li([html.Span(text.number(count), className="count"), html.Span(class_name(name, shown))])
        for name, count in leaving.items()
    ]
    return html.Details([summary, html.Ul(lines, className="classes")])


def _said(known: Sequence[tuple[str, int]], shown: Shown) -> str:
    # Names of stages hold commas of their own.
    return " · ".join(class_name(name, shown) for name, _ in known)


def class_name(name: str, shown: Shown) -> str:
    """What a class of leavers is called; "only_<stage>" are those who came no further than a stage."""
    text = shown.text
    if name.startswith("only_") and not text.has(f"account.class.{name}"):
        return text("account.class.only", stage=stage_name(name.removeprefix("only_"), shown.programme, text))
    return text(f"account.class.{name}")


def _inserted(found: Account, shown: Shown) -> Node:
    text = shown.text
    parts = {**found.inserted, "from_placement": found.from_placement}
    lines = [
        html.Li([html.Span(text.number(count), className="count"), html.Span(text(f"account.inserted.{name}"))])
        for name, count in parts.items()
    ]
    return html.Details([html.Summary(text("account.inserted.title")), html.Ul(lines, className="classes")])


def _branches(found: Account, shown: Shown) -> Node:
    return html.Ul([_branch(branch, shown) for branch in found.branches], className="branches")


def _branch(branch: Branch, shown: Shown) -> Node:
    """One denominator: its number, and how it is come to on a click."""
    text, last = shown.text, branch.steps[-1]
    name = html.A(text(f"indicator.{branch.indicator}"), href=definition_address(branch.indicator, shown.view))
    number = html.Bdi(text.number(last.n), className="branch-number")
    words = html.Span(text(f"account.step.{last.id}"), className="branch-words")
    head = html.Div([name, html.Div([number, words])], className="branch-head")
    return html.Li(
        [head, html.Details([html.Summary(text("data.way")), html.Ul(_way(branch, shown), className="classes")])]
    )


def _way(branch: Branch, shown: Shown) -> list[Node]:
    text, lines = shown.text, []
    for step in branch.steps:
        lines.append(
            html.Li([html.Span(text.number(step.n), className="count"), html.Strong(text(f"account.step.{step.id}"))])
        )
        for name, count in step.leaving.items():
            lines.append(
                html.Li(
                    [html.Span(text.signed(-count), className="count"), html.Span(class_name(name, shown))],
                    className="class-gone",
                )
            )
    return lines


def _evidence(found: Account, shown: Shown) -> Node:
    text, title = shown.text, shown.text("data.evidence.title")
    names = ("stage", "reached", "proof", *EVIDENCE)
    head = html.Tr([html.Th(text(f"data.column.{name}"), scope="col") for name in names])
    most = max((stage.dated + stage.inferred + stage.undated for stage in found.evidence), default=0) or 1
    lines = []
    for stage in found.evidence:
        reached = stage.dated + stage.inferred + stage.undated
        counts = [html.Td(text.number(getattr(stage, name))) for name in EVIDENCE]
        bar = html.Td(_shares({name: getattr(stage, name) for name in SHADES}, most), className="proof")
        name = html.Th(stage_name(stage.stage, shown.programme, text), scope="row")
        lines.append(html.Tr([name, html.Td(html.Strong(text.number(reached))), bar, *counts]))
    table = html.Table(
        [html.Caption(title, className="visually-hidden"), html.Thead(head), html.Tbody(lines)],
        className="figures evidence",
    )
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=title))


def _shares(counts: Mapping[str, int], most: int) -> Node:
    """A bar in the colours and patterns of the path; the counts stand beside it."""
    parts = [
        html.Span(className=f"proof-{name}", style={"--part": f"{count / most * 100:.1f}%"})
        for name, count in counts.items()
        if count
    ]
    return html.Div(parts, className="proof-bar", **aria(hidden="true"))
