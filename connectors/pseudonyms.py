"""Keys become pseudonyms on arrival: the same woman keeps hers, and nobody without the secret can go back.

HMAC-SHA256 (RFC 2104) rather than a plain hash: codes and ID-card numbers are few enough to be tried one by one.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.programme import Programme
from dashboard.reading.cells import is_broken
from dashboard.reading.text_key import text_key
from dashboard.roster import PARTIAL_KEY, Cell
from dashboard.schema import FIELD, Kind

LENGTH = 20  # hexadecimal digits: 80 bits, a chance of 2e-10 that any two of 20 million women share one
_DIGITS = frozenset("0123456789abcdef")
_BETWEEN_PARTS = "\x1f"  # in no text key: white space is folded there
_EPOCH = date(1899, 12, 30)
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_SIGNS = str.maketrans("", "", " -./")


def is_pseudonym(cell: Cell) -> bool:
    """Whether a cell of a key column stands for a woman and not for a section, a total or a failed formula."""
    return isinstance(cell, str) and len(cell) == LENGTH and set(cell) <= _DIGITS


class Pseudonyms:
    """Pseudonyms of one programme: other programmes with the same secret give other pseudonyms."""

    def __init__(self, secret: bytes, programme: Programme) -> None:
        if len(secret) < 16:
            raise ValueError("a secret has 16 bytes or more")
        self._mac = hmac.new(secret, programme.id.encode() + b"\0", hashlib.sha256)
        self.parts = programme.sheet.key
        self._totals = {text_key(word): word for word in programme.sheet.totals}
        self._sections = _sections(programme)

    def of(self, *cells: Cell) -> Cell:
        """The pseudonym of a woman's key, one cell for each of `parts`; None where all are empty.

        Total rows, section rows (a cohort's name), repeated headers and failed formulas stand in key columns too: they
        come back as the programme's own word, so that the reading side still knows them. PARTIAL_KEY says that a part
        is missing: two women of one name would become one if the rest were enough.
        """
        if len(cells) == len(self.parts) == 1:
            return self._alone(cells[0])
        return self._together(cells)

    def _alone(self, cell: Cell) -> Cell:
        """The same of a key that is one cell: most are, and there may be 400,000 of them."""
        text = _written(cell)
        key = text_key(text)
        if not key:
            return None
        if is_broken(text):
            return text.strip()
        return self._word(key, alone=True) or self._digest(_spelling(self.parts[0], cell, key))

    def _together(self, cells: Sequence[Cell]) -> Cell:
        texts = [_written(cell) for cell in cells]
        keys = [text_key(text) for text in texts]
        filled = []
        for text, key in zip(texts, keys, strict=True):
            if key and is_broken(text):
                return text.strip()
            filled += [key] if key else []
        if not filled:
            return None
        for key in filled:
            word = self._word(key, alone=len(filled) == 1)
            if word:
                return word
        if len(filled) < len(self.parts):
            return PARTIAL_KEY
        parts = zip(self.parts, cells, keys, strict=True)
        return self._digest(_BETWEEN_PARTS.join(_spelling(*part) for part in parts))

    def _word(self, key: str, alone: bool) -> str | None:
        """A total stands beside numbers, a section alone in its row."""
        return (self._sections.get(key) if alone else None) or self._totals.get(key.rstrip("0123456789 :=.,-"))

    def _digest(self, key: str) -> str:
        mac = self._mac.copy()
        mac.update(key.encode())
        return mac.hexdigest()[:LENGTH]


def _written(cell: Cell) -> str:
    """A cell as staff see it: a code typed as 12 arrives as 12, 12.0 or "12", depending on the source."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _spelling(part: str, cell: Cell, key: str) -> str:
    """One spelling for the many of a part: a day however it is stored, an ID card's number without its spaces."""
    field = FIELD.get(part)
    if field is not None and field.kind is Kind.DATE:
        return _day(cell, key)
    return key.translate(_SIGNS) if field is None and any(map(str.isdecimal, key)) else key


def _day(cell: Cell, key: str) -> str:
    """A date as yyyy-mm-dd, day first where it is typed; what is no plain date stays as it is typed."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < 100_000:
        return (_EPOCH + timedelta(days=int(cell))).isoformat()
    found = _DAY.fullmatch(key)
    if found is None:
        return key
    day, month, year, *iso = found.groups()
    return "-".join(number.zfill(2) for number in ((year, month, day) if year else iso))


def _sections(programme: Programme) -> dict[str, str]:
    """Text key -> word, for what stands in a key column and names no one: cohorts above sections, headers again."""
    words = [header for part in programme.sheet.key for header in programme.sheet.written(part)]
    for cohort in programme.cohorts:
        words += [cohort.name.ar, cohort.name.fr, cohort.name.en, *cohort.synonyms]
    # A cohort known as "1" alone would hide the woman whose code is 1.
    return {text_key(word): word for word in words if not text_key(word).isdecimal()}
