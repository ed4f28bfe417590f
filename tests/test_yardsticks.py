"""The minimum wage table and the other yardsticks of the programme."""

from datetime import date
from pathlib import Path

import pytest
from deeper_women import DEEPER
from women import PROGRAMME, programme_text

from dashboard.programme import ProgrammeError, load_programme, parse_programme


def table(*rows: tuple[str, float]) -> str:
    return programme_text() + "".join(f"[[smig]]\nsince = {since}\nhourly = {hourly}\n" for since, hourly in rows)


def test_the_shipped_table_gives_the_legal_month() -> None:
    """16.29, 17.10 and 17.92 MAD an hour for 191 hours (field reference 1.2)."""
    shipped = load_programme(Path(__file__).parent.parent / "programme.toml")
    months = {smig.since: round(smig.hourly * shipped.working_time.monthly_hours, 2) for smig in shipped.smig}
    assert months == {date(2023, 9, 1): 3111.39, date(2025, 1, 1): 3266.10, date(2026, 1, 1): 3422.72}
    assert [status.id for status in shipped.statuses if status.inactive] == ["inactive"]


def test_a_programme_without_a_table_has_none() -> None:
    assert PROGRAMME.smig == ()
    assert (PROGRAMME.instruments.score_highest, PROGRAMME.instruments.satisfied_from) == (100, 4)
    assert DEEPER.rules.min_group == 3


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((("2025-01-01", 17.1), ("2024-01-01", 17.9)), "smig"),
        ((("2025-01-01", 17.1), ("2025-01-01", 17.9)), "smig"),
        ((("2025-01-01", 0.0),), "smig.0.hourly"),
    ],
)
def test_a_table_out_of_order_is_refused(rows: tuple[tuple[str, float], ...], place: str) -> None:
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(table(*rows))
    assert (caught.value.code, caught.value.params["place"]) == ("programme_invalid", place)
