"""A visitor who speaks HTTP as he likes: paths that no client would tidy, any verb, any header, any cookie."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.serving import make_server

from callbacks.limiting import Limiter

LAYOUT, DEPENDENCIES, UPDATE = "_dash-layout", "_dash-dependencies", "_dash-update-component"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Visitor:
    """One browser's cookies, and where it knocks."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request; the path goes out as it is. "_" in a header's name stands for "-"."""
        place = urlsplit(self.address).netloc
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Host": place, "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())} | named
        if body is not None:
            given.setdefault("Content-Length", str(len(body)))
        connection = http.client.HTTPConnection(place, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            found = Answer(answer.status, dict(answer.getheaders()), answer.read())
            self._remember(answer.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()
        return found

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, **headers)

    def form(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """A form as our own page sends it."""
        kind = {"Content_Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields).encode(), **kind | self.own() | headers)

    def call(self, payload: Any, prefix: str = "/", **headers: str) -> Answer:
        """A callback as our own page sends it."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        own = self.own() | {"Content_Type": "application/json", "X_CSRFToken": self.cookies.get("_csrf_token", "")}
        return self.ask("POST", f"{prefix}{UPDATE}?endId=x~1", body, **own | headers)

    def own(self) -> dict[str, str]:
        """What a browser says of a request that comes from our own page."""
        return {"Origin": self.address, "Sec_Fetch_Site": "same-origin"}

    def _remember(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            if "expires=Thu, 01 Jan 1970" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


@contextmanager
def served(server: Flask) -> Iterator[str]:
    """Real HTTP on a free port of this machine. Yields the address, without a final slash."""
    http_server = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=lambda: http_server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http_server.server_port}"
    finally:
        http_server.shutdown()
        thread.join(10)
        http_server.server_close()
        server.extensions["dashboard"].stop()


@contextmanager
def unlimited() -> Iterator[None]:
    """Servers made within know no limits."""
    wait = Limiter.wait
    Limiter.wait = lambda self, asked, who: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        Limiter.wait = wait  # type: ignore[method-assign]


def recorded(visitor: Visitor, prefix: str = "/", page: str = "/?lang=en") -> list[dict[str, Any]]:
    """What a browser would send first to each callback of the app that it may call: values are the layout's own."""
    visitor.get(page)
    referring = {"Referer": visitor.address + page}
    layout = json.loads(visitor.get(prefix + LAYOUT, **referring).body)
    values = {_key(props["id"]): props for props in _components(layout) if "id" in props}
    calls = json.loads(visitor.get(prefix + DEPENDENCIES).body)
    return [_payload(call, values) for call in calls if not call["clientside_function"]]


def _components(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("props"), dict):
            yield node["props"]
        for inner in node.values():
            yield from _components(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _components(inner)


def _key(name: Any) -> str:
    return name if isinstance(name, str) else json.dumps(name, sort_keys=True)


def _payload(call: dict[str, Any], values: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    names = call["output"].removeprefix("..").removesuffix("..").split("...")
    outputs = [{"id": one.rpartition(".")[0], "property": one.rpartition(".")[2].partition("@")[0]} for one in names]
    first = f"{call['inputs'][0]['id']}.{call['inputs'][0]['property']}"
    inputs, state = ([_given(part, values) for part in call[kind]] for kind in ("inputs", "state"))
    return {
        "output": call["output"],
        "outputs": outputs if call["output"].startswith("..") else outputs[0],
        "inputs": inputs,
        "state": state,
        "changedPropIds": [first],
        "parsedChangedPropsIds": [first],
    }


def _given(part: dict[str, Any], values: Mapping[str, dict[str, Any]]) -> Any:
    name, prop = part["id"], part["property"]
    if not name.startswith("{"):
        return {"id": name, "property": prop, "value": values.get(name, {}).get(prop)}
    kind = json.loads(name)["type"]
    found = [(json.loads(key), props) for key, props in values.items() if key.startswith("{")]
    return [{"id": id_, "property": prop, "value": props.get(prop)} for id_, props in found if id_["type"] == kind]
