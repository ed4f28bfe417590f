"""Whom a finding keeps out: women by the rows of the sheet, and the classes that each of them is counted in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.counting import count
from dashboard.programme import Programme
from dashboard.roster import Finding, Roster
from dashboard.schema import UNSPECIFIED

Place = tuple[str, int]
"""Title of a worksheet and row."""

Classes = Mapping[Place, frozenset[str]]

_MISSED = ("outcome__unknown", "outcome__undated", "outcome__closed_without")
_DATED = (*_MISSED, "outcome__inserted", "outcome__open")
_CLASS_MISSED = {"work_kind": "inserted__other", "certificate": "paper__unrecorded"}


@dataclass(frozen=True, slots=True)
class Effect:
    """Women concerned, by their places, of whom some are out of a denominator or missed in it."""

    out: frozenset[Place] = frozenset()
    missed: frozenset[Place] = frozenset()
    others: frozenset[Place] = frozenset()  # concerned, without a rate to show for it

    @property
    def places(self) -> frozenset[Place]:
        """Everyone concerned."""
        return self.out | self.missed | self.others


def place_of(finding: Finding) -> Place | None:
    """The row of a finding; None for one about a column or a worksheet."""
    return None if finding.row is None else (finding.sheet, finding.row)


def states(roster: Roster, programme: Programme, as_of: date, places: Collection[Place]) -> Classes:
    """The classes that the woman of each row is counted in; rows merged into another one have none.

    Counted as everything else is, with every woman a group of her own: the track has no bearing on what is counted.
    """
    rows = zip(roster.frame["sheet"], roster.frame["row"], strict=True)
    known = {position: place for position, place in enumerate(rows) if place in places}
    frame = roster.frame.iloc[list(known)].assign(track=list(map(str, known)))
    if frame.empty:
        return {}
    cube = count(frame.assign(vulnerability=UNSPECIFIED), programme, as_of)
    owners = [known[int(cube.labels["track"][code])] for code in cube.codes["track"]]
    names = list(cube.columns)
    return {
        owner: frozenset(name for name, n in zip(names, counts, strict=True) if n)
        for owner, counts in zip(owners, cube.counts, strict=True)
    }


def effect_of(group: str, findings: Iterable[Finding], classes: Classes) -> Effect:
    """Whom the findings of a group concern."""
    places: dict[Place, list[Finding]] = {}
    for finding in findings:
        if (place := place_of(finding)) is not None:
            places.setdefault(place, []).append(finding)
    if group == "key":
        return Effect(out=frozenset(place for place in places if place not in classes))
    known = {place: classes[place] for place in places if place in classes}
    if group == "completion_date":
        missed, out = _damaged_completion(places, known)
        return Effect(out=out, missed=missed)
    if group == "work_date":
        return Effect(missed=frozenset(place for place in known if _misses_work(known[place], places[place])))
    if group in _CLASS_MISSED:
        return Effect(missed=frozenset(place for place in known if _CLASS_MISSED[group] in known[place]))
    return Effect(others=frozenset(known) if group not in ("doubtful", "other") else frozenset())


def _misses_work(classes: frozenset[str], findings: Sequence[Finding]) -> bool:
    """Whether a woman without a certain day of work may yet prove inserted; a vague day may be surely too late."""
    if "outcome__closed_without" in classes:
        return any(finding.code != "date_vague" for finding in findings)
    return not classes.isdisjoint(_MISSED)


def _damaged_completion(
    places: Mapping[Place, Sequence[Finding]], known: Classes
) -> tuple[frozenset[Place], frozenset[Place]]:
    """Women without a certain day of completion: missed in the denominator, and out of it.

    Someone still in training for whom a day to come was typed is rightly out of it.
    """
    out, missed = set(), set()
    for place, classes in known.items():
        codes = {finding.code for finding in places[place]}
        waiting = "in_training" in classes and codes == {"future_date"}
        if classes.isdisjoint(_DATED) or ("outcome__open" in classes and "date_vague" in codes):
            out |= set() if waiting else {place}
        elif not classes.isdisjoint(_MISSED):
            missed.add(place)
    return frozenset(missed), frozenset(out)
