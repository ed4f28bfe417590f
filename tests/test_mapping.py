"""A proposal from headers alone: what is known, what is similar, what is personal; then gaps and clashes."""

from pathlib import Path

import pytest

from dashboard.mapping import (
    Clash,
    Column,
    Confidence,
    Edit,
    Gap,
    SeenHeader,
    SeenSheet,
    clashes,
    gaps,
    likely_sheets,
    propose,
    proposed_edit,
)
from dashboard.programme import Programme, load_programme
from dashboard.reading.headers import join_header, match_header, name_columns

PROGRAMME = load_programme(Path(__file__).parent.parent / "programme.toml")


def never(*headers: str) -> Programme:
    """The programme with headers that must not be read."""
    return PROGRAMME.model_copy(update={"sheet": PROGRAMME.sheet.model_copy(update={"never": headers})})


def seen(*headers: str, title: str = "S", programme: Programme = PROGRAMME) -> SeenSheet:
    """A worksheet with these headers in row 1, understood as reading would understand them."""
    named = name_columns([headers], programme)
    return SeenSheet(title, 1, tuple(SeenHeader(chr(65 + n), name, field) for n, (name, field) in enumerate(named)))


def proposed(*headers: str, programme: Programme = PROGRAMME) -> dict[str, tuple[str | None, Confidence | None]]:
    columns = propose([seen(*headers, programme=programme)], programme)
    return {column.header: (column.field, column.confidence) for column in columns}


@pytest.mark.parametrize(
    ("header", "field", "confidence"),
    [
        ("الرمز", "key", Confidence.EXACT),
        ("Promotion", "cohort", Confidence.EXACT),
        ("first_work_date", "first_work_date", Confidence.EXACT),
        ("PROMOTION ", "cohort", Confidence.SYNONYM),
        ("الرّمــز", "key", Confidence.SYNONYM),
        ("Salaire mensuel (net)", "wage", Confidence.SYNONYM),
        ("Date d'embauche effective", "first_work_date", Confidence.FUZZY),
        ("Filère", "track", Confidence.FUZZY),
        ("تاريخ الانتهاء من التكوين", "completion_date", Confidence.FUZZY),
        ("Suivi à 6 mois environ", "check_6", Confidence.FUZZY),
        ("Employeur", None, None),
        ("Chaussures", None, None),
    ],
)
def test_a_header_is_proposed_with_how_it_was_understood(
    header: str, field: str | None, confidence: Confidence | None
) -> None:
    assert proposed(header) == {header.strip(): (field, confidence)}


@pytest.mark.parametrize(
    "header",
    [
        "Nom de la filière", "Prénom", "الاسم الكامل", "الإسم والنسب", "N° CIN", "ر.ب.و", "رقم البطاقة الوطنية",
        "Tél.", "GSM 2", "رقم الهاتف", "واتساب", "Adresse", "العنوان", "E-mail", "البريد الإلكتروني",
        "Observations", "ملاحظات المؤطرة", "Notes", "Full name", "Phone number", "Comments",
        "Date d'embauche du mari", "المستوى الدراسي للأم", "الحالة الصحية", "Code CIN", "Statut de santé",
    ],
)  # fmt: skip
def test_a_header_that_sounds_personal_is_never_proposed_by_likeness(header: str) -> None:
    (column,) = propose([seen(header)], PROGRAMME)
    assert (column.field, column.confidence, column.personal) == (None, None, True)


def test_what_the_programme_lists_is_proposed_even_where_it_sounds_personal() -> None:
    assert proposed("Note de satisfaction") == {"Note de satisfaction": ("satisfaction", Confidence.EXACT)}


@pytest.mark.parametrize(
    ("header", "not_field"),
    [
        ("Date de fin de stage", "internship_start"),
        ("Suivi 9 mois", "check_3"),
        ("Groupe sanguin", "cohort"),
        ("Fin de formation prévisionnelle", "completion_date"),
        ("Date de formation", "start_date"),
    ],
)
def test_a_word_that_matters_keeps_two_headers_apart(header: str, not_field: str) -> None:
    assert proposed(header)[header][0] != not_field


