"""Number cells: decimal commas, spaces, currency words, Arabic-Indic digits, inside the field's plausible range."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.reading.cells import Reading, rejected, typing_codes, unusable
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell
from dashboard.schema import Field

_ARABIC_SEPARATORS = str.maketrans({"٫": ",", "٬": " ", "،": ",", "'": " "})
# What is written around an amount, an age or a score and changes nothing about it; text keys.
_UNITS = re.compile(
    r"(?:\b|(?<=\d))(?:dhs?|mad|drhs?|net(?:te)?|brut|par mois|mois|ans?|years?)\b\.?"
    r"|(?:\b|(?<=\d))(?:heures?|hours?|h|pts?|points?)\b\.?"
    r"|/ ?mois\b|درهما?|د\.? ?م\.?|دراهم|صافي|خام|في الشهر|شهريا|/ ?شهر|سنه|عاما?|سنوات|ساعات|ساعه|نقطه|%"
)
_FORM = re.compile(r"\+?(?P<whole>\d{1,3}(?:[ .,]\d{3})+|\d+)(?:(?P<mark>[.,])(?P<decimals>\d+))?")
_NEGATIVE = re.compile(r"[\s\u200e\u200f]*[-−–][\s\u200e\u200f]*\d")
_OUT_OF = re.compile(r"(?P<part>\d+(?:[.,]\d+)?) ?/ ?(?P<whole>\d+)")


@dataclass(frozen=True, slots=True)
class _Range:
    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def number_reader(field: Field) -> Callable[[Cell], Reading]:
    """The reader of a number column; the field's range decides what is plausible."""
    span = _Range(-math.inf if field.low is None else field.low, math.inf if field.high is None else field.high)

    def read(cell: Cell) -> Reading:
        reading = unusable(cell)
        if reading is not None:
            return reading
        if isinstance(cell, str):
            return _text(cell, span)
        if isinstance(cell, bool) or cell is None or not math.isfinite(cell):
            return rejected("number_unreadable")
        return Reading(float(cell)) if span.holds(cell) else rejected("number_outside_range")

    return read


def _text(text: str, span: _Range) -> Reading:
    bare = " ".join(_UNITS.sub(" ", text_key(text).translate(_ARABIC_SEPARATORS)).split())
    sign = -1 if _NEGATIVE.match(text) else 1  # a text key has no punctuation at its ends
    values = [sign * value for value in _values(bare, span)]
    if not values:
        return rejected("number_unreadable")
    plausible = [value for value in values if span.holds(value)]
    if not plausible:
        return rejected("number_outside_range")
    doubt = ("number_ambiguous",) if len(values) > 1 else ()
    return Reading(plausible[0], ("number_as_text", *doubt, *typing_codes(text)))


def _values(bare: str, span: _Range) -> list[float]:
    """Every number the text can mean: "3.500" is 3500 or 3.5, "3.500,00" only 3500; none if it is no number."""
    out_of = _OUT_OF.fullmatch(bare)
    if out_of is not None:  # "65/100": only where the whole is the field's own maximum
        return [_plain(out_of["part"])] if float(out_of["whole"]) == span.high else []
    match = _FORM.fullmatch(bare)
    if match is None:
        return []
    whole = re.sub(r"[ .,]", "", match["whole"])
    if match["decimals"] is not None:
        return [float(f"{whole}.{match['decimals']}")] if match["mark"] not in match["whole"] else []
    grouped = float(whole)
    separators = re.findall(r"[.,]", match["whole"])
    if len(separators) == 1 and " " not in match["whole"]:
        return [grouped, _plain(match["whole"])]
    return [grouped] if len(set(separators)) <= 1 else []


def _plain(text: str) -> float:
    return float(text.replace(",", "."))
