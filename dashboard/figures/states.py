"""The women of each cohort by outcome: one bar a cohort, one part a state, the shares of its completers."""

from typing import Any

from dashboard.figures.frame import marker, note
from dashboard.figures.picture import Trace
from dashboard.indicators import Outcomes
from dashboard.palette import CLOSED_WITHOUT, INSERTED, OPEN, UNDATED, UNKNOWN, Fill
from dashboard.tables import Cohorts
from dashboard.text import Text

ROW = 62  # px: a name above a bar
NAME, BAR, THICK = 25, 39, 22  # px from the top of a row to the foot of its name, the middle of its bar; thickness
STATES: tuple[tuple[str, Fill], ...] = (
    ("inserted", INSERTED),
    ("closed_without", CLOSED_WITHOUT),
    ("unknown", UNKNOWN),
    ("undated", UNDATED),
    ("open", OPEN),
)
_ROOM = 0.05  # share of a bar that one digit needs on a phone


def women(outcomes: Outcomes) -> int:
    """All completers of a cohort."""
    return sum(getattr(outcomes, state) for state, _ in STATES)


def share_of(outcomes: Outcomes, *states: str) -> float:
    """The part of a cohort's completers in some states; 0 of none."""
    part: int = sum(getattr(outcomes, state) for state in states)
    return part / max(women(outcomes), 1)


def middle(row: int) -> int:
    """Px from the top of the plot to the middle of a row's bar."""
    return ROW * row + BAR


def bars(cohorts: Cohorts, state: str, fill: Fill) -> Trace:
    """The women of one state as a share of each cohort, beginning where the state before ends; `customdata` counts."""
    before = _before(state)
    results = [outcomes for outcomes, _ in cohorts.values()]
    people = [getattr(outcomes, state) for outcomes in results]
    return Trace(
        type="bar",
        name=state,
        x=[share_of(outcomes, state) for outcomes in results],
        base=[share_of(outcomes, *before) for outcomes in results],
        y=[middle(row) for row in range(len(results))],
        width=THICK,
        orientation="h",
        marker=marker(fill, people),
        customdata=people,
        hoverinfo="skip",
    )


def _before(state: str) -> list[str]:
    names = [name for name, _ in STATES]
    return names[: names.index(state)]


def counts(cohorts: Cohorts, text: Text) -> list[dict[str, Any]]:
    """The number of women in each part of a bar that has room for it on a phone; the others are in hover and table."""
    return [
        _count(text.number(count), share_of(outcomes, *_before(state)) + share_of(outcomes, state) / 2, row, fill, text)
        for row, (outcomes, _) in enumerate(cohorts.values())
        for state, fill in STATES
        if (count := getattr(outcomes, state)) and share_of(outcomes, state) >= _ROOM * (len(text.number(count)) + 0.6)
    ]


def _count(words: str, x: float, row: int, fill: Fill, text: Text) -> dict[str, Any]:
    """A number on a bar; on a pattern it stands on a chip of the pattern's ground."""
    chip = {"bgcolor": fill.area} if fill.pattern else {}
    place: dict[str, Any] = {"x": x, "xref": "x", "y": middle(row), "yref": "y"}
    return note(words, text, side="center", color=fill.words, weight=600, size=12, **place) | chip


def key(cohorts: Cohorts, text: Text) -> list[tuple[Fill, str]]:
    """The states there are, in the order of the bars."""
    return [
        (fill, text(f"figure.insertion.{state}"))
        for state, fill in STATES
        if any(getattr(outcomes, state) for outcomes, _ in cohorts.values())
    ]
