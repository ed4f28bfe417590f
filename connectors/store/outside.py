"""The store as the donor's own process may use it: releases, links, attempts. It makes and changes no table."""

from connectors.store.attempts import Attempts
from connectors.store.engine import Database, open_database
from connectors.store.links import LinkStore
from connectors.store.releases import ReleaseStore


class Outside:
    """Three tables of a database, opened with whatever right its address gives (docs/donor-role.sql)."""

    def __init__(self, database: Database, programme: str) -> None:
        self.releases = ReleaseStore(database, programme)
        self.links = LinkStore(database, programme)
        self._database = database

    def attempts(self, secret: bytes) -> Attempts:
        """What counts attempts for all processes; those that are over are left to the dashboard to remove."""
        return Attempts(lambda: self._database, secret, tidy=False)

    def close(self) -> None:
        """Let go of all connections."""
        self._database.engine.dispose()


def open_outside(url: str, programme: str) -> Outside:
    """The releases and links of a programme. Raises StoreError."""
    return Outside(open_database(url), programme)
