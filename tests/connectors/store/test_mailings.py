"""A letter is taken once, whoever asks, on both engines; what became of it outlives every process."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.pool import ThreadPool
from pathlib import Path

from connectors.store import Store, open_store
from connectors.store.mailings import LOST

DUE = datetime(2026, 11, 23, 7, 30)
NOW = DUE.replace(tzinfo=UTC)
ONE, TWO = "nadia@example.org", "samira@example.org"


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def test_many_at_once_take_a_letter_once(url: str) -> None:
    stores = [open_store(url) for _ in range(4)]
    with ThreadPool(8) as pool:
        taken = pool.map(lambda n: stores[n % 4].mailings("eclat").take(DUE, ONE, NOW), range(16))
    for store in stores:
        store.close()
    assert len([one for one in taken if one is not None]) == 1


def test_a_letter_that_was_sent_is_never_taken_again(store: Store) -> None:
    book = store.mailings("eclat")
    assert book.take(DUE, ONE, NOW) is not None
    assert not book.ended(DUE, [ONE])
    book.settle(DUE, ONE, "sent", at=NOW, by="dashboard")
    assert book.take(DUE, "NADIA@example.org", minutes(90)) is None
    assert book.ended(DUE, [ONE]) and not book.ended(DUE, [ONE, TWO])
    assert store.mailings("other").take(DUE, ONE, NOW) is not None
    assert book.take(DUE + timedelta(7), ONE, NOW + timedelta(7)) is not None
    assert [(note.action, note.by, dict(note.detail)) for note in store.audits(9)] == [
        ("mail", "dashboard", {"due": "2026-11-23T07:30"})
    ]


def test_a_letter_that_waits_is_taken_when_its_pause_is_over_by_whoever_is_there(store: Store) -> None:
    book = store.mailings("eclat")
    book.take(DUE, ONE, NOW)
    book.wait(DUE, ONE, minutes(2), at=minutes(1), code="mail_unreachable")
    assert book.take(DUE, ONE, minutes(1.9)) is None and not book.is_free(DUE, ONE, minutes(1.9))
    assert book.is_free(DUE, ONE, minutes(2)) and book.is_free(DUE, TWO, NOW)
    again = store.mailings("eclat").take(DUE, ONE, minutes(2))
    assert again is not None and (again.tries, again.begun_at) == (2, NOW)
    assert book.take(DUE, ONE, minutes(2)) is None


def test_a_letter_whose_sender_died_may_have_gone_and_is_not_sent_again(store: Store) -> None:
    book = store.mailings("eclat")
    book.take(DUE, ONE, NOW)
    assert book.lose(NOW + LOST) == 0
    assert book.lose(NOW + LOST + timedelta(seconds=1)) == 1
    assert book.take(DUE, ONE, minutes(30)) is None
    last = book.last()
    assert last is not None and (last.due, last.states, last.code) == (DUE, {"unsure": 1}, "mail_unsure")


def test_a_letter_of_long_ago_is_given_up_once(store: Store) -> None:
    """The first time that is known of is no miss: mail was not set then."""
    book = store.mailings("eclat")
    assert not book.skip(DUE, ONE, at=minutes(400))
    assert book.skip(DUE + timedelta(7), ONE, at=minutes(400))
    assert not book.skip(DUE + timedelta(7), ONE, at=minutes(401))
    last = book.last()
    assert last is not None and (last.states, last.code) == ({"skipped": 1}, "mail_skipped")
    assert book.ended(DUE, [ONE])


def test_a_letter_that_still_waited_then_has_failed(store: Store) -> None:
    book = store.mailings("eclat")
    book.take(DUE, ONE, NOW)
    book.wait(DUE, ONE, minutes(2), at=NOW, code="mail_refused")
    assert not book.skip(DUE, ONE, at=minutes(400))
    last = book.last()
    assert last is not None and (last.states, last.code) == ({"failed": 1}, "mail_refused")


def test_no_address_is_kept_and_a_backup_keeps_what_went(
    new_url: Callable[[str], str], url: str, folder: Path, store: Store
) -> None:
    book = store.mailings("eclat")
    book.take(DUE, ONE, NOW)
    book.settle(DUE, ONE, "sent", at=NOW, by="dashboard")
    with store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM mailing").all()
    assert len(rows) == 1 and "nadia" not in str(rows)
    store.backup(folder / "copy.zip", at=NOW)
    other = open_store(new_url("sqlite"))
    other.restore(folder / "copy.zip", replace=True, by="test", at=NOW)
    assert other.mailings("eclat").take(DUE, ONE, minutes(5)) is None
    other.close()
