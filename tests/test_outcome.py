"""What became of each woman, worked out by hand. Window 90 days; days are counted from the as-of day."""

from typing import Any

from women import classified_women, outcomes_of

Woman = dict[str, Any]
Table = dict[str, tuple[Woman, str | None]]


def done(completed: int = -200, **more: Any) -> Woman:
    return {"start_date": completed - 100, "completion_date": completed, **more}


def between(field: str, earliest: int, latest: int) -> Woman:
    """A vague date."""
    return {f"{field}_earliest": earliest, f"{field}_latest": latest}


OUTCOMES: Table = {
    "hired on day 0": (done(first_work_date=-200), "inserted"),
    "hired from placement": (done(first_work_date=-215), "inserted"),
    "hired on day 90": (done(first_work_date=-110), "inserted"),
    "hired on day 91": (done(first_work_date=-109), "closed_without"),
    "hired today, late": (done(first_work_date=0), "closed_without"),
    "will be hired tomorrow, late": (done(first_work_date=1), "closed_without"),
    "will be hired, staff out of touch since": (done(first_work_date=1, last_contact=-199), "closed_without"),
    "window closes today, hired today": (done(-90, first_work_date=0), "inserted"),
    "window closes today, no work": (done(-90, status="seeking"), "closed_without"),
    "window closes tomorrow": (done(-89, status="seeking"), "open"),
    "window open, hired": (done(-89, first_work_date=-80), "open"),
    "window open, said to work": (done(-89, status="placed"), "open"),
    "window open, lost": (done(-89, status="lost"), "open"),
    "completed today": (done(0), "open"),
    "completes tomorrow": (done(1), None),
    "never completed": ({"start_date": -300}, None),
    "completed without a date": ({"start_date": -300, "status": "finished"}, None),
    "said to work": (done(status="placed"), "undated"),
    "said to have a business": (done(status="business"), "undated"),
    "said to have lost her job": (done(status="job_lost"), "undated"),
    "a check found her at work": (done(check_3="working"), "undated"),
    "a check found her without": (done(check_3="not_working"), "unknown"),
    "seeking": (done(status="seeking"), "closed_without"),
    "nothing known": (done(), "unknown"),
    "a status that is not active": (done(status="certified"), "unknown"),
    "lost": (done(status="lost"), "unknown"),
    "lost after the window": (done(status="lost", last_contact=-110), "closed_without"),
    "lost within the window": (done(status="lost", last_contact=-111), "unknown"),
    "seen on the last day": (done(status="seeking", last_contact=-110), "closed_without"),
    "not seen since day 89": (done(status="seeking", last_contact=-111), "unknown"),
    "seen today": (done(last_contact=0), "closed_without"),
    "will be seen": (done(last_contact=5), "closed_without"),
    "deceased": (done(status="deceased", last_contact=-190), "closed_without"),
    "inserted, then lost": (done(first_work_date=-180, status="lost"), "inserted"),
    "inserted, then job lost": (done(first_work_date=-180, status="job_lost"), "inserted"),
    "left afterwards": (done(first_work_date=-180, exit_date=-100), "inserted"),
}
VAGUE: Table = {
    "hired some day in the window": (done() | between("first_work_date", -180, -110), "inserted"),
    "hired about the last day": (done() | between("first_work_date", -130, -109), "undated"),
    "hired some day after it": (done() | between("first_work_date", -109, -20), "closed_without"),
    "hired by tomorrow": (done() | between("first_work_date", -150, 1), "undated"),
    "completed some day, hired soon": ({"first_work_date": -110} | between("completion_date", -200, -180), "inserted"),
    "completed some day, 90 or 91 days": (
        {"first_work_date": -109} | between("completion_date", -200, -180),
        "undated",
    ),
    "completed some day, too late either way": (
        {"first_work_date": -80} | between("completion_date", -200, -180),
        "closed_without",
    ),
    "completed 20 days at most before": ({"first_work_date": -90} | between("completion_date", -200, -180), "undated"),
    "window perhaps closed": (between("completion_date", -100, -89) | {"first_work_date": -88}, "open"),
    "window surely closed": (between("completion_date", -100, -90) | {"first_work_date": -88}, "inserted"),
    "completed perhaps tomorrow": (between("completion_date", -100, 1) | {"first_work_date": -88}, None),
    "no work, contact after the last possible day": (
        between("completion_date", -200, -180) | {"last_contact": -90},
        "closed_without",
    ),
    "no work, contact before it": (between("completion_date", -200, -180) | {"last_contact": -91}, "unknown"),
}


