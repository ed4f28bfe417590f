"""The weekly review behind its page: what it compares with, what it writes down, and what signing freezes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from meeting_results import listed
from review_laws import assert_lawful
from test_service import Source
from two_reviews import SINCE, THEN, last_week, sheet, this_week
from women import AS_OF, PROGRAMME

from callbacks.command_line import render
from callbacks.meetings import row_link
from callbacks.service import Dashboard
from connectors.store import Store, StoreError, open_store
from dashboard.restatement import Part, Rows
from dashboard.review_numbers import review_numbers
from dashboard.reviews import LONGEST, Reviews, canonical
from dashboard.roster import DatedNote, Finding, Roster, Severity
from dashboard.signed_review import SignedReview, programme_hash
from layouts.meeting import Acted, Meeting

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
GOOD = {"text": "Call her", "owner": "Samira", "due": "2026-11-27", "about": ""}


@dataclass
class Room:
    """A dashboard over a real store, with two recorded weeks."""

    store: Store
    source: Source
    today: date = AS_OF
    reviews: Callable[[], Reviews] | None = None

    def __post_init__(self) -> None:
        self.reviews = self.reviews or (lambda: self.store.reviews("test", "demo"))
        self.board = Dashboard(
            PROGRAMME,
            self.source,
            lambda: self.today,
            lambda: NINE + timedelta(days=7),
            faults=(StoreError,),
            reviews=lambda: self.reviews(),  # type: ignore[misc]
        )

    def meeting(self, search: str = "?lang=fr") -> Meeting:
        seat = self.board._seat(search)
        assert seat is not None
        return self.board._secretary.meeting(seat)

    def act(self, act: str, search: str = "?lang=fr", **fields: Any) -> Acted:
        return self.board.act(act, search, fields, "page")

    def signed(self, number: int = 1) -> SignedReview:
        found = self.store.reviews("test", "demo").document(number)
        assert found is not None
        return found

    def record(self, roster: Roster, days: int, content: str) -> None:
        at = NINE + timedelta(days=days)
        feed = self.store.feed("test", "demo")
        made = feed.record(roster, at=at, read_on=at.date(), content_hash=content, source_version=None, seconds=0.1)
        self.source.roster, self.source.version, self.source.past = roster, made.number, feed


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store = open_store(f"sqlite:///{tmp_path / 'history.sqlite3'}")
    made = Room(store, Source())
    made.record(last_week(), 0, "a" * 64)
    made.record(this_week(), 7, "b" * 64)
    yield made
    store.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests about something else than numbers: those that are signed are told, not counted."""
    told = {"report": {"indicators": [{"id": "insertion_90", "numerator": 6, "denominator": 11}]}, "review": None}
    monkeypatch.setattr("callbacks.secretary.review_numbers", lambda *_: told)
    monkeypatch.setattr("callbacks.meetings.follow_up", lambda roster, tally: listed())


def test_a_first_meeting_compares_with_the_monday_before(room: Room) -> None:
    found = room.meeting()
    assert (found.since, found.started_from, found.refused, found.writable) == (SINCE, None, None, True)
    assert found.changed is not None
    head = found.changed.headline
    assert (head.known.value, head.now.value) == (3 / 8, 6 / 11)
    assert SINCE in found.days
    assert found.listed.total == sum(1 for _ in found.listed.cases)


@pytest.mark.usefixtures("quick")
def test_any_remembered_day_can_be_compared_with(room: Room) -> None:
    assert room.meeting("?since=2026-11-18").since == date(2026, 11, 18)
    unknown = room.meeting("?since=2026-11-15")  # nothing was remembered yet
    assert (unknown.since, unknown.refused) == (SINCE, date(2026, 11, 15))


@pytest.mark.usefixtures("quick")
def test_with_nothing_remembered_there_is_nothing_to_compare(room: Room) -> None:
    room.today = SINCE
    room.source.roster, room.source.version = last_week(), 1
    found = room.meeting()
    assert (found.changed, found.since, found.days) == (None, None, ())
    assert room.act("sign").number == 1
    signed = room.signed()
    assert (signed.basis.since, signed.numbers["review"]) == (None, None)


