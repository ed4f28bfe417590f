"""One cell, read: its value, and what had to be done to it."""

import math
import re
import unicodedata
from dataclasses import dataclass

from dashboard.reading.catalogue import SEVERITY
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell, Severity

# What spreadsheets leave where a formula failed, in English, French and Google's waiting text (field reference No. 26).
_BROKEN = re.compile(
    r"#(?:n/?[ad]|ref!?|value!?|valeur!?|div/0!?|name\?|nom\s?\?|num!?|nombre!?|null!?|nul!?|error!?|erreur!?|spill!?|"
    r"calc!?|#+)|loading\.*|chargement\.*|جار[يٍ]* التحميل\.*",
    re.IGNORECASE,
)
_ARABIC_DIGITS = re.compile("[٠-٩٫٬]")
_TASHKEEL = re.compile("[\u064b-\u0652\u0670\u0640]")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\u06f0-\u06f9یکگ]")


@dataclass(frozen=True, slots=True)
class Season:
    """Days of a month whose year is not written: "fin mars", "3/2"."""

    month: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a distinct cell of a column says. Days are counted from 1970-01-01."""

    value: str | float | None = None
    codes: tuple[str, ...] = ()  # findings, keys of catalogue.SEVERITY
    filled: bool = True
    low: int | None = None  # a date's earliest and latest day
    high: int | None = None
    season: Season | None = None
    aside: int | None = None  # a day that belongs to another column
    real: bool = False  # stored as a date by the spreadsheet
    day_first: bool = False  # text written day/month/year

    @property
    def rejected(self) -> bool:
        """Whether the cell's value is not used at all."""
        return any(SEVERITY[code] is Severity.REJECTED for code in self.codes)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The findings that are listed cell by cell."""
        return tuple(code for code in self.codes if SEVERITY[code] is not Severity.NORMALISED)

    @property
    def quiet(self) -> tuple[str, ...]:
        """The findings that are counted per column."""
        return tuple(code for code in self.codes if SEVERITY[code] is Severity.NORMALISED)


BLANK = Reading(filled=False)


def rejected(code: str) -> Reading:
    """A cell that cannot be used."""
    return Reading(codes=(code,))


def cell_text(cell: Cell) -> str:
    """The cell as staff see it, roughly: 2.0 is "2", a blank is ""."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < 1e15 else repr(cell)
    return cell if isinstance(cell, str) else repr(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing is said: empty, spaces, or a dash or slash alone (No. 22: they mean blank, not "no")."""
    return cell is None or (not isinstance(cell, int) and text_key(cell_text(cell)) == "" and not is_broken(cell))


def unusable(cell: Cell) -> Reading | None:
    """The reading of a cell that holds no value of any kind: blank, failed formula, formula text; None for others."""
    if is_broken(cell):
        return rejected("broken_formula")
    if is_blank(cell):
        return BLANK
    if isinstance(cell, str) and cell.lstrip().startswith("="):
        return rejected("formula_text")
    return None


def is_broken(cell: Cell) -> bool:
    """Whether a formula failed here: what stands in the cell says nothing about anyone."""
    return isinstance(cell, str) and _BROKEN.fullmatch(cell.strip()) is not None


def typing_codes(cell: Cell) -> tuple[str, ...]:
    """Which of the typing irregularities No. 7, 8, 10, 11 and 12 a text shows."""
    if not isinstance(cell, str):
        return ()
    found = {
        "spaces": cell != " ".join(cell.split()),
        "tashkeel": _TASHKEEL.search(cell) is not None,
        "invisible_marks": not cell.isascii() and any(unicodedata.category(sign) == "Cf" for sign in cell),
        "presentation_forms": _FORMS.search(cell) is not None,
        "arabic_digits": _ARABIC_DIGITS.search(cell) is not None,
    }
    return tuple(code for code, present in found.items() if present)
