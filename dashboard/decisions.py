"""Decisions of the weekly review: made, replayed at the next ones with what became of the number since, closed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.indicators import Indicator

State = Literal["late", "open", "closed", "closed_late"]
"""late: not closed, and its day has passed (on its day it is still open). closed_late: closed after its day."""

Fault = Literal["text_missing", "owner_missing", "due_before_made", "closed_before_made", "closed_without_outcome"]

_ORDER: tuple[State, ...] = ("late", "open", "closed_late", "closed")


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator on a day, as indicators.Indicator has it: numerator, denominator, value and 95 % interval."""

    numerator: int | None
    denominator: int | None
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Concerned:
    """A woman whom a decision is about, and where she was when it was made; None: not in the roster."""

    woman: str  # pseudonym
    place: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Who does what until when, and about whom or what. Immutable: closing it gives another one."""

    id: str
    text: str
    owner: str
    due: date
    made_on: date
    review_id: str
    women: tuple[Concerned, ...] = ()
    indicator: str | None = None
    measure: Measure | None = None  # of the indicator when the decision was made
    closed_on: date | None = None
    outcome: str | None = None  # what came of it, in words


@dataclass(frozen=True, slots=True)
class Values:
    """What decisions are held against: the indicators of today, and where women are (individuals.places_of)."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Since:
    """A woman whom a decision is about: where she was and where she is. None: not in the roster."""

    woman: str
    then: str | None
    now: str | None

    @property
    def moved(self) -> bool:
        """Whether she is elsewhere."""
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision on a later day. `change` = value now - then, in the indicator's unit; None where one is undefined."""

    decision: Decision
    state: State
    days_left: int  # until it is due; below 0 its day has passed
    now: Measure | None  # of its indicator
    change: float | None
    women: tuple[Since, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A day to mark on a chart."""

    on: date
    text: str
    source: Literal["decision", "sheet"]


def measure(found: Indicator) -> Measure:
    """What a decision remembers of its indicator."""
    return Measure(found.numerator, found.denominator, found.value, found.low, found.high)


def faults(decision: Decision) -> tuple[Fault, ...]:
    """What is wrong with a decision; nothing is, if it is empty."""
    closed = decision.closed_on
    found: dict[Fault, bool] = {
        "text_missing": not decision.text.strip(),
        "owner_missing": not decision.owner.strip(),
        "due_before_made": decision.due < decision.made_on,
        "closed_before_made": closed is not None and closed < decision.made_on,
        "closed_without_outcome": closed is not None and not (decision.outcome or "").strip(),
    }
    return tuple(fault for fault, wrong in found.items() if wrong)


def replay(decisions: Iterable[Decision], today: date, values: Values) -> tuple[Replayed, ...]:
    """Decisions as they stand on a day: late ones, then open ones, both by due day; then closed ones, newest first.

    A decision made after the day is left out, and one closed after it was still open.
    """
    found = [_replayed(decision, today, values) for decision in decisions if decision.made_on <= today]
    return tuple(sorted(found, key=_rank))


def annotations(decisions: Iterable[Decision], written: Iterable[tuple[date, str]] = ()) -> tuple[Annotation, ...]:
    """What charts mark, in the order of days: decisions on the day they were made, and what a worksheet says."""
    made = (Annotation(decision.made_on, decision.text, "decision") for decision in decisions)
    return tuple(sorted([*made, *(Annotation(on, text, "sheet") for on, text in written)], key=lambda mark: mark.on))


def _rank(found: Replayed) -> tuple[int, int, str]:
    closed = found.decision.closed_on if found.state in ("closed", "closed_late") else None
    if closed is not None:
        return _ORDER.index("closed"), -closed.toordinal(), found.decision.id
    return _ORDER.index(found.state), found.decision.due.toordinal(), found.decision.id


def _replayed(decision: Decision, today: date, values: Values) -> Replayed:
    found = values.indicators.get(decision.indicator or "")
    then, now = decision.measure, measure(found) if found else None
    before, after = then.value if then else None, now.value if now else None
    return Replayed(
        decision=decision,
        state=_state(decision, today),
        days_left=(decision.due - today).days,
        now=now,
        change=None if before is None or after is None else after - before,
        women=tuple(_since(decision, values)),
    )


def _state(decision: Decision, today: date) -> State:
    if decision.closed_on is not None and decision.closed_on <= today:
        return "closed_late" if decision.closed_on > decision.due else "closed"
    return "late" if decision.due < today else "open"


def _since(decision: Decision, values: Values) -> Iterator[Since]:
    for concerned in decision.women:
        yield Since(concerned.woman, concerned.place, values.places.get(concerned.woman))
