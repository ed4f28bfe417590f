"""Words as lines of runs: broken where they must, then put into the order in which they stand from left to right.

The Unicode bidirectional algorithm is fpdf2's (UAX 9, isolates included); joining letters is HarfBuzz's.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from dashboard.palette import INK
from dashboard.text import FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_ISOLATE

_OPENING = (FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE)
# Marks of direction have no picture; Cairo has no narrow no-break space, which French puts between thousands.
_UNSEEN = {**dict.fromkeys((*_OPENING, POP_ISOLATE, "\u200e", "\u200f"), ""), "\u202f": "\u00a0"}
# Signs that Cairo lacks and a typed note may hold: left out they would turn a bound into a number.
_OTHERWISE = {"≥": ">=", "≤": "<=", "≈": "~", "→": "->", "←": "<-", "↻": "*"}
_SEEN = str.maketrans({**_UNSEEN, **_OTHERWISE})
_WORD = re.compile(r"[^ ]+ *| +")


@dataclass(frozen=True, slots=True)
class Style:
    """How words look. `size` in points, never below 8."""

    size: float = 8.5
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style."""

    words: str
    style: Style


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style and one direction, in logical order, without marks of direction."""

    words: str
    style: Style
    rtl: bool


Measure = Callable[[str, Style], float]
"""The width of words in points."""


def seen(words: str) -> str:
    """Words as the font can write them: without the marks that only hold their direction."""
    return words.translate(_SEEN)


def runs(spans: Sequence[Span], rtl: bool) -> list[Run]:
    """The runs of one line from left to right, for a reader who begins at the right if `rtl`."""
    levels = _levels("".join(span.words for span in spans), rtl)
    styled = [(sign, span.style) for span in spans for sign in span.words]
    found: list[tuple[int, Style, str]] = []
    for (sign, style), level in zip(styled, levels, strict=True):
        if found and found[-1][:2] == (level, style):
            found[-1] = (level, style, found[-1][2] + sign)
        else:
            found.append((level, style, sign))
    ordered = _left_to_right(found)
    return [Run(plain, style, level % 2 == 1) for level, style, words in ordered if (plain := seen(words))]


@lru_cache(maxsize=4096)
def _levels(words: str, rtl: bool) -> tuple[int, ...]:
    base = TextDirection.RTL if rtl else TextDirection.LTR
    paragraph = BidiParagraph(words, base, preserve_bn_chars=True)
    return tuple(sign.embedding_level for sign in paragraph.get_characters_with_embedding_level())


def _left_to_right(found: list[tuple[int, Style, str]]) -> list[tuple[int, Style, str]]:
    """Rule L2 of UAX 9, on whole runs: HarfBuzz turns the letters inside each of them."""
    levels = [level for level, _, _ in found]
    for level in range(max(levels, default=0), 0, -1):
        turned: list[tuple[int, Style, str]] = []
        stretch: list[tuple[int, Style, str]] = []
        for run in found:
            if run[0] >= level:
                stretch.insert(0, run)
            else:
                turned += [*stretch, run]
                stretch = []
        found = [*turned, *stretch]
    return found


def wrapped(spans: Iterable[Span], width: float, measure: Measure) -> list[list[Span]]:
    """Spans broken at spaces into lines no wider than `width` points; a longer word gets a line of its own."""
    lines: list[list[Span]] = [[]]
    used = 0.0
    for word in _words(spans):
        bare = sum(measure(seen(span.words.rstrip(" ")), span.style) for span in word)
        if lines[-1] and used + bare > width:
            lines.append([])
            used = 0.0
        lines[-1] += word
        used += sum(measure(seen(span.words), span.style) for span in word)
    return _closed([_trimmed(line) for line in lines if line])


def _words(spans: Iterable[Span]) -> list[list[Span]]:
    """What must stay on one line: letters up to and with the next spaces, over the borders of styles."""
    words: list[list[Span]] = []
    joined = False
    for span in spans:
        for part in _WORD.findall(span.words):
            piece = Span(part, span.style)
            if joined:
                words[-1].append(piece)
            else:
                words.append([piece])
            joined = not part.endswith(" ")
    return words


def _trimmed(line: list[Span]) -> list[Span]:
    return [*line[:-1], Span(line[-1].words.rstrip(" "), line[-1].style)]


def _closed(lines: list[list[Span]]) -> list[list[Span]]:
    """Lines whose isolates end with them and begin anew in the next: an open one would turn what follows."""
    open_marks: list[str] = []
    closed: list[list[Span]] = []
    for line in lines:
        before = "".join(open_marks)
        for span in line:
            for sign in span.words:
                if sign in _OPENING:
                    open_marks.append(sign)
                elif sign == POP_ISOLATE and open_marks:
                    open_marks.pop()
        style = line[0].style
        closed.append([Span(before, style), *line, Span(POP_ISOLATE * len(open_marks), line[-1].style)])
    return [[span for span in line if span.words] for line in closed]
