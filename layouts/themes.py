"""The folded sections below the charts: one question each, its answer in the line that is always seen."""

from collections.abc import Callable, Sequence

from dash import html

from dashboard.earnings import Earnings
from dashboard.measures import Dropout, Retention, Satisfaction, StepTime
from dashboard.schema import UNSPECIFIED
from dashboard.soft_skills import SoftSkills
from dashboard.tables import days, interval, stage_name
from dashboard.text import NONE, Text
from layouts.amounts import spread
from layouts.components import Node, aria
from layouts.gap_tables import gap_section
from layouts.places import definition_address
from layouts.quality import net_wages
from layouts.rates import RateRow, bars, facts, of, rate_table, share
from layouts.shown import Shown

THEMES = ("retention", "dropout", "earnings", "soft_skills", "satisfaction", "steps", "gaps")
SHORT = {"retained_3": "3", "retained_6": "6", "retained_12": "12"}


def themes(shown: Shown) -> list[Node]:
    """Every section of a view, folded."""
    found = shown.deeper.measures()
    made: dict[str, Callable[[], tuple[str, Sequence[Node]]]] = {
        "retention": lambda: _retention(found.retention, shown),
        "dropout": lambda: _dropout(found.dropout, shown),
        "earnings": lambda: _earnings(found.earnings, shown),
        "soft_skills": lambda: _soft_skills(found.soft_skills, shown),
        "satisfaction": lambda: _satisfaction(found.satisfaction, shown),
        "steps": lambda: _steps(found.steps, shown),
        "gaps": lambda: gap_section(found.gaps, shown),
    }
    return [themes_head(shown.text), *(_theme(name, *made[name](), shown) for name in THEMES)]


def themes_waiting(shown: Shown) -> list[Node]:
    """The same lines before they are counted, so that nothing moves when they come."""
    text = shown.text
    lines = [html.Div(html.H3(text(f"theme.{name}.title")), className="theme theme-waiting") for name in THEMES]
    return [themes_head(text), *lines]


def themes_head(text: Text) -> Node:
    """The heading above the sections."""
    title = html.H2(text("themes.title"), id="themes-title")
    return html.Div([title, html.P(text("themes.lead"), className="subtitle")], className="card-head")


def _theme(name: str, finding: str, body: Sequence[Node], shown: Shown) -> Node:
    text = shown.text
    title = text(f"theme.{name}.title")
    subject = html.Span(f" ({title})", className="visually-hidden")
    link = html.A(
        [text("card.definition"), subject], href=definition_address(name, shown.view), className="definition-link"
    )
    summary = html.Summary([html.H3(title), html.Span(finding, className="theme-finding")])
    return html.Details(
        [summary, html.Div([*body, link], className="theme-body")], className="theme", id=f"theme-{name}"
    )


def _retention(found: Sequence[Retention], shown: Shown) -> tuple[str, Sequence[Node]]:
    text = shown.text
    asked = [one for one in found if one.any_employer.denominator]
    if not asked:
        return text("theme.retention.none"), [html.P(text("theme.retention.none_next"))]
    last = asked[-1]
    rate = last.any_employer
    finding = text("theme.retention.finding", months=_months(last, text), of=of(rate, text), rate=share(rate, text))
    rows = [row for one in found for row in _retention_rows(one, text)]
    table = rate_table(
        rows, text("theme.retention.caption"), text, name=text("theme.retention.when"), said=text("rates.said")
    )
    return finding, [html.P(text("theme.retention.lead"), className="lead-line"), table]


def _months(one: Retention, text: Text) -> str:
    months = SHORT.get(one.stage)
    return text.plural("unit.months", int(months)) if months else days(one.days, text)


def _retention_rows(one: Retention, text: Text) -> list[RateRow]:
    counts = {"not_working": one.not_working, "unknown": one.unknown, "not_due": one.not_due, "undated": one.undated}
    said = text("list.separator").join(
        text(f"theme.retention.{name}", n=text.number(count)) for name, count in counts.items() if count
    )
    name = text("theme.retention.any", months=_months(one, text))
    return [
        RateRow(name, one.any_employer, said or NONE),
        RateRow(
            text("theme.retention.same"),
            one.same_employer,
            text("theme.retention.other", n=text.number(one.working)),
            "part-row",
        ),
    ]


def _dropout(found: Dropout, shown: Shown) -> tuple[str, Sequence[Node]]:
    text, programme = shown.text, shown.programme
    if not found.rate.denominator:
        return text("reason.nobody_enrolled"), []
    finding = text("theme.dropout.finding", of=of(found.rate, text), rate=share(found.rate, text))
    stages = [(stage_name(stage, programme, text), count) for stage, count in found.by_stage.items()]
    reasons = [(_reason(reason, shown), count) for reason, count in found.by_reason.items()]
    parts: list[Node] = [
        html.P(
            text("theme.dropout.lead", interval=interval(found.rate.low, found.rate.high, text)), className="lead-line"
        ),
        html.Div(
            [
                bars(stages, found.rate.numerator or 0, text("theme.dropout.by_stage"), text),
                bars(reasons, found.rate.numerator or 0, text("theme.dropout.by_reason"), text),
            ],
            className="side-by-side",
        ),
    ]
    if found.left_for_job:
        parts.append(html.P(text.plural("theme.dropout.for_job", found.left_for_job)))
    return finding, parts


