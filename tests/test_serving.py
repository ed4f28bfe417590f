"""The production server's settings: where it listens, and an access log that says nothing about people."""

import os
import runpy
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from knocking import Visitor

CONFIG = Path(__file__).parent.parent / "gunicorn.conf.py"
# gunicorn's names for: client address, user, request line and query, referring page, any header, cookie or environment.
PERSONAL = ("%(h)s", "%(u)s", "%(r)s", "%(q)s", "%(f)s", "%(a)s", "%({")


def settings(monkeypatch: pytest.MonkeyPatch, **environ: str) -> dict[str, Any]:
    for name in ("HOST", "PORT", "WEB_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(CONFIG))


def test_it_listens_on_this_machine_only_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch)["bind"] == "127.0.0.1:8050"
    assert settings(monkeypatch, HOST="0.0.0.0", PORT="9000")["bind"] == "0.0.0.0:9000"


def test_it_serves_with_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, WEB_CONCURRENCY="5")
    assert (given["worker_class"], given["workers"], given["threads"]) == ("gthread", 5, 8)


def test_the_access_log_names_no_one(monkeypatch: pytest.MonkeyPatch) -> None:
    form = settings(monkeypatch)["access_log_format"]
    assert "%(U)s" in form and "%(s)s" in form
    assert [atom for atom in PERSONAL if atom in form] == []


def test_the_address_that_signs_in_is_printed_once_and_attempts_are_counted_by_all_processes(tmp_path: Path) -> None:
    """gunicorn with two processes: one address in the terminal, good once, whichever process is asked."""
    environ = {"HOST": "127.0.0.1", "PORT": str(free_port()), "DASHBOARD_SIGN_IN": "one_time", "WEB_CONCURRENCY": "2"}
    address = f"http://127.0.0.1:{environ['PORT']}"
    with running(tmp_path, environ) as lines:
        visitor = Visitor(address)
        patiently(lambda: visitor.get("/healthz").status == 200)
        printed = [line for line in lines if "/sign-in?token=" in line]
        assert len(printed) == 1
        token = printed[0].rpartition("token=")[2].strip()
        assert [visitor.form("/sign-in", {"token": "guess"}).status for _ in range(8)] == [403] * 8
        assert visitor.form("/sign-in", {"token": token}).status == 303
        assert visitor.get("/_dash-dependencies").status == 200
        assert visitor.form("/sign-in", {"token": token}).status == 403
        refused = visitor.form("/sign-in?lang=en", {"token": "guess"}, Accept="text/html")
        assert refused.status == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert "Wait a minute" in refused.text
        assert token not in "".join(lines).replace(printed[0], "")


@contextmanager
def running(data: Path, environ: dict[str, str]) -> Iterator[list[str]]:
    """gunicorn as production starts it; the lines that it has written so far."""
    lines: list[str] = []
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "app:server"], cwd=CONFIG.parent, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={"PATH": os.environ["PATH"], "DASHBOARD_DATA": str(data), "DASHBOARD_SECRET": "s" * 32, **environ},
    )  # fmt: skip
    assert server.stdout is not None
    reader = threading.Thread(target=lambda: lines.extend(server.stdout), daemon=True)  # type: ignore[arg-type]
    reader.start()
    try:
        yield lines
    finally:
        server.terminate()
        server.wait(30)
        reader.join(10)
        server.stdout.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def patiently(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError):
            if done():
                return
        time.sleep(0.2)
    raise AssertionError("not in time")
