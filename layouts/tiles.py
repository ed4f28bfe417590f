"""The key indicators of a view, in words and in reading order."""

from dash import html

from dashboard.indicators import Indicator
from dashboard.targets import due_milestone, next_milestone
from dashboard.text import NONE
from layouts import ids
from layouts.components import Node
from layouts.judgement import (
    REFERENCE_WORDS,
    enrolled_state,
    insertion_state,
    telling_digits,
)
from layouts.shown import Shown
from layouts.tile import Tile, place, tile_parts


def tiles(shown: Shown) -> list[Tile]:
    """The tiles of a view, in reading order."""
    if shown.overview is None:
        return []
    makers = (_insertion, _enrolled, _in_training, _completed, _certified, _time, _own_business, _dropout)
    return [maker(shown) for maker in makers]


def tile_grid() -> list[Node]:
    """The tiles as components, which stay: what is on each comes as HTML."""
    return [html.Article(id=ids.tile(name), className=f"tile {ids.tile(name)}") for name in ids.TILE_NAMES]


def tile_contents(shown: Shown) -> dict[str, list[Node]]:
    """What is on each tile, by its name; nothing where there is nobody to count."""
    return {tile.id: tile_parts(tile, shown) for tile in tiles(shown)}


def _now(shown: Shown, indicator: str) -> Indicator:
    return shown.counted.whole.indicators[indicator]


def _change(shown: Shown, indicator: str, kind: str) -> tuple[str, str]:
    """The change since `before_as_of` and its signed number: counts, percentage points or days."""
    text, since = shown.text, shown.text.date(shown.counted.before_as_of, "day")
    now, before = _now(shown, indicator).value, shown.counted.before.get(indicator)
    if now is None:
        return "", ""
    if before is None or before.value is None:
        return text("change.first", date=since), ""
    # Rounded first: a change too small to be shown is no change.
    change = round((now - before.value) * (100 if kind == "points" else 1), 1 if kind == "points" else 0)
    if not change:
        return text("change.none", date=since), ""
    number = text.signed(change, 1 if kind == "points" else 0)
    return text(f"change.{kind}", change=number, date=since), number


def _enrolled(shown: Shown) -> Tile:
    found, text = _now(shown, "enrolled"), shown.text
    change, number = _change(shown, "enrolled", "count")
    if found.target is None:
        out_of = text("tile.enrolled.of_all", n=text.number(shown.counted.women))
    else:
        out_of = text("tile.enrolled.of", target=text.number(found.target))
    details, bar = _milestone(found, shown)
    return Tile(
        "enrolled",
        text("tile.enrolled.label"),
        text.number(found.numerator),
        out_of,
        details=details,
        bar=bar,
        change=change,
        change_number=number,
        state=enrolled_state(found, shown.programme, shown.counted.as_of),
    )


def _milestone(found: Indicator, shown: Shown) -> tuple[tuple[str, ...], dict[str, str]]:
    """The milestone due (else the next) in words, and the bar towards the target."""
    target = found.target
    if target is None:
        return (), {}
    bar = {"part": place(found.numerator or 0, target)}
    milestone = due_milestone(shown.programme, shown.as_of) or next_milestone(shown.programme, shown.as_of)
    if milestone is None or target != shown.programme.targets.enrolled:
        return (), bar
    text = shown.text
    day = text.date(milestone.date, "long")
    words = text("tile.enrolled.milestone", n=text.number(milestone.enrolled), date=day)
    return (words,), bar | {"mark": place(milestone.enrolled, target)}


def _in_training(shown: Shown) -> Tile:
    found, text = _now(shown, "in_training"), shown.text
    change, number = _change(shown, "in_training", "count")
    enrolled = text.number(_now(shown, "enrolled").numerator)
    return Tile(
        "in_training",
        text("tile.in_training.label"),
        text.number(found.numerator),
        text("tile.in_training.of", n=enrolled),
        change=change,
        change_number=number,
    )


def _completed(shown: Shown) -> Tile:
    found, rate, text = _now(shown, "completed"), _now(shown, "completion"), shown.text
    change, number = _change(shown, "completed", "count")
    due: tuple[str, ...] = ()
    if rate.denominator:
        due = (text("tile.completed.due", rate=text.percent(rate.value), n=text.number(rate.denominator)),)
    enrolled = text.number(_now(shown, "enrolled").numerator)
    return Tile(
        "completed",
        text("tile.completed.label"),
        text.number(found.numerator),
        text("tile.completed.of", n=enrolled),
        details=due,
        change=change,
        change_number=number,
    )


