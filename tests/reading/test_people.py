"""Rows with one key become one woman; what they say is put together without inventing a path she did not take."""

import pytest
from raw_rosters import Columns, counts, day, lettered, roster, said, serial, sheet, values

from dashboard.roster import RawSheet

BIRTH = serial("1999-05-03")


def test_one_enrolment_typed_twice_fills_gaps_and_names_what_disagrees() -> None:
    read = roster(
        sheet(
            key=["W1", "W1", "W2"],
            start_date=[serial("2025-01-06"), serial("2025-01-06"), None],
            completion_date=[serial("2025-06-30"), None, None],
            wage=[3000, 3200, None],
            status=[None, "placed", None],
            last_contact=[serial("2026-03-01"), serial("2026-02-01"), None],
        )
    )
    assert values(read, "woman") == ["W1", "W2"]
    assert read.frame["row"].tolist() == [3, 4]
    assert values(read, "completion_date") == [day("2025-06-30"), None]
    assert values(read, "completion_date_earliest") == [day("2025-06-30"), None]
    assert values(read, "wage") == [3200, None]
    assert values(read, "status") == ["placed", None]
    assert values(read, "last_contact") == [day("2026-03-01"), None]
    found = [(f.code, f.column, f.row, dict(f.params)["other"]) for f in read.findings if "duplicate" in f.code]
    assert found == [
        ("duplicate_merged", "A", 2, "'المستفيدات'!A3"),
        ("duplicate_conflict", "D", 2, "'المستفيدات'!D3"),
    ]
    assert counts(read, "wage") == (2, 2, 0)


def test_a_second_enrolment_keeps_what_was_reached_and_tells_where_she_is_now() -> None:
    first: Columns = {
        "key": ["W1"],
        "cohort": ["Promo 1"],
        "start_date": [serial("2024-01-08")],
        "completion_date": [serial("2024-06-28")],
        "first_work_date": [serial("2024-07-15")],
        "work_kind": ["CDI"],
        "wage": [3100],
        "status": ["placed"],
        "certificate": ["oui"],
        "district": ["Anfa"],
    }
    second: Columns = {
        "key": ["W1"],
        "cohort": ["Promo 2"],
        "start_date": [serial("2025-09-01")],
        "first_work_date": [serial("2026-02-02")],
        "work_kind": ["auto-emploi"],
        "status": ["En formation"],
        "certificate": ["non"],
        "district": ["Oulfa"],
    }
    read = roster(RawSheet("a", 1, 2, lettered(second)), RawSheet("b", 1, 2, lettered(first)))
    expected = {
        "sheet": "a",
        "cohort": "c2",
        "status": "training",
        "start_date": day("2024-01-08"),
        "completion_date": day("2024-06-28"),
        "first_work_date": day("2024-07-15"),
        "first_work_date_latest": day("2024-07-15"),
        "work_kind": "salaried",
        "wage": 3100.0,
        "certificate": "yes",
        "prefecture": "hay_hassani",
    }
    assert {column: values(read, column)[0] for column in expected} == expected
    assert said(read) == [("re_enrolled", "A2"), ("duplicate_conflict", "J2")]


def test_a_vague_date_gives_way_to_an_exact_one_that_is_not_later() -> None:
    read = roster(sheet(key=["W1", "W1"], first_work_date=["mars 2025", serial("2025-03-01")]))
    assert values(read, "first_work_date") == [day("2025-03-01")]
    read = roster(sheet(key=["W1", "W1"], first_work_date=["mars 2025", serial("2025-04-02")]))
    assert values(read, "first_work_date") == [None]
    assert values(read, "first_work_date_latest") == [day("2025-03-31")]


@pytest.mark.parametrize(
    ("other", "women"),
    [
        ("1999-05-03", 1),
        ("1999-03-05", 1),  # day and month swapped
        ("1998-05-03", 1),  # one part mistyped
        ("1999-05-13", 1),
        ("1998-05-13", 2),
        ("1985-11-20", 2),
    ],
)
def test_birth_dates_tell_a_slip_from_another_woman(other: str, women: int) -> None:
    read = roster(sheet(key=["W1", "W1"], birth_date=[BIRTH, serial(other)]))
    assert len(read.frame) == women
    assert read.reconciliation.duplicates_merged == 2 - women


def test_a_third_row_joins_the_woman_it_fits() -> None:
    read = roster(
        sheet(
            key=["W1"] * 4,
            birth_date=[BIRTH, serial("1985-11-20"), BIRTH, serial("1985-11-20")],
            wage=[1000, 2000, None, None],
        )
    )
    assert values(read, "woman") == ["W1", "W1~2"]
    assert values(read, "wage") == [1000, 2000]
    assert said(read, "same_key_two_women") == [("same_key_two_women", "A3")]


def test_women_keep_the_order_of_the_sheet_and_dates_stay_whole_numbers() -> None:
    read = roster(sheet(key=["W3", "W1", "W2", "W1"], start_date=[None, "06/01/2025", "07/01/2025", None]))
    assert values(read, "woman") == ["W3", "W2", "W1"]
    assert str(read.frame["start_date"].dtype) == "Int64"
