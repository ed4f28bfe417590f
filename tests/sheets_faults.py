"""The faults a loopback Google can answer with."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal

Kind = Literal["token", "metadata", "values", "drive", "look", "any"]
Fault = Literal[
    "status", "html", "html_status", "redirect", "truncated", "cut_json", "drip", "drip_headers", "reset", "hang",
    "revoked", "expired", "skewed"
]  # fmt: skip


@dataclass(slots=True)
class Planned:
    """A fault to answer the next `left` requests of a kind with."""

    fault: Fault
    on: Kind
    left: int
    status: int = 500
    retry_after: str | None = None
    message: str = ""


class Answering(BaseHTTPRequestHandler):
    """Sends whole answers."""

    def send(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        """A whole answer: JSON, or text as it is given."""
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        kind = "text/html" if isinstance(body, str) else "application/json"
        self.send_head(status, len(text.encode()), headers or {}, kind)
        self.wfile.write(text.encode())

    def send_head(self, status: int, length: int, headers: dict[str, str], kind: str = "application/json") -> None:
        self.send_response(status)
        for name, value in {"Content-Type": f"{kind}; charset=UTF-8", "Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


def spoil(
    to: Answering, planned: Planned, answer: Callable[[], tuple[int, Any]], pause: Callable[[float], bool]
) -> None:
    """Answer with a fault. `pause` waits, but says True once the server stops."""
    page = "<html><body>Welcome to the hotel. Please sign in.</body></html>"
    match planned.fault:
        case "status":
            retry = {"Retry-After": planned.retry_after} if planned.retry_after is not None else {}
            status, body = refusal(planned.status, planned.message, "UNAVAILABLE")
            to.send(status, body, retry)
        case "html":
            to.send(200, page)
        case "html_status":
            to.send(planned.status, page)
        case "redirect":
            to.send(302, page, {"Location": "http://127.0.0.1:9/portal"})
        case "revoked":
            to.send(400, {"error": "invalid_grant", "error_description": "Invalid grant: account not found"})
        case "expired":
            to.send(400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
        case "skewed":
            said = (
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check iat"
            )
            to.send(400, {"error": "invalid_grant", "error_description": said})
        case "hang":
            pause(30)
        case "reset":
            to.close_connection = True
            to.connection.close()
        case "truncated" | "cut_json" | "drip" | "drip_headers":
            _partly(to, planned.fault, json.dumps(answer()[1]).encode(), pause)


def _partly(to: Answering, fault: str, body: bytes, pause: Callable[[float], bool]) -> None:
    """A good answer that stops half-way, or that would take for ever."""
    to.close_connection = True
    if fault == "drip_headers":
        to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not pause(0.03):
            to.wfile.write(b"x")
    half = body[: len(body) // 2]
    to.send_head(200, len(half) if fault == "cut_json" else len(body), {"Connection": "close"})
    if fault != "drip":
        to.wfile.write(half)
        return
    for byte in half:
        to.wfile.write(bytes([byte]))
        if pause(0.03):
            return
    while not pause(0.03):
        to.wfile.write(b" ")


def refusal(status: int, message: str, word: str) -> tuple[int, Any]:
    """Status and body of an error as Google words it."""
    return status, {"error": {"code": status, "message": message, "status": word}}
