"""Random women for property tests: any combination of what a roster may hold, contradictions included."""

from random import Random
from typing import Any

from hypothesis import strategies as st

_day = st.integers(-400, 30)
_STATUS = (
    *("contacted", "in_training", "on_internship", "finished", "certified", "seeking", "waiting", "placed", "business"),
    *("job_lost", "dropped", "lost", "declined", "deceased", "unmapped"),
)
_DATES = (
    *("contact_date", "selection_date", "enrol_date", "start_date", "vocational_start", "internship_start"),
    *("planned_end", "completion_date", "certificate_date", "first_work_date", "last_contact", "exit_date"),
)
_CHECK = ("same_employer", "working", "not_working")
_WORDS: dict[str, tuple[str, ...]] = {
    "status": _STATUS,
    "certificate": ("yes", "no", "pending"),
    "work_kind": ("salaried", "own_business"),
    "exit_reason": ("job", "family"),
    "cohort": ("c1", "c2"),
    "check_3": _CHECK,
    "check_6": _CHECK,
    "check_12": _CHECK,
}

some_woman = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(_DATES, _day),
        **{name: st.sampled_from(words) for name, words in _WORDS.items()},
    },
)
some_women = st.lists(some_woman, min_size=1, max_size=25)


def many_women(count: int, seed: int) -> list[dict[str, Any]]:
    """So many women, the same for a seed; each field is filled in two of five."""
    dice = Random(seed)
    return [_woman(dice) for _ in range(count)]


def _woman(dice: Random) -> dict[str, Any]:
    days = {name: dice.randint(-400, 30) for name in _DATES if dice.random() < 0.4}
    return days | {name: dice.choice(words) for name, words in _WORDS.items() if dice.random() < 0.4}