def test_a_similar_header_does_not_take_the_field_of_a_known_one() -> None:
    found = proposed("Date d'embauche", "Date d'embauche effective")
    assert found["Date d'embauche"][0] == "first_work_date"
    assert found["Date d'embauche effective"] == (None, None)


def test_of_two_similar_headers_the_nearer_one_is_proposed_and_in_a_draw_neither() -> None:
    assert proposed("Spécialitée", "Spécialitéee") == {
        "Spécialitée": ("track", Confidence.FUZZY),
        "Spécialitéee": (None, None),
    }
    drawn = proposed("Date d'embauche x", "Date d'embauche y")
    assert {field for field, _ in drawn.values()} == {None}


def test_a_header_listed_as_never_is_neither_known_nor_proposed() -> None:
    programme = never("الأجرة", "Filère", "Salaire")
    found = proposed("الأُجرة", "Filère", "Salaire", "Code", programme=programme)
    assert found == {
        "الأُجرة": (None, None),
        "Filère": (None, None),
        "Salaire": (None, None),
        "Code": ("key", Confidence.EXACT),
    }


def test_reading_never_matches_a_header_listed_as_never() -> None:
    programme = never("Salaire", "Suivi / 6 mois", "Suivi 3 mois")
    assert match_header(["Salaire", "Code"], programme).fields == {"key": 1}
    assert match_header(["Salaire", "Code"], programme).unknown == ("Salaire",)
    joined = join_header(["Suivi", None, "Code"], ["3 mois", "6 mois", None], programme)
    assert joined.fields == {"key": 2}


def test_a_header_of_several_worksheets_is_one_column_with_all_its_places() -> None:
    columns = propose([seen("Code", "Nom", title="G1"), seen("Nom", "Code", title="G2")], PROGRAMME)
    assert columns == (
        Column("Code", (("G1", "A"), ("G2", "B")), "key", Confidence.EXACT),
        Column("Nom", (("G1", "B"), ("G2", "A")), personal=True),
    )


def test_an_unmapped_column_is_personal_unless_someone_says_otherwise() -> None:
    edit = proposed_edit(propose([seen("Code", "Chaussures")], PROGRAMME), ["S"])
    assert edit == Edit(("S",), {"Code": "key", "Chaussures": None})


def test_gaps_name_the_worksheet_and_the_required_field() -> None:
    sheets = [seen("Code", "Début", "Fin", "Travail", title="G1"), seen("Code", "Début", title="G2")]
    fields = {"Code": "key", "Début": "start_date", "Fin": "completion_date", "Travail": "first_work_date"}
    edit = Edit(("G1", "G2"), fields)
    assert gaps(edit, sheets) == (Gap("G2", "completion_date"), Gap("G2", "first_work_date"))


def test_two_columns_of_a_worksheet_clash_but_not_columns_of_two_worksheets() -> None:
    edit = Edit(("G1", "G2"), {"Code": "key", "Matricule": "key", "Nom": None, "Rue": None})
    sheets = [seen("Code", "Nom", "Rue", title="G1"), seen("Nom", "Matricule", "Code", title="G2")]
    assert clashes(edit, sheets) == (Clash("G2", "key", ("B", "C")),)
    assert clashes(edit, sheets[:1]) == ()


@pytest.mark.parametrize(
    ("by_name", "chosen"),
    [
        (["Promo 1", "Promo 2"], ("Promo 1", "Promo 2")),
        (["Notes"], ("Promo 2",)),
    ],
)
def test_the_worksheets_named_by_the_programme_are_kept_unless_they_hold_no_roster(
    by_name: list[str], chosen: tuple[str, ...]
) -> None:
    sheets = [
        SeenSheet("Notes", None),
        seen("Code", "Promotion", title="Promo 1"),
        seen("Code", "Promotion", "Filière", title="Promo 2"),
    ]
    assert likely_sheets(sheets, by_name, PROGRAMME) == chosen


def test_where_nothing_is_known_it_is_the_worksheet_with_most_headers() -> None:
    sheets = [SeenSheet("Notes", None), seen("aa", title="A"), seen("bb", "cc", title="B")]
    assert likely_sheets(sheets, ["Notes"], PROGRAMME) == ("B",)
    assert likely_sheets(sheets[:1], ["Notes"], PROGRAMME) == ()
