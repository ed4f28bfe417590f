"""Two spellings of the same words meet in one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reading.text_key import _any_key, text_key


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (("نعم", "ﻧﻌﻢ", "نعـــم", "نَعَمْ", " نعم\u200f "), "نعم"),
        (("أوائل", "اوائل", "إوائل", "ٱوايل"), "اوايل"),
        (("مدمجة", "مُدمجه", "مدمجة."), "مدمجه"),
        (("مستشفى", "مستشفي", "مستشفی"), "مستشفي"),
        (("كريم", "کريم", "گريم", "ڭريم"), "كريم"),
        (("Début  de\u00a0formation", "DEBUT DE FORMATION", "début\nde formation :"), "debut de formation"),
        (("l’été", "l'ete", "L‘ÉTÉ"), "l'ete"),
        (("٢٠/١١/٢٠٢٤", "۲۰/۱۱/۲۰۲۴", "20\u200f/11\u200f/2024"), "20/11/2024"),
        (("N°", "n°", " N° :"), "n°"),
        (("☑", "☑\ufe0f"), "☑"),
        (("-", "/", "—", "...", "؟", "", " \u200f\n"), ""),
    ],
)
def test_spellings_share_a_key(spellings: tuple[str, ...], key: str) -> None:
    assert {text_key(spelling) for spelling in spellings} == {key}


def test_different_words_keep_different_keys() -> None:
    assert len({text_key(word) for word in ("نعم", "لا", "oui", "non", "✓", "✗", "50%", "50")}) == 8


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert text_key(text_key(text)) == text_key(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=20))
def test_invisible_marks_and_spaces_around_change_nothing(text: str) -> None:
    assert text_key(f"\u200f {text}\u00a0\u200e") == text_key(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=40))
def test_the_short_way_of_plain_texts_gives_the_same_keys(text: str) -> None:
    assert text_key(text) == _any_key(text)
