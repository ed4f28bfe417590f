"""Small programmes that never were, woman by woman, and what would be counted of them week after week."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dashboard.release import Breakdown, Layout, ReleasePeriod
from dashboard.release_cells import cells
from dashboard.release_counts import Counts
from dashboard.release_measures import VALUE
from dashboard.schema import UNSPECIFIED

FIRST = date(2025, 1, 1)
WINDOW = 90
_PERIOD = 182
_HORIZONS = {"3": 90, "6": 180, "12": 365}
_STAGES = ("applicants", "eligible", "signed", "started", "training", "internship", "completed", "certified", "placed")
_TRACKED = ("enrolled", "certified", "insertion_90", "dropout", "retention_3")


@dataclass
class Woman:
    """Days counted from FIRST; a stage that she never comes to has none. `known`: staff enter all so many days late."""

    groups: tuple[str, ...]
    days: dict[str, int]
    plan: int | None
    left: int | None
    for_job: bool
    own_business: bool
    reachable: bool
    kept: dict[str, bool]
    late: int


def programme(dice: Random, weeks: int) -> Iterator[Counts]:
    """A programme's counts at the end of each week; somewhere in between a few records are corrected."""
    dimensions = _dimensions(dice)
    women = [
        _woman(dice, cohort, dimensions) for cohort in range(dice.randint(1, 2)) for _ in range(dice.randint(8, 40))
    ]
    first = dice.randint(100, 520)
    for week in range(weeks):
        if dice.random() < 0.1:
            _correct(dice.choice(women), dice)
        yield _counted(women, dimensions, first + 7 * week)


def _dimensions(dice: Random) -> tuple[Breakdown, ...]:
    sizes = {"cohort": 2, "track": dice.randint(2, 3), "prefecture": dice.randint(2, 5), "age_band": dice.randint(2, 3)}
    sizes["vulnerability"] = dice.randint(2, 3)
    return tuple(
        Breakdown(id=name, values=(*(f"{name[0]}{n}" for n in range(size)), UNSPECIFIED))
        for name, size in sizes.items()
    )


def _groups_of(dice: Random, cohort: int, dimensions: tuple[Breakdown, ...]) -> list[str]:
    """The groups that a woman is in: the first values of a dimension have more women than the last."""
    chosen = []
    for dimension in dimensions:
        options = dimension.values if dice.random() < 0.05 else dimension.values[:-1]
        if dimension.id == "cohort":
            chosen.append(f"cohort:{dimension.values[cohort]}")
        elif dimension.id == "vulnerability":
            some = [value for value in dimension.values[:-1] if dice.random() < 0.4] or [UNSPECIFIED]
            chosen += [f"vulnerability:{value}" for value in some]
        else:
            chosen.append(f"{dimension.id}:{options[min(int(dice.expovariate(0.9)), len(options) - 1)]}")
    return chosen


def _woman(dice: Random, cohort: int, dimensions: tuple[Breakdown, ...]) -> Woman:
    groups = tuple(_groups_of(dice, cohort, dimensions))
    start = 200 * cohort + dice.randint(0, 40)
    plan = start + 120 + dice.randint(0, 30)
    days = {"applicants": start - 40, "eligible": start - 25, "signed": start - 10, "started": start}
    days |= {"training": start + 30, "internship": start + 80}
    stop = dice.choices((None, "eligible", "started", "training"), (86, 4, 4, 6))[0]
    if stop:
        days = {stage: day for stage, day in days.items() if _STAGES.index(stage) < _STAGES.index(stop)}
    else:
        days["completed"] = plan + dice.choice((0, 0, 0, -5, 12))
    _afterwards(days, dice)
    return Woman(
        groups=groups,
        days=days,
        plan=plan if "started" in days else None,
        left=start + dice.randint(5, 90) if stop == "training" else None,
        for_job=dice.random() < 0.3,
        own_business=dice.random() < 0.2,
        reachable=dice.random() < 0.8,
        kept={months: dice.random() < 0.8 for months in _HORIZONS},
        late=dice.choice((0, 0, 0, 10, 30)),
    )


def _afterwards(days: dict[str, int], dice: Random) -> None:
    if "completed" in days and dice.random() < 0.85:
        days["certified"] = days["completed"] + dice.randint(0, 60)
    if "completed" in days and dice.random() < 0.88:
        days["placed"] = days["completed"] + int(dice.expovariate(1 / 40))


def _correct(woman: Woman, dice: Random) -> None:
    """What was entered turns out to be wrong: she has not come so far, or came to work later."""
    if "placed" in woman.days and dice.random() < 0.5:
        woman.days["placed"] += 60
    elif "completed" in woman.days:
        for stage in ("completed", "certified", "placed"):
            woman.days.pop(stage, None)


def _counted(women: list[Woman], dimensions: tuple[Breakdown, ...], day: int) -> Counts:
    ends = [*range(_PERIOD - 1, day, _PERIOD), day]
    periods = tuple(
        ReleasePeriod(number=n + 1, first=_on(n * _PERIOD), last=_on((n + 1) * _PERIOD - 1), as_of=_on(end))
        for n, end in enumerate(ends)
    )
    layout = Layout(
        stages=_STAGES,
        indicators=("enrolled", "insertion_90"),
        measures=VALUE,
        dimensions=dimensions,
        periods=periods,
        tracked=_TRACKED,
    )
    values = dict.fromkeys(cells(layout), 0)
    for woman in women:
        for measure in measures(woman, day):
            for group in ("all", *woman.groups):
                if (name := f"{group}/{measure}") in values:
                    values[name] += 1
        for number, end in enumerate(ends, 1):
            for measure in measures(woman, end, day):
                if (name := f"period:{number}/{measure}") in values:
                    values[name] += 1
    return Counts(_on(day), layout, values)


def _on(day: int) -> date:
    return FIRST + timedelta(days=day)


def measures(woman: Woman, day: int, today: int | None = None) -> set[str]:
    """What a woman counts as on a day, as far as staff have entered it by today."""
    known = (day if today is None else today) - woman.late
    days = {stage: at for stage, at in woman.days.items() if at <= min(day, known) or stage == "applicants"}
    if woman.days["applicants"] > day:
        return set()
    found = set(days)
    left = woman.left is not None and woman.left <= min(day, known) and "completed" not in days
    if "started" in found and "completed" not in found:
        found |= {"dropout"} if left and not woman.for_job else set() if left else {"in_training"}
    if "started" in found and woman.plan is not None and woman.plan <= day:
        found |= {"due", *(["due_completed"] if "completed" in found else [])}
    return found | _outcome(woman, days, day) | _retention(woman, days, day)


def _outcome(woman: Woman, days: Mapping[str, int], day: int) -> set[str]:
    if "completed" not in days:
        return set()
    if days["completed"] + WINDOW > day:
        return {"open"}
    if "placed" in days and days["placed"] <= days["completed"] + WINDOW:
        return {"closed", "inserted", *(["own_business"] if woman.own_business else [])}
    return {"closed", "closed_without" if woman.reachable or "placed" in days else "unknown"}


def _retention(woman: Woman, days: Mapping[str, int], day: int) -> set[str]:
    due = [months for months, horizon in _HORIZONS.items() if "placed" in days and days["placed"] + horizon <= day]
    return {f"due_{months}" for months in due} | {f"kept_{months}" for months in due if woman.kept[months]}
