"""Many readers at once: the requests that a browser sent for its filter changes, sent again by small HTTP clients.

A client asks as little of the machine as it can, for it shares it with the servers: it sends what was recorded and
reads until the answer ends. A change is done when all the requests that the browser sent for it are answered.
"""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 50
# Headers that the client's own connection decides. The rest is sent as the browser sent it: cookie, token, origin.
LEFT_OUT = ("host", "connection", "content-length")
TURNOVER = 100  # changes after which a client comes from another address: one address may send 600 requests a minute
PATIENCE = 60.0  # seconds for an answer

Message = bytes
Recorded = Sequence[Sequence[dict[str, Any]]]


@dataclass
class Tally:
    """What came of the changes: ms of each, and how many failed by what they failed with."""

    ms: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Changes per second."""
        return len(self.ms) / self.seconds if self.seconds else 0.0

    def failed(self, name: str) -> None:
        """Count a change that failed."""
        self.errors[name] = self.errors.get(name, 0) + 1


class Connection:
    """A kept connection from an address of this machine."""

    def __init__(self, port: int, source: str) -> None:
        self._port, self._source = port, source
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, message: Message) -> int:
        """Send a request and read its whole answer; its status. A connection that the server has ended is renewed."""
        kept = self._streams is not None
        try:
            return await asyncio.wait_for(self._ask(message), PATIENCE)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            if not kept:
                raise
            return await asyncio.wait_for(self._ask(message), PATIENCE)

    async def _ask(self, message: Message) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._source, 0))
        reader, writer = self._streams
        writer.write(message)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await _body(reader, head)
        if "connection: close" in head:
            self.close()
        return int(head.split(" ", 2)[1])

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


async def _body(reader: asyncio.StreamReader, head: str) -> None:
    if "transfer-encoding: chunked" in head:
        while (size := int(await reader.readuntil(b"\r\n"), 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    elif "content-length: " in head:
        await reader.readexactly(int(head.split("content-length: ", 1)[1].split("\r\n", 1)[0]))


def messages(recorded: Recorded) -> list[list[Message]]:
    """The recorded requests as they go over the wire."""
    return [[_message(one) for one in change] for change in recorded]


def _message(one: dict[str, Any]) -> Message:
    parts = urlsplit(one["url"])
    body = (one["body"] or "").encode()
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {"host": parts.netloc, "content-length": str(len(body))}
    headers |= {name: value for name, value in one["headers"].items() if name not in LEFT_OUT and name[0] != ":"}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def sustained(recorded: Recorded, seconds: float, clients: int = CLIENTS) -> Tally:
    """Changes one after another by each client for so many seconds."""
    return _run(recorded, seconds, clients, pause=0.0)


def viewers(recorded: Recorded, seconds: float, count: int, pause: float) -> Tally:
    """So many viewers, each of whom changes a filter every `pause` seconds."""
    return _run(recorded, seconds, count, pause)


def _run(recorded: Recorded, seconds: float, clients: int, pause: float) -> Tally:
    """In a thread of its own: the browser's driver has a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_all(recorded, seconds, clients, pause))).result()


async def _all(recorded: Recorded, seconds: float, clients: int, pause: float) -> Tally:
    found, changes = Tally(), messages(recorded)
    port = urlsplit(recorded[0][0]["url"]).port or 80
    began = time.perf_counter()
    await asyncio.gather(
        *(_client(number, changes, port, began + seconds, pause, clients, found) for number in range(clients))
    )
    found.seconds = time.perf_counter() - began
    return found


async def _client(
    number: int, changes: list[list[Message]], port: int, end: float, pause: float, clients: int, found: Tally
) -> None:
    """One reader, who begins at a place of her own so that not all ask for the same view at once."""
    turn = number
    await asyncio.sleep(pause * number / clients)
    connections: list[Connection] = []
    while turn == number or time.perf_counter() < end:  # once at least
        if (turn - number) % TURNOVER == 0:
            connections = _renewed(connections, port, number, turn // TURNOVER, max(map(len, changes)))
        began = time.perf_counter()
        await _change(changes[turn % len(changes)], connections, found)
        turn += 1
        await asyncio.sleep(max(0.0, began + pause - time.perf_counter()))
    for connection in connections:
        connection.close()


def _renewed(old: list[Connection], port: int, number: int, round_: int, count: int) -> list[Connection]:
    for connection in old:
        connection.close()
    source = f"127.{1 + round_ % 200}.0.{1 + number % 250}"
    return [Connection(port, source) for _ in range(count)]


async def _change(change: list[Message], connections: list[Connection], found: Tally) -> None:
    """All requests of a change at once, as a browser sends them."""
    began = time.perf_counter()
    try:
        statuses = await asyncio.gather(
            *(connection.ask(message) for connection, message in zip(connections, change, strict=False))
        )
    except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
        found.failed(type(error).__name__)
        for connection in connections:
            connection.close()
        return
    refused = [status for status in statuses if status not in (200, 204)]
    if refused:
        found.failed(str(refused[0]))
    else:
        found.ms.append((time.perf_counter() - began) * 1000)
