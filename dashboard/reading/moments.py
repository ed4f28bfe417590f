"""Dates found in a text, as they stand there: complete, without a day, without a year, or a part of a month."""

import re
from dataclasses import dataclass

from dashboard.reading.months import MONTH_PATTERN, MONTHS, month_number

_SEP = r"\s*[-/.\\؍٫]\s*"
_OPEN, _SHUT = r"(?<!\d)", r"(?!\d)"
_BEGIN, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # edges of a word
_TIME = r"(?P<time>[t ]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?)?"
_NAME = rf"{_BEGIN}(?P<name>{MONTH_PATTERN}){_END}"
_OF = r"[\s./-]*(?:(?:de|du|of|شهر|من)\s+|d'\s*)?"
_ORDINAL = r"(?:er|ere|st|nd|rd|th)?"
_AFTER = r"[\s./,،-]*"
_YEAR = rf"(?P<y>\d{{4}}){_SHUT}"

_PARTS = {
    "begin": r"debut|بدايه|اوايل|مطلع|early|beginning|start",
    "middle": r"mi|milieu|منتصف|اواسط|وسط|mid|middle",
    "end": r"fin|فين|نهايه|اواخر|اخر|late|end",
}
_PART = rf"(?:{_BEGIN}(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _PARTS.items())}){_END}{_OF})?"

# Tried in this order: what is most complete first, so that "20/11/2024" is not taken for "11/2024".
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_OPEN}(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}}){_SHUT}{_TIME}",
        rf"{_OPEN}(?P<d>\d{{1,2}})(?:{_SEP}|\s+)(?P<m>\d{{1,2}})(?:{_SEP}|\s+)(?P<y>\d{{4}}|\d{{2}}){_SHUT}{_TIME}",
        rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_OF}{_NAME}{_AFTER}(?P<y>\d{{4}}|\d{{2}}(?!\s*[-/.]\s*\d)){_SHUT}{_TIME}",
        rf"{_NAME}\.?\s+(?P<d>\d{{1,2}}){_ORDINAL}\s*,?\s+{_YEAR}",
        rf"{_PART}{_NAME}{_AFTER}{_YEAR}",
        rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_OF}{_NAME}",
        rf"{_PART}{_NAME}",
        rf"{_PART}{_OPEN}(?P<m>\d{{1,2}}){_SEP}{_YEAR}",
        rf"{_OPEN}(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}}){_SHUT}",
        rf"{_OPEN}(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SHUT}",
        rf"{_PART}{_OPEN}(?P<y>(?:19|20)\d{{2}}){_SHUT}",
    )
)
# "20 nouambre 2024": the shape of a date with a word where a month should be.
_NAMELESS = re.compile(rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_OF}(?P<name>[^\W\d_]{{3,}}){_AFTER}(?P<y>\d{{4}}){_SHUT}")
_ISO = 0
_TAKEN = "\x00"
_NOTHING = f" {_TAKEN}"


@dataclass(frozen=True, slots=True)
class Moment:
    """One date as written. `year` may have two digits; `part` is "begin", "middle" or "end"."""

    year: int | None
    month: int | None
    day: int | None
    part: str | None
    two_digit_year: bool
    named: bool  # the month is a word
    iso: bool
    timed: bool


@dataclass(frozen=True, slots=True)
class Moments:
    """The dates of a text in their order, and what the text says besides."""

    found: tuple[Moment, ...]
    rest: str
    unknown_month: bool


def find_moments(key: str) -> Moments:
    """Find every date in a text key."""
    found: list[tuple[int, Moment]] = []
    key, unknown = _name_slips(key)
    for number, pattern in enumerate(_PATTERNS):
        found += [(match.start(), _moment(match, number == _ISO)) for match in pattern.finditer(key)]
        key = pattern.sub(lambda match: _TAKEN * len(match.group()), key)
        if not key.strip(_NOTHING):  # most dates are taken whole by the first pattern: the others need a sign or digit
            break
    found.sort(key=lambda item: item[0])
    return Moments(tuple(moment for _, moment in found), _rest(key), unknown)


def _name_slips(key: str) -> tuple[str, bool]:
    """Put the month's own name where a misspelt one stands; say whether a word stands there that names no month."""
    match = _NAMELESS.search(key)
    if match is None or match["name"] in MONTHS:
        return key, False
    month = month_number(match["name"])
    if month is None:
        return key, True
    name = next(name for name, number in MONTHS.items() if number == month)
    return key[: match.start("name")] + name + key[match.end("name") :], False


def _moment(match: re.Match[str], iso: bool) -> Moment:
    group = match.groupdict()
    year, name = group.get("y"), group.get("name")
    month = MONTHS[name] if name else int(group["m"]) if group.get("m") else None
    return Moment(
        year=int(year) if year else None,
        month=month,
        day=int(group["d"]) if group.get("d") else None,
        part=next((part for part in _PARTS if group.get(part)), None),
        two_digit_year=year is not None and len(year) == 2,
        named=name is not None,
        iso=iso,
        timed=bool(group.get("time")),
    )


# Words that belong to a date or a range and say nothing besides.
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "du au de le la a et ou from to and on until jusqu'au puis en the من الي حتي و ثم يوم بتاريخ في ف لي "
        "lundi mardi mercredi jeudi vendredi samedi dimanche "
        "monday tuesday wednesday thursday friday saturday sunday "
        "الاثنين الاتنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد",
    )
)


def _rest(key: str) -> str:
    words = re.findall(r"[^\W_]+(?:'\w+)?", key.replace(_TAKEN, " "))
    return " ".join(word for word in words if word not in _FILLERS)
