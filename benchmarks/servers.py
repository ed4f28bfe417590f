"""The three servers that are compared, each under the same gunicorn: gthread, 2 workers of 8 threads."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 8
PATIENCE = 600.0  # seconds that a server may take to answer or to read its roster

OURS, PLAIN, FLOOR = "ours", "plain", "floor"
KINDS = (OURS, PLAIN, FLOOR)
MODULES = {
    OURS: "benchmarks.wsgi:create_app()",
    PLAIN: "benchmarks.plain_dash:server",
    FLOOR: "benchmarks.static_floor:server",
}
PAGES = {OURS: "/?lang=ar", PLAIN: "/", FLOOR: "/"}  # Arabic: the page with the most letters to fetch


@dataclass(frozen=True)
class Server:
    """A running server. `first_byte` is how long after its start the first page came, in seconds."""

    kind: str
    address: str
    process: "subprocess.Popen[bytes]"
    first_byte: float

    @property
    def page(self) -> str:
        """The address of its page."""
        return self.address + PAGES[self.kind]

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in children.split()]

    def memory(self) -> float:
        """Proportional set size of a worker, in MB: the mean of all."""
        return statistics.mean(_pss(pid) for pid in self.workers)


@contextmanager
def serving(kind: str, roster: Path, folder: Path, **environ: str) -> Iterator[Server]:
    """One of the three on a roster file, ready, for as long as the block runs. `folder` holds its data and its log.

    Raises RuntimeError if it ends or does not answer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    began = time.perf_counter()
    process = _started(kind, roster, folder, port, environ)
    try:
        server = Server(kind, f"http://127.0.0.1:{port}", process, _until(process, lambda: _page(port, kind), began))
        if kind == OURS:
            _until(process, lambda: _has_read(server.address), began)
        yield server
    finally:
        _ended(process)


def _started(kind: str, roster: Path, folder: Path, port: int, environ: dict[str, str]) -> "subprocess.Popen[bytes]":
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "ESBUILD")
        if name in os.environ
    }
    given = {"BENCH_ROSTER": str(roster), "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS)}
    given |= {"DASHBOARD_SOURCE": str(roster), "DASHBOARD_DATA": str(folder), "DASHBOARD_SECRET": "s" * 32}
    given |= {"DASHBOARD_SIGN_IN": "none", "DASHBOARD_REFRESH_SECONDS": "5"}
    own = (
        []
        if kind == OURS
        else ["--config", "/dev/null", "-k", "gthread", "-w", str(WORKERS), "--threads", str(THREADS)]
    )
    own += [] if kind == OURS else ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--timeout", "300"]
    with (folder / f"{kind}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gunicorn", *own, MODULES[kind]],
            cwd=ROOT, env=kept | given | environ, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def _until(process: "subprocess.Popen[bytes]", true: Callable[[], object], began: float) -> float:
    """Seconds since `began` until something holds."""
    while not true():
        if process.poll() is not None or time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"a server did not start: {process.args!r}")
        time.sleep(0.01)
    return time.perf_counter() - began


def _page(port: int, kind: str) -> bool:
    """Whether the page answers with 200. The clock stops at its first bytes."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGES[kind]}", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _has_read(address: str) -> bool:
    """Whether every worker shows a roster: several in a row say so."""
    return all(_ready(address) for _ in range(4 * WORKERS))


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:  # noqa: S310
            return b'"roster_version":0' not in answer.read().replace(b" ", b"")
    except (urllib.error.URLError, OSError):
        return False


def _ended(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