@pytest.mark.usefixtures("quick")
def test_a_decision_remembers_the_number_and_the_place(room: Room) -> None:
    assert room.act("decide", **GOOD | {"about": "indicator:insertion_90"}).done
    assert room.act("decide", **GOOD | {"about": "woman:W4"}).done
    number, woman = (one.decision for one in room.meeting().replayed)
    assert number.measure is not None
    assert (number.measure.numerator, number.measure.denominator) == (6, 11)
    assert (number.made_on, number.due, number.review_id) == (AS_OF, date(2026, 11, 27), "1")
    assert [one.woman for one in woman.women] == ["W4"]
    assert room.meeting().places["W4"].row == 4
    assert {change.change for change in room.meeting().replayed if change.decision.indicator} == {0.0}


WRONG: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"text": "  "}, ("text_missing",)),
    ({"owner": ""}, ("owner_missing",)),
    ({"due": "soon"}, ("due_unreadable",)),
    ({"due": "2026-11-22"}, ("due_before_made",)),
    ({"text": "x" * (LONGEST["text"] + 1)}, ("too_long",)),
    ({"about": "woman:W999"}, ("about_unknown",)),
    ({"about": "indicator:salary"}, ("about_unknown",)),
    ({"about": "W4"}, ("about_unknown",)),
    ({"text": 5, "owner": None}, ("text_missing", "owner_missing")),
)


def test_what_is_wrong_with_a_decision_is_said_and_nothing_is_kept(room: Room) -> None:
    for changed, faults in WRONG:
        assert room.act("decide", **GOOD | changed).faults == faults
    assert room.store.reviews("test", "demo").counted() == 0


@pytest.mark.usefixtures("quick")
def test_decisions_end_and_notes_come_and_go(room: Room) -> None:
    room.act("decide", **GOOD)
    assert room.act("close", id="1", outcome=" ").faults == ("closed_without_outcome",)
    assert room.act("close", id="1", outcome="She works").done
    gone = room.act("close", id="1", outcome="again")
    assert gone.error is not None
    assert gone.error.code == "store_decision_gone"
    assert room.act("note", note="").faults == ("note_missing",)
    assert room.act("note", note="Certificates are late").done
    book = room.store.reviews("test", "demo")
    assert [note.text for note in book.book().notes] == ["Certificates are late"]
    assert room.act("strike", id="1").done
    assert room.act("strike", id="x").done
    assert book.book().notes == ()
    assert [one.state for one in room.meeting().replayed] == ["closed"]


@pytest.mark.parametrize("search", ["?as_of=2026-11-16", "?known=2026-11-16"])
def test_nothing_is_written_into_the_past(room: Room, search: str) -> None:
    for act in ("decide", "close", "note", "strike", "sign"):
        assert room.act(act, search, **GOOD, note="x", id="1").faults == ("not_now",)
    assert not room.meeting(search).writable
    assert room.store.reviews("test", "demo").counted() == 0


def test_signing_freezes_what_can_be_counted_again(room: Room) -> None:
    room.act("decide", **GOOD)
    room.act("note", note="as agreed")
    assert room.act("sign", "?lang=fr").number == 1
    signed = room.signed()
    basis = signed.basis
    assert (basis.as_of, basis.data_version, basis.content_hash) == (AS_OF, 2, "b" * 64)
    assert (basis.since, basis.since_version, basis.programme_hash) == (SINCE, 1, programme_hash(PROGRAMME))
    assert signed.notes == ("as agreed",)
    assert [one.text for one in signed.decisions] == ["Call her"]
    feed = room.store.feed("test", "demo")
    again = review_numbers(feed.roster(1), feed.roster(2), PROGRAMME, SINCE, AS_OF, dict(basis.filters))
    assert canonical(again) == canonical(signed.numbers) == render(signed.numbers, "json")
    assert '"W' not in canonical(signed.numbers)


