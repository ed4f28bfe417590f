"""The only door to donors: true numbers in, a Release out, or the reasons why there is none.

The rules (field reference 4.3) hide what is too small; an attack by solver on everything published so far then finds
what follows from the rest, and the least valuable cells are withheld until nothing does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.disclosure_attack import Published, at, endangered, knowledge, misfits, published
from dashboard.disclosure_audit import spans
from dashboard.disclosure_draft import Draft, draft
from dashboard.disclosure_needs import hidden_in, of_draft, of_past, said_by
from dashboard.disclosure_ranges import Need, Span
from dashboard.disclosure_rules import DisclosureRules
from dashboard.disclosure_solver import Contradiction
from dashboard.disclosure_witnesses import Witnesses
from dashboard.release import Release
from dashboard.release_assembly import assemble
from dashboard.release_cells import Terms, amount, relations
from dashboard.release_counts import Counts
from dashboard.release_imprint import Imprint

AT_ONCE = 3  # exposed sums of one component that are looked into before something is withheld


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is released: a code, and the cells it is about."""

    code: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """No release."""

    reasons: tuple[Refusal, ...]


def release(
    counts: Counts,
    previous: Sequence[Release],
    rules: DisclosureRules,
    imprint: Imprint,
    at_once: int = AT_ONCE,
    seen: Witnesses | None = None,
) -> Release | Refused:
    """What may be shown outside of some counts, knowing every earlier release, the oldest first.

    `at_once`: the larger, the sooner it is found and the more of it is hidden; what may be found out is the same.
    `seen`: what was found for the release before, if it is at hand; it saves time and changes nothing.
    """
    refusal = _impossible(counts, previous)
    if refusal:
        return Refused((refusal,))
    made = draft(counts.layout, counts.values, previous, rules)
    try:
        recoverable = protect(made, previous, at_once, seen)
    except Contradiction:
        return Refused((Refusal("release_contradicts"),))
    if recoverable:
        return Refused((Refusal("release_recoverable", tuple(recoverable)),))
    return assemble(made, counts, previous, imprint)


def _impossible(counts: Counts, previous: Sequence[Release]) -> Refusal | None:
    """What no release can be made from: counts that contradict the definitions, or a day before the last one's."""
    if previous and counts.as_of < previous[-1].as_of:
        return Refusal("release_goes_back")
    broken = (
        relation
        for relation in relations(counts.layout)
        if not relation.assumed and not relation.low <= amount(relation.terms, counts.values) <= relation.high
    )
    found = next(broken, None)
    return Refusal("release_contradicts", tuple(name for name, _ in found.terms)) if found else None


def protect(made: Draft, previous: Sequence[Release], at_once: int, seen: Witnesses | None = None) -> list[str]:
    """Withhold until nothing that is too small follows from what is said. Returns what cannot be protected.

    First this release by itself, which is quick, then with the one before in hand, in the end with all of them.
    """
    earlier = [found for found in map(published, previous) if not found.silent]
    seen = seen or Witnesses()
    past = _unknown_so_far(earlier, made.rules, seen)
    last = hidden_in(earlier[-1:], made.rules)
    steps = {0: ({}, Witnesses()), min(1, len(earlier)): (last, Witnesses())} | {len(earlier): (past, seen)}
    while True:
        for many, (unknown, states) in steps.items():
            lost = _withhold_until_safe(made, earlier[len(earlier) - many :], unknown, at_once, states)
            if lost:
                return lost
        if not _settled(made):
            return []


def _unknown_so_far(earlier: Sequence[Published], rules: DisclosureRules, seen: Witnesses) -> dict[Terms, Need]:
    """What may have to stay unknown of earlier releases. What they give away already is of nobody, or of enough."""
    past = {asked: need for asked, need in of_past(earlier, rules).items() if asked not in seen.given_away}
    found = spans(knowledge(earlier, rules), past, None, seen)
    seen.given_away.update(asked for asked, span in found.items() if past[asked].few and past[asked].missed_by(span))
    return {asked: need for asked, need in past.items() if asked not in seen.given_away}


def _withhold_until_safe(
    made: Draft, earlier: Sequence[Published], past: Mapping[Terms, Need], at_once: int, seen: Witnesses
) -> list[str]:
    """The attack with some releases in hand, again and again until it finds nothing; what is left if it still does."""
    harmless: set[Terms] = set()  # known, but tells of nobody: less said cannot change that
    most: int | None = at_once
    seen.begin()
    while True:
        _obvious(made)
        said = said_by(made)
        if said.silent:
            return []
        needs = of_draft(made, said, earlier[-1] if earlier else None) | dict(past)
        wanted = {asked: need for asked, need in needs.items() if asked not in harmless}
        found = spans(knowledge([*earlier, said], made.rules), wanted, most, seen)
        told = {asked: span for asked, span in found.items() if wanted[asked].told_by(span)}
        harmless.update(asked for asked, span in found.items() if wanted[asked].missed_by(span) and asked not in told)
        if not told:
            return []
        if _yield_some(made, told):
            most = at_once
        elif most is None:
            return sorted({name.partition("|")[2] for asked in told for name, _ in asked})
        else:
            most = None  # those looked into were parts of sums that are wide, or harmless: look into all


def _yield_some(made: Draft, found: Mapping[Terms, Span]) -> bool:
    """Withhold a cell for every exposed sum that none of those withheld before it gives away; whether there was one."""
    given: set[str] = set()
    for asked, span in found.items():
        blame = span.blame | {asked[0][0]}
        if span.asked and given.isdisjoint(blame) and not _yield_one(made, blame, given):
            return False
    return bool(given)


def _settled(made: Draft) -> bool:
    """Withhold what does not add up with the old figures beside it; whether there was any."""
    bent = misfits(relations(made.layout), made.told(), made.values, made.worth)
    for name in bent:
        made.withhold(name)
    return bool(bent)


def _yield_one(made: Draft, blame: Iterable[str], given: set[str]) -> bool:
    """Withhold the least valuable of the cells that give something away; whether there was one.

    Cells that were hidden so far go first, and together: a reader misses none of them. Old figures go last.
    """
    mine = [name for known in blame for one, _, name in (known.partition("|"),) if one == str(made.number)]
    for states in (("fresh", "banded"), ("kept",)):
        choice = [name for name in mine if made.states.get(name) in states]
        choice = choice or [name for name, state in made.states.items() if state in states]
        if choice:
            break
    else:
        return False
    opened = [name for name in choice if name in made.last and made.last[name].hidden]
    for victim in opened or [min(choice, key=made.worth)]:
        made.withhold(victim)
        given.add(at(made.number, victim))
    return True


def _obvious(made: Draft) -> None:
    """What follows from a subtraction of numbers that are all said needs no solver."""
    said = made.fresh()
    for terms in endangered(made.layout, made.values, made.rules):
        if all(name in said for name, _ in terms):
            made.withhold(min((name for name, _ in terms), key=made.worth))
            said = made.fresh()
