"""A sheet of 24 women in 25 rows, read and counted, with every case of field reference 1 worked out on paper.

Days are counted from the as-of day. Cohort c1 is the hard one, in c2 everybody is in work, c3 is about to close, c4 has
nobody. Ties, day 0, day 90, day 91, leavers, a woman enrolled twice, a job before completion, lost contact.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from raw_rosters import TODAY, lettered, serial, table

from dashboard.indicators import indicators, judged, outcomes
from dashboard.measures import dropout
from dashboard.programme import parse_programme
from dashboard.reading import read
from dashboard.roster import RawSheet
from dashboard.survival import curve, incidence_on
from dashboard.tally import Tally, tally

A = serial(TODAY.isoformat())
TEXT = (Path(__file__).with_name("data") / "trial_programme.toml").read_text("utf-8")
C2 = next(line for line in TEXT.splitlines() if 'id = "c2"' in line)
MORE = (C2.replace('"c2"', f'"c{n}"').replace("2", str(n)).replace("الثاني", f"رقم {n}") for n in (3, 4))
PROGRAMME = parse_programme(TEXT.replace(C2, "\n".join((C2, *MORE))))


def done(key: str, cohort: int, completed: int, hired: int | None = None, **more: Any) -> dict[str, Any]:
    """A woman who completed on a day, hired so many days after it."""
    woman = {"key": key, "cohort": f"Promo {cohort}", "start_date": completed - 100, "completion_date": completed}
    work = {} if hired is None else {"first_work_date": completed + hired, "work_kind": "CDI"}
    return woman | work | more


def left(key: str, **more: Any) -> dict[str, Any]:
    """A woman of c1 who left before the end."""
    return {"key": key, "cohort": "Promo 1", "start_date": -300, "exit_date": -250, **more}


ROWS: list[dict[str, Any]] = [
    done("W01", 1, -200, 0),  # day 0
    done("W02", 1, -200, 90, work_kind="auto-emploi"),  # day 90
    done("W03", 1, -200, 91),  # day 91
    done("W04", 1, -200, -15),  # a job before completion
    done("W05", 1, -200, 30),  # on one day with the next,
    done("W06", 1, -200, 30),
    done("W07", 1, -200, status="En recherche", last_contact=-170),  # and lost on that day
    done("W08", 1, -200, status="En recherche"),  # in touch
    done("W09", 1, -200),  # never heard of again
    done("W10", 1, -200, status="Placed"),  # since when?
    done("W11", 1, -200, 20, status="Emploi perdu"),  # what was reached stays
    done("W14", 1, -200, last_contact=-100),  # heard of after the window, still without work
    left("W12", status="Abandon", exit_reason="Maladie"),
    left("W13", first_work_date=-249, work_kind="CDI"),  # left for a job
    done("W15", 1, -200, 50, status="Placed"),  # enrolled again, in c2:
    {"key": "W15", "cohort": "Promo 2", "start_date": -130, "status": "En formation"},
    *(done(f"W{number}", 2, -120, hired) for number, hired in ((16, 10), (17, 10), (18, 60), (19, 90))),
    done("W20", 3, -89, 5),
    done("W21", 3, -90, 90),  # the window closes today, she began today
    done("W22", 3, -89, status="En recherche"),
    done("W23", 3, -90, status="En recherche"),
    {"key": "W24", "cohort": "Promo 3", "start_date": -60, "status": "En formation"},
]
DATES = ("start_date", "completion_date", "first_work_date", "last_contact", "exit_date")


@pytest.fixture(scope="module")
def whole() -> Tally:
    fields = ("key", "cohort", "status", "work_kind", "exit_reason", *DATES)
    columns = {field: [row.get(field) for row in ROWS] for field in fields}
    for field in DATES:
        columns[field] = [None if day is None else A + day for day in columns[field]]
    return tally(read(table(RawSheet("المستفيدات", 1, 2, lettered(columns))), PROGRAMME, TODAY), PROGRAMME, TODAY)


def states(part: Tally) -> tuple[int, ...]:
    """Inserted, closed without, unknown, undated, open."""
    found = outcomes(part)
    return found.inserted, found.closed_without, found.unknown, found.undated, found.open


def test_outcomes_of_each_cohort(whole: Tally) -> None:
    found = {cohort: states(part) for cohort, part in whole.split("cohort").items()}
    assert found == {"c1": (6, 3, 2, 1, 0), "c2": (5, 0, 0, 0, 0), "c3": (1, 1, 0, 0, 2)}
    assert whole.women == 24
    assert asdict(outcomes(whole)) == {
        "inserted": 12,
        "closed_without": 4,
        "unknown": 2,
        "undated": 1,
        "open": 2,
        "open_inserted": 1,
        "from_placement": 1,
        "salaried": 11,
        "own_business": 1,
        "other": 0,
        "no_completion_date": 0,
    }


def test_rates(whole: Tally) -> None:
    found = indicators(whole)
    rates = {
        name: (rate.numerator, rate.denominator, rate.open, rate.unknown)
        for name, rate in found.items()
        if name in ("completion", "insertion_90", "own_business", "dropout")
    }
    assert rates == {
        "completion": (21, 23, 1, 0),
        "insertion_90": (12, 19, 2, 3),
        "own_business": (1, 19, 2, 3),
        "dropout": (1, 24, 0, 0),
    }
    assert (found["enrolled"].value, found["in_training"].value, found["completed"].value) == (24, 1, 21)
    assert found["insertion_90"].best == pytest.approx(15 / 19)
    assert judged(found["insertion_90"], 0.97) == "below"  # even 15 of 19: Wilson .567 to .915
    assert judged(found["insertion_90"], 0.90) == "cannot_tell"  # 12 of 19 alone would be below
    assert dropout(whole).left_for_job == 1


def test_a_cohort_in_which_all_are_in_work(whole: Tally) -> None:
    rate = indicators(whole.where({"cohort": ("c2",)}))["insertion_90"]
    assert (rate.value, rate.worst, rate.best, rate.high) == (1, 1, 1, 1)
    assert rate.low == pytest.approx(0.5655, abs=5e-5)  # Wilson, 5 of 5: 5 / (5 + z^2)
    assert judged(rate, 0.97) == "cannot_tell"
    found = curve(whole.where({"cohort": ("c2",)}))
    assert [(point.day, point.at_risk, point.events) for point in found.points] == [
        (10, 5, 2), (50, 3, 1), (60, 2, 1), (90, 1, 1),
    ]  # fmt: skip
    assert found.points[-1].incidence == 1
    assert found.points[-1].fallback  # Greenwood says nothing where everybody is in work


def test_a_cohort_of_nobody(whole: Tally) -> None:
    empty = whole.where({"cohort": ("c4",)})
    assert states(empty) == (0, 0, 0, 0, 0)
    rate = indicators(empty)["insertion_90"]
    assert (rate.value, rate.low, rate.best, rate.denominator) == (None, None, None, 0)
    assert curve(empty).points == ()
    assert judged(rate, 0.97) == "cannot_tell"


def test_the_curve(whole: Tally) -> None:
    found = curve(whole)
    # Events come before those who leave on the same day: W09 on day 0, W07 on day 30, W23 on day 90.
    assert [(point.day, point.at_risk, point.events) for point in found.points] == [
        (0, 20, 2), (5, 17, 1), (10, 16, 2), (20, 14, 1), (30, 13, 2), (50, 10, 1), (60, 9, 1), (90, 7, 3), (91, 3, 1),
    ]  # fmt: skip
    survival = [9 / 10, 144 / 170, 126 / 170, 117 / 170, 99 / 170, 891 / 1700, 792 / 1700, 3168 / 11900, 6336 / 35700]
    assert [1 - point.incidence for point in found.points] == pytest.approx(survival)
    assert found.n == 20  # all who completed but W10, whose day of work is not known
    assert found.median == 60
    last = incidence_on(found, 90)
    assert last is not None
    assert last.by_outcome["own_business"] == pytest.approx(792 / 11900)  # S before day 90 = 792/1700, one of seven
    assert sum(last.by_outcome.values()) == pytest.approx(last.incidence)
