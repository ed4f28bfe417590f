"""Cells of one row that do not agree."""

import pytest
from raw_rosters import PROGRAMME, TODAY, counts, day, lettered, said, serial, table, values, women

from dashboard import reading
from dashboard.roster import RawSheet

S = serial


def test_the_day_itself_is_no_contradiction() -> None:
    same = [S("2025-01-06")]
    read = women(
        start_date=same, completion_date=same, first_work_date=same, vocational_start=same, certificate_date=same
    )
    assert read.findings == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("contact_date", "start_date"),
        ("selection_date", "start_date"),
        ("enrol_date", "start_date"),
        ("start_date", "vocational_start"),
        ("start_date", "internship_start"),
        ("start_date", "planned_end"),
        ("start_date", "exit_date"),
        ("completion_date", "certificate_date"),
    ],
)
def test_unusual_order_is_said_and_both_dates_are_kept(earlier: str, later: str) -> None:
    read = women(**{earlier: [S("2025-05-02")], later: [S("2025-05-01")]})  # type: ignore[arg-type]
    assert said(read) == [("dates_out_of_order", "C2")]
    assert values(read, later) == [day("2025-05-01")]
    assert counts(read, later) == (1, 1, 0)


def test_a_vague_date_is_rejected_only_if_every_day_of_it_is_too_early() -> None:
    read = women(start_date=[S("2025-03-15")] * 2, first_work_date=["mars 2025", "février 2025"])
    assert values(read, "first_work_date_latest") == [day("2025-03-31"), None]
    assert said(read, "before_start") == [("before_start", "C3")]
    assert counts(read, "first_work_date") == (2, 1, 1)


def test_a_date_taken_back_does_not_accuse_another() -> None:
    """Completion before the start is rejected; the hire after the start is then not compared with it."""
    read = women(start_date=[S("2025-03-01")], completion_date=[S("2025-01-01")], certificate_date=[S("2024-12-01")])
    assert said(read) == [("before_start", "C2")]


@pytest.mark.parametrize(
    ("status", "work", "found"),
    [
        ("placed", None, [("placed_without_date", "B2")]),
        ("business", None, [("placed_without_date", "B2")]),
        ("placed", "mars 2025", [("date_vague", "C2")]),
        ("placed", S("2025-03-03"), []),
        ("seeking", None, []),
        ("quelque chose", None, [("status_unmapped", "B2")]),
    ],
)
def test_placed_without_a_date(status: str, work: str | int | None, found: list[tuple[str, str]]) -> None:
    assert said(women(status=[status], first_work_date=[work])) == found


@pytest.mark.parametrize(
    ("status", "overtaken"), [("training", True), ("dropped", True), ("seeking", False), ("job_lost", False)]
)
def test_a_status_that_the_end_of_training_has_overtaken(status: str, overtaken: bool) -> None:
    read = women(status=[status], completion_date=[S("2025-06-30")], first_work_date=[S("2025-07-01")])
    assert bool(said(read, "status_contradicts_dates")) == overtaken


def test_certificate_denied_but_dated() -> None:
    read = women(certificate=["non", "en cours", "oui"], certificate_date=[S("2025-07-01")] * 3)
    assert said(read) == [("certificate_contradicts_date", "B2"), ("certificate_contradicts_date", "B3")]
    assert values(read, "certificate") == ["no", "pending", "yes"]


def test_a_date_in_the_certificate_column_means_yes_on_that_day() -> None:
    read = women(
        certificate=[S("2025-07-01"), "01/07/2025", "31/02/2025"], certificate_date=[None, S("2025-07-05"), None]
    )
    assert values(read, "certificate") == ["yes", "yes", None]
    assert values(read, "certificate_date") == [day("2025-07-01"), day("2025-07-05"), None]
    assert counts(read, "certificate") == (3, 2, 1)
    assert counts(read, "certificate_date") == (1, 1, 0)
    assert said(read, "certificate_dated", "date_impossible") == [("certificate_dated", "B"), ("date_impossible", "B4")]


@pytest.mark.parametrize(
    ("proof", "said_so"),
    [
        ({"status": ["placed"]}, True),
        ({"status": ["En recherche"]}, False),  # in this programme that proves no stage
        ({"status": ["En formation"]}, False),
        ({"certificate": ["oui"]}, True),
        ({"certificate": ["en cours"]}, False),
        ({"certificate_date": [S("2025-07-20")]}, True),
        ({"first_work_date": [S("2025-07-15")]}, True),
        ({"first_work_date": [S("2025-07-15")], "status": ["En formation"]}, False),  # hired while still in training
        ({"status": ["placed"], "planned_end": [S("2027-01-31")]}, False),  # so was she
        ({"status": ["placed"], "planned_end": [S("2026-11-23")]}, True),
        ({}, False),
    ],
)
def test_a_blank_end_of_training_is_said_of_those_who_completed(proof: dict[str, list[object]], said_so: bool) -> None:
    read = women(start_date=[S("2025-01-06")], completion_date=[None], **proof)  # type: ignore[arg-type]
    assert said(read, "completed_without_date") == ([("completed_without_date", "C2")] if said_so else [])


def test_an_end_of_training_that_was_refused_is_not_called_blank() -> None:
    read = women(completion_date=["31/02/2025", "juin 2025"], certificate=["oui", "oui"])
    assert not said(read, "completed_without_date")


def test_a_cohort_that_is_still_in_training_may_have_found_work() -> None:
    cohort = PROGRAMME.cohorts[0].model_copy(update={"planned_end": TODAY.replace(year=2027)})
    programme = PROGRAMME.model_copy(update={"cohorts": (cohort, *PROGRAMME.cohorts[1:])})
    columns = lettered(
        {"key": ["W1", "W2"], "cohort": ["فوج 1", "فوج 2"], "completion_date": [None, None], "status": ["placed"] * 2}
    )
    found = reading.read(table(RawSheet("S", 1, 2, columns)), programme, TODAY)
    assert said(found, "completed_without_date") == [("completed_without_date", "C3")]
