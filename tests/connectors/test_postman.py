"""What is due is sent once: in two processes at once, after a restart, late, and after a server that was away."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from gunicorn_server import until
from mail_server import MailServer, mail_server
from posting import EVERYBODY, settings, write

from connectors.mail_settings import MailSettings
from connectors.postman import Postman, Write
from connectors.store import Store, StoreError, open_store
from connectors.store.mailings import Mailed

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
ONE, TWO = EVERYBODY
ROOT = Path(__file__).parents[2]


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Place:
    """A store, a mail server and a clock; any number of processes."""

    store: Store
    server: MailServer
    clock: Clock = field(default_factory=Clock)

    def postman(self, *recipients: str, leads: bool = True, write: Write = write) -> Postman:
        """That of a process which has just begun."""
        return self.of(settings(self.server.port, *recipients), leads=leads, write=write)

    def of(self, given: MailSettings, *, leads: bool = True, write: Write = write) -> Postman:
        book = self.store.mailings("eclat")
        return Postman(given, lambda: book, write, lambda: leads, self.clock)

    @property
    def got(self) -> list[str]:
        """Who got a letter, in order."""
        return [letter.recipient for letter in self.server.letters]

    @property
    def last(self) -> Mailed:
        found = self.store.mailings("eclat").last()
        assert found is not None
        return found


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'history.sqlite3'}"


@pytest.fixture
def place(url: str) -> Iterator[Place]:
    store = open_store(url)
    with mail_server() as server:
        yield Place(store, server)
    store.close()


def test_everybody_gets_one_letter_of_their_own_when_it_is_due(place: Place) -> None:
    place.clock.now = MONDAY - timedelta(minutes=1)
    place.store.mailings("eclat").skip(MONDAY - timedelta(7), ONE, at=place.clock.now)
    postman = place.postman()
    postman.turn()
    assert place.got == []
    place.clock.forward(minutes=1)
    for _ in range(3):
        postman.turn()
        place.clock.forward(hours=1)
    assert place.got == [ONE, TWO]
    assert [letter.message["To"] for letter in place.server.letters] == [ONE, TWO]
    assert (place.last.states, postman.trouble()) == ({"sent": 2}, None)


def test_a_restart_does_not_send_again_and_the_next_week_does(place: Place) -> None:
    for _ in range(3):
        place.postman(ONE).turn()
        place.clock.forward(minutes=20)
    assert place.got == [ONE]
    place.clock.now = MONDAY + timedelta(days=7)
    place.postman(ONE).turn()
    assert place.got == [ONE, ONE]


def test_two_processes_at_once_send_one_letter_each_to_everybody(place: Place, url: str) -> None:
    command = [sys.executable, str(Path(__file__).with_name("posting.py")), url, str(place.server.port), str(MONDAY)]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)))
    environ = os.environ | {"PYTHONPATH": paths}
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environ) as first,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environ) as second,
    ):
        for process in (first, second):
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        for process in (first, second):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait(20) for process in (first, second)] == [0, 0]
    assert sorted(place.got) == [ONE, TWO]
    assert place.last.states == {"sent": 2}


def test_only_whoever_leads_sends(place: Place) -> None:
    place.postman(leads=False).turn()
    assert place.got == []


def test_a_letter_that_was_missed_is_sent_within_six_hours(place: Place) -> None:
    place.clock.forward(hours=6)
    place.postman(ONE).turn()
    assert place.got == [ONE]


def test_one_that_was_missed_longer_ago_is_skipped_and_told_once(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.postman(ONE).turn()
    place.clock.forward(days=7, hours=6, minutes=1)
    for _ in range(3):
        place.postman(ONE).turn()
    assert place.got == [ONE]
    assert [line for line in caplog.messages if "mail_skipped" in line] == [
        "the mail of 2026-11-30 07:30:00 was not sent: mail_skipped"
    ]
    assert place.postman().trouble() == "mail_skipped"


def test_where_mail_is_new_nothing_was_missed(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.clock.forward(days=2)
    place.postman(ONE).turn()
    assert (place.got, caplog.messages, place.postman().trouble()) == ([], [], None)


def test_pauses_grow_for_an_hour_then_it_is_told_once(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """Tries at 0, 1, 3, 7, 15, 31 and 47 minutes; the next one would be at 63."""
    caplog.set_level(logging.INFO)
    place.server.manners.answers["MAIL"] = "451 4.3.0 not now"
    tries, postman = [], place.postman(ONE)
    for minute in range(120):
        before = len(place.server.heard)
        postman.turn()
        tries += [minute] if len(place.server.heard) > before else []
        place.clock.forward(minutes=1)
        if minute % 10 == 5:
            postman = place.postman(ONE)  # pauses outlive the process
    assert tries == [0, 1, 3, 7, 15, 31, 47]
    assert caplog.messages == ["the mail of 2026-11-23 07:30:00 was not sent: mail_refused 451 (tries: 7)"]
    assert (place.last.states, postman.trouble()) == ({"failed": 1}, "mail_refused")


def test_who_has_a_letter_gets_no_second_one_while_another_waits(place: Place) -> None:
    place.server.manners.answers[TWO] = "451 4.7.1 later, please"
    postman = place.postman()
    postman.turn()
    assert (place.got, place.last.states) == ([ONE], {"sent": 1, "waiting": 1})
    del place.server.manners.answers[TWO]
    place.clock.forward(minutes=1)
    postman.turn()
    assert (place.got, place.last.states, postman.trouble()) == ([ONE, TWO], {"sent": 2}, None)


def test_what_is_refused_for_good_is_not_tried_again(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.server.manners.answers[ONE] = "550 5.1.1 nobody here is called nadia"
    postman = place.postman(ONE)
    for _ in range(5):
        postman.turn()
        place.clock.forward(minutes=10)
    assert caplog.messages == ["the mail of 2026-11-23 07:30:00 was not sent: mail_refused 550 (tries: 1)"]
    assert postman.trouble() == "mail_refused"
    assert len([words for words in place.server.heard if words.upper().startswith("RCPT")]) == 1


def test_a_server_that_fell_silent_is_not_given_the_letter_again(place: Place) -> None:
    place.server.manners.mute = True
    postman = place.postman(ONE)
    postman.turn()
    place.server.manners.mute = False
    place.clock.forward(minutes=30)
    postman.turn()
    assert (place.got, place.last.states, postman.trouble()) == ([], {"unsure": 1}, "mail_unsure")


def test_a_letter_of_a_process_that_was_killed_is_told_and_not_sent(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.store.mailings("eclat").take(MONDAY.replace(tzinfo=None), ONE, MONDAY)
    place.clock.forward(minutes=11)
    postman = place.postman(ONE)
    postman.turn()
    assert (place.got, postman.trouble()) == ([], "mail_unsure")
    assert len(caplog.messages) == 1 and "may have gone" in caplog.messages[0]


def test_a_letter_that_cannot_be_written_waits_and_says_no_value(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(to: str, at: datetime) -> EmailMessage:
        raise ValueError("P-014")

    postman = place.postman(ONE, write=broken)
    for _ in range(70):
        postman.turn()
        place.clock.forward(minutes=1)
    assert postman.trouble() == "mail_not_made"
    assert len(caplog.messages) == 1 and "ValueError in broken line" in caplog.messages[0]
    assert "P-014" not in caplog.text


def test_a_process_that_is_stopped_while_it_writes_leaves_the_letter_to_the_next_one(place: Place) -> None:
    def slow(to: str, at: datetime) -> EmailMessage:
        postman._stopping.set()
        return write(to, at)

    postman = place.postman(ONE, write=slow)
    postman.turn()
    assert place.got == []
    place.postman(ONE).turn()
    assert (place.got, place.last.states) == ([ONE], {"sent": 1})


def test_the_thread_survives_a_store_that_is_away(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)

    def away() -> None:
        raise StoreError("store_unreachable", place="P-014", kind="x")

    postman = Postman(settings(place.server.port), away, write, lambda: True, place.clock)  # type: ignore[arg-type]
    postman.start()
    postman.start()
    until(lambda: "no mail is sent: store_unreachable" in caplog.messages)
    postman.stop()
    assert "P-014" not in caplog.text


def test_the_thread_sends_by_itself_and_ends(place: Place) -> None:
    postman = place.postman(ONE)
    postman.start()
    until(lambda: place.got == [ONE])
    postman.stop()
    assert not postman._thread or not postman._thread.is_alive()
    place.clock.forward(days=7)
    postman.start()
    postman.turn()
    assert place.got == [ONE]


def test_a_letter_by_hand_settles_nothing(place: Place) -> None:
    postman = place.postman(ONE)
    assert postman.send("try@example.org", "terminal:samira").startswith("250 ")
    assert postman.last() is None and postman.due() == datetime(2026, 11, 30, 7, 30)
    postman.turn()
    assert place.got == ["try@example.org", ONE]
    assert [note.by for note in place.store.audits(9)] == ["dashboard", "terminal:samira"]
