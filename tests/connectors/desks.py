"""A dashboard with a good roster, and the Google it is about to lose."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fake_store import KEY, FakeStore
from rosters import SECRET
from sheets_server import SheetsServer

from connectors.feed import Feed
from connectors.following_head import Snapshot
from connectors.google_sheets import GoogleSheets
from connectors.refresher import Refresher
from dashboard.programme import Programme
from dashboard.reading import read

TODAY = date(2026, 11, 23)
DEADLINE = 2.0
MENDED = 46_300  # a date of hiring typed while Google was unwell


class Desk:
    """A dashboard that has a good roster of three women, and the Google it is about to lose."""

    def __init__(self, server: SheetsServer, programme: Programme, folder: Path) -> None:
        self.server, self.key = server, server.key_file(folder)
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self.source = GoogleSheets(
            server.address, programme, SECRET, self.key, deadline=DEADLINE, now=lambda: self.now, sleep=lambda _: None
        )
        feed = Feed(self.source, lambda raw: read(raw, programme, TODAY), KEY)
        self.refresher = Refresher(feed, FakeStore().open, 15, lambda: self.now, by_hand=True)

    def pull(self) -> Snapshot:
        """The next unasked reading, two minutes on."""
        self.now += timedelta(minutes=2)
        self.refresher.turn()
        return self.refresher.current()

    def forget_connections(self) -> None:
        """Sign in anew with the next request."""
        self.source.close()
