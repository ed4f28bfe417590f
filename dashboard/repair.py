"""What staff can mend, ordered by what it costs: which cells keep women out of a rate, and what the rate could become.

A rate is of the whole sheet on a day. A woman whom a cell keeps *out* is in no denominator; one who is *missed* is in
it and counts as not inserted (or not certified, or of no known kind of work) for want of a date or word. Mended, an
out woman may enter as a success, enter as a failure or stay out, a missed one may turn out a success: the rate then
lies between hits / (n + out) and (hits + out + missed) / (n + out). Findings of different groups may be about the same
woman: only `Repair.whole` counts her once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.funnel import reached
from dashboard.indicators import outcomes
from dashboard.kept_out import Effect, Place, effect_of, place_of, states
from dashboard.mending import Memory
from dashboard.repair_groups import GROUPS, INSERTION, group_of
from dashboard.roster import Finding, Roster, Severity, SourceInfo
from dashboard.tally import Tally


@dataclass(frozen=True, slots=True)
class Range:
    """A rate now and what mending could make of it, as fractions of 1; `now` None where there is no denominator."""

    now: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mend:
    """A finding to mend."""

    finding: Finding
    link: str | None  # opens the spreadsheet at the cell
    since: date | None  # first seen
    costs: bool  # whether it changes the rate of its group today


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one cost; `kinds` are lists of one finding code each, the most frequent first."""

    id: str
    cells: int  # distinct cells that cost something today
    women: int  # women whom they concern
    rate: Range | None
    kinds: tuple[tuple[Mend, ...], ...]

    @property
    def findings(self) -> int:
        """How many findings there are in the group."""
        return sum(map(len, self.kinds))


@dataclass(frozen=True, slots=True)
class Repair:
    """The repair list. Every finding that is not merely normalised is in exactly one group."""

    groups: tuple[Group, ...]
    whole: Group  # everything that changes the insertion rate, each woman once; without kinds
    mended: int  # findings that disappeared in the last seven days

    @property
    def findings(self) -> int:
        """How many findings there are to mend."""
        return sum(group.findings for group in self.groups)


def repair(roster: Roster, tally: Tally, memory: Memory) -> Repair:
    """The repair list of a roster on the day of its tally, which must be of everyone."""
    found = [finding for finding in roster.findings if finding.severity is not Severity.NORMALISED]
    classes = states(roster, tally.programme, tally.as_of, {place for one in found if (place := place_of(one))})
    sorted_out: dict[str, list[Finding]] = {group: [] for group in GROUPS}
    for finding in found:
        sorted_out[group_of(finding)].append(finding)
    effects = {group: effect_of(group, findings, classes) for group, findings in sorted_out.items()}
    groups = [
        _group(group, findings, effects[group], tally, roster, memory)
        for group, findings in sorted_out.items()
        if findings
    ]
    return Repair(
        groups=tuple(sorted(groups, key=_cost)),
        whole=_whole(found, effects, tally),
        mended=memory.mended_lately(tally.as_of),
    )


def cell_link(finding: Finding, source: SourceInfo) -> str | None:
    """The address that opens the spreadsheet at a finding's cell or column; None where it has no address."""
    if source.url is None or finding.gid is None:
        return None
    column = finding.column or ""
    place = f"{column}{finding.row}" if finding.row else f"{column}:{column}" if column else ""
    return f"{source.url}#gid={finding.gid}" + (f"&range={place}" if place else "")


def _group(
    group: str, findings: Sequence[Finding], effect: Effect, tally: Tally, roster: Roster, memory: Memory
) -> Group:
    kinds: dict[str, list[Mend]] = {}
    for finding in findings:
        costs = place_of(finding) in effect.places
        link, since = cell_link(finding, roster.source), memory.first_seen(finding)
        kinds.setdefault(finding.code, []).append(Mend(finding, link, since, costs))
    lists = [tuple(sorted(kind, key=lambda mend: not mend.costs)) for kind in kinds.values()]
    ordered = sorted(lists, key=lambda kind: (-sum(mend.costs for mend in kind), -len(kind), kind[0].finding.code))
    return Group(group, _cells(findings, effect), len(effect.places), _rate(group, effect, tally), tuple(ordered))


def _whole(findings: Sequence[Finding], effects: Mapping[str, Effect], tally: Tally) -> Group:
    """Everything that changes the insertion rate."""
    out = frozenset[Place]().union(*(effects[group].out for group in INSERTION))
    missed = frozenset[Place]().union(*(effects[group].missed for group in INSERTION))
    effect = Effect(out=out, missed=missed - out)
    blamed = [finding for finding in findings if group_of(finding) in INSERTION]
    cells = len({one.cell for one in blamed if place_of(one) in effects[group_of(one)].places})
    return Group("whole", cells, len(effect.places), _rate("whole", effect, tally), ())


def _cells(findings: Iterable[Finding], effect: Effect) -> int:
    return len({finding.cell for finding in findings if place_of(finding) in effect.places})


def _rate(group: str, effect: Effect, tally: Tally) -> Range | None:
    """The rate that a group changes; None for those that change no single one."""
    found = outcomes(tally)
    bases = dict.fromkeys((*INSERTION, "whole"), (found.inserted, found.closed))
    bases |= {
        "work_kind": (found.own_business, found.closed),
        "certificate": (tally.count("paper__held"), reached("completed", tally)),
    }
    if group not in bases:
        return None
    hits, n = bases[group]
    out, missed = len(effect.out), len(effect.missed)
    if not n + out:
        return None
    return Range(hits / n if n else None, hits / (n + out), (hits + out + missed) / (n + out))


def _cost(group: Group) -> tuple[bool, float, int, int]:
    """Groups that move the insertion rate first, by how far; then by the women they concern."""
    moves = group.rate.high - group.rate.low if group.rate is not None and group.id in INSERTION else 0.0
    return group.id in ("doubtful", "other"), -moves, -group.women, GROUPS.index(group.id)
