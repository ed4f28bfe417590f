"""What the pages ask: a view of the programme, and the state of the data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

from callbacks.counts import Counts
from callbacks.data_state import Refresher, Snapshot, matter
from callbacks.meetings import Sitting
from callbacks.remembered import Basis, Faults, Remembered
from callbacks.secretary import Fields, Secretary
from dashboard.mending import Memory
from dashboard.programme import Programme
from dashboard.repair import Repair
from dashboard.reviews import Reviews
from dashboard.signed_review import SignedReview
from dashboard.staleness import Thresholds
from dashboard.text import Text
from dashboard.view import parse_view
from layouts.filters import as_of_days
from layouts.meeting import Acted
from layouts.places import OVERVIEW, REVIEW
from layouts.shown import Fault, Feed, Read, Shown, guarded

LARGE = 5_000  # women: to count fewer takes no longer than to ask for them


class Dashboard:
    """The service behind the pages. It holds no state of a reader: a search string is all it is asked."""

    def __init__(
        self,
        programme: Programme,
        refresher: Refresher,
        today: Callable[[], date],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        memory: Callable[[], Memory] = Memory,
        thresholds: Thresholds | None = None,
        faults: Faults = (),
        reviews: Callable[[], Reviews] | None = None,
    ) -> None:
        """`memory()` gives what is remembered of the findings of earlier rosters; `faults` are the store's.

        `reviews()` gives the book of the weekly reviews of the roster that is shown.
        """
        self._programme = programme
        self._refresher = refresher
        self._today = today
        self._now = now
        self._memory = memory
        self._thresholds = thresholds or Thresholds()
        self._faults = faults
        self._secretary = Secretary(reviews, faults, now)
        self._forget()

    @property
    def programme(self) -> Programme:
        """The programme the roster is counted by."""
        return self._programme

    @programme.setter
    def programme(self, programme: Programme) -> None:
        # Answers counted by the old rules must not stand beside new ones, not even under the same roster.
        self._programme = programme
        self._forget()

    def _forget(self) -> None:
        self._counts = Counts(self._programme, self._today, self._memory)

    def show(self, search: str, wait: float, page: str = OVERVIEW) -> Shown:
        """What a page and a search string ask for, waiting at most `wait` seconds for a roster that is due."""
        snapshot, today = self._refresher.current(wait), self._today()
        facts = self._counts.facts(snapshot.roster, snapshot.edition)
        view, notices = parse_view(search, self.programme, facts.choices, today)
        if snapshot.roster is None:  # no choices are known yet, so none can be wrong
            notices = tuple(notice for notice in notices if notice.code != "unknown_choice")
        shown = Shown(
            programme=self.programme,
            text=Text(view.lang),
            today=today,
            search=search,
            view=view,
            feed=self._feed(snapshot),
            choices=facts.choices,
            days=as_of_days(today, facts.first_start),
            notices=notices,
            page=page,
            pulse=self._pulse(snapshot, today),
            book=self._secretary.counted() if page == REVIEW else 0,
        )
        shown, current = guarded(shown), basis_of(snapshot)
        return shown if current is None else self._counted(shown, self._remembered(current), current)

    def _counted(self, shown: Shown, past: Remembered, current: Basis) -> Shown:
        """The same view with everything that is counted for it."""
        view, today = shown.view, shown.today
        basis, version, notices = past.known(view, today)
        if version is None:
            view = replace(view, known=None)
        as_of = view.day(today)
        return replace(
            shown,
            view=view,
            feed=replace(
                shown.feed,
                reconciliation=basis.roster.reconciliation,
                findings=basis.roster.findings,
                unread=basis.roster.unread,
                fingerprint=self._counts.fingerprint(basis.roster, basis.edition),
            ),
            notices=(*shown.notices, *notices),
            overview=self._counts.overview(basis, view, as_of),
            depth=self._counts.deeper(basis, current, view, past, self._secretary.meeting, self._secretary.annotations),
            past=version,
            known_days=past.days(today),
            restated=self._counts.restated(basis, past.other(view, as_of, today), view, as_of),
        )

    def _remembered(self, current: Basis) -> Remembered:
        return self._counts.past(current, lambda: self._refresher.history, self._faults)

    def count_ahead(self, snapshot: Snapshot) -> None:
        """Count what the plain overview shows of a snapshot that is about to be shown, where that takes a while.

        So no reader waits for it, and none gets numbers later than the others.
        """
        current, today = basis_of(snapshot), self._today()
        if current is None or len(current.roster.frame) < LARGE:
            return
        counts = self._counts
        facts = counts.facts(current.roster, current.edition)
        view, _ = parse_view("", self.programme, facts.choices, today)
        counts.fingerprint(current.roster, current.edition)
        counts.overview(current, view, view.day(today))

    def plain(self, lang_search: str) -> Text:
        """The language a search string asks for, without reading a roster."""
        view, _ = parse_view(lang_search, self.programme, {}, self._today())
        return Text(view.lang)

    def read_again(self, wait: float) -> Read:
        """Read the roster again at once, waiting at most `wait` seconds for it."""
        before = self._refresher.current(0).version
        after = self._refresher.refresh_now(wait)
        return Read(before, after.version, failed=matter(after) is not None, pending=after.progress != "done")

    def pulse(self) -> str:
        """The same as long as the state of the data that pages show is the same."""
        return self._pulse(self._refresher.current(0), self._today())

    def _pulse(self, snapshot: Snapshot, today: date) -> str:
        fault = matter(snapshot)
        error = fault.code if fault else ""
        held = snapshot.held.content_hash[:12] if snapshot.held else ""
        staleness = "fresh" if snapshot.roster is None else self._thresholds.staleness(self._age(snapshot))
        book = str(self._secretary.counted())
        return "-".join((snapshot.edition, error, held, staleness, today.isoformat(), book))

    def accept(self, content_hash: str, by: str) -> Fault | None:
        """Let a reading pass that is held back, if its content still is what was seen. Audited under `by`.

        Returns why the store does not take it, None if it does.
        """
        try:
            self._refresher.accept(content_hash, by)
        except self._faults as error:
            return cast(Fault, error)
        return None

    def act(self, act: str, search: str, fields: Fields, by: str) -> Acted:
        """Keep something of a meeting about a view: a decision, its end, a note, the sign-off. Audited under `by`."""
        return self._secretary.act(act, self._seat(search), fields, by)

    def review_document(self, search: str, number: int | None) -> SignedReview | None:
        """A signed review, or that of a view as it would be signed now; None where there is none."""
        return self._secretary.document(number) if number else self._secretary.draft(self._seat(search))

    def _seat(self, search: str) -> Sitting | None:
        """What a meeting about a view is counted from, at once; None before the first reading."""
        snapshot, today = self._refresher.current(0), self._today()
        current = basis_of(snapshot)
        if current is None:
            return None
        view, _ = parse_view(
            search, self.programme, self._counts.facts(snapshot.roster, snapshot.edition).choices, today
        )
        past = self._remembered(current)
        basis, version, _ = past.known(view, today)
        return self._counts.sitting(basis, view if version is not None else replace(view, known=None), past)

    def state(self) -> tuple[Snapshot, Feed]:
        """The state of the data at once, as the refresher and as the pages tell it."""
        snapshot = self._refresher.current(0)
        return snapshot, self._feed(snapshot)

    def repair_list(self, wait: float) -> Repair | None:
        """What staff can mend in the whole roster today; None where none has been read yet."""
        snapshot = self._refresher.current(wait)
        if snapshot.roster is None:
            return None
        return self._counts.repair(snapshot.roster, snapshot.edition)

    def _feed(self, snapshot: Snapshot) -> Feed:
        roster, error = snapshot.roster, matter(snapshot)
        if roster is None:
            return Feed(error=error, held=snapshot.held, progress=snapshot.progress)
        age = self._age(snapshot)
        return Feed(
            version=snapshot.version,
            edition=snapshot.edition,
            source=roster.source,
            age=age,
            staleness=self._thresholds.staleness(age),
            error=error,
            held=snapshot.held,
            progress=snapshot.progress,
            reconciliation=roster.reconciliation,
            findings=roster.findings,
            unread=roster.unread,
            fingerprint=self._counts.fingerprint(roster, snapshot.edition),
        )

    def _age(self, snapshot: Snapshot) -> float | None:
        """Seconds since the last good look at the source; None where that is not known."""
        read = snapshot.fetched_at
        return max(0.0, (self._now() - read).total_seconds()) if read else None


def basis_of(snapshot: Snapshot) -> Basis | None:
    """What pages are counted from now; None before the first reading."""
    roster = snapshot.roster
    return None if roster is None else Basis(roster, snapshot.version, snapshot.edition)
