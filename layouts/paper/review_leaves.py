"""A review as sheets of values: movements, every indicator then, restated and now, who needs us, decisions.

Numbers are numbers, rates fractions of 1, dates dates. No woman is in it, not even those whom decisions name.
"""

from collections.abc import Sequence

from dashboard.decisions import Measure, Replayed
from dashboard.figures.waterfall import Line, waterfall_lines
from dashboard.indicators import Indicator, Unit
from dashboard.movements import Flow
from dashboard.programme import Programme
from dashboard.restatement import Change
from dashboard.review_figures import is_new
from dashboard.signed_review import programme_hash
from dashboard.tables import Share
from dashboard.text import Text
from layouts.paper.review_brief import Reviewed, finding_words, review_meta, selection_words, state_words, version_words
from layouts.paper.review_charts import FALL, RATES, review_charts
from layouts.paper.review_flows import ORDER, flow_name, told_flows
from layouts.paper.review_lists import MARKS
from layouts.paper.typed import typed
from layouts.paper.workbook import leaves_xlsx
from layouts.paper.workbook_leaves import Leaf, Written, definitions_leaf
from layouts.review_words import indicator_name

READINGS = ("known", "restated", "now")
PARTS = ("value", "numerator", "denominator", "low", "high")
DECIDED = (
    "number", "state", "decision", "owner", "made_on", "due", "days_left", "new_column", "indicator",
    "then_value", "now_value", "change", "closed_on", "outcome",
)  # fmt: skip


def review_xlsx(found: Reviewed, programme: Programme) -> bytes:
    """The sheets of a review as a file; the definitions too, while they are those it was counted by."""
    same = programme_hash(programme) == found.document.basis.programme_hash
    definitions = [definitions_leaf(programme, found.text)] if same else []
    leaves = [*review_leaves(found), *definitions]
    return leaves_xlsx(leaves, review_meta(found), found.text, review_charts(found.text))


def review_leaves(found: Reviewed) -> list[Leaf]:
    """The sheets of a review; those of a comparison are left out where there is none."""
    compared = [*fall_leaf(found), flows_leaf(found), indicators_leaf(found)] if found.figures.headline else []
    return [about_leaf(found), *compared, needs_leaf(found), decisions_leaf(found), notes_leaf(found)]


def about_leaf(found: Reviewed) -> Leaf:
    """The headline, and what the review is about and comes from."""
    text, figures, basis = found.text, found.figures, found.document.basis
    rows: tuple[tuple[Written, ...], ...] = (
        (text("workbook.programme"), figures.names.programme[text.lang]),
        (text("review_paper.state"), state_words(found)),
        (text("workbook.as_of"), figures.as_of),
        (text("filter.since"), figures.since or text("review.first")),
        (text("workbook.selection"), selection_words(found)),
        (text("workbook.data_version"), version_words(found)),
        (text("workbook.definition_version"), basis.definition_version),
        *([(text("review_paper.check"), found.document.fingerprint)] if found.signed else []),
    )
    sentences = (*finding_words(figures, text), text("review_paper.privacy"))
    headers = (text("review_paper.fact"), text("review_paper.value"))
    return Leaf("brief", text("review_paper.sheet.review"), sentences, headers, rows, prose=True)


def fall_leaf(found: Reviewed) -> list[Leaf]:
    """From the rate of the last review to today's: a row a step, with what it is drawn from. None without a rate."""
    text, figures = found.text, found.figures
    head, since = figures.headline, figures.since
    lines = (
        waterfall_lines(head, text.date(since, "day"), text.date(figures.as_of, "day"), text) if head and since else ()
    )
    if head is None or not lines:
        return []
    falls = head.waterfall
    ends = [(one.numerator, one.denominator) for one in (falls.start, falls.end)]
    sides = [ends[0], *((step.numerator, step.denominator) for step in falls.steps), ends[1]]
    headers = (
        text("review.fall.column.row"),
        text("review_paper.inserted"),
        text("review_paper.counted"),
        text("review.fall.column.after"),
        *(text(f"workbook.{end}") for end in ("low", "high")),
        text("review_paper.change"),
        "",
        *_drawn(FALL, text),
    )
    rows = tuple(
        _step(line, of, ends=place in (0, len(lines) - 1))
        for place, (line, of) in enumerate(zip(lines, sides, strict=True))
    )
    lead = text("review_charts.steps")
    return [Leaf("fall", text("review_charts.fall"), (lead,), headers, rows)]


def _step(line: Line, of: tuple[int, int], *, ends: bool) -> tuple[Written, ...]:
    """An end with its interval, or a step with what it moves; and where its bar is drawn."""
    low, high = (line.end.low, line.end.high) if line.end else (None, None)
    base = min(line.before, line.after) if low is None else low
    below, above = (None, None) if low is None or high is None else (Share(line.after - low), Share(high - line.after))
    up, down = (Share(max(0.0, moved)) for moved in (line.points, -line.points))
    written = (Share(line.after), *(None if bound is None else Share(bound) for bound in (low, high)))
    bars = (Share(base), below, above, *((None, None) if ends else (up, down)))
    return (line.words, *of, *written, None if ends else Share(line.points), None, *bars)


def _drawn(columns: Sequence[str], text: Text) -> tuple[str, ...]:
    return tuple(text("review_charts.drawn", name=text(f"review_charts.{name}")) for name in columns)


