"""Small builders that every page uses. They take words, never codes."""

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from dash import html

from dashboard.text import NONE

Node = Any
"""A Dash component or a string."""

State = Literal["on_track", "attention", "off_track", "too_early", "no_target"]
MARKS: dict[State, str] = {"on_track": "●", "attention": "▲", "off_track": "■", "too_early": "◌", "no_target": "–"}


class Table(Protocol):
    """Rows of strings ready to be shown, the first column names the row."""

    @property
    def headers(self) -> Sequence[str]:
        """The column headings."""
        ...

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The cells."""
        ...


def aria(**words: str) -> dict[str, Any]:
    """Accessibility attributes by their names without the prefix: aria(label="…") -> aria-label."""
    return {f"aria-{name}": value for name, value in words.items()}


def data(**words: str) -> dict[str, Any]:
    """Attributes for style sheet and script by their names without the prefix: data(code="…") -> data-code."""
    return {f"data-{name.replace('_', '-')}": value for name, value in words.items()}


def signed(words: str) -> Node:
    """A number with its sign, kept left to right in any sentence."""
    return html.Bdi(words, dir="ltr")


def emphasised(sentence: str, part: str) -> list[Node]:
    """A sentence with the first occurrence of a part set strong."""
    before, found, after = sentence.partition(part) if part else (sentence, "", "")
    return [before, html.Strong(part), after] if found else [sentence]


def with_sign(sentence: str, change: str) -> list[Node]:
    """A sentence in which the signed change, if there is one, is isolated left to right."""
    if not change:
        return [sentence]
    before, found, after = sentence.partition(change)
    return [before, signed(change), after] if found else [sentence]


def state_mark(state: State, words: str) -> Node:
    """A state as icon and word: the colour only repeats them."""
    icon = html.Span(MARKS[state], className="state-icon", **aria(hidden="true"))
    return html.Span([icon, words], className=f"state state-{state.replace('_', '-')}")


def table(rows: Table, caption: str, class_name: str = "figures") -> Node:
    """A table with scopes; its first column heads the rows."""
    head = html.Thead(html.Tr([html.Th(cell, scope="col") for cell in rows.headers]))
    body = [_row(row) for row in rows.rows if len(row)]
    caption_row = html.Caption(caption, className="visually-hidden")
    return html.Table([caption_row, head, html.Tbody(body)], className=class_name)


def _row(cells: Sequence[str]) -> Node:
    """One row; where it has no number but the last, a class says so: a sheet of paper may have no room for it."""
    only_last: dict[str, Any] = {"className": "only-last"} if len(cells) > 2 and set(cells[1:-1]) == {NONE} else {}
    return html.Tr([html.Th(cells[0], scope="row"), *(html.Td(cell) for cell in cells[1:])], **only_last)


def table_twin(rows: Table, caption: str, summary: str) -> Node:
    """The figures of a chart as a table, one click away."""
    # Reachable by keyboard: the table scrolls sideways on a phone.
    scroll = html.Div(
        table(rows, caption), className="table-scroll", tabIndex=0, role="region", **aria(label=f"{summary}: {caption}")
    )
    return html.Details([html.Summary(summary), scroll], className="twin")


def notice(words: str) -> Node:
    """Something in the address that was not used."""
    return html.P(words, className="notice")


def message(title: str, sentence: str, next_step: str, kind: Literal["wait", "error", "empty"]) -> Node:
    """Said in place of the results."""
    parts = [html.H2(title), html.P(sentence, className="message-sentence") if sentence else None, html.P(next_step)]
    return html.Div([part for part in parts if part is not None], className=f"message message-{kind}")


def definition_link(address: str, words: str, subject: str) -> Node:
    """A link to how a number is counted; its subject is said to those who hear the link alone."""
    return html.A(
        [words, html.Span(f" ({subject})", className="visually-hidden")], href=address, className="definition-link"
    )
