"""What the pages show of a roster, counted once per version of it and kept."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast

from callbacks.depth import Asked, deeper
from callbacks.facts import Facts, roster_facts
from callbacks.kept import Kept
from callbacks.meetings import Sitting
from callbacks.remembered import Basis, Faults, Remembered
from dashboard.decisions import Annotation
from dashboard.fingerprint import fingerprint
from dashboard.history import History, HistoryError
from dashboard.mending import Memory
from dashboard.overview import Overview, overview
from dashboard.programme import Programme
from dashboard.repair import Repair, repair
from dashboard.roster import Roster
from dashboard.tally import Tally, tally
from dashboard.two_times import Restated, restated
from dashboard.view import View, days_before
from layouts.deeper import Deeper
from layouts.meeting import Meeting

KEPT = 64  # counted views kept per process
TOLD = 96  # tallies of past days as they were known then: four years of months, twice
PAST_ROWS = 500_000  # of past rosters, beside the one that is shown
ROSTER_ROWS = 5_000  # what a roster takes beside its rows, told in rows


class Counts:
    """Answers counted by one programme; `edition` stands for the roster that an answer is counted from."""

    def __init__(self, programme: Programme, today: Callable[[], date], memory: Callable[[], Memory]) -> None:
        """`memory()` gives what is remembered of the findings of earlier rosters."""
        self._programme = programme
        self._today = today
        self._memory = memory
        self._kept, self._told = Kept(KEPT), Kept(TOLD)
        self._rosters = Kept(PAST_ROWS, lambda roster: ROSTER_ROWS + len(cast(Roster, roster).frame))

    def past(self, current: Basis, history: Callable[[], History], faults: Faults) -> Remembered:
        """What is remembered behind the roster that is shown now."""
        return Remembered(current, history, self._kept, faults, self._rosters)

    def facts(self, roster: Roster | None, edition: str) -> Facts:
        """What can be chosen; nothing before the first reading."""
        if roster is None:
            return Facts({}, None)
        return self._kept.get(("facts", edition), lambda: roster_facts(roster, self._programme))

    def fingerprint(self, roster: Roster, edition: str) -> str:
        """The short code of a roster's content."""
        return self._kept.get(("fingerprint", edition), lambda: fingerprint(roster))

    def overview(self, basis: Basis, view: View, as_of: date) -> Overview:
        """The KPI and funnel of a view, and those of some days before."""
        roster, edition = basis.roster, basis.edition
        filters = tuple(sorted(view.filters.items()))

        def count() -> Overview:
            before = days_before(as_of, self._programme.rules.change_days)
            return overview(
                self._tally(roster, edition, as_of), self._tally(roster, edition, before), dict(view.filters)
            )

        return self._kept.get(("overview", edition, as_of, filters), count)

    def restated(self, basis: Basis, other: Basis | None, view: View, as_of: date) -> Mapping[str, Restated]:
        """The indicators of a past day that were known otherwise on that day; none where that is not remembered."""
        if other is None or other.edition == basis.edition:
            return {}
        shown, told = (self.overview(one, view, as_of).whole.indicators for one in (basis, other))
        return restated(shown, told) if view.known is not None else restated(told, shown)

    def deeper(
        self,
        basis: Basis,
        current: Basis,
        view: View,
        past: Remembered,
        meeting: Callable[[Sitting], Meeting],
        annotations: Callable[[Sitting], tuple[Annotation, ...]],
    ) -> Deeper:
        """What a view can be asked beyond its overview; nothing is counted before it is asked."""
        roster, edition, as_of = basis.roster, basis.edition, view.day(self._today())
        everyone = partial(self._tally, roster, edition, as_of)
        mend = partial(self.repair, current.roster, current.edition)
        then = partial(self.known_then, past)
        asked = Asked(roster, edition, self._programme, view, as_of, everyone, mend, then)
        sitting = self.sitting(basis, view, past)
        found = deeper(asked, self._kept)
        return replace(found, meeting=lambda: meeting(sitting), annotations=lambda: annotations(sitting))

    def sitting(self, basis: Basis, view: View, past: Remembered) -> Sitting:
        """What a review of a view is counted from."""
        today = self._today()
        everyone = partial(self._tally, basis.roster, basis.edition, view.day(today))
        return Sitting(self._programme, view, today, basis, past, everyone, self._kept)

    def repair(self, roster: Roster, edition: str) -> Repair:
        """What staff can mend in the whole roster today."""
        today = self._today()

        def sort_out() -> Repair:
            return repair(roster, self._tally(roster, edition, today), self._memory())

        return self._kept.get(("repair", edition, today), sort_out)

    def known_then(self, past: Remembered, day: date) -> Tally | None:
        """Everyone as of a day, from what was known at its end; None where that is not remembered."""
        version = past.on(day)
        if version is None:
            return None

        def count() -> Tally:
            basis = past.basis(version)
            if basis is None:
                raise HistoryError("version_gone", number=version.number)
            return tally(basis.roster, self._programme, day)

        # Kept apart from the rosters: of years of periods the tallies are kept, and one roster after another is let go.
        with suppress(HistoryError):
            return self._told.get((past.edition(version), day), count)
        return None

    def _tally(self, roster: Roster, edition: str, as_of: date) -> Tally:
        return self._kept.get(("tally", edition, as_of), lambda: tally(roster, self._programme, as_of))
