"""Headers: which column holds which field, whatever staff call it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.programme import Programme
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell
from dashboard.schema import FIELDS

_NEVER = ""  # stands for the field of a header that must not be read
MIN_KNOWN = 4  # a row with so many known headers is the header (field reference 5.2, No. 1)

_PARENTHESIS = re.compile(r"[(\[（][^)\]）]*[)\]）]?\s*$")
_UNITS = re.compile(r"(?:[\s/]+(?:en\s+)?(?:dhs?|mad|%|h|heures|ans|jours)|\s+(?:بالدرهم|درهم|د\.?م|بالسنوات|ساعه))$")


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a row says if it is taken as the header. Indices count from 0 in the row that was given."""

    fields: dict[str, int]  # field id -> column index; the first column where two clash
    unknown: tuple[str, ...]  # headers mapped to nothing, as typed
    clashes: tuple[tuple[str, int, int], ...]  # (field id, column index, other column index)
    required: tuple[str, ...] = tuple(field.id for field in FIELDS if field.required)

    @property
    def known(self) -> int:
        """How many fields were recognised."""
        return len(self.fields)

    @property
    def is_header(self) -> bool:
        """Whether enough headers are known for the row to be the header."""
        return self.known >= MIN_KNOWN

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields that no header names."""
        return tuple(field for field in self.required if field not in self.fields)


def match_header(cells: Sequence[Cell], programme: Programme) -> HeaderMatch:
    """Match one row of headers against the programme's synonyms."""
    return _matched(name_columns([cells], programme), programme)


def join_header(upper: Sequence[Cell], lower: Sequence[Cell], programme: Programme) -> HeaderMatch:
    """Match a header of two rows: a group that spans several columns above the columns' own names.

    "group sub" decides where a synonym says so, else the name below, else the name above a blank.
    """
    return _matched(name_columns([upper, lower], programme), programme)


def name_columns(rows: Sequence[Sequence[Cell]], programme: Programme) -> list[tuple[str, str | None]]:
    """What each column is called under a header of one or two rows ("group / sub"), and its field if that is known.

    A header under `sheet.never` has no field, whatever else knows it in that spelling.
    """
    known = known_headers(programme) | {text_key(header): _NEVER for header in programme.sheet.never}
    if len(rows) == 1:
        return [(_typed(cell), _field_of(_typed(cell), known) or None) for cell in rows[0]]
    upper, lower = rows
    width = max(len(upper), len(lower))
    names: list[tuple[str, str | None]] = []
    group = ""
    for above, below in zip(_padded(upper, width), _padded(lower, width), strict=True):
        group = above or (group if below else "")
        names.append(_joined(group, above, below, known))
    return names


def known_headers(programme: Programme) -> dict[str, str]:
    """Text key of every header the programme knows -> field id. The field ids themselves are always known.

    Identifiers (ID card, name) are known only where the key is made of them, and a code only where it is part of it.
    """
    sheet = programme.sheet
    known = {text_key(field.id): field.id for field in FIELDS}
    for field, synonyms in sheet.headers.items():
        known |= {text_key(synonym): field for synonym in synonyms}
    if "key" not in sheet.key:
        known = {header: field for header, field in known.items() if field != "key"}
    for part in sheet.key:
        if part in sheet.identifiers:
            known |= {text_key(header): part for header in (part, *sheet.identifiers[part])}
    return known


def _padded(cells: Sequence[Cell], width: int) -> list[str]:
    return [_typed(cell) for cell in cells] + [""] * (width - len(cells))


def _typed(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)


def _joined(group: str, above: str, below: str, known: dict[str, str]) -> tuple[str, str | None]:
    if not below:
        return above, _field_of(above, known) or None
    name = f"{group} / {below}" if group else below
    for spelling in (name, f"{group} {below}", f"{group}/{below}", f"{below} {group}", below):
        field = _field_of(spelling, known)
        if field is not None:
            return name, field or None
    return name, None


def _field_of(header: str, known: dict[str, str]) -> str | None:
    """Exact key first, then without a closing parenthesis or unit: "Salaire (DH)", "الأجر بالدرهم"; _NEVER included."""
    bare = text_key(_PARENTHESIS.sub("", header))
    for key in (text_key(header), bare, _UNITS.sub("", bare).strip()):
        if key in known:
            return known[key]
    return None


def _matched(names: list[tuple[str, str | None]], programme: Programme) -> HeaderMatch:
    fields: dict[str, int] = {}
    clashes: list[tuple[str, int, int]] = []
    for index, (_, field) in enumerate(names):
        if field is None:
            continue
        if field in fields:
            clashes.append((field, fields[field], index))
        else:
            fields[field] = index
    unknown = tuple(name for name, field in names if name and field is None)
    return HeaderMatch(fields, unknown, tuple(clashes), programme.sheet.required)
