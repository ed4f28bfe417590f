"""How every number is counted: one entry per indicator, reached from the number itself."""

from dash import html

from dashboard.programme import Programme
from dashboard.text import Text
from layouts import ids
from layouts.components import Node, aria

DEFINED = (
    "insertion_90",
    "enrolled",
    "in_training",
    "completion",
    "certification",
    "time_to_insertion",
    "own_business",
    "dropout",
    "retention",
    "earnings",
    "soft_skills",
    "satisfaction",
    "steps",
    "gaps",
    "funnel",
    "target",
    "tracking",
)
PARTS = ("numerator", "denominator", "anchor", "window", "exclusions", "source")


def definition_words(indicator: str, part: str, programme: Programme, text: Text) -> str:
    """One part of a definition, with the programme's own window and limits in it."""
    rules = programme.rules
    values = {"days": text.number(rules.window_days), "least": text.number(rules.min_at_risk)}
    values["few"] = text.number(programme.lights.min_n)
    return text(f"definition.{indicator}.{part}", **values)


def definitions(programme: Programme, text: Text) -> Node:
    """The section: every definition, and the version of the set."""
    entries = [_entry(indicator, programme, text) for indicator in DEFINED]
    version = html.P(text("definitions.version", version=text.isolate(programme.rules.version)), className="subtitle")
    head = html.Div([html.H2(text("definitions.title"), id="definitions-title"), version], className="card-head")
    body = html.Div(entries, className="definition-list")
    return html.Section([head, body], className="card definitions", **aria(labelledby="definitions-title"))


def _entry(indicator: str, programme: Programme, text: Text) -> Node:
    parts: list[Node] = []
    for part in PARTS:
        words = definition_words(indicator, part, programme, text)
        parts += [html.Dt(text(f"definitions.{part}")), html.Dd(words)]
    name = html.Summary(definition_words(indicator, "name", programme, text))
    return html.Details([name, html.Dl(parts)], id=ids.definition(indicator), className="definition")


def passport(programme: Programme, text: Text) -> Node:
    """What is known of the declared reference, and what is not: a blank is said, never left out."""
    reference = programme.reference
    unknown = text("passport.unknown")
    known = {"declared_by": reference.declared_by, "period": reference.period, "definition": reference.definition}
    values: dict[str, str] = {"rate": text.percent(reference.rate)}
    values |= {name: words[text.lang] if words else unknown for name, words in known.items()}
    values["n"] = text.number(reference.n) if reference.n is not None else unknown
    values["use"] = text("passport.use_words")
    terms: list[Node] = []
    for name in ("declared_by", "rate", "period", "n", "definition", "use"):
        terms += [html.Dt(text(f"passport.{name}")), html.Dd(values[name])]
    note = html.P(reference.passport[text.lang], className="lead-line")
    return html.Div([note, html.Dl(terms, className="facts-list")], id=ids.definition("reference"))
