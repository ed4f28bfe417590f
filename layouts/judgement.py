"""What state a number is in: against its milestone or reference, by interval and never by colour alone."""

from datetime import date

from dashboard.achievement import Colour, light
from dashboard.indicators import Indicator, judged
from dashboard.logframe import Lights
from dashboard.programme import Programme
from dashboard.targets import due_milestone
from dashboard.text import Text
from layouts.components import State

STATES: dict[Colour, State] = {"green": "on_track", "amber": "attention", "red": "off_track", "grey": "too_early"}


def enrolled_state(enrolled: Indicator, programme: Programme, as_of: date) -> State:
    """Enrolment against the milestone that is due; a selection of women has no target of its own."""
    if enrolled.target != programme.targets.enrolled:
        return "no_target"  # the milestones are the whole programme's, not a cohort's
    due = due_milestone(programme, as_of)
    if due is None:
        return "too_early"
    n = enrolled.numerator or 0
    return STATES[light(n, due.enrolled, n / due.enrolled, "+", programme.lights).colour]


def insertion_state(rate: Indicator, reference: float, lights: Lights) -> State:
    """Insertion against the declared reference: only an interval that excludes it decides."""
    if (rate.denominator or 0) < lights.min_n:
        return "too_early"
    states: dict[str, State] = {"above": "on_track", "below": "attention"}
    return states.get(judged(rate, reference), "too_early")


REFERENCE_WORDS: dict[State, str] = {"on_track": "above_reference", "attention": "below_reference"}
"""The reference is declared, not agreed: a rate is above or below it, never off track."""


def telling_digits(rate: Indicator, reference: float, text: Text) -> int:
    """Decimals an interval needs: one where its end would otherwise be written like the reference it excludes."""
    ends = [end for end in (rate.low, rate.high) if end is not None]
    return int(any(end != reference and text.percent(end) == text.percent(reference) for end in ends))
