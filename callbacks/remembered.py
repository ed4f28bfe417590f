"""What was known on a past day: the version of the roster then, rebuilt once and kept."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from callbacks.kept import Kept
from dashboard.history import History, HistoryError, Version, newest_at
from dashboard.roster import Roster
from dashboard.view import Notice, View

WEEKS = 26  # Mondays on offer
DAYS = 7  # and single days before today

Faults = tuple[type[Exception], ...]
"""What the history may raise when the store is away; nothing is remembered then."""


@dataclass(frozen=True)
class Basis:
    """The roster that a view is counted from; `edition` differs with anything that its numbers depend on."""

    roster: Roster
    version: int
    edition: str


class Remembered:
    """The past of the roster that is shown now, as whole days of this place."""

    def __init__(
        self,
        current: Basis,
        history: Callable[[], History],
        kept: Kept,
        faults: Faults,
        rosters: Kept | None = None,
    ) -> None:
        """`rosters` keeps those of the past, which may be large; None: `kept` does."""
        self._current = current
        self._history = history
        self._kept = kept
        self._rosters = rosters or kept
        self._faults: Faults = (*faults, HistoryError)
        self._away = False

    def versions(self) -> Sequence[Version]:
        """All that are kept, oldest first; asked for once per edition, and once per view where the store is away."""
        if self._away:
            return ()
        try:
            return self._kept.get(("versions", self._current.edition), lambda: tuple(self._history().versions()))
        except self._faults:
            self._away = True
            return ()

    def on(self, day: date) -> Version | None:
        """The version known at the end of a day; None where the dashboard did not yet remember."""
        return newest_at(self.versions(), end_of(day))

    def basis(self, version: Version) -> Basis | None:
        """A version's roster; None where it is no longer kept."""
        if version.number == self._current.version:
            return self._current
        edition = self.edition(version)
        try:
            roster = self._rosters.get(("roster", edition), lambda: self._history().roster(version.number))
        except self._faults:
            return None
        return Basis(roster, version.number, edition)

    def earlier(self, version: Version, women: Collection[str]) -> frozenset[str]:
        """Which of some pseudonyms had been in the sheet by a version; none where that is not remembered."""
        if not women:
            return frozenset()
        try:
            return self._history().earlier(version.number, women)
        except self._faults:
            return frozenset()

    def edition(self, version: Version) -> str:
        """What a version's numbers go by; the same as when it was the newest one."""
        return f"{self._current.edition.rpartition('.')[0]}.{version.number}"

    def known(self, view: View, today: date) -> tuple[Basis, Version | None, tuple[Notice, ...]]:
        """What a view is counted from: the newest roster, or the one known on the day it asks for."""
        if view.known is None or view.known >= today:
            return self._current, None, ()
        version = self.on(view.known)
        if version is None:
            return self._current, None, (Notice("not_remembered", "known"),)
        basis = self.basis(version)
        return (self._current, None, (Notice("not_kept", "known"),)) if basis is None else (basis, version, ())

    def other(self, view: View, as_of: date, today: date) -> Basis | None:
        """What to compare a view of a past day with: what is known now if it shows the past, else what was known then.

        None where there is nothing to compare: the day is today, or is not remembered.
        """
        if view.known is not None:
            return self._current
        version = self.on(as_of) if as_of < today else None
        return self.basis(version) if version is not None else None

    def days(self, today: date) -> tuple[date, ...]:
        """Days whose knowledge is on offer, latest first: the last seven, and Mondays back to the first version."""
        versions = self.versions()
        if not versions:
            return ()
        back = today.toordinal() - local_day(versions[0].recorded_at).toordinal()
        offered = [date.fromordinal(today.toordinal() - days) for days in range(1, back + 1)]
        return tuple(d for n, d in enumerate(offered) if n < DAYS or (d.weekday() == 0 and n < 7 * WEEKS))


def end_of(day: date) -> datetime:
    """The last moment of a day here; in Greenwich on the calendar's first and last, which have no neighbours."""
    moment = datetime.combine(day, time.max)
    try:
        return moment.astimezone()
    except (ValueError, OverflowError):
        return moment.replace(tzinfo=UTC)


def local_day(moment: datetime) -> date:
    """The day of a moment here."""
    return moment.astimezone().date()
