"""What machines are told of the process and of its data: codes and numbers, nothing of a person or a place."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from live_state import BAD, CANARY, GOOD, service

from callbacks import health
from connectors.following_head import Snapshot
from connectors.store import StoreError


def away() -> None:
    raise StoreError("store_unreachable", place=CANARY, kind="OperationalError")


def client(snapshot: Snapshot = GOOD, minutes: float = 1, ping: Callable[[], None] = lambda: None) -> FlaskClient:
    server = Flask("health")
    health.register(server, service(snapshot, minutes), "0.1.0", ping, (StoreError,))
    return server.test_client()


def test_the_process_answers_whatever_its_data() -> None:
    answer = client(Snapshot(), ping=away).get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "version": "0.1.0"})


def test_ready_says_what_the_data_are() -> None:
    answer = client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ready",
        "store": "reachable",
        "roster_version": 7,
        "data_age_seconds": 60.0,
        "staleness": "fresh",
        "last_error": None,
        "store_error": None,
        "held": None,
        "leader": "elsewhere",
    }


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"minutes": 30}, 200, {"staleness": "amber", "status": "ready"}),
        ({"minutes": 60}, 503, {"staleness": "red", "status": "not ready"}),
        ({"ping": away}, 503, {"store": "store_unreachable", "staleness": "fresh"}),
        ({"snapshot": Snapshot()}, 503, {"roster_version": None, "data_age_seconds": None, "staleness": "red"}),
        ({"snapshot": BAD}, 200, {"last_error": "not_shared", "store_error": "store_full", "held": "rows_dropped"}),
        ({"snapshot": replace(GOOD, leader="unknown")}, 200, {"leader": "unknown"}),
    ],
)
def test_not_ready_without_a_store_or_with_old_data(given: dict[str, Any], status: int, told: dict[str, Any]) -> None:
    answer = client(**given).get("/readyz")
    assert answer.status_code == status
    assert answer.json is not None
    assert told.items() <= answer.json.items()


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_no_person_and_no_place_is_named(address: str) -> None:
    assert CANARY not in client(BAD, ping=away).get(address).get_data(as_text=True)
