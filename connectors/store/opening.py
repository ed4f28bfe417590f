"""The store as one process uses it: opened when it is first needed, and tried again where it could not be."""

import threading
import time
from collections.abc import Callable

from connectors.feed import FeedKey, Lease, OpenFeed
from connectors.store.errors import StoreError
from connectors.store.leadership import AdvisorySession, lease, session
from connectors.store.reviews import ReviewBook
from connectors.store.store import Store, open_store

AGAIN_SECONDS = 2.0  # between two tries; until then the fault of the last one is told


class SharedStore:
    """One store for all threads of a process. Never opened before a process is forked from another."""

    def __init__(self, url: str, elapsed: Callable[[], float] = time.monotonic) -> None:
        """`elapsed` in seconds."""
        self._url = url
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._session: AdvisorySession | None = None
        self._feeds: dict[FeedKey, OpenFeed] = {}
        self._books: dict[FeedKey, ReviewBook] = {}
        self._failed: tuple[StoreError, float] | None = None

    def open(self) -> Store:
        """The store. Raises StoreError."""
        with self._lock:
            return self._opened()

    def feed(self, key: FeedKey) -> OpenFeed:
        """A feed and the right to pull it, the same for all who ask. Raises StoreError."""
        with self._lock:
            store = self._opened()
            if key not in self._feeds:
                kept = store.feed(key.programme, key.source)
                self._feeds[key] = OpenFeed(kept, self._lease(store, f"{key.programme}\0{key.source}"))
            return self._feeds[key]

    def account(self, email: str) -> Lease:
        """The right to read for an account of Google's. Raises StoreError."""
        with self._lock:
            return self._lease(self._opened(), f"google account\0{email}")

    def reviews(self, key: FeedKey) -> ReviewBook:
        """The book of a feed's weekly reviews. Raises StoreError."""
        with self._lock:
            store = self._opened()
            if key not in self._books:
                self._books[key] = store.reviews(key.programme, key.source)
            return self._books[key]

    def close(self) -> None:
        """Let go of everything; it is opened again if it is asked for."""
        with self._lock:
            for opened in self._feeds.values():
                opened.lease.release()
            self._feeds.clear()
            self._books.clear()
            store, self._store = self._store, None
            locks, self._session = self._session, None
        if locks is not None:
            locks.close()
        if store is not None:
            store.close()

    def _lease(self, store: Store, name: str) -> Lease:
        self._session = self._session or session(store.database)
        return lease(store.database, name, self._session)

    def _opened(self) -> Store:
        if self._store is None:
            if self._failed is not None and self._elapsed() - self._failed[1] < AGAIN_SECONDS:
                error = self._failed[0]
                raise StoreError(error.code, **error.params)
            try:
                self._store = open_store(self._url)
            except StoreError as error:
                self._failed = StoreError(error.code, **error.params), self._elapsed()
                raise
        return self._store
