"""Month names as staff type them: Moroccan, pan-Arab, French and English, with their common misspellings."""

import re

from dashboard.reading.text_key import text_key

_NAMES: tuple[str, ...] = (
    "يناير جانفي كانون_الثاني janvier janv jan january ينايير",
    "فبراير فيفري شباط février févr fév fevrier february feb فبراي",
    "مارس آذار mars march mar",
    "أبريل إبريل أفريل نيسان avril avr april apr ابرير",
    "ماي مايو أيار mai may",
    "يونيو يونيه جوان حزيران juin june jun",
    "يوليوز يوليو يوليه جويلية تموز juillet juil jul july",
    "غشت أغسطس أوت آب août aout august aug",
    "شتنبر سبتمبر أيلول شتمبر septembre sept sep september ستمبر",
    "أكتوبر تشرين_الأول octobre oct october كتوبر",
    "نونبر نوفمبر تشرين_الثاني novembre nov november نومبر نوبر",
    "دجنبر ديسمبر كانون_الأول décembre déc december dec دسمبر دجمبر",
)

MONTHS: dict[str, int] = {
    text_key(name.replace("_", " ")): number for number, names in enumerate(_NAMES, start=1) for name in names.split()
}
"""Text key of a month's name -> 1..12."""

MONTH_PATTERN = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))

_SHORTEST_TYPO = 5  # below that, one letter apart is another word: juin / jan


def month_number(word: str) -> int | None:
    """The month a text key names, one slip of a letter allowed in longer names; None if none or more than one fits."""
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < _SHORTEST_TYPO:
        return None
    near = {month for name, month in MONTHS.items() if len(name) >= _SHORTEST_TYPO and _one_slip(word, name)}
    return near.pop() if len(near) == 1 else None


def _one_slip(word: str, name: str) -> bool:
    """Whether one letter was added, dropped or replaced, or two neighbours swapped."""
    if abs(len(word) - len(name)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    a, b = word[same:], name[same:]
    swapped = len(a) >= 2 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
