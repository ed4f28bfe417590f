"""The curve: the estimates it was given, and nothing where too few women are at risk."""

import pytest
from figure_results import CURVE, EN, PROGRAMME, curve_figure, trace, words

from dashboard.survival import Curve, CurvePoint


def test_the_curve_steps_through_the_estimates_and_stops_with_enough_at_risk() -> None:
    figure = curve_figure(CURVE, PROGRAMME, EN)
    steps = trace(figure, "incidence")
    assert list(steps.x) == [0, 12, 30, 45, 60, 75, 75]
    assert list(steps.y) == pytest.approx([0, 1 / 12, 0.25, 0.34375, 0.4375, 0.55, 0.55])
    assert steps.line.shape == "hv"


def test_nothing_beyond_the_last_day_with_enough_at_risk_is_in_the_figure() -> None:
    figure = curve_figure(CURVE, PROGRAMME, EN)
    for one in figure.data:
        assert max((day for day in one.x if day is not None), default=0) <= 75, one.name
    said = words(figure)
    assert "3" not in said and "2" not in said  # at risk on days 90 and 120
    assert "70%" not in said
    assert [note for note in said if note in ("12", "11", "7")] == ["12", "11", "7"]  # days 0, 30, 60


def test_the_band_breaks_where_the_interval_is_undefined() -> None:
    band = trace(curve_figure(CURVE, PROGRAMME, EN), "interval")
    first, second = (list(band.x)[:8], list(band.x)[9:])
    assert first == [12, 30, 30, 45, 45, 30, 30, 12]
    assert list(band.y)[:8] == [0.461, 0.461, 0.583, 0.583, 0.091, 0.091, 0.012, 0.012]
    assert band.x[8] is None and second[0] == 60


def test_the_window_is_marked_and_read_off_where_the_curve_reaches_it() -> None:
    points = (CurvePoint(30, 40, 20, 0.5, 0.35, 0.65), CurvePoint(91, 12, 6, 0.75, 0.6, 0.9))
    full = Curve(points, 40, 180, {0: 40, 30: 40, 60: 20, 90: 12}, 30.0, None, None)
    figure = curve_figure(full, PROGRAMME, EN)
    lines = [shape for shape in figure.layout.shapes if shape.x0 == 90]
    assert len(lines) == 1 and "90 days" in words(figure)
    assert "50%" in words(figure) and "75%" not in words(figure)  # day 91 is after the window
    assert "median: 30 days" in words(figure)
    assert not any("median" in note for note in words(curve_figure(_without_median(full), PROGRAMME, EN)))


def _without_median(curve: Curve) -> Curve:
    return Curve(curve.points, curve.n, curve.drawn_until, curve.at_risk_on, None, None, None)


def test_a_median_beyond_the_drawn_days_is_not_marked() -> None:
    late = Curve(CURVE.points, 12, 60, CURVE.at_risk_on, 75.0, None, None)
    assert not any("median" in note for note in words(curve_figure(late, PROGRAMME, EN)))


@pytest.mark.parametrize(
    ("until", "ticks"),
    [
        (60, [0, 30, 60, 90]),  # the window is always on the axis
        (365, [0, 30, 60, 90, 180, 270, 360]),
        (500, [0, 90, 180, 270, 360, 450]),
        (800, [0, 90, 180, 360, 540, 720]),
    ],
)
def test_days_are_labelled_sparsely_enough_for_a_phone(until: int, ticks: list[int]) -> None:
    curve = Curve(CURVE.points[:2], 12, until, {}, None, None, None)
    assert list(curve_figure(curve, PROGRAMME, EN).layout.xaxis.tickvals) == ticks


def test_a_curve_with_no_event_yet_is_flat() -> None:
    flat = Curve((), 20, 45, {0: 20, 30: 14}, None, None, None)
    assert list(trace(curve_figure(flat, PROGRAMME, EN), "incidence").y) == [0, 0]
