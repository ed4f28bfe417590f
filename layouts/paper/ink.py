"""The PDF writer, with the product's letters in it and the words of every line kept beside its glyphs."""

from datetime import UTC, datetime, time
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.prefs import ViewerPreferences

from dashboard.text import LOCALES, Text
from layouts.paper.lines import Run, seen
from layouts.paper.meta import Meta, PaperError

FAMILY = "Cairo"
WEIGHTS = {"": 400, "B": 700}


class Ink(FPDF):
    """A document of A4 pages measured in points, dated by the day it is about: equal numbers make equal bytes."""

    def __init__(self, text: Text, meta: Meta, fonts: Path) -> None:
        """Raises PaperError fonts_missing where set-up has not made the fonts."""
        super().__init__(unit="pt", format="A4")
        for style, weight in WEIGHTS.items():
            file = fonts / f"cairo-{weight}.ttf"
            if not file.is_file():
                raise PaperError("fonts_missing")
            self.add_font(FAMILY, style, file)
        self.c_margin = 0
        self.set_auto_page_break(False)
        self.set_lang(LOCALES[text.lang].replace("_", "-"))
        self.set_title(seen(meta.title))
        self.set_author(seen(meta.author))
        self.set_subject(seen(meta.subject))
        self.set_creation_date(datetime.combine(meta.as_of, time(), UTC))
        turned = TextDirection.RTL if text.rtl else TextDirection.LTR
        self.viewer_preferences = ViewerPreferences(display_doc_title=True, direction=turned)

    def dress(self, run: Run) -> None:
        """Set letters, size and direction for a run."""
        self.set_font(FAMILY, "B" if run.style.bold else "", run.style.size)
        self.set_text_shaping(True, direction=TextDirection.RTL if run.rtl else TextDirection.LTR)

    def wide(self, run: Run) -> float:
        """The width of a run."""
        self.dress(run)
        return float(self.get_string_width(run.words))

    def write_run(self, run: Run, x: float, y: float, width: float) -> None:
        """Put a run with its left end at `x`, standing on `y`."""
        self.dress(run)
        self.set_text_color(run.style.colour)
        self.set_xy(x, y - 0.3 * run.style.size)  # a cell without height puts its letters 0.3 em below itself
        self.cell(width, 0, run.words)

    def begin_line(self, words: str) -> None:
        """From here to `end_line` the glyphs are these words: glyphs stand from left to right, words are copied."""
        self._out(f"/Span <</ActualText <{(chr(0xFEFF) + words).encode('utf-16-be').hex()}>>> BDC")

    def end_line(self) -> None:
        """See `begin_line`."""
        self._out("EMC")
