"""What is said round a figure: a title that states the finding, a subtitle with n and date, and a description in words.

Titles stand in the page's headings, not inside the figures, so that they are found by a screen reader and wrap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.funnel import FunnelStage
from dashboard.indicators import Outcomes
from dashboard.programme import Programme
from dashboard.survival import Curve
from dashboard.tables import ALL, LEVEL, Cohorts, closed_rate, cohort_name, days, drawn, interval, stage_name
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Caption:
    """`description` says in words what the picture shows, for whoever does not see it."""

    title: str
    subtitle: str
    description: str


def funnel_caption(stages: Sequence[FunnelStage], as_of: date, programme: Programme, text: Text) -> Caption:
    """The path: how many began, enrolled, completed and were inserted."""
    first = stages[0].reached if stages else 0
    women = text.plural("caption.women", first)
    if not first:
        return Caption(text("caption.funnel.empty"), _subtitle(women, as_of, text), text("caption.funnel.empty"))
    return Caption(
        _funnel_title(stages, women, text), _subtitle(women, as_of, text), _describe_funnel(stages, programme, text)
    )


def _subtitle(n: str, as_of: date, text: Text) -> str:
    return text("caption.subtitle", n=n, date=text.date(as_of))


def _funnel_title(stages: Sequence[FunnelStage], women: str, text: Text) -> str:
    reached = {stage.stage: text.number(stage.reached) for stage in stages}
    named = {name: reached[name] for name in ("enrolled", "completed", "placed") if name in reached}
    if len(named) < 3:  # a programme with a path of its own
        return text("caption.funnel.title_short", first=women)
    return text("caption.funnel.title", first=women, **named)


def _describe_funnel(stages: Sequence[FunnelStage], programme: Programme, text: Text) -> str:
    said = [
        text("caption.stage", name=stage_name(stage.stage, programme, text), n=text.number(stage.reached))
        for stage in stages
    ]
    description = text("caption.funnel.describe", stages=_list(said, text))
    inferred, undated = sum(stage.inferred for stage in stages), sum(stage.undated for stage in stages)
    if not inferred and not undated:
        return description
    weak = text("caption.funnel.inferred", n=text.number(inferred), undated=text.number(undated))
    return text("caption.sentences", first=description, second=weak)


def _list(said: Sequence[str], text: Text) -> str:
    return ("؛ " if text.rtl else "; ").join(said)


def insertion_caption(cohorts: Cohorts, as_of: date, programme: Programme, text: Text) -> Caption:
    """Insertion: the pooled count of the women whose window has closed, and how many windows are still open."""
    own = {cohort: results for cohort, results in cohorts.items() if cohort != ALL} or cohorts
    completers = sum(_completers(outcomes) for outcomes, _ in own.values())
    opened = sum(outcomes.open for outcomes, _ in own.values())
    n = text.plural("caption.completers", completers)
    if opened:
        n = f"{n} · {text.plural('caption.open', opened)}"
    title = _insertion_title(own, completers, programme, text)
    return Caption(title, _subtitle(n, as_of, text), _describe_insertion(cohorts, programme, text))


def _completers(outcomes: Outcomes) -> int:
    return outcomes.inserted + outcomes.closed_without + outcomes.unknown + outcomes.undated + outcomes.open


def _insertion_title(cohorts: Cohorts, completers: int, programme: Programme, text: Text) -> str:
    window = days(programme.rules.window_days, text)
    if not completers:
        return text("caption.insertion.empty")
    rates = [rate for _, rate in cohorts.values() if rate.denominator]
    part, whole = (sum(rate.numerator or 0 for rate in rates), sum(rate.denominator or 0 for rate in rates))
    if not whole:
        return text("caption.insertion.none", days=window)
    # Pooled numerators and denominators: a mean of the cohorts' rates would weigh a small cohort like a large one.
    women, rate = text.plural("caption.whole", whole), text.percent(part / whole)
    return text("caption.insertion.title", part=text.number(part), whole=women, days=window, rate=rate)


def _describe_insertion(cohorts: Cohorts, programme: Programme, text: Text) -> str:
    said = [_describe_cohort(cohort, cohorts, programme, text) for cohort in cohorts]
    reference = text.percent(programme.reference.rate)
    return text("caption.insertion.describe", reference=reference, level=text.percent(LEVEL), cohorts=_list(said, text))


def _describe_cohort(cohort: str, cohorts: Cohorts, programme: Programme, text: Text) -> str:
    outcomes, rate = cohorts[cohort]
    name = cohort_name(cohort, programme, text)
    if (value := closed_rate(rate)) is None:
        return text("caption.insertion.cohort_open", name=name, open=text.plural("caption.open", outcomes.open))
    counts = {"part": text.number(rate.numerator), "whole": text.number(rate.denominator)}
    spread = interval(rate.low, rate.high, text)
    return text("caption.insertion.cohort", name=name, rate=text.percent(value), interval=spread, **counts)


def curve_caption(curve: Curve, as_of: date, programme: Programme, text: Text) -> Caption:
    """Time to insertion: the day by which half are inserted, else the share at the end of the window."""
    n = f"{text.plural('caption.completers', curve.n)} · {text('caption.curve.method', level=text.percent(LEVEL))}"
    title = _curve_title(curve, programme, text)
    description = title if curve.drawn_until is None else _describe_curve(curve, programme, text)
    return Caption(title, _subtitle(n, as_of, text), description)


def _share_by(day: int, curve: Curve) -> float:
    return next((point.incidence for point in reversed(drawn(curve)) if point.day <= day), 0.0)


def _curve_title(curve: Curve, programme: Programme, text: Text) -> str:
    until = curve.drawn_until
    if until is None:
        return text("caption.curve.empty")
    if curve.median is not None and curve.median <= until:
        return text("caption.curve.title", days=days(curve.median, text))
    day = min(until, programme.rules.window_days)
    return text("caption.curve.share", share=text.percent(_share_by(day, curve)), days=days(day, text))


def _describe_curve(curve: Curve, programme: Programme, text: Text) -> str:
    until, window = curve.drawn_until or 0, programme.rules.window_days
    median = curve.median if curve.median is not None and curve.median <= until else None
    said = [_at_window(curve, min(until, window), text)]
    said.append(
        text("caption.curve.no_median") if median is None else text("caption.curve.median", days=days(median, text))
    )
    enough = text.number(programme.rules.min_at_risk)
    said.append(text("caption.curve.until", day=text.number(until), n=enough))
    return text("caption.curve.describe", level=text.percent(LEVEL), window=text.number(window), reading=" ".join(said))


def _at_window(curve: Curve, day: int, text: Text) -> str:
    point = next((point for point in reversed(drawn(curve)) if point.day <= day), None)
    spread = interval(point.low, point.high, text) if point else interval(None, None, text)
    share = text.percent(_share_by(day, curve))
    return text("caption.curve.at_window", day=text.number(day), share=share, interval=spread)
