"""The programme: what is refused, and that the shipped file says one thing with each word."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from dashboard.programme import LANGUAGES, Category, Programme, ProgrammeError, load_programme, parse_programme
from dashboard.reading.text_key import text_key
from dashboard.schema import FIELD, FIELDS

SHIPPED = Path(__file__).resolve().parent.parent / "programme.toml"


@pytest.fixture(scope="module")
def eclat() -> Programme:
    return load_programme(SHIPPED)


def changed(old: str, new: str) -> str:
    """The shipped programme with one passage changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_the_promise_is_135_women_in_three_years(eclat: Programme) -> None:
    assert eclat.targets.enrolled == 135
    assert [(mark.date, mark.enrolled) for mark in eclat.targets.milestones] == [
        (date(2025, 11, 19), 45),
        (date(2026, 11, 19), 90),
        (date(2027, 11, 19), 135),
    ]
    assert sum(cohort.target or 0 for cohort in eclat.cohorts) == 135


def test_the_names_are_those_of_the_press(eclat: Programme) -> None:
    assert eclat.name["ar"] == "إشعاع"
    assert eclat.name["fr"] == "ÉCLAT"
    assert (eclat.operator.fr, eclat.operator.ar) == ("Institution Tahar Sebti", "مؤسسة الطاهر السبتي")
    assert eclat.default_language == "ar"


def test_the_rules_are_those_of_the_field_reference(eclat: Programme) -> None:
    assert eclat.rules.window_days == 90
    assert eclat.rules.retention_days == {"retained_3": 90, "retained_6": 180, "retained_12": 365}
    assert eclat.reference.rate == 0.97
    assert eclat.age_bands == (18, 25, 35, 45)


def test_the_review_lists_whom_the_field_reference_names(eclat: Programme) -> None:
    assert (eclat.review.marks, eclat.review.contact_days, eclat.review.days_ahead) == ((60, 75, 90), 21, 7)
    limits = {stage.id: stage.alert_days for stage in (*eclat.stages, *eclat.now) if stage.alert_days}
    assert limits == {"contact": 14, "eligible": 21, "enrolled": 30, "certified": 60, "followup": 60,
                      "retained_3": 15, "retained_6": 15, "retained_12": 15}  # fmt: skip


def test_the_path_has_twelve_stages_and_every_dated_field_leads_to_one(eclat: Programme) -> None:
    path = [stage.id for stage in eclat.stages]
    assert path == [
        "contact", "eligible", "enrolled", "softskills", "training", "internship", "completed", "certified", "placed",
        "retained_3", "retained_6", "retained_12",
    ]  # fmt: skip
    assert {field.stage for field in FIELDS if field.stage} == set(path)
    assert not {stock.id for stock in eclat.now} & set(path)


def test_casablanca_has_eight_prefectures_and_sixteen_arrondissements(eclat: Programme) -> None:
    city = [prefecture for prefecture in eclat.prefectures if not prefecture.outside]
    assert len(city) == 8
    assert sum(len(prefecture.districts) for prefecture in city) == 16
    both = {prefecture.id for prefecture in city} & {part.id for prefecture in city for part in prefecture.districts}
    assert {"anfa", "moulay_rachid", "ben_msick", "sidi_bernoussi"} <= both


@pytest.mark.parametrize(
    ("typed", "prefecture"),
    [
        ("ليساسفة", "hay_hassani"),
        ("درب السلطان", "al_fida_mers_sultan"),
        ("الألفة", "hay_hassani"),
        ("الرحمة", "nouaceur"),
        ("بن امسيك", "ben_msick"),
        ("سيدي مومن", "sidi_bernoussi"),
        ("Sidi Othman", "moulay_rachid"),
        ("روش نوار", "ain_sebaa_hay_mohammadi"),
        ("Tit Mellil", "mediouna"),
    ],
)
def test_quarters_lead_to_their_prefecture(eclat: Programme, typed: str, prefecture: str) -> None:
    found = {
        place.id
        for place in eclat.prefectures
        for words in (spellings(place), *map(spellings, place.districts))
        if text_key(typed) in words
    }
    assert found == {prefecture}


@pytest.mark.parametrize(
    ("typed", "status", "now"),
    [
        ("خدامة", "placed", "placed"),
        ("travaille", "placed", "placed"),
        ("مدمجة", "placed", "placed"),
        ("inserée", "placed", "placed"),
        ("ربة بيت", "inactive", "followup"),
        ("ف انتظار", "waiting", "followup"),
        ("En stage", "internship", "internship"),
        ("مشروع خاص", "business", "business"),
        ("Injoignable", "lost", "lost"),
        ("منقطعة", "dropped", "dropped"),
        ("Désistement", "declined", "declined"),
        ("فقدت العمل", "job_lost", "followup"),
    ],
)
def test_statuses_as_staff_type_them(eclat: Programme, typed: str, status: str, now: str) -> None:
    found = [(one.id, one.now) for one in eclat.statuses if text_key(typed) in spellings(one)]
    assert found == [(status, now)]


def test_who_has_left_or_cannot_be_reached_is_not_in_touch(eclat: Programme) -> None:
    out_of_touch = {status.id for status in eclat.statuses if not status.active}
    assert out_of_touch == {"completed", "certified", "dropped", "lost", "declined", "deceased"}


