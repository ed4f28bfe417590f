"""What the settings say is read: the source, its feed, and the way from cells to a roster."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from connectors.base import RosterSource
from connectors.choose import GOOGLE, open_source, source_key
from connectors.demo import DemoSource
from connectors.feed import Feed, FeedKey, FeedStore, Lease
from connectors.google_quota import BY_HAND, LEDGER, Quota
from connectors.keeping import Keeper
from connectors.quota import JointLease, Share, Shares
from connectors.settings import Settings
from connectors.warehouse.address import is_warehouse, parse_address
from connectors.warehouse.engines import open_door
from connectors.warehouse.held import held_roster
from dashboard.programme import Programme
from dashboard.reading import read
from dashboard.roster import RawTable, Roster

BY_ITSELF = "dashboard"  # whom the audit names where nobody asked


def settled_feed(
    settings: Settings,
    programme: Programme,
    today: Callable[[], date],
    now: Callable[[], datetime],
    shares: Shares | None = None,
) -> Feed:
    """What is read, how, and under which name it is remembered. Raises SourceError.

    `shares` divides what an account of Google's may read, where others read with the same one.
    """
    source = settled_source(settings, programme, today, shares=shares)
    key = FeedKey(programme.id, source_key(settings.source))
    counted_by = hashlib.sha256(f"{key.source}\0{programme.model_dump_json()}".encode()).hexdigest()
    prepare = _first_of_a_day(settings, source, now)
    joint = _joint(settings, shares) if shares is not None and key.source.startswith(GOOGLE) else None
    return Feed(source, reader(programme, today), key, counted_by[:12], prepare, joint)


def _joint(settings: Settings, shares: Shares) -> Callable[[Lease], Lease]:
    """Whoever pulls a spreadsheet is the one process that reads for its account."""

    # Loaded for a spreadsheet only, as in connectors.choose.
    from connectors.google_session import account_email

    def share() -> Share | None:
        email = account_email(settings.credentials)
        return None if email is None else shares.of(email)

    return lambda own: JointLease(own, share)


def by_hand(settings: Settings) -> Quota | None:
    """What commands and the page that connects a sheet may ask where several programmes share a quota; else None."""
    return None if settings.shared is None else Quota(ledger=settings.shared / LEDGER, most=BY_HAND)


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


def settled_roster(
    settings: Settings,
    programme: Programme,
    today: Callable[[], date],
    now: Callable[[], datetime],
    source: str | None = None,
) -> Roster:
    """The roster that a setting or an argument names, read once. Raises SourceError."""
    if is_warehouse(source or settings.source):
        address = parse_address(source or settings.source)
        return held_roster(open_door(address), address, programme, None, now())
    return reader(programme, today)(settled_source(settings, programme, today, source).fetch())


def settled_source(
    settings: Settings,
    programme: Programme,
    today: Callable[[], date],
    source: str | None = None,
    shares: Shares | None = None,
) -> RosterSource:
    """The source that a setting or an argument names; nothing is read yet. Raises SourceError."""
    spec = source or settings.source
    quota = by_hand(settings) if shares is None else None
    return open_source(spec, programme, settings.secret, settings.credentials, today, settings.data, shares, quota)