def _reason(reason: str, shown: Shown) -> str:
    if reason == UNSPECIFIED:
        return shown.text("table.unspecified")
    names = {item.id: item.name[shown.text.lang] for item in shown.programme.exit_reasons}
    return names.get(reason, shown.text.isolate(reason))


def _earnings(found: Earnings, shown: Shown) -> tuple[str, Sequence[Node]]:
    text, rate = shown.text, found.share
    known = text("rates.of", k=text.number(found.known), n=text.number(found.placed))
    net = net_wages(shown.feed.findings)
    aside = f" {text('earnings.net', net=text.number(net))}" if net else ""
    if not found.known:
        return text("theme.earnings.none", known=known) + aside, []
    finding = text("theme.earnings.finding", of=of(rate, text), rate=share(rate, text), known=known)
    table = rate_table(
        [RateRow(text("theme.earnings.share"), rate)],
        text("theme.earnings.caption"),
        text,
        name=text("rates.indicator"),
    )
    middle = interval(found.lower_ratio, found.upper_ratio, text)
    pairs: list[tuple[str, Node]] = [
        (
            text("theme.earnings.median"),
            text("theme.earnings.median_value", median=text.percent(found.median_ratio), middle=middle),
        ),
        (text("theme.earnings.known"), known),
    ]
    pairs += _counts(found, "earnings", ("part_time", "hours_unknown", "wage_unknown", "undated", "before_table"), text)
    return finding, [html.P(text("theme.earnings.lead") + aside, className="lead-line"), table, facts(pairs)]


def _counts(found: object, theme: str, names: Sequence[str], text: Text) -> list[tuple[str, Node]]:
    return [(text(f"theme.{theme}.{name}"), text.number(getattr(found, name))) for name in names]


def _soft_skills(found: SoftSkills, shown: Shown) -> tuple[str, Sequence[Node]]:
    text = shown.text
    if not found.pairs or found.mean_gain is None:
        return text("theme.soft_skills.none"), []
    gain = text.signed(found.mean_gain, 1)
    finding = text("theme.soft_skills.finding", gain=gain, pairs=text.plural("theme.soft_skills.pairs", found.pairs))
    table = rate_table(
        [RateRow(text("theme.soft_skills.improved"), found.improved)],
        text("theme.soft_skills.caption"),
        text,
        name=text("rates.indicator"),
    )
    between = NONE
    if found.low is not None and found.high is not None:
        between = text("theme.between", low=text.signed(found.low, 1), high=text.signed(found.high, 1))
    pairs: list[tuple[str, Node]] = [(text("theme.soft_skills.mean"), gain), (text("rates.interval"), between)]
    pairs += _counts(found, "soft_skills", ("lost", "awaiting", "without", "ceiling_before", "ceiling_after"), text)
    return finding, [html.P(text("theme.soft_skills.lead"), className="lead-line"), table, facts(pairs)]


def _satisfaction(found: Satisfaction, shown: Shown) -> tuple[str, Sequence[Node]]:
    text, rate = shown.text, found.satisfied
    response = text("theme.satisfaction.response", of=of(found.response, text), rate=share(found.response, text))
    if not rate.denominator:
        return text("theme.satisfaction.none"), []
    finding = text(
        "theme.satisfaction.finding", of=of(rate, text), rate=share(rate, text), response=share(found.response, text)
    )
    rows = [
        RateRow(text("theme.satisfaction.satisfied"), rate),
        RateRow(text("theme.satisfaction.responded"), found.response),
    ]
    parts: list[Node] = [
        html.P(response, className="lead-line"),
        rate_table(rows, text("theme.satisfaction.caption"), text, name=text("rates.indicator")),
    ]
    if found.before_completing:
        parts.append(html.P(text.plural("theme.satisfaction.before", found.before_completing)))
    return finding, parts


def _steps(found: Sequence[StepTime], shown: Shown) -> tuple[str, Sequence[Node]]:
    text = shown.text
    known = [step for step in found if step.n]
    if not known:
        return text("theme.steps.none"), []
    longest = max(known, key=lambda step: step.median or 0)
    finding = NONE
    if longest.median is not None:
        finding = text("theme.steps.finding", step=_step(longest, shown), days=days(longest.median, text))
    return finding, [html.P(text("theme.steps.lead"), className="lead-line"), _step_table(known, shown)]


def _step(step: StepTime, shown: Shown) -> str:
    start, end = (stage_name(stage, shown.programme, shown.text) for stage in (step.start, step.end))
    return shown.text("theme.steps.step", start=start, end=end)


def _step_table(found: Sequence[StepTime], shown: Shown) -> Node:
    text = shown.text
    names = ("step", "median", "middle", "n", "waiting", "reversed", "method")
    head = html.Tr([html.Th(text(f"theme.steps.column.{name}"), scope="col") for name in names])
    lines = [
        html.Tr([html.Th(_step(step, shown), scope="row"), *map(html.Td, _step_cells(step, text))]) for step in found
    ]
    table = html.Table(
        [html.Caption(text("theme.steps.caption"), className="visually-hidden"), html.Thead(head), html.Tbody(lines)],
        className="figures",
    )
    return html.Div(
        table, className="table-scroll", tabIndex=0, role="region", **aria(label=text("theme.steps.caption"))
    )


def _step_cells(step: StepTime, text: Text) -> list[str]:
    median = days(step.median, text) if step.median is not None else text("theme.steps.not_reached")
    counts = (step.n, step.waiting, step.reversed)
    return [
        median,
        spread(step.lower, step.upper, "days", text),
        *map(text.number, counts),
        text(f"theme.steps.{step.method}"),
    ]