def test_every_field_has_headers_in_arabic_and_in_latin_letters(eclat: Programme) -> None:
    assert set(eclat.sheet.headers) == set(FIELD)
    for field, headers in eclat.sheet.headers.items():
        assert any(header.isascii() or text_key(header).isascii() for header in headers), field
        assert any("\u0600" <= header[0] <= "\u06ff" for header in headers), field


@pytest.mark.parametrize(
    "personal",
    ["الاسم الكامل", "الإسم و النسب", "Nom et prénom", "Nom complet", "رقم البطاقة الوطنية", "ر.ب.و", "CIN", "CNIE",
     "N° CIN", "الهاتف", "واتساب", "Tél", "GSM", "Téléphone", "العنوان", "Adresse", "E-mail", "ملاحظات", "Observations",
     "Remarques", "RIB", "CNSS", "ر.ت", "N°", "N° d'ordre"],
)  # fmt: skip
def test_no_header_of_a_personal_column_is_mapped(eclat: Programme, personal: str) -> None:
    known = {text_key(header) for headers in eclat.sheet.headers.values() for header in headers}
    assert text_key(personal) not in known


def spellings(category: Category) -> set[str]:
    """The text keys of everything a category is called."""
    return {text_key(word) for word in (*(category.name[lang] for lang in LANGUAGES), *category.synonyms)}


def clashes(groups: Iterable[tuple[str, set[str]]]) -> list[tuple[str, str, str]]:
    """Spellings that stand for two things."""
    owner: dict[str, str] = {}
    found = []
    for name, keys in groups:
        found += [(key, owner[key], name) for key in sorted(keys) if owner.get(key, name) != name]
        owner |= dict.fromkeys(keys, name)
    return found


@pytest.mark.parametrize("area", ["cohorts", "tracks", "vulnerability", "education", "exit_reasons", "statuses"])
def test_no_word_stands_for_two_categories(eclat: Programme, area: str) -> None:
    categories: tuple[Category, ...] = getattr(eclat, area)
    assert clashes((category.id, spellings(category)) for category in categories) == []
    assert len({category.id for category in categories}) == len(categories)


def test_no_place_lies_in_two_prefectures(eclat: Programme) -> None:
    assert (
        clashes((place.id, spellings(place).union(*map(spellings, place.districts))) for place in eclat.prefectures)
        == []
    )


def test_no_header_and_no_answer_stands_for_two_things(eclat: Programme) -> None:
    sheet = eclat.sheet
    assert clashes((field, set(map(text_key, headers))) for field, headers in sheet.headers.items()) == []
    answers = {"yes": sheet.yes, "no": sheet.no, "pending": sheet.pending}
    assert clashes((name, set(map(text_key, words))) for name, words in answers.items()) == []
    kinds = {"salaried": sheet.salaried, "own_business": sheet.own_business}
    assert clashes((name, set(map(text_key, words))) for name, words in kinds.items()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError) as caught:
        load_programme(tmp_path / "none.toml")
    assert (caught.value.code, caught.value.params) == ("programme_missing", {"file": str(tmp_path / "none.toml")})


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    path.write_bytes('id = "é"'.encode("latin-1"))
    with pytest.raises(ProgrammeError) as caught:
        load_programme(path)
    assert caught.value.code == "programme_not_utf8"


def test_broken_toml_names_the_line() -> None:
    with pytest.raises(ProgrammeError) as caught:
        parse_programme('id = "a"\nname = [\n', "mine.toml")
    assert caught.value.code == "programme_not_toml"
    assert caught.value.params["file"] == "mine.toml"
    assert "line" in str(caught.value.params["detail"]) or "end of document" in str(caught.value.params["detail"])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("window_days = 90", "window_days = 0", "rules.window_days"),
        ("rate = 0.97", "rate = 97", "reference.rate"),
        ("days_ahead = 7 ", "days_ahead = -1 ", "review.days_ahead"),
        ("contact_days = 21", "contact_days = 0", "review.contact_days"),
        ("marks = [60, 75, 90]", "marks = [75, 60]", "review"),
        ("most = 200 ", "most = 0 ", "review.most"),
        ("enrolled = 135\nend", "enrolled = -1\nend", "targets.enrolled"),
        ('default_language = "ar"', 'default_language = "es"', "default_language"),
        ('id = "eclat"', 'id = "eclat"\ncolour = "blue"', "colour"),
        ('satisfaction = ["الرضا"', 'shoe_size = ["الرضا"', "programme"),
        ('now = "declined"', 'now = "on_the_moon"', "programme"),
        ('reached = "internship"', 'reached = "on_the_moon"', "programme"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(old: str, new: str, place: str) -> None:
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(changed(old, new))
    assert caught.value.code == "programme_invalid"
    assert caught.value.params["place"] == place


def documented_headers() -> list[str]:
    """Every header that docs/your-sheet.md promises to understand."""
    guide = (SHIPPED.parent / "docs" / "your-sheet.md").read_text(encoding="utf-8")
    section = guide.split("## Headers that are understood")[1].split("\n## ")[0]
    return re.findall(r"`([^`]+)`", "\n".join(line for line in section.splitlines() if line.startswith("|")))


def test_the_guide_promises_only_headers_that_are_understood(eclat: Programme) -> None:
    known = {text_key(header) for headers in eclat.sheet.headers.values() for header in headers}
    promised = documented_headers()
    assert len(promised) > 60
    assert [header for header in promised if text_key(header) not in known] == []
