"""The counts beyond the first page: made once and late, of the same women, and sharing them out as they say."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from deeper_women import DEEPER, deeper, detailed_women
from hypothesis import given, settings
from hypothesis import strategies as st
from women import AS_OF
from women_at_random import some_woman

from dashboard import detail
from dashboard.facts import STEPS
from dashboard.funnel import reached
from dashboard.overview import overview
from dashboard.programme import Programme
from dashboard.tally import Tally

_number = st.one_of(st.just(0.0), st.floats(0, 100, allow_subnormal=False))
deeper_woman = st.builds(
    lambda woman, more: woman | more,
    some_woman,
    st.fixed_dictionaries(
        {},
        optional={
            "wage": st.floats(200, 9000),
            "weekly_hours": st.sampled_from([20.0, 44.0, 50.0]),
            "pre_score": _number,
            "post_score": _number,
            "satisfaction": st.sampled_from([0.0, 3.0, 4.0, 5.0]),
        },
    ),
)


def total(tally: Tally, prefix: str, *names: str) -> int:
    return sum(tally.fact(f"{prefix}__{name}") for name in names)


@settings(max_examples=6)
@given(st.lists(deeper_woman, min_size=1, max_size=40))
def test_classes_share_out_the_women_they_are_made_of(women: list[dict[str, Any]]) -> None:
    tally = deeper(*women)
    at = total(tally, "dropout_at", "softskills", "training", "internship")
    assert at == tally.count("dropout")
    assert total(tally, "dropout_for", "family", "health", "job", "pregnancy") <= tally.count("dropout")
    assert total(tally, "wage", "unknown", "undated", "before_table", "compared") == reached("placed", tally)
    assert total(tally, "score", "pair", "awaited", "lost", "none") == tally.count("started")
    assert total(tally, "long", "inserted", "unknown", "undated") <= tally.fact("long__closed")
    assert tally.fact("long__closed") + tally.fact("long__open") == tally.count("completed__dated")
    assert int(tally.table("wages")["n"].sum()) == tally.fact("wage__compared")
    assert int(tally.table("gains")["n"].sum()) == tally.fact("score__pair")
    assert tally.fact("active_placed") <= tally.fact("active_completed") <= reached("completed", tally)


@settings(max_examples=4)
@given(st.lists(deeper_woman, min_size=1, max_size=40))
def test_counts_are_sums_over_women_and_over_cohorts(women: list[dict[str, Any]]) -> None:
    tally, table = deeper(*women), detailed_women(*women)
    parts = list(tally.split("cohort").values())
    for name in tally.more().columns:
        assert tally.fact(name) == int(table[name].sum()), name
        assert tally.fact(name) == sum(part.fact(name) for part in parts), name
    whole = tally.table("steps")
    for number, (start, end) in enumerate(STEPS):
        assert whole["n"][whole["step"] == number].sum() == sum(_made(woman, start, end) for woman in women), end


FIELDS = {
    "contact": "contact_date",
    "eligible": "selection_date",
    "enrolled": "enrol_date",
    "softskills": "start_date",
    "training": "vocational_start",
    "internship": "internship_start",
    "completed": "completion_date",
    "certified": "certificate_date",
}


def _made(woman: dict[str, Any], start: str, end: str) -> bool:
    """Both days known, past, and in order, of a woman who is there."""
    entries = [woman[field] for field in list(FIELDS.values())[:4] if field in woman]
    first, last = (int(woman.get(FIELDS[stage], 1)) for stage in (start, end))
    return (not entries or min(entries) <= 0) and first <= last <= 0


def test_the_long_window_has_180_days() -> None:
    tally = deeper(
        {"completion_date": -300, "first_work_date": -120},  # day 180
        {"completion_date": -300, "first_work_date": -119},
        {"completion_date": -180, "status": "placed"},  # closes today
        {"completion_date": -300},
        {"completion_date": -179},
    )
    assert total(tally, "long", "closed") == 4
    assert [tally.fact(f"long__{state}") for state in ("inserted", "undated", "unknown", "open")] == [1, 1, 1, 1]
    assert (tally.count("outcome__inserted"), tally.count("outcome__open")) == (0, 0)  # the headline has its own


def test_the_first_page_does_not_pay_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[date] = []
    counted = detail.count_detail

    def noted(native: Any, programme: Programme, as_of: date) -> detail.Detail:
        calls.append(as_of)
        return counted(native, programme, as_of)

    monkeypatch.setattr("dashboard.tally.count_detail", noted)
    tally = deeper({"start_date": -300, "completion_date": -200, "cohort": "c1"}, {"start_date": -9, "cohort": "c2"})
    overview(tally, tally, {})
    assert calls == []
    assert tally.fact("score__none") == 2
    assert tally.where({"cohort": ("c1",)}).fact("score__none") == 1
    assert calls == [AS_OF]


def test_tables_do_not_grow_with_the_women() -> None:
    women = [
        {"start_date": -300 - day, "completion_date": -200, "track": "t1", "pre_score": 40.0, "post_score": 50.0 + day}
        for day in range(3)
    ]
    few, many = deeper(*women).more(), deeper(*women * 50).more()
    assert set(deeper(*women).table("steps")) == {"step", "day", "n"}  # of the women of one view: no group of them
    for name, columns in few.tables.items():
        assert {key: len(column) for key, column in columns.items()} == {
            key: len(column) for key, column in many.tables[name].items()
        }
        assert int(many.tables[name]["n"].sum()) == 50 * int(columns["n"].sum())
    assert np.array_equal(many.counts, few.counts * 50)
    assert DEEPER.smig
