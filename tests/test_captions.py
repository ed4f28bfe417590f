"""What is said round the figures: the finding, its n and its day."""

from datetime import date

import pytest
from figure_results import ALL_OPEN, CLOSED, COHORTS, CURVE, HALF_OPEN, NO_CURVE, NOBODY, PROGRAMME, STAGES

from dashboard.captions import Caption, curve_caption, funnel_caption, insertion_caption
from dashboard.programme import LANGUAGES, Lang
from dashboard.tables import ALL
from dashboard.text import Text

DAY = date(2026, 11, 23)
EN = Text("en")
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def test_the_funnel_says_how_many_came_how_far() -> None:
    caption = funnel_caption(STAGES, DAY, PROGRAMME, EN)
    assert caption.title == "Of 60 women: 45 enrolled, 30 completed and 21 in work so far"
    assert caption.subtitle == "60 women · as of 23 November 2026"
    assert "Enrolled: 45" in caption.description
    assert "7 stage entries are implied by later stages and 4 rest on status alone" in caption.description


def test_a_path_without_the_known_stages_and_an_empty_one_have_titles_too() -> None:
    assert funnel_caption(STAGES[:1], DAY, PROGRAMME, EN).title == "The path of 60 women through the programme"
    assert "implied" not in funnel_caption(STAGES[:1], DAY, PROGRAMME, EN).description
    assert funnel_caption((), DAY, PROGRAMME, EN).title == "No woman in this view"


def test_insertion_pools_counts_and_never_averages_rates() -> None:
    caption = insertion_caption(COHORTS, DAY, PROGRAMME, EN)
    # 40/45 and 8/10 pool to 48/55 = 87 %; the mean of the two rates would be 84 %.
    assert caption.title.translate(ISOLATES) == (
        "48 of 55 women whose window has closed were in work within 90 days (87%)"
    )
    assert caption.subtitle == "77 women completed · 22 women still in their window · as of 23 November 2026"
    assert "12 women still in their window" in caption.description


def test_the_pooled_row_is_not_counted_again() -> None:
    pooled = {"c1": CLOSED, "c2": HALF_OPEN, "c3": ALL_OPEN, ALL: CLOSED}
    assert insertion_caption(pooled, DAY, PROGRAMME, EN).title == insertion_caption(COHORTS, DAY, PROGRAMME, EN).title
    assert insertion_caption({ALL: CLOSED}, DAY, PROGRAMME, EN).title.startswith("40 of 45 women")


def test_without_a_closed_window_there_is_no_rate_in_words() -> None:
    caption = insertion_caption({"c3": ALL_OPEN}, DAY, PROGRAMME, EN)
    assert caption.title == "No woman is 90 days past completion yet"
    assert "97%" not in caption.title + caption.subtitle
    assert insertion_caption({"c3": NOBODY}, DAY, PROGRAMME, EN).title == "No woman has completed the training yet"


def test_the_curve_says_its_median_only_if_it_is_drawn() -> None:
    caption = curve_caption(CURVE, DAY, PROGRAMME, EN)
    assert caption.title == "Half of the women are in work within 75 days of completing the training"
    assert "fewer than 5 women" in caption.description
    hidden = type(CURVE)(CURVE.points, CURVE.n, 60, CURVE.at_risk_on, CURVE.median, None, None)
    caption = curve_caption(hidden, DAY, PROGRAMME, EN)
    assert caption.title.translate(ISOLATES) == "44% of the women are in work within 60 days; half is not reached yet"
    assert "Median not reached" in caption.description
    assert "At day 60: 44% (21% to 76%)." in caption.description.translate(ISOLATES)


def test_a_curve_too_thin_to_draw_says_so() -> None:
    caption = curve_caption(NO_CURVE, DAY, PROGRAMME, EN)
    assert caption.title == caption.description == "Too few women followed to estimate the time to insertion"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_is_filled_in_every_language(lang: Lang) -> None:
    text = Text(lang)
    captions: list[Caption] = [
        funnel_caption(STAGES, DAY, PROGRAMME, text),
        insertion_caption(COHORTS, DAY, PROGRAMME, text),
        curve_caption(CURVE, DAY, PROGRAMME, text),
    ]
    for caption in captions:
        for part in (caption.title, caption.subtitle, caption.description):
            assert part.strip() and "{" not in part
        assert "2026" in caption.subtitle