def _certified(shown: Shown) -> Tile:
    found, text = _now(shown, "certification"), shown.text
    label = text("tile.certified.label")
    if not found.denominator:
        return Tile("certified", label, NONE, text("reason.nobody_completed"), state="too_early")
    change, number = _change(shown, "certified", "count")
    pending = (text.plural("tile.certified.pending", found.open),) if found.open else ()
    return Tile(
        "certified",
        label,
        text.number(found.numerator),
        text("tile.certified.of", n=text.number(found.denominator)),
        details=pending,
        change=change,
        change_number=number,
    )


def _insertion(shown: Shown) -> Tile:
    found, text = _now(shown, "insertion_90"), shown.text
    days = text.number(shown.programme.rules.window_days)
    label = text("tile.insertion_90.label", days=days)
    still_open = (text.plural("tile.insertion_90.open", found.open),) if found.open else ()
    if not found.denominator:
        reason = text("reason.no_closed_window", days=days)
        return Tile("insertion_90", label, NONE, reason, details=still_open, state="too_early")
    change, number = _change(shown, "insertion_90", "points")
    reference = shown.programme.reference.rate
    state = insertion_state(found, reference, shown.programme.lights)
    return Tile(
        "insertion_90",
        label,
        text.percent(found.value),
        _of_closed("insertion_90", found, shown),
        details=(*_insertion_interval(found, shown), *still_open),
        change=change,
        change_number=number,
        state=state,
        state_words=REFERENCE_WORDS.get(state, ""),
        bar=_insertion_bar(found, reference),
    )


def _insertion_interval(found: Indicator, shown: Shown) -> tuple[str, ...]:
    if found.low is None or found.high is None:
        return ()
    text = shown.text
    digits = telling_digits(found, shown.programme.reference.rate, text)
    low, high = text.percent(found.low, digits), text.percent(found.high, digits)
    return (text("tile.insertion_90.interval", low=low, high=high),)


def _insertion_bar(found: Indicator, reference: float) -> dict[str, str]:
    if found.low is None or found.high is None or found.value is None:
        return {}
    places = {"low": found.low, "high": found.high, "at": found.value, "mark": reference}
    return {name: place(part) for name, part in places.items()}


def _of_closed(tile: str, found: Indicator, shown: Shown) -> str:
    text = shown.text
    counts = {"k": text.number(found.numerator), "n": text.number(found.denominator)}
    return text(f"tile.{tile}.of", days=text.number(shown.programme.rules.window_days), **counts)


def _own_business(shown: Shown) -> Tile:
    found, text = _now(shown, "own_business"), shown.text
    label = text("tile.own_business.label")
    if not found.denominator:
        days = text.number(shown.programme.rules.window_days)
        return Tile("own_business", label, NONE, text("reason.no_closed_window", days=days), state="too_early")
    change, number = _change(shown, "own_business", "points")
    return Tile(
        "own_business",
        label,
        text.percent(found.value),
        _of_closed("own_business", found, shown),
        change=change,
        change_number=number,
    )


def _dropout(shown: Shown) -> Tile:
    found, text = _now(shown, "dropout"), shown.text
    label = text("tile.dropout.label")
    if not found.denominator:
        return Tile("dropout", label, NONE, text("reason.nobody_enrolled"), state="too_early")
    change, number = _change(shown, "dropout", "points")
    out_of = text("tile.dropout.of", k=text.number(found.numerator), n=text.number(found.denominator))
    return Tile("dropout", label, text.percent(found.value, 1), out_of, change=change, change_number=number)


def _time(shown: Shown) -> Tile:
    curve, text = shown.counted.whole.curve, shown.text
    label = text("tile.time_to_insertion.label")
    if not curve.n:
        return Tile("time_to_insertion", label, NONE, text("reason.nobody_completed"), state="too_early")
    out_of = text.plural("tile.time_to_insertion.of", curve.n)
    if curve.median is None:
        reason = text("reason.not_reached")
        return Tile("time_to_insertion", label, NONE, reason, details=(out_of,), state="too_early")
    change, number = _change(shown, "time_to_insertion", "days")
    return Tile(
        "time_to_insertion",
        label,
        _days(curve.median, shown),
        out_of,
        text.plural("unit.days", round(curve.median)),
        details=_median_interval(curve.median_low, curve.median_high, shown),
        change=change,
        change_number=number,
    )


def _days(days: float, shown: Shown) -> str:
    return shown.text.number(days, 0 if float(days).is_integer() else 1)


def _median_interval(low: float | None, high: float | None, shown: Shown) -> tuple[str, ...]:
    text = shown.text
    if low is None:
        return ()
    if high is None:
        return (text("tile.time_to_insertion.interval_open", low=_days(low, shown)),)
    return (text("tile.time_to_insertion.interval", low=_days(low, shown), high=_days(high, shown)),)
