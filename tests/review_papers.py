"""Reviews to be printed: the hand-made week of two_reviews as a document, signed or not, and a much fuller one."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from meeting_results import BOOK, LATE, OPEN
from openpyxl import load_workbook
from two_reviews import SINCE, last_week, this_week
from women import AS_OF, PROGRAMME

from dashboard.model import Lang
from dashboard.review_numbers import review_numbers
from dashboard.signed_review import Basis, SignedReview, programme_hash
from dashboard.text import Text
from layouts.paper.review_brief import Reviewed, review_meta, review_pdf, reviewed
from layouts.paper.review_leaves import review_xlsx
from layouts.paper.sheet import Sheet

BASIS = Basis(AS_OF, 12, "ab12cd34" * 8, PROGRAMME.id, programme_hash(PROGRAMME), "t1", {}, SINCE, 11)
NEW = replace(OPEN, id="4", text="Appeler l’entreprise de nettoyage", owner="Samira", made_on=AS_OF, review_id="2")
DECISIONS = (*BOOK.decisions, NEW)
LONG = "Rappeler chaque employeur de la zone industrielle avant vendredi et noter la réponse dans la feuille. " * 5


@cache
def document() -> SignedReview:
    """Review 2, of the Monday after review 1: a late decision, an open one, a new one, one that is closed."""
    numbers = review_numbers(last_week(), this_week(), PROGRAMME, SINCE, AS_OF, {})
    notes = tuple(note.text for note in BOOK.notes)
    return SignedReview("2", datetime(2026, 11, 23, 10, 40, tzinfo=UTC), "page", BASIS, numbers, notes, DECISIONS)


def first() -> SignedReview:
    """A first review: nothing to compare with."""
    numbers = review_numbers(None, this_week(), PROGRAMME, None, AS_OF, {})
    basis = replace(BASIS, since=None, since_version=None)
    return replace(document(), id="1", basis=basis, numbers=numbers, notes=(), decisions=())


def full() -> SignedReview:
    """Forty long decisions and thirty long notes."""
    many = tuple(
        replace(LATE if n % 2 else NEW, id=str(n + 1), text=LONG, owner="Nadia Benjelloun", due=AS_OF + timedelta(n))
        for n in range(40)
    )
    return replace(document(), decisions=many, notes=(LONG * 2,) * 30)


def found(lang: Lang = "en", of: SignedReview | None = None, *, signed: bool = True) -> Reviewed:
    """A review to be printed."""
    return reviewed(of or document(), PROGRAMME, Text(lang), signed=signed)


def page(lang: Lang = "en", of: SignedReview | None = None, *, signed: bool = True) -> bytes:
    """Its page."""
    return review_pdf(found(lang, of, signed=signed))


@contextmanager
def sheet(view: Reviewed) -> Iterator[Sheet]:
    """Paper to measure on; its fonts are closed when it is written."""
    made = Sheet(view.text, review_meta(view))
    yield made
    made.output()


def workbook(lang: Lang = "en", of: SignedReview | None = None) -> Any:
    """Its workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(review_xlsx(found(lang, of), PROGRAMME)))
