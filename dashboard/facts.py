"""What is counted of the women beyond the first page, as expressions over the classified frame (dashboard.counting).

Steps as in dashboard.path. Wages and scores are decimal: they are compared as they are, and counted in whole
thousandths of the SMIG and hundredths of a point.
"""

from itertools import pairwise

import narwhals as nw

from dashboard.days import NOTHING, any_of, day_number
from dashboard.path import MAIN, places
from dashboard.programme import Programme
from dashboard.schema import FIELDS, Kind

LEARNING = MAIN[MAIN.index("softskills") : -1]  # the stages at which a woman can drop out
STEPS = (
    *pairwise(MAIN),
    ("contact", "softskills"),
    ("softskills", "completed"),
    ("completed", "certified"),
)
"""Pairs of stages between which days are counted: the consecutive ones, and those that most sheets date."""

RATIO, POINT = 1000, 100  # ratios are counted in thousandths, gains in hundredths of a point
_DIRHAM = 1.0  # staff write whole dirhams: a wage less than one short of the SMIG is the SMIG
_DAY_OF = {field.stage: field.id for field in FIELDS if field.stage and field.kind is Kind.DATE}


def dropouts(programme: Programme) -> list[nw.Expr]:
    """`dropout_at__<stage>`: the furthest stage reached; `dropout_for__<reason>`; `left_for_job_started`."""
    dropped = nw.col("dropout")
    following = zip(LEARNING, (*LEARNING[1:], "completed"), strict=True)
    at = [
        (dropped & nw.col(f"reached_{stage}") & ~nw.col(f"reached_{after}")).alias(f"dropout_at__{stage}")
        for stage, after in following
    ]
    reasons = [reason.id for reason in programme.exit_reasons]
    why = [(dropped & (nw.col("exit_reason") == reason)).alias(f"dropout_for__{reason}") for reason in reasons]
    return [*at, *why, (nw.col("started") & nw.col("left_for_job")).alias("left_for_job_started")]


def step(start: str, end: str, as_of: int) -> nw.Expr:
    """Whether both stages have exact days that have come, in order."""
    first, last = nw.col(_DAY_OF[start]), nw.col(_DAY_OF[end])
    return (first <= as_of) & (last <= as_of) & (last >= first)


def step_days(start: str, end: str) -> nw.Expr:
    """Days from one stage to the other."""
    return nw.col(_DAY_OF[end]) - nw.col(_DAY_OF[start])


def steps(as_of: int) -> list[nw.Expr]:
    """`waiting__<start>__<end>` and `reversed__<start>__<end>` of STEPS."""
    return [column for start, end in STEPS for column in _step(start, end, as_of)]


def _step(start: str, end: str, as_of: int) -> tuple[nw.Expr, nw.Expr]:
    first, last = nw.col(_DAY_OF[start]), nw.col(_DAY_OF[end])
    over = nw.col("gone") | nw.col(f"reached_{end}") | (nw.col("paper__refused") if end == "certified" else False)
    return (
        ((first <= as_of) & ~over).alias(f"waiting__{start}__{end}"),
        ((first <= as_of) & (last < first)).alias(f"reversed__{start}__{end}"),
    )


def wages(programme: Programme) -> list[nw.Expr]:
    """`wage__*` share out the placed women; `smig` is what the law gives a month for her hours, 0 where not known.

    `wage__compared`: wage and day of hiring known. A vague day will do where the SMIG was the same on all of it.
    """
    earns, placed = nw.col("wage") > 0, nw.col("reached_placed")
    dated = nw.col("placed__dated") & (_grade("hired_from", programme) == _grade("hired_by", programme))
    early = _grade("hired_by", programme) == 0
    return [
        (placed & ~earns).alias("wage__unknown"),
        (placed & earns & ~dated).alias("wage__undated"),
        (placed & earns & dated & early).alias("wage__before_table"),
        (placed & earns & dated & ~early).alias("wage__compared"),
        (_hourly(programme) * _monthly_hours(programme)).alias("smig"),
    ]


