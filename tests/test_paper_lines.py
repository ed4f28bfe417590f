"""Lines of paper: the order of runs, where they break, and that letters are joined."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream

from dashboard.text import Text
from layouts.paper.lines import Run, Span, Style, runs, seen, wrapped
from layouts.paper.meta import Meta
from layouts.paper.sheet import FONTS, Sheet

PLAIN, STRONG = Style(), Style(bold=True)


def order(words: str, rtl: bool = True) -> list[str]:
    return [run.words for run in runs([Span(words, PLAIN)], rtl)]


@pytest.mark.parametrize(
    ("words", "from_the_left"),
    [  # by hand, from the rules of UAX 9
        ("40 من أصل 45", ["45", " من أصل ", "40"]),
        ("نسبة \u206897%\u2069 فقط", [" فقط", "97%", "نسبة "]),
        ("\u2066−1\u2069 منذ 16 نونبر", [" نونبر", "16", " منذ ", "−1"]),
        ("مدينة \u2068Fès (2026)\u2069 هنا", [" هنا", "Fès (2026)", "مدينة "]),
    ],
)
def test_runs_stand_from_left_to_right(words: str, from_the_left: list[str]) -> None:
    assert order(words) == from_the_left


def test_a_latin_line_keeps_its_order() -> None:
    assert order("40 of 45 (89%)", rtl=False) == ["40 of 45 (89%)"]


def test_styles_are_runs_of_their_own() -> None:
    found = runs([Span("65", STRONG), Span(" من أصل 71", PLAIN)], rtl=True)
    assert found == [Run("71", PLAIN, False), Run(" من أصل ", PLAIN, True), Run("65", STRONG, False)]


def letters(words: str, style: Style) -> float:
    return float(len(words))


def test_lines_break_at_spaces_only_and_not_inside_a_number_with_its_unit() -> None:
    broken = wrapped([Span("aaa bbb 83\u00a0% ccc", PLAIN)], 7, letters)
    assert ["".join(span.words for span in line) for line in broken] == ["aaa bbb", "83\u00a0%", "ccc"]


def test_a_word_in_two_styles_stays_on_one_line() -> None:
    broken = wrapped([Span("ab cd", PLAIN), Span("ef", STRONG), Span(". gh", PLAIN)], 6, letters)
    assert ["".join(span.words for span in line) for line in broken] == ["ab", "cdef.", "gh"]


def test_an_isolate_that_goes_on_is_closed_and_opened_again() -> None:
    broken = wrapped([Span("س \u2068one two\u2069 ص", PLAIN)], 6, letters)
    assert ["".join(span.words for span in line) for line in broken] == ["س \u2068one\u2069", "\u2068two\u2069 ص"]


def test_marks_of_direction_have_no_picture() -> None:
    assert seen("\u2068a\u2069\u200f\u2066b\u202f1") == "ab\u00a01"


# ---- joined letters: the outlines in the file against HarfBuzz's own answer ----


def sheet_with(words: str) -> bytes:
    sheet = Sheet(Text("ar"), Meta("t", "a", "s", date(2026, 11, 23), ()))
    sheet.new_page()
    sheet.put(words, sheet.x(0), 100, PLAIN)
    return sheet.output()


def drawn_outlines(file: bytes) -> list[Any]:
    """The outlines of the glyphs that the page shows, in order, from the font inside the file."""
    reader = PdfReader(io.BytesIO(file))
    page: Any = reader.pages[0]
    font = next(iter(page["/Resources"]["/Font"].values())).get_object()["/DescendantFonts"][0].get_object()
    program = TTFont(io.BytesIO(font["/FontDescriptor"]["/FontFile2"].get_data()))
    glyph_of = font["/CIDToGIDMap"].get_data()
    codes: list[int] = []
    for operands, operator in ContentStream(page["/Contents"], reader).operations:
        if operator == b"Tj":
            raw = operands[0].original_bytes
            codes += [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    glyphs = [int.from_bytes(glyph_of[2 * code : 2 * code + 2], "big") for code in codes]
    return [outline(program, glyph) for glyph in glyphs]


def outline(font: TTFont, glyph: int) -> Any:
    name = font.getGlyphName(glyph)
    points, ends, _ = font["glyf"][name].getCoordinates(font["glyf"])
    return list(points), list(ends)


def shaped(words: str, font: TTFont) -> list[Any]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face((FONTS / "cairo-400.ttf").read_bytes())), buffer)
    return [outline(font, info.codepoint) for info in buffer.glyph_infos]


@pytest.mark.parametrize("words", ["المستفيدات", "سُجلت", "الشغل", "أُدمجن"])
def test_letters_are_joined_also_round_vowel_signs(words: str) -> None:
    whole = TTFont(FONTS / "cairo-400.ttf")
    drawn = drawn_outlines(sheet_with(words))
    alone: Sequence[Any] = [found for letter in reversed(words) for found in shaped(letter, whole)]
    assert drawn == shaped(words, whole)
    assert drawn != alone
