"""Age bands."""

import pytest
from raw_rosters import PROGRAMME, serial, values, women

from dashboard.reading import age_band_ids
from dashboard.roster import Cell


def test_band_ids() -> None:
    assert age_band_ids(PROGRAMME) == ("<18", "18-24", "25-34", "35+")
    assert age_band_ids(PROGRAMME.model_copy(update={"age_bands": ()})) == ()


@pytest.mark.parametrize(
    ("birth", "start", "band"),
    [
        ("2007-01-07", "2025-01-06", "<18"),
        ("2007-01-06", "2025-01-06", "18-24"),  # 18 that day
        ("2000-01-07", "2025-01-06", "18-24"),
        ("2000-01-06", "2025-01-06", "25-34"),
        ("1990-01-06", "2025-01-06", "35+"),
        ("2000-02-29", "2025-02-28", "18-24"),  # no birthday yet in a common year
        ("2000-02-29", "2025-03-01", "25-34"),
    ],
)
def test_age_when_training_started(birth: str, start: str, band: str) -> None:
    assert values(women(birth_date=[serial(birth)], start_date=[serial(start)]), "age_band") == [band]


def test_without_a_start_the_enrolment_the_contact_or_today_decides() -> None:
    read = women(
        birth_date=[serial("2001-11-23")] * 3 + [serial("2001-11-24")],
        contact_date=[serial("2024-01-01"), serial("2024-01-01"), None, None],
        enrol_date=[serial("2026-11-23"), None, None, None],
    )
    assert values(read, "age_band") == ["25-34", "18-24", "25-34", "18-24"]


@pytest.mark.parametrize(
    ("birth", "age", "band"),
    [
        ("1995", None, "25-34"),  # any day of that year
        ("2000", None, "unspecified"),  # 24 or 25
        ("2000", 24, "18-24"),
        (None, 40, "35+"),
        (None, "40 ans", "35+"),
        (None, None, "unspecified"),
    ],
)
def test_a_birth_year_is_enough_where_every_day_of_it_gives_one_band(birth: Cell, age: Cell, band: str) -> None:
    assert values(women(birth_date=[birth], age=[age], start_date=[serial("2025-06-02")]), "age_band") == [band]


def test_what_is_personal_is_dropped_once_banded() -> None:
    frame = women(birth_date=[serial("2000-01-01")], age=[24], district=["Anfa"]).frame
    assert not {"birth_date", "age", "district", "key"} & set(frame.columns)
