"""The built-in demo: a synthetic roster that goes through the same door as a live sheet."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from connectors.demo_history import Feed, Keep, prepare
from connectors.demo_notes import demo_book
from connectors.demo_reader import DemoReader
from dashboard.programme import Programme
from dashboard.roster import RawTable


class DemoSource:
    """About 210 applicants of whom 135 started, always at the same distance from the day the demo is anchored on.

    That is today, as long as nobody keeps a history; with one (`before_leading`) it stays for a few days.
    """

    def __init__(
        self,
        programme: Programme,
        secret: bytes,
        today: Callable[[], date],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        keep: Keep = lambda _: None,
    ) -> None:
        """`keep` is told what is remembered of the findings of a past that was begun anew."""
        self._programme = programme
        self._secret = secret
        self._reader = DemoReader(programme, secret)
        self._today = today
        self._now = now
        self._keep = keep
        self._anchor: date | None = None

    def before_leading(self, feed: Feed) -> None:
        """Give a feed the demo's past, unless it has one of these days, and go on from the day that is anchored on.

        For the one process that may write the feed: before its first reading, and again on every new day.
        Raises StoreError, and SourceError as `fetch` does.
        """
        self._anchor = prepare(feed, self._programme, self._secret, self._today(), self._now(), self._keep)

    def fetch(self) -> RawTable:
        """Write the demo sheet in memory and read its mapped columns.

        Raises SourceError no_header, header_clash or required_missing where the programme's headers are not the demo's.
        """
        anchor = self._anchor or self._today()
        return self._reader.table(demo_book(anchor), self._now(), anchor)
