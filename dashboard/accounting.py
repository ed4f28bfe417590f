"""From the rows read to each denominator: who leaves on the way and why, and on what evidence each stage stands."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dashboard.funnel import reached
from dashboard.indicators import indicators
from dashboard.outcome import KEPT, KINDS, STATES
from dashboard.path import EVIDENCE, MAIN, PATH, RETAINED
from dashboard.roster import Finding, Roster
from dashboard.schema import FIELDS
from dashboard.tally import Tally

START = "softskills"  # its date is the signed start: reaching it is what "enrolled" counts
CLOSED = tuple(state for state in STATES if state != "open")
# Findings of dashboard.reading.contradictions: about the later of two dates, or about a word against a date.
_CONTRADICTIONS = frozenset({"before_birth", "before_start", "hired_before_completion", "dates_out_of_order"})
_STAGE_OF = {"status_contradicts_dates": "completed", "certificate_contradicts_date": "certified"}


@dataclass(frozen=True, slots=True)
class Step:
    """One number of a line. `leaving` says who is not in the next step: n - their sum = the next step's n.

    Classes are listed even where nobody is in them. The last step of a line has none.
    """

    id: str
    n: int
    leaving: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Branch:
    """The way from a step of the line to the denominator of one indicator; its last step is that denominator."""

    indicator: str
    steps: tuple[Step, ...]  # the first is a step of the line, by id and n


@dataclass(frozen=True, slots=True)
class StageEvidence:
    """On what evidence women have reached a stage: dated + inferred + undated = reached, of the women of the view.

    `contradicted` and `rejected` are of the sheet as it was read, whatever the view and the as-of day.
    """

    stage: str
    dated: int
    inferred: int  # a later date implies it
    undated: int  # only the status says so
    contradicted: int  # rows in which a date or word of this stage contradicts another cell (a finding each)
    rejected: int  # filled cells of this stage's date that could not be used


@dataclass(frozen=True, slots=True)
class Account:
    """Reconciliation and evidence of one view.

    `line` = rows_read, used, known, selected, started, completed, completion_dated, window_closed, inserted.
    """

    line: tuple[Step, ...]
    branches: tuple[Branch, ...]  # one per rate, in the order of the path, and one for time_to_insertion
    inserted: Mapping[str, int]  # kinds of work of the inserted: salaried, own_business, other; they sum to them
    from_placement: int  # of the inserted, at work before they completed: counted as day 0
    evidence: tuple[StageEvidence, ...]  # the stages of the programme in order


def account(tally: Tally, roster: Roster) -> Account:
    """The account of a view; `tally` must count `roster`."""
    return Account(
        line=_line(tally, roster),
        branches=tuple(_branches(tally)),
        inserted={kind: tally.count(f"inserted__{kind}") for kind in KINDS},
        from_placement=tally.count("from_placement"),
        evidence=tuple(_evidence(stage.id, tally, roster) for stage in tally.programme.stages if stage.id in PATH),
    )


def _line(tally: Tally, roster: Roster) -> tuple[Step, ...]:
    read, known = roster.reconciliation, tally.everyone.women
    dropped = {name: getattr(read, name) for name in ("duplicates_merged", "quarantined", "skipped")}
    closed = sum(tally.count(f"outcome__{state}") for state in CLOSED)
    without = {state: tally.count(f"outcome__{state}") for state in CLOSED if state != "inserted"}
    return (
        Step("rows_read", read.rows_read, dropped),
        Step("used", read.used, {"not_yet_known": read.used - known}),
        Step("known", known, {"not_selected": known - tally.women}),
        Step("selected", tally.women, _not_started(tally)),
        _started(tally),
        _completed(tally),
        Step("completion_dated", tally.count("completed__dated"), _still_open(tally)),
        Step("window_closed", closed, without),
        Step("inserted", tally.count("outcome__inserted"), {}),
    )


def _not_started(tally: Tally) -> dict[str, int]:
    """Women who have not started, by the furthest stage they have come to; reach never rises along the path."""
    return {
        f"only_{stage}": reached(stage, tally) - reached(after, tally)
        for stage, after in pairwise(MAIN[: MAIN.index(START) + 1])
    }


def _started(tally: Tally) -> Step:
    left, dropout = tally.count("left_training"), tally.count("dropout")
    leaving = {"in_training": tally.count("in_training"), "dropout": dropout, "left_for_job": left - dropout}
    return Step("started", tally.count("started"), leaving)


def _completed(tally: Tally) -> Step:
    leaving = {f"completion_{evidence}": tally.count(f"completed__{evidence}") for evidence in EVIDENCE[1:]}
    return Step("completed", reached("completed", tally), leaving)


def _still_open(tally: Tally) -> dict[str, int]:
    inserted = tally.count("open_inserted")
    return {"open_inserted": inserted, "open_waiting": tally.count("outcome__open") - inserted}


def _branches(tally: Tally) -> Iterator[Branch]:
    """The ways to the denominators that do not lie on the line itself, and the steps that do."""
    found = indicators(tally)
    started, dated = tally.count("started"), tally.count("completed__dated")
    due = found["completion"].denominator or 0
    yield Branch("completion", (Step("started", started, {"not_due": started - due}), Step("due", due, {})))
    yield Branch("certification", (Step("completed", reached("completed", tally), {}),))
    for indicator in ("insertion_90", "own_business"):
        yield Branch(indicator, (Step("window_closed", found[indicator].denominator or 0, {}),))
    yield Branch("dropout", (Step("started", started, {}),))
    untimed = tally.count("untimed")
    timed = Step("timed", found["time_to_insertion"].denominator or 0, {})
    yield Branch("time_to_insertion", (Step("completion_dated", dated, {"date_not_exact": untimed}), timed))
    for stage in RETAINED:
        yield _retention(stage, tally)


def _retention(stage: str, tally: Tally) -> Branch:
    """From completed to the women whose hiring lies so far back that retention can be asked."""
    completed, placed, dated = reached("completed", tally), reached("placed", tally), tally.count("placed__dated")
    waiting = tally.count(f"{stage}__kept_not_due")
    steps = (
        Step("completed", completed, {"not_placed": completed - placed}),
        Step("placed", placed, {"placed_undated": placed - dated}),
        Step("placed_dated", dated, {"not_due": waiting}),
        Step("horizon_reached", sum(tally.count(f"{stage}__kept_{kept}") for kept in KEPT if kept != "not_due"), {}),
    )
    return Branch(stage.replace("retained", "retention"), steps)


def _evidence(stage: str, tally: Tally, roster: Roster) -> StageEvidence:
    fields = {field.id for field in FIELDS if field.stage == stage}
    against = {(finding.sheet, finding.row) for finding in roster.findings if _contradicts(finding, stage, fields)}
    return StageEvidence(
        stage,
        **{evidence: tally.count(f"{stage}__{evidence}") for evidence in EVIDENCE},
        contradicted=len(against),
        rejected=sum(roster.fields[field].rejected for field in fields if field in roster.fields),
    )


def _contradicts(finding: Finding, stage: str, fields: Collection[str]) -> bool:
    """Whether a finding is a contradiction about a stage; one about a status or a certificate names its stage."""
    if finding.code in _STAGE_OF:
        return _STAGE_OF[finding.code] == stage
    return finding.code in _CONTRADICTIONS and finding.field in fields
