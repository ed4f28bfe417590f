"""Keeps what is shown fresh, in every process alike: all follow the store, and one of them pulls the source.

A thread looks at the feed's head twice a second, loads the roster of a new version, and tries to lead. Whoever leads
asks the source whether it has changed (connectors.leading). It needs no viewer: the history grows overnight as well.
"""

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from connectors.feed import Feed, FeedKey, FeedStore, OpenFeeds
from connectors.following_head import Snapshot
from connectors.store.errors import StoreError
from connectors.watching import Errand, Told, Watch

logger = logging.getLogger(__name__)
POLL_SECONDS = 0.5  # between two looks at the head


class Refresher:
    """One feed, followed by one thread. All methods may be called from any thread."""

    def __init__(
        self,
        feed: Feed,
        open_feed: OpenFeeds,
        max_age: float,
        clock: Callable[[], datetime],
        told: Told | None = None,
        *,
        poll: float = POLL_SECONDS,
        by_hand: bool = False,
    ) -> None:
        """`max_age` in seconds; `clock` gives aware times, and its day is the day on which a roster is read.

        With `by_hand` there is no thread: whoever made it calls `turn`.
        """
        self._open_feed = open_feed
        self._clock = clock
        self._told = told or Told()
        self._watch = Watch(open_feed, max_age, clock, self._told)
        self._poll = poll
        self._by_hand = by_hand
        self._changed = threading.Condition()
        self._turning = threading.Lock()
        self._snapshot = Snapshot()
        self._errand = Errand(feed)
        self._done: Errand | None = None  # the errand of the last turn
        self._thread: threading.Thread | None = None
        self._stopping = self._woken = False

    def current(self, wait: float = 0.0) -> Snapshot:
        """The newest snapshot. `wait` seconds at most for the first roster, or for why there is none."""
        self.start()
        with self._changed:
            self._changed.wait_for(lambda: _tells(self._snapshot), wait)
            return self._snapshot

    def refresh_now(self, wait: float = 0.0) -> Snapshot:
        """Have whoever leads pull at once, whatever the age; `wait` seconds at most for it.

        A pull under way may have missed the last edit: another follows it. Where the source has been asked too often
        already, the roster is seconds old and stays.
        """
        self.start()
        question = self._ask()
        with self._changed:
            errand = replace(self._errand, asked=True)
            if question is None:  # the store is away: all that can be asked is this process
                self._errand = errand
            self._wake()
            self._changed.wait_for(lambda: self._is_answered(question, errand), wait)
            return self._snapshot

    def switch(self, feed: Feed, wait: float = 0.0) -> Snapshot:
        """Show another feed from now on, or read the same one differently. The roster stays until it is there.

        `wait` seconds at most for that.
        """
        self.start()
        with self._changed:
            errand = self._errand = Errand(feed, asked=True, switched_at=self._clock())
            self._wake()
            self._changed.wait_for(lambda: self._done is errand and _tells(self._snapshot), wait)
            return self._snapshot

    def accept(self, content_hash: str, by: str) -> None:
        """Let what is held be published, if it still is what was seen. Raises StoreError."""
        self.history.accept(content_hash, by=by, at=self._clock())
        with self._changed:
            self._wake()

    @property
    def key(self) -> FeedKey:
        """Which feed is shown, or about to be."""
        return self._errand.feed.key

    @property
    def history(self) -> FeedStore:
        """The past of the feed. Raises StoreError where the store cannot be opened."""
        return self._open_feed(self._errand.feed.key).kept

    def start(self) -> None:
        """Follow from now on, in a thread of this process; calling it again does nothing."""
        with self._changed:
            if self._thread is None and not self._by_hand and not self._stopping:
                self._thread = threading.Thread(target=self._run, name="refresher", daemon=True)
                self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Stop following and let another process lead.

        A pull under way is waited for `patience` seconds at most; beyond that what it finds is not recorded. Its own
        thread may be the one to stop it: Python lets go of a server in whichever thread looks for garbage.
        """
        with self._changed:
            self._stopping = True
            self._wake()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(patience)
        self._watch.give_up()

    def turn(self) -> None:
        """Look at the head once, load what is new, lead if that is possible, pull if it is time."""
        with self._turning:
            self._told.before_turn()
            errand = self._errand
            self._watch.turn(errand, self._snapshot, self._show)
            with self._changed:
                self._done = errand
                if self._errand is errand and errand.asked:  # answered; it may still lack a first good pull
                    self._errand = replace(errand, asked=False)
                self._changed.notify_all()

    def _run(self) -> None:
        fault = ""
        while not self._stopping:
            try:
                self.turn()
                fault = ""
            except Exception as error:  # a fault of ours must not stop the refresh
                place = traceback.extract_tb(error.__traceback__)[-1]
                before, fault = fault, f"{type(error).__name__} in {place.name} line {place.lineno}"
                if fault != before:  # it would be the same twice a second
                    logger.error("turn failed: %s", fault)
            with self._changed:
                self._changed.wait_for(lambda: self._woken or self._stopping, self._poll)
                self._woken = False
        with self._turning:
            self._watch.step_down()

    def _show(self, snapshot: Snapshot) -> None:
        if snapshot.edition != self._snapshot.edition:
            self._prepare(snapshot)
        with self._changed:
            self._snapshot = snapshot
            self._changed.notify_all()

    def _prepare(self, snapshot: Snapshot) -> None:
        try:
            self._told.before_shown(snapshot)
        except Exception as error:  # whoever asks for the page counts, and says what is wrong
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = type(error).__name__
            logger.error("not prepared before it is shown: %s in %s line %s", kind, place.name, place.lineno)

    def _ask(self) -> int | None:
        """The number of the question put to whoever leads; None where the store is away."""
        try:
            return self.history.ask()
        except StoreError:
            return None

    def _is_answered(self, question: int | None, errand: Errand) -> bool:
        if question is None:
            return self._done is errand
        return self._snapshot.answered >= question

    def _wake(self) -> None:
        self._woken = True
        self._changed.notify_all()


def _tells(snapshot: Snapshot) -> bool:
    """Whether there is something to show, be it why there is nothing."""
    return snapshot.roster is not None or snapshot.error is not None or snapshot.stored_error is not None
