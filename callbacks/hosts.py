"""Several servers in one process, each under a host of its own: by the Host header, strictly, and by nothing else.

One origin for each programme: cookies, donors' links, storage and scripts of one are out of reach of another's pages.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.serving import run_simple

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_HOST = re.compile(r"(?P<name>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[::1\])(?::\d{1,5})?")


@dataclass(frozen=True)
class Running:
    """What runs beside the answers of all servers (gunicorn.conf.py)."""

    start: Callable[[], None]
    stop: Callable[[], None]


@dataclass(frozen=True)
class Hosts:
    """A WSGI application. `servers` by host, in lower case, without a port; a proxy is believed only if `proxied`."""

    servers: Mapping[str, Wsgi]
    running: Running
    proxied: bool = False
    extensions: Mapping[str, Running] = field(init=False)
    _answer: Wsgi = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "extensions", {"dashboard": self.running})
        # The same proxy is believed again by the server itself, which comes to the same.
        believed = ProxyFix(self._dispatched, x_for=1, x_proto=1, x_host=1) if self.proxied else self._dispatched
        object.__setattr__(self, "_answer", believed)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, or 404 without a word where nobody goes by that name."""
        return self._answer(environ, start_response)

    def run(self, host: str, port: int, *, threaded: bool) -> None:
        """Serve until interrupted."""
        run_simple(host, port, self, threaded=threaded)

    def _dispatched(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        server = self.servers.get(host_of(environ.get("HTTP_HOST", "")))
        if server is None:
            start_response("404 Not Found", [("Content-Length", "0"), ("Cache-Control", "no-store")])
            return [b""]
        return server(environ, start_response)


def host_of(header: str) -> str:
    """The host of a Host header without its port, in lower case; "" for whatever is no plain host."""
    found = _HOST.fullmatch(header.lower())
    return found["name"] if found else ""
