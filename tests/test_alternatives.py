"""Other definitions of the same women: the golden example's right and wrong tiles, and each definition by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from deeper_women import DEEPER, days_to, deeper
from test_survival import GOLDEN
from women import tallied

from dashboard.alternatives import Alternative, alternatives
from dashboard.programme import LANGUAGES
from dashboard.tally import Tally
from dashboard.text import Text


def by_id(tally: Tally) -> dict[str, Alternative]:
    return {found.id: found for found in alternatives(tally)}


def counts(found: Alternative) -> tuple[int | None, int | None]:
    return found.numerator, found.denominator


def test_golden_example() -> None:
    """Field reference 1.3: 6/8 is right; 7/12, 8/12 and 7/9 are what bad tiles show."""
    found = by_id(deeper(*GOLDEN))
    assert counts(found["insertion_90"]) == (6, 8)
    assert counts(found["placed_of_all"]) == (7, 12)
    assert counts(found["ever_placed"]) == (8, 12)
    assert counts(found["matured_or_placed"]) == (7, 9)
    assert counts(found["known_only"]) == (6, 8)
    assert [found[name].value for name in ("placed_of_all", "ever_placed", "matured_or_placed")] == pytest.approx(
        [0.583, 0.667, 0.778], abs=5e-4
    )
    assert all(
        (item.unknown, item.worst, item.best) == (0, item.value, item.value)
        for item in alternatives(deeper(*GOLDEN))[5:]
    )
    assert [found[name].still_open for name in ("insertion_90", "ministry", "ever_placed", "known_only")] == [
        4,
        0,
        0,
        4,
    ]
    estimate = found["kaplan_meier"]
    assert (estimate.numerator, estimate.denominator) == (None, 12)
    assert (estimate.unknown, estimate.still_open, estimate.worst, estimate.best) == (0, 0, None, None)
    assert estimate.value == pytest.approx(0.70)
    assert (estimate.low, estimate.high) == pytest.approx((0.3959, 0.9436), abs=5e-5)
    # Completed at least 180 days ago: days 300, 280, 250, 200 and 180, all inserted by day 75.
    assert counts(found["long_window"]) == (5, 5)
    assert found["long_window"].still_open == 7
    assert counts(found["ministry"]) == (8, 12)  # nobody is inactive


def done(*, ago: int, **more: Any) -> dict[str, Any]:
    return {"start_date": -ago - 200, "completion_date": -ago, **more}


def test_the_ministry_leaves_out_women_who_do_not_seek() -> None:
    women = [
        *(done(ago=300, first_work_date=-200, status="placed") for _ in range(4)),
        done(ago=300, first_work_date=-280, status="job_lost"),  # worked once
        done(ago=300, first_work_date=-280, status="inactive"),  # so did she, and is out of the labour force
        *(done(ago=300, status="inactive") for _ in range(3)),
        done(ago=300, status="seeking"),
        done(ago=5, status="seeking"),
        done(ago=300, status="deceased"),
        {"start_date": -300, "exit_date": -250},
    ]
    found = by_id(deeper(*women))
    assert counts(found["ministry"]) == (5, 7)
    assert counts(found["insertion_90"]) == (2, 11)
    assert counts(found["ever_placed"]) == (6, 12)


def test_the_long_window_by_hand() -> None:
    women = [
        done(ago=180, first_work_date=0, status="placed"),  # day 180
        done(ago=181, first_work_date=0, status="placed"),  # day 181
        done(ago=179, first_work_date=-100, status="placed"),  # open
        done(ago=400, first_work_date=-420, status="placed"),  # hired before the end
        done(ago=400, status="lost"),
        done(ago=400, status="placed"),  # no date
        done(ago=400, status="seeking", last_contact=-220),
        done(ago=400, status="seeking", last_contact=-221),  # last heard of on day 179
    ]
    long = by_id(deeper(*women))["long_window"]
    assert counts(long) == (2, 7)
    assert (long.unknown, long.still_open) == (3, 1)
    assert (long.worst, long.best) == pytest.approx((2 / 7, 5 / 7))


def test_the_second_quarter_counts_leavers() -> None:
    left = days_to(date(2026, 2, 10))  # asked about July to September
    women = [
        done(ago=-left, first_work_date=days_to(date(2026, 8, 1)), status="placed"),
        done(ago=-left, first_work_date=left + 5, status="placed", check_3="same_employer"),  # asked in May
        done(ago=-left, status="seeking"),
        {"start_date": -500, "exit_date": left, "status": "dropped", "last_contact": -10},
        {"start_date": -500, "exit_date": left, "status": "dropped"},
        done(ago=30, status="seeking"),
    ]
    found = by_id(deeper(*women))["second_quarter"]
    assert (*counts(found), found.unknown, found.still_open) == (1, 5, 2, 1)
    assert (found.worst, found.best) == pytest.approx((1 / 5, 3 / 5))


def test_reasons_for_no_value() -> None:
    nobody = by_id(deeper())
    assert {found.reason for found in nobody.values()} == {"no_women"}
    assert {found.value for found in nobody.values()} == {None}
    recent = by_id(deeper(done(ago=20, status="seeking")))
    reasons = {name: found.reason for name, found in recent.items()}
    assert reasons["insertion_90"] == reasons["second_quarter"] == reasons["long_window"] == "not_closed"
    assert reasons["known_only"] == "not_closed"
    assert reasons["kaplan_meier"] == "curve_too_short"
    assert (reasons["ministry"], recent["ministry"].value) == (None, 0.0)


def test_without_a_status_of_inactivity_the_ministrys_rate_cannot_be_had() -> None:
    found = by_id(tallied(done(ago=200, status="seeking")))["ministry"]
    assert (found.value, found.reason) == (None, "no_inactive_status")


def test_nobody_inserted_and_everybody_inserted() -> None:
    none = by_id(deeper(*(done(ago=200, status="seeking") for _ in range(12))))["kaplan_meier"]
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(0.2646, abs=5e-5)  # Clopper-Pearson, 0 of 12
    women = [done(ago=day + 40, first_work_date=-40, status="placed") for day in range(0, 60, 5)]
    all_of_them = by_id(deeper(*women))["kaplan_meier"]  # none followed for 90 days, none left to follow
    assert (all_of_them.value, all_of_them.high) == (1.0, 1.0)


def test_an_earlier_day_knows_less() -> None:
    women = [done(ago=300, first_work_date=-280, status="placed"), done(ago=300, first_work_date=-5, status="placed")]
    before = by_id(deeper(*women, as_of=date(2026, 11, 23) - timedelta(10)))
    assert counts(before["ever_placed"]) == (1, 2)
    assert counts(before["ministry"]) == (1, 2)


def test_every_definition_has_its_sentences() -> None:
    reasons = ("no_women", "no_inactive_status", "not_closed", "curve_too_short")
    for lang in LANGUAGES:
        text = Text(lang)
        for found in alternatives(deeper()):
            assert len({text(key) for key in found.keys}) == 4
        assert len({text(f"alternative.reason.{reason}") for reason in reasons}) == 4
    assert DEEPER.rules.window_days == 90
