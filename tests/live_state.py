"""A refresher that answers what a test tells it, for everything that asks for the state of the data."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
from figure_results import PROGRAMME

from callbacks.service import Dashboard
from connectors.feed import FeedStore
from connectors.following_head import Snapshot
from connectors.store import StoreError
from dashboard.history import Held, StoredFault
from dashboard.roster import Reconciliation, Roster, SourceInfo

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CANARY = "P-014"  # in every place where something of a person, or of the place she is in, might be
ROSTER = Roster(
    pd.DataFrame({"woman": [CANARY]}), (), Reconciliation(1, 1, 0, 0, 0), {}, SourceInfo("file", CANARY, NOW, CANARY)
)
GOOD = Snapshot(ROSTER, 7, NOW, edition="m.0.7", leader="elsewhere")
HELD = Held("rows_dropped", {"before": 45, "after": 12, "path": CANARY}, NOW, "hash", acceptable=True)
FAULT = StoredFault("not_shared", {"address": CANARY})
STORE = StoreError("store_full", place=CANARY)
BAD = replace(GOOD, error=FAULT, error_at=NOW, held=HELD, stored_error=STORE)


@dataclass
class Told:
    """The refresher."""

    snapshot: Snapshot = GOOD
    accepted: list[tuple[str, str]] = field(default_factory=list)

    def current(self, wait: float) -> Snapshot:
        return self.snapshot

    def refresh_now(self, wait: float) -> Snapshot:
        return self.snapshot

    def accept(self, content_hash: str, by: str) -> None:
        self.accepted.append((content_hash, by))

    @property
    def history(self) -> FeedStore:
        raise LookupError


def service(snapshot: Snapshot, minutes: float = 1) -> Dashboard:
    """The service on a snapshot that is so many minutes old."""
    later = NOW + timedelta(minutes=minutes)
    return Dashboard(PROGRAMME, Told(snapshot), lambda: date(2026, 11, 23), lambda: later)
