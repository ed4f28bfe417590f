"""The bench's clients send what was recorded, cookie and token included, and count what is refused."""

from typing import Any

from browser.browsing import serving
from flask import Flask, Response, request

from benchmarks.clients import sustained, viewers

CALLBACK = "/_dash-update-component"


def server(seen: list[tuple[str, bytes]]) -> Flask:
    made = Flask("answers")

    @made.post(CALLBACK)
    def answer() -> Response:
        seen.append((request.headers.get("X-CSRFToken", ""), request.get_data()))
        return Response("{}", 200 if request.cookies.get("_csrf_token") == "t" else 403)

    return made


def recorded(address: str, token: str) -> list[list[dict[str, Any]]]:
    """Two changes, of one request and of two."""
    headers = {"cookie": f"_csrf_token={token}", "x-csrftoken": token, "content-type": "application/json"}
    one = {"url": address + CALLBACK, "headers": headers, "body": '{"é": 1}'}
    return [[one], [one, one]]


def test_a_change_is_done_when_all_its_requests_are_answered() -> None:
    seen: list[tuple[str, bytes]] = []
    with serving(server(seen)) as address:
        found = viewers(recorded(address, "t"), seconds=0.3, count=2, pause=0.1)
    assert found.errors == {}
    assert len(found.ms) >= 2  # each viewer at least once; they begin at different changes
    assert set(seen) == {("t", '{"é": 1}'.encode())}
    assert len(found.ms) < len(seen) <= 2 * len(found.ms)


def test_what_is_refused_is_an_error_and_no_change() -> None:
    with serving(server([])) as address:
        found = sustained(recorded(address, "planted"), seconds=0.2, clients=2)
    assert found.ms == []
    assert set(found.errors) == {"403"}
