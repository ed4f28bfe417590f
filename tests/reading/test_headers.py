"""Headers are found whatever staff call them, and never by guessing."""

from pathlib import Path

import pytest
from raw_rosters import PROGRAMME

from dashboard.programme import Programme, load_programme
from dashboard.reading.headers import join_header, known_headers, match_header
from dashboard.reading.text_key import text_key

# Every header of the field reference (5.1) that is to be read, by field; the others of 5.1 are personal or not needed.
REFERENCE = {
    "birth_date": ["تاريخ الازدياد", "تاريخ الميلاد", "Date de naissance", "Né(e) le"],
    "age": ["السن", "Âge"],
    "district": ["المقاطعة", "العمالة", "الحي", "Arrondissement", "Préfecture", "Quartier"],
    "education": ["المستوى الدراسي", "Niveau scolaire"],
    "vulnerability": [
        "الحالة العائلية",
        "الوضعية الاجتماعية",
        "معيار الهشاشة",
        "Situation familiale",
        "Critère de vulnérabilité",
    ],
    "cohort": ["الفوج", "الدفعة", "Promotion", "Groupe"],
    "track": ["الشعبة", "المسلك", "التخصص", "Filière", "Spécialité"],
    "enrol_date": ["تاريخ التسجيل", "Date d'inscription", "Date d’inscription"],
    "start_date": ["تاريخ بداية التكوين", "تاريخ الالتحاق", "Début de formation"],
    "completion_date": ["تاريخ نهاية التكوين", "تاريخ إتمام التكوين", "Fin de formation", "Date de fin"],
    "certificate": ["الشهادة", "حصلت على الشهادة", "Certificat", "Attestation", "Certifiée"],
    "certificate_date": ["تاريخ تسليم الشهادة"],
    "status": ["الحالة", "الوضعية الحالية", "Statut", "Situation actuelle"],
    "first_work_date": ["تاريخ الإدماج", "تاريخ بداية العمل", "Date d'insertion", "Date d'embauche"],
    "work_kind": ["نوع العقد", "Type de contrat"],
    "wage": ["الأجر", "الأجرة الشهرية", "Salaire", "Net/Brut"],
    "check_3": ["تتبع 3 أشهر", "Suivi 3 mois"],
    "check_6": ["6 أشهر"],
    "check_12": ["12 شهر"],
    "last_contact": ["آخر اتصال", "Dernier contact"],
    "pre_score": ["قبلي", "تقييم قبلي", "Pré-test"],
    "post_score": ["بعدي", "Post-test"],
}
PERSONAL = [
    "الاسم الكامل", "الإسم و النسب", "الاسم العائلي", "الاسم الشخصي", "Nom et prénom", "Nom complet",
    "رقم البطاقة الوطنية", "ر.ب.و", "ب.ت.و", "CIN", "CNIE", "N° CIN", "الهاتف", "رقم الهاتف", "واتساب", "Tél", "GSM",
    "Téléphone", "العنوان", "Adresse", "المشغل", "المؤسسة", "Employeur", "ملاحظات", "Observations", "Remarques",
    "ر.ت", "الرقم الترتيبي", "N°", "N° d'ordre",
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Programme:
    return load_programme(Path(__file__).parents[2] / "programme.toml")


@pytest.mark.parametrize(("field", "header"), [(field, header) for field, all_ in REFERENCE.items() for header in all_])
def test_the_shipped_programme_knows_the_headers_of_the_reference(shipped: Programme, field: str, header: str) -> None:
    assert match_header([header], shipped).fields == {field: 0}


@pytest.mark.parametrize("header", PERSONAL)
def test_the_shipped_programme_maps_no_personal_header(shipped: Programme, header: str) -> None:
    assert match_header([header], shipped).unknown == (header,)


def test_no_header_of_the_shipped_programme_stands_under_two_fields(shipped: Programme) -> None:
    owners: dict[str, set[str]] = {}
    for field, synonyms in shipped.sheet.headers.items():
        for synonym in (field, *synonyms):
            owners.setdefault(text_key(synonym), set()).add(field)
    assert {key: fields for key, fields in owners.items() if len(fields) > 1} == {}


@pytest.mark.parametrize(
    "header",
    [
        "Salaire",
        "SALAIRE",
        "Salaire (DH)",
        "Salaire [net]",
        "Salaire DH",
        "Salaire en DH",
        "salaire :",
        "الأجر بالدرهم",
        "wage",
        "Salaire*",
    ],
)
def test_units_and_parentheses_behind_a_header_do_not_matter(header: str) -> None:
    assert match_header([header], PROGRAMME).fields == {"wage": 0}


@pytest.mark.parametrize("header", ["Salaires", "Salaire du mari", "Code postal", "", None, 3.0])
def test_what_is_not_a_synonym_is_not_guessed(header: str | float | None) -> None:
    match = match_header([header], PROGRAMME)
    assert match.fields == {}
    assert match.unknown == ((str(header),) if header else ())


def test_two_headers_for_one_field_clash_and_the_first_is_kept() -> None:
    match = match_header(["Code", "Salaire", "Salaire (net)", "wage"], PROGRAMME)
    assert match.fields == {"key": 0, "wage": 1}
    assert match.clashes == (("wage", 1, 2), ("wage", 1, 3))


def test_three_known_headers_are_not_yet_a_header() -> None:
    assert not match_header(["Code", "Salaire", "Promotion"], PROGRAMME).is_header
    assert match_header(["Code", "Salaire", "Promotion", "Filière"], PROGRAMME).is_header


def test_a_group_ends_where_the_next_begins_and_spans_only_named_columns() -> None:
    match = join_header(["Suivi", None, None, "Code"], ["3 mois", "6 mois", None, None], PROGRAMME)
    assert match.fields == {"check_3": 0, "check_6": 1, "key": 3}


def test_the_name_below_decides_where_the_group_says_nothing() -> None:
    assert join_header(["Divers", None], ["Salaire", "Autre"], PROGRAMME).fields == {"wage": 0}


def test_every_known_header_leads_to_a_field_id() -> None:
    known = known_headers(PROGRAMME)
    assert known["الرمز"] == "key"
    assert known["first_work_date"] == "first_work_date"
