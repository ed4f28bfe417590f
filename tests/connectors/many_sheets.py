"""A hundred sheets of one service account, read by as many refreshers of one process, under a clock that we turn."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from fake_store import FakeStore
from rosters import HEADER, SECRET, TITLE, WOMEN
from sheets_grid import Spreadsheet
from sheets_server import SheetsServer

from connectors import google_sheets
from connectors.feed import Feed, FeedKey
from connectors.google_session import Account, read_account
from connectors.google_sheets import GoogleSheets
from connectors.programmes import DRIVE_A_MINUTE
from connectors.quota import JointLease, Share, Shares
from connectors.refresher import Refresher
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOOK = 2.5  # seconds between two looks of a refresher, as with a hundred programmes
READS = ("values", "metadata", "look")  # kinds of requests that the Sheets API counts


class Clock:
    """Seconds pass when they are waited for."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Right:
    """The right to read for an account, as several processes share it."""

    def __init__(self, holder: list[object]) -> None:
        self._holder = holder

    def take(self) -> bool:
        self._holder[0] = self._holder[0] or self
        return self.holds()

    def holds(self) -> bool:
        return self._holder[0] is self

    def release(self) -> None:
        if self.holds():
            self._holder[0] = None


class Fleet:
    """The sheets, and one process that reads them. `seen` tells when each sheet's last edit was shown."""

    def __init__(self, server: SheetsServer, sheets: Sequence[Spreadsheet], clock: Clock) -> None:
        self.server, self.sheets, self.clock = server, sheets, clock
        self.holder: list[object] = [None]
        self.sources: list[GoogleSheets] = []
        self.refreshers: list[Refresher] = []

    def process(self, programme: Programme, key_file: Path) -> list[Refresher]:
        """Refreshers of one more process, one for each sheet."""
        shares = Shares(lambda _email: Right(self.holder), lambda: self.clock.seconds)
        return [self._refresher(sheet, programme, key_file, shares) for sheet in self.sheets]

    def _refresher(self, sheet: Spreadsheet, programme: Programme, key_file: Path, shares: Shares) -> Refresher:
        clock = self.clock
        source = GoogleSheets(
            sheet.sheet_id, programme, SECRET, key_file, now=clock, sleep=clock.sleep, shares=shares, deadline=600
        )
        self.sources.append(source)
        email = "dashboard@loopback.iam.gserviceaccount.example"

        def share() -> Share:
            return shares.of(email)

        def reading(raw: RawTable) -> Roster:
            return read(raw, programme, START.date())

        feed = Feed(source, reading, FeedKey("p", sheet.sheet_id), joint=lambda own: JointLease(own, share))
        pace = max(15.0, len(self.sheets) * 60 / DRIVE_A_MINUTE)
        return Refresher(feed, FakeStore().open, pace, clock, by_hand=True)

    def run(self, seconds: float, happens: Callable[[], None] = lambda: None) -> None:
        """Let time pass; every refresher looks once in LOOK seconds."""
        end = self.clock.seconds + seconds
        while self.clock.seconds < end:
            happens()
            begun = self.clock.seconds
            for refresher in self.refreshers:
                refresher.turn()
            self.clock.seconds = max(self.clock.seconds, begun + LOOK)

    def busiest(self, kinds: Iterable[str]) -> int:
        """The most requests of some kinds in any minute, by the server's log."""
        wanted = set(kinds)
        times = sorted(request.at for request in self.server.log if request.kind in wanted)
        most = first = 0
        for last, at in enumerate(times):
            while times[first] <= at - 60:
                first += 1
            most = max(most, last - first + 1)
        return most

    def pulls(self) -> Counter[str]:
        """How often each sheet's values were read, by its id."""
        return Counter(
            request.path.split("/")[3].partition("?")[0] for request in self.server.log if request.kind == "values"
        )

    def shown(self, number: int) -> object:
        """A sheet's first woman's day of hiring, as it is shown; None before its first reading."""
        roster = self.refreshers[number].current().roster
        return None if roster is None else roster.frame["first_work_date"].iloc[0]


def terse(programme: Programme) -> Programme:
    """The programme with the headers of these sheets alone: comparing with every synonym is not what is tested."""
    written = {
        field: tuple(name for name in names if name in HEADER) for field, names in programme.sheet.headers.items()
    }
    sheet = programme.sheet.model_copy(update={"headers": written, "identifiers": {}, "never": ()})
    return programme.model_copy(update={"sheet": sheet})


def _known(key_file: Path) -> Callable[[Path | None], Account]:
    account = read_account(key_file)
    return lambda _path: replace(account, credentials=copy(account.credentials))


@contextmanager
def fleet(count: int, programme: Programme, folder: Path) -> Iterator[Fleet]:
    """So many sheets behind one server and one account, with one process that reads them."""
    with SheetsServer() as server:
        clock = Clock()
        server.clock = lambda: clock.seconds
        sheets: list[Spreadsheet] = []
        for number in range(count):
            sheet = Spreadsheet()
            sheet.sheet_id = f"1manySheetsOfOneAccount{number:04}"
            sheet.put(TITLE, [HEADER, *WOMEN])
            sheets.append(sheet)
        server.others = sheets
        made = Fleet(server, sheets, clock)
        made.refreshers = made.process(programme, server.key_file(folder))
        try:
            # One key for all, read once: checking an RSA key is most of what a hundred beginnings cost.
            with patch.object(google_sheets, "read_account", _known(server.key_file(folder))):
                yield made
        finally:
            for source in made.sources:
                source.close()
