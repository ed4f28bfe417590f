"""How far each woman has come and on what evidence, as expressions over the roster frame (field reference 2).

Evidence of a stage: its own date; else *inferred* from a dated later stage; else *undated*, the status alone says so.
A stage with a date after the as-of day has not been reached, whatever the status says today. The functions are steps:
each reads columns that the ones before have added. Nearly all columns are true or false: engines are quickest with
those, and what is counted in the end is how often each is true.
"""

from collections.abc import Iterable

import narwhals as nw

from dashboard.days import AsOf, among, any_of, known, pick, total
from dashboard.programme import Programme, Status
from dashboard.schema import FIELDS, Kind

EVIDENCE = ("dated", "inferred", "undated")

PATH = tuple(field.stage for field in FIELDS if field.stage)  # contact ... retained_12
MAIN = PATH[: PATH.index("completed") + 1]  # every woman who completed has gone through these
ENTRY = PATH[: PATH.index("softskills") + 1]  # a woman all of whose entry dates lie ahead is not there yet
RETAINED = {"retained_3": "check_3", "retained_6": "check_6", "retained_12": "check_12"}
RETENTION_DAYS = {"retained_3": 90, "retained_6": 180, "retained_12": 365}  # where the programme names none
STILL_WORKING = ("same_employer", "working")
LEAVING = ("dropped", "declined", "lost", "deceased")  # stocks of women who have left
_UNFINISHED = ("dropped", "declined")  # contradict a completion date, which then wins
_JOB = "job"  # exit reason: found work before the end, which is no dropout

_DATE_OF = {field.stage: field.id for field in FIELDS if field.stage and field.kind is Kind.DATE}
_DATE_OF |= {"completed": "completed_by", "placed": "hired_by"}  # vague dates count from their last day
_COMPLETED, _CERTIFIED, _PLACED = (PATH.index(stage) for stage in ("completed", "certified", "placed"))
_NOWHERE = -1


def places(programme: Programme) -> tuple[str, ...]:
    """Every place a woman can be in now; its number is its position, which for a stage is that in PATH."""
    named = (stage.id for stage in (*programme.stages, *programme.now))
    return tuple(dict.fromkeys((*PATH, "followup", "business", *LEAVING, *named)))


def horizon(stage: str, programme: Programme) -> int:
    """Days after hiring at which retention is asked."""
    return programme.rules.retention_days.get(stage, RETENTION_DAYS[stage])


def present(as_of: AsOf) -> nw.Expr:
    """Whether a woman has come to the programme by a day: she has no entry date, or one that has passed."""
    days = [_DATE_OF[stage] for stage in ENTRY]
    return any_of(nw.col(day) <= as_of for day in days) | ~any_of(known(day) for day in days)


def meanings(programme: Programme) -> list[nw.Expr]:
    """What a status means: `rank` (stage it proves, a position in PATH), `stock` (a position in `places`), `says_*`.

    Also `checked_working`: a follow-up found her at work.
    """
    by_rank = {stage: {s.id for s in programme.statuses if s.reached == stage} for stage in PATH}
    by_stock = {name: {s.id for s in programme.statuses if s.now == name} for name in places(programme)}
    return [
        _position(by_rank).alias("rank"),
        _position(by_stock).alias("stock"),
        _status(status for status in programme.statuses if status.active).alias("says_active"),
        _status(status for status in programme.statuses if status.kind == "own_business").alias("says_business"),
        _status(status for status in programme.statuses if status.kind == "salaried").alias("says_salaried"),
        _status(status for status in programme.statuses if status.now in LEAVING).alias("says_left"),
        any_of(among(check, STILL_WORKING) for check in RETAINED.values()).alias("checked_working"),
    ]


def _position(found: dict[str, set[str]]) -> nw.Expr:
    """The position of the group that her status belongs to."""
    cases = [(among("status", ids), position) for position, ids in enumerate(found.values()) if ids]
    return total(*cases, otherwise=_NOWHERE) if cases else nw.lit(_NOWHERE)


