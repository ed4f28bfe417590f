"""The store: what the dashboard remembers, in SQLite or PostgreSQL. The only importer of sqlalchemy and alembic."""

from connectors.store.errors import StoreError
from connectors.store.feed import FeedStore
from connectors.store.links import LinkStore
from connectors.store.releases import ReleaseStore
from connectors.store.store import Store, open_store

__all__ = ["FeedStore", "LinkStore", "ReleaseStore", "Store", "StoreError", "open_store"]
