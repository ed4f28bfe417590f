"""Google on the loopback: enough of Sheets v4, Drive v3 and the token endpoint, with a log and faults on demand.

    with SheetsServer() as server:
        server.put("المستفيدات", [["الرمز", ...], ["P-001", ...]])
        source = GoogleSheets(server.sheet_id, programme, secret, server.key_file(tmp_path))

Cells are text, numbers, booleans, None, or dates, which come back as serial day numbers as from Google.
"""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sheets_faults import Answering, Fault, Kind, Planned, refusal, spoil
from sheets_grid import Spreadsheet, masked

EMAIL = "dashboard@loopback.iam.gserviceaccount.example"


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the log."""

    kind: Kind
    path: str
    ranges: tuple[str, ...]
    at: float  # by the server's clock


class SheetsServer(Spreadsheet):
    """A spreadsheet that can be edited while it is served. `url` is the root to give as `api_root`."""

    def __init__(self) -> None:
        super().__init__()
        self.shared = True
        self.token = "loopback-token"  # another one stands for those given out having expired
        self.clock: Callable[[], float] = time.monotonic
        self.log: list[Request] = []
        self.others: list[Spreadsheet] = []  # further spreadsheets, served beside this one
        self.before: Callable[[Request], None] = lambda _request: None  # called before each request is answered
        self._planned: list[Planned] = []
        self._stopping = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.google = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def named(self, path: str) -> Spreadsheet:
        """The spreadsheet that a path asks for: another of the same account, else this one."""
        return next((other for other in self.others if other.sheet_id in path), self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def address(self) -> str:
        """The spreadsheet's address as copied from a browser."""
        return f"https://docs.google.com/spreadsheets/d/{self.sheet_id}/edit?usp=sharing#gid=0"

    def key_file(self, folder: Path) -> Path:
        """A service-account key file that signs in here and asks its questions here."""
        path = folder / "service-account.json"
        path.write_text(json.dumps(service_account(self.url)), encoding="utf-8")
        return path

    # Faults

    def fail_next(
        self,
        fault: Fault = "status",
        *,
        on: Kind = "any",
        times: int = 1,
        status: int = 500,
        retry_after: str | None = None,
        message: str = "The service is currently unavailable.",
    ) -> None:
        """Spoil the next requests of a kind: an error status, HTML, a cut, slow or missing body, a refused sign-in."""
        with self.lock:
            self._planned.append(Planned(fault, on, times, status, retry_after, message))

    def mend(self) -> None:
        """Forget all faults."""
        with self.lock:
            self._planned.clear()

    def requests(self, kind: Kind) -> list[Request]:
        return [request for request in self.log if request.kind == kind]

    @property
    def ranges(self) -> list[str]:
        """Every range ever asked for, in order."""
        return [name for request in self.log for name in request.ranges]

    # Answers

    def noted(self, kind: Kind, path: str, ranges: Sequence[str]) -> Planned | None:
        """Log a request; the fault to answer it with, if one is planned."""
        request = Request(kind, path, tuple(ranges), self.clock())
        self.before(request)
        with self.lock:
            self.log.append(request)
            for planned in self._planned:
                if planned.left and planned.on in (kind, "any"):
                    planned.left -= 1
                    return planned
        return None

    def pause(self, seconds: float) -> bool:
        """Wait, but no longer than the server runs; whether it is stopping."""
        return self._stopping.wait(seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    google: SheetsServer

    def handlerefusal(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the tests."""


class _Handler(Answering):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart: 40 ms each otherwise
    server: _Server

    def log_message(self, *_: object) -> None:
        """The log is kept by the server."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        grant = {"access_token": self.server.google.token, "expires_in": 3600, "token_type": "Bearer"}
        self._answer("token", [], lambda: (200, grant))

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        path, query = unquote(address.path), parse_qs(address.query)
        ranges = query.get("ranges", [])
        google = self.server.google.named(path)
        if path == f"/drive/v3/files/{google.sheet_id}":
            self._answer("drive", [], lambda: (200, {"version": str(google.version), "modifiedTime": "2026-11-23"}))
        elif path == f"/v4/spreadsheets/{google.sheet_id}/values:batchGet":
            self._answer("values", ranges, lambda: self._values(google, ranges, query))
        elif path == f"/v4/spreadsheets/{google.sheet_id}" and "data(" in query["fields"][0]:
            self._answer("look", ranges, lambda: (200, masked(google.grid(ranges), query["fields"][0])))
        elif path == f"/v4/spreadsheets/{google.sheet_id}":
            self._answer("metadata", [], lambda: (200, masked(google.metadata(), query["fields"][0])))
        else:
            self._answer("metadata", [], lambda: refusal(404, "Requested entity was not found.", "NOT_FOUND"))

    def _values(self, google: Spreadsheet, ranges: Sequence[str], query: dict[str, list[str]]) -> tuple[int, Any]:
        found = [google.values(name, query) for name in ranges]
        if None in found:
            return refusal(400, f"Unable to parse range: {ranges[found.index(None)]}", "INVALID_ARGUMENT")
        return 200, {"spreadsheetId": google.sheet_id, "valueRanges": found}

    def _answer(self, kind: Kind, ranges: Sequence[str], answer: Callable[[], tuple[int, Any]]) -> None:
        google = self.server.google
        planned = google.noted(kind, self.path, ranges)
        if planned is not None:
            spoil(self, planned, answer, google.pause)
        elif kind != "token" and self.headers.get("Authorization") != f"Bearer {google.token}":
            self.send(*refusal(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED"))
        elif kind == "drive" and not google.shared:
            self.send(*refusal(404, f"File not found: {google.sheet_id}.", "NOT_FOUND"))
        elif kind != "token" and not google.shared:
            self.send(*refusal(403, "The caller does not have permission", "PERMISSION_DENIED"))
        else:
            self.send(*answer())


@cache
def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def service_account(url: str) -> dict[str, str]:
    """The content of a throw-away key file for a loopback server."""
    return {
        "type": "service_account",
        "project_id": "loopback",
        "private_key_id": "0",
        "private_key": _private_key(),
        "client_email": EMAIL,
        "client_id": "0",
        "token_uri": f"{url}/token",
        "api_root": url,
    }