@pytest.mark.usefixtures("quick")
def test_the_next_meeting_starts_from_the_signed_one(room: Room) -> None:
    room.act("decide", **GOOD | {"about": "indicator:insertion_90"})
    room.act("sign")
    today = room.meeting()
    assert today.signed_today is not None
    assert today.since == SINCE  # the meeting that was signed is still what is shown
    room.today = AS_OF + timedelta(days=7)
    found = room.meeting()
    assert found.started_from is not None
    assert (found.since, found.started_from.number, found.book.open_number) == (AS_OF, 1, 2)
    assert found.changed is not None
    assert found.changed.headline.waterfall.start == Part(6, 11)
    (replayed,) = found.replayed
    assert (replayed.state, replayed.days_left) == ("late", -3)
    assert replayed.change is not None
    assert room.act("sign").number == 2
    assert [one.text for one in room.signed(2).decisions] == ["Call her"]


@pytest.mark.usefixtures("quick")
def test_an_erasure_shows_as_a_number_counted_again(room: Room) -> None:
    room.act("sign")
    gone = this_week()
    left = replace(gone, frame=gone.frame[gone.frame["woman"] != "W3"].reset_index(drop=True))
    room.record(left, 8, "c" * 64)
    room.store.erase("test", "W3", source_key="demo", by="me", at=NINE)
    room.today = AS_OF + timedelta(days=7)
    found = room.meeting().changed
    assert found is not None
    steps = [(step.code, step.numerator, step.denominator) for step in found.headline.waterfall.steps]
    assert steps[0] == ("recounted", -1, -1)
    assert found.headline.waterfall.start == Part(6, 11)


@pytest.mark.usefixtures("quick")
def test_a_history_begun_anew_is_not_held_against_what_was_signed(room: Room) -> None:
    room.act("sign")
    room.store.feed("test", "demo").forget()
    room.record(last_week(), 7, "d" * 64)
    room.record(this_week(), 14, "e" * 64)
    room.today = AS_OF + timedelta(days=7)
    found = room.meeting()
    assert found.since == AS_OF
    assert found.changed is not None
    assert "recounted" not in [step.code for step in found.changed.headline.waterfall.steps]


@pytest.mark.usefixtures("quick")
def test_without_its_book_a_meeting_still_shows_the_numbers(room: Room) -> None:
    def away() -> Reviews:
        raise StoreError("store_unreachable", place="x")

    room.reviews = away
    found = room.meeting()
    assert (found.writable, found.book.counted) == (False, 0)
    assert found.changed is not None
    error = room.act("note", note="x").error
    assert error is not None
    assert error.code == "store_unreachable"


def test_the_pulse_beats_with_the_book(room: Room) -> None:
    before = room.board.pulse()
    room.act("note", note="x")
    assert room.board.pulse() != before


def test_rows_are_linked_where_the_sheet_has_an_address() -> None:
    found = this_week()
    assert row_link(found)("S", 4) is None
    sheet = replace(found, source=replace(found.source, url="https://sheets.example/d/1/edit"))
    known = replace(sheet, findings=(Finding("no_key", Severity.QUARANTINED, "S", None, 3, gid=7),))
    assert row_link(known)("S", 4) == "https://sheets.example/d/1/edit#gid=7&range=A4"
    assert row_link(replace(sheet, gids={"S": 9}))("S", 4) == "https://sheets.example/d/1/edit#gid=9&range=A4"
    assert row_link(sheet)("l'été", 4) == "https://sheets.example/d/1/edit#range=%27l%27%27%C3%A9t%C3%A9%27%21A4"


@pytest.mark.usefixtures("quick")
def test_a_draft_is_what_signing_would_freeze(room: Room) -> None:
    room.act("note", note="Late certificates")
    draft = room.board.review_document("?lang=fr", None)
    assert draft is not None
    room.act("sign")
    signed = room.board.review_document("", 1)
    assert signed is not None
    assert (draft.id, draft.basis, draft.numbers, draft.notes) == ("1", signed.basis, signed.numbers, signed.notes)
    after = room.board.review_document("?lang=fr", None)
    assert after is not None
    assert (after.id, after.notes) == ("2", ())


def since_gone(room: Room) -> None:
    """Woman 10 stood in the sheet once, was missing at the last review, and nothing else has happened since."""
    feed = room.store.feed("test", "demo")
    feed.forget()
    room.record(sheet(THEN), -7, "1" * 64)
    room.record(sheet({number: woman for number, woman in THEN.items() if number != 10}), 0, "2" * 64)