def flows_leaf(found: Reviewed) -> Leaf:
    """A row a place: start + came - went = end, the stock as known now, and both ways by cause."""
    text, figures = found.text, found.figures
    causes = [text(f"review.cause.{cause}") for cause in ORDER]
    headers = (
        *(text(f"review.flow.{name}") for name in ("place", "start", "came", "went", "end")),
        text("review_paper.restated_stock"),
        *(text(f"review_paper.{way}", cause=cause) for way in ("came_by", "went_by") for cause in causes),
    )
    rows = tuple(_flow(flow, flow_name(flow, figures, text)) for flow in told_flows(figures))
    return Leaf("flows", text("review_paper.sheet.flows"), (), headers, rows)


def _flow(flow: Flow, name: str) -> tuple[Written, ...]:
    ways = (*(flow.came_by[cause] for cause in ORDER), *(flow.went_by[cause] for cause in ORDER))
    return name, flow.start, flow.came, flow.went, flow.end, flow.restated, *ways


def indicators_leaf(found: Reviewed) -> Leaf:
    """A row an indicator: as known then, as that day is known now, and now, each with its interval."""
    text = found.text
    names, times = [text(f"workbook.{part}") for part in PARTS], [text(f"review_paper.{one}") for one in READINGS]
    headers = (
        text("workbook.indicator"),
        text("workbook.unit"),
        *(text("review_paper.reading", when=when, name=name) for when in times for name in names),
        text("review_paper.change"),
        "",
        *_drawn(RATES, text),
    )
    rates = [change for change in found.figures.changes if _is_drawn(change)]
    rows: list[tuple[Written, ...]] = []
    for place, change in enumerate(found.figures.changes):
        before, after = change.known.value, change.now.value
        moved = None if before is None or after is None else _in_unit(after - before, change.now.unit)
        readings = (_reading(one) for one in (change.known, change.restated, change.now))
        name, unit = indicator_name(change.id, text), text(f"workbook.unit.{change.now.unit}")
        drawn = _then_now(rates[place], text) if place < len(rates) else (None,) * len(RATES)
        rows.append((name, unit, *(cell for cells in readings for cell in cells), moved, None, *drawn))
    lead = text("review_paper.readings_lead")
    return Leaf("indicators", text("review_paper.sheet.indicators"), (lead,), headers, tuple(rows))


def _is_drawn(change: Change) -> bool:
    return change.now.unit == "rate" and change.known.value is not None and change.now.value is not None


def _then_now(change: Change, text: Text) -> tuple[Written, ...]:
    """What a pair of bars is drawn from, each with how far its interval reaches to both sides."""
    sides = (cell for one in (change.known, change.now) for cell in (Share(one.value), *_reach(one)))
    return indicator_name(change.id, text), *sides


def _reach(found: Indicator) -> tuple[Share, Share]:
    """From a rate to both ends of its interval; nothing where there is none."""
    value, low, high = found.value, found.low, found.high
    if value is None or low is None or high is None:
        return Share(0.0), Share(0.0)
    return Share(max(0.0, value - low)), Share(max(0.0, high - value))


def _reading(found: Indicator) -> tuple[Written, ...]:
    value, low, high = (_in_unit(one, found.unit) for one in (found.value, found.low, found.high))
    return value, found.numerator, found.denominator, low, high


def _in_unit(value: float | None, unit: Unit) -> Written:
    return Share(value) if unit == "rate" and value is not None else value


def needs_leaf(found: Reviewed) -> Leaf:
    """Women who need the team by reason."""
    text, figures = found.text, found.figures
    sentences = (text.plural("review_paper.needed", figures.needed), text("review_paper.several"))
    headers = (text("review_paper.reason"), text("review_paper.women"))
    rows = tuple((text(f"review.reason_name.{reason}"), n) for reason, n in figures.needed_by.items())
    return Leaf("needs", text("review_paper.sheet.needs"), sentences, headers, rows)


def decisions_leaf(found: Reviewed) -> Leaf:
    """A row a decision: the late ones first, then open ones, then those that were closed."""
    text = found.text
    headers = tuple(text("workbook.indicator" if name == "indicator" else f"review_paper.{name}") for name in DECIDED)
    rows = tuple(_decision(one, found) for one in found.figures.decisions)
    return Leaf("decisions", text("review_paper.sheet.decisions"), (), headers, rows, prose=True)


def _decision(one: Replayed, found: Reviewed) -> tuple[Written, ...]:
    text, decision, running = found.text, one.decision, one.state in MARKS
    unit = _unit_of(decision.indicator, found)
    return (
        int(decision.id) if decision.id.isdecimal() else decision.id,
        text(f"review_paper.state.{one.state}" if running else f"review.state.{one.state}"),
        typed(decision.text, text),
        typed(decision.owner, text),
        decision.made_on,
        decision.due,
        one.days_left if running else None,
        text("workbook.yes" if is_new(one, found.figures) else "workbook.no"),
        indicator_name(decision.indicator, text) if decision.indicator else None,
        _measured(decision.measure, unit),
        _measured(one.now, unit),
        _in_unit(one.change, unit),
        decision.closed_on,
        typed(decision.outcome, text) if decision.outcome else None,
    )


def _unit_of(indicator: str | None, found: Reviewed) -> Unit:
    known = found.figures.indicators.get(indicator or "")
    return known.unit if known else "count"


def _measured(measure: Measure | None, unit: Unit) -> Written:
    return _in_unit(measure.value, unit) if measure else None


def notes_leaf(found: Reviewed) -> Leaf:
    """A row a note."""
    text = found.text
    rows = tuple((typed(note, text),) for note in found.notes)
    return Leaf("notes", text("review.notes"), (), (text("review_paper.note"),), rows, prose=True)
