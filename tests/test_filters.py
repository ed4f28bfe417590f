"""The controls and the names of things: which days are offered, what a closed list says, how old data are."""

from datetime import date

import pytest
from figure_results import PROGRAMME
from page_results import TODAY
from test_tiles import bare

from dashboard.schema import UNSPECIFIED
from dashboard.text import Text
from layouts.filters import as_of_days, chosen_words
from layouts.names import age_words, choice_name


def test_as_of_dates_are_today_mondays_and_month_ends_back_to_the_first_start() -> None:
    days = as_of_days(TODAY, date(2026, 8, 15))
    assert days[0] == TODAY == date(2026, 11, 23)  # a Monday
    mondays = [date(2026, 11, day) for day in (23, 16, 9, 2)] + [date(2026, 10, day) for day in (26, 19, 12, 5)]
    assert set(days) == {*mondays, date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31)}
    assert as_of_days(date(2026, 11, 24), None)[:2] == (date(2026, 11, 24), date(2026, 11, 23))


def test_a_closed_list_says_what_is_chosen() -> None:
    options = [{"label": f"Cohort {n}", "value": f"c{n}"} for n in (1, 2, 3)]
    text = Text("en")
    assert chosen_words([], options, text) == "all"
    assert chosen_words(["c2", "c1"], options, text) == "Cohort 1, Cohort 2"
    assert chosen_words(["c1", "c2", "c3"], options, text) == "3 chosen"


def test_categories_have_names_and_unknown_ones_keep_their_id() -> None:
    text = Text("fr")
    assert choice_name("cohort", "c1", PROGRAMME, text) == "Promotion 1"
    assert choice_name("cohort", UNSPECIFIED, PROGRAMME, text) == text("table.unspecified")
    assert bare(choice_name("age_band", "18-24", PROGRAMME, text)) == "18-24"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (59, "أقل من دقيقة"),
        (60, "قبل دقيقة"),
        (120, "دقيقتين"),
        (600, "10 دقائق"),
        (7200, "ساعتين"),
        (864000, "10 أيام"),
    ],
)
def test_age_is_said_in_its_largest_unit(seconds: float, words: str) -> None:
    assert words in age_words(seconds, Text("ar"))
