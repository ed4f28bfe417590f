"""Text(lang): words, plurals, numbers, dates and direction.

Catalogues are locales/<lang>/<area>.po, keyed: the core returns codes, the catalogues speak.
"""

import gettext
import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from dashboard.programme import Lang

LOCALES: dict[Lang, str] = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}
CATALOGUES = Path(__file__).resolve().parent.parent / "locales"
NONE = "—"  # shown where a number is undefined, with the reason beside it

# U+2068/U+2069: keeps a number or a foreign word in its own direction inside a sentence of the other.
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
# In a plotly label the whole string needs a direction: the svg element forces left to right.
RIGHT_TO_LEFT_ISOLATE = "\u2067"


class MissingText(LookupError):
    """A key has no sentence in a language."""


@cache
def _catalogue(lang: Lang) -> gettext.GNUTranslations:
    """The catalogues of a language, merged; a key may stand in one of them only."""
    merged: gettext.GNUTranslations | None = None
    for path in sorted((CATALOGUES / lang).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=LOCALES[lang])
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        if merged is None:
            merged = part
        else:
            merged._catalog.update(part._catalog)  # type: ignore[attr-defined]
    if merged is None:
        raise MissingText(f"no catalogue for {lang} in {CATALOGUES}")
    return merged


class Text:
    """Everything said in one language. Values put into sentences are strings made by this class."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.locale = Locale.parse(LOCALES[lang])
        self.direction: Literal["rtl", "ltr"] = "rtl" if lang == "ar" else "ltr"
        self.rtl = lang == "ar"
        self._catalogue = _catalogue(lang)

    def __call__(self, key: str, **values: str) -> str:
        """The sentence of a key, with its {placeholders} filled. Raises MissingText."""
        sentence = self._catalogue.gettext(key)
        if sentence == key:
            raise MissingText(f"{self.lang}: {key}")
        return sentence.format(**values) if values else sentence

    def has(self, key: str) -> bool:
        """Whether the catalogue knows a key."""
        return self._catalogue.gettext(key) != key

    def plural(self, key: str, n: int, **values: str) -> str:
        """The form of a key for n (six forms in Arabic); {n} is filled with the number. Raises MissingText."""
        sentence = self._catalogue.ngettext(key, key, n)
        if sentence == key:
            raise MissingText(f"{self.lang}: {key}")
        return sentence.format(n=self.number(n), **values)

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with this language's separators and Latin digits; "—" for None."""
        if value is None:
            return NONE
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=pattern, locale=self.locale)

    def percent(self, rate: float | None, digits: int = 0) -> str:
        """A fraction of 1 as per cent, rounded half away from zero, isolated so that it keeps its order in Arabic."""
        if rate is None:
            return NONE
        # Half up, as readers compute: the locale's own rounding is half to even (83,45 -> 83,4).
        scaled = int(abs(rate) * 100 * 10**digits + 0.5 + 1e-9) / 10**digits
        # 134 of 135 is not everyone and 1 of 300 is not no one: only true extremes are written as such.
        if scaled in (0, 100) and abs(rate) not in (0, 1) and abs(rate) < 1:
            return self.percent(rate, digits + 1)
        sign = "\u2212" if rate < 0 and scaled else ""
        unit = "\u00a0%" if self.lang == "fr" else "%"
        return self.isolate(f"{sign}{self.number(scaled, digits)}{unit}")

    def signed(self, value: float, digits: int = 0) -> str:
        """A change with its sign, isolated left to right: +3, −2, 0."""
        value = round(value, digits)
        sign = "+" if value > 0 else "\u2212" if value < 0 else ""
        return f"{LEFT_TO_RIGHT_ISOLATE}{sign}{self.number(abs(value), digits)}{POP_ISOLATE}"

    def date(self, day: date, width: Literal["long", "full", "short", "month", "day"] = "long") -> str:
        """A day in words: long "23 نونبر 2026", full (with weekday), short 23/11/2026, month "نونبر 2026", day."""
        if width == "short":
            return self.isolate(day.strftime("%d/%m/%Y"))  # CLDR's ar_MA short date carries U+200F
        patterns = {"month": "LLLL y", "day": "d MMMM"}
        return format_date(day, patterns.get(width, width), locale=self.locale)

    def months(self) -> list[str]:
        """The twelve month names (ar_MA wide: its abbreviated names are not Moroccan usage)."""
        names = get_month_names("wide", context="stand-alone", locale=self.locale)
        return [str(names[month]) for month in range(1, 13)]

    def weekdays(self) -> list[str]:
        """The seven day names from Monday."""
        names = get_day_names("wide", context="stand-alone", locale=self.locale)
        return [str(names[day]) for day in range(7)]

    def isolate(self, words: str) -> str:
        """Words in whatever direction, safe inside a sentence of the other direction."""
        return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"

    def label(self, words: str) -> str:
        """A label for a figure: wrapped in this language's direction where svg would reorder mixed text."""
        return f"{RIGHT_TO_LEFT_ISOLATE}{words}{POP_ISOLATE}" if self.rtl else words
