"""A figure with nothing to draw says why, in the place where the picture would be."""

import textwrap
from typing import Any

from dashboard.figures.frame import Edges, add_notes, note, plain_axis, sheet
from dashboard.figures.picture import Figure
from dashboard.palette import MUTED
from dashboard.text import Text

_LETTERS = 38  # in a line, so that it fits a phone


def wrap(words: str, letters: int, most: int | None = None) -> str:
    """Words broken into at most so many lines of at most so many letters, joined as plotly breaks lines."""
    broken = textwrap.wrap(
        words, letters, break_long_words=False, break_on_hyphens=False, max_lines=most, placeholder="\u00a0…"
    )
    return "<br>".join(broken)


def sentence_figure(key: str, text: Text, **values: str) -> Figure:
    """One sentence on an empty sheet."""
    figure = sheet(text, 160, Edges(8, 8, 8, 8))
    figure["layout"].update(xaxis=plain_axis(visible=False), yaxis=plain_axis(visible=False))
    place: dict[str, Any] = {"x": 0.5, "xref": "paper", "y": 0.5, "yref": "paper", "size": 14, "color": MUTED}
    add_notes(figure, [note(wrap(text(key, **values), _LETTERS), text, side="center", **place)])
    return figure