@pytest.mark.usefixtures("quick")
def test_a_row_that_is_back_is_told_as_returned_and_never_as_news(room: Room) -> None:
    since_gone(room)
    room.record(sheet(THEN), 7, "3" * 64)
    found = room.meeting().changed
    assert found is not None
    assert_lawful(found)
    hers = [move for move in found.movements.moves if move.woman == "W10"]
    assert [(move.cause, move.kind) for move in hers] == [("restated", "row_back")]
    insertion = next(change for change in found.changes if change.id == "insertion_90")
    assert insertion.kinds == {"row_back": Part(1, 1)}
    kinds = {move.kind for move in found.movements.moves if move.cause == "restated"}
    assert "late_row" not in kinds


def test_what_is_signed_knows_of_returned_rows_too(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[Any, ...]] = []

    def numbers(*asked: Any) -> dict[str, Any]:
        counted.append(asked)
        return {"report": {"indicators": [{"id": "insertion_90", "numerator": 6, "denominator": 11}]}, "review": None}

    monkeypatch.setattr("callbacks.secretary.review_numbers", numbers)
    since_gone(room)
    room.record(sheet(THEN), 7, "3" * 64)
    assert room.act("sign").done
    assert counted[0][-1] == Rows(before=frozenset({"W10"}))


@pytest.mark.usefixtures("quick")
def test_a_row_that_was_never_there_is_a_late_one(room: Room) -> None:
    since_gone(room)
    room.record(sheet(THEN | {30: THEN[10]}), 7, "3" * 64)
    found = room.meeting().changed
    assert found is not None
    kinds = {move.woman: move.kind for move in found.movements.moves if move.cause == "restated"}
    assert (kinds["W10"], kinds["W30"]) == ("row_back", "late_row")


@pytest.mark.usefixtures("quick")
def test_who_was_erased_is_told_as_nobody_s_row(room: Room) -> None:
    """Before, her row is gone from the sheet; afterwards she is in no version, not even in the one compared with."""
    feed = room.store.feed("test", "demo")
    feed.forget()
    room.record(sheet(THEN), 0, "1" * 64)
    room.record(sheet({number: woman for number, woman in THEN.items() if number != 10}), 7, "2" * 64)
    before = room.meeting().changed
    assert before is not None
    assert [move.kind for move in before.movements.moves if move.woman == "W10"] == ["row_gone"]
    room.store.erase("test", "W10", source_key="demo", by="t", at=NINE + timedelta(days=7))
    again = Room(room.store, room.source)
    again.source.past = room.store.feed("test", "demo")
    after = again.meeting().changed
    assert after is not None
    assert_lawful(after)
    assert [move for move in after.movements.moves if move.woman == "W10" or move.kind == "row_gone"] == []


@pytest.mark.usefixtures("quick")
def test_decisions_and_notes_of_the_sheet_are_marked_up_to_the_day(room: Room) -> None:
    late, early = DatedNote(AS_OF + timedelta(days=1), "later"), DatedNote(SINCE, "Forum")
    room.record(replace(this_week(), notes=(early, late)), 7, "c" * 64)
    room.act("decide", **GOOD)
    trend = room.meeting().trend
    assert trend is not None
    assert [(mark.on, mark.source) for mark in trend.marks] == [(SINCE, "sheet"), (AS_OF, "decision")]
    assert room.board.show("?lang=fr", 0, "/indicators").deeper.annotations() == trend.marks


@pytest.mark.usefixtures("quick")
def test_with_guests_there_is_no_way_into_the_sheet(room: Room) -> None:
    assert room.source.roster is not None
    source = replace(room.source.roster.source, url="https://sheets.example/d/1/edit")
    room.source.roster = replace(room.source.roster, source=source)
    assert room.meeting().link("S", 4) is not None
    found = room.meeting("?lang=fr&guests=1")
    assert (found.guests, found.link("S", 4)) == (True, None)
    told = room.board.show("?lang=fr&guests=1", 0, "/review").feed.source
    assert told is not None
    assert told.url is None
