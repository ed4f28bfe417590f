"""A figure as plotly's JSON has it: plain lists and dicts.

Plotly's own classes check every property each time one is set: nine tenths of a view's time, and 40 MB of memory. Here
they check in the tests, which hold that they take every figure as it is.
"""

from typing import Any, TypedDict

Trace = dict[str, Any]
"""One series, with its `type`."""


class Figure(TypedDict):
    """What a browser draws."""

    data: list[Trace]
    layout: dict[str, Any]


def blank() -> Figure:
    """A figure with nothing in it."""
    return Figure(data=[], layout={})
