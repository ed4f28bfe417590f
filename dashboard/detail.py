"""Counts beyond the first page: made when one of them is first asked for, of the same women in the same groups.

The first page does not pay for what is folded away; filters cost the same as there, for only counts are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import facts
from dashboard.counting import Women, classified, collected, group_keys, group_labels, small, summed
from dashboard.days import day_number
from dashboard.outcome import outcome, window
from dashboard.programme import Programme
from dashboard.quarters import exit_quarter
from dashboard.schema import DIMENSIONS

Numbers = npt.NDArray[np.int64]
LONG_WINDOW = 180  # days: the window of the boot-camps' standard (CIRR) and of 34 CFR 668.8(g)
_LONG = {f"outcome__{state}": f"long__{state}" for state in ("inserted", "unknown", "undated", "open")}


@dataclass(frozen=True)
class Detail:
    """As counting.Cube, with the same groups in the same order.

    `tables`: "steps" (group, step, day, n; step = position in facts.STEPS), "wages" (group, ratio in thousandths of
    the SMIG, n), "gains" (group, gain in hundredths of a point, n).
    """

    columns: Mapping[str, int]
    counts: Numbers
    tables: Mapping[str, Mapping[str, Numbers]]


def count_detail(native: Any, programme: Programme, as_of: date) -> Detail:
    """Count a frame of any engine that Narwhals knows, as of a day."""
    day = day_number(as_of)
    women = detailed(native, programme, day)
    whole = summed(women, _names(programme), DIMENSIONS)
    labels = group_labels(whole)
    keys = group_keys(whole, labels)
    groups, counts = np.sort(keys), whole.drop(columns=list(DIMENSIONS)).iloc[np.argsort(keys)]
    return Detail(
        columns={name: position for position, name in enumerate(counts.columns)},
        counts=counts.to_numpy(dtype=np.int64),
        tables={
            "steps": small(_days_between(women, day), ("step", "day", "n"), groups, labels),
            "wages": small(_of(women, "wage__compared", facts.wage_ratio(), "ratio"), ("ratio", "n"), groups, labels),
            "gains": small(_of(women, "score__pair", facts.gain(), "gain"), ("gain", "n"), groups, labels),
        },
    )


def detailed(native: Any, programme: Programme, as_of: int) -> Women:
    """The women known to the programme by a day (a day number), each with a column per class that is counted here."""
    women = classified(native, programme, as_of)
    for step in _steps(programme, as_of):
        women = women.with_columns(*step)
    return women


def _steps(programme: Programme, as_of: int) -> list[list[nw.Expr]]:
    """Expressions, each list of which reads what the ones before have added."""
    long = programme.model_copy(update={"rules": programme.rules.model_copy(update={"window_days": LONG_WINDOW})})
    first = [*facts.dropouts(programme), *facts.steps(as_of), *facts.wages(programme)]
    second = [*facts.scores(programme), *facts.satisfaction(programme), *facts.active(programme)]
    renamed = [nw.col(old).alias(new) for old, new in _LONG.items()]
    closed = (nw.col("matured") & nw.col("completed__dated")).alias("long__closed")
    return [
        [*first, *second],
        facts.paid(programme),
        *exit_quarter(programme, as_of),
        window(long, as_of),  # from here on the outcomes are those of the long window
        outcome(),
        [*renamed, closed],
    ]


def _names(programme: Programme) -> tuple[str, ...]:
    """What is counted: true or false of every woman."""
    pairs = [f"{start}__{end}" for start, end in facts.STEPS]
    return (
        *(f"dropout_at__{stage}" for stage in facts.LEARNING),
        *(f"dropout_for__{reason.id}" for reason in programme.exit_reasons),
        "left_for_job_started",
        *(f"{state}__{pair}" for pair in pairs for state in ("waiting", "reversed")),
        *(f"wage__{state}" for state in ("unknown", "undated", "before_table", "compared")),
        *("paid__smig", "paid__part_time", "paid__hours_unknown"),
        *(f"score__{state}" for state in ("pair", "awaited", "lost", "none")),
        *("score__improved", "score__ceiling_before", "score__ceiling_after"),
        *("rated", "satisfied", "rated_early", "active_completed", "active_placed"),
        *(f"exits__{state}" for state in ("working", "not_working", "unknown", "open", "undated")),
        *("long__closed", *_LONG.values()),
    )


def _of(women: Women, condition: str, value: nw.Expr, name: str) -> pd.DataFrame:
    """How many women of a class have each whole number."""
    some = women.filter(nw.col(condition)).select(*DIMENSIONS, value.alias(name))
    return collected(some.group_by(*DIMENSIONS, name).agg(nw.len().alias("n")))


def _days_between(women: Women, as_of: int) -> pd.DataFrame:
    """How many women took each number of days for each step."""
    made = [
        women.filter(facts.step(*pair, as_of)).select(
            *DIMENSIONS, facts.step_days(*pair).alias("day"), nw.lit(number).cast(nw.Int64).alias("step")
        )
        for number, pair in enumerate(facts.STEPS)
    ]
    return collected(nw.concat(made).group_by(*DIMENSIONS, "step", "day").agg(nw.len().alias("n")))
