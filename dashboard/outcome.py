"""What became of each woman, in training and after it, as expressions over the roster frame (field reference 1.2, 1.3).

A vague date decides only what both its ends agree on. Steps, as in dashboard.path.
"""

import narwhals as nw

from dashboard.days import AsOf, among, known, pick, span, total
from dashboard.path import PATH, RETAINED, horizon, own_business, places, salaried
from dashboard.programme import Programme

STATES = ("inserted", "closed_without", "unknown", "undated", "open")
CENSORED, SALARIED, OWN_BUSINESS, OTHER = 0, 1, 2, 3
KINDS = {"salaried": SALARIED, "own_business": OWN_BUSINESS, "other": OTHER}  # other: kind of work not recorded
PAPERS = ("held", "pending", "refused", "unrecorded")
ANSWERS = ("same_employer", "working", "not_working")
KEPT = (*ANSWERS, "unknown", "not_due")


def training(as_of: AsOf) -> list[nw.Expr]:
    """`started`, `in_training`, `left_training`, `dropout`; `due`: her planned end has come, `due_completed`.

    Without a plan, her completing or leaving shows that the end has come. Leaving for a job is no dropout.
    """
    started, done, left = nw.col("reached_softskills"), nw.col("reached_completed"), nw.col("left")
    due = started & ((nw.col("plan") <= as_of) | (~known("plan") & (done | left)))
    return [
        started.alias("started"),
        (started & ~done & ~left).alias("in_training"),
        (started & left).alias("left_training"),
        (started & left & ~nw.col("left_for_job")).alias("dropout"),
        due.alias("due"),
        (due & done).alias("due_completed"),
    ]


def certificate() -> list[nw.Expr]:
    """`paper__*` of women who completed: certificate held, pending, refused or not recorded.

    A certificate inferred from a job is not recorded; a date wins over the cell beside it.
    """
    done, said, dated = nw.col("reached_completed"), nw.col("certificate"), nw.col("certified__dated")
    pending = (nw.col("certified__ahead") | (said == "pending")) & ~dated
    refused = (said == "no") & ~nw.col("certified__ahead") & ~dated
    held = dated | (((said == "yes") | (nw.col("rank") == PATH.index("certified"))) & ~pending & ~refused)
    states = {"held": held, "pending": pending, "refused": refused, "unrecorded": ~(held | pending | refused)}
    return [(done & condition).alias(f"paper__{name}") for name, condition in states.items()]


def window(programme: Programme, as_of: AsOf) -> list[nw.Expr]:
    """`matured`: her window has closed, `days_left` until it does. `in_window`: surely inserted in it.

    `late`: surely not inserted in it, by a later date.
    `known_without`: a woman without a date of work is known to have had none in the window, by a contact on or after
    its last day, else by an active status without a contact date, or by her death. Also `business`, `wage_earner`.
    """
    days = programme.rules.window_days
    closes = nw.col("completed_by") + days
    heard = known("last_contact") & (nw.col("last_contact") >= closes)
    dead = nw.col("stock") == places(programme).index("deceased")
    in_touch = nw.col("says_active") & ~known("last_contact")
    return [
        (nw.col("completed__dated") & (closes <= as_of)).alias("matured"),
        (closes - as_of).alias("days_left"),
        ((nw.col("hired_by") <= as_of) & (nw.col("hired_by") - nw.col("completed_from") <= days)).alias("in_window"),
        (known("hired_from") & (nw.col("hired_from") > closes)).alias("late"),
        (heard | in_touch | dead).alias("known_without"),
        (in_touch | dead | (known("last_contact") & (nw.col("last_contact") > as_of))).alias("followed"),
        own_business().alias("business"),
        salaried().alias("wage_earner"),
    ]


def outcome() -> list[nw.Expr]:
    """`outcome__<state>`: the states share out all women with a completion date. Also what the inserted consist of."""
    matured, hired, late = nw.col("matured"), nw.col("in_window"), nw.col("late")
    dateless = matured & ~hired & ~late
    undated = known("hired_from") | nw.col("undated_work")
    business, wage_earner, inserted = nw.col("business"), nw.col("wage_earner"), matured & hired
    still_open = nw.col("completed__dated") & ~matured
    without = (matured & ~hired & late) | (dateless & ~undated & nw.col("known_without"))
    return [
        inserted.alias("outcome__inserted"),
        without.alias("outcome__closed_without"),
        (dateless & ~undated & ~nw.col("known_without")).alias("outcome__unknown"),
        (dateless & undated).alias("outcome__undated"),
        still_open.alias("outcome__open"),
        (still_open & hired).alias("open_inserted"),
        (inserted & (nw.col("hired_by") < nw.col("completed_from"))).alias("from_placement"),
        (inserted & business).alias("inserted__own_business"),
        (inserted & wage_earner & ~business).alias("inserted__salaried"),
        (inserted & ~wage_earner & ~business).alias("inserted__other"),
    ]


def times(as_of: AsOf) -> list[nw.Expr]:
    """`timed` (in the curve), `follow` (days since completion), `day` and `event` (CENSORED or the kind of work).

    Women with an exact completion date. Censored at the last contact, at most the as-of day; without a contact date
    at the as-of day if the status is active, else on day 0. Work without an exact date leaves a woman out. A death
    is no insertion: she stays among the others until the as-of day, which gives the incidence under a competing risk.
    """
    follow = as_of - nw.col("completion_date")
    works = nw.col("first_work_date") <= as_of
    vague = ~works & (nw.col("hired_from") <= as_of)
    followed = nw.col("followed") | known("hired_from")
    hired, seen = span("first_work_date", "completion_date"), span("last_contact", "completion_date")
    kind = total((nw.col("business"), OWN_BUSINESS), (nw.col("wage_earner"), SALARIED), otherwise=OTHER)
    return [
        ((nw.col("completion_date") <= as_of) & ~vague & ~nw.col("undated_work")).alias("timed"),
        follow.alias("follow"),
        pick((works, hired), (followed, follow), (known("last_contact"), seen)).alias("day"),
        pick((works, kind), otherwise=CENSORED).alias("event"),
    ]


def retention(programme: Programme, as_of: AsOf) -> list[nw.Expr]:
    """`<stage>__kept_*` of women with a dated job: the answer of the check, none, or not due yet."""
    return [column for stage, check in RETAINED.items() for column in _kept(stage, check, programme, as_of)]


def _kept(stage: str, check: str, programme: Programme, as_of: AsOf) -> list[nw.Expr]:
    placed = nw.col("placed__dated")
    due = nw.col("hired_by") + horizon(stage, programme) <= as_of
    states = {answer: due & (nw.col(check) == answer) for answer in ANSWERS}
    states |= {"unknown": due & ~among(check, ANSWERS), "not_due": ~due}
    return [(placed & condition).alias(f"{stage}__kept_{name}") for name, condition in states.items()]
