"""A view counted: filters, cohorts, the week before."""

from datetime import timedelta
from typing import Any

from women import AS_OF, tallied

from dashboard.funnel import funnel, stocks
from dashboard.indicators import indicators, outcomes, retention
from dashboard.overview import Overview, overview, results
from dashboard.survival import curve


def done(cohort: str, completed: int, **more: Any) -> dict[str, Any]:
    return {"cohort": cohort, "start_date": completed - 100, "completion_date": completed, **more}


WOMEN = [
    done("c1", -200, first_work_date=-180, track="t1"),
    done("c1", -200, first_work_date=-150, track="t2"),
    done("c1", -200, last_contact=0, track="t1"),
    done("c2", -95, first_work_date=-4, track="t1"),  # hired on day 91, four days ago
    done("c2", -92, first_work_date=-2, track="t1"),  # hired on day 90; her window closed two days ago
    done("c2", -20, status="seeking", track="t2"),
    {"cohort": "c3", "start_date": -3, "track": "t1"},  # a cohort that only the sheet knows; started this week
    {"contact_date": -1},
]


def seen(**filters: tuple[str, ...]) -> Overview:
    return overview(tallied(*WOMEN), tallied(*WOMEN, as_of=AS_OF - timedelta(7)), filters)


def test_everyone() -> None:
    found = seen()
    assert (found.as_of, found.before_as_of) == (AS_OF, AS_OF - timedelta(7))
    assert found.women == 8
    rate = found.whole.indicators["insertion_90"]
    assert (rate.numerator, rate.denominator, rate.open) == (3, 5, 1)
    assert found.whole.indicators["enrolled"].target == 30


def test_the_week_before_from_the_same_roster() -> None:
    before = seen().before
    rate = before["insertion_90"]
    # Seven days ago two windows of c2 were still open (day 88 and 85) and neither woman was hired.
    assert (rate.numerator, rate.denominator, rate.open) == (2, 3, 3)
    assert (before["enrolled"].value, before["applicants"].value) == (6, 6)


def test_cohorts_in_order() -> None:
    cohorts = seen().cohorts
    assert list(cohorts) == ["c1", "c2", "c3", "unspecified"]
    rates = {name: part.indicators["insertion_90"] for name, part in cohorts.items()}
    assert {name: (rate.numerator, rate.denominator, rate.value) for name, rate in rates.items()} == {
        "c1": (2, 3, 2 / 3),
        "c2": (1, 2, 0.5),
        "c3": (0, 0, None),
        "unspecified": (0, 0, None),
    }
    assert cohorts["c1"].indicators["enrolled"].target == 10


def test_cohorts_add_up() -> None:
    found = seen()
    for name in ("applicants", "enrolled", "completed", "insertion_90", "dropout"):
        whole = found.whole.indicators[name].numerator
        assert whole == sum(part.indicators[name].numerator or 0 for part in found.cohorts.values()), name
    assert found.whole.curve.n == sum(part.curve.n for part in found.cohorts.values())


def test_a_filter_reaches_every_part() -> None:
    found = seen(track=("t1",))
    assert found.women == 5
    assert found.whole.indicators["insertion_90"].denominator == 4
    assert found.whole.indicators["enrolled"].target is None
    assert sum(found.whole.stocks.values()) == 5
    assert found.whole.funnel[0].reached == 5
    assert found.whole.curve.n == 4
    assert found.before["insertion_90"].denominator == 2
    assert list(found.cohorts) == ["c1", "c2", "c3"]
    assert found.cohorts["c1"].indicators["insertion_90"].denominator == 2


def test_a_filter_that_nobody_matches() -> None:
    found = seen(track=("t9",))
    assert (found.women, found.cohorts) == (0, {})
    assert found.whole.indicators["insertion_90"].value is None
    assert found.whole.curve.points == ()


def test_the_parts_are_those_of_the_tally() -> None:
    tally = tallied(*WOMEN)
    found = results(tally)
    assert found.indicators == indicators(tally)
    assert found.outcomes == outcomes(tally)
    assert found.funnel == funnel(tally)
    assert found.stocks == stocks(tally)
    assert found.curve == curve(tally)
    assert found.retention == retention(tally)
