"""Colours that can be read, and fills that can be told apart without seeing colour."""

from itertools import combinations

import pytest

from dashboard import palette
from dashboard.palette import FILLS, Fill


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_rightly() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the well-known grey that just fails


@pytest.mark.parametrize("words", [palette.INK, palette.MUTED, palette.TEAL])
@pytest.mark.parametrize("ground", [palette.PAPER, palette.TRACK])
def test_words_are_legible(words: str, ground: str) -> None:
    assert contrast(words, ground) >= 4.5


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
def test_the_edge_of_a_fill_stands_out_from_paper(fill: Fill) -> None:
    assert contrast(fill.edge, palette.PAPER) >= 3


@pytest.mark.parametrize("name", [name for name in FILLS if name != "own_business"])  # never carries words
def test_words_on_a_fill_are_legible(name: str) -> None:
    assert contrast(FILLS[name].words, FILLS[name].area) >= 4.5


@pytest.mark.parametrize(
    "together",
    [
        ("inserted", "closed_without", "unknown", "undated", "open"),
        ("stage_dated", "stage_inferred", "stage_undated"),
    ],
)
def test_fills_of_one_figure_differ_in_pattern(together: tuple[str, ...]) -> None:
    for one, other in combinations(together, 2):
        assert FILLS[one].pattern != FILLS[other].pattern, (one, other)


def test_meanings_keep_the_colours_they_have_everywhere() -> None:
    meant = {
        "inserted": "#0B6470",
        "own_business": "#5FA8A0",
        "open": "#E2A72E",
        "closed_without": "#A9583F",
        "unknown": "#9AA3A8",
    }
    assert {name: FILLS[name].colour for name in meant} == meant