def _status(found: Iterable[Status]) -> nw.Expr:
    return among("status", {status.id for status in found})


def dates(programme: Programme, as_of: AsOf) -> list[nw.Expr]:
    """`<stage>__dated`: its date has come. `<stage>__ahead`: it has one that lies ahead; then it is not reached.

    Retention stages are dated where a check found her at work, by the day on which it was due. Also `exit_ahead`,
    and `undated_work`: she is said to have found work, and there is no date of it.
    """
    own = [(nw.col(day) <= as_of).alias(f"{stage}__dated") for stage, day in _DATE_OF.items()]
    coming = [_ahead(day, as_of).alias(f"{stage}__ahead") for stage, day in _DATE_OF.items()]
    kept = [
        ((nw.col("hired_by") + horizon(stage, programme) <= as_of) & among(check, STILL_WORKING)).alias(
            f"{stage}__dated"
        )
        for stage, check in RETAINED.items()
    ]
    undated = _says_work() & ~known("hired_from")
    return [*own, *coming, *kept, _ahead("exit_date", as_of).alias("exit_ahead"), undated.alias("undated_work")]


def _ahead(day: str, as_of: AsOf) -> nw.Expr:
    return known(day) & (nw.col(day) > as_of)


def _says_work() -> nw.Expr:
    return (nw.col("rank") >= _PLACED) | nw.col("checked_working")


def standing(as_of: AsOf) -> list[nw.Expr]:
    """`gone`: she has left, by date or status. `finishable`: if she works, she has completed.

    A status is that of today: a woman who leaves or comes further after the as-of day had not left by then. A woman
    hired while still in training, or who left, has not completed because she works.
    """
    came_further = any_of(nw.col(f"{stage}__ahead") for stage in _DATE_OF)
    gone = (nw.col("exit_date") <= as_of) | (nw.col("says_left") & ~nw.col("exit_ahead") & ~came_further)
    over = (nw.col("plan") <= as_of) | ~known("plan")
    return [gone.alias("gone"), (over & ~gone & ~nw.col("completed__ahead")).alias("finishable")]


def proofs() -> list[nw.Expr]:
    """`proven`: a later date shows that she has completed. `said`: the status or another cell says so."""
    certified = nw.col("certified__dated") & ~nw.col("completed__ahead")
    works = nw.col("placed__dated") & nw.col("finishable")
    paper = (nw.col("rank") == _CERTIFIED) | (nw.col("certificate") == "yes")
    return [(certified | works).alias("proven"), ((_says_work() & nw.col("finishable")) | paper).alias("said")]


def main_reach() -> list[nw.Expr]:
    """`<stage>__inferred`, `<stage>__undated` and `reached_<stage>` up to completion; reach never rises along them."""
    return [column for place, stage in enumerate(MAIN) for column in _main_stage(place, stage)]


def _main_stage(place: int, stage: str) -> tuple[nw.Expr, ...]:
    dated = nw.col(f"{stage}__dated")
    inferred = any_of([nw.col("proven"), *(nw.col(f"{after}__dated") for after in MAIN[place + 1 :])])
    stopped = any_of(nw.col(f"{before}__ahead") for before in MAIN[: place + 1])
    said = (nw.col("said") | nw.col("rank").is_between(place, _COMPLETED)) & ~stopped
    if not place:
        said = nw.col("rank") >= _NOWHERE  # always: whoever is in the roster has been in touch
    return (
        (inferred & ~dated).alias(f"{stage}__inferred"),
        (said & ~inferred & ~dated).alias(f"{stage}__undated"),
        (dated | inferred | said).alias(f"reached_{stage}"),
    )


