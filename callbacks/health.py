"""What machines ask: `/healthz`, whether the process serves, and `/readyz`, whether what it serves can be relied on.

Both answer JSON without a name, an address or a value; codes only. `/robots.txt` asks search engines to stay away.
"""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask, jsonify
from flask import Response as PlainResponse
from werkzeug.wrappers import Response

from callbacks.service import Dashboard

HEALTH, READY, ROBOTS = "/healthz", "/readyz", "/robots.txt"
NO_ROBOTS = "User-agent: *\nDisallow: /\n"


def register(
    server: Flask,
    service: Dashboard,
    version: str,
    ping: Callable[[], None],
    faults: tuple[type[Exception], ...],
    mailed: Callable[[], str | None] | None = None,
) -> None:
    """Add all three. `version` is the dashboard's; `ping` asks the store and raises one of `faults` if it is away.

    `mailed()`: why the last brief did not go out by e-mail, as a code; it asks the store too. None: none goes out.
    """
    server.add_url_rule(HEALTH, "health", lambda: jsonify(status="ok", version=version))
    server.add_url_rule(READY, "ready", lambda: ready(service, ping, faults, mailed))
    server.add_url_rule(ROBOTS, "robots", lambda: PlainResponse(NO_ROBOTS, mimetype="text/plain"))


def ready(
    service: Dashboard,
    ping: Callable[[], None],
    faults: tuple[type[Exception], ...],
    mailed: Callable[[], str | None] | None = None,
) -> Response:
    """200, or 503 where the store cannot be reached or the data are older than the red threshold."""
    told = condition(service) | {"store": reached(ping, faults)}
    if mailed is not None:
        told["mail_error"] = _mail_error(mailed, faults)
    is_ready = told["store"] == "reachable" and told["staleness"] != "red"
    answer = jsonify({"status": "ready" if is_ready else "not ready"} | told)
    answer.status_code = 200 if is_ready else 503
    return answer


def condition(service: Dashboard) -> dict[str, Any]:
    """The state of the data: version and age in seconds, codes of what is the matter, and who reads the source."""
    snapshot, feed = service.state()
    return {
        "roster_version": snapshot.version or None,
        "data_age_seconds": None if feed.age is None else round(feed.age, 1),
        "staleness": feed.staleness if feed.age is not None else "red",
        "last_error": snapshot.error.code if snapshot.error else None,
        "store_error": snapshot.stored_error.code if snapshot.stored_error else None,
        "held": snapshot.held.code if snapshot.held else None,
        "leader": snapshot.leader,
    }


def _mail_error(mailed: Callable[[], str | None], faults: tuple[type[Exception], ...]) -> str | None:
    """A letter that did not go out makes no number less reliable: it is told, and nothing else."""
    with suppress(*faults):  # the store is away, which is told already
        return mailed()
    return None


def reached(ping: Callable[[], None], faults: tuple[type[Exception], ...]) -> str:
    """Whether the store answers, or the code of why it does not."""
    try:
        ping()
    except faults as error:
        return str(getattr(error, "code", "unknown"))
    return "reachable"


def version() -> str:
    """The dashboard's own version."""
    project = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])