def paid(programme: Programme) -> list[nw.Expr]:
    """Of the wages compared: `paid__smig` at least the SMIG, `paid__part_time`, `paid__hours_unknown`."""
    compared, hours = nw.col("wage__compared"), nw.col("weekly_hours")
    part_time = (hours > 0) & (hours < programme.working_time.weekly_hours)
    return [
        (compared & (nw.col("wage") > nw.col("smig") - _DIRHAM)).alias("paid__smig"),
        (compared & part_time).alias("paid__part_time"),
        (compared & (hours <= 0)).alias("paid__hours_unknown"),
    ]


def wage_ratio() -> nw.Expr:
    """Wage over SMIG in thousandths; only of wages compared."""
    return _nearest(nw.col("wage") / nw.col("smig") * RATIO)


def _grade(day: str, programme: Programme) -> nw.Expr:
    """How many minimum wages of the table had come into force by a day."""
    begun = [(nw.col(day) >= day_number(smig.since)).cast(nw.Int32) for smig in programme.smig]
    return sum(begun, start=nw.lit(0))


def _hourly(programme: Programme) -> nw.Expr:
    """The minimum wage in force on the day of hiring: the sum of the rises until then."""
    rates = [smig.hourly for smig in programme.smig]
    rises = [rate - before for rate, before in zip(rates, [0.0, *rates], strict=False)]
    begun = [(nw.col("hired_by") >= day_number(smig.since)).cast(nw.Int32).cast(nw.Float64) for smig in programme.smig]
    return sum((is_on * rise for is_on, rise in zip(begun, rises, strict=True)), start=nw.lit(0.0))


def _monthly_hours(programme: Programme) -> nw.Expr:
    """Hours a month; a woman whose hours are not recorded is taken to work full time."""
    full = programme.working_time
    weekly = nw.when(nw.col("weekly_hours") > 0).then(nw.col("weekly_hours")).otherwise(full.weekly_hours)
    return weekly * (full.monthly_hours / full.weekly_hours)


def scores(programme: Programme) -> list[nw.Expr]:
    """`score__*` of women who started: pairs, awaited, lost and none share them out; the rest are of the pairs."""
    before, after, started = nw.col("pre_score") > NOTHING, nw.col("post_score") > NOTHING, nw.col("started")
    highest, pair = programme.instruments.score_highest, started & before & after
    awaited = started & before & ~after & nw.col("in_training")
    return [
        pair.alias("score__pair"),
        awaited.alias("score__awaited"),
        (started & (before | after) & ~pair & ~awaited).alias("score__lost"),
        (started & ~before & ~after).alias("score__none"),
        (pair & (nw.col("post_score") > nw.col("pre_score"))).alias("score__improved"),
        (pair & (nw.col("pre_score") >= highest)).alias("score__ceiling_before"),
        (pair & (nw.col("post_score") >= highest)).alias("score__ceiling_after"),
    ]


def gain() -> nw.Expr:
    """Post - pre in hundredths of a point; only of pairs."""
    return _nearest((nw.col("post_score") - nw.col("pre_score")) * POINT)


def _nearest(value: nw.Expr) -> nw.Expr:
    """The nearest whole number, of halves the one above: engines have rounding rules of their own."""
    return ((value + 0.5) // 1).cast(nw.Int64)


def satisfaction(programme: Programme) -> list[nw.Expr]:
    """`rated` and `satisfied` of women who completed; `rated_early` of the others who started."""
    answered, done = nw.col("satisfaction") > NOTHING, nw.col("reached_completed")
    content = nw.col("satisfaction") >= programme.instruments.satisfied_from
    return [
        (done & answered).alias("rated"),
        (done & answered & content).alias("satisfied"),
        (nw.col("started") & ~done & answered).alias("rated_early"),
    ]


def active(programme: Programme) -> list[nw.Expr]:
    """`active_completed`: completed, alive, and not said to be out of the labour force; `active_placed` of these."""
    idle = [nw.col("status") == status.id for status in programme.statuses if status.inactive]
    dead = nw.col("stock") == places(programme).index("deceased")
    seeks = nw.col("reached_completed") & ~any_of([dead, *idle])
    return [seeks.alias("active_completed"), (seeks & nw.col("reached_placed")).alias("active_placed")]
