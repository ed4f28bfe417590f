"""Numbers for Prometheus, parsed by its own reader: right, few, without a person, a path or an address."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from live_state import BAD, CANARY, GOOD, service
from prometheus_client.parser import text_string_to_metric_families

from app import create_server
from callbacks import metrics
from connectors.following_head import Snapshot
from connectors.settings import ROOT, Settings

TODAY = date(2026, 11, 23)


def numbers(client: FlaskClient) -> dict[str, float]:
    """Every sample by its name and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sample.labels.items()): sample.value
        for family in families
        for sample in family.samples
    }


def server(snapshot: Snapshot = GOOD) -> tuple[Flask, metrics.Metrics]:
    made, measured, ticks = Flask("metrics"), metrics.Metrics(), iter(range(1000))
    metrics.register(made, measured, service(snapshot), lambda: next(ticks))
    made.add_url_rule("/d/<token>", "door", lambda token: Response("<p>", mimetype="text/html"))
    made.add_url_rule("/fails", "fails", lambda: Response("", 503, mimetype="application/json"))
    return made, measured


def test_pulls_are_counted_by_how_they_ended() -> None:
    made, measured = server()
    for outcome, seconds in (("recorded", 2.0), ("unchanged", 0.2), ("unchanged", 0.2), (CANARY, 30.0)):
        measured.pulled(outcome, seconds)
    found = numbers(made.test_client())
    assert {name: value for name, value in found.items() if name.startswith("dashboard_pulls_total")} == {
        "dashboard_pulls_total outcome=recorded": 1,
        "dashboard_pulls_total outcome=unchanged": 2,
        "dashboard_pulls_total outcome=failed": 1,
    }
    assert found["dashboard_pull_seconds_sum"] == pytest.approx(32.4)
    assert found["dashboard_pull_seconds_bucket le=0.25"] == 2


def test_answers_are_timed_by_kind_and_no_address_is_kept() -> None:
    made, _ = server()
    client = made.test_client()
    for address in (f"/d/{CANARY}", f"/d/{CANARY}?cohort={CANARY}", "/fails", f"/missing/{CANARY}"):
        client.get(address)
    found = numbers(client)
    assert found["dashboard_answer_seconds_count kind=page"] == 3  # each a tick long, the one that is missing too
    assert found["dashboard_answer_seconds_sum kind=page"] == 3
    assert found["dashboard_answer_seconds_count kind=other"] == 1
    assert found["dashboard_answer_errors_total kind=other"] == 1
    assert not [name for name in found if CANARY in name]


@pytest.mark.parametrize(("snapshot", "bad"), [(GOOD, 0), (BAD, 1)])
def test_the_state_of_the_data_is_told(snapshot: Snapshot, bad: float) -> None:
    found = numbers(server(snapshot)[0].test_client())
    names = ("roster_version", "data_age_seconds", "reading_held", "last_pull_failed", "store_failing")
    assert [found[f"dashboard_{name}"] for name in names] == [7, 60, bad, bad, bad]


def test_without_data_they_have_no_age() -> None:
    found = numbers(server(Snapshot())[0].test_client())
    assert found["dashboard_roster_version"] == 0
    assert "dashboard_data_age_seconds" not in found


def test_the_dashboards_own_addresses_have_their_kinds(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "roster.csv")
    made = create_server(Settings(nowhere, ROOT / "programme.toml", tmp_path, b"k" * 32, None), lambda: TODAY)
    client = made.test_client()
    made.extensions["dashboard"].start()
    client.get("/?lang=en")
    client.get("/_dash-layout")
    client.get("/assets/page.css", buffered=True)
    client.post("/_dash-update-component", json={})
    client.get("/healthz")
    found = numbers(client)
    kinds = {name: value for name, value in found.items() if "seconds_count kind" in name}
    assert kinds == {f"dashboard_answer_seconds_count kind={kind}": 1 for kind in metrics.KINDS}
    made.extensions["dashboard"].stop()
