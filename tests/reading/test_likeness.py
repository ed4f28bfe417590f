"""Likeness of headers: symmetric in word order, deaf to articles, strict about the words that turn a meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reading.likeness import LIKE, Likeness, looks_personal

KNOWN = {
    "date d'embauche": "first_work_date",
    "date de fin de formation": "completion_date",
    "date de debut de formation": "start_date",
    "suivi 3 mois": "check_3",
    "suivi 6 mois": "check_6",
    "تاريخ الالتحاق بالتكوين": "start_date",
    "id": "key",
}
LIKENESS = Likeness(KNOWN)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("embauche (date)", "first_work_date"),  # any order
        ("Date de l'embauche", "first_work_date"),  # small words do not count
        ("Date d’embauche effective", "first_work_date"),  # all its words and one more
        ("تاريخ التحاق بالتكوين", "start_date"),  # with or without article
        ("Date de fin de formtion", "completion_date"),  # a typing error
        ("Suivi des 6 mois", "check_6"),
    ],
)
def test_alike(header: str, field: str) -> None:
    found = LIKENESS.field(header)
    assert found is not None
    assert found[0] == field
    assert LIKE <= found[1] <= 100


@pytest.mark.parametrize(
    "header",
    [
        "Date de formation",  # begins or ends?
        "Suivi 9 mois",  # another number
        "Date prévue de fin de formation",  # planned is not done
        "Date d'embauche du mari",  # somebody else's
        "IDs",  # too short to be compared
        "",
        "—",
    ],
)
def test_not_alike(header: str) -> None:
    assert LIKENESS.field(header) is None


def test_one_word_alone_has_to_be_nearly_the_same() -> None:
    alone = Likeness({"selection": "selection_date", "filiere": "track"})
    assert alone.field("Section") is None
    assert alone.field("Filère") is not None


@pytest.mark.parametrize(
    ("header", "field"),
    [("Matr.", "key"), ("matric. ", "key"), ("Certif.", "certificate"), ("Matr", None), ("Mat.", None)],
)
def test_an_abbreviation_says_so_with_a_full_stop(header: str, field: str | None) -> None:
    known = {"matricule": "key", "certificat": "certificate", "certifiee": "certificate", "matricule cnss": "wage"}
    found = Likeness(known).field(header)
    assert (found and found[0]) == field


def test_an_abbreviation_of_two_fields_is_a_guess() -> None:
    assert Likeness({"certificat": "certificate", "certifiee": "status"}).field("Certif.") is None


@pytest.mark.parametrize(
    "header", ["C.I.N", "Personne / C.I.N", "المعلومات الشخصية / ب.ت.و", "National ID", "Rmq", "Suivi / Téléphone"]
)
def test_what_sounds_personal(header: str) -> None:
    assert looks_personal(header)


@given(st.text(max_size=60))
def test_any_header_gets_an_answer(header: str) -> None:
    found = LIKENESS.field(header)
    assert found is None or (found[0] in KNOWN.values() and not looks_personal(header))


@pytest.mark.parametrize("header", ["Promotion", "الشعبة", "Satisfaction", "Statut", "Certificat", "Contrat", "السن"])
def test_headers_of_the_programme_do_not_sound_personal(header: str) -> None:
    assert not looks_personal(header)
