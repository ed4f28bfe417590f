"""What a person does to history by hand: erase, prune, back up, restore, check, look."""

import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from connectors.choose import source_key
from connectors.pseudonyms import Pseudonyms, is_pseudonym
from connectors.settings import Settings
from connectors.store import Store, StoreError, open_store
from dashboard.history import Audit, Checked, Erased, Version
from dashboard.programme import load_programme


class Keeper:
    """Opens the store for one task at a time. All methods raise StoreError, ProgrammeError or SourceError."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        """`now` gives aware times."""
        self._settings = settings
        self._now = now

    def key_parts(self) -> Sequence[str]:
        """What a woman's code consists of: fields or headers, most often only "key"."""
        return load_programme(self._settings.programme).sheet.key

    def erase(self, code: Sequence[str]) -> Erased:
        """Forget a woman by her code as it was typed in the sheet, one text for each of its parts."""
        programme = load_programme(self._settings.programme)
        pseudonyms = Pseudonyms(self._settings.secret, programme)
        pseudonym = pseudonyms.of(*code) if len(code) == len(pseudonyms.parts) else None
        if not isinstance(pseudonym, str) or not is_pseudonym(pseudonym):
            raise StoreError("store_code_invalid", parts=" + ".join(pseudonyms.parts))
        with self._opened() as store:
            key = source_key(self._settings.source)
            return store.erase(programme.id, pseudonym, source_key=key, by=who(), at=self._now())

    def prune(self, by: str | None = None) -> int:
        """Drop what was replaced longer ago than the setting says; how many versions. `by`: whom the audit names."""
        days = self._settings.keep_days
        if not days:
            raise StoreError("store_keeps_for_ever", setting="DASHBOARD_KEEP_DAYS")
        now = self._now()
        with self._opened() as store:
            return store.prune(now - timedelta(days=days), by=by or who(), at=now)

    def backup(self, path: Path) -> int:
        """Write everything to a new file; how many rows."""
        with self._opened() as store:
            return sum(store.backup(path, at=self._now()).values())

    def restore(self, path: Path, replace: bool) -> int:
        """Put a backup in place of what is here; how many rows."""
        with self._opened() as store:
            return sum(store.restore(path, replace=replace, by=who(), at=self._now()).values())

    def check(self) -> Checked:
        """Look at everything once."""
        with self._opened() as store:
            return store.check()

    def versions(self) -> Sequence[Version]:
        """All versions of the source that is read now, oldest first."""
        programme = load_programme(self._settings.programme)
        with self._opened() as store:
            return store.feed(programme.id, source_key(self._settings.source)).versions()

    def audits(self, limit: int) -> Sequence[Audit]:
        """Who did what, the newest first."""
        with self._opened() as store:
            return store.audits(limit)

    @contextmanager
    def _opened(self) -> Iterator[Store]:
        store = open_store(self._settings.store_url)
        try:
            yield store
        finally:
            store.close()


def who() -> str:
    """The account that the command runs under."""
    try:
        return f"terminal:{getpass.getuser()}"
    except (OSError, KeyError):
        return "terminal"
