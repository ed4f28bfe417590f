"""The key under which two spellings of the same words meet."""

import unicodedata

_TATWEEL = "\u0640"
# What NFKC and the removal of marks leave apart, and staff type interchangeably.
_FOLDED = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "‐": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
    }
)
_ASCII_TRIM = " !\"#&'()*,-./:;?@[\\]_{}"  # what _is_trim drops of it


def text_key(text: str) -> str:
    """The matching key of a text (field reference 5.2): "نعـــم " and "ﻧﻌﻢ" give one key, so do "Début" and "debut".

    For matching only, never for display. A dash or a slash alone gives "". Applying it twice changes nothing.
    Deliberately not cached: a cache would keep raw participant values alive.
    """
    return _ascii_key(text) if text.isascii() else _any_key(text)


def _ascii_key(text: str) -> str:
    """The same where there is nothing to fold but the case: most keys and dates, at a twentieth of the time."""
    return " ".join(text.replace("`", "'").lower().split()).strip(_ASCII_TRIM)


def _any_key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    folded = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf" and sign != _TATWEEL)
    folded = _without_marks(folded.translate(_FOLDED)).translate(_FOLDED).casefold()
    folded = unicodedata.normalize("NFKC", _without_marks(folded))
    return _trimmed(" ".join("".join(map(_ascii_digit, _without_marks(folded))).split()))


def _without_marks(text: str) -> str:
    """Drop accents, tashkeel and hamza seats."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) != "Mn")


def _ascii_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _trimmed(text: str) -> str:
    """Drop punctuation and spaces at both ends; signs such as ✓ and % are not punctuation here."""
    start, end = 0, len(text)
    while start < end and _is_trim(text[start]):
        start += 1
    while end > start and _is_trim(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_trim(sign: str) -> bool:
    return sign == " " or (unicodedata.category(sign).startswith("P") and sign != "%")
