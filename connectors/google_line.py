"""The line to Google: connections that are cut when a pull's time is up, however slowly bytes still drip.

Read timeouts start anew with every byte, so a server that sends one byte a second holds a reader for ever. Here a
timer shuts the sockets themselves; the reader wakes up and finds the line dead.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from requests import PreparedRequest, Response, Session, Timeout
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection

CONNECT_SECONDS = 3.05  # a little over a multiple of 3, the usual wait before TCP asks again
READ_SECONDS = 20.0


class Line:
    """The connections of one source and the time they have left. Used by one thread at a time."""

    def __init__(self, seconds: float, before_each: Callable[[str], None] = lambda _address: None) -> None:
        """`before_each(address)` is called before every request, sign-ins included; what it raises stops it."""
        self.seconds = seconds
        self.before_each = before_each
        self._end = float("inf")
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    @contextmanager
    def open(self) -> Iterator[None]:
        """Start the clock of a pull; when it ends, whatever is still connected is cut."""
        self._end = time.monotonic() + self.seconds
        timer = threading.Timer(self.seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._end = float("inf")
            self._sockets.clear()

    @property
    def left(self) -> float:
        """Seconds the pull still has; 0 when its time is up."""
        return max(0.0, self._end - time.monotonic())

    def watch(self, connected: socket.socket | None) -> None:
        """Cut this socket too when time is up."""
        if connected is not None:
            with self._lock:
                self._sockets.append(connected)
            if not self.left:
                self._cut()

    def _cut(self) -> None:
        with self._lock:
            for connected in self._sockets:
                with contextlib.suppress(OSError):  # closed already
                    # Not SSLSocket.shutdown: it takes the session away under the reader.
                    socket.socket.shutdown(connected, socket.SHUT_RDWR)


class LineAdapter(HTTPAdapter):
    """Sends requests over a line: no wait is longer than the time left."""

    def __init__(self, line: Line) -> None:
        self.line = line
        super().__init__()

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """The pool for a host, its connections watched."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        if not hasattr(pool.ConnectionCls, "line"):
            pool.ConnectionCls = _watched(pool.ConnectionCls, self.line)
        return pool

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send within the time left. Raises requests.Timeout when there is none."""
        left = self.line.left
        if not left:
            raise Timeout("no time left", request=request)
        self.line.before_each(request.url or "")
        kwargs["timeout"] = (min(CONNECT_SECONDS, left), min(READ_SECONDS, left))
        return super().send(request, *args, **kwargs)


def _watched(kind: type[HTTPConnection], line: Line) -> type[HTTPConnection]:
    class Watched(kind):  # type: ignore[valid-type, misc]
        def getresponse(self, *args: Any, **kwargs: Any) -> Any:
            line.watch(self.sock)
            return super().getresponse(*args, **kwargs)

    Watched.line = line
    return Watched


def put_on_line(session: Session, line: Line) -> None:
    """Put a session on a line. Redirects are refused: Google's API never answers with one, captive portals do."""
    session.mount("https://", LineAdapter(line))
    session.mount("http://", LineAdapter(line))
    session.max_redirects = 0
