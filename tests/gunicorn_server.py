"""The dashboard under the real gunicorn, with the shipped settings, in a process group of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connectors.google_hosts import LOOPBACK_SETTING

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", LOOPBACK_SETTING)
SECONDS = 60.0  # how long anything is waited for; nothing here takes a tenth of it on an idle machine


class Gunicorn:
    """A running server. `log` is everything that it and its workers have written."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process, self.port, self._log = process, port, log

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """Status and body, over a connection of its own: any worker may answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def ready(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.get("/readyz")[1])
        return told

    def by_leader(self, answers: int = 40) -> dict[str, Any]:
        """The version that the leading worker shows, and the one that another shows."""
        found: dict[str, Any] = {}
        for _ in range(answers):
            told = self.ready()
            found[told["leader"]] = told["roster_version"]
            if len(found) == 2:
                break
        return found

    @property
    def leaders(self) -> list[int]:
        """The processes that have led, in order."""
        return [int(pid) for pid in re.findall(r"process (\d+) leads", self.log)]

    def stop(self) -> int:
        """Ask it to end, as a service manager does; its status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)


def until(true: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def launched(folder: Path, **environ: str) -> Gunicorn:
    """A server that is starting. Its data folder is `folder`, unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder / "gunicorn.log"
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    given = {"DASHBOARD_DATA": str(folder), "DASHBOARD_SECRET": "s" * 32, "PORT": str(port)}
    given |= {"DASHBOARD_SIGN_IN": "none"} | environ  # this computer may, whatever is read
    with log.open("wb") as file:
        command = [sys.executable, "-m", "gunicorn", "app:server"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=kept | given, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
    return Gunicorn(process, port, log)


@contextmanager
def running(
    folder: Path, *, while_starting: Callable[[Gunicorn], None] = lambda _: None, **environ: str
) -> Iterator[Gunicorn]:
    """A server that answers, for as long as the block runs."""
    server = launched(folder, **environ)
    try:
        while_starting(server)
        until(lambda: server.process.poll() is not None or _answers(server))
        assert server.process.poll() is None, server.log
        yield server
    finally:
        if server.process.poll() is None:
            server.process.terminate()
            try:
                server.process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(server.process.pid, signal.SIGKILL)
                server.process.wait()


def _answers(server: Gunicorn) -> bool:
    try:
        return server.get("/healthz")[0] == 200
    except OSError:
        return False
