"""What staff did to the demo's cells: one example of each irregularity that a real sheet has (field reference 5.2)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from connectors.demo_people import Value
from dashboard.roster import Cell

Spoil = Callable[[Mapping[str, Value], str, date], Cell]
"""A woman's clean cells, the field to spoil, and today -> what stands in the cell."""

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MONTHS_AR = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
_MONTHS_FR = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]


def _typed(text: str) -> Spoil:
    """Whatever stood there, staff typed this."""
    return lambda _cells, _field, _today: text


def _dated(write: Callable[[date], str], source: str | None = None) -> Spoil:
    """A date written as text: the field's own, or that of another field. Raises TypeError if the story has none."""

    def spoil(cells: Mapping[str, Value], field: str, _today: date) -> Cell:
        day = cells.get(source or field)
        if not isinstance(day, date):
            raise TypeError(f"no date in {source or field}")
        return write(day)

    return spoil


def _day_first(day: date) -> str:
    return f"{day.day}/{day.month:02d}/{day.year}"


_SLASHES = _dated(_day_first)
_DOTS = _dated(lambda day: f"{day:%d.%m.%Y}")
_SHORT_YEAR = _dated(lambda day: f"{day.day}-{day.month}-{day:%y}")
_DIGITS = _dated(lambda day: f"{day:%d/%m/%Y}".translate(_ARABIC_DIGITS))
_MARKS = _dated(lambda day: f"{day.day}\u200f/{day.month}\u200f/{day.year}")  # as Arabic date formats copy
_MOROCCAN = _dated(lambda day: f"{day.day} {_MONTHS_AR[day.month - 1]} {day.year}")
_FRENCH = _dated(lambda day: f"{day.day} {_MONTHS_FR[day.month - 1]} {day.year}")
_SERIAL_TEXT = _dated(lambda day: str((day - date(1899, 12, 30)).days))
_END_OF_MONTH = _dated(lambda day: f"فين {_MONTHS_AR[day.month - 1]} {day.year}")
_END_OF_MONTH_FR = _dated(lambda day: f"fin {_MONTHS_FR[day.month - 1]} {day.year}")
_RANGE = _dated(lambda day: f"du {_day_first(day)} au {_day_first(day + timedelta(days=80))}")
_IMPOSSIBLE = _dated(lambda day: f"31/02/{day.year}")


_TWO_FACTS = _dated(lambda day: f"مدمجة - مؤسسة تجريبية {_day_first(day)}", "first_work_date")


def _next_year(_cells: Mapping[str, Value], _field: str, today: date) -> Cell:
    return _day_first(today + timedelta(days=366))


# Number of a woman -> field -> what became of the cell. The numbers refer to the irregularities of the field reference.
MESS: Mapping[int, Mapping[str, Spoil]] = {
    2: {"start_date": _SLASHES},  # 14
    3: {"track": _typed("مربية  الطفولة الصغرى \n")},  # 7
    4: {"completion_date": _DIGITS},  # 12
    5: {"status": _TWO_FACTS, "first_work_date": _typed("")},  # 24
    7: {"cohort": _typed("الفوج الاول")},  # 9
    8: {"certificate": _typed("نعـــم")},  # 8
    9: {"completion_date": _MOROCCAN},  # 16
    10: {"first_work_date": _FRENCH},  # 16
    12: {"status": _typed("مُدْمَجة")},  # 8
    15: {"wage": _typed("4\u00a0100,00 DH")},  # 13
    16: {"first_work_date": _MARKS},  # 10
    18: {"status": _typed("ﻣﺪﻣﺠﺔ")},  # 11
    21: {"wage": _typed("٣٢٠٠")},  # 12
    22: {"enrol_date": _SHORT_YEAR},  # 15
    24: {"enrol_date": _DOTS},  # 15
    27: {"enrol_date": _SERIAL_TEXT},  # 17
    29: {"first_work_date": _END_OF_MONTH},  # 19
    31: {"wage": _typed("3.750")},  # 13
    32: {"work_kind": _typed("مشروع\u00a0خــاص")},  # 7, 8
    35: {"wage": _typed("#REF!")},  # 26
    36: {"vocational_start": _RANGE},  # 20
    41: {"check_12": _typed("/")},  # 22: not a no
    46: {"track": _typed("خياطة")},  # 32
    49: {"contact_date": _IMPOSSIBLE},  # 21
    74: {"first_work_date": _END_OF_MONTH_FR},  # 19
    66: {"cohort": _typed("")},  # 6: the section row says it
    67: {"cohort": _typed("")},
    68: {"cohort": _typed("-")},
    101: {"status": _typed("كتقلب على\nخدمة")},  # 7
    110: {"district": _typed("حي تجريبي")},  # 32
    147: {"status": _typed("خاص نشوفو")},  # 23
    150: {"pre_score": _typed("143")},  # out of range
    165: {"last_contact": _next_year},  # 21
}
