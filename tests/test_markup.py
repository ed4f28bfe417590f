"""Components as plain HTML: every text and value escaped, nothing of Dash's own in it."""

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from layouts.components import aria
from layouts.markup import entry, hidden, submit, to_html


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (None, ""),
        ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"),
        (12, "12"),
        (["a", None, html.B("c")], "a<b>c</b>"),
        (html.P(["x", html.Bdi("y")], className="lead", id="p"), '<p id="p" class="lead">x<bdi>y</bdi></p>'),
        (html.Label("n", htmlFor="f", **aria(label="é")), '<label for="f" aria-label="é">n</label>'),
        (html.Option("o", value="v", selected=True), '<option selected value="v">o</option>'),
        (html.Option("o", value="v", selected=False), '<option value="v">o</option>'),
        (html.Div(style={"--part": "5%"}), '<div style="--part:5%"></div>'),
        (html.Br(), "<br>"),
        (html.A("a", href="/?a=1&b=2", n_clicks=3), '<a href="/?a=1&amp;b=2">a</a>'),
        (hidden("n", 'a"b'), '<input type="hidden" name="n" value="a&quot;b">'),
        (entry({"name": "n", "required": True, "disabled": False}), '<input name="n" required>'),
        (submit("go", "b", name="step"), '<button class="b" name="step" type="submit">go</button>'),
    ],
)  # fmt: skip
def test_html(node: object, expected: str) -> None:
    assert to_html(node) == expected


@given(st.text(), st.text())
def test_no_text_and_no_value_can_leave_its_place(text: str, value: str) -> None:
    written = to_html(html.P(text, title=value))
    assert written.count("<") == 2
    assert written.count(">") == 2
    assert written.count('"') == 2


def test_what_is_no_html_is_refused() -> None:
    with pytest.raises(TypeError):
        to_html(object())


def test_a_component_that_needs_a_script_is_not_mistaken_for_html() -> None:
    with pytest.raises(TypeError):
        to_html(dcc.Graph())
