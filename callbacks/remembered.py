"""What was known on a past day: the version of the roster then, rebuilt once and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from callbacks.kept import Kept
from dashboard.history import History, HistoryError, Version
from dashboard.roster import Roster
from dashboard.view import Notice, View

WEEKS = 26  # Mondays on offer
DAYS = 7  # and single days before today


@dataclass(frozen=True)
class Basis:
    """The roster that a view is counted from, and its version number."""

    roster: Roster
    version: int


class Remembered:
    """The past of the roster that is shown now, as whole days of this place."""

    def __init__(self, history: History | None, kept: Kept) -> None:
        self._history = history
        self._kept = kept

    def on(self, day: date) -> Version | None:
        """The version known at the end of a day; None where the dashboard did not yet remember."""
        return self._history.known_on(end_of(day)) if self._history is not None else None

    def basis(self, version: Version) -> Basis:
        """A version's roster. Raises HistoryError where it is no longer kept."""
        history = self._history
        if history is None:
            raise HistoryError("version_gone", number=version.number)
        return Basis(self._kept.get(("roster", version.number), lambda: history.roster(version.number)), version.number)

    def known(self, view: View, current: Basis, today: date) -> tuple[Basis, Version | None, tuple[Notice, ...]]:
        """What a view is counted from: the newest roster, or the one known on the day it asks for."""
        if view.known is None or view.known >= today:
            return current, None, ()
        version = self.on(view.known)
        if version is None:
            return current, None, (Notice("not_remembered", "known"),)
        try:
            return self.basis(version), version, ()
        except HistoryError:
            return current, None, (Notice("not_kept", "known"),)

    def other(self, view: View, current: Basis, as_of: date, today: date) -> Basis | None:
        """What to compare a view of a past day with: what is known now if it shows the past, else what was known then.

        None where there is nothing to compare: the day is today, or is not remembered.
        """
        if view.known is not None:
            return current
        version = self.on(as_of) if as_of < today else None
        if version is None or version.number == current.version:
            return None
        try:
            return self.basis(version)
        except HistoryError:
            return None

    def days(self, today: date) -> tuple[date, ...]:
        """Days whose knowledge is on offer, latest first: the last seven, and Mondays back to the first version."""
        versions = self._history.versions() if self._history is not None else ()
        if not versions:
            return ()
        first = local_day(versions[0].recorded_at)
        back = today.toordinal() - first.toordinal()
        offered = [date.fromordinal(today.toordinal() - days) for days in range(1, back + 1)]
        return tuple(d for n, d in enumerate(offered) if n < DAYS or (d.weekday() == 0 and n < 7 * WEEKS))


def end_of(day: date) -> datetime:
    """The last moment of a day here."""
    return datetime.combine(day, time.max).astimezone()


def local_day(moment: datetime) -> date:
    """The day of a moment here."""
    return moment.astimezone().date()


KnownBasis = Callable[[date], Basis | None]
"""What was known at the end of a day, None where it is not remembered."""
