"""Keys are scrambled with a secret; words that name no one stay readable."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_rosters import PROGRAMME
from rosters import SECRET

from connectors.pseudonyms import LENGTH, Pseudonyms
from dashboard.programme import Programme
from dashboard.roster import Cell


def test_a_pseudonym_is_the_keyed_hash_of_programme_and_code(programme: Programme) -> None:
    expected = hmac.new(SECRET, b"eclat\0p-014", hashlib.sha256).hexdigest()[:LENGTH]
    assert Pseudonyms(SECRET, programme).of("P-014") == expected


@pytest.mark.parametrize("spelling", ["p-014", " P-014\u200f", "P\u2013014", "\u0050-٠١٤"])
def test_spellings_of_a_code_are_one_woman(programme: Programme, spelling: str) -> None:
    pseudonyms = Pseudonyms(SECRET, programme)
    assert pseudonyms.of(spelling) == pseudonyms.of("P-014")


def test_numbers_are_the_same_from_any_source_and_look_alikes_differ(programme: Programme) -> None:
    pseudonyms = Pseudonyms(SECRET, programme)
    assert pseudonyms.of(12) == pseudonyms.of(12.0) == pseudonyms.of("12")
    assert pseudonyms.of("AB0") != pseudonyms.of("ABO")


def test_another_secret_or_programme_gives_other_pseudonyms(programme: Programme) -> None:
    other = programme.model_copy(update={"id": "other"})
    made = {Pseudonyms(secret, of).of("P-014") for secret in (SECRET, SECRET + b"!") for of in (programme, other)}
    assert len(made) == 4


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (None, None), ("", None), (" - ", None), ("#N/A", "#N/A"), ("#NOM?", "#NOM?"), (" #valeur!", "#valeur!"),
        ("#N/D", "#N/D"), ("Chargement...", "Chargement..."), ("المجموع", "المجموع"), ("Total : 45", "Total"),
        ("الفوج الثاني", "الفوج الثاني"), ("PROMOTION 2", "Promotion 2"), ("الرّمز", "الرمز"),
    ],
)  # fmt: skip
def test_blanks_errors_totals_and_sections_stay_what_they_are(
    programme: Programme, cell: str | None, kept: str | None
) -> None:
    assert Pseudonyms(SECRET, programme).of(cell) == kept


@pytest.mark.parametrize("cell", ["1", 2, "Total P-014", "مجموعة الأمل"])
def test_everything_else_is_scrambled(programme: Programme, cell: str | int) -> None:
    made = Pseudonyms(SECRET, programme).of(cell)
    assert isinstance(made, str)
    assert len(made) == LENGTH
    assert set(made) <= set("0123456789abcdef")


def test_a_short_secret_is_refused(programme: Programme) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Pseudonyms(b"short", programme)


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9),
    st.sampled_from(["#N/A", " #valeur!", "Total : 45", "PROMOTION 2", "1", "12.0", "-", "الرّمز", "P 014"]),
)  # fmt: skip


@given(CELLS)
def test_the_short_way_of_a_key_of_one_part_gives_the_same(cell: Cell) -> None:
    pseudonyms = Pseudonyms(SECRET, PROGRAMME)
    assert pseudonyms.of(cell) == pseudonyms._together([cell])
