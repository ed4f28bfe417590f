"""How often one may knock: limits on guessing and on flooding, counted together by all processes.

The table is data; a path that is not in it may be asked for as often as one likes.
"""

import ipaddress
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from flask import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from callbacks.roles import Person

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many requests of a method to the paths of a pattern, from one address. `by` says what else tells them apart:
    who has signed in, the path asked for; or the path alone, wherever it is asked from."""

    method: str
    paths: re.Pattern[str]
    most: RateLimitItem
    by: Literal["address", "person", "path", "path_anywhere"] = "address"


LIMITS = (
    Limit("POST", re.compile("/sign-in"), parse("10/minute")),
    Limit("GET", re.compile("/sign-in/(google|back|over)"), parse("30/minute")),
    Limit("GET", re.compile("/d/.*"), parse("20/minute")),
    # The password of a donor's link. The first holds off whoever tries many links, the last whoever has many addresses.
    Limit("POST", re.compile("/d/.*"), parse("20/minute")),
    Limit("POST", re.compile("/d/.*"), parse("10/minute"), by="path"),
    Limit("POST", re.compile("/d/.*"), parse("50/15 minute"), by="path_anywhere"),
    Limit("POST", re.compile(".*/_dash-update-component"), parse("600/minute"), by="person"),
)


class Limiter:
    """Counts, and says how long to wait. Where the store is away, each process counts for itself meanwhile."""

    def __init__(
        self,
        storage: Storage,
        faults: tuple[type[Exception], ...] = (),
        clock: Callable[[], float] = time.time,
        limits: Sequence[Limit] = LIMITS,
    ) -> None:
        """`faults` are the storage's. `clock` and the storage tell the same time."""
        self._shared = FixedWindowRateLimiter(storage)
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._faults = faults
        self._clock = clock
        self._limits = limits

    def wait(self, asked: Request, who: Person | None) -> int | None:
        """Seconds until a request may be made again that is one too many; None for one that is not. Counts it."""
        path = asked.path.rstrip("/")
        for limit in self._limits:
            if limit.method == _plain(asked.method) and limit.paths.fullmatch(path):
                wait = self._counted(limit, _whose(limit, asked, path, who))
                if wait is not None:
                    return wait
        return None

    def _counted(self, limit: Limit, whose: str) -> int | None:
        names = (limit.method, limit.paths.pattern, whose)
        try:
            return self._over(self._shared, limit.most, names)
        except self._faults as error:
            logger.warning("attempts are counted by this process alone: %s", type(error).__name__)
            return self._over(self._own, limit.most, names)

    def _over(self, counter: FixedWindowRateLimiter, most: RateLimitItem, names: tuple[str, str, str]) -> int | None:
        if counter.hit(most, *names):
            return None
        return max(1, round(counter.get_window_stats(most, *names).reset_time - self._clock()))


def _plain(method: str) -> str:
    return "GET" if method == "HEAD" else method


def _whose(limit: Limit, asked: Request, path: str, who: Person | None) -> str:
    """Whom a request is counted for."""
    if limit.by == "path_anywhere":
        return path
    named = {"path": path, "person": who.name if who is not None else ""}.get(limit.by, "")
    return f"{named} {_place(asked)}"


def _place(asked: Request) -> str:
    """Where a request comes from. An IPv6 subscriber has a whole network of addresses: it counts as one."""
    try:
        address = ipaddress.ip_address(asked.remote_addr or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
