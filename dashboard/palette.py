"""The colours and patterns of the product, each with its one meaning. The page's CSS repeats these values.

A fill is told apart three ways: by colour, by pattern and by the edge drawn round it. The edge is the fill's own
colour, or a darker companion where that colour alone is under 3:1 against paper (WCAG 2.2, 1.4.11).
"""

from dataclasses import dataclass
from typing import Literal

Pattern = Literal["", "/", "\\", "x", "."]

PAPER = "#FBF9F5"
INK = "#1F2A30"
MUTED = "#5B6770"
LINE = "#E4DFD6"
TRACK = "#F1EDE5"  # the empty part of a bar: the whole it is a part of
TEAL = "#0B6470"
LIGHT_TEAL = "#5FA8A0"
SAFFRON = "#E2A72E"
CLAY = "#A9583F"
GREY = "#9AA3A8"
ACCENT = SAFFRON  # focus ring, active filter: never a meaning in a figure
FONT = "Cairo, system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Fill:
    """How an amount is filled. `colour` carries the meaning; a pattern's strokes and ground may be tints of it."""

    colour: str
    edge: str
    pattern: Pattern = ""
    ground: str = ""  # under the pattern; "" is the colour itself
    stroke: str = ""  # of the pattern; "" is the colour itself

    @property
    def area(self) -> str:
        """The colour of most of the area."""
        return self.ground or self.colour

    @property
    def lines(self) -> str:
        """The colour of the pattern's strokes or dots."""
        return self.stroke or self.colour

    @property
    def words(self) -> str:
        """The colour of words that stand on the area."""
        return INK if self.ground else PAPER


INSERTED = Fill(TEAL, TEAL)
OWN_BUSINESS = Fill(LIGHT_TEAL, "#3B7F78")
CLOSED_WITHOUT = Fill(CLAY, CLAY, "\\", stroke="#CE9A88")  # striped: printed in grey it would pass for teal
UNKNOWN = Fill(GREY, "#6B757B", ".", "#F0F1F1")
UNDATED = Fill(GREY, "#6B757B", "x", "#F0F1F1")
OPEN = Fill(SAFFRON, "#8F6510", "/", "#FDF3DC")

# The stages of the path are all steps towards insertion: one colour, and the pattern says on what evidence.
DATED_STAGE = INSERTED
INFERRED_STAGE = Fill(TEAL, TEAL, "/", "#DDEBEA")
UNDATED_STAGE = Fill(TEAL, TEAL, ".", "#DDEBEA")

FILLS: dict[str, Fill] = {
    "inserted": INSERTED,
    "own_business": OWN_BUSINESS,
    "closed_without": CLOSED_WITHOUT,
    "unknown": UNKNOWN,
    "undated": UNDATED,
    "open": OPEN,
    "stage_dated": DATED_STAGE,
    "stage_inferred": INFERRED_STAGE,
    "stage_undated": UNDATED_STAGE,
}
