"""Each reason on its first and last day, woman by woman."""

from typing import Any

import pandas as pd
import pytest
from programme_limits import PROGRAMME, with_limits
from women import A, frame, programme_text

from dashboard.alerts import REASONS, alerts, watched
from dashboard.individuals import individuals
from dashboard.programme import Programme, parse_programme

DONE = {"start_date": -400, "completion_date": -80}
HIRED = {"start_date": -800, "completion_date": -120, "status": "placed"}

CASES: list[tuple[dict[str, Any], list[tuple[str, int]]]] = [
    # Windows: the last day of the window is completion + 90.
    ({"completion_date": -89}, [("window_closing", 1), ("overdue_stage", -29)]),
    ({"completion_date": -83}, [("window_closing", 7), ("overdue_stage", -23)]),
    ({"completion_date": -82}, [("overdue_stage", -22)]),
    ({"completion_date": -90, "status": "seeking"}, [("overdue_stage", -30)]),  # closed, known to be without work
    ({"completion_date": -89, "first_work_date": -3, "status": "placed"}, []),
    ({"completion_date": -89, "status": "deceased"}, []),
    ({"completion_date": -75}, [("mark", 0), ("overdue_stage", -15)]),
    ({"completion_date": -68}, [("mark", 7), ("overdue_stage", -8)]),
    ({"completion_date": -60}, [("mark", 0)]),  # overdue from tomorrow on
    ({"completion_date": -53}, [("mark", 7)]),
    ({"completion_date": -52}, []),
    # Outcomes that nobody knows.
    ({"completion_date": -95}, [("outcome_unknown", -5), ("overdue_stage", -35)]),
    ({"completion_date": -95, "status": "lost"}, [("outcome_unknown", -5)]),
    ({"completion_date": -95, "status": "placed"}, [("outcome_unknown", -5)]),  # said to work, since nobody knows when
    # Certificates.
    (
        {**HIRED, "completion_date": -61, "first_work_date": -50, "certificate": "pending"},
        [("certificate_pending", -1)],
    ),
    ({**HIRED, "completion_date": -60, "first_work_date": -50, "certificate": "pending"}, []),
    ({**HIRED, "completion_date": -61, "first_work_date": -50, "certificate": "no"}, []),
    ({**HIRED, "completion_date": -61, "first_work_date": -50}, []),
    # Training.
    ({"start_date": -90, "planned_end": -1}, [("overdue_training", -1)]),
    ({"start_date": -90, "planned_end": 0}, []),
    ({"start_date": -90, "planned_end": -1, "exit_date": -9}, []),
    ({"start_date": -90}, []),
    # Steps.
    ({"contact_date": -15}, [("overdue_stage", -1)]),
    ({"contact_date": -14}, []),
    ({"contact_date": -40, "selection_date": -22}, [("overdue_stage", -1)]),
    ({"contact_date": -40, "selection_date": -21}, []),
    ({"contact_date": -40, "selection_date": -30, "enrol_date": -29}, []),  # no limit at this step
    ({"contact_date": -40, "status": "declined"}, []),
    # Contact.
    ({"enrol_date": -9, "last_contact": -21}, [("no_contact", 0)]),
    ({"enrol_date": -9, "last_contact": -30}, [("no_contact", -9)]),
    ({"enrol_date": -9, "last_contact": -20}, []),
    ({"start_date": -9, "last_contact": -30}, []),  # in training: she is seen
    ({**HIRED, "completion_date": -30, "first_work_date": -20, "last_contact": -30}, []),  # at work
    ({"enrol_date": -9, "last_contact": -30, "status": "lost"}, []),
    # Follow-ups after hiring: due at 90, 180 and 365 days, overdue 15 days later.
    ({**HIRED, "first_work_date": -89}, []),
    ({**HIRED, "first_work_date": -90}, [("check_due", 15)]),
    ({**HIRED, "first_work_date": -110}, [("check_due", -5)]),
    ({**HIRED, "first_work_date": -110, "check_3": "not_working"}, []),
    ({**HIRED, "completion_date": -200, "first_work_date": -180}, [("check_due", 15)]),  # that at 6 months alone
    ({**HIRED, "completion_date": -200, "first_work_date": -180, "check_6": "working"}, []),
    ({**HIRED, "completion_date": -400, "first_work_date": -370}, []),  # no limit at 12 months
]


def listed(woman: dict[str, Any], programme: Programme = PROGRAMME) -> list[tuple[str, int]]:
    """The reasons of one woman with the days left."""
    table = individuals(frame(woman), programme, A, watched())
    return [(alert.code, int(alert.day[0]) - A) for alert in alerts(table, programme, A) if alert.rows[0]]


def test_each_reason_by_hand() -> None:
    women = [{"start_date": -800, **woman} if "completion_date" in woman else woman for woman, _ in CASES]
    table = individuals(frame(*women), PROGRAMME, A, watched())
    found = alerts(table, PROGRAMME, A)
    assert len(table) == len(CASES)
    for number, (woman, expected) in enumerate(CASES):
        reasons = [(alert.code, int(alert.day[number]) - A) for alert in found if alert.rows[number]]
        assert sorted(reasons) == sorted(expected), woman
    assert {code for _, reasons in CASES for code, _ in reasons} == set(REASONS)


def test_what_each_reason_names() -> None:
    table = individuals(
        frame({**DONE, "completion_date": -75}, {**HIRED, "first_work_date": -90}), PROGRAMME, A, watched()
    )
    named = {(one.code, one.stage, one.mark) for one in alerts(table, PROGRAMME, A) if one.rows.any()}
    assert named == {("mark", None, 75), ("overdue_stage", "followup", None), ("check_due", "retained_3", None)}


def test_without_limits_nobody_waits_too_long() -> None:
    plain = parse_programme(programme_text())
    assert listed({**HIRED, "first_work_date": -110, "certificate": "pending"}, plain) == []
    assert listed({"contact_date": -300}, plain) == []


def test_thresholds_are_the_programmes() -> None:
    programme = with_limits({}, "[review]\ndays_ahead = 2\nmarks = [30]\ncontact_days = 5")
    assert listed({"start_date": -99, "completion_date": -28}, programme) == [("mark", 2)]
    assert listed({"start_date": -99, "completion_date": -27}, programme) == []
    assert listed({"start_date": -99, "completion_date": -87}, programme) == []
    assert listed({"start_date": -99, "completion_date": -88}, programme) == [("window_closing", 2)]
    assert listed({"enrol_date": -9, "last_contact": -5}, programme) == [("no_contact", 0)]


@pytest.mark.parametrize("nobody", [frame(), frame({"contact_date": 3})])
def test_nobody(nobody: pd.DataFrame) -> None:
    assert not any(alert.rows.any() for alert in alerts(individuals(nobody, PROGRAMME, A, watched()), PROGRAMME, A))
