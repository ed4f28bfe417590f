"""The store as a whole: its feeds, its audit, and whether it can be reached."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from connectors.store.audits import read_audits, write_audit
from connectors.store.backup import restore_backup, write_backup
from connectors.store.check import check_store
from connectors.store.engine import Database, open_database
from connectors.store.erase import erase_woman
from connectors.store.errors import StoreError
from connectors.store.feed import FeedStore
from connectors.store.links import LinkStore
from connectors.store.mailings import MailBook
from connectors.store.migrate import migrate
from connectors.store.prune import prune_feeds
from connectors.store.releases import ReleaseStore
from connectors.store.reviews import ReviewBook
from connectors.store.sizes import tidy
from connectors.store.tables import feed
from dashboard.history import Audit, Checked, Erased

logger = logging.getLogger(__name__)


class Store:
    """One database. All methods may be called from any thread, and raise StoreError where it fails."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def feed(self, programme_id: str, source_key: str) -> FeedStore:
        """The history of a programme's roster from one source; `source_key` names that without any secret."""
        return FeedStore(self.database, self._feed_id(programme_id, source_key))

    def reviews(self, programme_id: str, source_key: str) -> ReviewBook:
        """The book of the weekly reviews of the same feed."""
        return ReviewBook(self.database, self._feed_id(programme_id, source_key))

    def _feed_id(self, programme_id: str, source_key: str) -> int:
        named = (feed.c.programme == programme_id, feed.c.source == source_key)
        with self.database.reading() as connection:
            found: int | None = connection.execute(select(feed.c.id).where(*named)).scalar()
        if found is None:
            with self.database.writing() as connection:
                _alone(connection)
                found = connection.execute(select(feed.c.id).where(*named)).scalar()
                if found is None:
                    found = _new_feed(connection, programme_id, source_key)
        return found

    def releases(self, programme_id: str) -> ReleaseStore:
        """What a programme has published."""
        return ReleaseStore(self.database, programme_id)

    def links(self, programme_id: str) -> LinkStore:
        """A programme's links for people outside."""
        return LinkStore(self.database, programme_id)

    def mailings(self, programme_id: str) -> MailBook:
        """What became of a programme's letters."""
        return MailBook(self.database, programme_id)

    def audit(self, at: datetime, by: str, action: str, detail: Mapping[str, str | int]) -> None:
        """Note who did what. `detail` holds counts and names of things, never a participant's value."""
        with self.database.writing() as connection:
            write_audit(connection, at, by, action, detail)

    def audits(self, limit: int) -> Sequence[Audit]:
        """The newest notes, the newest first."""
        with self.database.reading() as connection:
            return read_audits(connection, limit)

    def erase(self, programme_id: str, pseudonym: str, *, source_key: str, by: str, at: datetime) -> Erased:
        """Forget a person for ever, in all that is remembered of a programme. Audited, without saying who.

        Raises StoreError store_person_unknown, and store_person_current while she stands in the newest roster of the
        source that is read now.
        """
        with self.database.writing() as connection:
            erased = erase_woman(connection, programme_id, pseudonym, source_key)
            write_audit(connection, at, by, "erase", {"states": erased.states, "versions": erased.versions})
        self._tidy()
        return erased

    def prune(self, before: datetime, *, by: str, at: datetime) -> int:
        """Forget the versions that were replaced before a moment, in all feeds; how many. Audited where there are any.

        The version that held at that moment stays, and so does the newest one.
        """
        with self.database.writing() as connection:
            dropped = prune_feeds(connection, before)
            if dropped:
                write_audit(connection, at, by, "prune", {"before": before.isoformat(), "versions": dropped})
        if dropped:
            self._tidy()
        return dropped

    def backup(self, path: Path, *, at: datetime) -> dict[str, int]:
        """Write everything to a file that does not exist yet; rows by table. Raises StoreError store_backup_*."""
        return write_backup(self.database, path, at)

    def restore(self, path: Path, *, replace: bool, by: str, at: datetime) -> dict[str, int]:
        """Put a backup, of whichever engine, in place of what is here; rows by table. Audited.

        Raises StoreError store_not_empty unless `replace` is given, store_backup_*; nothing has changed then.
        """
        rows = restore_backup(self.database, path, replace=replace)
        self.audit(at, by, "restore", {"file": path.name, "rows": sum(rows.values())})
        return rows

    def check(self) -> Checked:
        """Look at everything once: the database's own check, and whether every version can be rebuilt."""
        return check_store(self.database)

    def _tidy(self) -> None:
        """Give room back, so that what was forgotten is not left in free pages or in the log.

        What was forgotten is forgotten already: that there is no room or no time to tidy is no failure of that.
        """
        try:
            tidy(self.database)
        except StoreError as error:
            logger.warning("what was forgotten is overwritten later: the store could not be tidied: %s", error.code)

    def ping(self) -> None:
        """Raises StoreError where the store cannot be reached."""
        with self.database.reading() as connection:
            connection.execute(select(func.count()).select_from(feed))

    def close(self) -> None:
        """Let go of all connections."""
        self.database.engine.dispose()


def open_store(url: str) -> Store:
    """The store of a URL (connectors.store.engine), its tables brought up to date. Raises StoreError."""
    database = open_database(url)
    try:
        migrate(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(database)


def _alone(connection: Connection) -> None:
    """Nobody else adds a feed until the transaction ends; SQLite's writers are alone already."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE feed IN SHARE ROW EXCLUSIVE MODE"))


def _new_feed(connection: Connection, programme: str, source: str) -> int:
    number: int = connection.execute(select(func.coalesce(func.max(feed.c.id), 0) + 1)).scalar_one()
    counters = dict.fromkeys(("number", "edition", "counted", "persons", "pulls"), 0)
    connection.execute(feed.insert(), {"id": number, "programme": programme, "source": source, **counters})
    return number
