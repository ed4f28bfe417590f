"""Sends the brief when it is due: once to everybody, whoever restarts and however many processes there are.

A thread looks every few seconds whether this process leads and whether a letter is due. Which letters have gone stands
in the store (connectors.store.mailings), and so do the pauses between tries: they outlive the process.
"""

import logging
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from connectors.courier import Courier, MailError
from connectors.mail_settings import MailSettings
from connectors.store.errors import StoreError
from connectors.store.mailings import MailBook, Mailed, Taken

logger = logging.getLogger(__name__)
POLL_SECONDS, FOLLOWING_SECONDS = 15.0, 2.0  # between two looks of whoever leads; of the others, who may lead soon
LATE = timedelta(hours=6)  # a letter that was missed longer ago is not sent
TRYING = timedelta(hours=1)  # after the first try no other is begun
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=16)
BY_ITSELF = "dashboard"  # whom the audit names

Write = Callable[[str, datetime], EmailMessage]
"""Writes the letter to an address, as of a moment. What it raises says in `code` why there is none."""


class Postman:
    """One thread of one process. `turn` may be called by hand instead."""

    def __init__(
        self,
        settings: MailSettings,
        book: Callable[[], MailBook],
        write: Write,
        leads: Callable[[], bool],
        clock: Callable[[], datetime],
    ) -> None:
        """`leads()`: whether this one reads the source; `clock` gives aware times; `book()` may raise StoreError."""
        self._settings = settings
        self._book = book
        self._write = write
        self._leads = leads
        self._clock = clock
        self._courier = Courier(settings.server)
        self._ended: datetime | None = None  # the due time that nothing is left to do for
        self._stopping = threading.Event()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look from now on; calling it again does nothing."""
        with self._guard:
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
                self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Begin no other letter; one under way is waited for `patience` seconds at most."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(patience)

    @property
    def server(self) -> str:
        """Where letters are handed over: host and port."""
        return f"{self._settings.server.host}:{self._settings.server.port}"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Who gets a letter when it is due."""
        return self._settings.recipients

    def due(self) -> datetime:
        """When the next letter is due, by the clock on the wall."""
        return self._settings.at.last(self._clock()) + timedelta(days=7)

    def last(self) -> Mailed | None:
        """What became of the newest letters that were due. Raises StoreError."""
        return self._book().last()

    def trouble(self) -> str | None:
        """Why one of them did not go out, as a code; None where all went. Raises StoreError."""
        last = self.last()
        return last.code if last else None

    def send(self, to: str, by: str) -> str:
        """Send a letter at once, whatever is due; what the server answered. Raises MailError, StoreError.

        Also whatever keeps it from being written.
        """
        now = self._clock()
        answer = self._courier.send(self._write(to, now))
        self._book().sent_by_hand(at=now, by=by)
        return answer

    def turn(self) -> bool:
        """Look once, and send what is due, if this process leads; whether it does. Raises StoreError."""
        now = self._clock()
        due = self._settings.at.last(now)
        if not self._leads():
            return False
        if due == self._ended:
            return True
        book = self._book()
        if book.lose(now):
            logger.error("the mail of %s may have gone or not: the process that sent it has ended", due)
        if now.replace(tzinfo=None) - due > LATE:
            self._skip(book, due, now)
        else:
            for to in self._settings.recipients:
                self._deliver(book, due, to)
        if book.ended(due, self._settings.recipients):
            self._ended = due
        return True

    def _skip(self, book: MailBook, due: datetime, now: datetime) -> None:
        missed = [book.skip(due, to, at=now) for to in self._settings.recipients]
        if any(missed):
            logger.error("the mail of %s was not sent: mail_skipped", due)

    def _deliver(self, book: MailBook, due: datetime, to: str) -> None:
        """Write first, then take, then send: whoever ends while a letter is written has sent none for sure."""
        now = self._clock()
        if self._stopping.is_set() or not book.is_free(due, to, now):
            return
        letter = self._written(to, now)
        taken = None if self._stopping.is_set() else book.take(due, to, now)
        if taken is None:
            return
        try:
            if isinstance(letter, MailError):
                raise letter
            self._courier.send(letter)
        except MailError as error:
            self._failed(error, book, due, to, taken)
        else:
            book.settle(due, to, "sent", at=self._clock(), by=BY_ITSELF)
            logger.info("the mail of %s was sent (tries: %s)", due, taken.tries)

    def _written(self, to: str, now: datetime) -> EmailMessage | MailError:
        """The letter, or what keeps it from being written: that may be better at the next try."""
        try:
            return self._write(to, now)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} in {place.name} line {place.lineno}"
            return MailError(str(getattr(error, "code", "mail_not_made")), again=True, kind=kind)

    def _failed(self, error: MailError, book: MailBook, due: datetime, to: str, taken: Taken) -> None:
        """Try again after a pause that grows, while the hour lasts; else say once that it is over."""
        now, pause = self._clock(), min(FIRST_PAUSE * 2 ** min(taken.tries - 1, 10), LONGEST_PAUSE)
        if error.again and now + pause <= taken.begun_at + TRYING:
            book.wait(due, to, now + pause, at=now, code=error.code)
            return
        book.settle(due, to, "unsure" if error.unsure else "failed", at=now, by=BY_ITSELF, code=error.code)
        logger.error("the mail of %s was not sent: %s %s (tries: %s)", due, error.code, _more(error), taken.tries)

    def _run(self) -> None:
        fault = ""
        while not self._stopping.is_set():
            leads, before = True, fault
            try:
                leads, fault = self.turn(), ""
            except StoreError as error:
                fault = error.code
            except Exception as error:  # a fault of ours must not stop the letters to come
                place = traceback.extract_tb(error.__traceback__)[-1]
                fault = f"{type(error).__name__} in {place.name} line {place.lineno}"
            if fault and fault != before:  # it would be the same every few seconds
                logger.error("no mail is sent: %s", fault)
            self._stopping.wait(POLL_SECONDS if leads else FOLLOWING_SECONDS)


def _more(error: MailError) -> str:
    """What the server answered, by its number alone: the words may name people; or our own fault's place."""
    return str(error.params.get("answer", ""))[:3] or str(error.params.get("kind", ""))
