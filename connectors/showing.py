"""What keeps the roster fresh that pages show: of a sheet through the store, of a warehouse without it."""

from collections.abc import Callable
from datetime import date, datetime

from connectors.feed import OpenFeeds
from connectors.quota import Shares
from connectors.refresher import POLL_SECONDS, Refresher
from connectors.settings import Settings
from connectors.settled import settled_feed
from connectors.warehouse.address import is_warehouse
from connectors.warehouse.following import WarehouseFollower
from connectors.watching import Told
from dashboard.programme import Programme

Showing = Refresher | WarehouseFollower


def showing(
    settings: Settings,
    programme: Programme,
    today: Callable[[], date],
    now: Callable[[], datetime],
    open_feed: OpenFeeds,
    told: Told,
    *,
    shares: Shares | None = None,
    poll: float = POLL_SECONDS,
    pace: float = 0.0,
) -> Showing:
    """What follows the source that the settings name; nothing is read yet. Raises SourceError.

    `poll`: seconds between two looks at the history. `pace`: seconds after which the source may be asked again, at the
    earliest.
    """
    max_age = max(pace, settings.max_age)
    if is_warehouse(settings.source):
        return WarehouseFollower(settings.source, programme, max_age, now, told)
    feed = settled_feed(settings, programme, today, now, shares)
    return Refresher(feed, open_feed, max_age, now, told, poll=poll)
