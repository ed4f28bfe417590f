"""What each row of a worksheet is: a woman, a blank, a section, a total, a header again, or cells without a key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from dashboard.programme import Programme
from dashboard.reading.cells import cell_text, is_blank, unusable
from dashboard.reading.columns import Column, Mask, Texts
from dashboard.reading.lexicon import category_lexicon
from dashboard.reading.text_key import text_key
from dashboard.reading.words import new_cohort
from dashboard.roster import PARTIAL_KEY, Cell

_REPEATED = 3  # cells equal to their own header make a row a header again
_PSEUDONYM = re.compile(r"[0-9a-f]{16,}")
_COHORT_WORDS = re.compile(r"(?:(?:ال)?(?:فوج|دفعه|مجموعه)|promotion|promo|groupe|group|cohorte?|session)\b\W*\w")
_SHORT_TITLE = re.compile(r"g ?\d+")  # "G7" on a tab is a cohort; in a key column it may be a woman's code


class RowKind(IntEnum):
    """What a row is."""

    WOMAN = 0
    NO_KEY = 1
    BLANK = 2
    SECTION = 3
    TOTAL = 4
    HEADER = 5


@dataclass(frozen=True)
class Rows:
    """The kind of each row, and the cohort and track that section rows above it name (None if none does)."""

    kinds: npt.NDArray[np.int8]
    cohorts: Texts
    tracks: Texts

    def are(self, *kinds: RowKind) -> Mask:
        """Which rows are of one of the kinds."""
        return np.isin(self.kinds, kinds)


class RowLabels:
    """Texts that label rows and are no woman's data: totals, and cohorts or tracks standing alone."""

    def __init__(self, programme: Programme) -> None:
        self.totals = tuple(key for word in programme.sheet.totals if (key := text_key(word)))
        self.cohorts = category_lexicon(programme.cohorts)
        self.tracks = category_lexicon(programme.tracks)

    def is_label(self, cell: Cell) -> bool:
        """Whether a cell of the key column is a label: connectors hand these over as they are, not as a pseudonym."""
        if not isinstance(cell, str) or text_key(cell).isdecimal():
            return False  # "1" may be the first cohort or the first woman: a key column holds women
        return self.is_total(cell) or self.cohort(cell) is not None

    def is_total(self, text: str) -> bool:
        """«المجموع», "Total général"."""
        key = text_key(text)
        return any(key == word or key.startswith(word + " ") for word in self.totals)

    def cohort(self, text: str) -> str | None:
        """The id of the cohort a label names, a new one where it says "cohort" of one that is not known."""
        found = self.cohorts.search(text)
        if found is None and _COHORT_WORDS.match(text_key(text)):
            return new_cohort(text)
        return found

    def track(self, text: str) -> str | None:
        """The id of the track a label names."""
        return self.tracks.find(text)


def title_cohort(title: str, labels: RowLabels) -> str | None:
    """The cohort a worksheet's title names: «فوج 1», "Promo 2025 - bénéficiaires"."""
    parts = [part for part in re.split(r"\s[-–|/]\s|[|/_:()]", title) if part.strip()]
    found = {labels.cohort(part) for part in (title, *parts)} - {None}
    known = {labels.cohorts.find(part) for part in (title, *parts)} - {None}
    if not found and _SHORT_TITLE.fullmatch(text_key(title)):
        return new_cohort(title)
    return min(known or found, key=str, default=None)


@dataclass(frozen=True)
class Keys:
    """The key column told apart, None or False where a row has none of a kind."""

    pseudonyms: Texts
    labels: Texts
    broken: Mask  # failed formulas
    partial: Mask  # a part of the key is missing


def tell_keys(values: list[Cell], size: int, labels: RowLabels) -> Keys:
    """Which cells of the key column are keys, labels of sections and totals, or failed formulas."""
    keys = Keys(*(np.full(size, None, dtype=object) for _ in range(2)), *(np.zeros(size, dtype=bool) for _ in range(2)))
    for index, cell in enumerate(values):
        if isinstance(cell, str) and _PSEUDONYM.fullmatch(cell):
            keys.pseudonyms[index] = cell
            continue
        keys.partial[index] = cell == PARTIAL_KEY
        reading = unusable(cell)
        if reading is not None:
            keys.broken[index] = reading.filled
        elif labels.is_label(cell):
            keys.labels[index] = cell
        else:
            keys.pseudonyms[index] = cell_text(cell)
    return keys


def classify(columns: Mapping[str, Column], keys: Keys, labels: RowLabels) -> Rows:
    """Decide what each row is. Only rows without a key can be sections or totals."""
    size = len(keys.labels)
    has_key = np.asarray(keys.pseudonyms != np.array(None))
    filled = np.asarray(keys.labels != np.array(None)) | has_key | keys.broken | keys.partial
    repeats = np.zeros(size, dtype=int)
    for column in columns.values():
        filled |= column.filled
        repeats += (column.codes == column.header_code) & (column.header_code >= 0)
    kinds = np.where(filled, np.where(has_key, RowKind.WOMAN, RowKind.NO_KEY), RowKind.BLANK).astype(np.int8)
    kinds[repeats >= _REPEATED] = RowKind.HEADER
    rows = Rows(kinds, np.full(size, None, dtype=object), np.full(size, None, dtype=object))
    _label(rows, columns, keys, labels)
    return rows


def _label(rows: Rows, columns: Mapping[str, Column], keys: Keys, labels: RowLabels) -> None:
    """Find sections and totals among the rows without a key, and carry each section down to the next."""
    starts: list[tuple[int, str | None, str | None]] = []
    for index in map(int, np.flatnonzero(rows.are(RowKind.NO_KEY) & ~keys.partial)):
        texts = {field: column.cells[index] for field, column in columns.items() if not is_blank(column.cells[index])}
        if keys.labels[index] is not None:
            texts["key"] = keys.labels[index]
        if any(isinstance(cell, str) and labels.is_total(cell) for cell in texts.values()):
            rows.kinds[index] = RowKind.TOTAL
        elif not keys.broken[index] and (section := _section(texts, labels)) is not None:
            rows.kinds[index] = RowKind.SECTION
            starts.append((index, *section))
    for index, cohort, track in starts:
        if cohort is not None:
            rows.cohorts[index:] = cohort
        if track is not None:
            rows.tracks[index:] = track


def _section(cells: Mapping[str, Cell], labels: RowLabels) -> tuple[str | None, str | None] | None:
    """(cohort, track) of a row in which a single text stands, if it names one; None for other rows."""
    texts = {cell for cell in cells.values() if isinstance(cell, str)}
    if len(texts) != 1 or len(texts) != len(set(cells.values())):
        return None
    text = texts.pop()
    cohort, track = labels.cohort(text), labels.track(text)
    if cohort is None and set(cells) == {"cohort"}:
        cohort = new_cohort(text)
    return None if cohort is None and track is None else (cohort, track)