def check(table: Table) -> None:
    found = outcomes_of(*(woman for woman, _ in table.values()))
    assert dict(zip(table, found, strict=True)) == {name: expected for name, (_, expected) in table.items()}


def test_outcomes() -> None:
    check(OUTCOMES)


def test_vague_dates_decide_what_both_ends_agree_on() -> None:
    check(VAGUE)


SPELLS: dict[str, tuple[Woman, tuple[int, int, int] | None]] = {  # follow, day, event; None = not in the curve
    "salaried": (done(first_work_date=-188, work_kind="salaried"), (200, 12, 1)),
    "own business": (done(first_work_date=-170, work_kind="own_business"), (200, 30, 2)),
    "kind from the status": (done(first_work_date=-170, status="business"), (200, 30, 2)),
    "kind from the column first": (done(first_work_date=-170, status="business", work_kind="salaried"), (200, 30, 1)),
    "kind not recorded": (done(first_work_date=-170), (200, 30, 3)),
    "day 0": (done(first_work_date=-200, status="placed"), (200, 0, 1)),
    "before completion": (done(first_work_date=-230, status="placed"), (200, 0, 1)),
    "today": (done(first_work_date=0, status="placed"), (200, 200, 1)),
    "tomorrow": (done(first_work_date=1, status="placed", last_contact=-150), (200, 200, 0)),
    "seen": (done(last_contact=-50), (200, 150, 0)),
    "seen, active": (done(last_contact=-50, status="seeking"), (200, 150, 0)),
    "will be seen": (done(last_contact=3), (200, 200, 0)),
    "seen before completion only": (done(last_contact=-210), (200, 0, 0)),
    "active": (done(status="seeking"), (200, 200, 0)),
    "nothing known": (done(), (200, 0, 0)),
    "lost": (done(status="lost"), (200, 0, 0)),
    "deceased": (done(status="deceased", last_contact=-190), (200, 200, 0)),
    "completed today": (done(0, status="seeking"), (0, 0, 0)),
    "completes tomorrow": (done(1), None),
    "said to work": (done(status="placed"), None),
    "vague work": (done() | between("first_work_date", -190, -180), None),
    "vague work ahead": (done() | between("first_work_date", 2, 8), (200, 200, 0)),
    "vague work from today on": (done() | between("first_work_date", 0, 8), None),
    "vague completion": ({"first_work_date": -10} | between("completion_date", -200, -190), None),
    "no completion": ({"start_date": -300}, None),
}


def test_days_to_work() -> None:
    table = classified_women(*(woman for woman, _ in SPELLS.values()))
    rows = table[["timed", "follow", "day", "event"]].to_dict("records")
    found = {
        name: (row["follow"], row["day"], row["event"]) if row["timed"] else None
        for name, row in zip(SPELLS, rows, strict=True)
    }
    assert found == {name: expected for name, (_, expected) in SPELLS.items()}


TRAINING: dict[
    str, tuple[Woman, str]
] = {  # s started, t in training, l left, d dropout, p plan is over, c and completed
    "not started": ({"contact_date": -9}, ""),
    "in training": ({"start_date": -9, "planned_end": 9}, "st"),
    "overdue": ({"start_date": -90, "planned_end": 0}, "stp"),
    "no plan": ({"start_date": -90}, "st"),
    "completed": ({"start_date": -90, "planned_end": -5, "completion_date": -5}, "spc"),
    "completed early": ({"start_date": -90, "planned_end": 5, "completion_date": -5}, "s"),
    "completed without plan": ({"start_date": -90, "completion_date": -5}, "spc"),
    "completed, start not written": ({"completion_date": -5}, "spc"),
    "left": ({"start_date": -90, "exit_date": -9}, "sldp"),
    "left before the plan's end": ({"start_date": -90, "exit_date": -9, "planned_end": 9}, "sld"),
    "said to have left": ({"start_date": -90, "status": "dropped"}, "sldp"),
    "out of touch": ({"start_date": -90, "status": "lost"}, "sldp"),
    "leaves tomorrow": ({"start_date": -90, "exit_date": 1, "status": "dropped"}, "st"),
    "left for a job": ({"start_date": -90, "exit_date": -9, "first_work_date": -9}, "slp"),
    "left for a job, by reason": ({"start_date": -90, "exit_date": -9, "exit_reason": "job"}, "slp"),
    "left, a job came later than today": ({"start_date": -90, "exit_date": -9, "first_work_date": 1}, "sldp"),
    "left for a job before starting": ({"contact_date": -90, "exit_date": -9, "exit_reason": "job"}, ""),
    "declined before starting": ({"contact_date": -90, "status": "declined"}, ""),
    "completed, then gone": ({"start_date": -90, "completion_date": -5, "exit_date": -1, "status": "dropped"}, "spc"),
    "works while in training": ({"start_date": -90, "planned_end": 9, "first_work_date": -9}, "st"),
}


