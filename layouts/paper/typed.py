"""What staff typed, on paper: as they typed it, on one paragraph, and no longer than there is room for."""

import unicodedata

from dashboard.text import Text
from layouts.paper.lines import Span, Style
from layouts.paper.sheet import Sheet

MORE = "…"
_JOINERS = "\u200c\u200d"  # tell Arabic letters how to join


def typed(words: str, text: Text) -> str:
    """Typed words in their own direction, on one paragraph, without signs that would turn what stands beside them."""
    plain = " ".join(words.split())
    kept = [sign for sign in plain if sign in _JOINERS or not unicodedata.category(sign).startswith("C")]
    return text.isolate("".join(kept))


def clipped(words: str, width: float, style: Style, most: int, sheet: Sheet) -> list[list[Span]]:
    """Words in `most` lines at most; the last one says where some are left out."""
    found = sheet.lines(words, width, style)
    if len(found) <= most:
        return found
    return [*found[: most - 1], _shortened(found[most - 1], width, style, sheet)]


def _shortened(line: list[Span], width: float, style: Style, sheet: Sheet) -> list[Span]:
    words = "".join(span.words for span in line)
    while " " in words.strip() and sheet.measure(words + MORE, style) > width:
        words = words.rpartition(" ")[0]
    return [Span(words + MORE, style)]
