"""The production server: its settings, and what its processes do together, started, killed and stopped."""

import json
import os
import runpy
import signal
import time
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn_server import SECONDS, Gunicorn, running, until
from knocking import Visitor
from prometheus_client.parser import text_string_to_metric_families
from sheets_server import SheetsServer

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


@pytest.mark.parametrize(("served", "said"), [("app:server", 1), ("donor_app:server", 0)])
def test_only_the_dashboard_prints_an_address_to_sign_in_with(
    served: str, said: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the donors' process makes none: it would void the dashboard's."""
    given = settings(monkeypatch, DASHBOARD_SIGN_IN="one_time", DASHBOARD_DATA=str(tmp_path), DASHBOARD_SECRET="s" * 32)
    given["when_ready"](SimpleNamespace(app=SimpleNamespace(app_uri=served)))
    assert capsys.readouterr().out.count("/sign-in?token=") == said
    assert (tmp_path / "sign-in.json").exists() == bool(said)


# Under the real gunicorn, two workers as shipped.


class Sheet:
    """A roster in a CSV file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, women: int) -> None:
        header = "الرمز,الفوج,تاريخ بداية التكوين,تاريخ نهاية التكوين,تاريخ الإدماج"
        rows = [header, *(f"P-{n:03d},فوج 1,2026-01-05,2026-05-29,2026-06-20" for n in range(women))]
        draft = self.path.with_suffix(".draft")
        draft.write_text("\n".join(rows), encoding="utf-8")
        draft.replace(self.path)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    sheet = Sheet(tmp_path_factory.mktemp("sheet") / "roster.csv")
    sheet.put(20)
    return sheet


def first_answers(server: Gunicorn) -> None:
    """Many ask before it listens. Refused connections are tried again; every other one is answered."""
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: first_answer(server), range(16))) == {200}


def first_answer(server: Gunicorn) -> int:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            return server.get("/?lang=fr")[0]
        except urllib.error.URLError as error:
            assert isinstance(error.reason, ConnectionRefusedError)
            time.sleep(0.05)
    return 0


@pytest.fixture(scope="module")
def server(sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    environ = {"DASHBOARD_SOURCE": str(sheet.path), "DASHBOARD_REFRESH_SECONDS": "5", "DASHBOARD_LOG": "json"}
    with running(tmp_path_factory.mktemp("data"), while_starting=first_answers, **environ) as server:
        yield server


def test_it_reads_without_being_looked_at_and_both_workers_show_one_version(server: Gunicorn) -> None:
    until(lambda: server.by_leader() == {"here": 1, "elsewhere": 1})
    assert len(server.leaders) == 1


def test_the_numbers_of_both_workers_are_summed_and_outlive_them(server: Gunicorn) -> None:
    def answers() -> float:
        return sum(
            sample.value
            for family in text_string_to_metric_families(server.get("/metrics")[1])
            for sample in family.samples
            if sample.name == "dashboard_answer_seconds_count"
        )

    before = answers()
    for _ in range(30):
        server.get("/healthz")
    until(lambda: answers() >= before + 30)
    os.kill(server.leaders[-1], signal.SIGKILL)
    until(lambda: len(server.leaders) > 1)
    assert answers() >= before + 30


def test_when_the_leading_worker_is_killed_another_takes_over_and_later_edits_arrive(
    server: Gunicorn, sheet: Sheet
) -> None:
    until(lambda: len(server.by_leader()) == 2)
    until(lambda: None not in server.by_leader().values())
    before, leaders = server.ready()["roster_version"], server.leaders
    os.kill(leaders[-1], signal.SIGKILL)
    until(lambda: len(server.leaders) > len(leaders))
    assert server.leaders[-1] != leaders[-1]
    sheet.put(22)
    until(lambda: server.by_leader() == {"here": before + 1, "elsewhere": before + 1})


def test_the_log_is_json_and_holds_no_query(server: Gunicorn) -> None:
    server.get("/?cohort=P-014&lang=en")
    until(lambda: '"path": "/"' in server.log)
    for line in server.log.splitlines():
        assert json.loads(line)["logger"]
    assert "P-014" not in server.log and "cohort" not in server.log


def test_it_ends_at_once_when_asked_to_and_leads_no_more(server: Gunicorn) -> None:
    assert server.stop() == 0
    assert "Traceback" not in server.log


def test_requests_under_way_are_answered_when_it_is_stopped_in_the_middle_of_a_pull(tmp_path: Path) -> None:
    """Google hangs, so every layout waits half a second for a first roster, and every pull for ever."""
    with SheetsServer() as google:
        google.fail_next("hang", on="any", times=999)
        key = str(google.key_file(tmp_path))
        with running(tmp_path, DASHBOARD_SOURCE=google.address, GOOGLE_APPLICATION_CREDENTIALS=key) as server:
            until(lambda: google.log)
            with ThreadPoolExecutor(12) as pool:
                asked = [pool.submit(server.get, "/_dash-layout") for _ in range(12)]
                time.sleep(0.25)
                assert server.stop() == 0
                assert [answer.result()[0] for answer in asked] == [200] * 12


def test_the_address_that_signs_in_is_printed_once_and_attempts_are_counted_by_all_processes(tmp_path: Path) -> None:
    """One address in the terminal, good once, whichever of the two processes is asked."""
    with running(tmp_path, DASHBOARD_SIGN_IN="one_time") as server:
        visitor = Visitor(server.address)
        printed = [line for line in server.log.splitlines() if "/sign-in?token=" in line]
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
        assert server.log.count(token) == 1
