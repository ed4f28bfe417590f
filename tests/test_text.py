"""Words, numbers and dates as readers in Casablanca and Zurich expect them."""

from datetime import date

import pytest

from dashboard.programme import Lang
from dashboard.text import MissingText, Text

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("lang", "long", "month"),
    [
        ("ar", "23 نونبر 2026", "نونبر 2026"),  # Moroccan month names, Latin digits
        ("fr", "23 novembre 2026", "novembre 2026"),
        ("en", "23 November 2026", "November 2026"),
    ],
)
def test_dates_are_written_in_the_readers_words(lang: Lang, long: str, month: str) -> None:
    text = Text(lang)
    assert text.date(DAY) == long
    assert text.date(DAY, "month") == month


def test_august_is_ghusht_in_morocco() -> None:
    assert Text("ar").date(date(2026, 8, 1), "month") == "غشت 2026"
    assert Text("ar").months()[6] == "يوليوز"


def test_short_date_is_day_first_and_free_of_invisible_marks_inside() -> None:
    for lang in ("ar", "fr", "en"):
        assert Text(lang).date(DAY, "short").strip("\u2068\u2069") == "23/11/2026"


@pytest.mark.parametrize(
    ("lang", "expected"), [("ar", "1.234.567,9"), ("fr", "1\u202f234\u202f567,9"), ("en", "1,234,567.9")]
)
def test_numbers_use_the_locales_separators(lang: Lang, expected: str) -> None:
    assert Text(lang).number(1234567.891, 1).replace("\xa0", "\u202f") == expected


@pytest.mark.parametrize(("rate", "digits", "expected"), [(0.8345, 1, "83.5%"), (0.5, 0, "50%"), (0.005, 0, "1%")])
def test_percent_rounds_half_up_as_readers_compute(rate: float, digits: int, expected: str) -> None:
    assert Text("en").percent(rate, digits).strip("\u2068\u2069") == expected


def test_percent_in_french_keeps_its_space_from_breaking() -> None:
    assert Text("fr").percent(0.97).strip("\u2068\u2069") == "97\u00a0%"


def test_undefined_is_a_dash_never_zero() -> None:
    text = Text("fr")
    assert text.number(None) == "—"
    assert text.percent(None) == "—"


def test_percent_never_rounds_up_to_one_hundred() -> None:
    """134 of 135 is not everyone: a rate below 1 is never shown as 100 %, nor one above 0 as 0 %."""
    assert "100" not in Text("en").percent(0.9991)
    assert Text("en").percent(0.001).strip("\u2068\u2069") != "0%"
    assert Text("en").percent(1.0).strip("\u2068\u2069") == "100%"
    assert Text("en").percent(0.0).strip("\u2068\u2069") == "0%"


@pytest.mark.parametrize(("value", "expected"), [(3, "+3"), (-2, "\u22122"), (0, "0")])
def test_changes_carry_their_sign_in_its_own_direction(value: float, expected: str) -> None:
    assert Text("ar").signed(value) == f"\u2066{expected}\u2069"


def test_a_change_that_rounds_to_nothing_has_no_sign() -> None:
    assert Text("en").signed(-0.04, 1) == "\u20660.0\u2069"


def test_figure_labels_are_isolated_in_arabic_only() -> None:
    assert Text("ar").label("فاس (Fès)") == "\u2067فاس (Fès)\u2069"
    assert Text("fr").label("Fès") == "Fès"


def test_a_missing_sentence_is_an_error_not_a_key_on_the_page() -> None:
    with pytest.raises(MissingText, match=r"no\.such\.key"):
        Text("en")("no.such.key")
