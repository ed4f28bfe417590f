"""The tiles and the headline: never a bare percentage, never a zero for what is not known, never a verdict by point."""

import re
from dataclasses import replace
from datetime import date

import pytest
from figure_results import PROGRAMME
from page_results import (
    LANGS,
    NO_OVERVIEW,
    NOBODY,
    OUTCOMES,
    TODAY,
    count,
    indicators,
    overview,
    rate,
    shown,
)

from dashboard.indicators import Indicator, Outcomes, judged
from dashboard.intervals import wilson
from dashboard.programme import Lang
from dashboard.text import NONE
from layouts.components import Node
from layouts.dots import MOST, counts, dots
from layouts.headline import finding, qualifications
from layouts.judgement import enrolled_state, insertion_state, telling_digits
from layouts.shown import Shown
from layouts.tile import Tile
from layouts.tiles import tile_contents, tiles

IDS = [
    "insertion_90",
    "enrolled",
    "in_training",
    "completed",
    "certified",
    "time_to_insertion",
    "own_business",
    "dropout",
]


def tile(name: str, view: Shown) -> Tile:
    return next(tile for tile in tiles(view) if tile.id == name)


def bare(words: str) -> str:
    """Words without the marks of direction."""
    return re.sub("[\u2066-\u2069]", "", words)


def said(node: Node) -> str:
    """All the words in a component."""
    if isinstance(node, str | int | float):
        return str(node)
    if isinstance(node, list | tuple):
        return "".join(map(said, node))
    return said(node.children) if getattr(node, "children", None) is not None else ""


@pytest.mark.parametrize("lang", LANGS)
def test_every_tile_says_of_how_many(lang: Lang) -> None:
    found = tiles(shown(lang))
    assert [tile.id for tile in found] == IDS
    wanted = {"insertion_90": "45", "enrolled": "135", "in_training": "104", "completed": "104", "certified": "57"}
    wanted |= {"time_to_insertion": "12", "own_business": "45", "dropout": "104"}
    for tile in found:
        assert re.search(rf"\b{wanted[tile.id]}\b", bare(tile.out_of)), tile


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_undefined_is_a_dash_with_its_reason(lang: Lang) -> None:
    found = {tile.id: tile for tile in tiles(shown(lang, NO_OVERVIEW))}
    for name in ("insertion_90", "own_business", "certified", "dropout", "time_to_insertion"):
        assert found[name].value == NONE
        assert found[name].state == "too_early"
        assert len(found[name].out_of) > 10
        assert not found[name].change
    for name in ("enrolled", "in_training", "completed"):
        assert found[name].value == "0"


def test_a_median_not_reached_is_a_dash_and_keeps_n() -> None:
    view = overview()
    curve = replace(view.whole.curve, median=None)
    found = tile("time_to_insertion", shown("en", replace(view, whole=replace(view.whole, curve=curve))))
    assert found.value == NONE
    assert "not reached" in found.out_of
    assert found.details == ("over 12 women who completed",)


def test_an_interval_without_upper_end_says_at_least() -> None:
    assert tile("time_to_insertion", shown("en")).details == ("at least 30 days",)


def test_the_insertion_tile_carries_interval_and_open_windows() -> None:
    found = tile("insertion_90", shown("en"))
    assert found.value.strip("\u2068\u2069") == "89%"
    assert found.out_of == "40 of 45 whose 90 days have passed"
    assert [bare(words) for words in found.details] == ["confidence interval: 77% – 95%", "12 windows still open"]
    assert found.bar == {"low": "76.5%", "high": "95.2%", "at": "88.9%", "mark": "97.0%"}


@pytest.mark.parametrize(
    ("name", "before", "words"),
    [
        ("enrolled", count("enrolled", 101, target=135), "+3 since 16 November"),
        ("in_training", count("in_training", 41), "−2 since 16 November"),
        ("certified", count("certified", 50), "unchanged since 16 November"),
        ("dropout", rate("dropout", 7, 104), "+1.0 pts since 16 November"),
        ("insertion_90", rate("insertion_90", 0, 0), "no value on 16 November"),
        ("time_to_insertion", Indicator("time_to_insertion", "days", None, 50, 77.0), "−2 days since 16 November"),
    ],
)
def test_change_is_against_the_week_before(name: str, before: Indicator, words: str) -> None:
    view = shown("en", overview(before=indicators(**{name: before})))
    assert bare(tile(name, view).change) == words


def test_the_signed_number_stands_in_a_bdi_of_its_own() -> None:
    before = indicators(enrolled=count("enrolled", 101, target=135))
    drawn = str(tile_contents(shown("ar", overview(before=before)))["enrolled"])
    assert re.search(r"Bdi\(children='\\u2066\+3\\u2069', dir='ltr'\)", drawn)