def test_training() -> None:
    table = classified_women(*(woman for woman, _ in TRAINING.values()))
    letters = {
        "started": "s", "in_training": "t", "left_training": "l", "dropout": "d", "due": "p", "due_completed": "c",
    }  # fmt: skip
    found = ["".join(letter for name, letter in letters.items() if row[name]) for _, row in table.iterrows()]
    assert dict(zip(TRAINING, found, strict=True)) == {name: expected for name, (_, expected) in TRAINING.items()}


PAPERS: Table = {
    "handed out": (done(certificate_date=-5), "held"),
    "handed out today": (done(certificate_date=0), "held"),
    "handed out, cell says no": (done(certificate_date=-5, certificate="no"), "held"),
    "yes": (done(certificate="yes"), "held"),
    "by status": (done(status="certified"), "held"),
    "by status, cell says no": (done(status="certified", certificate="no"), "refused"),
    "by status, cell says pending": (done(status="certified", certificate="pending"), "pending"),
    "pending": (done(certificate="pending"), "pending"),
    "next week": (done(certificate_date=7, certificate="yes"), "pending"),
    "next week, cell says no": (done(certificate_date=7, certificate="no"), "pending"),
    "no": (done(certificate="no"), "refused"),
    "blank": (done(), "unrecorded"),
    "blank, hired": (done(first_work_date=-100), "unrecorded"),
    "placed by status": (done(status="placed"), "unrecorded"),
    "not completed": ({"start_date": -9, "certificate": "no"}, None),
}


def test_certificates() -> None:
    table = classified_women(*(woman for woman, _ in PAPERS.values()))
    states = ("held", "pending", "refused", "unrecorded")
    found = [[state for state in states if row[f"paper__{state}"]] for _, row in table.iterrows()]
    assert dict(zip(PAPERS, found, strict=True)) == {
        name: [expected] if expected else [] for name, (_, expected) in PAPERS.items()
    }


KEPT: Table = {
    "due today": (done(first_work_date=-90, check_3="same_employer"), "same_employer"),
    "due tomorrow": (done(first_work_date=-89, check_3="same_employer"), "not_due"),
    "with another employer": (done(first_work_date=-95, check_3="working"), "working"),
    "no longer": (done(first_work_date=-95, check_3="not_working"), "not_working"),
    "not asked": (done(first_work_date=-95), "unknown"),
    "not asked, asked at 6": (done(first_work_date=-95, check_6="working"), "unknown"),
    "hired some day": (done(check_3="working") | between("first_work_date", -120, -90), "working"),
    "hired some day, perhaps not due": (done(check_3="working") | between("first_work_date", -120, -89), "not_due"),
    "work without date": (done(status="placed", check_3="working"), None),
    "no work": (done(check_3="not_working"), None),
    "works, has not completed": ({"start_date": -200, "planned_end": 9, "first_work_date": -95}, None),
}


def test_retention_answers() -> None:
    table = classified_women(*(woman for woman, _ in KEPT.values()))
    states = ("same_employer", "working", "not_working", "unknown", "not_due")
    found = [[state for state in states if row[f"retained_3__kept_{state}"]] for _, row in table.iterrows()]
    assert dict(zip(KEPT, found, strict=True)) == {
        name: [expected] if expected else [] for name, (_, expected) in KEPT.items()
    }


def test_horizons() -> None:
    table = classified_women(*(done(-400, first_work_date=day) for day in (-179, -180, -364, -365)))
    assert table["retained_6__kept_not_due"].tolist() == [True, False, False, False]
    assert table["retained_12__kept_not_due"].tolist() == [True, True, True, False]
    assert table["retained_12__kept_unknown"].tolist() == [False, False, False, True]


def test_what_the_inserted_consist_of() -> None:
    table = classified_women(
        done(first_work_date=-190, work_kind="salaried"),
        done(first_work_date=-190, work_kind="own_business"),
        done(first_work_date=-190),
        done(first_work_date=-201, status="placed"),
        done(first_work_date=-100, work_kind="salaried"),  # late
        done(-50, first_work_date=-40, work_kind="own_business"),  # open
        done(-50, status="placed"),
    )
    columns = ["inserted__salaried", "inserted__own_business", "inserted__other", "from_placement", "open_inserted"]
    assert table[columns].astype(int).to_numpy().tolist() == [
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [1, 0, 0, 1, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0],
    ]
    assert table["untimed"].tolist() == [False] * 6 + [True]
