"""Date cells: serial numbers and dates as typed, day first, inside the years that are plausible."""

import math
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dashboard.programme import Programme
from dashboard.reading.cells import Reading, Season, cell_text, rejected, typing_codes, unusable
from dashboard.reading.moments import Moment, find_moments
from dashboard.reading.text_key import text_key
from dashboard.roster import Cell
from dashboard.schema import BOUNDED_DATES, FIELD

EPOCH = date(1970, 1, 1).toordinal()
SERIAL_EPOCH = 25569  # the serial number of 1970-01-01 counted from 1899-12-30
_YEARS = (1900, 2100)  # a bare number in this span is a year: as a serial it would be a day before 1906
_PLANNED_YEARS = 5
_NEAR_FUTURE = 20 * 366  # days; what lies beyond is no date that has yet to come but a slip of the keyboard
_SERIAL_TEXT = re.compile(r"\d{5,20}(?:\.\d+)?")
_LONGEST = 200  # characters; a longer text is a note, not a date

# The end of a range belongs in these fields, its beginning in all others (No. 20).
LAST_OF_SEVERAL = frozenset({"planned_end", "completion_date", "certificate_date", "last_contact", "exit_date"})
# Fields that carry an interval when the date is vague: those of the frame, and the birth date for the age band.
INTERVALS = frozenset({*BOUNDED_DATES, "birth_date"})
# "after the holiday": some day, not known which; text keys.
_SOME_DAY = ("بعد العيد", "قبل العيد", "بعد رمضان", "apres l'aid", "avant l'aid", "apres ramadan", "after eid")


