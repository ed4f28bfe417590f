"""A hand-made meeting: the women of two_reviews, two decisions, a note, and a review signed a week ago."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from two_reviews import ROWS, SINCE, last_week, this_week
from women import AS_OF, PROGRAMME

from dashboard.decisions import Concerned, Decision, Measure, Values, replay
from dashboard.follow_up import FollowUp, follow_up
from dashboard.indicators import indicators
from dashboard.review import Review, review
from dashboard.reviews import Book, Note, Signed
from dashboard.tally import tally
from layouts.meeting import Meeting, Place

SIGNED = Signed(1, SINCE, datetime(2026, 11, 16, 10, 40, tzinfo=UTC), "page", "ab12" * 16)
LATE = Decision(
    "1", "نتصل بها هذا الأسبوع", "Samira", AS_OF - timedelta(days=3), SINCE, "1", women=(Concerned("W4", "followup"),)
)
OPEN = Decision(
    "2", "Two <b>employers</b>", "Nadia", AS_OF + timedelta(days=4), SINCE, "1", indicator="insertion_90",
    measure=Measure(3, 8, 3 / 8, 0.14, 0.69),
)  # fmt: skip
CLOSED = replace(LATE, id="3", women=(), closed_on=AS_OF - timedelta(days=1), outcome="Done at last")
BOOK = Book(7, (SIGNED,), (LATE, OPEN, CLOSED), (Note(4, "تأخر الشهادات", "page", SIGNED.signed_at),))


@cache
def changed() -> Review:
    """What changed in the hand-written week."""
    return review(last_week(), this_week(), PROGRAMME, SINCE, AS_OF, rows=ROWS)


@cache
def listed() -> FollowUp:
    """Who needs the team in it."""
    now = this_week()
    return follow_up(now, tally(now, PROGRAMME, AS_OF))


def meeting(**more: Any) -> Meeting:
    """The meeting, or another one by name of what differs."""
    now = this_week()
    values = Values(indicators(tally(now, PROGRAMME, AS_OF)), {"W4": "followup"})
    given: dict[str, Any] = {
        "as_of": AS_OF,
        "since": SINCE,
        "days": (SINCE, date(2026, 11, 9)),
        "changed": changed(),
        "listed": listed(),
        "replayed": replay(BOOK.decisions, AS_OF, values),
        "book": BOOK,
        "started_from": SIGNED,
        "writable": True,
        "link": lambda sheet, row: f"https://sheets.example/d/1/edit#gid=7&range=A{row}",
        "places": {"W4": Place("S", 4)},
    }
    return Meeting(**given | more)
