"""Date cells beyond the numbered irregularities: edges of the window, odd shapes, what must not be read as a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_rosters import PROGRAMME, TODAY, day, serial

from dashboard.reading.cells import Season
from dashboard.reading.dates import Window, date_reader, days, season_days
from dashboard.roster import Cell

READ = {
    field: date_reader(field, PROGRAMME, TODAY)
    for field in ("start_date", "completion_date", "planned_end", "birth_date")
}


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("start_date", "31/12/1999", "date_outside_window"),
        ("start_date", "01/01/2000", None),
        ("start_date", serial("2026-11-23"), None),
        ("start_date", serial("2026-11-24"), "future_date"),
        ("start_date", "15/08/95", "date_outside_window"),
        ("start_date", "15/08/27", "future_date"),
        ("planned_end", "31/12/2031", None),
        ("planned_end", "01/01/2032", "date_outside_window"),
        ("birth_date", "31/12/2012", None),
        ("birth_date", "01/01/2013", "date_outside_window"),
        ("birth_date", "01/01/1945", None),
        ("birth_date", "31/12/1944", "date_outside_window"),
        ("birth_date", "15/08/95", None),
        ("start_date", 0, "date_outside_window"),
        ("start_date", -5.5, "date_outside_window"),
        ("start_date", 1e300, "date_outside_window"),
        ("start_date", float("inf"), "date_unreadable"),
        ("start_date", True, "date_unreadable"),
        ("start_date", "00/00/2025", "date_impossible"),
        ("start_date", "32/13/2025", "date_impossible"),
        ("start_date", "2025-13-01", "date_impossible"),
        ("start_date", "30 février 2025", "date_impossible"),
        ("start_date", "20112024", "date_outside_window"),
        ("start_date", "99999999999999999999", "date_outside_window"),
        ("start_date", "mai être", "date_unreadable"),
        ("start_date", "bientôt", "date_unreadable"),
        ("start_date", "x" * 5000 + " 1/1/2025", "date_unreadable"),
        ("start_date", "5/3", "date_vague_unused"),
    ],
)
def test_edges(field: str, cell: Cell, code: str | None) -> None:
    reading = READ[field](cell)
    assert (reading.codes[0] if reading.rejected else None) == code
    assert (reading.value is None) == (code is not None)


@pytest.mark.parametrize(
    "cell",
    [
        "2025-03-05", "2025/3/5", "2025-03-05T10:00:00Z", "2025-03-05 00:00:00", "05/03/2025 10:30", "05 / 03 / 2025",
        "الأربعاء 5 مارس 2025", "mercredi 5 mars 2025", "le 05.03.2025", "5 mars 25", "5-mars-2025", "5mars2025",
        "5 de mars 2025", "5th of March 2025", "٥ مارس ٢٠٢٥", "05\\03\\2025", "45721", "45721.0", 45721, 45721.99,
    ],
)  # fmt: skip
def test_many_ways_to_write_the_fifth_of_march(cell: Cell) -> None:
    assert READ["start_date"](cell).value == day("2025-03-05")


def test_month_first_text_is_read_only_where_nothing_else_is_possible() -> None:
    reading = READ["start_date"]("03/25/2025")
    assert (reading.value, reading.codes) == (day("2025-03-25"), ("date_month_first",))
    assert not reading.day_first


def test_text_beside_a_date_is_dropped_and_said() -> None:
    reading = READ["start_date"]("05/03/2025 à confirmer")
    assert (reading.value, reading.codes) == (day("2025-03-05"), ("date_day_first", "text_beside_date"))


def test_the_same_date_twice_is_one_date() -> None:
    assert READ["start_date"]("5/3/2025 (5 mars 2025)").codes == ("date_day_first",)


def test_one_impossible_date_spoils_the_cell() -> None:
    assert READ["start_date"]("5/3/2025 - 31/2/2025").codes == ("date_impossible",)


def test_an_interval_is_cut_at_today() -> None:
    reading = READ["completion_date"]("نونبر 2026")
    assert (reading.low, reading.high) == (day("2026-11-01"), day("2026-11-23"))
    assert READ["completion_date"]("دجنبر 2026").codes == ("future_date",)


def test_february_29_of_a_season_falls_on_its_last_day_in_common_years() -> None:
    span = (day("2025-01-01"), day("2025-12-31"))
    assert season_days(Season(2, 29, 29), *span) == (day("2025-02-28"),) * 2
    assert season_days(Season(4, 1, 30), day("2025-05-01"), day("2026-03-31")) is None


@given(st.dates(date(2000, 1, 1), TODAY))
def test_every_day_is_read_back_from_every_way_of_writing_it(when: date) -> None:
    read = READ["start_date"]
    written: list[Cell] = [
        when.isoformat(),
        when.strftime("%d/%m/%Y"),
        when.strftime("%-d.%-m.%Y"),
        serial(when.isoformat()),
    ]
    assert {read(cell).value for cell in written} == {days(when)}
    assert read(written[1]).value == (when - date(1970, 1, 1)) // timedelta(days=1)


@given(st.integers(-(10**6), 10**6))
def test_a_day_is_refused_exactly_outside_its_window(number: int) -> None:
    window = Window(low=-100, high=500, today=500)
    assert (window.refusal(number) is None) == (-100 <= number <= 500)
