"""Word cells: yes and no, statuses, categories, criteria. Every reader maps one distinct cell to a Reading."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dashboard.programme import Category, Programme
from dashboard.reading.cells import Reading, cell_text, rejected, typing_codes, unusable
from dashboard.reading.dates import date_reader
from dashboard.reading.lexicon import (
    LOOKING,
    Lexicon,
    category_lexicon,
    category_words,
    district_lexicon,
    outcome_lexicon,
    split_parts,
    word_lexicon,
)
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell

Reader = Callable[[Cell], Reading]

UNMAPPED = "unmapped"  # a status no synonym knows

# Marks that mean the same in every programme (No. 22); words are in programme.toml.
_YES_MARKS = ("x", "✓", "✔", "☑", "✅", "1", "true", "vrai")
_NO_MARKS = ("✗", "✘", "❌", "0", "false", "faux")
_AND = re.compile(r"\s+(?:et|and|و)\s+|\s+(?=و\w)")
_PLACE_WORDS = re.compile(
    r"^(?:عماله|مقاطعه|حي|arrondissement|prefecture|quartier|hay)(?: (?:de|d'|du|des|مقاطعات))? ?"
    r"|(?:الدار البيضاء|casablanca|casa)$"
)


def _answered(lexicon: Lexicon, text: str, value: str) -> Reading:
    """A known word, with how it was written."""
    typed = typing_codes(text)
    variant = ("letter_variants",) if not typed and lexicon.is_variant(text) else ()
    return Reading(value, (*typed, *variant))


def _text_reader(read: Callable[[str], Reading]) -> Reader:
    """A reader of the cell's text that leaves blanks and broken formulas to the common rule."""

    def reader(cell: Cell) -> Reading:
        reading = unusable(cell)
        return read(cell_text(cell)) if reading is None else reading

    return reader


def category_reader(categories: tuple[Category, ...], unknown: str = "category_unknown") -> Reader:
    """One category of a list; an unknown one is missing and warned about, never dropped in silence (No. 32)."""
    lexicon = category_lexicon(categories)

    def read(text: str) -> Reading:
        found = lexicon.search(text)
        return Reading(codes=(unknown,)) if found is None else _answered(lexicon, text, found)

    return _text_reader(read)


def district_reader(programme: Programme) -> Reader:
    """A quarter, arrondissement or prefecture -> id of the prefecture."""
    lexicon = district_lexicon(programme.prefectures)

    def read(text: str) -> Reading:
        found = lexicon.search(text) or lexicon.search(_PLACE_WORDS.sub("", text_key(text)))
        return Reading(codes=("district_unknown",)) if found is None else _answered(lexicon, text, found)

    return _text_reader(read)


def criteria_reader(programme: Programme) -> Reader:
    """Several categories in a cell -> ids, sorted, joined by "|". Unknown ones are warned about, the known kept."""
    lexicon = category_lexicon(programme.vulnerability)
    lexicon.add("", programme.sheet.no)

    def read(text: str) -> Reading:
        whole = lexicon.find(text)
        parts = [] if whole is not None else split_parts(text)
        found = [one for part in parts for one in _criteria(part, lexicon)] if whole is None else [whole]
        known = sorted({one for one in found if one})
        unknown = ("criterion_unknown",) if None in found else ()
        return Reading("|".join(known) or None, (*unknown, *typing_codes(text)))

    return _text_reader(read)


def _criteria(part: str, lexicon: Lexicon) -> list[str | None]:
    """The criteria of a part. It is split at an "and" only if every piece is known: و begins many words."""
    whole = lexicon.find(part)
    if whole is not None:
        return [whole]
    words = text_key(part)
    pieces = [lexicon.find(piece) or lexicon.find(piece.removeprefix("و")) for piece in _AND.split(words)]
    return [None] if None in pieces else list(pieces)


