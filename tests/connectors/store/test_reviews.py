"""The book of the weekly reviews: what is signed stays as it was signed, and a woman can be taken out of all of it."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.store import FeedStore, Store, StoreError
from connectors.store.reviews import ReviewBook
from dashboard.decisions import Concerned, Decision, Measure
from dashboard.reviews import MOST_OPEN, Note, last_before
from dashboard.signed_review import Basis, SignedReview
from store.histories import START, record, roster, row

EVE, ANN = "e" * 20, "a" * 20
DAY = date(2026, 11, 23)
DECISION = Decision(
    "", "نتصل بها", "Samira", date(2026, 11, 27), DAY, "1",
    women=(Concerned(EVE, "followup"), Concerned(f"{EVE}~2", None), Concerned(ANN, "placed")),
    indicator="insertion_90", measure=Measure(65, 71, 65 / 71, 0.8, 0.96),
)  # fmt: skip
NUMBERS = {"report": {"indicators": [{"id": "insertion_90", "numerator": 65, "denominator": 71}]}, "review": None}
BASIS = Basis(DAY, 40, "c" * 64, "eclat", "p" * 64, "1.0", {"cohort": ("c1",)}, date(2026, 11, 16), 38)


@pytest.fixture
def book(store: Store) -> ReviewBook:
    return store.reviews("eclat", "demo")


def signed(book: ReviewBook, **more: Any) -> SignedReview:
    made = SignedReview(str(book.book().open_number), START, "page", BASIS, NUMBERS, ("كلام",), book.book().decisions)
    return replace(made, **more)


def sign(book: ReviewBook, **more: Any) -> SignedReview:
    made = signed(book, **more)
    book.sign(made, counted=book.counted(), at=START)
    return made


def decide(book: ReviewBook, **more: Any) -> Decision:
    return book.decide(replace(DECISION, **more), by="page", at=START)


def test_a_book_begins_empty(book: ReviewBook) -> None:
    found = book.book()
    assert (book.counted(), found.open_number, found.signed, found.decisions, found.notes) == (0, 1, (), (), ())
    assert book.document(1) is None


def test_decisions_are_kept_and_closed_once(store: Store, book: ReviewBook) -> None:
    made = [decide(book), decide(book, text="<b>'\"; DROP TABLE decision; --")]
    assert [one.id for one in made] == ["1", "2"]
    assert store.reviews("eclat", "demo").book().decisions == tuple(made)
    book.close("1", "تم", date(2026, 11, 30), by="page", at=START)
    first = book.book().decisions[0]
    assert first == replace(made[0], closed_on=date(2026, 11, 30), outcome="تم")
    for gone in ("1", "9", "x"):
        with pytest.raises(StoreError, match="store_decision_gone"):
            book.close(gone, "again", DAY, by="page", at=START)
    assert [note.action for note in store.audits(9)] == ["decision_closed", "decision_made", "decision_made"]
    assert "DROP" not in repr(store.audits(9))


def test_notes_are_of_the_open_review_and_go_into_the_signed_one(book: ReviewBook) -> None:
    book.note("أول", by="page", at=START)
    book.note("second", by="page", at=START)
    book.strike(1, by="page", at=START)
    book.strike(1, by="page", at=START)
    assert book.book().notes == (Note(2, "second", "page", START),)
    sign(book, notes=("second",))
    assert book.book().notes == ()
    book.note("next week", by="page", at=START)
    assert book.book().notes[0].id == 3


def test_a_signed_review_comes_back_as_it_was_signed(store: Store, book: ReviewBook) -> None:
    decide(book)
    made = sign(book)
    found = store.reviews("eclat", "demo")
    assert found.document(1) == made
    listed = found.book().signed
    assert [(one.number, one.as_of, one.signed_by, one.check) for one in listed] == [(1, DAY, "page", made.fingerprint)]
    assert found.book().open_number == 2
    assert last_before(listed, DAY) is None
    assert last_before(listed, date(2026, 11, 24)) == listed[0]
    note = store.audits(1)[0]
    assert (note.action, note.detail["check"]) == ("review_signed", made.fingerprint)


def test_nothing_changes_a_signed_review(book: ReviewBook) -> None:
    decide(book)
    made = sign(book)
    book.close("1", "done later", DAY, by="page", at=START)
    decide(book, review_id="2")
    book.note("later", by="page", at=START)
    assert book.document(1) == made
    writers = {name for name in dir(book) if not name.startswith("_")} - {"counted", "book", "document"}
    assert writers == {"decide", "close", "note", "strike", "sign"}  # none of them writes to what is there


def test_a_review_is_signed_once_and_only_as_it_was_seen(book: ReviewBook) -> None:
    seen, made = book.counted(), signed(book)
    decide(book)
    with pytest.raises(StoreError, match="store_review_overtaken"):
        book.sign(made, counted=seen, at=START)
    now = book.counted()
    book.sign(signed(book), counted=now, at=START)
    with pytest.raises(StoreError, match="store_review_overtaken"):
        book.sign(signed(book), counted=now, at=START)
    assert [one.number for one in book.book().signed] == [1]


def test_of_two_who_sign_at_once_one_is_late(store: Store, book: ReviewBook) -> None:
    decide(book)
    made, seen, failed = signed(book), book.counted(), []

    def press() -> None:
        try:
            store.reviews("eclat", "demo").sign(made, counted=seen, at=START)
        except StoreError as error:
            failed.append(error.code)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == ["store_review_overtaken"] * 3
    assert len(book.book().signed) == 1


def test_a_changed_document_is_not_shown_as_signed(store: Store, book: ReviewBook) -> None:
    sign(book)
    assert store.check().faults == ()
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE signed_review SET body = replace(body, '65', '66')")
    with pytest.raises(StoreError, match="store_review_damaged"):
        book.document(1)
    assert store.check().faults == ("feed 1, review 1: not as it was signed",)


def test_an_erased_woman_is_in_no_decision_and_no_signed_review(
    store: Store, feed: FeedStore, book: ReviewBook
) -> None:
    record(feed, roster([row(EVE, 2), row(ANN, 3)]))
    record(feed, roster([row(ANN, 2)]), 1)
    decide(book)
    made = sign(book)
    store.erase("eclat", EVE, source_key="demo", by="me", at=START)
    with store.database.reading() as connection:
        for table in ("decision", "signed_review"):
            assert EVE not in repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
    kept = (Concerned(ANN, "placed"),)
    assert book.book().decisions[0].women == kept
    found = book.document(1)
    assert found is not None
    assert found.decisions[0].women == kept
    assert (found.numbers, found.fingerprint) == (made.numbers, made.fingerprint)
    assert store.check().faults == ()


def test_a_woman_whom_only_the_book_remembers_can_be_erased(store: Store, book: ReviewBook) -> None:
    decide(book)
    store.erase("eclat", EVE, source_key="demo", by="me", at=START)
    assert book.book().decisions[0].women == (Concerned(ANN, "placed"),)
    with pytest.raises(StoreError, match="store_person_unknown"):
        store.erase("eclat", EVE, source_key="demo", by="me", at=START)


def test_the_book_outlives_a_demo_that_is_begun_anew(store: Store, feed: FeedStore, book: ReviewBook) -> None:
    record(feed, roster([row(ANN, 2)]))
    decide(book)
    made = sign(book)
    feed.forget()
    assert book.document(1) == made
    assert len(book.book().decisions) == 1


def test_a_book_is_a_meetings_not_an_archive(book: ReviewBook, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_OPEN >= 100
    monkeypatch.setattr("connectors.store.reviews.MOST_OPEN", 1)
    decide(book)
    book.note("one", by="page", at=START)
    with pytest.raises(StoreError, match="store_reviews_full"):
        decide(book)
    with pytest.raises(StoreError, match="store_reviews_full"):
        book.note("two", by="page", at=START)


def test_feeds_have_books_of_their_own(store: Store, book: ReviewBook) -> None:
    decide(book)
    assert store.reviews("eclat", "file:/a.csv").book().decisions == ()


def test_moments_come_back_in_utc(book: ReviewBook) -> None:
    at = datetime(2026, 11, 23, 11, 0).astimezone()
    book.note("x", by="page", at=at)
    assert book.book().notes[0].at == at.astimezone(UTC)
