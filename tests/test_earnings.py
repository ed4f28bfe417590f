"""Earnings against the SMIG in force on the day of hiring: 16.29, 17.10 (2025), 17.92 (2026) MAD an hour, 191 hours."""

from datetime import date
from typing import Any

import pytest
from deeper_women import DEEPER, class_of, days_to, deeper, detailed_women
from statsmodels.stats.proportion import proportion_confint
from women import tallied

from dashboard.earnings import earnings
from dashboard.facts import wage_ratio

SHARES = ("unknown", "undated", "before_table", "compared")


def placed(day: date, wage: float | None, hours: float | None = None, **more: Any) -> dict[str, Any]:
    hired = days_to(day)
    woman: dict[str, Any] = {"completion_date": hired - 20, "first_work_date": hired, "status": "placed", **more}
    woman |= {} if wage is None else {"wage": wage}
    return woman if hours is None else woman | {"weekly_hours": hours}


# The legal month: 3,111.39 until 2024, 3,266.10 in 2025, 3,422.72 from 2026 (field reference 1.2).
WOMEN: list[tuple[dict[str, Any], str, bool, int]] = [  # woman, class, at the SMIG, ratio in thousandths
    (placed(date(2024, 12, 31), 3112.0), "compared", True, 1000),
    (placed(date(2025, 1, 1), 3112.0), "compared", False, 953),  # the higher one is in force that day
    (placed(date(2025, 12, 31), 3267.0), "compared", True, 1000),
    (placed(date(2026, 1, 1), 3267.0), "compared", False, 955),
    (placed(date(2026, 5, 4), 3422.0), "compared", True, 1000),  # whole dirhams
    (placed(date(2026, 5, 4), 3421.7), "compared", False, 1000),  # more than one short
    (placed(date(2026, 5, 4), 5134.08, 44), "compared", True, 1500),
    (placed(date(2026, 5, 4), 1712.0, 22), "compared", True, 1000),  # half time: half the SMIG is 1,711.36
    (placed(date(2026, 5, 4), 1710.0, 22), "compared", False, 999),
    (placed(date(2026, 5, 4), 3500.0, 48), "compared", False, 937),  # over the legal week: 3,733.88 for her hours
    (placed(date(2023, 8, 31), 4000.0), "before_table", False, 0),
    (placed(date(2026, 5, 4), None), "unknown", False, 0),
    (placed(date(2026, 5, 4), 0.0), "unknown", False, 0),
]


def test_every_woman_by_hand() -> None:
    table = detailed_women(*(woman for woman, *_ in WOMEN))
    assert class_of(table, "wage", SHARES) == [expected for _, expected, _, _ in WOMEN]
    assert table["paid__smig"].tolist() == [at_least for _, _, at_least, _ in WOMEN]


def test_the_whole_roster() -> None:
    found = earnings(deeper(*(woman for woman, *_ in WOMEN)))
    assert (found.placed, found.known, found.wage_unknown, found.undated, found.before_table) == (13, 10, 2, 0, 1)
    assert (found.share.numerator, found.share.denominator) == (5, 10)
    assert (found.share.low, found.share.high) == pytest.approx(proportion_confint(5, 10, method="wilson"))
    assert (found.share.worst, found.share.best) == pytest.approx((5 / 13, 8 / 13))
    assert (found.part_time, found.hours_unknown) == (2, 6)
    # 937 953 955 999 1000 | 1000 1000 1000 1000 1500
    assert (found.lower_ratio, found.median_ratio, found.upper_ratio) == pytest.approx((0.966, 1.0, 1.0))


def test_exactly_one_dirham_short_is_short() -> None:
    (smig, *_) = DEEPER.smig
    programme = DEEPER.model_copy(update={"smig": (smig.model_copy(update={"hourly": 20.0}),)})
    women = [placed(date(2026, 5, 4), wage) for wage in (3818.0, 3819.0, 3819.5, 3820.0)]  # 20 x 191 = 3820
    assert tallied(*women, programme=programme).fact("paid__smig") == 2


def test_ratios_are_counted_in_thousandths() -> None:
    ratios = deeper(*(woman for woman, *_ in WOMEN)).table("wages")
    unfolded = sorted(ratio for ratio, n in zip(ratios["ratio"], ratios["n"], strict=True) for _ in range(n))
    assert unfolded == sorted(ratio for _, share, _, ratio in WOMEN if share == "compared")
    assert wage_ratio() is not None


def test_vague_and_missing_days_of_hiring() -> None:
    def vague(first: date, last: date) -> dict[str, Any]:
        ends = {"first_work_date_earliest": days_to(first), "first_work_date_latest": days_to(last)}
        return {"completion_date": -700, "status": "placed", "wage": 3400.0, **ends}

    table = detailed_women(
        vague(date(2025, 3, 1), date(2025, 3, 31)),  # the same SMIG all month
        vague(date(2025, 12, 1), date(2026, 1, 31)),  # which one?
        {"completion_date": -400, "status": "placed", "wage": 3400.0},
        {"completion_date": -400, "status": "seeking", "wage": 3400.0},  # not placed
    )
    assert class_of(table, "wage", SHARES) == ["compared", "undated", "undated", None]


def test_of_nobody() -> None:
    found = earnings(deeper({"start_date": -10}))
    assert (found.placed, found.share.value, found.share.best, found.median_ratio) == (0, None, None, None)
