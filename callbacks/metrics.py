"""`/metrics` for Prometheus: how long pulls and answers take, how they end, and how old the data are.

No label says anything about a person, a path or an address: what is counted by is one of a few words. Under gunicorn
the numbers of all processes are summed (PROMETHEUS_MULTIPROC_DIR, prepared in gunicorn.conf.py).
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from callbacks.data_state import Snapshot
from callbacks.delivery import requested_file
from callbacks.service import Dashboard
from layouts.shown import Feed

METRICS = "/metrics"
SUMMED = "PROMETHEUS_MULTIPROC_DIR"
PULL_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60)
ANSWER_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
OUTCOMES = ("recorded", "unchanged", "held", "failed", "waiting")
KINDS: tuple["Kind", ...] = ("page", "layout", "callback", "file", "other")

Kind = Literal["page", "layout", "callback", "file", "other"]


class Families:
    """The counters and histograms of a process; with `several` each is counted by programme as well."""

    def __init__(self, *, several: bool = False) -> None:
        own: dict[str, Any] = {"registry": CollectorRegistry()}
        by: tuple[str, ...] = ("programme",) if several else ()
        self.registry: CollectorRegistry = own["registry"]
        self.pull_seconds = Histogram(
            "dashboard_pull_seconds", "Duration of a pull of the source", by, buckets=PULL_SECONDS, **own
        )
        self.pulls = Counter("dashboard_pulls", "Pulls by how they ended", (*by, "outcome"), **own)
        self.answer_seconds = Histogram(
            "dashboard_answer_seconds", "Duration of an answer", (*by, "kind"), buckets=ANSWER_SECONDS, **own
        )
        errors = "Answers with a status of 500 or more"
        self.errors = Counter("dashboard_answer_errors", errors, (*by, "kind"), **own)

    def exposition(self, state: "StateOfData") -> bytes:
        """Everything in Prometheus's text format; the state of the data as this process knows it."""
        summed = self.registry
        if os.environ.get(SUMMED):
            summed = CollectorRegistry()
            MultiProcessCollector(summed)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(state)
        return generate_latest(summed) + generate_latest(now)


class Metrics:
    """The numbers of one server: those of a programme where `families` count several."""

    def __init__(self, families: Families | None = None, programme: str | None = None) -> None:
        self.families = families or Families()
        self._by = () if programme is None else (programme,)

    def pulled(self, outcome: str, seconds: float) -> None:
        """Count a pull."""
        pulls = self.families.pull_seconds
        (pulls.labels(*self._by) if self._by else pulls).observe(seconds)
        self.families.pulls.labels(*self._by, outcome if outcome in OUTCOMES else "failed").inc()

    def answered(self, kind: Kind, status: int, seconds: float) -> None:
        """Count an answer."""
        self.families.answer_seconds.labels(*self._by, kind).observe(seconds)
        if status >= 500:
            self.families.errors.labels(*self._by, kind).inc()


class StateOfData(Collector):
    """Gauges read off at the moment they are asked for."""

    def __init__(self, services: Mapping[str, Dashboard]) -> None:
        """`services` by programme; by "" where there is only one."""
        self._services = services

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Age is missing as long as there are no data."""
        told = [(programme, *service.state()) for programme, service in self._services.items()]
        by = () if "" in self._services else ("programme",)
        for name, (meaning, value) in GAUGES.items():
            gauge = GaugeMetricFamily(f"dashboard_{name}", meaning, labels=by)
            for programme, snapshot, feed in told:
                found = value(snapshot, feed)
                if found is not None:
                    gauge.add_metric([programme] if programme else [], float(found))
            if gauge.samples:
                yield gauge


GAUGES: Mapping[str, tuple[str, Callable[[Snapshot, Feed], float | None]]] = {
    "roster_version": ("Number of the roster's version; 0: none yet", lambda snapshot, _: snapshot.version),
    "reading_held": ("1 while a reading waits for a person", lambda snapshot, _: snapshot.held is not None),
    "last_pull_failed": ("1 while the last pull has failed", lambda snapshot, _: snapshot.error is not None),
    "store_failing": (
        "1 while the store cannot be read or written",
        lambda snapshot, _: snapshot.stored_error is not None,
    ),
    "data_age_seconds": ("Seconds since the source was last read well or found unchanged", lambda _, feed: feed.age),
}


def register(
    server: Flask, metrics: Metrics, service: Dashboard, clock: Callable[[], float] = time.perf_counter
) -> None:
    """Add the address, and time every answer."""
    time_answers(server, metrics, clock)
    add_address(server, metrics.families, {"": service})


def time_answers(server: Flask, metrics: Metrics, clock: Callable[[], float] = time.perf_counter) -> None:
    """Time every answer."""

    @server.before_request
    def begin() -> None:
        g.begun = clock()

    @server.after_request
    def end(response: Response) -> Response:
        begun = g.get("begun")
        if begun is not None and request.path != METRICS:
            metrics.answered(kind_of(request.path, response), response.status_code, clock() - begun)
        return response


def add_address(server: Flask, families: Families, services: Mapping[str, Dashboard]) -> None:
    """Add the address. Whom the numbers are for is the gate's to decide."""
    state = StateOfData(services)

    @server.get(METRICS, endpoint="metrics")
    def answer() -> Response:
        return Response(families.exposition(state), content_type=CONTENT_TYPE_LATEST)


def kind_of(path: str, response: Response) -> Kind:
    """One of a few words for what was asked."""
    if path.endswith("/_dash-update-component"):
        return "callback"
    if path.endswith(("/_dash-layout", "/_dash-dependencies")):
        return "layout"
    if requested_file() is not None or "Content-Disposition" in response.headers:
        return "file"
    return "page" if response.mimetype == "text/html" else "other"
