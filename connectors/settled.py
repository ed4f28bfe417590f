"""What the settings say is read: the source, its feed, and the way from cells to a roster."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from connectors.base import RosterSource
from connectors.choose import open_source, source_key
from connectors.demo import DemoSource
from connectors.feed import Feed, FeedKey, FeedStore
from connectors.keeping import Keeper
from connectors.settings import Settings
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster

BY_ITSELF = "dashboard"  # whom the audit names where nobody asked


def settled_feed(
    settings: Settings, programme: Programme, today: Callable[[], date], now: Callable[[], datetime]
) -> Feed:
    """What is read, how, and under which name it is remembered. Raises SourceError."""
    source = settled_source(settings, programme, today)
    key = FeedKey(programme.id, source_key(settings.source))
    counted_by = hashlib.sha256(f"{key.source}\0{programme.model_dump_json()}".encode()).hexdigest()
    return Feed(source, reader(programme, today), key, counted_by[:12], _first_of_a_day(settings, source, now))


def _first_of_a_day(
    settings: Settings, source: RosterSource, now: Callable[[], datetime]
) -> Callable[[FeedStore], None]:
    """What whoever leads does before the first pull of a day: drop what need not be kept, give the demo its past."""

    def prepare(kept: FeedStore) -> None:
        if settings.keep_days:
            Keeper(settings, now).prune(by=BY_ITSELF)
        if settings.demo_history and isinstance(source, DemoSource):
            source.before_leading(kept)

    return prepare


def reader(programme: Programme, today: Callable[[], date]) -> Callable[[RawTable], Roster]:
    """From cells to a roster, as of the day it is read on."""
    return lambda raw: read(raw, programme, today())


def settled_source(
    settings: Settings, programme: Programme, today: Callable[[], date], source: str | None = None
) -> RosterSource:
    """The source that a setting or an argument names; nothing is read yet. Raises SourceError."""
    spec = source or settings.source
    return open_source(spec, programme, settings.secret, settings.credentials, today, settings.data)
