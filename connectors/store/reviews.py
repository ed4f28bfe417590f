"""The book of a feed's weekly reviews. A signed review is written once; nothing here changes one."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from connectors.store.audits import write_audit
from connectors.store.documents import compact
from connectors.store.engine import Database
from connectors.store.errors import StoreError
from connectors.store.pulls import locked
from connectors.store.tables import decision as decisions
from connectors.store.tables import meeting, review_note, signed_review
from dashboard.decisions import Decision
from dashboard.reviews import MOST_OPEN, Book, Note, Signed, decision_from, decision_text
from dashboard.signed_review import SignedReview, SignedReviewError, from_document, to_document, without

_COUNTERS = ("counted", "reviews", "decisions", "notes")


class ReviewBook:
    """The book of one feed (dashboard.reviews.Reviews). All methods may be called from any thread."""

    def __init__(self, database: Database, feed_id: int) -> None:
        self._database = database
        self._id = feed_id

    def counted(self) -> int:
        """Rises with every change; 0 before the first one."""
        with self._database.reading() as connection:
            found = connection.execute(select(meeting.c.counted).where(meeting.c.feed_id == self._id)).scalar()
            return found or 0

    def book(self) -> Book:
        """All but the documents, as of one moment."""
        with self._database.reading() as connection:
            return _book(connection, self._id)

    def document(self, number: int) -> SignedReview | None:
        """A signed review, as it was signed. Raises StoreError store_review_damaged where it was changed since."""
        mine = (signed_review.c.feed_id == self._id, signed_review.c.number == number)
        with self._database.reading() as connection:
            body = connection.execute(select(signed_review.c.body).where(*mine)).scalar()
        return None if body is None else _opened(body, number)

    def decide(self, decision: Decision, *, by: str, at: datetime) -> Decision:
        """Write a decision down; it comes back with its id. Raises StoreError store_reviews_full."""
        with self._database.writing() as connection:
            head = _head(connection, self._id)
            if len([one for one in _decisions(connection, self._id) if one.closed_on is None]) >= MOST_OPEN:
                raise StoreError("store_reviews_full", most=MOST_OPEN)
            number = head.decisions + 1
            made = replace(decision, id=str(number))
            values = {"feed_id": self._id, "number": number, "body": decision_text(made)}
            connection.execute(decisions.insert(), values)
            _changed(connection, self._id, decisions=number)
            write_audit(connection, at, by, "decision_made", {"feed": self._id, "decision": number})
        return made

    def close(self, id: str, outcome: str, closed_on: date, *, by: str, at: datetime) -> None:
        """End a decision that is open. Raises StoreError store_decision_gone where it is not, or not any more."""
        with self._database.writing() as connection:
            _head(connection, self._id)
            found = next((one for one in _decisions(connection, self._id) if one.id == id), None)
            if found is None or found.closed_on is not None:
                raise StoreError("store_decision_gone")
            _write(connection, self._id, replace(found, closed_on=closed_on, outcome=outcome))
            _changed(connection, self._id)
            write_audit(connection, at, by, "decision_closed", {"feed": self._id, "decision": int(id)})

    def note(self, text: str, *, by: str, at: datetime) -> None:
        """Add a note to the open review. Raises StoreError store_reviews_full."""
        with self._database.writing() as connection:
            number = _head(connection, self._id).notes + 1
            if len(_notes(connection, self._id)) >= MOST_OPEN:
                raise StoreError("store_reviews_full", most=MOST_OPEN)
            values = {"feed_id": self._id, "number": number, "at": at, "by": by, "text": text}
            connection.execute(review_note.insert(), values)
            _changed(connection, self._id, notes=number)
            write_audit(connection, at, by, "note_added", {"feed": self._id, "note": number})

    def strike(self, id: int, *, by: str, at: datetime) -> None:
        """Take a note out of the open review; one that is not there any more is no error."""
        mine = (review_note.c.feed_id == self._id, review_note.c.number == id)
        with self._database.writing() as connection:
            _head(connection, self._id)
            if connection.execute(delete(review_note).where(*mine)).rowcount:
                _changed(connection, self._id)
                write_audit(connection, at, by, "note_struck", {"feed": self._id, "note": id})

    def sign(self, signed: SignedReview, *, counted: int, at: datetime) -> None:
        """Keep a review for ever.

        Raises StoreError store_review_overtaken where the book was written to since `counted`: read it again.
        """
        with self._database.writing() as connection:
            head = _head(connection, self._id)
            number = head.reviews + 1
            if head.counted != counted or signed.id != str(number):
                raise StoreError("store_review_overtaken")
            connection.execute(signed_review.insert(), {"feed_id": self._id, "number": number, **_values(signed)})
            connection.execute(delete(review_note).where(review_note.c.feed_id == self._id))
            _changed(connection, self._id, reviews=number)
            detail = {"feed": self._id, "review": number, "version": signed.basis.data_version}
            write_audit(connection, at, signed.signed_by, "review_signed", {**detail, "check": signed.fingerprint})


def forget_woman(connection: Connection, feed_id: int, pseudonym: str) -> int:
    """Take a woman out of the decisions and out of the signed reviews that name her; how many of both.

    The numbers, the texts and the fingerprints stay: the fingerprint does not cover whom decisions name.
    """
    changed = 0
    for one in _decisions(connection, feed_id):
        kept = tuple(woman for woman in one.women if not _is(woman.woman, pseudonym))
        if kept != one.women:
            _write(connection, feed_id, replace(one, women=kept))
            changed += 1
    named = select(signed_review).where(signed_review.c.feed_id == feed_id, signed_review.c.body.contains(pseudonym))
    for row in connection.execute(named).all():
        signed = _opened(row.body, row.number)
        for woman in {one.woman for decision in signed.decisions for one in decision.women}:
            signed = without(signed, woman) if _is(woman, pseudonym) else signed
        mine = (signed_review.c.feed_id == feed_id, signed_review.c.number == row.number)
        connection.execute(update(signed_review).where(*mine).values(body=_body(signed)))
        changed += 1
    if changed:
        _changed(connection, feed_id)
    return changed


def review_faults(connection: Connection, feed_id: int) -> list[str]:
    """Signed reviews that are not what was signed, in technical words."""
    faults = []
    rows = connection.execute(select(signed_review).where(signed_review.c.feed_id == feed_id)).all()
    for row in rows:
        try:
            whole = _opened(row.body, row.number).fingerprint == row.fingerprint
        except StoreError:
            whole = False
        if not whole:
            faults.append(f"feed {feed_id}, review {row.number}: not as it was signed")
    return faults


def _is(woman: str, pseudonym: str) -> bool:
    """Whether a name in the book is hers: rows of one code that cannot be one woman are told apart as "…~2"."""
    return woman == pseudonym or woman.startswith(f"{pseudonym}~")


def _head(connection: Connection, feed_id: int) -> Row[Any]:
    """The counters, which nobody else changes until the transaction ends."""
    locked(connection, feed_id)
    wanted = select(meeting).where(meeting.c.feed_id == feed_id)
    found = connection.execute(wanted).first()
    if found is None:
        connection.execute(meeting.insert(), {"feed_id": feed_id, **dict.fromkeys(_COUNTERS, 0)})
        found = connection.execute(wanted).one()
    return found


def _changed(connection: Connection, feed_id: int, **counters: int) -> None:
    mine = meeting.c.feed_id == feed_id
    connection.execute(update(meeting).where(mine).values(counted=meeting.c.counted + 1, **counters))


def _book(connection: Connection, feed_id: int) -> Book:
    counted = connection.execute(select(meeting.c.counted).where(meeting.c.feed_id == feed_id)).scalar()
    table = signed_review.c
    listed = select(table.number, table.as_of, table.signed_at, table.signed_by, table.fingerprint)
    rows = connection.execute(listed.where(table.feed_id == feed_id).order_by(table.number)).all()
    return Book(
        counted=counted or 0,
        signed=tuple(Signed(*row) for row in rows),
        decisions=_decisions(connection, feed_id),
        notes=_notes(connection, feed_id),
    )


def _decisions(connection: Connection, feed_id: int) -> tuple[Decision, ...]:
    wanted = select(decisions.c.body).where(decisions.c.feed_id == feed_id).order_by(decisions.c.number)
    return tuple(decision_from(body) for body in connection.execute(wanted).scalars())


def _notes(connection: Connection, feed_id: int) -> tuple[Note, ...]:
    wanted = select(review_note).where(review_note.c.feed_id == feed_id).order_by(review_note.c.number)
    return tuple(Note(row.number, row.text, row.by, row.at) for row in connection.execute(wanted))


def _write(connection: Connection, feed_id: int, decision: Decision) -> None:
    mine = (decisions.c.feed_id == feed_id, decisions.c.number == int(decision.id))
    connection.execute(update(decisions).where(*mine).values(body=decision_text(decision)))


def _values(signed: SignedReview) -> dict[str, Any]:
    head = {"as_of": signed.basis.as_of, "signed_at": signed.signed_at, "signed_by": signed.signed_by}
    return {**head, "fingerprint": signed.fingerprint, "body": _body(signed)}


def _body(signed: SignedReview) -> str:
    return compact(to_document(signed))


def _opened(body: str, number: int) -> SignedReview:
    try:
        return from_document(json.loads(body))
    except (SignedReviewError, ValueError):
        raise StoreError("store_review_damaged", number=number) from None
