"""What guests in the room must not read: texts that may name a woman by her code.

The codes that staff use are not known here: they are scrambled on the way in. So whatever looks like one is taken for
one. Better a harmless note too few than a woman too many.
"""

import re
from dataclasses import replace

from dashboard.decisions import Decision
from dashboard.reading.text_key import text_key
from dashboard.signed_review import SignedReview

_PSEUDONYM = re.compile(r"(?<![^\W_])[0-9a-f]{6,}(?![^\W_])")  # as pages shorten it, or all of it
_MIXED = re.compile(r"(?=\S*[^\W\d_])(?=\S*\d\S*\d)\S+")  # "P-014", "BK12": letters, and two digits or more
_ROW = re.compile(r"(?<![^\W_])(?:rows?|lignes?|السطر|سطر|الصف|صف)\s*(?:n°|no\.?|#|رقم)?\s*\d")  # "ligne 124"
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))(?:0\d\d+|\d{4,})(?!\d)")  # "014", "20417", but no year


def names_a_code(words: str) -> bool:
    """Whether something in a text looks like the code of a woman."""
    key = text_key(words)
    return any(pattern.search(key) for pattern in (_PSEUDONYM, _MIXED, _ROW, _NUMBER))


def without_codes(document: SignedReview, instead: str) -> SignedReview:
    """A review with a sentence in place of every text that may name a woman. For paper only: its check is another."""

    def said(words: str) -> str:
        return instead if names_a_code(words) else words

    def told(decision: Decision) -> Decision:
        outcome = None if decision.outcome is None else said(decision.outcome)
        return replace(decision, text=said(decision.text), owner=said(decision.owner), outcome=outcome, women=())

    return replace(document, notes=tuple(map(said, document.notes)), decisions=tuple(map(told, document.decisions)))
