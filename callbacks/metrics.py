"""`/metrics` for Prometheus: how long pulls and answers take, how they end, and how old the data are.

No label says anything about a person, a path or an address: what is counted by is one of a few words. Under gunicorn
the numbers of all processes are summed (PROMETHEUS_MULTIPROC_DIR, prepared in gunicorn.conf.py).
"""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any, Literal

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from callbacks.delivery import requested_file
from callbacks.service import Dashboard

METRICS = "/metrics"
SUMMED = "PROMETHEUS_MULTIPROC_DIR"
PULL_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60)
ANSWER_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
OUTCOMES = ("recorded", "unchanged", "held", "failed", "waiting")
KINDS: tuple["Kind", ...] = ("page", "layout", "callback", "file", "other")

Kind = Literal["page", "layout", "callback", "file", "other"]


class Metrics:
    """The numbers of one server."""

    def __init__(self) -> None:
        own: dict[str, Any] = {"registry": CollectorRegistry()}
        self._registry: CollectorRegistry = own["registry"]
        self._pull_seconds = Histogram(
            "dashboard_pull_seconds", "Duration of a pull of the source", buckets=PULL_SECONDS, **own
        )
        self._pulls = Counter("dashboard_pulls", "Pulls by how they ended", ["outcome"], **own)
        self._answer_seconds = Histogram(
            "dashboard_answer_seconds", "Duration of an answer", ["kind"], buckets=ANSWER_SECONDS, **own
        )
        self._errors = Counter("dashboard_answer_errors", "Answers with a status of 500 or more", ["kind"], **own)

    def pulled(self, outcome: str, seconds: float) -> None:
        """Count a pull."""
        self._pull_seconds.observe(seconds)
        self._pulls.labels(outcome if outcome in OUTCOMES else "failed").inc()

    def answered(self, kind: Kind, status: int, seconds: float) -> None:
        """Count an answer."""
        self._answer_seconds.labels(kind).observe(seconds)
        if status >= 500:
            self._errors.labels(kind).inc()

    def exposition(self, service: Dashboard) -> bytes:
        """Everything in Prometheus's text format; the state of the data as this process knows it."""
        summed = self._registry
        if os.environ.get(SUMMED):
            summed = CollectorRegistry()
            MultiProcessCollector(summed)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(StateOfData(service))
        return generate_latest(summed) + generate_latest(now)


class StateOfData(Collector):
    """Gauges read off at the moment they are asked for."""

    def __init__(self, service: Dashboard) -> None:
        self._service = service

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Age is missing as long as there are no data."""
        snapshot, feed = self._service.state()
        gauges = {
            "roster_version": ("Number of the roster's version; 0: none yet", snapshot.version),
            "reading_held": ("1 while a reading waits for a person", snapshot.held is not None),
            "last_pull_failed": ("1 while the last pull has failed", snapshot.error is not None),
            "store_failing": ("1 while the store cannot be read or written", snapshot.stored_error is not None),
        }
        for name, (meaning, value) in gauges.items():
            yield GaugeMetricFamily(f"dashboard_{name}", meaning, value=float(value))
        if feed.age is not None:
            meaning = "Seconds since the source was last read well or found unchanged"
            yield GaugeMetricFamily("dashboard_data_age_seconds", meaning, value=feed.age)


def register(
    server: Flask, metrics: Metrics, service: Dashboard, clock: Callable[[], float] = time.perf_counter
) -> None:
    """Add the address, and time every answer."""

    @server.before_request
    def begin() -> None:
        g.begun = clock()

    @server.after_request
    def end(response: Response) -> Response:
        begun = g.get("begun")
        if begun is not None and request.path != METRICS:
            metrics.answered(kind_of(request.path, response), response.status_code, clock() - begun)
        return response

    server.add_url_rule(METRICS, "metrics", lambda: answer(metrics, service))


def answer(metrics: Metrics, service: Dashboard) -> Response:
    """The numbers. Whom they are for is the gate's to decide."""
    return Response(metrics.exposition(service), content_type=CONTENT_TYPE_LATEST)


def kind_of(path: str, response: Response) -> Kind:
    """One of a few words for what was asked."""
    if path.endswith("/_dash-update-component"):
        return "callback"
    if path.endswith(("/_dash-layout", "/_dash-dependencies")):
        return "layout"
    if requested_file() is not None or "Content-Disposition" in response.headers:
        return "file"
    return "page" if response.mimetype == "text/html" else "other"
