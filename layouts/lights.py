"""Traffic lights as icon and word, and what their colours mean."""

from dash import html

from dashboard.achievement import Light
from dashboard.logframe import Lights
from dashboard.text import Text
from layouts.components import Node, State, state_mark

STATES: dict[str, State] = {"green": "on_track", "amber": "attention", "red": "off_track", "grey": "too_early"}
MARKED: dict[str, State] = {"no_target": "no_target", "undefined": "no_target"}


def legend(lights: Lights, text: Text) -> Node:
    """What each light means, with the thresholds of the programme."""
    green, amber = text.percent(lights.green), text.percent(lights.amber)
    words = {
        "green": text("tracking.legend.green", green=green),
        "amber": text("tracking.legend.amber", green=green, amber=amber),
        "red": text("tracking.legend.red", amber=amber),
        "grey": text("tracking.legend.grey", n=text.number(lights.min_n)),
    }
    items = [
        html.Li([state_mark(STATES[colour], text(f"light.{colour}")), html.Span(said)])
        for colour, said in words.items()
    ]
    return html.Details([html.Summary(text("tracking.legend.title")), html.Ul(items)], className="legend")


def light_mark(light: Light, text: Text) -> Node:
    """A light as icon and word; grey says why."""
    state = STATES[light.colour] if light.reason is None else MARKED.get(light.reason, "too_early")
    return state_mark(state, light_words(light, text))


def light_words(light: Light, text: Text) -> str:
    """The word of a light; of a grey one the reason."""
    return text(f"light.{light.reason or light.colour}")
