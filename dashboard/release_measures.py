"""The numbers of women that a release is made of, and which of them are part of which."""

from functools import cache

# Stage of the programme -> measure. Whoever starts training is the indicator `enrolled`; who signed is not published
# under that name. `certified` are certificates held, the number that the rate is made of.
STAGE_MEASURES = {
    "contact": "applicants",
    "eligible": "eligible",
    "enrolled": "signed",
    "softskills": "started",
    "training": "training",
    "internship": "internship",
    "completed": "completed",
    "certified": "certified",
    "placed": "placed",
}
COUNTS = {
    "applicants": "applicants",
    "enrolled": "started",
    "in_training": "in_training",
    "completed": "completed",
    "certified": "certified",
}
RATES = {  # indicator -> (numerator, denominator)
    "completion": ("due_completed", "due"),
    "certification": ("certified", "completed"),
    "insertion_90": ("inserted", "closed"),
    "own_business": ("own_business", "closed"),
    "dropout": ("dropout", "started"),
    "retention_3": ("kept_3", "due_3"),
    "retention_6": ("kept_6", "due_6"),
    "retention_12": ("kept_12", "due_12"),
}
BREAKDOWN = ("started", "completed", "closed", "inserted")  # of every group; each is part of the one before
STATES = ("closed_without", "unknown", "undated", "open")  # of cohorts and of all: with `inserted` the five outcomes

CONTAINED_IN = (  # (part, whole), by definition, of whatever roster
    *(("eligible", "applicants"), ("signed", "eligible"), ("started", "signed"), ("training", "started")),
    *(("internship", "training"), ("completed", "internship"), ("certified", "completed"), ("placed", "completed")),
    *(("in_training", "started"), ("dropout", "started"), ("due", "started")),
    *(("due_completed", "due"), ("due_completed", "completed")),
    *(("open", "completed"), ("closed", "completed"), ("inserted", "closed"), ("inserted", "placed")),
    *(("closed_without", "closed"), ("unknown", "closed"), ("undated", "closed"), ("own_business", "inserted")),
    *(("due_3", "placed"), ("due_6", "due_3"), ("due_12", "due_6")),
    *(("kept_3", "due_3"), ("kept_6", "due_6"), ("kept_12", "due_12")),
)

# What never falls from one release to the next unless something was corrected.
CUMULATIVE = frozenset(
    (
        *("applicants", "eligible", "signed", "started", "training", "internship", "completed", "certified", "placed"),
        *("dropout", "due", "due_completed", "closed", "inserted", "own_business"),
        *("due_3", "due_6", "due_12", "kept_3", "kept_6", "kept_12"),
    )
)
# Complements that never fall either: once a window has closed, its outcome stands.
CUMULATIVE_COMPLEMENTS = frozenset(("insertion_90", "own_business", "retention_3", "retention_6", "retention_12"))

# From the most to the least valuable to a reader: what is hidden first stands last.
VALUE = (
    *("started", "closed", "inserted", "completed", "certified", "applicants", "placed", "due_3", "kept_3"),
    *("dropout", "due", "due_completed", "in_training", "due_6", "kept_6", "due_12", "kept_12", "own_business"),
    *("signed", "eligible", "training", "internship", "open", "unknown", "closed_without", "undated"),
)


@cache
def outer(measure: str) -> frozenset[str]:
    """Every measure that holds all women of this one."""
    direct = [whole for part, whole in CONTAINED_IN if part == measure]
    return frozenset(direct).union(*(outer(whole) for whole in direct))


@cache
def closed_pairs(measures: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(part, whole) of every two measures one of which holds the other."""
    return tuple((part, whole) for part in measures for whole in measures if whole in outer(part))


@cache
def closest_pairs(measures: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The same without those that follow from others."""
    pairs = set(closed_pairs(measures))
    between = {(part, whole) for part, middle in pairs for other, whole in pairs if middle == other}
    return tuple(pair for pair in closed_pairs(measures) if pair not in between)


def indicator_measures(indicator: str) -> tuple[str, ...]:
    """The measures that an indicator is made of; none of a median."""
    return RATES.get(indicator) or ((COUNTS[indicator],) if indicator in COUNTS else ())
