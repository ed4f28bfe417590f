"""The top of the brief: the programme, the day and the women chosen; the headline; what the target still allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from dashboard.palette import INK, MUTED, SAFFRON, TEAL
from layouts.components import Node
from layouts.headline import finding, qualifications
from layouts.names import times_words
from layouts.paper.blocks import Whole
from layouts.paper.lines import Span, Style
from layouts.paper.meta import selection
from layouts.paper.sheet import Sheet
from layouts.shown import Shown
from layouts.target_line import target_sentence

NAME, SMALL = Style(14, bold=True), Style(8.5, colour=MUTED)
DAY = Style(9.5, bold=True)
FINDING, STRONG = Style(17, bold=True), Style(17, bold=True, colour=TEAL)
BODY, LINE = Style(9, colour="#3C4850"), Style(8.5, bold=True)


@dataclass(frozen=True)
class Head(Whole):
    """The programme on the reader's side, the day and the women chosen on the other."""

    name: str
    subtitle: str
    day: str
    selection: str

    def height(self, sheet: Sheet) -> float:
        """Two lines and a rule, more where many women are named."""
        return max(2, 1 + len(self._chosen(sheet))) * 13 + 12

    def _chosen(self, sheet: Sheet) -> list[list[Span]]:
        return sheet.lines(self.selection, sheet.width * 0.45, SMALL)

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        sheet.block(sheet.left(0, 4), y + 2, 4, 27, SAFFRON)
        sheet.put(self.name, sheet.x(12), y + 13, NAME)
        sheet.put(self.subtitle, sheet.x(12), y + 27, SMALL)
        sheet.put(self.day, sheet.x(sheet.width), y + 13, DAY, "end")
        for row, line in enumerate(self._chosen(sheet)):
            sheet.put(line, sheet.x(sheet.width), y + 27 + 13 * row, SMALL, "end")
        sheet.rule(y + height - 2, INK, 1.2)


@dataclass(frozen=True)
class Headline(Whole):
    """The finding, and the sentences that qualify it."""

    finding: tuple[Span, ...]
    more: tuple[str, ...]

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        said = sum(sheet.tall(words, sheet.width, BODY) + 2 for words in self.more)
        return sheet.tall(self.finding, sheet.width, FINDING) + 3 + said

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        y = sheet.paragraph(self.finding, 0, y, sheet.width, FINDING) + 3
        for words in self.more:
            y = sheet.paragraph(words, 0, y, sheet.width, BODY) + 2


@dataclass(frozen=True)
class Line(Whole):
    """A sentence under a thin rule."""

    words: str

    def height(self, sheet: Sheet) -> float:
        """See `Block`."""
        return sheet.tall(self.words, sheet.width, LINE) + 5

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """See `Block`."""
        sheet.rule(y)
        sheet.paragraph(self.words, 0, y + 4, sheet.width, LINE)


def head_block(shown: Shown) -> Head:
    """The head of a view."""
    text, programme = shown.text, shown.programme
    times = times_words(shown.as_of, shown.view.known, text)
    return Head(programme.name[text.lang], programme.subtitle[text.lang], times, selection(shown))


def headline_block(shown: Shown) -> Headline:
    """The headline of a view, as the page says it."""
    return Headline(tuple(spans(finding(shown))), tuple(qualifications(shown)))


def spans(nodes: Sequence[Node]) -> list[Span]:
    """A sentence of the page as words in styles."""
    return [
        Span(str(node.children), STRONG) if isinstance(node, html.Strong) else Span(str(node), FINDING)
        for node in nodes
        if node
    ]


def target_blocks(shown: Shown) -> list[Line]:
    """What the target still allows; nothing of fewer women than a rate is judged on."""
    found = shown.deeper.rate_target()
    if found.completers < shown.programme.lights.min_n:
        return []
    return [Line(target_sentence(found, shown.text))]
