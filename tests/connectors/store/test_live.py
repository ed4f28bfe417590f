"""An edit in the sheet, on its way to a process that does not pull; two hosts that share one PostgreSQL."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from gunicorn_server import until
from rosters import HEADER, TITLE, WOMEN, woman
from sheets_server import SheetsServer

from connectors.feed import Feed, FeedKey
from connectors.google_sheets import GoogleSheets
from connectors.refresher import Refresher
from connectors.store.opening import SharedStore
from dashboard.programme import Programme
from dashboard.reading import read

ROOT = Path(__file__).parents[3]


class Seat:
    """One process of the dashboard: a thread, a store and a line to Google of its own."""

    def __init__(self, url: str, source: GoogleSheets, programme: Programme) -> None:
        self.store = SharedStore(url)
        feed = Feed(source, lambda raw: read(raw, programme, datetime.now(UTC).date()), FeedKey("eclat", "live"))
        self.refresher = Refresher(feed, self.store.feed, 0.5, lambda: datetime.now(UTC), poll=0.1)
        self.refresher.start()

    def close(self) -> None:
        self.refresher.stop()
        self.store.close()


def test_an_edit_reaches_a_process_that_does_not_pull(
    url: str, server: SheetsServer, source: GoogleSheets, programme: Programme
) -> None:
    with ExitStack() as ends:
        first, second = (Seat(url, source, programme) for _ in range(2))
        for seat in (first, second):
            ends.callback(seat.close)
        until(lambda: first.refresher.current().version == second.refresher.current().version == 1)
        follower = next(seat for seat in (first, second) if seat.refresher.current().leader == "elsewhere")
        server.put(TITLE, [HEADER, *WOMEN, woman("P-004")])
        until(lambda: follower.refresher.current().version == 2)
        roster = follower.refresher.current().roster
        assert roster is not None and len(roster.frame) == 4
        server.put(TITLE, [HEADER, *WOMEN, woman("P-004"), woman("P-005")])
        assert follower.refresher.refresh_now(30).version == 3  # asked here, read there, shown here


class Host:
    """A process of its own that shows the roster, and the versions that it has shown."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, str(Path(__file__).with_name("host.py")), *arguments]
        environ = os.environ | {"PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
        self.said: list[str] = []
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said.append(line.strip())

    def kill(self) -> None:
        """Without a word."""
        self.process.kill()
        self.process.wait()
        self.thread.join()


def test_of_two_hosts_that_share_a_postgresql_one_pulls_and_both_show_the_same(
    new_url: Callable[[str], str], server: SheetsServer, tmp_path: Path
) -> None:
    url, key = new_url("postgresql"), str(server.key_file(tmp_path))
    with ExitStack() as ends:
        hosts = [Host(url, server.address, key, str(tmp_path / name)) for name in ("one", "other")]
        for host in hosts:
            ends.callback(host.kill)
        until(lambda: sorted(host.said[-1] for host in hosts if host.said) == ["1 elsewhere", "1 here"])
        server.put(TITLE, [HEADER, *WOMEN, woman("P-004")])
        until(lambda: sorted(host.said[-1] for host in hosts) == ["2 elsewhere", "2 here"])
        assert len(server.requests("token")) == 1  # whoever pulls signs in: by Google's own log it is one
        leading, left = sorted(hosts, key=lambda host: host.said[-1] == "2 elsewhere")
        leading.kill()
        server.put(TITLE, [HEADER, *WOMEN, woman("P-004"), woman("P-005")])
        until(lambda: left.said[-1] == "3 here")
        assert len(server.requests("token")) == 2
