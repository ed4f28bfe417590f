"""The PDF writer, with the product's letters in it."""

from datetime import UTC, datetime, time
from pathlib import Path

from fpdf import FPDF
from fpdf.drawing_primitives import convert_to_device_color
from fpdf.enums import TextDirection
from fpdf.line_break import Fragment
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
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def wide(self, run: Run) -> float:
        """The width of a run."""
        return self._shaped(run).get_width()

    def write_run(self, run: Run, x: float, y: float) -> None:
        """Put a run with its left end at `x`, standing on `y`."""
        fragment = self._shaped(run)
        font = self._set_font_for_page(fragment.font, run.style.size, wrap_in_text_object=False)
        colour = convert_to_device_color(run.style.colour).serialize().lower()
        glyphs = fragment.render_pdf_text(0, 0, 0, x, y, self.h)
        self._out(f"q {colour} BT {font} {x:.2f} {self.h - y:.2f} Td {glyphs} ET Q")

    def _shaped(self, run: Run) -> Fragment:
        """A run as fpdf2 hands it to HarfBuzz.

        Not by way of `cell`: that cuts words where the script changes, and a vowel sign, which belongs to every
        script, would part the letters on both sides of it.
        """
        self.set_font(FAMILY, "B" if run.style.bold else "", run.style.size)
        self.set_text_shaping(True)
        direction = TextDirection.RTL if run.rtl else TextDirection.LTR
        state = self._get_current_graphics_state()
        state.text_shaping = {**(state.text_shaping or {}), "fragment_direction": direction}
        return Fragment(run.words, state, self.k)
