"""Decisions and notes on the review's page: the text as typed, as many as there is room for."""

from dataclasses import dataclass

from dashboard.decisions import Replayed
from dashboard.palette import CLAY, LINE, MUTED
from dashboard.review_figures import Figures, is_new
from dashboard.text import Text
from layouts.components import State
from layouts.paper.lines import Span, Style
from layouts.paper.pen import Pen, Penned
from layouts.paper.typed import clipped, typed
from layouts.review_decisions import number_since, state_words

WORDS, SMALL, OWNER = Style(9), Style(8, colour=MUTED), Style(8)
LATE, DUE, NEW = Style(8, bold=True, colour=CLAY), Style(8, bold=True), Style(8, bold=True, colour="#8F6510")
SIDE, PAD, ICON = 118.0, 2.5, 5.0  # the column of state and day; above and below an item; an icon


@dataclass(frozen=True)
class Decisions(Penned):
    """Decisions that are open, late ones first, then how many more there are, and how many were closed."""

    figures: Figures
    limit: int
    lines: int  # of a decision's text
    text: Text

    def write(self, pen: Pen, y: float) -> float:
        """See `Penned`."""
        text, width = self.text, pen.sheet.width
        running = [one for one in self.figures.decisions if one.state in MARKS]
        y = pen.title(text("review.step_title.decisions"), 0, y, width)
        y = pen.say(self._counts(running), 0, y, width, SMALL) + 2
        for one in running[: self.limit]:
            pen.line(0, y, width, LINE)
            y = self._decision(one, pen, y + PAD) + PAD
        left = len(running) - self.limit
        return pen.say(text.plural("review_paper.more", left) if left > 0 else "", 0, y, width, SMALL)

    def _counts(self, running: list[Replayed]) -> str:
        """How many are open, late and new, and how many have ended since the last review."""
        text, all_ = self.text, self.figures.decisions
        late, ended = sum(one.state == "late" for one in running), len(all_) - len(running)
        new = sum(is_new(one, self.figures) for one in all_)
        said = [text.plural("review.decisions_open", len(running)) if running else text("review.decisions_none")]
        said += [text.plural("review.decisions_late", late)] if late else []
        said += [text.plural("review_paper.new", new)] if new else []
        said += [text.plural("review_paper.closed", ended)] if ended else []
        return " ".join(said)

    def _decision(self, found: Replayed, pen: Pen, y: float) -> float:
        """State and day at the side; the text, who does it, and what became of the number."""
        text, decision, width = self.text, found.decision, pen.sheet.width - SIDE
        words = clipped(typed(decision.text, text), width, WORDS, self.lines, pen.sheet)
        end = pen.set_lines(words, SIDE, y, WORDS)
        made = text("review.made", owner=typed(decision.owner, text), date=text.date(decision.made_on, "day"))
        since = number_since(found, text)
        end = pen.say(f"{made} · {since}" if since else made, SIDE, end, width, SMALL)
        return max(end, self._side(found, pen, y))

    def _side(self, found: Replayed, pen: Pen, y: float) -> float:
        text, style = self.text, LATE if found.state == "late" else DUE
        foot, width = y + pen.sheet.foot_of(8), SIDE - ICON - 12
        if pen.ink:
            pen.sheet.state(MARKS[found.state], pen.sheet.x(ICON / 2), foot - 2.8, ICON, style.colour)
        state = [Span(state_words(found, text), style)]
        state += [Span(f" · {text('review_paper.is_new')}", NEW)] if is_new(found, self.figures) else []
        y = pen.say(state, ICON + 4, y, width, style)
        return pen.say(text.date(found.decision.due, "day"), ICON + 4, y, width, OWNER)


MARKS: dict[str, State] = {"late": "off_track", "open": "too_early"}


@dataclass(frozen=True)
class Notes(Penned):
    """The review's notes; nothing where there are none."""

    notes: tuple[str, ...]
    limit: int
    lines: int  # of a note
    text: Text

    def write(self, pen: Pen, y: float) -> float:
        """See `Penned`."""
        text, width = self.text, pen.sheet.width
        y = pen.title(text("review.notes"), 0, y, width)
        for note in self.notes[: self.limit]:
            pen.put("–", 0, y + pen.sheet.foot_of(9), WORDS)
            y = pen.set_lines(clipped(typed(note, text), width - 10, WORDS, self.lines, pen.sheet), 10, y, WORDS) + 1
        left = len(self.notes) - self.limit
        return pen.say(text.plural("review_paper.more", left) if left > 0 else "", 0, y, width, SMALL)
