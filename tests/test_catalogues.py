"""The three languages say the same things: same keys, same places to fill, same number of forms, no key twice."""

import ast
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from dashboard.programme import LANGUAGES
from dashboard.text import CATALOGUES, LOCALES

ROOT = Path(__file__).resolve().parent.parent
AREAS = sorted({path.stem for path in CATALOGUES.glob("*/*.po")})
FORMS = {"ar": 6, "fr": 2, "en": 2}


def catalogue(lang: str, area: str) -> Catalog:
    with (CATALOGUES / lang / f"{area}.po").open("rb") as file:
        return read_po(file, locale=LOCALES[lang])  # type: ignore[index]


def messages(lang: str, area: str) -> dict[str, Message]:
    return {_key(message): message for message in catalogue(lang, area) if message.id}


def _key(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


def _sentences(message: Message) -> list[str]:
    return [str(form) for form in message.string or ()] if message.pluralizable else [str(message.string)]


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_the_same_keys_in_every_language(area: str) -> None:
    keys = {lang: set(messages(lang, area)) for lang in LANGUAGES}
    assert keys["fr"] == keys["ar"]
    assert keys["en"] == keys["ar"]


@pytest.mark.parametrize("area", AREAS)
def test_every_language_fills_the_same_places(area: str) -> None:
    for key, message in messages("en", area).items():
        wanted = set.union(*map(_places, _sentences(message))) - {"n"}
        for lang in ("ar", "fr"):
            found = set.union(*map(_places, _sentences(messages(lang, area)[key])))
            assert found - {"n"} == wanted, (lang, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_stands_in_two_files(lang: str) -> None:
    keys = Counter(key for area in AREAS for key in messages(lang, area))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_no_sentence_and_no_plural_form_is_missing(lang: str, area: str) -> None:
    assert catalogue(lang, area).num_plurals == FORMS[lang]
    for key, message in messages(lang, area).items():
        sentences = _sentences(message)
        assert all(sentences), key
        if message.pluralizable:
            assert len(sentences) == FORMS[lang], key
            assert message.id == (key, key), key


SPOKEN = re.compile(r"^[a-z_0-9]+(\.[a-z_0-9]+)+$")


def spoken_keys() -> dict[str, str]:
    """Every key written out in a call text("…") or text.plural("…") of the code, with the file that says it."""
    found: dict[str, str] = {}
    for package in ("dashboard", "layouts", "callbacks", "connectors"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _speaks(node.func) and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and SPOKEN.match(str(first.value)):
                        found[str(first.value)] = path.name
    return found


def _speaks(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "plural" or (function.attr == "text")
    return isinstance(function, ast.Name) and function.id in ("text", "words")


def test_every_key_the_code_says_is_in_the_catalogues() -> None:
    known = {key for area in AREAS for key in messages("ar", area)}
    spoken = spoken_keys()
    assert len(spoken) > 60
    assert {key: file for key, file in spoken.items() if key not in known} == {}


@pytest.mark.parametrize("area", AREAS)
def test_arabic_and_latin_script_are_not_mixed_up(area: str) -> None:
    """An Arabic sentence has Arabic letters, and no French or English one has."""
    arabic = re.compile("[\u0621-\u064a]")
    for lang in LANGUAGES:
        for key, message in messages(lang, area).items():
            for sentence in _sentences(message):
                words = re.sub(r"\{\w+\}", "", sentence)
                if re.search(r"[^\W\d_]{3,}", words):
                    assert bool(arabic.search(words)) == (lang == "ar"), (lang, key)