def test_state_is_an_icon_and_a_word() -> None:
    said_of = [said(parts) for parts in tile_contents(shown("en")).values()]
    judged_ones = [words for words in said_of if re.search("[●▲■◌]", words)]
    assert len(judged_ones) >= 2
    for words in judged_ones:
        assert re.search("(●|▲|■|◌)(on track|below the reference|too early to tell)", words)


@pytest.mark.parametrize(
    ("enrolled", "state"), [(81, "on_track"), (80, "attention"), (68, "attention"), (67, "off_track")]
)
def test_enrolment_is_judged_by_the_milestone_that_is_due(enrolled: int, state: str) -> None:
    """90 were due by 19 November 2026: 90 % of that is 81, 75 % is 67.5."""
    assert enrolled_state(count("enrolled", enrolled, target=135), PROGRAMME, TODAY) == state


def test_enrolment_before_the_first_milestone_is_too_early_and_a_selection_has_no_target() -> None:
    assert enrolled_state(count("enrolled", 5, target=135), PROGRAMME, date(2025, 11, 18)) == "too_early"
    assert enrolled_state(count("enrolled", 5), PROGRAMME, TODAY) == "no_target"


@pytest.mark.parametrize(
    ("hits", "n", "unknown", "state", "verdict"),
    [
        (44, 45, 0, "too_early", "cannot_tell"),  # Wilson .884 to .996 (field reference 1.4)
        (40, 45, 0, "attention", "below"),  # .765 to .952
        (40, 45, 3, "too_early", "cannot_tell"),  # at best 43 of 45: .852 to .988
        (200, 200, 0, "on_track", "above"),  # .981 to 1
        (4, 9, 0, "too_early", "below"),  # fewer than ten are not judged on the page
    ],
)
def test_insertion_is_judged_by_its_interval(hits: int, n: int, unknown: int, state: str, verdict: str) -> None:
    low, high = wilson(hits, n) or (0.0, 1.0)
    found = rate("insertion_90", hits, n, low=low, high=high, unknown=unknown)
    assert insertion_state(found, 0.97, PROGRAMME.lights) == state
    assert judged(found, 0.97) == verdict


def test_an_interval_that_excludes_the_reference_is_not_written_like_it() -> None:
    text = shown("en").text
    assert telling_digits(rate("insertion_90", 9, 10, low=0.8, high=0.966), 0.97, text) == 1
    assert telling_digits(rate("insertion_90", 9, 10, low=0.8, high=0.96), 0.97, text) == 0


def test_the_headline_states_the_count_and_what_can_be_said() -> None:
    view = shown("en")
    assert bare(said(finding(view))) == "40 of 45 women were in work within 90 days"
    known, more = map(bare, qualifications(view))
    assert known == (
        "With this many women, the true rate probably lies between 77% and 95%. "
        "It cannot yet be told from the declared 97%. "
        "3 outcomes are unknown: 89% at worst, 96% at best."
    )
    assert more == (
        "12 more are still in their 90 days (already in work: 5). "
        "104 women of the 135 planned have started training. 8 left before the end."
    )


def test_the_arabic_headline_is_the_programmes_own_sentence() -> None:
    assert bare(said(finding(shown("ar")))) == "40 من أصل 45 مستفيدة ولجن سوق الشغل في غضون 90 يوما"
    two = overview(indicators(insertion_90=rate("insertion_90", 2, 7, low=0.1, high=0.6)))
    assert bare(said(finding(shown("ar", two)))) == "ولجت 2 من أصل 7 مستفيدات سوق الشغل في غضون 90 يوما"


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_closed_window_the_headline_gives_no_rate(lang: Lang) -> None:
    words = said(finding(shown(lang, NO_OVERVIEW)))
    assert "%" not in words
    assert "90" in words


def test_there_is_a_dot_for_every_woman_who_completed() -> None:
    assert sum(counts(OUTCOMES).values()) == 57
    picture = str(dots(OUTCOMES, shown("en").text))
    assert picture.count("%3Ccircle cx=") == 40 + 1 + 2 + 5 * 2 + 7 + 6  # open_inserted has two; one each in the legend
    assert "40 in work, 1 in work, no date, 2 unknown, 2 closed without work" in picture


def test_dots_are_left_out_where_they_would_say_nothing() -> None:
    assert dots(NOBODY, shown("en").text) is None
    assert dots(Outcomes(MOST + 1, 0, 0, 0, 0, 0), shown("en").text) is None
