"""The figures of a review from its document alone: what paper and the workbook of a review are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from dashboard.alerts import REASONS, ReasonCode
from dashboard.decisions import Replayed, Values, replay
from dashboard.indicators import Indicator, judged
from dashboard.movements import Flow
from dashboard.programme import Category, Lang, Programme
from dashboard.readings import CAUSES, Cause
from dashboard.restatement import Change
from dashboard.review import Caution, Headline
from dashboard.signed_review import SignedReview
from dashboard.tally import Filters
from dashboard.waterfall import HEADLINE, Waterfall

Json = dict[str, Any]
Words = Mapping[str, str]  # by language

_INDICATOR = TypeAdapter(Indicator)
_CHANGE = TypeAdapter(Change)
_WATERFALL = TypeAdapter(Waterfall)
_FLOWS = TypeAdapter(tuple[Flow, ...])


@dataclass(frozen=True)
class Names:
    """What a review is printed with."""

    programme: Words
    operator: Words
    places: Mapping[str, Words]
    choices: Mapping[str, Mapping[str, Words]]  # of the filters: dimension -> id -> name
    window_days: int

    def place(self, place: str, lang: Lang) -> str:
        """A place's name; its id where the programme did not name it."""
        return self.places.get(place, {}).get(lang, place)


@dataclass(frozen=True)
class Figures:
    """One review. `headline`, `changes` and `flows` are of the comparison; there is none in a first review."""

    number: str
    as_of: date
    since: date | None
    names: Names
    insertion: Indicator
    reference: float
    indicators: Mapping[str, Indicator]  # of the selection
    headline: Headline | None
    changes: tuple[Change, ...]
    flows: tuple[Flow, ...]  # of the places, then of the whole roster
    moved: int
    moved_by: Mapping[Cause, int]  # they sum to `moved`
    cautions: tuple[Caution, ...]
    needed: int  # women who need the team
    needed_by: Mapping[ReasonCode, int]  # a woman may have several reasons
    without_contact: int
    decisions: tuple[Replayed, ...]


def names_of(programme: Programme, filters: Filters) -> Json:
    """What a review is printed with, as plain data: a later programme.toml changes nothing of what was signed."""
    groups: dict[str, Sequence[Category]] = {
        "cohort": programme.cohorts,
        "track": programme.tracks,
        "prefecture": programme.prefectures,
        "vulnerability": programme.vulnerability,
    }
    chosen = {
        dimension: {one.id: dict(one.name) for one in groups.get(dimension, ()) if one.id in ids}
        for dimension, ids in filters.items()
    }
    return {
        "programme": dict(programme.name),
        "operator": dict(programme.operator),
        "places": {one.id: dict(one.name) for one in (*programme.stages, *programme.now)},
        "choices": chosen,
        "window_days": programme.rules.window_days,
    }


def review_figures(signed: SignedReview, programme: Programme) -> Figures:
    """The figures of a review. `programme` names things in documents that were signed before names were kept."""
    report, changed = signed.numbers["report"], signed.numbers.get("review")
    found = {one["id"]: _INDICATOR.validate_python(one) for one in report["indicators"]}
    changes = tuple(_change(one) for one in changed["changes"]) if changed else ()
    needed = (changed or signed.numbers).get("follow_up") or {"total": 0, "by_reason": {}, "without_contact": 0}
    return Figures(
        number=signed.id,
        as_of=signed.basis.as_of,
        since=signed.basis.since,
        names=Names(**(signed.numbers.get("names") or names_of(programme, signed.basis.filters))),
        insertion=found[HEADLINE],
        reference=report["verdict"]["reference"],
        indicators=found,
        headline=_headline(changed, changes, report["verdict"]["reference"]) if changed else None,
        changes=changes,
        flows=_flows(changed["flows"]) if changed else (),
        moved=changed["moved"] if changed else 0,
        moved_by=_moved_by(changed["routes"]) if changed else {},
        cautions=tuple(changed["cautions"]) if changed else (),
        needed=needed["total"],
        needed_by={reason: needed["by_reason"][reason] for reason in REASONS if reason in needed["by_reason"]},
        without_contact=needed["without_contact"],
        decisions=_replayed(signed, found),
    )


def _change(change: Json) -> Change:
    named = {name: {"id": change["id"], **change[name]} for name in ("known", "restated", "now")}
    return _CHANGE.validate_python(change | named)


def _headline(changed: Json, changes: Sequence[Change], reference: float) -> Headline:
    head, found = changed["headline"], next(change for change in changes if change.id == HEADLINE)
    return Headline(
        known=found.known,
        restated=found.restated,
        now=found.now,
        points=head["points"],
        verdict_then=judged(found.known, reference),
        verdict_now=judged(found.now, reference),
        waterfall=_WATERFALL.validate_python(head["waterfall"]),
    )


def _flows(flows: Sequence[Json]) -> tuple[Flow, ...]:
    whole, *places = _FLOWS.validate_python(flows)
    return (*places, whole)


def _moved_by(routes: Sequence[Json]) -> dict[Cause, int]:
    """Women who moved, by cause."""
    return {cause: sum(route["women"] for route in routes if route["cause"] == cause) for cause in CAUSES}


def _replayed(signed: SignedReview, found: Mapping[str, Indicator]) -> tuple[Replayed, ...]:
    """The decisions as they stood on the review's day. Its document has their numbers if it is of everyone."""
    known = {} if signed.basis.filters else found
    return replay(signed.decisions, signed.basis.as_of, Values(known, {}))


def is_new(found: Replayed, figures: Figures) -> bool:
    """Whether a decision was made in a review."""
    return found.decision.review_id == figures.number
