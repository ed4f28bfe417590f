"""The evidence of each stage and the place now, woman by woman, worked out by hand.

Stages in order: contact eligible enrolled softskills training internship completed certified placed retained 3, 6, 12.
D dated, I inferred, U undated, - not reached.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from women import AS_OF, PROGRAMME, items, now, programme_text, reach

from dashboard.programme import parse_programme

Woman = dict[str, Any]
Table = dict[str, tuple[Woman, str]]
STARTED: Woman = {"contact_date": -400, "selection_date": -380, "enrol_date": -360, "start_date": -350}
TRAINED: Woman = STARTED | {"vocational_start": -300, "internship_start": -230}
DONE: Woman = TRAINED | {"completion_date": -200}
CERTIFIED: Woman = DONE | {"certificate_date": -150, "certificate": "yes"}
PLACED: Woman = CERTIFIED | {"first_work_date": -195, "work_kind": "salaried"}


EVIDENCE: Table = {
    "one date": ({"contact_date": -10}, "D-----------"),
    "today": ({"contact_date": 0}, "D-----------"),
    "started": (STARTED, "DDDD--------"),
    "placed": (PLACED, "DDDDDDDDD---"),
    "kept her job three months": (PLACED | {"check_3": "working"}, "DDDDDDDDDD--"),
    "start implies what was before": ({"start_date": -350}, "IIID--------"),
    "internship implies training": ({"internship_start": -230}, "IIIIID------"),
    "completion implies all of training": ({"completion_date": -200}, "IIIIIID-----"),
    "certificate implies completion": ({"certificate_date": -150}, "IIIIIIID----"),
    "nothing but a row": ({}, "U-----------"),
    "status in training": ({"status": "in_training"}, "UUUU--------"),
    "status on internship": ({"status": "on_internship"}, "UUUUUU------"),
    "status completed": ({"status": "finished"}, "UUUUUUU-----"),
    "status certified": ({"status": "certified"}, "UUUUUUUU----"),
    "status placed": ({"status": "placed"}, "UUUUUUUUU---"),
    "certificate without date": ({"certificate": "yes"}, "UUUUUUUU----"),
    "certificate refused proves nothing": ({"certificate": "no"}, "U-----------"),
    "a status that proves no stage": ({"status": "waiting"}, "U-----------"),
    "a status nobody knows": ({"status": "unmapped"}, "U-----------"),
    "leaving proves no stage": ({"status": "dropped"}, "U-----------"),
    "dates and status": ({"contact_date": -20, "status": "in_training"}, "DUUU--------"),
    "status goes further": ({"start_date": -20, "status": "on_internship"}, "IIIDUU------"),
    "status overtaken": ({"start_date": -20, "status": "contacted"}, "IIID--------"),
}


def check(table: Table, base: Woman, found: Callable[..., Sequence[str | None]]) -> None:
    """All women of a table at once, each added to a base."""
    results = found(*(base | woman for woman, _ in table.values()))
    assert dict(zip(table, results, strict=True)) == {name: expected for name, (_, expected) in table.items()}


def test_evidence() -> None:
    check(EVIDENCE, {}, reach)


CERTIFICATES: Table = {
    "blank": ({}, "DDDDDDDID---"),
    "no": ({"certificate": "no"}, "DDDDDDD-D---"),
    "pending": ({"certificate": "pending"}, "DDDDDDD-D---"),
    "a date wins": ({"certificate": "pending", "certificate_date": -10}, "DDDDDDDDD---"),
    "handed out next week": ({"certificate": "yes", "certificate_date": 5}, "DDDDDDD-D---"),
    "yes, and work": ({"certificate": "yes"}, "DDDDDDDID---"),
}


def test_a_certificate_is_not_inferred_against_the_sheet() -> None:
    check(CERTIFICATES, DONE | {"first_work_date": -190}, reach)


WORK: Table = {
    "no plan: work shows she finished": (TRAINED | {"first_work_date": -100}, "DDDDDDIID---"),
    "plan ends today": (TRAINED | {"first_work_date": -100, "planned_end": 0}, "DDDDDDIID---"),
    "hired in training": (TRAINED | {"first_work_date": -100, "planned_end": 1}, "DDDDDD------"),
    "left for work": (TRAINED | {"first_work_date": -100, "exit_date": -100}, "DDDDDD------"),
    "lost": (TRAINED | {"first_work_date": -100, "status": "lost"}, "DDDDDD------"),
    "completes on Thursday": (TRAINED | {"first_work_date": -5, "completion_date": 3}, "DDDDDD------"),
    "said to work, in training": (TRAINED | {"status": "placed", "planned_end": 1}, "DDDDDD------"),
    "said to work, has left": (TRAINED | {"status": "placed", "exit_date": -9}, "DDDDDD------"),
    "said to work": (TRAINED | {"status": "placed"}, "DDDDDDUUU---"),
    "a check found her at work": (TRAINED | {"check_3": "working"}, "DDDDDDUUUU--"),
    "work shows the whole training": (STARTED | {"first_work_date": -100}, "DDDDIIIID---"),
}


def test_work_shows_completion_only_of_women_who_can_have_completed() -> None:
    check(WORK, {}, reach)


AHEAD: Table = {
    "starts tomorrow": ({"start_date": 1, "contact_date": -9}, "D-----------"),
    "whatever said": ({"start_date": 1, "contact_date": -9, "status": "in_training"}, "DUU---------"),
    "even placed": ({"start_date": 1, "contact_date": -9, "status": "placed"}, "DUU---------"),
    "ends tomorrow": ({"start_date": -9, "completion_date": 1, "status": "finished"}, "IIIDUU------"),
    "and certified": ({"start_date": -9, "completion_date": 1, "certificate": "yes"}, "IIIDUU------"),
    "dated paper": ({"start_date": -9, "completion_date": 1, "certificate_date": -2}, "IIID--------"),
    "a slip in an earlier date": ({"contact_date": 3, "start_date": -9}, "IIID--------"),
    "hired next week": (DONE | {"first_work_date": 4, "status": "placed"}, "DDDDDDDU----"),
    "no entry date: she was there before": ({"completion_date": 4}, "U-----------"),
}


def test_what_lies_ahead_has_not_happened() -> None:
    check(AHEAD, {}, reach)


def test_women_whose_first_date_lies_ahead_are_not_there() -> None:
    tomorrow = [{"contact_date": 1}, {"enrol_date": 5, "start_date": 9}, {"selection_date": 2}]
    assert reach(*tomorrow, {"contact_date": 0}) == ["D-----------"]
    assert reach({"start_date": 1, "completion_date": 300, "status": "finished"}) == []


CHECKS: Table = {
    "all": ({"check_3": "same_employer", "check_6": "working", "check_12": "working"}, "DDD"),
    "not asked at 3": ({"check_6": "working"}, "ID-"),
    "asked at 12 only": ({"check_12": "same_employer"}, "IID"),
    "worked again later": ({"check_3": "not_working", "check_6": "working"}, "-D-"),
    "lost it": ({"check_3": "working", "check_6": "not_working"}, "D--"),
    "found again": ({"check_3": "not_working", "check_6": "not_working", "check_12": "working"}, "--D"),
}


def test_retention() -> None:
    base = DONE | {"completion_date": -400, "first_work_date": -366}
    check(CHECKS, base, lambda *women: [stages[9:] for stages in reach(*women)])


def test_retention_falls_on_the_day_it_is_due() -> None:
    kept = DONE | {"completion_date": -365, "check_3": "working", "check_6": "working", "check_12": "working"}
    due = {-89: "D---", -90: "DD--", -179: "DD--", -180: "DDD-", -364: "DDD-", -365: "DDDD"}
    found = reach(*(kept | {"first_work_date": day} for day in due))
    assert [stages[8:] for stages in found] == list(due.values())


def test_a_check_without_a_date_of_work_proves_work_and_itself() -> None:
    assert reach(DONE | {"check_6": "working"}) == ["DDDDDDDUU-U-"]


def test_a_woman_who_has_not_completed_was_not_retained() -> None:
    assert reach(TRAINED | {"planned_end": 9, "first_work_date": -300, "check_3": "working"}) == ["DDDDDD------"]


VAGUE: Table = {
    "in March": (TRAINED | {"completion_date_earliest": -30, "completion_date_latest": 0}, "DDDDDDD-----"),
    "perhaps tomorrow": (TRAINED | {"completion_date_earliest": -30, "completion_date_latest": 1}, "DDDDDD------"),
    "hired": (DONE | {"first_work_date_earliest": -30, "first_work_date_latest": 0}, "DDDDDDDID---"),
    "perhaps hired": (
        DONE | {"first_work_date_earliest": -30, "first_work_date_latest": 1, "status": "placed"},
        "DDDDDDDU----",
    ),
}


def test_vague_dates_count_from_their_last_day() -> None:
    check(VAGUE, {}, reach)


def test_the_plan_of_the_cohort_stands_in_for_her_own() -> None:
    planned, none = items("cohorts", "c1", more="planned_end = 2026-12-24"), items("cohorts", "c2")
    programme = parse_programme(programme_text(planned + none))
    works = TRAINED | {"first_work_date": -20}
    women = [works | {"cohort": "c1"}, works | {"cohort": "c2"}, works | {"cohort": "c1", "planned_end": -1}]
    assert reach(*women, programme=programme) == ["DDDDDD------", "DDDDDDIID---", "DDDDDDIID---"]
    assert reach(*women, programme=programme, as_of=date(2026, 12, 24)) == ["DDDDDDIID---"] * 3


def test_the_same_woman_as_weeks_go_by() -> None:
    woman = PLACED | {"check_3": "working"}
    days = {-401: [], -400: ["D-----------"], -350: ["DDDD--------"], -201: ["DDDDDD------"], -200: ["DDDDDDD-----"]}
    days |= {-195: ["DDDDDDD-D---"], -150: ["DDDDDDDDD---"], -106: ["DDDDDDDDD---"], -105: ["DDDDDDDDDD--"]}
    assert {day: reach(woman, as_of=AS_OF + timedelta(day)) for day in days} == days


PLACES: list[tuple[Woman, str]] = [
    ({}, "contact"),
    ({"certificate": "yes"}, "followup"),  # no status at all is not the status of a first contact
    ({"check_3": "working"}, "placed"),
    ({"contact_date": -9, "selection_date": -8}, "eligible"),
    ({"contact_date": -9, "selection_date": -8, "status": "contacted"}, "eligible"),  # she has come further since
    (STARTED, "softskills"),
    (STARTED | {"status": "in_training"}, "training"),
    (TRAINED, "internship"),
    (TRAINED | {"status": "in_training"}, "internship"),  # the date of the internship overtakes the status
    (DONE, "followup"),
    (DONE | {"status": "finished"}, "completed"),
    (DONE | {"status": "certified"}, "certified"),
    (CERTIFIED | {"status": "seeking"}, "followup"),  # a certificate overtakes nothing
    (CERTIFIED | {"status": "finished"}, "completed"),
    (DONE | {"status": "in_training"}, "followup"),
    (DONE | {"status": "waiting"}, "followup"),
    (STARTED | {"status": "waiting"}, "softskills"),
    (PLACED, "placed"),
    (PLACED | {"work_kind": "own_business"}, "business"),
    (DONE | {"first_work_date": -90, "status": "seeking"}, "placed"),  # dates win
    (DONE | {"first_work_date": -90, "status": "job_lost"}, "followup"),
    (DONE | {"first_work_date": -90, "status": "business"}, "business"),
    (DONE | {"first_work_date": -90, "status": "certified"}, "placed"),
    (PLACED | {"status": "placed", "check_3": "working"}, "placed"),
    (DONE | {"status": "placed"}, "placed"),
    (DONE | {"status": "business"}, "business"),
    (DONE | {"first_work_date": 3, "status": "placed"}, "followup"),
    (DONE | {"status": "lost"}, "lost"),
    (PLACED | {"status": "lost"}, "lost"),
    (DONE | {"status": "deceased"}, "deceased"),
    (DONE | {"status": "dropped"}, "followup"),  # she completed: the date wins
    (DONE | {"status": "declined"}, "followup"),
    (STARTED | {"status": "dropped"}, "dropped"),
    (STARTED | {"status": "lost"}, "lost"),
    (STARTED | {"exit_date": -9}, "dropped"),
    (STARTED | {"exit_date": 0}, "dropped"),
    (STARTED | {"exit_date": 1}, "softskills"),
    (STARTED | {"exit_date": 1, "status": "dropped"}, "softskills"),
    (STARTED | {"exit_date": -9, "status": "in_training"}, "dropped"),
    (STARTED | {"exit_date": -9, "status": "declined"}, "declined"),
    (DONE | {"exit_date": -9}, "followup"),
    (DONE | {"exit_date": 1, "status": "lost"}, "followup"),
    ({"contact_date": -9, "status": "declined"}, "declined"),
    (STARTED | {"exit_date": -9, "first_work_date": -9}, "placed"),  # left for a job
    (STARTED | {"exit_date": -9, "first_work_date": 2}, "dropped"),
    (STARTED | {"exit_date": -9, "exit_reason": "job"}, "placed"),
    (STARTED | {"exit_date": -9, "exit_reason": "family"}, "dropped"),
    (STARTED | {"exit_date": -9, "first_work_date": -9, "work_kind": "own_business"}, "business"),
    (STARTED | {"status": "dropped", "exit_reason": "job"}, "placed"),
    (STARTED | {"first_work_date": -9, "planned_end": 9}, "softskills"),  # works while in training
    (STARTED | {"first_work_date": -9, "planned_end": 9, "status": "in_training"}, "training"),
]


def test_where_she_is_now() -> None:
    found = now(*(woman for woman, _ in PLACES))
    wrong = [
        (woman, place, expected) for (woman, expected), place in zip(PLACES, found, strict=True) if place != expected
    ]
    assert not wrong


def test_a_woman_has_a_place_even_if_the_programme_names_none() -> None:
    elsewhere = items("now", "elsewhere") + items("statuses", "moved", more='now = "elsewhere"')
    bare = parse_programme(programme_text().split("[[now]]")[0] + elsewhere)
    business = DONE | {"first_work_date": -9, "work_kind": "own_business"}
    assert now(DONE, STARTED | {"exit_date": -9}, business, programme=bare) == ["followup", "dropped", "business"]


def test_the_programme_is_as_the_tests_believe() -> None:
    assert [stage.id for stage in PROGRAMME.stages][6:9] == ["completed", "certified", "placed"]
