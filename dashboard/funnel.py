"""The path of the women: who reached each stage, on what evidence, and where they are now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.path import PATH, RETAINED, places
from dashboard.tally import Tally

# A certificate is no step on the way to work, nor is one follow-up on the way to the next: women who reached these
# are compared with those who reached the stage that they must have passed.
_BASE = {"placed": "completed", "retained_3": "placed", "retained_6": "placed", "retained_12": "placed"}


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """One stage: `reached` = dated + inferred + undated (ever), `now` = stock at the as-of date."""

    stage: str
    reached: int
    dated: int  # a date of this stage
    inferred: int  # implied by a later stage
    undated: int  # only the status says so
    now: int | None  # own business stands with work; None at a follow-up, which leaves a woman where she works
    of_first: float | None  # reached / reached of the first stage
    of_previous: float | None  # reached / reached of `previous`; None where not all of those are due yet
    previous: str | None = None  # the stage that all who reached this one have passed; None for the first


def funnel(tally: Tally) -> tuple[FunnelStage, ...]:
    """The stages of the programme in order, without those that no field of the roster can prove.

    `reached` never rises up to completion. Work takes a completed training but no certificate, so that of the women
    who completed more may be placed than certified; a follow-up at 6 months takes a job but no follow-up at 3.
    """
    stages = [stage.id for stage in tally.programme.stages if stage.id in PATH]
    return tuple(_stage(stage, stages, tally) for stage in stages)


def reached(stage: str, tally: Tally) -> int:
    """Women who ever reached a stage, on any evidence."""
    return sum(tally.count(f"{stage}__{evidence}") for evidence in ("dated", "inferred", "undated"))


def stocks(tally: Tally) -> dict[str, int]:
    """Women per place they are in now: every stage and every further stock of the programme; sums to all women."""
    named = {stage.id for stage in (*tally.programme.stages, *tally.programme.now)}
    counts = {place: tally.count(f"now__{place}") for place in places(tally.programme)}
    return {place: n for place, n in counts.items() if n or place in named}


def _stage(stage: str, stages: list[str], tally: Tally) -> FunnelStage:
    before = stages[: stages.index(stage)]
    base = _BASE.get(stage)
    previous = base if base in before else before[-1] if before else None
    comparable = previous is not None and stage not in _BASE
    return FunnelStage(
        stage=stage,
        reached=reached(stage, tally),
        dated=tally.count(f"{stage}__dated"),
        inferred=tally.count(f"{stage}__inferred"),
        undated=tally.count(f"{stage}__undated"),
        now=_stock(stage, tally),
        of_first=_share(stage, stages[0], tally),
        of_previous=_share(stage, previous, tally) if comparable and previous else None,
        previous=previous,
    )


def _stock(stage: str, tally: Tally) -> int | None:
    """Women who are at a stage now; None for a follow-up where no status of the programme puts anyone."""
    n = tally.count(f"now__{stage}") + (tally.count("now__business") if stage == "placed" else 0)
    stays = stage not in RETAINED or any(status.now == stage for status in tally.programme.statuses)
    return n if stays or n else None


def elsewhere(stages: Sequence[FunnelStage], stocks: Mapping[str, int]) -> dict[str, int]:
    """The stocks that no stage counts: with `now` of the stages they sum to all women."""
    counted = {stage.stage for stage in stages}
    counted |= {"business"} if "placed" in counted else set()
    return {name: n for name, n in stocks.items() if name not in counted}


def _share(stage: str, base: str, tally: Tally) -> float | None:
    n = reached(base, tally)
    return reached(stage, tally) / n if n else None
