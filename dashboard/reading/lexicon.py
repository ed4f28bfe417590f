"""Words staff type -> ids of the programme, by text key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from dashboard.programme import Category, Prefecture, Programme
from dashboard.reading.text_key import text_key

# Words of the programme are few and nobody's secret, so their keys may be kept; those of cells never are (text_key).
_word_key = lru_cache(maxsize=8192)(text_key)

LOOKING = "followup"  # the stock of women who are not at work and with whom staff are in touch

_PARTS = re.compile(r"\s*[,;/+|:()\[\]\n\r،؛&]\s*|\s+[-–—]\s+")
_PARENTHESIS = re.compile(r"\s*[(\[].*$", re.DOTALL)


@dataclass(slots=True)
class Lexicon:
    """Spellings and the id each stands for."""

    ids: dict[str, str] = field(default_factory=dict)  # text key -> id
    spelled: set[str] = field(default_factory=set)  # the spellings as the programme writes them

    def add(self, identifier: str, spellings: Iterable[str]) -> None:
        """Let spellings stand for an id; the first id to claim a spelling keeps it."""
        for spelling in spellings:
            key = _word_key(spelling)
            if key:
                self.ids.setdefault(key, identifier)
                self.spelled.add(spelling.casefold())

    def find(self, text: str) -> str | None:
        """The id of a text taken as a whole."""
        return self.ids.get(text_key(text))

    def search(self, text: str) -> str | None:
        """The id of a text as a whole, else without what is in parentheses, else the only one its parts name."""
        found = self.find(text) or self.before_remark(text)
        if found is not None:
            return found
        named = {self.find(part) for part in split_parts(text)} - {None}
        return named.pop() if len(named) == 1 else None

    def answers(self, text: str) -> set[str | None]:
        """The id of the whole answer, else the ids of all its parts, None among them for an unknown part."""
        whole = self.find(text)
        return {whole} if whole is not None else {self.find(part) for part in split_parts(text)}

    def before_remark(self, text: str) -> str | None:
        """The id of an answer with a remark in parentheses behind it."""
        return self.find(_PARENTHESIS.sub("", text))

    def is_variant(self, text: str) -> bool:
        """Whether a known text is written unlike every spelling of the programme (No. 9)."""
        return " ".join(text.split()).casefold() not in self.spelled


def split_parts(text: str) -> list[str]:
    """The parts of a cell between separators that cannot belong to a word."""
    return [part for part in _PARTS.split(text) if text_key(part)]


def category_lexicon(categories: Iterable[Category]) -> Lexicon:
    """Ids, names in three languages and synonyms of categories."""
    lexicon = Lexicon()
    for category in categories:
        lexicon.add(category.id, category_words(category))
    return lexicon


def word_lexicon(**words: Iterable[str]) -> Lexicon:
    """Lists of words, each under its id."""
    lexicon = Lexicon()
    for identifier, spellings in words.items():
        lexicon.add(identifier, spellings)
    return lexicon


def district_lexicon(prefectures: Iterable[Prefecture]) -> Lexicon:
    """Every prefecture, arrondissement and quarter -> id of its prefecture. Prefectures win where names coincide."""
    lexicon = Lexicon()
    prefectures = tuple(prefectures)
    for prefecture in prefectures:
        lexicon.add(prefecture.id, category_words(prefecture))
    for prefecture in prefectures:
        for district in prefecture.districts:
            lexicon.add(prefecture.id, category_words(district))
    return lexicon


def outcome_lexicon(programme: Programme) -> Lexicon:
    """Words for the two kinds of work -> "salaried" or "own_business"."""
    sheet = programme.sheet
    lexicon = word_lexicon(salaried=sheet.salaried, own_business=sheet.own_business)
    for status in programme.statuses:
        if status.kind is not None and status.now != LOOKING:
            lexicon.add(status.kind, category_words(status))
    lexicon.add("salaried", ("salaried",))
    lexicon.add("own_business", ("own_business",))
    return lexicon


def category_words(category: Category) -> tuple[str, ...]:
    """Everything that stands for a category: its id, its names, its synonyms."""
    name = category.name
    return (category.id, name.ar, name.fr, name.en, *category.synonyms)