def check_reader(programme: Programme) -> Reader:
    """Still at work at a follow-up date -> "same_employer", "working" or "not_working"; pending says nothing yet."""
    sheet = programme.sheet
    lexicon = word_lexicon(
        same_employer=("same_employer", *sheet.same_employer),
        working=("working", *sheet.yes, *_YES_MARKS),
        not_working=("not_working", *sheet.no, *_NO_MARKS),
        pending=sheet.pending,
    )
    lexicon.add("working", outcome_lexicon(programme).spelled)
    for status in programme.statuses:
        if status.now == LOOKING:
            lexicon.add("not_working", category_words(status))
    return _text_reader(lambda text: _checked(lexicon, text))


def _checked(lexicon: Lexicon, text: str) -> Reading:
    if lexicon.answers(text) == {"working", "same_employer"}:  # "oui (même employeur)"
        return _answered(lexicon, text, "same_employer")
    reading = _answer(lexicon, text, "check_unknown")
    return replace(reading, value=None, codes=("check_pending",)) if reading.value == "pending" else reading


def _answer(lexicon: Lexicon, text: str, unknown: str = "word_unknown") -> Reading:
    """An answer is one word; a remark in parentheses is left out with a warning, anything else beside it refuses it."""
    answers = lexicon.answers(text)
    if len(answers) == 1 and (only := next(iter(answers))) is not None:
        return _answered(lexicon, text, only)
    found = lexicon.before_remark(text)
    return rejected(unknown) if found is None else Reading(found, ("text_beside_word", *typing_codes(text)))


def work_kind_reader(programme: Programme) -> Reader:
    """Salaried job or own business."""
    lexicon = outcome_lexicon(programme)
    return _text_reader(lambda text: _answer(lexicon, text, "kind_unknown"))


def certificate_reader(programme: Programme, today: date) -> Reader:
    """Yes, no, pending, or the day it was handed over, which means yes."""
    sheet = programme.sheet
    yes, no = ("yes", *sheet.yes, *_YES_MARKS), ("no", *sheet.no, *_NO_MARKS)
    lexicon = word_lexicon(yes=yes, no=no, pending=("pending", *sheet.pending))
    read_date = date_reader("certificate_date", programme, today)

    def read(cell: Cell) -> Reading:
        reading = unusable(cell)
        if reading is not None:
            return reading
        answer = _answer(lexicon, cell_text(cell))
        return _dated_certificate(read_date(cell)) if answer.rejected else answer

    return read


def _dated_certificate(day: Reading) -> Reading:
    if day.value is None:
        unread = "date_unreadable" in day.codes
        return rejected("word_unknown") if unread else Reading(codes=day.codes)
    return Reading("yes", (*day.codes, "certificate_dated"), aside=int(day.value))


def status_reader(programme: Programme, today: date) -> Reader:
    """A status; one with a date beside it gives both (No. 24); an unknown one is "unmapped" (No. 23)."""
    lexicon = category_lexicon(programme.statuses)
    working = {status.id for status in programme.statuses if status.kind is not None}
    read_date = date_reader("first_work_date", programme, today)

    def read(text: str) -> Reading:
        found = lexicon.find(text)
        if found is not None:
            return _answered(lexicon, text, found)
        found = lexicon.find(_leading_words(text))
        if found is None:
            return Reading(UNMAPPED, ("status_unmapped",))
        day = read_date(text).value if found in working else None
        return Reading(found, ("status_two_facts",), aside=None if day is None else int(day))

    return _text_reader(read)


_FACTS = re.compile(r"\s[-–—]\s|[,;:/(\[\n،؛|]|\d|[-–—](?=\s)|\s[-–—]")


def _leading_words(text: str) -> str:
    """What stands before the first separator or digit: «مدمجة - روض النور 3/5/2025» -> «مدمجة»."""
    return _FACTS.split(text, maxsplit=1)[0]


def cohort_reader(programme: Programme) -> Reader:
    """A cohort of the programme, or a new one whose id is its text key."""
    lexicon = category_lexicon(programme.cohorts)

    def read(text: str) -> Reading:
        found = lexicon.search(text)
        if found is not None:
            return _answered(lexicon, text, found)
        return Reading(new_cohort(text), ("cohort_unknown",))

    return _text_reader(read)


def new_cohort(text: str) -> str:
    """The id of a cohort the programme does not know; free of the signs that separate ids."""
    return " ".join(re.sub(r"[,|]", " ", text_key(text)).split())
