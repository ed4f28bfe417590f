"""What the doors keep in the store: attempts, counted for all processes, and notes of who came and went."""

import logging
from collections.abc import Callable
from datetime import datetime

from limits.storage import MemoryStorage, Storage

from connectors.settings import Settings
from connectors.store.attempts import Attempts
from connectors.store.errors import StoreError
from connectors.store.opening import SharedStore
from dashboard.keys import derived

logger = logging.getLogger(__name__)


def attempts_of(settings: Settings, store: SharedStore) -> Storage:
    """Where attempts are counted. Where nobody signs in there is one visitor: this process counts for itself."""
    if settings.doors.kind == "none":
        return MemoryStorage()
    return Attempts(lambda: store.open().database, derived(settings.secret, b"attempts"))


def note_in(store: SharedStore, now: Callable[[], datetime], who: str, action: str) -> None:
    """Note who did what. Nobody is kept out because it cannot be noted: the log says so."""
    try:
        store.open().audit(now(), who, action, {})
    except StoreError as error:
        logger.warning("%s was not noted: %s", action, error.code)
