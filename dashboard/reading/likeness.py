"""How alike two headers are, and which ones sound personal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from dashboard.reading.text_key import text_key

LIKE = 84.0  # of 100: below it nothing is proposed
MARGIN = 4.0  # two fields nearer to each other than this are a guess between two, so none is proposed
_CONTAINED = 90.0  # "Date d'embauche effective" contains every word of "Date d'embauche"
_SHORTEST = 4  # letters: below, one typing error makes another word
_ONE_WORD = 90.0  # two words alone: "section" is not "sélection", "filère" is "filière"
_ABBREVIATED = 90.0  # "Matr." begins "Matricule"

_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^(?:ال(?=\w{3})|لل(?=\w{2}))")
_FILLERS = """
de du des la le les l d a au aux en et of the in at on for
في من على الى ل و عند
"""
# Words that turn a header into another one, a group a line: they stand in both headers or in neither.
_TURNS = """
début démarrage entrée بداية بدء انطلاق تحاق start beginning
fin نهاية إتمام انتهاء end completion
prévu prévue prévisionnel prévisionnelle متوقع متوقعة مبرمج مبرمجة planned expected
pré prétest initial initiale avant قبل قبلي pre before
post posttest final finale après بعد بعدي after
premier première أول first
dernier dernière آخر last
stage تدريب internship
pro professionnel professionnelle technique مهني مهنية vocational
motif raison cause سبب أسباب reason
type nature نوع طبيعة kind
"""
# Words of headers whose columns are about one person: names, numbers, addresses, notes, health, family.
_PERSONAL = """
nom noms prénom prénoms surnom name names surname firstname lastname fullname اسم أسماء نسب لقب كنية
cin cine cnie cnss rib iban passeport passport carte identité identity signature بطاقة جواز هوية توقيع إمضاء
tél tel téléphone telephone gsm portable mobile phone whatsapp whats fax هاتف جوال محمول واتساب واتس
adresse address rue domicile عنوان زنقة شارع
email mail courriel gmail facebook instagram بريد إيميل فيسبوك
note notes remarque remarques rmq obs observation observations commentaire commentaires comment comments remark remarks
ملاحظة ملاحظات تعليق تعليقات هامش
santé maladie handicap médical médicale grossesse health illness disease disability medical
صحة صحية مرض أمراض إعاقة حمل
mari époux conjoint père mère tuteur enfant enfants famille urgence
husband spouse father mother child children guardian emergency
زوج أب أم والد والدة والدين ولي طفل أطفال أبناء طوارئ
photo photos image صورة
"""
_PERSONAL_WHOLE = frozenset(
    map(
        text_key, ("ر.ب.و", "ب.ت.و", "ب.و", "ر ب و", "ب ت و", "c.i.n", "c.n.i.e", "national id", "id number", "id card")
    )
)


@dataclass(frozen=True, slots=True)
class _Header:
    key: str
    words: frozenset[str]
    turns: frozenset[int]
    numbers: frozenset[str]


class Likeness:
    """The headers a programme knows, ready to be compared with one it does not know."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known` is text key -> field id."""
        self._known = [(_header(key), field) for key, field in known.items() if len(key) >= _SHORTEST]

    def field(self, header: str) -> tuple[str, float] | None:
        """The field whose headers are like this one, with the likeness (0 to 100); None where none or two are.

        Never for a header that sounds personal.
        """
        asked = _header(text_key(header))
        if len(asked.key) < _SHORTEST or looks_personal(header):
            return None
        best = dict.fromkeys(self._abbreviated(header, asked.key), _ABBREVIATED)
        for known, field in self._known:
            best[field] = max(best.get(field, 0.0), _likeness(asked, known))
        (field, score), second = _two_best(best)
        return (field, score) if score >= LIKE and score - second >= MARGIN else None

    def _abbreviated(self, header: str, key: str) -> set[str]:
        """Fields with a header of one word that begins as this one does: "Matr.", "Cert."."""
        if not header.strip().endswith("."):
            return set()
        return {field for known, field in self._known if len(known.words) == 1 and known.key.startswith(key)}


def looks_personal(header: str) -> bool:
    """Whether a header sounds like a name, an ID number, a phone, an address, health, family or notes.

    Under a header of two rows the name below the group is what counts: "Personne / C.I.N".
    """
    whole = {text_key(header), text_key(header.rpartition(" / ")[2])}
    return not whole.isdisjoint(_PERSONAL_WHOLE) or not _PERSONAL_WORDS.isdisjoint(_words(text_key(header)))


def _two_best(scores: Mapping[str, float]) -> tuple[tuple[str, float], float]:
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    first = ranked[0] if ranked else ("", 0.0)
    return first, ranked[1][1] if len(ranked) > 1 else 0.0


def _header(key: str) -> _Header:
    words = _words(key)
    turns = frozenset(number for number, turn in enumerate(_TURN_WORDS) if not turn.isdisjoint(words))
    return _Header(" ".join(sorted(words)), words, turns, frozenset(word for word in words if word.isdecimal()))


def _words(key: str) -> frozenset[str]:
    """The words that count, Arabic ones without their article."""
    return frozenset(_bare(word) for word in _WORD.findall(key) if word not in _FILLER_WORDS)


def _bare(word: str) -> str:
    """Without article: "الهاتف" and "للهاتف" are "هاتف"; twice, because "الالتحاق" and "التحاق" are one word too."""
    return _ARTICLE.sub("", _ARTICLE.sub("", word))


def _likeness(one: _Header, other: _Header) -> float:
    """0 where a word that matters stands in one of them only, else how alike their words are in any order."""
    if one.turns != other.turns or one.numbers != other.numbers:
        return 0.0
    contained = len(other.words) > 1 and other.words < one.words
    alike = fuzz.ratio(one.key, other.key)
    if len(one.words) == len(other.words) == 1 and alike < _ONE_WORD:
        return 0.0
    return max(_CONTAINED if contained else 0.0, alike)


_FILLER_WORDS = frozenset(_FILLERS.split())
_TURN_WORDS = tuple(_words(text_key(line)) for line in _TURNS.strip().splitlines())
_PERSONAL_WORDS = _words(text_key(_PERSONAL))
