"""Soft skills: the gain between the test before and the test after."""

from dataclasses import dataclass

from dashboard.differences import mean_interval
from dashboard.facts import POINT
from dashboard.indicators import Indicator, rate
from dashboard.spread import moments
from dashboard.tally import Tally


@dataclass(frozen=True, slots=True)
class SoftSkills:
    """Gain = post - pre, in points of the test, of women who started and have both scores.

    A gain is no proof of an effect: women with a low first score rise by chance (regression to the mean), and there
    is no comparison group. Scores carry no date: they are counted as known today, whatever the as-of day.
    """

    pairs: int
    mean_gain: float | None
    low: float | None  # 95 % interval of the mean gain; None for fewer than two pairs
    high: float | None
    improved: Indicator  # post > pre, of the pairs
    awaiting: int  # first score only, still in training: the second may come
    lost: int  # one score only, no longer in training, or the second only
    without: int  # started, no score at all
    ceiling_before: int  # of the pairs, already at the highest score before: could not rise
    ceiling_after: int  # of the pairs, at the highest score after


def soft_skills(tally: Tally) -> SoftSkills:
    """The gain of the women with both scores; interval of the mean by Student's t on the differences."""
    gains, pairs = tally.table("gains"), tally.fact("score__pair")
    mean, variance = moments(gains["gain"], gains["n"])
    low, high = (None, None)
    if mean is not None and variance is not None:
        low, high = mean_interval(mean, variance, pairs) or (None, None)
    return SoftSkills(
        pairs=pairs,
        mean_gain=_points(mean),
        low=_points(low),
        high=_points(high),
        improved=rate("soft_skills_improved", tally.fact("score__improved"), pairs),
        awaiting=tally.fact("score__awaited"),
        lost=tally.fact("score__lost"),
        without=tally.fact("score__none"),
        ceiling_before=tally.fact("score__ceiling_before"),
        ceiling_after=tally.fact("score__ceiling_after"),
    )


def _points(hundredths: float | None) -> float | None:
    return None if hundredths is None else hundredths / POINT
