"""Connecting a sheet: look at it, try a mapping out on it, write down what was decided."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.base import SourceError
from connectors.choose import FILE, open_sheet, source_key
from connectors.nearby import as_path, files_nearby
from connectors.programme_file import edited, read_text, replace_file, write_programme
from connectors.settings import KEY_FILE, SOURCE_FILE, Settings, remembered_source
from connectors.settled import by_hand
from connectors.table_file import TableFile
from dashboard.mapping import Edit, Inspection, Written
from dashboard.programme import Programme, parse_programme
from dashboard.reading import read
from dashboard.roster import Roster

if TYPE_CHECKING:
    from connectors.google_sheets import GoogleSheets

LONGEST_KEY_FILE = 20_000  # bytes; Google's are about 2,400


@dataclass(frozen=True)
class Trial:
    """An edit tried out: the programme's text and what it says, all worksheets known, and the roster as it reads."""

    text: str
    programme: Programme
    roster: Roster


class Desk:
    """Where a sheet is connected. It holds no state between two questions but its settings."""

    def __init__(
        self,
        settings: Settings,
        today: Callable[[], date],
        connected: Callable[[Settings], None] = lambda _settings: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`connected` is told the settings after a source was written down."""
        self.settings = settings
        self._today = today
        self._connected = connected
        self._now = now

    def programme(self) -> Programme:
        """The programme as the file has it now. Raises ProgrammeError."""
        return parse_programme(read_text(self.settings.programme), str(self.settings.programme))

    def share_with(self) -> str:
        """The address to share a spreadsheet with. Raises SourceError credentials_*."""
        return _address(self.settings.credentials)

    def keep_key(self, content: bytes) -> str:
        """Keep the key file of a service account in the data folder (mode 0600); the address to share with.

        Raises SourceError key_not_valid, credentials_elsewhere, key_not_kept; the key that was there stays.
        """
        path = self.settings.data / KEY_FILE
        draft = path.with_suffix(".new")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(draft, _checked_json(content), 0o600)
            email = _address(draft)
            draft.replace(path)
        except SourceError as error:
            raise error if error.code == "credentials_elsewhere" else SourceError("key_not_valid") from None
        except OSError as error:
            raise SourceError("key_not_kept", path=str(path), detail=error.strerror or "") from None
        finally:
            draft.unlink(missing_ok=True)
        self.settings = replace(self.settings, credentials=path)
        return email

    def files(self) -> tuple[str, ...]:
        """Paths of spreadsheet files in the folders where people keep them, newest first."""
        try:
            return tuple(map(str, files_nearby(Path.home())))
        except RuntimeError:  # whoever runs the server has no home
            return ()

    def look(self, source: str) -> Inspection:
        """Worksheets and headers of a file or spreadsheet; no values. Raises SourceError, ProgrammeError."""
        sheet = self._opened(source, self.programme())
        try:
            return sheet.inspect()
        finally:
            _close(sheet)

    def try_out(self, source: str, inspection: Inspection, edit: Edit) -> Roster:
        """The roster as it would be read. Nothing is written. Raises SourceError, ProgrammeError."""
        return self._tried(source, inspection, edit).roster

    def write(self, source: str, inspection: Inspection, edit: Edit) -> Written:
        """Write the decisions into programme.toml and remember the source, if the sheet can be read with them.

        Raises SourceError, ProgrammeError; then nothing has changed.
        """
        trial = self._tried(source, inspection, edit)
        # The source first: whoever notices the new programme meanwhile finds the new source beside it.
        before = self._remembered()
        self._remember(source)
        try:
            backup = write_programme(self.settings.programme, trial.text, self._now())
        except BaseException:
            self._remember_again(before)
            raise
        if not self.settings.source_is_set:
            self.settings = replace(self.settings, source=_lasting(source))
        self._connected(self.settings)
        return Written(
            programme=str(self.settings.programme),
            backup=str(backup) if backup else None,
            overruled_by=self.settings.source if self._overruled(source) else None,
            women=trial.roster.reconciliation.used,
        )

    def _tried(self, source: str, inspection: Inspection, edit: Edit) -> Trial:
        path = self.settings.programme
        titles = [sheet.title for sheet in inspection.sheets]
        text, programme = edited(read_text(path), edit, titles, str(path))
        sheet = self._opened(source, programme)
        try:
            return Trial(text, programme, read(sheet.fetch(), programme, self._today()))
        finally:
            _close(sheet)

    def _opened(self, source: str, programme: Programme) -> "GoogleSheets | TableFile":
        settings = self.settings
        _refuse_others(as_path(source), settings)
        return open_sheet(
            as_path(source), programme, settings.secret, settings.credentials, settings.data, quota=by_hand(settings)
        )

    def _remember(self, source: str) -> None:
        path = self.settings.data / SOURCE_FILE
        try:
            self.settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(path, _lasting(source).encode(), 0o600)
        except OSError as error:
            raise SourceError("source_not_kept", path=str(path), detail=error.strerror or "") from None

    def _remembered(self) -> str | None:
        try:
            return (self.settings.data / SOURCE_FILE).read_text("utf-8")
        except OSError:
            return None

    def _remember_again(self, before: str | None) -> None:
        if before is None:
            (self.settings.data / SOURCE_FILE).unlink(missing_ok=True)
        else:
            self._remember(before)

    def _overruled(self, source: str) -> bool:
        return self.settings.source_is_set and _lasting(self.settings.source) != _lasting(source)


def _refuse_others(source: str, settings: Settings) -> None:
    """Whoever manages one programme reads no roster of another, though the server could.

    Raises SourceError source_of_another.
    """
    theirs = {_key(told) for given, data in settings.others for told in (given, remembered_source(data) or given)}
    if _key(source) in theirs - {_key(settings.source), "demo", None}:
        raise SourceError("source_of_another", setting="DASHBOARD_SOURCE_…")


def _key(source: str) -> str | None:
    """What a source goes by; None for what is none, which opening it explains."""
    try:
        return source_key(source)
    except (SourceError, OSError, RuntimeError, ValueError):  # links in a circle, a path that is none
        return None


def _lasting(source: str) -> str:
    """A source as it means the same from any folder: paths of files in full."""
    source = as_path(source)
    key = _key(source) or ""
    return key.removeprefix(FILE) if key.startswith(FILE) else source


def _checked_json(content: bytes) -> bytes:
    """Raises SourceError key_not_valid for what cannot be a key file."""
    try:
        if len(content) <= LONGEST_KEY_FILE and isinstance(json.loads(content), dict):
            return content
    except ValueError:
        pass
    raise SourceError("key_not_valid")


def _address(key_file: Path | None) -> str:
    # Loaded where a key is looked at only, as in connectors.choose.
    from connectors.google_session import read_account

    return read_account(key_file).email


def _close(sheet: "GoogleSheets | TableFile") -> None:
    if not isinstance(sheet, TableFile):
        sheet.close()