def further_reach() -> list[nw.Expr]:
    """The same for certificate and work: only of women who completed. Work does not take a certificate."""
    done, works = nw.col("reached_completed"), nw.col("placed__dated")
    certified = done & nw.col("certified__dated")
    open_question = done & ~certified & ~among("certificate", ("no", "pending")) & ~nw.col("certified__ahead")
    holds = (nw.col("certificate") == "yes") | (nw.col("rank") == _CERTIFIED) | _says_work()
    return [
        certified.alias("certified__dated"),
        (open_question & works).alias("certified__inferred"),
        (open_question & ~works & holds).alias("certified__undated"),
        (certified | (open_question & (works | holds))).alias("reached_certified"),
        (done & works).alias("placed__dated"),
        nw.lit(False).alias("placed__inferred"),
        (done & ~works & nw.col("undated_work")).alias("placed__undated"),
        (done & (works | nw.col("undated_work"))).alias("reached_placed"),
    ]


def retained_reach() -> list[nw.Expr]:
    """The same for retention: only of women who were placed; a check that says "not working" is never overruled."""
    return [column for stage, check in RETAINED.items() for column in _retained(stage, check)]


def _retained(stage: str, check: str) -> tuple[nw.Expr, ...]:
    dated = nw.col("reached_placed") & nw.col(f"{stage}__dated")
    unasked = nw.col("reached_placed") & ~dated & (nw.col(check) != "not_working")
    after = PATH[PATH.index(stage) + 1 :]
    inferred = unasked & any_of(nw.col(f"{later}__dated") for later in after) if after else nw.lit(False)
    undated = unasked & ~inferred & among(check, STILL_WORKING) & ~known("hired_by")
    return (
        dated.alias(f"{stage}__dated"),
        inferred.alias(f"{stage}__inferred"),
        undated.alias(f"{stage}__undated"),
    )


def exits(as_of: AsOf) -> list[nw.Expr]:
    """`left` training before completing, and `left_for_job`. `current`: her status still holds.

    A status holds if she has come as far as it says and no date says that she has gone further since. A certificate
    overtakes nothing, nor does a check of a woman at work.
    """
    left, rank = nw.col("gone") & ~nw.col("reached_completed"), nw.col("rank")
    works = (nw.col("hired_from") <= as_of) | (nw.col("exit_reason") == _JOB)
    reached = any_of(
        [
            *((rank == place) & nw.col(f"reached_{stage}") for place, stage in enumerate(MAIN)),
            (rank == _CERTIFIED) & nw.col("reached_certified"),
            (rank >= _PLACED) & nw.col("reached_placed"),
        ]
    )
    furthest = (*MAIN[1:], "placed")
    overtaken = any_of((rank < PATH.index(stage)) & nw.col(f"{stage}__dated") for stage in furthest)
    return [left.alias("left"), (left & works).alias("left_for_job"), (reached & ~overtaken).alias("current")]


def place(programme: Programme) -> nw.Expr:
    """`place`: where a woman is now, as a position in `places`. Dates win over a status that they have overtaken."""
    number = {name: position for position, name in enumerate(places(programme))}
    departed = nw.col("left") & ~nw.col("left_for_job")
    unfinished = nw.col("stock").is_in([number[name] for name in _UNFINISHED])
    out_of_touch = nw.col("gone") & ~nw.col("left") & nw.col("says_left") & ~unfinished
    as_said = (departed & nw.col("says_left")) | out_of_touch | (nw.col("current") & ~departed)
    placed = nw.col("reached_placed") | nw.col("left_for_job")
    depth = total(*((nw.col(f"reached_{stage}"), 1) for stage in MAIN[1:]))  # reach never rises along these
    return pick(
        (as_said, nw.col("stock")),
        (departed, number["dropped"]),
        (placed & own_business(), number["business"]),
        (placed, number["placed"]),
        (nw.col("reached_completed"), number["followup"]),
        otherwise=depth,
    ).alias("place")


def own_business() -> nw.Expr:
    """Whether her work is her own business, from the kind of work, else from the status."""
    return (nw.col("work_kind") == "own_business") | ((nw.col("work_kind") == "") & nw.col("says_business"))


def salaried() -> nw.Expr:
    """Whether her work is a salaried job, from the kind of work, else from the status."""
    return (nw.col("work_kind") == "salaried") | ((nw.col("work_kind") == "") & nw.col("says_salaried"))
