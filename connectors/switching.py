"""Another source or programme is used as soon as it is written, by this process or by another."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from connectors.base import SourceError
from connectors.following import Follower
from connectors.quota import Shares
from connectors.settings import SOURCE_FILE, Settings, SettingsError, renewed
from connectors.settled import settled_feed
from connectors.showing import Showing
from connectors.store.errors import StoreError
from connectors.warehouse.following import WarehouseFollower
from dashboard.programme import Programme, ProgrammeError, load_programme

logger = logging.getLogger(__name__)
FAULTS = (SourceError, ProgrammeError, SettingsError, StoreError)
SECONDS = 20.0  # how long connecting a sheet waits for its first numbers


class Counted(Protocol):
    """What counts by a programme."""

    programme: Programme


def following(
    settings: Settings,
    counted: Counted,
    shows: Showing,
    today: Callable[[], date],
    now: Callable[[], datetime],
    shares: Shares | None = None,
) -> tuple[Callable[[Settings], None], Follower]:
    """Use another source and programme as soon as they are written.

    Returns what to call with settings that have changed here, and what to ask now and then for changes made elsewhere.
    """

    def use(new: Settings) -> None:
        programme = load_programme(new.programme)
        if isinstance(shows, WarehouseFollower):  # another source than a warehouse takes a restart
            counted.programme = programme
            shows.use(programme)
            return
        feed = settled_feed(new, programme, today, now, shares)
        counted.programme = programme  # before the refresher: a new roster is never counted by the old programme
        shows.switch(feed, SECONDS)

    def changed() -> None:
        try:
            with switching:
                use(renewed(settings))
        except FAULTS as error:
            logger.warning("not used, because it does not load: %s", error.code)

    def connected(new: Settings) -> None:
        with switching:  # the last to switch has read the newest files
            follower.take()
            use(new)

    switching = Lock()
    follower = Follower((settings.programme, settings.data / SOURCE_FILE), changed)
    return connected, follower
