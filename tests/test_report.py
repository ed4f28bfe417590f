"""The report: the shape that others read, and the numbers in it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from women import AS_OF, PROGRAMME, STAGES, roster, tallied

from dashboard.overview import overview
from dashboard.report import report
from dashboard.roster import Finding, Reconciliation, Severity


def done(cohort: str, completed: int, **more: Any) -> dict[str, Any]:
    return {"cohort": cohort, "start_date": completed - 100, "completion_date": completed, **more}


WOMEN = [
    done("c1", -200, first_work_date=-180, work_kind="salaried", certificate="yes", check_3="same_employer"),
    done("c1", -200, first_work_date=-150, work_kind="own_business"),
    done("c1", -200, last_contact=0),
    done("c1", -200, status="placed"),
    done("c1", -200),
    done("c2", -20, status="seeking"),
    {"contact_date": -1},
]
FINDINGS = (Finding("future_date", Severity.REJECTED, "فوج 1", "H", 27), Finding("header", Severity.WARNING, "S", "B"))


def made(*women: dict[str, Any]) -> dict[str, Any]:
    source = replace(roster(*women), findings=FINDINGS, reconciliation=Reconciliation(12, 7, 2, 1, 2))
    counted = overview(tallied(*women), tallied(*women, as_of=AS_OF - timedelta(7)), {})
    found: dict[str, Any] = json.loads(json.dumps(report(counted, source, PROGRAMME), allow_nan=False))
    return found


def indicator(found: dict[str, Any], name: str) -> dict[str, Any]:
    (result,) = (result for result in found["indicators"] if result["id"] == name)
    return dict(result)


def test_heading() -> None:
    found = made(*WOMEN)
    assert (found["programme"], found["as_of"], found["definition_version"]) == ("test", "2026-11-23", "t1")
    assert found["reconciliation"] == {
        "rows_read": 12,
        "used": 7,
        "duplicates_merged": 2,
        "quarantined": 1,
        "skipped": 2,
    }
    assert found["findings"] == [
        {"code": "future_date", "severity": "rejected", "cell": "'فوج 1'!H27"},
        {"code": "header", "severity": "warning", "cell": "'S'!B"},
    ]


def test_a_rate_is_a_fraction_that_nobody_has_rounded() -> None:
    rate = indicator(made(*WOMEN), "insertion_90")
    assert (rate["numerator"], rate["denominator"], rate["open"], rate["unknown"]) == (2, 5, 1, 2)
    assert (rate["rate"], rate["worst"], rate["best"]) == (2 / 5, 2 / 5, 4 / 5)
    assert 0 < rate["low"] < 2 / 5 < rate["high"] < 1


def test_counts_and_medians_are_no_rates() -> None:
    found = made(*WOMEN)
    enrolled = indicator(found, "enrolled")
    assert (enrolled["numerator"], enrolled["denominator"], enrolled["rate"], enrolled["target"]) == (6, None, None, 30)
    median = indicator(found, "time_to_insertion")
    assert (median["numerator"], median["denominator"], median["rate"], median["unit"]) == (None, 5, None, "days")


def test_what_is_undefined_is_null() -> None:
    found = made({"cohort": "c1", "start_date": -9})
    rate = indicator(found, "insertion_90")
    assert [rate[key] for key in ("numerator", "denominator", "rate", "low", "high", "worst", "best")] == [
        0,
        0,
        *[None] * 5,
    ]
    assert found["curve"] == []
    assert found["verdict"]["says"] == "cannot_tell"


def test_funnel_and_stocks() -> None:
    found = made(*WOMEN)
    assert [stage["stage"] for stage in found["funnel"]] == list(STAGES)
    placed = found["funnel"][8]
    assert {key: placed[key] for key in ("stage", "reached", "inferred", "now", "dated", "undated")} == {
        "stage": "placed",
        "reached": 3,
        "inferred": 0,
        "now": found["stocks"]["placed"] + found["stocks"]["business"],
        "dated": 2,
        "undated": 1,
    }
    assert sum(found["stocks"].values()) == 7


def test_curve_has_a_row_for_each_day_with_an_event() -> None:
    rows = made(*WOMEN)["curve"]
    assert [(row["day"], row["at_risk"], row["events"]) for row in rows] == [(20, 4, 1), (50, 2, 1)]
    # Five in the curve, one said to work being left out: one leaves on day 0; one of four is placed on 20.
    assert [row["incidence"] for row in rows] == [0.25, 0.625]
    assert {name: part["incidence"] for name, part in rows[1]["by_outcome"].items()} == {
        "salaried": 0.25,
        "own_business": 0.375,
    }
    assert rows[0]["by_outcome"]["own_business"] == {"incidence": 0.0, "low": None, "high": None}
    assert not rows[0]["fallback"]


def test_outcomes_and_retention() -> None:
    found = made(*WOMEN)
    states = ("inserted", "closed_without", "open", "unknown", "undated", "no_completion_date")
    assert [found["outcomes"][state] for state in states] == [2, 1, 1, 1, 1, 0]
    assert found["outcomes"]["known_only"] == 2 / 3
    assert found["retention"]["retained_3"]["same_employer"] == 1
    assert found["retention"]["retained_3"]["unknown"] == 1


def test_cohorts_have_the_same_shape() -> None:
    found = made(*WOMEN)
    assert [part["cohort"] for part in found["cohorts"]] == ["c1", "c2", "unspecified"]
    shape = {"indicators", "funnel", "curve", "outcomes", "retention", "verdict"}
    assert all(shape <= set(part) for part in (found, *found["cohorts"]))
    assert [row["day"] for row in found["cohorts"][0]["curve"]] == [20, 50]
    assert found["cohorts"][1]["outcomes"]["open"] == 1


def test_the_verdict_is_by_interval() -> None:
    women = [done("c1", -200, last_contact=0) for _ in range(20)]
    verdict = made(*women)["verdict"]
    assert {key: verdict[key] for key in ("indicator", "reference", "says")} == {
        "indicator": "insertion_90",
        "reference": 0.97,
        "says": "below",
    }


def test_nobody() -> None:
    found = made()
    assert found["cohorts"] == []
    assert indicator(found, "applicants")["numerator"] == 0
