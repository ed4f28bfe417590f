"""The pictures show the numbers they were given, mirrored for who reads from the right, and never too few women."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest
from babel import Locale
from babel.dates import get_day_names, get_month_names
from figure_results import (
    AR,
    COHORTS,
    CURVE,
    EN,
    HALF_OPEN,
    NO_CURVE,
    NOBODY,
    PROGRAMME,
    STAGES,
    curve_figure,
    funnel_figure,
    insertion_figure,
    trace,
    words,
)

from dashboard.figures.frame import key_height
from dashboard.palette import FILLS
from dashboard.programme import LANGUAGES, Lang
from dashboard.tables import ALL
from dashboard.text import Text

ROOT = Path(__file__).parent.parent


def every(text: Text) -> list[go.Figure]:
    return [
        funnel_figure(STAGES, PROGRAMME, text),
        insertion_figure(COHORTS | {ALL: HALF_OPEN}, PROGRAMME, text),
        curve_figure(CURVE, PROGRAMME, text),
        funnel_figure((), PROGRAMME, text),
        insertion_figure({"c1": NOBODY}, PROGRAMME, text),
        curve_figure(NO_CURVE, PROGRAMME, text),
    ]


def labels(figure: go.Figure) -> Iterator[str]:
    """Every line that the figure can show."""
    for note in figure.layout.annotations:
        yield from note.text.split("<br>")
    for axis in figure.select_xaxes():
        yield from axis.ticktext or ()
    for axis in figure.select_yaxes():
        yield from axis.ticktext or ()
    for one in figure.data:
        for hover in one.hovertext or ():
            yield from hover.split("<br>")


def test_right_to_left_mirrors_bars_and_values_and_leaves_time_alone() -> None:
    left, right = funnel_figure(STAGES, PROGRAMME, EN), funnel_figure(STAGES, PROGRAMME, AR)
    assert list(left.layout.xaxis.range) == [0, 60] and list(right.layout.xaxis.range) == [60, 0]
    assert (left.layout.margin.l, left.layout.margin.r) == (right.layout.margin.r, right.layout.margin.l)
    cohorts = insertion_figure(COHORTS, PROGRAMME, AR)
    assert list(cohorts.layout.xaxis2.range) == [1, 0]
    assert cohorts.layout.xaxis2.domain[1] < cohorts.layout.xaxis.domain[0]  # the rates stand on the left
    curves = [curve_figure(CURVE, PROGRAMME, text) for text in (EN, AR)]
    assert [list(curve.layout.xaxis.range) for curve in curves] == [[0, 90], [0, 90]]
    assert [curve.layout.yaxis.side for curve in curves] == ["left", "right"]


def test_every_arabic_label_carries_its_direction() -> None:
    shown = [label for figure in every(AR) for label in labels(figure)]
    assert len(shown) > 100
    for label in shown:
        assert label.startswith("\u2067") and label.endswith("\u2069"), label


def test_latin_labels_are_not_wrapped() -> None:
    assert not any("\u2067" in label for figure in every(EN) for label in labels(figure))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_letter_of_another_script_is_shown(lang: Lang) -> None:
    other = "[A-Za-z]" if lang == "ar" else "[\u0600-\u06ff]"
    for figure in every(Text(lang)):
        for label in labels(figure):
            assert not re.search(other, re.sub(r"</?b>", "", label)), label


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_have_fixed_height_no_title_no_background_and_the_type_of_the_page(lang: Lang) -> None:
    for figure in every(Text(lang)):
        layout = figure.layout
        assert layout.height and layout.width is None and layout.title.text is None
        assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
        assert layout.font.family.startswith("Cairo") and layout.hoverlabel.font.family.startswith("Cairo")
        assert all(note.font.size is None or note.font.size >= 12 for note in layout.annotations)
        assert layout.separators == {"ar": ",.", "fr": ",\u202f", "en": ".,"}[lang]


def test_an_empty_result_is_a_sentence_in_the_place_of_the_picture() -> None:
    for figure in every(EN)[3:]:
        assert not figure.data
        (sentence,) = words(figure)
        assert sentence.endswith(".")


def test_figures_hold_aggregates_only() -> None:
    """Nothing per woman: no more values in a trace than rows or days, and no identifiers or texts but our own words."""
    for figure in every(EN):
        for one in figure.data:
            assert one.ids is None and one.text is None
            assert len(one.x) <= 4 * len(CURVE.points)


def test_every_fill_of_a_figure_is_one_of_the_palette() -> None:
    figure = insertion_figure(COHORTS, PROGRAMME, EN)
    for state in ("closed_without", "unknown", "undated", "open"):
        assert trace(figure, state).marker.color == FILLS[state].colour
        assert trace(figure, state).marker.pattern.shape == FILLS[state].pattern


def test_the_key_grows_by_lines_and_an_empty_key_takes_no_room() -> None:
    fill = FILLS["open"]
    assert key_height([]) == 0
    assert key_height([(fill, "short")]) == key_height([(fill, "short"), (fill, "short")])
    assert key_height([(fill, "a rather long entry of a key")] * 2) == 2 * key_height([(fill, "short")])


# --- the locales plotly itself uses


@pytest.mark.parametrize(("name", "cldr"), [("ar-MA", "ar_MA"), ("fr", "fr_MA"), ("en-GB", "en_GB")])
def test_plotlys_own_dates_use_the_names_of_cldr(name: str, cldr: str) -> None:
    script = (ROOT / "layouts/assets/plotly-locale.js").read_text(encoding="utf-8")
    found = re.search(r"var locales = (\[.*?\n  \]);", script, re.DOTALL)
    assert found
    formats = {locale["name"]: locale["format"] for locale in json.loads(found[1])}[name]
    months = get_month_names("wide", "stand-alone", Locale.parse(cldr))
    weekdays = get_day_names("wide", "stand-alone", Locale.parse(cldr))
    assert formats["months"] == [months[month] for month in range(1, 13)]
    assert formats["days"] == [weekdays[day] for day in (6, 0, 1, 2, 3, 4, 5)]  # plotly's week starts on Sunday
    symbols = Locale.parse(cldr).number_symbols["latn"]
    assert (formats["decimal"], formats["thousands"]) == (symbols["decimal"], symbols["group"])
    assert "window.PlotlyLocales" in script
