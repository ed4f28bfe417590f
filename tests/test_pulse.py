"""The heartbeat: a small answer that is not sent twice."""

from types import SimpleNamespace
from typing import Any, cast

from flask import Flask

from callbacks import pulse


def test_an_answer_that_is_known_is_not_sent_again() -> None:
    server, service = Flask("test"), SimpleNamespace(said="7-fresh")
    service.pulse = lambda: service.said
    pulse.register(server, cast(Any, service))
    client = server.test_client()
    first = client.get("/pulse")
    assert first.get_json() == {"pulse": "7-fresh"}
    again = client.get("/pulse", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    service.said = "8-fresh"
    changed = client.get("/pulse", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.get_json() == {"pulse": "8-fresh"}
    assert "no-cache" in changed.headers["Cache-Control"]
