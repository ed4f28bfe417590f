"""The dashboard that the tutorials would have: one data frame, two dropdowns, four charts, one callback.

Served with what Dash sends by default, `gunicorn benchmarks.plain_dash:server` with BENCH_ROSTER naming the CSV file.
It shows less than ours: no unknown outcomes, no intervals, no history, one language. Ours is measured beside it.
"""

import os
from typing import Any

import numpy as np
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from flask import Flask

from benchmarks.roster_file import CERTIFIED, COHORT, COMPLETED, STEPS, TRACK, WORK

HEADERS = tuple(header for header, *_ in STEPS)
WINDOW = 90  # days
CHARTS = ("outcome", "funnel", "insertion", "curve")
TILES = ("enrolled", "completed", "inserted")


def read(path: str) -> pd.DataFrame:
    """The roster with its dates as dates and the days from completion to work."""
    women = pd.read_csv(path, parse_dates=[*HEADERS, "Dernier contact"])
    women["days"] = (women[WORK] - women[COMPLETED]).dt.days
    return women


def outcome(women: pd.DataFrame) -> go.Figure:
    """How many have completed, have a certificate, have work."""
    counts = women[[COMPLETED, CERTIFIED, WORK]].notna().sum()
    return px.bar(x=["Completed", "Certified", "In work"], y=counts.to_numpy(), title="Outcomes")


def funnel(women: pd.DataFrame) -> go.Figure:
    """How many have taken each step."""
    counts = women[list(HEADERS)].notna().sum()
    return px.funnel(x=counts.to_numpy(), y=list(HEADERS), title="Path")


def insertion(women: pd.DataFrame) -> go.Figure:
    """The share of each cohort that found work in time."""
    done = women[women[COMPLETED].notna()].assign(inserted=lambda found: found["days"] <= WINDOW)
    rates = done.groupby(COHORT)["inserted"].mean().mul(100).reset_index()
    return px.bar(rates, x=COHORT, y="inserted", title="Insertion by cohort, %")


def curve(women: pd.DataFrame) -> go.Figure:
    """The share that has found work by each day after completion."""
    done = women[women[COMPLETED].notna()]
    found = done.groupby("days").size().reindex(np.arange(181), fill_value=0).cumsum()
    return px.line(x=found.index, y=found.to_numpy() / max(len(done), 1) * 100, title="Time to insertion, %")


def tiles(women: pd.DataFrame) -> list[Any]:
    """Three numbers above the charts."""
    numbers = (len(women), int(women[COMPLETED].notna().sum()), int((women["days"] <= WINDOW).sum()))
    return [html.H3(f"{name}: {number}", className="tile-value") for name, number in zip(TILES, numbers, strict=True)]


def create_app(path: str) -> Dash:
    """The page on a roster file."""
    women = read(path)
    app = Dash("plain", title="Plain Dash")
    pickers = [
        dcc.Dropdown(sorted(women[column].unique()), multi=True, id=name, placeholder=column)
        for name, column in (("cohort", COHORT), ("track", TRACK))
    ]
    graphs = [dcc.Graph(id=name) for name in CHARTS]
    app.layout = html.Div([html.H1("Monitoring"), *pickers, html.Div(id="tiles"), *graphs])

    @app.callback(
        Output("tiles", "children"),
        *(Output(name, "figure") for name in CHARTS),
        Input("cohort", "value"),
        Input("track", "value"),
    )
    def update(cohorts: list[str] | None, tracks: list[str] | None) -> tuple[Any, ...]:
        chosen = women
        if cohorts:
            chosen = chosen[chosen[COHORT].isin(cohorts)]
        if tracks:
            chosen = chosen[chosen[TRACK].isin(tracks)]
        return tiles(chosen), outcome(chosen), funnel(chosen), insertion(chosen), curve(chosen)

    return app


def __getattr__(name: str) -> Flask:
    """`server`, made when it is asked for."""
    if name != "server":
        raise AttributeError(name)
    made: Flask = create_app(os.environ["BENCH_ROSTER"]).server
    globals()["server"] = made
    return made
