"""Tallies -> the true numbers that a release is made from. They never leave the server: disclosure decides on each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.disclosure_rules import DisclosureRules
from dashboard.funnel import reached
from dashboard.indicators import outcomes, retention
from dashboard.programme import Programme
from dashboard.reading.ages import age_band_ids
from dashboard.release import Breakdown, Layout, ReleasePeriod
from dashboard.release_cells import WHOLE, groups
from dashboard.release_measures import COUNTS, RATES, STAGE_MEASURES, STATES, VALUE, indicator_measures
from dashboard.schema import UNSPECIFIED
from dashboard.survival import curve
from dashboard.tally import Counted, Tally
from dashboard.tracking import Period, periods

_NEEDS = {  # measure -> the field without which nothing is recorded about it
    "certified": "certificate",
    **{f"{kind}_{months}": f"check_{months}" for kind in ("due", "kept") for months in (3, 6, 12)},
}
_SHAPE = ("started", "completed", "closed", "inserted", "placed", *STATES)  # what the system cannot do without


@dataclass(frozen=True, slots=True)
class Counts:
    """The true number of every cell of a layout; `missing`: measures of which the roster records nothing."""

    as_of: date
    layout: Layout
    values: Mapping[str, int]
    missing: tuple[str, ...] = ()
    median: tuple[float | None, float | None, float | None] = (None, None, None)  # days: estimate, low, high


def counts(on: Counted, programme: Programme, rules: DisclosureRules, as_of: date, fields: Collection[str]) -> Counts:
    """Count everything that may be released. `fields`: those that the roster has columns for."""
    found = tuple(periods(programme.periods.kind, programme.periods.start, as_of)) if programme.periods else ()
    missing = tuple(measure for measure, field in _NEEDS.items() if field not in fields)
    layout = layout_of(programme, rules, found, as_of, missing)
    days = sorted({as_of, *(period.as_of for period in layout.periods)})  # each once: the current period's is as_of
    at = dict(zip(days, on(days), strict=True))
    whole = at[as_of]
    tallies = {WHOLE: whole} | {f"period:{period.number}": at[period.as_of] for period in layout.periods}
    tallies |= {f"{d.id}:{value}": part for d in layout.dimensions for value, part in _parts(whole, d)}
    values = {
        f"{group}/{measure}": measured[measure]
        for group, measures in groups(layout).items()
        for measured in (all_measures(tallies[group]),)
        for measure in measures
    }
    times = curve(whole)
    return Counts(as_of, layout, values, missing, (times.median, times.median_low, times.median_high))


def layout_of(
    programme: Programme, rules: DisclosureRules, found: Sequence[Period], as_of: date, missing: Collection[str]
) -> Layout:
    """The cells of a programme's releases: every value it knows, whether or not there is anyone in it."""
    recorded = [name for name in (*COUNTS, *RATES) if not set(indicator_measures(name)).intersection(missing)]
    stages = [STAGE_MEASURES[stage.id] for stage in programme.stages if stage.id in STAGE_MEASURES]
    wanted = {*stages, *_SHAPE, *(measure for name in recorded for measure in indicator_measures(name))}
    return Layout(
        stages=tuple(stages),
        indicators=tuple(recorded),
        measures=tuple(measure for measure in VALUE if measure in wanted and measure not in missing),
        dimensions=tuple(Breakdown(id=name, values=_values(name, programme)) for name in rules.breakdowns),
        periods=tuple(
            ReleasePeriod(number=p.number, first=p.first, last=p.last, as_of=min(p.last, as_of)) for p in found
        ),
        tracked=tuple(dict.fromkeys(e.indicator for e in programme.tracking if e.indicator in recorded)),
    )


def _values(dimension: str, programme: Programme) -> tuple[str, ...]:
    """The programme's values. Whatever else staff typed is not theirs to see: it counts as unspecified."""
    if dimension == "age_band":
        return (*age_band_ids(programme), UNSPECIFIED)
    named = {
        "cohort": programme.cohorts,
        "track": programme.tracks,
        "prefecture": programme.prefectures,
        "vulnerability": programme.vulnerability,
    }
    return (*(category.id for category in named[dimension]), UNSPECIFIED)


def _parts(whole: Tally, dimension: Breakdown) -> Iterable[tuple[str, Tally]]:
    labels = {value for label in whole.cube.labels[dimension.id] for value in label.split("|")}
    others = tuple(labels.difference(dimension.values[:-1])) or (UNSPECIFIED,)
    for value in dimension.values:
        yield value, whole.where({dimension.id: others if value == UNSPECIFIED else (value,)})


def all_measures(tally: Tally) -> dict[str, int]:
    """Every measure of some women."""
    found = outcomes(tally)
    kept = {
        f"{kind}_{stage.removeprefix('retained_')}": number
        for stage, answers in retention(tally).items()
        for kind, number in (
            ("due", sum(answers.values()) - answers["not_due"]),
            ("kept", answers["same_employer"] + answers["working"]),
        )
    }
    plain = ("started", "in_training", "dropout", "due", "due_completed")
    return {
        **{measure: reached(stage, tally) for stage, measure in STAGE_MEASURES.items()},
        **{measure: tally.count(measure) for measure in plain},
        **{state: getattr(found, state) for state in ("inserted", "closed", *STATES, "own_business")},
        **kept,
        "certified": tally.count("paper__held"),
    }
