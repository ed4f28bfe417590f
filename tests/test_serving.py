"""The production server's settings: where it listens, and an access log that says nothing about people."""

import runpy
from pathlib import Path
from typing import Any

import pytest

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