def days(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


@dataclass(frozen=True, slots=True)
class Window:
    """The plausible days of a field, both ends included, as days since 1970-01-01."""

    low: int
    high: int
    today: int

    def refusal(self, day: int) -> str | None:
        """Why a day cannot be, as a finding code; None if it can."""
        if self.low <= day <= self.high:
            return None
        soon = self.high == self.today < day <= self.today + _NEAR_FUTURE
        return "future_date" if soon else "date_outside_window"


def window(field: str, programme: Programme, today: date) -> Window:
    """The plausible days of a field: from rules.earliest_year to today; plans reach further, births lie earlier."""
    low, high = date(programme.rules.earliest_year, 1, 1), today
    if field == "planned_end":
        high = date(min(today.year + _PLANNED_YEARS, date.max.year), 12, 31)
    if field == "birth_date":
        oldest, youngest = FIELD["age"].high, FIELD["age"].low
        low = date(max(1, today.year - int(oldest or 0) - 1), 1, 1)
        high = date(max(1, today.year - int(youngest or 0)), 12, 31)
    return Window(days(low), days(high), days(today))


def date_reader(field: str, programme: Programme, today: date) -> Callable[[Cell], Reading]:
    """The reader of a date column."""
    span = window(field, programme, today)

    def read(cell: Cell) -> Reading:
        reading = unusable(cell)
        if reading is not None:
            return reading
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return _finished(_number(cell, span), field)
        return _finished(_text(cell_text(cell), field, span), field)

    return read


def _finished(reading: Reading, field: str) -> Reading:
    """A vague date is of use only where an interval is carried."""
    if "date_vague" in reading.codes and field not in INTERVALS:
        return rejected("date_vague_unused")
    return reading


def _number(value: float, span: Window) -> Reading:
    if not math.isfinite(value):
        return rejected("date_unreadable")
    if value == int(value) and _YEARS[0] <= value <= _YEARS[1]:
        return _interval(date(int(value), 1, 1), date(int(value), 12, 31), span)
    day = math.floor(value) - SERIAL_EPOCH
    refusal = span.refusal(day)
    if refusal is not None:
        return replace(rejected(refusal), real=refusal == "future_date")  # what a swapped day and month may become
    return Reading(day, ("date_with_time",) if value != math.floor(value) else (), low=day, high=day, real=True)


def _text(text: str, field: str, span: Window) -> Reading:
    key = text_key(text)
    if len(key) > _LONGEST:
        return rejected("date_unreadable")
    if _SERIAL_TEXT.fullmatch(key):
        reading = _number(float(key), span)
        return replace(reading, codes=(*reading.codes, "date_serial_text"), real=False)
    moments = find_moments(key)
    if moments.unknown_month:
        return rejected("date_month_unknown")
    readings = [_moment(moment, span) for moment in _years_lent(moments.found)]
    if not readings:
        return _some_day(span) if any(words in key for words in _SOME_DAY) else rejected("date_unreadable")
    if moments.rest and all(moment.day is None and moment.year is None for moment in moments.found):
        return rejected("date_unreadable")  # "may be later" holds no month
    chosen = _chosen(readings, field)
    beside = ("text_beside_date",) if moments.rest and not chosen.rejected else ()
    return replace(chosen, codes=(*chosen.codes, *beside, *(() if chosen.rejected else typing_codes(text))))


def _chosen(readings: list[Reading], field: str) -> Reading:
    """The one of several dates that the field means; a cell with an impossible date in it is not trusted."""
    refused = next((reading for reading in readings if reading.rejected), None)
    if refused is not None or len(readings) == 1:
        return refused or readings[0]
    pick = max if field in LAST_OF_SEVERAL else min
    chosen = pick(readings, key=lambda reading: reading.low or 0)
    if all((reading.low, reading.high) == (chosen.low, chosen.high) for reading in readings):
        return chosen
    return replace(chosen, codes=(*chosen.codes, "several_dates"))


def _years_lent(found: tuple[Moment, ...]) -> list[Moment]:
    """Give the year of a range's end to its beginning: "du 3/2 au 5/6/2025", "du 20/12 au 5/1/2026"."""
    lent: list[Moment] = []
    later: Moment | None = None
    for moment in reversed(found):
        if moment.year is None and later is not None and later.year is not None:
            over = (moment.month or 0, moment.day or 0) > (later.month or 12, later.day or 31)
            moment = replace(moment, year=later.year - over, two_digit_year=later.two_digit_year)
        lent.append(moment)
        later = moment
    return lent[::-1]


def _moment(moment: Moment, span: Window) -> Reading:
    if moment.month is not None and not _month_fits(moment):
        return _month_first(moment, span)
    if moment.year is None:
        return _season(moment, span)
    if moment.day is None or moment.month is None:
        low, high = _vague_days(moment)
        return _interval(low, high, span)
    try:
        day = _in_century(moment, moment.month, moment.day, span)
    except ValueError:
        return rejected("date_impossible")
    refusal = span.refusal(day)
    return rejected(refusal) if refusal else _exact(day, moment)


def _month_fits(moment: Moment) -> bool:
    return moment.month is not None and 1 <= moment.month <= 12


def _month_first(moment: Moment, span: Window) -> Reading:
    """ "03/25/2025" has one reading only; "32/13/2025" has none."""
    if moment.iso or moment.day is None or moment.year is None or not 1 <= moment.day <= 12:
        return rejected("date_impossible")
    swapped = _moment(replace(moment, month=moment.day, day=moment.month), span)
    return swapped if swapped.rejected else replace(swapped, codes=("date_month_first",), day_first=False)


def _in_century(moment: Moment, month: int, day: int, span: Window) -> int:
    """Days since 1970 of a complete date; two digits of a year mean the century that is plausible."""
    if not moment.two_digit_year:
        return days(date(moment.year or 0, month, day))
    year = moment.year or 0
    this, last = days(date(2000 + year, month, day)), days(date(1900 + year, month, min(day, 28))) + max(0, day - 28)
    return last if span.refusal(last) is None or span.refusal(this) == "date_outside_window" else this


def _exact(day: int, moment: Moment) -> Reading:
    if moment.iso:
        code = "date_iso"
    elif moment.two_digit_year:
        code = "date_two_digit_year"
    else:
        code = "date_month_name" if moment.named else "date_day_first"
    codes = (code, "date_with_time") if moment.timed else (code,)
    return Reading(day, codes, low=day, high=day, day_first=not moment.iso and not moment.named)


def _vague_days(moment: Moment) -> tuple[date, date]:
    """First and last day of a month or of its part (thirds of ten days), or of a year."""
    year = max(1, moment.year or 1)
    if moment.month is None:
        first, last = {"begin": (1, 4), "middle": (5, 8), "end": (9, 12)}.get(moment.part or "", (1, 12))
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    first, last = _part_days(moment, year)
    return date(year, moment.month, first), date(year, moment.month, last)


def _part_days(moment: Moment, year: int) -> tuple[int, int]:
    end = monthrange(year, moment.month or 1)[1]
    return {"begin": (1, 10), "middle": (11, 20), "end": (21, end)}.get(moment.part or "", (1, end))


def _interval(low: date, high: date, span: Window) -> Reading:
    first, last = max(days(low), span.low), min(days(high), span.high)
    if first > last:
        return rejected(span.refusal(days(low)) or "date_outside_window")
    return Reading(codes=("date_vague",), low=first, high=last)


def _season(moment: Moment, span: Window) -> Reading:
    """A day or month without a year: some year of the window; the row's other dates narrow it later."""
    month, leap = moment.month or 1, 2024
    first, last = _part_days(moment, leap) if moment.day is None else (moment.day, moment.day)
    if not 1 <= first <= monthrange(leap, month)[1]:
        return rejected("date_impossible")
    season = Season(month, first, last)
    low, high = season_days(season, span.low, span.high) or (span.low, span.high)
    return Reading(codes=("date_vague",), low=low, high=high, season=season)


def season_days(season: Season, low: int, high: int) -> tuple[int, int] | None:
    """Earliest and latest day a season can mean between two days; None if it does not fall between them."""
    seen: list[int] = []
    for year in range(date.fromordinal(low + EPOCH).year, date.fromordinal(high + EPOCH).year + 1):
        end = monthrange(year, season.month)[1]
        first = days(date(year, season.month, min(season.first, end)))
        last = days(date(year, season.month, min(season.last, end)))
        if first <= high and last >= low:
            seen += [max(first, low), min(last, high)]
    return (min(seen), max(seen)) if seen else None


def _some_day(span: Window) -> Reading:
    return Reading(codes=("date_vague",), low=span.low, high=span.high)
