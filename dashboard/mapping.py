"""Which column of an unknown sheet holds which field: proposed from its headers alone, corrected by a person.

No value below a header is looked at. What nobody assigns to a field is personal until someone says otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.programme import Programme
from dashboard.reading.headers import known_headers
from dashboard.reading.likeness import Likeness, looks_personal
from dashboard.reading.text_key import text_key
from dashboard.schema import FIELDS


class Confidence(StrEnum):
    """How a header was understood."""

    EXACT = "exact"  # as the programme writes it, letter for letter
    SYNONYM = "synonym"  # the same words in another spelling, or with a unit
    FUZZY = "fuzzy"  # only similar: a person has to confirm it


@dataclass(frozen=True, slots=True)
class SeenHeader:
    """A header, the letter of its column, and the field that the programme already knows it for."""

    letter: str
    text: str  # as typed; "group / sub" under a header of two rows
    field: str | None = None


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A worksheet as it looks from its header, from left to right."""

    title: str
    header_row: int | None  # the header's last row; None where no row can be one
    headers: tuple[SeenHeader, ...] = ()
    like_data: bool = False  # the row where a header should be holds values: none of them is kept


@dataclass(frozen=True, slots=True)
class Inspection:
    """What can be seen of a source without reading a single value. `chosen` are titles that hold the roster."""

    kind: str  # "file" | "google_sheets"
    label: str  # file name or spreadsheet title
    sheets: tuple[SeenSheet, ...]
    chosen: tuple[str, ...] = ()

    def sheets_of(self, titles: Iterable[str]) -> tuple[SeenSheet, ...]:
        """The worksheets of these titles, in the source's order."""
        wanted = set(titles)
        return tuple(sheet for sheet in self.sheets if sheet.title in wanted)


@dataclass(frozen=True, slots=True)
class Column:
    """A header, where it stands, and the field proposed for it. `places` is (worksheet, column letter)."""

    header: str
    places: tuple[tuple[str, str], ...]
    field: str | None = None
    confidence: Confidence | None = None
    personal: bool = False  # sounds like a name, a number, an address or a note: never proposed by likeness


@dataclass(frozen=True)
class Edit:
    """What a person decided: worksheets, and for each header its field, or None for "personal: never read"."""

    worksheets: tuple[str, ...]
    fields: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Gap:
    """A required field that no column of a worksheet holds."""

    sheet: str
    field: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two or more columns of a worksheet that would hold the same field."""

    sheet: str
    field: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What connecting a sheet has changed."""

    programme: str  # path of the programme file
    backup: str | None  # path of the copy of what it said before; None if it said the same already
    overruled_by: str | None  # the source that DASHBOARD_SOURCE names instead; None if the new one is used
    women: int  # rows of the new source that are used


def propose(sheets: Sequence[SeenSheet], programme: Programme) -> tuple[Column, ...]:
    """Every header of the worksheets once, in order, with the field that it seems to name.

    What the programme knows is proposed first. A similar header is proposed only for a field that no known header of
    its worksheet names, and only where it is clearly the most similar one.
    """
    like = Likeness(known_headers(programme))
    columns: dict[str, Column] = {}
    for sheet in sheets:
        for seen, proposed in zip(sheet.headers, _proposed(sheet, programme, like), strict=True):
            new = Column(seen.text, ((sheet.title, seen.letter),), *proposed, looks_personal(seen.text))
            columns[seen.text] = _joined(columns.get(seen.text), new)
    return tuple(columns.values())


def proposed_edit(columns: Iterable[Column], worksheets: Iterable[str]) -> Edit:
    """The proposal as it stands: whatever has no field is never read."""
    return Edit(tuple(worksheets), {column.header: column.field for column in columns})


def gaps(edit: Edit, sheets: Iterable[SeenSheet]) -> tuple[Gap, ...]:
    """Required fields that are missing, worksheet by worksheet."""
    found: list[Gap] = []
    for sheet in sheets:
        held = {edit.fields.get(header.text) for header in sheet.headers}
        found += [Gap(sheet.title, field.id) for field in FIELDS if field.required and field.id not in held]
    return tuple(found)


def clashes(edit: Edit, sheets: Iterable[SeenSheet]) -> tuple[Clash, ...]:
    """Fields that several columns of one worksheet would hold."""
    found: list[Clash] = []
    for sheet in sheets:
        letters: dict[str, list[str]] = {}
        for header in sheet.headers:
            field = edit.fields.get(header.text)
            if field is not None:
                letters.setdefault(field, []).append(header.letter)
        found += [Clash(sheet.title, field, tuple(at)) for field, at in letters.items() if len(at) > 1]
    return tuple(found)


def likely_sheets(sheets: Sequence[SeenSheet], by_name: Sequence[str], programme: Programme) -> tuple[str, ...]:
    """Titles of the worksheets that seem to hold the roster.

    `by_name` are those that the programme would read. They are kept where one of them names a required field;
    otherwise it is the worksheet in which most fields are found, or that has most headers.
    """
    like = Likeness(known_headers(programme))
    readable = [sheet for sheet in sheets if sheet.headers]
    found = {sheet.title: {field for field, _ in _proposed(sheet, programme, like) if field} for sheet in readable}
    required = {field.id for field in FIELDS if field.required}
    named = tuple(title for title in by_name if title in found)
    if any(found[title] & required for title in named) or not readable:
        return named
    return (max(readable, key=lambda sheet: (len(found[sheet.title]), len(sheet.headers))).title,)


Proposed = tuple[str | None, Confidence | None]


def _joined(before: Column | None, new: Column) -> Column:
    """One header in several worksheets: whichever understood it first."""
    if before is None:
        return new
    understood = before if before.field is not None else new
    places = (*before.places, *new.places)
    return Column(new.header, places, understood.field, understood.confidence, new.personal)


def _proposed(sheet: SeenSheet, programme: Programme, like: Likeness) -> list[Proposed]:
    """A field and how it was found, for each header of a worksheet."""
    similar = _similar(sheet, programme, like)
    verbatim = {header for written in programme.sheet.headers.values() for header in written}
    return [
        (
            header.field,
            Confidence.EXACT if header.text in verbatim or header.text == header.field else Confidence.SYNONYM,
        )
        if header.field
        else (similar.get(header.text), Confidence.FUZZY if header.text in similar else None)
        for header in sheet.headers
    ]


def _similar(sheet: SeenSheet, programme: Programme, like: Likeness) -> dict[str, str]:
    """Header -> field, for headers similar to known ones. Each field goes to one header; a draw goes to none."""
    taken = {header.field for header in sheet.headers}
    never = {text_key(header) for header in programme.sheet.never}
    claims: dict[str, list[tuple[float, str]]] = {}
    for text in dict.fromkeys(header.text for header in sheet.headers if header.field is None):
        found = None if text_key(text) in never else like.field(text)
        if found is not None and found[0] not in taken:
            claims.setdefault(found[0], []).append((found[1], text))
    ranked = {field: sorted(claim, reverse=True) for field, claim in claims.items()}
    return {claim[0][1]: field for field, claim in ranked.items() if len(claim) == 1 or claim[0][0] > claim[1][0]}
