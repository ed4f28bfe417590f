"""Share of a target achieved, by hand and by the EC's published example, and the light."""

import pytest

from dashboard.achievement import Light, achieved, light
from dashboard.intervals import Interval
from dashboard.logframe import Direction, Lights

LIGHTS = Lights()


@pytest.mark.parametrize(
    ("value", "target", "baseline", "direction", "share"),
    [
        (12_980, 15_000, 2_505, "+", 10_475 / 12_495),  # OPSYS: 83.83 %
        (36, 45, 0, "+", 0.8),  # from zero: value / target
        (36, 45, None, "+", 0.8),
        (151.2, 135, 0, "+", 1.12),  # never capped
        (2_000, 15_000, 2_505, "+", -505 / 12_495),  # below where it began
        (0.14, 0.10, 0.20, "-", 0.6),  # (baseline - value) / (baseline - target)
        (0.05, 0.10, 0.20, "-", 1.5),
        (0.25, 0.10, 0.20, "-", -0.5),
        (0.0, 0.0, 0.20, "-", 1.0),  # a target of zero is one
        (40, 45, 45, "+", None),  # nowhere to go
        (0, 0, 0, "+", None),
        (0, 0, None, "+", None),
        (0.08, 0.10, None, "-", None),  # from where?
        (None, 45, 0, "+", None),
    ],
)
def test_share_achieved(
    value: float | None, target: float, baseline: float | None, direction: Direction, share: float | None
) -> None:
    found = achieved(value, target, baseline, direction)
    assert found == (None if share is None else pytest.approx(share, abs=1e-12))


def test_the_published_example_of_the_ec() -> None:
    found = achieved(12_980, 15_000, 2_505, "+")
    assert found is not None
    assert f"{found:.2%}" == "83.83%"


@pytest.mark.parametrize(
    ("share", "colour"),
    [
        (1.5, "green"),
        (0.90, "green"),
        (0.72 / 0.8, "green"),  # 0.8999999999999999 in binary
        (0.899, "amber"),
        (0.75, "amber"),
        (0.749, "red"),
        (-0.5, "red"),
    ],
)
def test_thresholds(share: float, colour: str) -> None:
    assert light(45, 50, share, "+", LIGHTS) == Light(colour)  # type: ignore[arg-type]


def test_thresholds_are_the_programmes() -> None:
    strict = Lights(green=0.95, amber=0.85)
    assert light(9, 10, 0.94, "+", strict) == Light("amber")
    assert light(9, 10, 0.84, "+", strict) == Light("red")


@pytest.mark.parametrize(
    ("value", "target", "share", "n", "interval", "reason"),
    [
        (0.9, None, None, 50, (0.8, 0.95), "no_target"),
        (None, 0.9, None, 0, None, "too_early"),
        (1.0, 0.5, 2.0, 9, (0.7, 1.0), "small_n"),
        (0.9, 0.9, 1.0, 10, (0.6, 0.98), "interval_spans_target"),
        (0.9, 0.95, 0.95, 10, (0.6, 0.95), "interval_spans_target"),  # its end is in it
        (45, 45, None, None, None, "undefined"),  # target = baseline, and no interval to go by
    ],
)
def test_grey_says_why(
    value: float | None,
    target: float | None,
    share: float | None,
    n: int | None,
    interval: Interval | None,
    reason: str,
) -> None:
    assert light(value, target, share, "+", LIGHTS, n, interval) == Light("grey", reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("direction", "interval", "colour"),
    [("+", (0.5, 0.6), "green"), ("+", (0.1, 0.2), "red"), ("-", (0.1, 0.2), "green"), ("-", (0.5, 0.6), "red")],
)
def test_where_no_share_is_defined_the_side_of_the_interval_decides(
    direction: Direction, interval: Interval, colour: str
) -> None:
    found = light(sum(interval) / 2, 0.4, None, direction, LIGHTS, 100, interval)
    assert found == Light(colour)  # type: ignore[arg-type]


def test_ten_are_enough_to_be_judged() -> None:
    assert light(1.0, 0.5, 2.0, "+", LIGHTS, 10, (0.72, 1.0)) == Light("green")
